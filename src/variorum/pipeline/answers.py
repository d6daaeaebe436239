"""From an answer to a question of the queue to the rows that a ledger keeps of it. Nothing is written here.

Invariant: the same answer gives the same rows whichever face it was given in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from variorum.ledger import Ledger
from variorum.model import Field, Judgement, Ruling, RulingVerdict, Verdict
from variorum.pipeline.byhand import find_held_back
from variorum.pipeline.deciding import CLAIM_FIELDS, Who, set_field
from variorum.pipeline.placedoubt import at_entry
from variorum.pipeline.queue import Item

Says = Literal["yes", "no", "unsure", "instead"]
_PAIRS: dict[Says, Verdict] = {"yes": "same", "no": "different", "unsure": "unsure"}
_THINGS: dict[Says, RulingVerdict] = {"yes": "accept", "no": "reject", "instead": "correct"}
_FIELDS: dict[str, Field] = {"place": "value", "held back": "words", "copy": "copy", "kind": "kind", "report": "report"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says to one question."""

    says: Says
    by: str
    at: str  # ISO 8601 date-time
    why: str = ""
    value: str = ""  # with "instead": id of a gazetteer entry; held-back words or their span; a value or kind as typed
    blind: bool = False  # said without seeing what others had said


def is_possible(item: Item, says: Says) -> bool:
    """Tell whether a question can be answered so."""
    if item.asks == "same":
        return says in _PAIRS
    if item.asks == "held back":
        return says in ("no", "instead")
    return says in ("yes", "no") or (says == "instead" and item.asks in ("place", "value", "kind"))


def make_rows(ledger: Ledger, item: Item, answer: Answer) -> list[Judgement | Ruling]:
    """Give the rows of one decision: one for each of the item's `rows`.

    Raises ValueError for an answer that the question does not have (`is_possible`), UsageError for typed words that
    are no value, or do not stand in the report just once.
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
    value = _typed(ledger, item, answer) if answer.says == "instead" else None
    if item.asks == "value" and item.name and answer.says == "yes":
        # To accept a claim brings back all of it as it was read, and this is about one field.
        claim = ledger.claim(item.subjects[0])
        value = {"source": claim.source, "scope": claim.scope or "all", "stance": claim.stance}[item.name]
        answer = replace(answer, says="instead")
    return [_ruling(item, answer, item.subjects, value)]


def _typed(ledger: Ledger, item: Item, answer: Answer) -> str | None:
    """Give what was typed as it is stored."""
    id = item.subjects[0]
    who = Who(answer.by, answer.at)
    if item.asks == "held back":
        words = set_field(ledger, find_held_back(ledger, id), "words", answer.value, who)
    elif item.asks == "kind":
        words = set_field(ledger, ledger.mention(id), "kind", answer.value, who)
    else:
        words = set_field(ledger, ledger.claim(id), item.name or "value", answer.value, who)
    return words[0].value if isinstance(words[0], Ruling) else None


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
        field=_field(item),
        blind=answer.blind,
    )


def _field(item: Item) -> Field:
    if item.asks == "value":
        return CLAIM_FIELDS[item.name or "value"]
    return _FIELDS.get(item.asks, "relation")
