"""What every page says of the ledger as a whole: how much waits, whether it grows. Kept per state of the ledger.

Invariant: nobody waits for a count of what waits: it is worked out beside the pages, and the last one known is shown.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.pipeline import Item, find_queue

REST = 20  # times as long as a count took, nothing is counted: it takes the time of pages


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log of a ledger stands: pins down the whole ledger."""

    number: int
    hash: str


class Standing:
    """The queue of one ledger, worked out once for every state of it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = threading.Lock()
        self._queues: dict[str, tuple[int, list[Item]]] = {}
        self._busy = False
        self._next = 0.0  # no count is begun before: at a desk every answer changes the ledger

    def head(self) -> Head:
        """Give where the log stands."""
        return Head(*self._ledger.head())

    def queue(self, by: str) -> list[Item]:
        """Give what waits for a person, worked out anew where the ledger has changed."""
        number = self._ledger.head()[0]
        with self._lock:
            kept = self._queues.get(by)
        if kept is not None and kept[0] == number:
            return kept[1]
        found = find_queue(self._ledger, by=by)
        with self._lock:
            if len(self._queues) > 50:
                self._queues.clear()
            self._queues[by] = (number, found)
        return found

    def waiting(self, by: str) -> int | None:
        """Give how many questions wait as far as is known; a newer count is on its way. None before the first."""
        number = self._ledger.head()[0]
        with self._lock:
            kept = self._queues.get(by)
            late = (kept is None or kept[0] != number) and not self._busy and time.monotonic() >= self._next
            self._busy = self._busy or late
        if late:
            threading.Thread(target=self._count, args=(by,), daemon=True).start()
        return None if kept is None else len(kept[1])

    def _count(self, by: str) -> None:
        began = time.monotonic()
        try:
            self.queue(by)
        except VariorumError:  # busy or gone: the next page asks again
            return
        finally:
            with self._lock:
                self._busy = False
                self._next = time.monotonic() + REST * (time.monotonic() - began)
