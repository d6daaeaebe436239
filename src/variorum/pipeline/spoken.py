"""What people said of each thing that can be asked about, in the order in which they said it.

Invariant: nothing here writes; a word that was taken back is not among them. A person's blind word stays beside what
the same person says openly later.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from variorum.ledger import Decision, Ledger
from variorum.model import Judgement, Ruling

Kind = Literal[
    "same", "contradiction", "place", "revision", "copy", "held back", "value", "kind", "report", "disagreement"
]
KINDS: tuple[Kind, ...] = (
    "same",
    "contradiction",
    "place",
    "revision",
    "copy",
    "held back",
    "value",
    "kind",
    "report",
    "disagreement",
)
UNSURE = "unsure"
OF_A_CLAIM = ("value", "source", "scope", "stance")
_KIND_OF = {"words": "held back"} | dict.fromkeys(OF_A_CLAIM, "value")  # field of a ruling -> kind of question


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What a word is on."""

    kind: str  # of KINDS
    ids: tuple[str, ...]  # sorted
    name: str = ""  # of a relation; of a claim "source", "scope" or "stance", "" for its value

    @property
    def is_part(self) -> bool:
        """Whether one answer is on several such things: claims of one place, parts of one sum that cannot be."""
        return self.kind == "place" or self.name == "impossible"


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


Spoken = Mapping[Thing, Sequence[Word]]


def find_spoken(ledger: Ledger, props: Mapping[str, str]) -> Spoken:
    """Give the live words on each thing as they were said; `props` are the properties of claims ruled on."""
    found: dict[Thing, list[Word]] = {}
    # A word that was carried to another reading has a later row, but is of the same decision.
    for row in sorted(ledger.decisions(), key=lambda row: (row.act, row.number)):
        # That words state something is the claim itself, and people speak of that.
        if row.what.retracted is None and not (isinstance(row.what, Ruling) and row.what.field == "claim"):
            found.setdefault(thing_of(row.what, props), []).append(word_of(row))
    return found


def latest(words: Sequence[Word]) -> list[Word]:
    """Give what each person says now, in the order said: the last open word, else the last blind one."""
    found: dict[str, Word] = {}
    for word in words:
        before = found.get(word.by)
        if before is None or before.blind or not word.blind:
            found[word.by] = word
    return [word for word in words if found[word.by] is word]


def independent(words: Sequence[Word]) -> dict[str, Word]:
    """Give what each person said before any talk of it: the blind word, else the first open one."""
    found: dict[str, Word] = {}
    for word in words:
        before = found.get(word.by)
        if before is None or (word.blind and not before.blind):
            found[word.by] = word
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
    name = row.field if row.field in OF_A_CLAIM and row.field != "value" else ""
    return Thing(_KIND_OF.get(row.field, row.field), ids, name)


def word_of(row: Decision) -> Word:
    """Give one row as a word on what it is on."""
    what = row.what
    if isinstance(what, Judgement):
        return Word(what.by, what.verdict, what.why, row.number, row.act, (what.left, what.right), what.blind)
    # The name of a relation, or where held-back words stand, is what the word is on; a corrected value is the word.
    value = f" {what.value or 'own voice'}" if what.verdict == "correct" and what.value is not None else ""
    subjects = tuple(id for id in (what.subject, what.other) if id)
    return Word(what.by, what.verdict + value, what.note, row.number, row.act, subjects, what.blind)


def in_dispute(words: Sequence[Word]) -> bool:
    """Tell whether people differ, and nobody has spoken openly since they did; who is unsure differs with nobody."""
    said: dict[str, str] = {}
    for word in words:
        if word.says == UNSURE:
            said.pop(word.by, None)
            continue
        if not word.blind and _differ(said.values()):
            return False
        said[word.by] = word.says
    return _differ(said.values())


def _differ(says: Collection[str]) -> bool:
    return len(set(says)) > 1
