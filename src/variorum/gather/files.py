"""Files and folders to articles: `.txt`, `.jsonl`, `.html`. The text is fixed here, once; no copies, no ledger.

Invariant: whatever a file holds, reading it yields articles and rows of the problem list and never raises; an
article's url and id depend on its name under the given folder, not on where that folder lies.

Problem codes: binary · encoding · empty · too-large · no-text · bad-json · bad-date · unsupported · unreadable.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import UnreadableError, UsageError
from variorum.gather.captured import Keep, kept
from variorum.gather.decode import decode_text
from variorum.gather.headline import find_headline
from variorum.gather.language import guess_language
from variorum.gather.lines import read_lines, read_stream
from variorum.gather.page import page_text, read_page
from variorum.gather.published import printed_date
from variorum.model import Article, Problem, make_article

TEXT_SUFFIXES = frozenset({".txt"})
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
LATER_SUFFIXES = {
    ".warc": "web archives",
    ".gz": "compressed files",
    ".xml": "feeds",
    ".rss": "feeds",
    ".atom": "feeds",
}
STDIN = Path("-")
# One article of 20 MB is three million words: a dump, not a report. A .jsonl of any size is read line by line.
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    path: Path  # where it lies; `-` is standard input
    name: str  # its path under the folder that was given, in POSIX form: what urls are made of


def find_inputs(paths: Iterable[Path | str]) -> Iterator[Input]:
    """Give the files of files and folders, sorted by name, each once; hidden files inside folders are skipped.

    Files of unsupported kinds are given too: reading them says why they are not read. Raises UsageError for a
    path that does not exist, before anything is read.
    """
    wanted = [Path(path) for path in paths]
    for path in wanted:
        if path != STDIN and not os.path.lexists(path):
            raise UsageError(f"no such file or folder: {path}", "check the spelling, or the folder you are in")
    return _walk(wanted)


def _walk(wanted: list[Path]) -> Iterator[Input]:
    seen: set[Path] = set()
    for root in wanted:
        if root == STDIN:
            found = [Input(STDIN, "-")]
        elif root.is_dir():
            found = _files_in(root)
        else:
            found = [Input(root, _portable(root.name))]
        for one in found:
            place = one.path if one.path == STDIN else Path(os.path.realpath(one.path))
            if place not in seen:
                seen.add(place)
                yield one


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
    suffix = one.path.suffix.lower()
    try:
        if one.path == STDIN:
            yield from _read_stdin(one.name, now, keep)
        elif suffix in LINE_SUFFIXES:
            _check_file(one.path)
            yield from read_lines(one.path, one.name, now=now, keep=keep)
        elif suffix in TEXT_SUFFIXES:
            data = _read_bytes(one.path)
            yield kept(_read_text(data, one.name, now), f"file:{one.name}", "", data, keep)
        elif suffix in PAGE_SUFFIXES:
            data = _read_bytes(one.path)
            page = _read_page(data, one.name, now)
            own = "" if page.url.startswith("file:") else page.url
            yield kept(page, f"file:{one.name}", own, data, keep)
        else:
            yield _unsupported(one, suffix, now)
    except UnreadableError as error:
        yield Problem(one.name, error.code, error.cause, error.remedy, now)
    except OSError as error:
        cause = error.strerror or type(error).__name__
        yield Problem(one.name, "unreadable", f"cannot be read: {cause}", "check its permissions", now)


def _read_stdin(name: str, now: str, keep: Keep | None) -> Iterator[Article | Problem]:
    """Read standard input: JSON Lines when its first line is an object with a text, else one plain text."""
    first = sys.stdin.buffer.readline(MAX_BYTES + 1)
    if first.lstrip().startswith(b"{") and b'"text"' in first:
        rest = sys.stdin.buffer.read()
        yield from read_stream(io.BytesIO(first + rest), name, now=now, keep=keep)
    else:
        data = first + sys.stdin.buffer.read(MAX_BYTES + 1 - len(first))
        yield kept(_read_text(data, name, now), f"file:{name}", "", data, keep)


def _check_file(path: Path) -> None:
    # A named pipe or a device would block the run or never end.
    if path.exists() and not path.is_file():
        raise UnreadableError("not a regular file", "give a file or a folder", code="unreadable")


def _read_bytes(path: Path) -> bytes:
    _check_file(path)
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _check_size(data: bytes) -> None:
    if not data.strip():
        raise UnreadableError("the file is empty", "remove it, or give it some text", code="empty")
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"larger than {MAX_BYTES // 1_000_000} MB, which no article is",
            "split it into articles: one .txt each, or one line each in a .jsonl",
            code="too-large",
        )


def _read_text(data: bytes, name: str, now: str) -> Article:
    _check_size(data)
    text = decode_text(data)
    if not text.strip():
        raise UnreadableError("the file holds only white space", "remove it, or give it some text", code="empty")
    published, basis = printed_date(text)
    return make_article(
        url=f"file:{name}",
        text=text,
        title=find_headline(text),
        published=published,
        published_basis=basis,
        lang=guess_language(text),
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=now,
    )


def _read_page(data: bytes, name: str, now: str) -> Article:
    _check_size(data)
    page = read_page(data, now=now)
    text = page_text(page)
    published, basis = (page.published, "page") if page.published is not None else printed_date(text)
    return make_article(
        url=page.url or f"file:{name}",
        text=text,
        outlet=page.outlet,
        title=page.title,
        published=published,
        published_basis=basis,
        lang=guess_language(text) or page.lang,
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=now,
    )


def _unsupported(one: Input, suffix: str, now: str) -> Problem:
    if one.path.is_dir():
        return Problem(one.name, "unreadable", "this folder cannot be opened", "check its permissions", now)
    if suffix in LATER_SUFFIXES:
        cause = f"{suffix} files ({LATER_SUFFIXES[suffix]}) are not read yet"
    else:
        cause = f"files of the kind {suffix} are not read" if suffix else "the file name has no ending"
    return Problem(one.name, "unsupported", cause, "give .txt, .html or .jsonl", now)
