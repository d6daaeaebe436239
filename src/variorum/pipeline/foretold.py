"""What would follow from a decision, in words; in a process of its own where the ledger is large. Nothing is stored.

Invariant: what is said beforehand is worked out as what comes is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context

from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.pipeline.changewords import change_lines, refusal_lines
from variorum.pipeline.deciding import Word
from variorum.pipeline.foresight import State, changes, foresee, now_state
from variorum.pipeline.labels import make_labels, shorten

FEW = 1_000  # reports: of more, working events out takes seconds to minutes


def foretell(ledger: Ledger, words: Sequence[Word], *, without: Collection[int] = (), now: str) -> list[str]:
    """Say what would be otherwise with more words, or without some rows; nothing where nothing would."""
    before = now_state(ledger)
    after = foresee(ledger, words, without=without, now=now)
    return [*tell_changes(ledger, before, after), *refusal_lines(ledger, words, after, make_labels(ledger))]


def tell_changes(ledger: Ledger, before: State, after: State) -> list[str]:
    """Say what is otherwise in the second state of the events of a ledger, event by event."""
    found = changes(before, after)
    labels = make_labels(ledger)
    if after.events.keys() - labels.events.keys():  # what is only foreseen has no name yet
        labels = replace(labels, events=shorten({*labels.events, *after.events}))
    return list(change_lines(found, after, labels))


def foretell_beside(place: str, words: Sequence[Word], *, without: Collection[int] = (), now: str) -> list[str]:
    """Say the same from a process of its own, so that others keep this one's speed; `place` as the ledger was opened.

    Raises VariorumError where the process ended before it was done.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        try:
            return beside.submit(_foretell_in, place, list(words), sorted(without), now).result()
        except BrokenProcessPool:
            raise VariorumError(
                "what would follow could not be worked out", "it may have had too little memory"
            ) from None


def _foretell_in(place: str, words: Sequence[Word], without: Sequence[int], now: str) -> list[str]:
    with Ledger.open(place, readonly=True) as ledger:
        return foretell(ledger, words, without=without, now=now)
