"""What would follow from words that are not stored, in lines; in a process of its own where that takes long."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from variorum.errors import LedgerBusyError
from variorum.ledger import Ledger
from variorum.ledger.picked import count_articles
from variorum.pipeline.changewords import change_lines, refusal_lines
from variorum.pipeline.deciding import Word
from variorum.pipeline.foresight import State, changes, follow_state, foresee
from variorum.pipeline.labels import make_labels, with_new_events
from variorum.web.followup import FEW, end_with_parent

SHOWN = 12  # changes told one by one
PATIENCE_S = 5.0  # waited for others, of a ledger of few reports
_one_at_a_time = threading.Lock()
_few_at_a_time = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be otherwise, in words."""

    changes: tuple[str, ...]
    more: int  # changes that are not told
    refused: tuple[str, ...]  # who keeps two apart that would be put together


def foresee_words(
    place: str, words: Sequence[Sequence[Word]], *, without: Collection[int] = (), now: str
) -> list[Foreseen]:
    """Give what would follow from each of several decisions, and without the rows of some.

    Raises LedgerBusyError where as much as can be is being worked out for others.
    """
    with Ledger.open(place, readonly=True) as ledger:
        few = count_articles(ledger) <= FEW
    if few:
        if not _few_at_a_time.acquire(timeout=PATIENCE_S):
            raise _busy()
        try:
            return _foresee(place, words, without, now)
        finally:
            _few_at_a_time.release()
    if not _one_at_a_time.acquire(blocking=False):
        raise _busy()
    try:
        # A process of its own, so that the pages of others keep their speed.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent) as pool:
            return pool.submit(_foresee, place, words, without, now).result()
    finally:
        _one_at_a_time.release()


def _busy() -> LedgerBusyError:
    return LedgerBusyError("another decision is being worked out", "try again in a minute")


def _foresee(place: str, words: Sequence[Sequence[Word]], without: Collection[int], now: str) -> list[Foreseen]:
    with Ledger.open(place, readonly=True) as ledger:
        # Not as the events were last worked out: what others decided since is no consequence of these words.
        before = follow_state(ledger, now=now)
        return [tell_changes(ledger, some, before, foresee(ledger, some, without=without, now=now)) for some in words]


def tell_changes(ledger: Ledger, words: Sequence[Word], before: State, after: State) -> Foreseen:
    """Say what is otherwise in a second state of the events; `words` led there."""
    labels = with_new_events(make_labels(ledger), {*before.events, *after.events})
    found = changes(before, after)
    return Foreseen(
        tuple(change_lines(found[:SHOWN], after, labels)),
        max(0, len(found) - SHOWN),
        tuple(refusal_lines(ledger, words, after, labels)),
    )
