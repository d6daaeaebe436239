"""From an answer to a question of the queue to the rows that a ledger keeps of it. Nothing is written here.

Invariant: the same answer gives the same rows whichever face it was given in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.ledger import Ledger
from variorum.model import Field, Judgement, Ruling, RulingVerdict, Verdict
from variorum.pipeline.placedoubt import at_entry
from variorum.pipeline.queue import Item

Says = Literal["yes", "no", "unsure", "instead"]
_PAIRS: dict[Says, Verdict] = {"yes": "same", "no": "different", "unsure": "unsure"}
_THINGS: dict[Says, RulingVerdict] = {"yes": "accept", "no": "reject", "instead": "correct"}
_FIELDS: dict[str, Field] = {"place": "value", "held back": "words", "copy": "copy"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to one question."""

    says: Says
    by: str
    at: str  # ISO 8601 date-time
    why: str = ""
    value: str = ""  # with "instead": id of a gazetteer entry, or where held-back words stand, `start:end`
    blind: bool = False  # said without seeing what others had said


def is_possible(item: Item, says: Says) -> bool:
    """Tell whether a question can be answered so."""
    if item.asks == "same":
        return says in _PAIRS
    if item.asks == "held back":
        return says in ("no", "instead")
    return says in ("yes", "no") or (says == "instead" and item.asks == "place")


def make_rows(ledger: Ledger, item: Item, answer: Answer) -> list[Judgement | Ruling]:
    """Give the rows of one decision: one for each of the item's `rows`.

    Raises ValueError for an answer that the question does not have (`is_possible`).
    """
    if not is_possible(item, answer.says):
        raise ValueError(f"{answer.says} is no answer to {item.asks}")
    if item.asks == "same":
        left, right = item.subjects
        verdict = _PAIRS[answer.says]
        return [Judgement(left, right, verdict, answer.by, item.score, answer.why, answer.at, blind=answer.blind)]
    if item.asks == "place":
        return [_ruling(item, answer, ids, _place_value(ledger, ids[0], answer)) for ids in item.rows]
    if item.asks in ("contradiction", "revision"):
        return [_ruling(item, answer, ids, item.name) for ids in item.rows]
    return [_ruling(item, answer, item.subjects, answer.value if answer.says == "instead" else None)]


def _place_value(ledger: Ledger, claim_id: str, answer: Answer) -> str | None:
    return at_entry(ledger.claim(claim_id).value, answer.value) if answer.says == "instead" else None


def _ruling(item: Item, answer: Answer, subjects: tuple[str, ...], value: str | None) -> Ruling:
    return Ruling(
        subjects[0],
        _THINGS[answer.says],
        value,
        answer.by,
        answer.why,
        answer.at,
        other=subjects[1] if len(subjects) > 1 else "",
        field=_FIELDS.get(item.asks, "relation"),
        blind=answer.blind,
    )
