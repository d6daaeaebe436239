"""Every decision that has a form: what it asks for, and the words that are stored. The command line stores the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from variorum.errors import LedgerError, UsageError
from variorum.ledger import Ledger
from variorum.model import Ruling
from variorum.pipeline.deciding import Who, Word
from variorum.pipeline.named import find_subject, join_named, reject_named, set_named, split_named

DECISION = re.compile(r"[Dd]?(\d{1,12})")
MOST = 2_000  # reports taken out of an event at once
Given = Mapping[str, tuple[str, ...]]  # fields of a form


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    label: str
    help: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """One decision that a person can make by a form."""

    name: str
    title: str
    lead: str
    fields: tuple[Field, ...]
    make: Callable[[Ledger, Given, Who], Sequence[Word]]
    button: str = "Store it"


def one(given: Given, name: str) -> str:
    """Give a field that stands once, without spaces around it."""
    found = given.get(name, ())
    return found[0].strip() if found else ""


def needed(given: Given, name: str, what: str) -> str:
    """Give a field that must be filled in. Raises UsageError where it is not."""
    found = one(given, name)
    if not found:
        raise UsageError(f"{what} is not given", "fill it in")
    return found


def _join(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    return join_named(ledger, needed(given, "left", "the one"), needed(given, "right", "the other"), who)


def _split(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    out = list(dict.fromkeys(name for row in given.get("out", ()) for name in re.split(r"[\s,]+", row) if name))
    if not out:
        raise UsageError("no report is named", "tick those that leave the event, or type them as R7 R8")
    if len(out) > MOST:
        raise UsageError(f"these are {len(out):,} reports", f"take at most {MOST:,} out at once")
    return split_named(ledger, out, who, event=one(given, "event") or None, alone=one(given, "alone") == "1")


def _set(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    field, value = needed(given, "field", "the field"), one(given, "value")
    return set_named(ledger, needed(given, "id", "what is corrected"), field, value, who)


def _reject(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    return reject_named(ledger, needed(given, "id", "what is rejected"), one(given, "other") or None, who)


def _copy(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    copy, original = needed(given, "copy", "the copy"), needed(given, "original", "its original")
    if one(given, "is") == "no":
        return reject_named(ledger, copy, original, who)
    return set_named(ledger, copy, "copy", find_subject(ledger, original).id, who)


def find_act(given: Given) -> int:
    """Give the number of the decision that is to be taken back."""
    named = needed(given, "decision", "the decision")
    match = DECISION.fullmatch(named)
    if match is None:
        raise UsageError(f"{named[:40]} is no decision", "decisions are numbered D1, D2 …")
    return int(match[1])


def _undo(ledger: Ledger, given: Given, who: Who) -> Sequence[Word]:
    first, *others = ledger.decision(find_act(given))
    rows = [row.what for row in (first, *others) if row.what.retracted is None]
    if not rows:
        raise LedgerError(f"{first.name} was taken back on {first.what.retracted}", "see all decisions")
    return rows


NAMES = "an event (EV-7K3Q), a report (R7) or a mention (men_…)"
DEEDS: Mapping[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "join",
            "Put together as one event",
            "Of an event all reports are meant; of a report the mention that stands nearest to the other side.",
            (Field("left", "The one", NAMES), Field("right", "The other", NAMES)),
            _join,
        ),
        Deed(
            "split",
            "Take reports out of an event",
            "The reports that are ticked tell of an event of their own, and stay one event among themselves.",
            (Field("event", "Event", "EV-7K3Q; may be left out where the reports tell of one event only", False),),
            _split,
        ),
        Deed(
            "set",
            "Correct",
            "Of an event every claim behind the printed value is corrected. What was read stays beside it.",
            (
                Field("id", "What", "a claim (clm_…), an event, a report, a mention, or held-back words (hld_…)"),
                Field("field", "Field", "of a claim: value, source, scope, stance; of an event: kind, killed, place …"),
                Field("value", "Should be", "as the report says it: at least 12; own voice; 14 September 2017", False),
            ),
            _set,
        ),
        Deed(
            "reject",
            "Say that it is not so",
            "It stays in the ledger, and decides nothing any more: a claim was misread, an event is none, a report is "
            "withdrawn, held-back words are nothing; of two, that the relation does not hold or that one is no copy.",
            (
                Field("id", "What", "a claim, an event, a report, a mention or held-back words"),
                Field("other", "The other of two", "a second claim or report; else left empty", False),
            ),
            _reject,
        ),
        Deed(
            "copy",
            "Copy or not",
            "A copy counts once with its original; a text of its own counts by itself.",
            (Field("copy", "The copy", "a report: R2"), Field("original", "Its original", "a report: R1")),
            _copy,
        ),
        Deed(
            "undo",
            "Take a decision back",
            "All of that decision is taken back, and every later one is left as it is; the log keeps both.",
            (Field("decision", "Decision", "D12"),),
            _undo,
            "Take it back",
        ),
    )
}


def subjects_of(words: Sequence[Word]) -> list[str]:
    """Give the ids that words are on."""
    found: list[str] = []
    for word in words:
        found += [word.subject, word.other] if isinstance(word, Ruling) else [word.left, word.right]
    return [id for id in dict.fromkeys(found) if id]
