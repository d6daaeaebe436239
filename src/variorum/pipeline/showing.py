"""From a ledger to what a site in files shows: its events and its reports, a part at a time, redacted where asked.

Invariant: events come by date, kind and id, and what is in memory does not grow with the ledger; redacted, all of it
lies in memory, since a name has one number everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.ledger.entries import find_entries
from variorum.ledger.picked import pick_articles, pick_copies
from variorum.ledger.printed import read_printed
from variorum.pipeline.editions import edition, with_all_articles
from variorum.pipeline.listing import find_chosen, has_index, read_events
from variorum.pipeline.places import gazetteer
from variorum.pipeline.sharing import share
from variorum.publish import Edition, make_edition
from variorum.publish.profile import Redacted
from variorum.publish.select import Selection

Row = TypeVar("Row")
PART = 500  # events or reports at once: 40 MB of a ledger with four reports an event


@dataclass(frozen=True, slots=True)
class Shown:
    """What a site shows."""

    parts: Callable[[], Iterator[Edition]]  # with some of the events each
    reports: Callable[[], Iterator[Edition]]  # without events, with some of the articles each, by day of publication
    redacted: Redacted | None = None


def find_shown(ledger: Ledger, config: Config, *, redacted: bool = False) -> Shown:
    """Find what a site of a ledger shows; little is read before it is asked for.

    Raises ConfigError for something withheld that the ledger does not have.
    """
    if redacted or not has_index(ledger):
        whole = with_all_articles(ledger, edition(ledger))
        whole = share(ledger, whole, config) if redacted else whole
        return Shown(lambda: _slices(whole), lambda: _report_slices(whole), whole.redacted)
    return Shown(lambda: _parts(ledger), lambda: _report_parts(ledger))


def _in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + PART] for start in range(0, len(rows), PART))


def _parts(ledger: Ledger) -> Iterator[Edition]:
    ids = [entry.id for entry in find_entries(ledger, find_chosen(ledger, Selection()))]
    for some in _in_parts(ids):
        yield edition(ledger, read_events(ledger, some))


def _report_parts(ledger: Ledger) -> Iterator[Edition]:
    rows = sorted(read_printed(ledger), key=lambda row: (row.published or "9999", row.number))
    for some in _in_parts([row.id for row in rows]):
        yield make_edition(
            (),
            mentions=(),
            claims=(),
            articles=pick_articles(ledger, some),
            copies=pick_copies(ledger, some),
            gazetteer=gazetteer(),
        )


def _slices(whole: Edition) -> Iterator[Edition]:
    for some in _in_parts(whole.events):
        yield replace(whole, events=some)


def _report_slices(whole: Edition) -> Iterator[Edition]:
    articles = sorted(whole.articles.values(), key=lambda one: (one.published or "9999", one.id))
    for some in _in_parts(articles):
        yield replace(whole, events=(), articles={one.id: one for one in some})


__all__ = ["PART", "Redacted", "Shown", "find_shown"]
