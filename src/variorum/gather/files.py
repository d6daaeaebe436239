"""Files, folders and addresses to the pieces in them. The text is fixed here, once; no copies, no ledger.

Read are `.txt`, `.html`, `.jsonl`, `.warc`, and feeds as `.rss`, `.atom` or `.xml`, each also packed as `.gz`. The
network is used only for an address that a person named.

Invariant: whatever a file holds, reading it yields articles and rows of the problem list and never raises; an
article's url and id depend on its name under the given folder, not on where that folder lies.

Problem codes: unsupported · unreadable · cut-off · binary, and those of `taking`, `warc` and `remote`.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from variorum.errors import UnreadableError, UsageError
from variorum.gather.captured import Keep
from variorum.gather.lines import find_lines
from variorum.gather.packed import unpack
from variorum.gather.piece import Cut, Passed, Piece
from variorum.gather.remote import open_remote
from variorum.gather.taking import MAX_BYTES, read_piece
from variorum.gather.warc import find_pages
from variorum.model import Article, Problem

Streamed = Literal["text", "page", "line", "feed", "warc"]
# Each of them also packed with gzip: report.txt.gz.
KINDS: Mapping[str, Streamed] = {
    ".txt": "text", ".jsonl": "line", ".ndjson": "line", ".html": "page", ".htm": "page", ".xhtml": "page",
    ".warc": "warc", ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
PACKED = ".gz"
SUPPORTED = "give .txt, .html, .jsonl, .warc, a feed (.rss, .atom, .xml), or one of them as .gz"
# Of what lies elsewhere only what is streamed is read. Pages and feeds are the work of a fetcher, which asks politely.
ADDRESS = re.compile(r"(?:https?|s3)://[^\s?#]+\.(?:warc|jsonl|ndjson)(?:\.gz)?(?:\?\S*)?", re.I)
REMOTE = ("http:", "https:", "s3:")  # what an address that is not read begins with
STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    path: Path  # where it lies; `-` is standard input
    name: str  # its path under the folder that was given, in POSIX form: what urls are made of
    address: str = ""  # where it lies when that is not this machine


def find_inputs(paths: Iterable[Path | str]) -> Iterator[Input]:
    """Give the files of files and folders, sorted by name, each once; hidden files inside folders are skipped.

    Files of unsupported kinds are given too: reading them says why they are not read. Raises UsageError for a
    path that does not exist, before anything is read.
    """
    wanted = [path if is_address(path) else Path(path) for path in paths]
    for path in wanted:
        if isinstance(path, Path) and path != STDIN and not os.path.lexists(path):
            shown = _without_keys(str(path)) if str(path).startswith(REMOTE) else path
            raise UsageError(f"no such file or folder: {shown}", "check the spelling, or the folder you are in")
    return _walk(wanted)


def is_address(word: Path | str) -> bool:
    """Tell whether a word is the address of an archive or of JSON Lines that is read over the network.

    What exists as a file is one, whatever its name.
    """
    return isinstance(word, str) and ADDRESS.fullmatch(word) is not None and not os.path.lexists(word)


def _walk(wanted: list[Path | str]) -> Iterator[Input]:
    seen: set[Path] = set()
    for root in wanted:
        if isinstance(root, str):
            found = [Input(Path(root), _without_keys(root), root)]
        elif root == STDIN:
            found = [Input(STDIN, "-")]
        elif root.is_dir():
            found = _files_in(root)
        else:
            found = [Input(root, _portable(root.name))]
        for one in found:
            place = one.path if one.path == STDIN or one.address else Path(os.path.realpath(one.path))
            if place not in seen:
                seen.add(place)
                yield one


def _without_keys(address: str) -> str:
    """Give an address as it can be kept: without the password or the signature that it may carry."""
    return re.sub(r"(?<=:)/+[^/]*@", "//", address.partition("?")[0])


def _files_in(root: Path) -> list[Input]:
    found: list[Input] = []

    def keep_closed_folder(error: OSError) -> None:
        closed = Path(str(error.filename))
        found.append(Input(closed, _portable(closed.relative_to(root).as_posix())))

    for folder, folders, names in os.walk(root, onerror=keep_closed_folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                path = Path(folder, name)
                found.append(Input(path, _portable(path.relative_to(root).as_posix())))
    return sorted(found, key=lambda one: (one.name, str(one.path)))


def _portable(name: str) -> str:
    # NFC: macOS stores "é" as two characters, and an id must not depend on that. Bytes that are no UTF-8 reach us
    # as lone surrogates, which no database stores.
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def read_inputs(source: Input | Path, *, now: str, keep: Keep | None = None) -> Iterator[Article | Problem]:
    """Yield the articles of one file and its problems; `now` is the ISO 8601 date-time to record as time of reading.

    A path given bare goes by its file name. `keep` is told before each article how it came here, with its raw bytes.
    """
    one = source if isinstance(source, Input) else Input(source, _portable(source.name))
    for piece in find_pieces(one, now=now):
        for found in read_piece(piece):
            if isinstance(found, Problem):
                yield found
                continue
            if keep is not None and isinstance(piece, Piece):
                keep(found.capture, piece.data)
            yield found.article


def find_pieces(one: Input, *, now: str, start: int = 0) -> Iterator[Cut]:
    """Yield the pieces of one input, from a byte on at which an earlier piece of it ended.

    Whatever the input holds, and when it cannot be opened, what comes is pieces and problems, and nothing is raised.
    """
    reached = start
    try:
        for piece in _find_pieces(one, now, start):
            reached = piece.end
            yield piece
    except UnreadableError as error:
        yield Passed(reached, Problem(one.name, error.code, error.cause, error.remedy, now))
    except OSError as error:
        cause = error.strerror or type(error).__name__
        problem = Problem(one.name, "unreadable", f"cannot be read: {cause}", "check its permissions", now)
        yield Passed(reached, problem)


def _find_pieces(one: Input, now: str, start: int) -> Iterator[Cut]:
    kind = kind_of(one)
    if one.address:
        with open_remote(one.address) as far:
            yield from _streamed(far, one, kind, now, start)
    elif one.path == STDIN:
        yield from _standard_input(one.name, now)
    elif kind is None:
        yield Passed(0, _unsupported(one, now))
    else:
        _check_file(one.path)
        with one.path.open("rb") as stream:
            yield from _streamed(stream, one, kind, now, start)


def kind_of(one: Input) -> Streamed | None:
    """Tell what an input holds by its ending; None where files of its kind are not read."""
    name = one.address.partition("?")[0] if one.address else one.path.name
    path = PurePosixPath(name.lower())
    return KINDS.get(path.with_suffix("").suffix if path.suffix == PACKED else path.suffix)


def is_long(one: Input) -> bool:
    """Tell whether an input can hold any number of articles, and is gone through piece by piece."""
    return kind_of(one) in ("line", "warc")


def is_packed(one: Input) -> bool:
    """Tell whether an input is a gzip file."""
    return (one.address.partition("?")[0] or one.path.name).lower().endswith(PACKED)


def _streamed(stream: BinaryIO, one: Input, kind: Streamed | None, now: str, start: int) -> Iterator[Cut]:
    if kind == "warc":
        yield from find_pages(stream, one.name, now=now, start=start)
    elif kind == "line" and is_packed(one):
        with gzip.GzipFile(fileobj=stream) as unpacked:
            lines = find_lines(unpacked, one.name, now=now, start=start)  # type: ignore[arg-type]
            yield from lines
    elif kind == "line":
        yield from find_lines(stream, one.name, now=now, start=start, far=bool(one.address))
    elif kind is not None:
        data = unpack(stream, MAX_BYTES) if is_packed(one) else stream.read(MAX_BYTES + 1)
        yield Piece(kind, one.name, one.name, data, now, end=len(data))


def _standard_input(name: str, now: str) -> Iterator[Cut]:
    """Read standard input: JSON Lines when its first line is an object with a text, else one plain text."""
    first = sys.stdin.buffer.readline(MAX_BYTES + 1)
    if first.lstrip().startswith(b"{") and b'"text"' in first:
        rest = sys.stdin.buffer.read()
        yield from find_lines(io.BytesIO(first + rest), name, now=now)
    else:
        data = first + sys.stdin.buffer.read(MAX_BYTES + 1 - len(first))
        yield Piece("text", name, name, data, now, end=len(data))


def _check_file(path: Path) -> None:
    # A named pipe or a device would block the run or never end.
    if path.exists() and not path.is_file():
        raise UnreadableError("not a regular file", "give a file or a folder", code="unreadable")


def _unsupported(one: Input, now: str) -> Problem:
    if one.path.is_dir():
        return Problem(one.name, "unreadable", "this folder cannot be opened", "check its permissions", now)
    suffix = one.path.suffix.lower()
    cause = f"files of the kind {suffix} are not read" if suffix else "the file name has no ending"
    return Problem(one.name, "unsupported", cause, SUPPORTED, now)
