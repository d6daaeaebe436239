"""What people said of each thing that can be asked about: the latest live word of each person.

Invariant: nothing here writes; a word that was taken back or that its author replaced is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.ledger import Decision, Ledger
from variorum.model import Judgement, Ruling

Kind = Literal["same", "contradiction", "place", "revision", "copy", "held back", "disagreement"]
KINDS: tuple[Kind, ...] = ("same", "contradiction", "place", "revision", "copy", "held back", "disagreement")
UNSURE = "unsure"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What a word is on."""

    kind: str  # of KINDS, or the field of a ruling that no queue asks for: "value", "source" …
    ids: tuple[str, ...]  # sorted
    name: str = ""  # of a relation


@dataclass(frozen=True, slots=True)
class Word:
    """What one person says of one thing."""

    by: str
    says: str  # "same", "accept", "correct 11.."
    reason: str
    number: int  # of its row
    act: int  # of its decision
    subjects: tuple[str, ...]  # as the row names them: left and right, or subject and other
    blind: bool

    @property
    def decision(self) -> str:
        """The decision as it goes by in print."""
        return f"D{self.act}"


Spoken = Mapping[Thing, Mapping[str, Word]]


def find_spoken(ledger: Ledger, props: Mapping[str, str]) -> Spoken:
    """Give the latest live word of each person on each thing; `props` are the properties of claims ruled on."""
    found: dict[Thing, dict[str, Word]] = {}
    for row in sorted(ledger.decisions(), key=lambda row: row.number):
        if row.what.retracted is None:
            found.setdefault(thing_of(row.what, props), {})[row.what.by] = _word(row)
    return found


def thing_of(row: Judgement | Ruling, props: Mapping[str, str]) -> Thing:
    """Name what a row is on."""
    if isinstance(row, Judgement):
        return Thing("same", tuple(sorted((row.left, row.right))))
    ids = tuple(sorted(id for id in (row.subject, row.other) if id))
    if row.field == "relation":
        return Thing("revision" if row.value == "revised" else "contradiction", ids, row.value or "")
    if row.field == "value" and props.get(row.subject) == "place":
        return Thing("place", ids)
    return Thing({"words": "held back"}.get(row.field, row.field), ids)


def _word(row: Decision) -> Word:
    what = row.what
    if isinstance(what, Judgement):
        return Word(what.by, what.verdict, what.why, row.number, row.act, (what.left, what.right), what.blind)
    # The name of a relation, or where held-back words stand, is what the word is on; a corrected value is the word.
    value = f" {what.value}" if what.verdict == "correct" and what.value else ""
    subjects = tuple(id for id in (what.subject, what.other) if id)
    return Word(what.by, what.verdict + value, what.note, row.number, row.act, subjects, what.blind)


def in_dispute(words: Sequence[Word]) -> bool:
    """Tell whether people differ, and nobody has spoken openly since they did; who is unsure differs with nobody."""
    row = sorted((word for word in words if word.says != UNSURE), key=lambda word: word.number)
    if len({word.says for word in row}) < 2:
        return False
    return not any(
        not word.blind and len({before.says for before in row[:place]}) > 1 for place, word in enumerate(row)
    )
