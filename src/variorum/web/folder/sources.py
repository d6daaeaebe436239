"""Who printed and who spoke, counted for a site in a folder under the names that its editions give.

Invariant: no name comes from the ledger where an edition was redacted; only figures do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from variorum.ledger import Ledger
from variorum.ledger.printed import Spoken, read_days, read_printed, read_told
from variorum.ledger.words import read_words
from variorum.model import Article
from variorum.pipeline.outlets import Outlets, make_outlets
from variorum.pipeline.spokespeople import SpeakerRow, make_speakers


@dataclass(slots=True)
class Sources:
    """Names of outlets and voices as the pages give them, gathered while these are drawn."""

    printed: dict[str, tuple[str, str]] = field(default_factory=dict)  # article id -> outlet and language
    spoken: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # voice, article, property -> claims
    # The words of a source -> the id of the one report whose quotes the search finds by them; "" for several.
    found_in: dict[tuple[str, ...], str] = field(default_factory=dict)

    def hear(self, found: Mapping[str, Any]) -> None:
        """Take in the claims of an exported event."""
        for claim in found["claims"]:
            if claim["voice"]:
                self.spoken[claim["voice"], claim["article"], claim["prop"]] += 1

    def find(self, source: str, article: str) -> None:
        """Take in that the search finds quotes of an article by a source."""
        words = _words(source)
        self.found_in[words] = article if self.found_in.get(words, article) == article else ""

    def is_found_beside(self, source: str, article: str) -> bool:
        """Tell whether the search finds quotes of another report by a source."""
        return self.found_in.get(_words(source), article) != article

    def print(self, article: Article) -> None:
        """Take in who printed an article."""
        self.printed[article.id] = article.outlet, article.lang

    def count(self, ledger: Ledger) -> tuple[Outlets, list[SpeakerRow]]:
        """Count outlets and voices."""
        printed = {}
        for row in read_printed(ledger):
            if row.id in self.printed:
                outlet, lang = self.printed[row.id]
                printed[row.id] = row._replace(outlet=outlet, lang=lang)
        told = [(event, article) for event, article in read_told(ledger) if article in printed]
        spoken = [Spoken(*key, claims) for key, claims in sorted(self.spoken.items())]
        return make_outlets(printed, told, list(read_days(ledger))), make_speakers(printed, spoken)


def _words(source: str) -> tuple[str, ...]:
    return tuple(word.form for word in read_words(source))
