"""How a report came here, and what people decided on something: what an auditor asks of each value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from variorum.ledger import Ledger
from variorum.ledger.picked import pick_rulings
from variorum.model import Article, Capture, Ruling
from variorum.pipeline.labels import Labels
from variorum.pipeline.wordlines import word_line


@dataclass(frozen=True, slots=True)
class Trace:
    """From where a report was taken, and whether it counts."""

    captures: tuple[tuple[Capture, bool], ...]  # with whether the raw bytes are kept; oldest first
    printings: tuple[str, ...]  # labels of the other reports that came from its address
    withdrawn: tuple[Ruling, ...]  # live words that it does not count


@dataclass(frozen=True, slots=True)
class Decided:
    """One live row of a decision, in words."""

    name: str  # D12
    at: str  # ISO 8601 date-time
    words: str
    blind: bool  # it decides nothing
    retracted: str | None = None  # when it was taken back


def find_trace(ledger: Ledger, article: Article, labels: Labels) -> Trace:
    """Give from where, when and with what program a report was taken, and who withdrew it."""
    return Trace(
        tuple((row, ledger.has_raw(row.sha256)) for row in ledger.captures(article.id)),
        tuple(labels.articles[id] for id in ledger.printings(article.url) if id != article.id),
        tuple(row for row in pick_rulings(ledger, [article.id]) if row.field == "report" and row.verdict == "reject"),
    )


def find_decided(
    ledger: Ledger, ids: Iterable[str], labels: Labels, *, taken_back: bool = False, every_row: bool = True
) -> list[Decided]:
    """Give each row of a decision on some claims, mentions or reports, the oldest first.

    Those that were taken back only where they are asked for; without `every_row` one for each decision.
    """
    wanted = set(ids)
    found: list[Decided] = []
    told: set[str] = set()
    for row in ledger.decisions():
        if row.name in told and not every_row:
            continue
        what = row.what
        named = {what.subject, what.other} if isinstance(what, Ruling) else {what.left, what.right}
        if named & wanted and (taken_back or what.retracted is None):
            told.add(row.name)
            found.append(Decided(row.name, what.at, word_line(ledger, what, labels), what.blind, what.retracted))
    return found[::-1]
