"""Unpacks what a server sent packed, up to a bound: a bomb of a few kilobytes must not become gigabytes."""

from __future__ import annotations

import zlib

from variorum.gather.fetching.outcome import Unfetched

GZIP = 31  # zlib's sign for a gzip header and trailer
MAGIC = b"\x1f\x8b"
STEP = 1_000_000  # bytes unpacked at a time
MEMBERS = 1_000  # gzip files may stand one behind the other; so many are a trick


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """Give a body as it was before it was packed for the way; raises Unfetched for one that has no end or is torn."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip"}:
        raise Unfetched("fetch-broken", f"the answer is packed as {encoding[:20]}, which was not asked for")
    return unzip(body, limit)


def unzip(body: bytes, limit: int) -> bytes:
    """Give what is in a gzip file; raises Unfetched where that is more than `limit` bytes, or the file is torn."""
    parts: list[bytes] = []
    size = members = 0
    while body:
        members += 1
        tool = zlib.decompressobj(GZIP)
        while not tool.eof:
            try:
                part = tool.decompress(body, STEP)
            except zlib.error:
                raise Unfetched("fetch-broken", "the packed answer cannot be unpacked", again=True) from None
            body = tool.unconsumed_tail
            size += len(part)
            if size > limit or members > MEMBERS:
                raise Unfetched("fetch-too-large", f"unpacked it is larger than {limit:,} bytes", "look at it by hand")
            parts.append(part)
            if not part and not body and not tool.eof:
                raise Unfetched("fetch-broken", "the packed answer ends too soon", again=True)
        body = tool.unused_data.lstrip(b"\0")
        if not body.startswith(MAGIC):
            break  # some servers send a few bytes more; they belong to no text
    return b"".join(parts)
