"""JSON Lines to articles, one a line, read as a stream. A broken line costs that line and nothing else.

Invariant: `Article.text` is the `text` field as given. Only a lone surrogate or a NUL, which no database can hold,
becomes U+FFFD, one character for one, so spans counted elsewhere still fit.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from variorum.errors import UnreadableError
from variorum.gather.captured import taken
from variorum.gather.language import guess_language
from variorum.gather.piece import Cut, Outcome, Passed, Piece, Taken
from variorum.gather.published import parse_published, printed_date
from variorum.model import Problem, make_article

MAX_LINE_BYTES = 20_000_000  # one article; the file itself may have any size
BLOCK = 1 << 20  # bytes of what was read before, passed by at a time
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LANG = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def find_lines(stream: BinaryIO, name: str, *, now: str, start: int = 0, far: bool = False) -> Iterator[Cut]:
    """Yield the lines of an open stream of bytes, from a byte that an earlier line ended at.

    A line that is too long, and a file that breaks off or is empty, is told of. Lines of a `far` file, which is not
    read from its beginning once more, go by their byte and not by their number.
    """
    number, end, any_line = 0, start, start > 0
    try:
        if not far:
            number = _pass_by(stream, start)
        elif start:
            stream.seek(start)
        while line := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            where = f"{name}, byte {end}" if far else f"{name}, line {number}"
            end += len(line)
            if end == len(line):
                if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in line:
                    problem = Problem(name, "encoding", "a .jsonl file has to be UTF-8", "save it as UTF-8", now)
                    yield Passed(end, problem)
                    return
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                while rest := stream.readline(MAX_LINE_BYTES):
                    end += len(rest)
                    if rest.endswith(b"\n"):
                        break
                any_line = True
                problem = Problem(where, "too-large", "the line is larger than 20 MB", "one article a line", now)
                yield Passed(end, problem)
                continue
            line = line.rstrip(b"\r\n")
            if not line.strip():
                continue
            any_line = True
            yield Piece("line", name, where, line, now, end=end)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        cause = "the gzip file is damaged or breaks off"
        yield Passed(end, Problem(name, "cut-off", cause, "what stands before was read; copy it once more", now))
        return
    if not any_line:
        yield Passed(end, Problem(name, "empty", "the file is empty", "remove it, or give it some lines", now))


def _pass_by(stream: BinaryIO, size: int) -> int:
    """Go behind the first bytes of a stream; gives the lines in them."""
    count = 0
    while size > 0 and (block := stream.read(min(size, BLOCK))):
        count += block.count(b"\n")
        size -= len(block)
    return count


def read_line(piece: Piece) -> Outcome:
    """Give the article of one line, and its problems."""
    try:
        return tuple(_read_line(piece))
    except UnreadableError as error:
        return (Problem(piece.where, error.code, error.cause, error.remedy, piece.at),)


def _read_line(piece: Piece) -> Iterator[Taken | Problem]:
    row = _parse(piece.data)
    text = row.get("text")
    if not isinstance(text, str):
        raise UnreadableError("the line has no text", 'give every line a "text"', code="no-text")
    text = _storable(text)
    if not text.strip():
        raise UnreadableError("the text is empty", "remove the line, or give it some text", code="empty")
    published, basis = None, ""
    given = row.get("published")
    if given is not None and given != "":
        published = parse_published(given) if isinstance(given, str) else None
        basis = "metadata"
        if published is None:
            cause = f"published cannot be read: {given!r:.60}"
            yield Problem(piece.where, "bad-date", cause, "write it as 2017-09-14", piece.at)
    if published is None:
        published, basis = printed_date(text)
    lang = LANG.match(_word(row, "lang"))
    url = _word(row, "url")
    article = make_article(
        url=url or _file_url(piece.name, row),
        text=text,
        outlet=_word(row, "outlet") or _word(row, "source"),
        title=_word(row, "title"),
        published=published,
        published_basis=basis,
        lang=lang.group(0).lower() if lang else guess_language(text),
        sha256=hashlib.sha256(piece.data).hexdigest(),
        fetched_at=piece.at,
    )
    asked = _word(row, "requested_url") or url or article.url
    yield taken(article, piece, asked=asked, final=_word(row, "final_url") or url)


def _parse(line: bytes) -> Mapping[str, Any]:
    try:
        source = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 at byte {error.start}", "save it as UTF-8", code="encoding") from error
    try:
        row = json.loads(source)
    except RecursionError as error:
        raise UnreadableError("nested too deeply", "one flat object a line", code="bad-json") from error
    except ValueError as error:
        raise UnreadableError(f"not JSON: {error}", "one whole JSON object a line", code="bad-json") from error
    if not isinstance(row, dict):
        raise UnreadableError("the line is no JSON object", "one JSON object a line", code="bad-json")
    return row


def _word(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _storable(value).strip() if isinstance(value, str) else ""


def _file_url(name: str, row: Mapping[str, Any]) -> str:
    # Without an id the line number would do, but then sorting the file would make every article a new one.
    key, file = _word(row, "id"), name if "://" in name else f"file:{name}"
    return f"{file}#{key}" if key else file


def _storable(text: str) -> str:
    return UNSTORABLE.sub("�", text)
