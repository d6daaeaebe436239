"""One claim: what one source is reported to have said, with its words and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from variorum.api.display import Shown, bundle, escape_markdown, fragment, paragraph
from variorum.schema import load_schema
from variorum.show.quotes import Passage, cut_passage
from variorum.show.svg import element, words
from variorum.show.words import OWN_VOICE, day_of, outlet_of, plain, short
from variorum.values import interval, show

if TYPE_CHECKING:
    from variorum.api.event import Event
    from variorum.api.ledgerview import LedgerView
    from variorum.api.report import Report
    from variorum.model import Claim as Row
    from variorum.model import Stance

AROUND = 200  # characters shown on either side of a quote
LINE = 60  # characters of a quote on one line


@dataclass(frozen=True, slots=True, repr=False)
class Claim:
    """One claim; its promise is that `claim.report.text[claim.start:claim.end] == claim.quote`."""

    _ledger: LedgerView = field(compare=False)
    _row: Row
    _article: str
    _event: str | None  # id of the event that its mention belongs to
    speaker: str  # who said it, by the one name of that source in the event; "" is the outlet's own voice

    @property
    def id(self) -> str:
        """The id of the claim, `clm_…`."""
        return self._row.id

    @property
    def prop(self) -> str:
        """The property that the claim is about: killed, place, weapon …"""
        return self._row.prop

    @property
    def field(self) -> str:
        """The same as `prop`."""
        return self._row.prop

    @property
    def scope(self) -> str | None:
        """Of whom it speaks: civilians, children …; None where the property has no scope."""
        return self._row.scope

    @property
    def value(self) -> str:
        """The canonical value: `12`, `12..`, `2021-11-08`, `gn:173811`."""
        return self._row.value

    @property
    def low(self) -> float | str | None:
        """The lowest that the value can be: a number, of a date an ISO day; None where it has no bound."""
        return bounds_of(self.prop, self.value)[0]

    @property
    def high(self) -> float | str | None:
        """The highest that the value can be; None where it is open."""
        return bounds_of(self.prop, self.value)[1]

    @property
    def source(self) -> str:
        """Who said it, as this report names the source; "" is the outlet's own voice."""
        return self._row.source

    @property
    def stance(self) -> Stance:
        """Whether the source asserts, hedges or denies it."""
        return self._row.stance

    @property
    def quote(self) -> str:
        """The words."""
        return self._row.quote

    @property
    def start(self) -> int:
        """Where the quote begins in the report's text, in code points."""
        return self._row.start

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self._row.end

    @property
    def published(self) -> str | None:
        """The publication date of the report, ISO 8601; None for an undated one."""
        return self._row.as_of

    @property
    def report(self) -> Report:
        """The report in which the words stand."""
        return self._ledger.report(self._article)

    @property
    def event(self) -> Event | None:
        """The event that the claim is about; None for background and for what is in no event."""
        return None if self._event is None else self._ledger.find_event(self._event)

    @property
    def sha256(self) -> str:
        """The hash of the raw bytes of the report, hexadecimal."""
        return self.report.sha256

    def context(self, size: int = 80) -> str:
        """Give the quote in «», with up to `size` characters of its paragraph on either side."""
        passage = self._passage(size)
        return f"{passage.before}«{passage.quote}»{passage.after}"

    def _passage(self, size: int) -> Passage:
        return cut_passage(self.report.text, self.start, self.end, size)

    def to_dict(self) -> dict[str, Any]:
        """Give the claim as an export has it."""
        report = self.report
        return {
            "event": self._event,
            "id": self.id,
            "prop": self.prop,
            "scope": self.scope,
            "value": self.value,
            "source": self.source,
            "stance": self.stance,
            "as_of": self.published,
            "article": report.id,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }

    @property
    def words(self) -> str:
        """The claim in words: "killed (civilians) = at least 12, said by the ministry, hedged"."""
        scope = f" ({self.scope})" if self.scope not in (None, "all") else ""
        voice = f"said by {self.speaker}" if self.speaker else OWN_VOICE
        stance = {"asserts": "", "hedges": ", hedged", "denies": ", denied"}[self.stance]
        return plain(f"{self.prop.replace('_', ' ')}{scope} = {value_words(self.prop, self.value)}, {voice}{stance}")

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self.words}, {self.report.label} “{short(plain(self.quote), LINE)}”>"

    def _repr_html_(self) -> str:
        report, passage = self.report, self._passage(AROUND)
        quote = words(passage.before) + element("mark", words(passage.quote)) + words(passage.after)
        where = (
            f"{report.label} · {outlet_of(report._row)} · {day_of(report._row)} · characters {self.start}–{self.end}"
        )
        return fragment(
            paragraph(self.words, "head"),
            element("p", quote, cls="words", dir="auto"),
            paragraph(where, "soft"),
            paragraph(f"{self.id} · SHA-256 of the report {self.sha256}", "soft"),
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        passage = self._passage(AROUND)
        parts = (escape_markdown(part) for part in (passage.before, passage.quote, passage.after))
        told = "{}**{}**{}".format(*parts)
        head = escape_markdown(f"{self.words} ({self.report.label})")
        return bundle(Shown(repr(self), self._repr_html_(), f"{head}\n\n> {told}\n"))


def bounds_of(prop: str, value: str) -> tuple[float | str | None, float | str | None]:
    """Give the bounds of a value of a property: numbers, of a date ISO days."""
    found = interval(load_schema().properties[prop].type, value)
    return (None, None) if found is None else (found[0], found[1])


def value_words(prop: str, value: str) -> str:
    """Write a value of a property for people."""
    return show(load_schema().properties[prop].type, value)
