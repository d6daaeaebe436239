"""How far an input was read: where a run that was stopped goes on, and what can be passed by.

An archive is gone through once, however long that takes. Beside the row that says "read" there is one that says how
far, `PATH#reached`, with a digest of the bytes in front of that place: an archive that only grew is gone on with.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from variorum.gather.files import STDIN, Input, is_long, kind_of
from variorum.gather.remote import find_identity
from variorum.ledger import InputSeen

TAIL = 4_096  # bytes in front of a place that have to be the same


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reading of an input begins."""

    stamp: tuple[int, int] | None  # size and time of change in nanoseconds; None where it has none
    identity: str = ""  # of a file elsewhere, as its server tells
    start: int = 0  # byte
    unchanged: bool = False  # it was read to its end before


def key_of(one: Input) -> str:
    """Give the name by which the ledger knows an input."""
    if one.address:
        return one.name
    return os.path.realpath(one.path) if one.path != STDIN else "-"


def goes_on(one: Input) -> str:
    """Give the name of the row that says how far it was read."""
    return f"{key_of(one)}#reached"


def find_place(one: Input, before: InputSeen | None, reached: InputSeen | None) -> Place:
    """Give where to begin, by the rows of the ledger that say that an input was read, and how far.

    Raises UnreadableError for one that lies elsewhere and cannot be asked for.
    """
    if one.address:
        identity = find_identity(one.address)
        if not identity:  # nobody knows whether it changed
            return Place(None)
        start = reached.size if reached is not None and reached.sha256 == identity else 0
        return Place(None, identity, start, before is not None and before.sha256 == identity)
    stamp = _stamp(one)
    if before is not None and stamp == (before.size, before.mtime_ns):
        return Place(stamp, unchanged=True)
    if stamp is None or reached is None or not is_long(one):
        return Place(stamp)
    # Of lines one in the middle may be another; records of an archive are only ever added.
    same = (before is None and reached.mtime_ns == stamp[1]) or kind_of(one) == "warc"
    return Place(stamp, start=reached.size if same and _tail(one, reached.size) == reached.sha256 else 0)


def seen_rows(one: Input, place: Place, reached: int, ids: tuple[str, ...], *, finished: bool) -> list[InputSeen]:
    """Give the rows to write when an input was read up to a byte, or to its end; at byte 0 how far is not said."""
    rows: list[InputSeen] = []
    size, changed = place.stamp or (0, 0)
    if reached and (place.identity or not one.address):
        rows.append(InputSeen(goes_on(one), reached, changed, place.identity or _tail(one, reached), ()))
    if finished and (place.stamp is not None or place.identity):
        rows.append(InputSeen(key_of(one), size, changed, place.identity, ids))
    return rows


def _tail(one: Input, end: int) -> str:
    """Give the digest of the bytes of a file in front of a place; "" where it cannot be read."""
    try:
        with one.path.open("rb") as stream:
            stream.seek(max(0, end - TAIL))
            return hashlib.sha256(stream.read(min(end, TAIL))).hexdigest()
    except OSError:
        return ""


def _stamp(one: Input) -> tuple[int, int] | None:
    """Give size and time of change; None where there are none, and then the input is read each time."""
    if one.path == STDIN:
        return None
    try:
        status = one.path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
