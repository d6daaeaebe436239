"""Bytes out of a gzip file, bounded: a file that unpacks to more than is asked for is refused, never held."""

from __future__ import annotations

import gzip
import zlib
from typing import BinaryIO

from variorum.errors import UnreadableError


def unpack(stream: BinaryIO, most: int) -> bytes:
    """Give what a gzip stream unpacks to, up to one byte more than `most`.

    Raises UnreadableError with code cut-off for a file that breaks off, binary for one that is no gzip file.
    """
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            return unpacked.read(most + 1)
    except EOFError as error:
        raise UnreadableError("the gzip file breaks off", "copy it once more", code="cut-off") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError("this is no gzip file, or a damaged one", "pack it once more", code="binary") from error
