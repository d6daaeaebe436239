"""Packs: many texts in one file, each compressed alone, and how a stretch of several is read at once. No SQL in here.

A pack is `MARK`, then for each text the SHA-256 of what it holds (32 bytes), the length of what follows (4 bytes, the
highest first) and zlib data. Its name is the SHA-256 of all its bytes, so a pack is never changed and two programs that
write cannot meet in one.
Invariant: what is given back has the hash that it was stored under.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from variorum.errors import LedgerError
from variorum.ledger.stores import LOST, Store

MARK = b"variorum texts 1\n"
FULL = 64 << 20  # bytes: a pack is closed after this many, which are in memory until then
GAP = 1 << 16  # bytes that are read along rather than asking once more
STRETCH = 8 << 20  # bytes read at once at most
LEVEL = 6  # of zlib


@dataclass(frozen=True, slots=True)
class Place:
    """Where one text lies."""

    pack: int
    start: int
    size: int  # compressed


@dataclass(slots=True)
class Open:
    """A pack that is being filled."""

    number: int
    data: bytearray = field(default_factory=lambda: bytearray(MARK))

    def add(self, sha256: str, packed: bytes) -> Place:
        """Put compressed bytes at the end."""
        self.data += bytes.fromhex(sha256) + len(packed).to_bytes(4, "big")
        start = len(self.data)
        self.data += packed
        return Place(self.number, start, len(packed))

    @property
    def name(self) -> str:
        """The hash of what is in it."""
        return hashlib.sha256(self.data).hexdigest()


def compress(data: bytes) -> bytes:
    """Give bytes as they lie in a pack."""
    return zlib.compress(data, LEVEL)


def expand(packed: bytes, sha256: str, most: int) -> bytes:
    """Give back what was compressed. `most` is the largest length that it can have, in bytes.

    Raises LedgerError where it is not what was stored.
    """
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(packed, most + 1)
    except zlib.error as error:
        raise LedgerError(f"it is damaged ({error})", LOST) from error
    if machine.unused_data or hashlib.sha256(data).hexdigest() != sha256:
        raise LedgerError("it is not what was stored", LOST)
    return data


def read_places(store: Store, name: str, places: Sequence[Place]) -> dict[Place, bytes]:
    """Read some texts of one pack, neighbours together. Raises LedgerError where the pack is missing or cut."""
    found: dict[Place, bytes] = {}
    for group in _neighbours(places):
        start = group[0].start
        end = max(place.start + place.size for place in group)
        data = store.read(name, start, end - start)
        for place in group:
            part = data[place.start - start : place.start - start + place.size]
            if len(part) != place.size:
                raise LedgerError(f"the pack {name} in {store.address} is cut off", LOST)
            found[place] = part
    return found


def _neighbours(places: Sequence[Place]) -> Iterator[list[Place]]:
    group: list[Place] = []
    for place in sorted(set(places), key=lambda place: (place.start, place.size)):
        if group and (
            place.start - (group[-1].start + group[-1].size) > GAP
            or place.start + place.size - group[0].start > STRETCH
        ):
            yield group
            group = []
        group.append(place)
    if group:
        yield group
