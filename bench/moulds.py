"""Passages of this project's own reports with what they claim, to be laid on other days and places. No laying here.

What the reader finds in the invented texts of `training/reader/reports` and in `examples/reports`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from training.reader.markup import blocks, fill, load_fillers, parse

from variorum.gather.files import find_inputs
from variorum.model import Claim, Extraction, Mention, make_article
from variorum.pipeline.readers import BuiltIn
from variorum.schema import load_schema

HOME = Path(__file__).parent.parent
TEXTS = ("conflict_a", "conflict_b")
MOULD_TEXTS = 110  # of each file: about ten seconds of reading
SENTENCE = re.compile(r"[^.!?]+[.!?](?=\s|$)")
LONG = re.compile(r"\b[A-Z]?[a-z]{4,}\b")  # names too


@dataclass(frozen=True)
class Slot:
    """One claim of a mould; start and end count in the passage."""

    start: int
    end: int
    prop: str
    value: str
    scope: str | None
    source: str


@dataclass(frozen=True)
class Mould:
    """A passage of one event in a report, and what it claims."""

    kind: str
    text: str
    slots: tuple[Slot, ...]  # sorted, none overlapping


@cache
def load_moulds() -> tuple[Mould, ...]:
    """Read the invented reports and give the passages of single events, three claims or more each."""
    reader = BuiltIn()
    texts = _load_texts()
    texts += [
        Path(one.path).read_text(encoding="utf-8")
        for one in find_inputs([HOME / "examples" / "reports"])
        if str(one.path).endswith(".txt")
    ]
    moulds = []
    for number, text in enumerate(texts):
        article = make_article(url=f"mould:{number}", text=text, sha256="", fetched_at="", published="2031-05-02")
        read = reader(article)
        if isinstance(read, Extraction):
            moulds += [_mould(mention, read.claims) for mention in read.mentions if _tells_one_event(mention)]
    return tuple(mould for mould in moulds if len(mould.slots) >= 3)


def _load_texts() -> list[str]:
    draw, fillers = random.Random(11), load_fillers()
    return [
        parse(fill(block, fillers, draw)).text
        for name in TEXTS
        for block in blocks(HOME / "training" / "reader" / "reports" / f"{name}.txt")[:MOULD_TEXTS]
    ]


@cache
def load_sentences() -> tuple[str, ...]:
    """Give the sentences of the invented reports, of eight words and more, sorted."""
    lines = [line for text in _load_texts() for line in text.split("\n")]
    found = {sentence.strip() for line in lines for sentence in SENTENCE.findall(line)}
    return tuple(sorted(sentence for sentence in found if len(sentence.split()) >= 8))


def _tells_one_event(mention: Mention) -> bool:
    return not load_schema().kinds[mention.kind].background


def _mould(mention: Mention, claims: Sequence[Claim]) -> Mould:
    slots: list[Slot] = []
    last = 0
    for claim in sorted(claims, key=lambda claim: (claim.start, claim.end)):
        start, end = claim.start - mention.start, claim.end - mention.start
        inside = claim.mention_id == mention.id and last <= start and end <= len(mention.quote)
        if inside and claim.stance != "denies" and claim.prop != "time":
            slots.append(Slot(start, end, claim.prop, claim.value, claim.scope, claim.source))
            last = end
    return Mould(mention.kind, mention.quote.strip(), tuple(s for s in slots if s.end <= len(mention.quote.strip())))


@cache
def load_words() -> tuple[str, ...]:
    """Give the long words of the invented reports, sorted."""
    texts = (path.read_text(encoding="utf-8") for path in (HOME / "training" / "reader" / "reports").glob("*.txt"))
    return tuple(sorted({word.lower() for text in texts for word in LONG.findall(text)}))
