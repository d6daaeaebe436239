"""What a feed or a sitemap lists: addresses of articles with what is said of them. Nothing is fetched here.

Invariant: no entity of a document is ever expanded, and no more is looked at than the bounds allow; what is left out is
counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

from variorum.gather.fetching.addresses import parse_address
from variorum.gather.fetching.outcome import Unfetched
from variorum.gather.published import parse_published

HEAD = 4_096  # bytes in which the kind of a document shows itself
# The first element behind declarations, comments and white space.
ROOT = re.compile(rb"\s*(?:<\?[^>]{0,2000}\?>\s*|<!--.{0,3000}?-->\s*|<!DOCTYPE[^>]{0,2000}>\s*)*<(?:\w+:)?(\w+)", re.S)
FEEDS = frozenset({b"rss", b"rdf", b"feed", b"channel"})
SITEMAPS = {b"urlset": "sitemap", b"sitemapindex": "index"}
PAGE = re.compile(rb"<!DOCTYPE\s+html", re.I)
DECLARED = re.compile(rb"<!ENTITY", re.I)
END = re.compile(rb"</(?:item|entry)\s*>")
NOT_A_FEED = "look at the address in a browser: it gives neither a feed nor a sitemap"
MOST_TAGS = 300_000  # of a feed that is parsed: a thousand entries have 10,000, with pages in them 100,000
MOST_TORN = 1_000_000  # bytes of a feed that is no XML, which takes 12 times as long to read
MAX_TEXT = 200_000  # characters of an entry's own text
MAX_WORDS = 500  # characters of a title


@dataclass(frozen=True, slots=True)
class Link:
    """One article that a feed or sitemap lists."""

    address: str
    title: str = ""
    published: str = ""  # ISO 8601, "" where none is said
    html: str = ""  # the entry's own text, as HTML; "" where there is only a teaser


@dataclass(frozen=True, slots=True)
class Listed:
    """What one feed or sitemap lists."""

    links: Sequence[Link]
    title: str = ""  # of the feed
    maps: Sequence[str] = ()  # further sitemaps, of an index
    left_out: int = 0  # links over the bound
    refused: int = 0  # links that are no addresses, or of another site than their sitemap
    too_long: bool = False  # a feed, of which no more than its newest entries should be there


NOTHING_LISTED = Listed(())


def find_kind(body: bytes) -> str:
    """Tell what a document is: feed, sitemap, index (of sitemaps), or "" for anything else."""
    head = as_utf8(body[:HEAD]).removeprefix(b"\xef\xbb\xbf")
    found = ROOT.match(head)
    if found is None and DECLARED.search(head) and not PAGE.search(head):
        return "feed"  # it is refused when it is read
    root = found[1].lower() if found else b""
    return "feed" if root in FEEDS else SITEMAPS.get(root, "")


def as_utf8(body: bytes) -> bytes:
    """Give a document in UTF-16 as UTF-8, and any other as it is: what is looked for in its bytes is ASCII."""
    if body[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return body
    text = body[: len(body) // 2 * 2].decode("utf-16", "replace")
    return re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding=(\"[^\"]*\"|'[^']*')", r"\1", text).encode()


def read_feed(body: bytes, address: str, most: int) -> Listed:
    """Give the articles of an RSS or Atom feed, in its order; raises Unfetched for what is none."""
    import feedparser

    body, left_out = _shortened(without_entities(body), most)
    check_effort(body)
    headers = {"content-type": "application/xml", "content-location": address}
    # A stream, never the bytes: what looks like an address or a file name would be opened.
    found = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and (found.bozo or not found.get("version")):
        raise Unfetched("fetch-feed", "the feed cannot be read", NOT_A_FEED, again=True)
    links: dict[str, Link] = {}
    refused = 0
    for entry in found.entries[:most]:
        try:
            target = str(parse_address(entry.get("link") or _guid(entry), address))
        except Unfetched:
            refused += 1
            continue
        links.setdefault(target, Link(target, one_line(entry.get("title")), _published(entry), _own_text(entry)))
    if refused and not links:
        raise Unfetched("fetch-feed", f"the feed cannot be read: no entry of {refused:,} has an address", NOT_A_FEED)
    left_out += max(0, len(found.entries) - most)
    return Listed(
        list(links.values()),
        one_line(found.feed.get("title")),
        left_out=left_out,
        refused=refused,
        too_long=left_out > 0,
    )


def without_entities(body: bytes) -> bytes:
    """Give a document in UTF-8; raises Unfetched where it declares entities: bombs are made of them, and no feed is."""
    body = as_utf8(body)
    found = ROOT.match(body)
    if DECLARED.search(body[: found.start(1) if found else None]):
        raise Unfetched("fetch-feed", "it declares entities, by which a small file becomes a large one", NOT_A_FEED)
    return body


def check_effort(body: bytes) -> None:
    """Refuse what would keep the parser busy for minutes: a tag takes up to 36 µs. Raises Unfetched."""
    tags = body.count(b"<")
    if tags > MOST_TAGS:
        raise Unfetched("fetch-too-large", f"the feed has {tags:,} tags, which none needs", NOT_A_FEED)
    if len(body) > MOST_TORN and not _is_xml(body):
        cause = "it cannot be read: it is no XML, and too large to mend"
        raise Unfetched("fetch-feed", cause, NOT_A_FEED, again=True)


def _is_xml(body: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(body, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def _shortened(body: bytes, most: int) -> tuple[bytes, int]:
    """Leave out what stands behind the first entries; parsing a hundred thousand takes minutes."""
    ends = [found.end() for found in END.finditer(body)]
    if len(ends) <= most:
        return body, 0
    return body[: ends[most - 1]] + body[ends[-1] :], len(ends) - most


def _guid(entry: Any) -> str:
    id = str(entry.get("id") or "")
    return id if id.startswith(("http://", "https://")) else "none:"


def _published(entry: Any) -> str:
    for name in ("published", "updated", "created"):
        found = parse_published(str(entry.get(name) or ""))
        if found:
            return found
    return ""


def _own_text(entry: Any) -> str:
    """Give the entry's own text as HTML: its content where it has one, else its summary."""
    parts = [part for part in entry.get("content") or () if "html" in (part.get("type") or "")] or [
        *(entry.get("content") or ())
    ]
    own = max((str(part.get("value") or "") for part in parts), key=len, default="")
    return max(own, str(entry.get("summary") or ""), key=len)[:MAX_TEXT]


def one_line(text: object) -> str:
    """Give words from outside on one line, and not too many."""
    return " ".join(str(text or "").split())[:MAX_WORDS]
