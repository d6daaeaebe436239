"""What people said of a question that is still open: unsure words, answers to a part of it, flags; and what they add.

Invariant: only what was said openly; a second reviewer is shown none of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from variorum.ledger import Decision, Ledger
from variorum.ledger.picked import pick_decisions, pick_notes
from variorum.model import Judgement
from variorum.pipeline.answers import Answer, make_rows
from variorum.pipeline.deciding import Who, decide
from variorum.pipeline.queue import Item
from variorum.pipeline.spoken import Word, word_of

FLAG = "flagged"  # kind of the log's row, and how the reason of an unsure word begins
# How two events can be related that are not one: the words of a report that tie events, and a series.
TIES = ("one of a series", "response to", "part of", "later in", "anniversary of")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said before of an open question."""

    words: tuple[Word, ...]  # oldest first, of each person the last on each thing
    flags: tuple[tuple[str, str, str], ...]  # who flagged it, when, and why
    new: tuple[str, ...]  # ids of the claims that came after it was answered for others: of a place, of a sum


def related_reason(tie: str, because: str) -> str:
    """Give the reason of a "different" that says how the two are related: nothing stores that otherwise yet."""
    return f"related: {tie}" + (f"; {because}" if because else "")


def flag(ledger: Ledger, item: Item, who: Who) -> list[Decision]:
    """Leave a question to a second reviewer: of two reports an “unsure”, which others are asked; else a row of the log.

    Of anything but two reports no word “unsure” can be stored, so nothing is decided, and the log tells who asked.
    """
    because = FLAG + (f": {who.because}" if who.because else "")
    if item.asks == "same":
        return decide(ledger, make_rows(ledger, item, Answer("unsure", who.by, who.now, because, blind=who.blind)))
    ledger.note(FLAG, _subject(item), who.because, at=who.now, by=who.by)
    return []


def _subject(item: Item) -> str:
    return " ".join((item.kind, item.name, *item.subjects)) if item.name else " ".join((item.kind, *item.subjects))


def find_said(ledger: Ledger, item: Item) -> Said:
    """Give what was said openly of a question that still waits."""
    rows = {frozenset(ids) for ids in item.rows}
    found = [row for row in pick_decisions(ledger, {id for ids in item.rows for id in ids}) if not row.what.blind]
    on = [row for row in found if frozenset(_ids(row)) in rows]
    last: dict[tuple[str, tuple[str, ...]], Decision] = {(row.what.by, _ids(row)): row for row in on}
    answered = {id for row in on for id in _ids(row)} if len(item.rows) > 1 else set()
    flags = pick_notes(ledger, FLAG, [_subject(item)])
    return Said(
        tuple(word_of(row) for row in sorted(last.values(), key=lambda row: row.number)),
        tuple((row.by, row.at, row.note) for row in flags),
        tuple(id for id in item.subjects if id not in answered) if answered else (),
    )


def _ids(row: Decision) -> tuple[str, ...]:
    what = row.what
    return (what.left, what.right) if isinstance(what, Judgement) else tuple(filter(None, (what.subject, what.other)))
