"""Pages that were drawn a moment ago, for who asks for the same: fifty readers of one ledger ask for a page once.

Invariant: a page is given again only to the same viewer in the same role, of the same state of the ledger, and for at
most FRESH_S; pages with a token of a session, errors and downloads are never kept.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

FRESH_S = 20.0  # what follows a ledger beside its pages, a count of what waits for one, is no older than this
LARGEST = 64_000_000  # bytes of all that is kept
WAITING_S = 30.0  # for another who draws the same page; after that it is drawn once more

Drawn = TypeVar("Drawn")


@dataclass(slots=True)
class _Kept(Generic[Drawn]):
    what: Drawn
    size: int
    at: float


class Shelf(Generic[Drawn]):
    """Keeps pages by key; of several who ask for one page at once, one draws it and the others wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[object, ...], _Kept[Drawn]] = OrderedDict()
        self._drawing: dict[tuple[object, ...], threading.Lock] = {}
        self._size = 0

    def find(self, key: tuple[object, ...]) -> Drawn | None:
        """Give what is kept under a key; None where nothing is, or it is too old."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or self._clock() - kept.at > FRESH_S:
                return None
            self._kept.move_to_end(key)
            return kept.what

    def put(self, key: tuple[object, ...], what: Drawn, size: int) -> None:
        """Keep something; what was asked for longest ago goes first where it gets too much."""
        with self._lock:
            self._take(key)
            self._kept[key] = _Kept(what, size, self._clock())
            self._size += size
            while self._size > LARGEST and self._kept:
                self._take(next(iter(self._kept)))

    def _take(self, key: tuple[object, ...]) -> None:
        gone = self._kept.pop(key, None)
        self._size -= gone.size if gone is not None else 0

    def once(self, key: tuple[object, ...], draw: Callable[[], tuple[Drawn, int]]) -> Drawn:
        """Give what is kept under a key, or draw it; whoever comes meanwhile waits for that.

        `draw` gives what it drew, and its size in bytes where it is to be kept, 0 where it is not.
        """
        kept = self.find(key)
        if kept is not None:
            return kept
        with self._lock:
            drawing = self._drawing.setdefault(key, threading.Lock())
        got = drawing.acquire(timeout=WAITING_S)
        try:
            kept = self.find(key)
            if kept is not None:
                return kept
            drawn, size = draw()
            if size:
                self.put(key, drawn, size)
            return drawn
        finally:
            if got:
                drawing.release()
            with self._lock:
                if self._drawing.get(key) is drawing and not drawing.locked():
                    del self._drawing[key]
