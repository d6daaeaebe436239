"""The records of a web archive (WARC 1.0 and 1.1, ISO 28500): where each begins and ends, and its bytes.

Archives are cut apart here and not by warcio, which is given each record alone: it stops at the first damaged one,
writes to standard error, and takes a record that was torn off for a whole one.

Invariant: memory is bounded by `MOST_BYTES` whatever the archive holds; what stands before and behind a damaged
stretch is given, and the stretch is named.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 1 << 16  # bytes read at a time
MOST_BYTES = 24_000_000  # of a record that are kept: a page of 20 MB and its headers
MOST_HEADER = 1 << 16  # bytes of a record's own headers; real ones have under 2,000
GZIP = b"\x1f\x8b\x08"
FIRST_LINE = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
HEADER_END = re.compile(rb"\r?\n\r?\n")
NEXT = re.compile(rb"(?<=\n)WARC/\d\.\d+[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the archive."""

    data: bytes  # headers, blank line, block; the first MOST_BYTES of them
    start: int  # byte of the archive, or of what a file that is packed as a whole unpacks to
    end: int
    large: bool = False  # it has more than MOST_BYTES


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch that holds no whole record."""

    start: int
    end: int
    torn: bool  # it reaches to the end of the archive: a record that is still being written, or was cut off


def find_records(stream: BinaryIO, start: int = 0) -> Iterator[Record | Damage]:
    """Yield the records of an archive from a byte that an earlier record ended at; `stream` can seek."""
    stream.seek(0)
    if stream.read(len(GZIP)) != GZIP:
        yield from _plain(Reader(stream, start))
    elif _is_packed_whole(stream):
        stream.seek(0)
        with gzip.GzipFile(fileobj=stream) as unpacked:
            yield from _plain(Reader(unpacked, start))  # type: ignore[arg-type]
    else:
        yield from _members(Reader(stream, start))


class Reader:
    """Reads ahead in a stream and knows which byte comes next."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self.stream, self.place, self.ahead = stream, start, b""
        stream.seek(start)

    def fill(self) -> bool:
        """Read one more block ahead; False at the end."""
        try:
            block = self.stream.read(BLOCK)
        except (EOFError, zlib.error, gzip.BadGzipFile):  # of a file that is packed as a whole: it ends here
            return False
        self.ahead += block
        return bool(block)

    def peek(self, size: int) -> bytes:
        """Give the next bytes, fewer at the end, and stay."""
        while len(self.ahead) < size and self.fill():
            pass
        return self.ahead[:size]

    def take(self, size: int) -> bytes:
        """Give the next bytes and go behind them."""
        data, self.ahead = self.ahead[:size], self.ahead[size:]
        self.place += len(data)
        return data

    def go(self, place: int) -> None:
        """Go to another byte."""
        self.stream.seek(place)
        self.place, self.ahead = place, b""


def _is_packed_whole(stream: BinaryIO) -> bool:
    """Tell whether the first gzip member holds several records: then no record has a place of its own in the file."""
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        reader = Reader(unpacked, 0)  # type: ignore[arg-type]
        first = _one(reader)
    if not isinstance(first, Record):
        return False
    unpacker, size = zlib.decompressobj(31), 0
    stream.seek(0)
    while not unpacker.eof and size <= first.end + 4 and (block := stream.read(BLOCK)):
        size += len(unpacker.decompress(block))
    return size > first.end + 4


# ------------------------------------------------------------------ records one behind the other


def _plain(reader: Reader) -> Iterator[Record | Damage]:
    while reader.peek(1):
        found = _one(reader)
        if found is None:
            return
        if isinstance(found, Damage):
            reader.go(found.start + 1)
            yield _seek_next(reader, found.start)
        else:
            yield found


def _one(reader: Reader) -> Record | Damage | None:
    """Give the record that comes next, None at the end of the archive."""
    while (char := reader.peek(1)) in (b"\r", b"\n") and char:
        reader.take(1)
    start = reader.place
    if not reader.peek(1):
        return None
    size = 0
    while (end := HEADER_END.search(reader.ahead)) is None and size < MOST_HEADER and reader.fill():
        size = len(reader.ahead)
    if end is None or FIRST_LINE.match(reader.ahead) is None:
        return Damage(start, reader.place, torn=False)
    head = reader.take(end.end())
    length = LENGTH.search(head)
    if length is None:
        return Damage(start, reader.place, torn=False)
    kept, left = [head], int(length[1])
    room = MOST_BYTES - len(head)
    while left and reader.peek(1):
        data = reader.take(left)
        left -= len(data)
        kept.append(data[: max(room, 0)])
        room -= len(data)
    if left or not _is_parted(reader.peek(64)):
        return Damage(start, reader.place, torn=False)
    return Record(b"".join(kept), start, reader.place, large=room < 0)


def _is_parted(behind: bytes) -> bool:
    """Tell whether a record can end here: an end, or blank lines and the next one."""
    rest = behind.lstrip(b"\r\n")
    return not rest or (len(rest) < len(behind) and rest.startswith(b"WARC/"))


def _seek_next(reader: Reader, start: int) -> Damage:
    """Go to the next record behind a damaged one."""
    while True:
        found = NEXT.search(reader.ahead)
        if found is not None:
            reader.take(found.start())
            return Damage(start, reader.place, torn=False)
        reader.take(max(0, len(reader.ahead) - 64))
        if not reader.fill():
            reader.take(len(reader.ahead))
            return Damage(start, reader.place, torn=True)


# ------------------------------------------------------------------ records that are packed one by one


def _members(reader: Reader) -> Iterator[Record | Damage]:
    while reader.peek(1):
        start = reader.place
        data, size = _unpack(reader)
        if data is None:
            reader.go(start + 1)
            yield _seek_member(reader, start)
            continue
        end = reader.place
        if size > len(data):
            yield Record(data, start, end, large=True)
            continue
        for found in _plain(Reader(io.BytesIO(data), 0)):
            if isinstance(found, Record):
                yield Record(found.data, start, end)
            else:
                yield Damage(start, end, torn=False)


def _unpack(reader: Reader) -> tuple[bytes | None, int]:
    """Give the first MOST_BYTES of the gzip member that comes next and its size; None where it is no whole one."""
    unpacker = zlib.decompressobj(31)
    parts: list[bytes] = []
    size = 0
    try:
        while not unpacker.eof:
            if not reader.peek(1):
                return None, 0
            rest = reader.take(len(reader.ahead))
            while rest and not unpacker.eof:
                part = unpacker.decompress(rest, BLOCK * 16)
                if size < MOST_BYTES:
                    parts.append(part[: MOST_BYTES - size])
                size += len(part)
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return None, 0
    reader.ahead = unpacker.unused_data
    reader.place -= len(reader.ahead)
    return b"".join(parts), size


def _seek_member(reader: Reader, start: int) -> Damage:
    """Go to the next gzip member that begins with a record."""
    while True:
        at = reader.ahead.find(GZIP)
        if at < 0:
            reader.take(max(0, len(reader.ahead) - len(GZIP) + 1))
        elif reader.take(at) is not None and _begins_record(reader.peek(BLOCK)):
            return Damage(start, reader.place, torn=False)
        else:
            reader.take(1)
            continue
        if not reader.fill():
            reader.take(len(reader.ahead))
            return Damage(start, reader.place, torn=True)


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(b"WARC/")
    except zlib.error:
        return False
