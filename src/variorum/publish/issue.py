"""What a writer is given: the events of one export, a bounded number at a time, and what else is known of them.

Invariant: asked again, the parts come again, in the same order; no event stands in two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from variorum.errors import UsageError
from variorum.model import Event
from variorum.publish.cite import Cited
from variorum.publish.jsonl import Edition
from variorum.publish.profile import Redacted
from variorum.publish.rules.account import Account


def tell_nobody(number: int, words: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The events of one export, by date, kind and id, and how to find what a format says of them besides."""

    parts: Callable[[], Iterator[Edition]]  # editions with some of the events each
    reports: Callable[[], Iterator[Edition]]  # editions without events, with some of the articles each, by day and id
    account: Callable[[Edition, Event], Account]  # an event of a part as a rule of counting sees it
    cited: Callable[[Edition], Mapping[str, Cited]]  # how each event of a part is cited, by its id
    ledger: str  # hash at which the ledger's log stands
    made: str  # ISO day of the export
    credible: tuple[str, ...] = ()  # sources that the user believes, for Airwars' grading
    as_of: str | None = None  # ISO day whose knowledge it is; None: as the ledger stands
    redacted: Redacted | None = None  # what was left out for sharing; None: nothing
    leave_out: Callable[[int, str], None] = tell_nobody  # how many events a format cannot hold, and why, at the end


def issue_of(edition: Edition) -> Issue:
    """Give an edition in memory as an issue of one part.

    It has no citations, and its account raises UsageError: both ask a ledger.
    """

    def refuse(*_: object) -> Account:
        raise UsageError(
            "rows by a rule of counting ask a ledger, and this is an edition alone", "write them by make_export"
        )

    return Issue(
        lambda: iter((edition,)),
        lambda: iter((edition,)),
        refuse,
        lambda _: {},
        "",
        "",
        redacted=edition.redacted,
    )
