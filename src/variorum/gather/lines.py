"""A `.jsonl` file to articles, one a line, read as a stream. A broken line costs that line and nothing else.

Invariant: `Article.text` is the `text` field as given. Only a lone surrogate or a NUL, which no database can hold,
becomes U+FFFD, one character for one, so spans counted elsewhere still fit.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from variorum.errors import UnreadableError
from variorum.gather.captured import Keep, kept
from variorum.gather.language import guess_language
from variorum.gather.published import parse_published, printed_date
from variorum.model import Article, Problem, make_article

MAX_LINE_BYTES = 20_000_000  # one article; the file itself may have any size
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
LANG = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def read_lines(path: Path, name: str, *, now: str, keep: Keep | None = None) -> Iterator[Article | Problem]:
    """Yield the articles of a JSON Lines file and a problem for each line that cannot be used."""
    with path.open("rb") as stream:
        yield from read_stream(stream, name, now=now, keep=keep)


def read_stream(stream: BinaryIO, name: str, *, now: str, keep: Keep | None = None) -> Iterator[Article | Problem]:
    """Yield the same from an open stream of bytes, standard input for one."""
    any_line = False
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        where = f"{name}, line {number}"
        if number == 1:
            if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in line:
                yield Problem(name, "encoding", "a .jsonl file has to be UTF-8", "save it as UTF-8", now)
                return
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            any_line = True
            yield Problem(where, "too-large", "the line is larger than 20 MB", "one article a line", now)
            continue
        line = line.rstrip(b"\r\n")
        if not line.strip():
            continue
        any_line = True
        try:
            yield from _read_line(line, name, where, now, keep)
        except UnreadableError as error:
            yield Problem(where, error.code, error.cause, error.remedy, now)
    if not any_line:
        yield Problem(name, "empty", "the file is empty", "remove it, or give it some lines", now)


def _read_line(line: bytes, name: str, where: str, now: str, keep: Keep | None) -> Iterator[Article | Problem]:
    row = _parse(line)
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
            yield Problem(where, "bad-date", f"published cannot be read: {given!r:.60}", "write it as 2017-09-14", now)
    if published is None:
        published, basis = printed_date(text)
    lang = LANG.match(_word(row, "lang"))
    url = _word(row, "url")
    article = make_article(
        url=url or _file_url(name, row),
        text=text,
        outlet=_word(row, "outlet") or _word(row, "source"),
        title=_word(row, "title"),
        published=published,
        published_basis=basis,
        lang=lang.group(0).lower() if lang else guess_language(text),
        sha256=hashlib.sha256(line).hexdigest(),
        fetched_at=now,
    )
    asked = _word(row, "requested_url") or url or article.url
    yield kept(article, asked, _word(row, "final_url") or url, line, keep)


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
    key = _word(row, "id")
    return f"file:{name}#{key}" if key else f"file:{name}"


def _storable(text: str) -> str:
    return UNSTORABLE.sub("�", text)
