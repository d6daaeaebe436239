"""A shared-out map that does not do again what it did in the round before: for a ledger that is kept fresh.

Invariant: what is given for a piece of work is what the function gave for the very same bytes. All that is shared out
in resolving is a function of its piece alone, so a ledger comes out as it would without this.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from variorum.pipeline.resolving import Share

# Bytes of results, packed, that are kept from one round to the next. 100,000 articles give about 700 MB.
MOST_BYTES = 2_000_000_000


@dataclass(slots=True)
class _Done:
    packed: bytes  # packed, so that whoever is given it may change it
    round: int


class Remembered:
    """What was worked out in this round and the one before."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._done: dict[bytes, _Done] = {}
        self._round = 0
        self._bytes = 0
        self.met = self.missed = 0  # pieces of this round that were there, and that were not

    def begin_round(self) -> None:
        """Forget what the round before did not ask for."""
        for key in [key for key, one in self._done.items() if one.round < self._round]:
            self._bytes -= len(self._done.pop(key).packed)
        self._round += 1
        self.met = self.missed = 0

    def over(self, share: Share) -> Share:
        """Give a map that asks another only for what is not known yet."""

        def remember(function: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
            waiting: deque[tuple[bytes, bool]] = deque()  # keys in order, and whether each was known when it came

            def unknown() -> Iterator[Any]:
                for piece in pieces:
                    key = _key(function, piece)
                    known = key in self._done
                    waiting.append((key, known))
                    if not known:
                        yield piece

            for result in share(function, unknown()):
                yield from self._known(waiting)
                self._keep(waiting.popleft()[0], result)
                yield result
            yield from self._known(waiting)

        return remember

    def _known(self, waiting: deque[tuple[bytes, bool]]) -> Iterator[Any]:
        """Yield what stands in front of the next unknown piece."""
        while waiting and waiting[0][1]:
            done = self._done[waiting.popleft()[0]]
            done.round = self._round
            self.met += 1
            yield pickle.loads(done.packed)

    def _keep(self, key: bytes, result: Any) -> None:
        self.missed += 1
        packed = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        if key not in self._done and self._bytes + len(packed) <= MOST_BYTES:
            self._done[key] = _Done(packed, self._round)
            self._bytes += len(packed)


def _key(function: Callable[[Any], Any], piece: Any) -> bytes:
    name = f"{function.__module__}.{function.__qualname__}".encode()
    packed = io.BytesIO(name)
    packed.seek(0, io.SEEK_END)
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # by value alone: not whether two equal words are one object
    pickler.dump(piece)
    return hashlib.blake2b(packed.getbuffer(), digest_size=20).digest()
