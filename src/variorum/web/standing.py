"""What every page says of the ledger as a whole: how much waits, whether it grows. Kept per state of the ledger.

Invariant: nobody waits for a count of what waits: it is worked out beside the pages, and the last one known is shown.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.ledger.size import Size, read_size
from variorum.pipeline import Item, find_queue

REST = 20  # times as long as a count took, nothing is counted: it takes the time of pages
SLOW_S = 1.0  # what took longer to work out is shown once more while a newer one is on its way
MOST_KEPT = 40  # pieces of several states and days


@dataclass(frozen=True, slots=True)
class Kept:
    """One piece that was worked out, and the row of the log that it was worked out at."""

    number: int
    what: Any
    took_s: float


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log of a ledger stands: pins down the whole ledger."""

    number: int
    hash: str


class Standing:
    """The queue of one ledger, worked out once for every state of it."""

    def __init__(self, ledger: Ledger, place: str = "") -> None:
        self._ledger = ledger
        self.place = place or ledger.name  # where others open it anew
        self._lock = threading.Lock()
        self._queues: dict[str, tuple[int, list[Item]]] = {}
        self._busy = False
        self._next = 0.0  # no count is begun before: at a desk every answer changes the ledger
        self._kept: dict[tuple[object, ...], Kept] = {}
        self._making: dict[tuple[object, ...], threading.Lock] = {}
        self._lately: OrderedDict[object, Any] = OrderedDict()

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

    # ------------------------------------------------------------ pieces of pages

    def size(self) -> Size:
        """Give how many reports and events there are, counted once for a state."""
        found: Size = self.keep(("size",), lambda: read_size(self._ledger)).what
        return found

    def keep(self, key: tuple[object, ...], make: Callable[[], Any]) -> Kept:
        """Give a piece of a page, worked out once for a state of the ledger.

        While a run goes on writing, every batch makes another state: of what takes long the last one known is given,
        with the row of the log that it is of, and a newer one is worked out beside.
        """
        number = self._ledger.head()[0]
        with self._lock:
            kept = self._kept.get(key)
            making = self._making.setdefault(key, threading.Lock())
        if kept is not None and kept.number == number:
            return kept
        if kept is not None and kept.took_s > SLOW_S:
            if not making.locked():
                threading.Thread(target=self._make_beside, args=(key, make, making), daemon=True).start()
            return kept
        return self._make(key, make, making)

    def keep_lately(self, key: object, make: Callable[[], Any], most: int) -> Any:
        """Give what was made of the last few keys; a key names the state of the ledger that it is of."""
        with self._lock:
            if key in self._lately:
                self._lately.move_to_end(key)
                return self._lately[key]
        found = make()
        with self._lock:
            self._lately[key] = found
            while len(self._lately) > most:
                self._lately.popitem(last=False)
        return found

    def forget(self) -> None:
        """Take no old piece for a new one any more: somebody decided, and looks at what came of it."""
        with self._lock:
            self._kept.clear()
            self._making.clear()

    def _make_beside(self, key: tuple[object, ...], make: Callable[[], Any], making: threading.Lock) -> None:
        with suppress(VariorumError):  # busy or gone: the next page asks again
            self._make(key, make, making)

    def _make(self, key: tuple[object, ...], make: Callable[[], Any], making: threading.Lock) -> Kept:
        with making:
            number = self._ledger.head()[0]
            with self._lock:
                kept = self._kept.get(key)
            if kept is not None and kept.number == number:
                return kept
            began = time.monotonic()
            try:
                found = Kept(number, make(), time.monotonic() - began)
            except BaseException:
                with self._lock:
                    self._making.pop(key, None)
                raise
            with self._lock:
                if len(self._kept) >= MOST_KEPT:
                    self._kept.clear()
                    self._making.clear()
                self._kept[key] = found
            return found
