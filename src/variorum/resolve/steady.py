"""Cuts a sequence into pieces that stay the same when something is added to it elsewhere. No resolving here.

A piece ends after an item whose own name says so (content-defined chunking, as backup programs do it), so an item that
comes in between changes the piece that it falls into and no other. Who remembers what was worked out for a piece
(`pipeline/remembering.py`) then has little to do again.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

MOST = 16  # times the size wanted, after which a piece ends in any case


def cut_steadily(items: Iterable[Item], name: Callable[[Item], str], size: int) -> Iterator[list[Item]]:
    """Yield pieces of some `size` items on average, in order; items of one name are never parted at the usual end."""
    piece: list[Item] = []
    ends = ""
    for item in items:
        own = name(item)
        if piece and ((ends and own != ends) or len(piece) >= MOST * size):
            yield piece
            piece, ends = [], ""
        piece.append(item)
        if not ends and zlib.crc32(own.encode()) % size == 0:
            ends = own
    if piece:
        yield piece
