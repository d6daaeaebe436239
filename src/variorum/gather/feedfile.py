"""Articles in a saved feed (RSS 0.9–2.0, Atom 1.0): each entry that has a text is one. No network.

Invariant: an entry's outlet is the one that it names as its source, else the feed; nothing outside the file is looked
up, whatever entities or links it declares.

Problem codes: unsupported · unreadable · no-text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from variorum.errors import UnreadableError
from variorum.gather.captured import taken
from variorum.gather.fetching.links import check_effort, without_entities
from variorum.gather.fetching.outcome import Unfetched
from variorum.gather.language import guess_language
from variorum.gather.markup import plain_text
from variorum.gather.page import own_title
from variorum.gather.pageblocks import count_words
from variorum.gather.piece import Outcome, Piece, Taken
from variorum.gather.published import parse_published
from variorum.model import Problem, make_article

MIN_WORDS = 6  # beyond title and outlet, as of a page: fewer are a link with its words
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def read_feed(piece: Piece) -> Outcome:
    """Give the articles of a feed, and a row for entries that are only links.

    Raises UnreadableError with code unsupported for XML that is no feed.
    """
    feed = _parse(piece.data)
    found: list[Taken | Problem] = []
    links, example = 0, ""
    for entry in feed.entries:
        article = _read_entry(entry, feed.feed, piece)
        if article is None:
            links += 1
            example = example or _word(entry, "link") or _word(entry, "title")
        else:
            found.append(article)
    if not feed.entries and not feed.version:
        raise UnreadableError("this XML is no feed", "give RSS, Atom, .txt, .html or .jsonl", code="unsupported")
    if links or not feed.entries:
        cause = f"{links:,} entries are only links, such as {example}" if links else "the feed has no entries"
        found.append(Problem(piece.where, "no-text", cause, "give the pages that it links to as .html", piece.at))
    return tuple(found)


def _parse(data: bytes) -> Any:
    import feedparser  # imported here: most runs read no feed

    try:
        data = without_entities(data)
        check_effort(data)
    except Unfetched as refused:
        raise UnreadableError(refused.cause, "give its pages as .html", code="unreadable") from refused
    try:
        # A stream, never the bytes: those that look like an address or a file name would be opened.
        # Nothing is made safe or absolute for a browser: texts are taken out of the markup here.
        return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # a parser fed hostile bytes can raise anything
        cause = f"the feed cannot be parsed ({type(error).__name__})"
        raise UnreadableError(cause, "give its pages as .html", code="unreadable") from error


def _read_entry(entry: Any, feed: Any, piece: Piece) -> Taken | None:
    outlet = _word(entry.get("source") or {}, "title") or _word(feed, "title")
    title = own_title(" ".join(plain_text(_word(entry, "title")).split()), outlet)
    body = _body(entry)
    said = count_words(body) - sum(count_words(words) for words in (title, outlet) if words and words in body)
    if said < MIN_WORDS:
        return None
    lines = body.split("\n")
    if lines and " ".join(lines[0].split()) == title:
        body = "\n".join(lines[1:]).strip()
    text = f"{title}\n\n{body}" if title else body
    url = next(_addresses(entry), f"file:{piece.name}#{_word(entry, 'id') or title}")
    published, basis = _published(entry)
    lang = re.match("[A-Za-z]{2,3}", _word(entry, "language") or _word(feed, "language"))
    article = make_article(
        url=url,
        text=text,
        outlet=outlet,
        title=title,
        published=published,
        published_basis=basis,
        lang=guess_language(text) or (lang.group().lower() if lang else ""),
        sha256=hashlib.sha256(piece.data).hexdigest(),
        fetched_at=piece.at,
    )
    return taken(
        article, piece, asked=piece.asked or f"file:{piece.name}", final="" if url.startswith("file:") else url
    )


def _body(entry: Any) -> str:
    """Give the longest text that an entry has: the article itself, else its summary."""
    given = [part.get("value", "") for part in entry.get("content") or ()]
    texts = [plain_text(text) for text in (*given, _word(entry, "summary")) if isinstance(text, str)]
    return max(texts, key=len, default="")


def _published(entry: Any) -> tuple[str | None, str]:
    # `in`, because feedparser gives the one date for the other where it is missing.
    for key, basis in (("published", "metadata"), ("updated", "metadata: updated")):
        if key in entry and (day := parse_published(_word(entry, key))):
            return day, basis
    return None, ""


def _addresses(entry: Any) -> Iterator[str]:
    for key in ("link", "id"):
        if re.match(r"https?://\S+$", _word(entry, key)):
            yield _word(entry, key)


def _word(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return UNSTORABLE.sub("\ufffd", value).strip() if isinstance(value, str) else ""
