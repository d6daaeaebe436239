"""What a sitemap or an index of sitemaps lists (sitemaps.org), as a stream: no tree is built. Nothing is fetched here.

Invariant: no entity is expanded, and memory follows from the bounds, whatever the document holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from variorum.gather.fetching.addresses import MAX_LENGTH, Address, parse_address
from variorum.gather.fetching.links import NOT_A_FEED, Link, Listed, find_kind, one_line, without_entities
from variorum.gather.fetching.outcome import Unfetched
from variorum.gather.published import parse_published

CHUNK = 1 << 16
KEPT = frozenset({"loc", "lastmod", "publication_date", "title"})
DEPTH = 50  # of elements: sitemaps have four

Row = tuple[str, str, str]  # last change, address, title


def read_sitemap(body: bytes, address: Address, most: int) -> Listed:
    """Give the pages or further sitemaps of a sitemap, newest first; raises Unfetched for what is none.

    Only addresses of the sitemap's own host are taken, as sitemaps.org asks.
    """
    index = find_kind(body) == "index"
    rows: list[Row] = []
    seen = refused = 0
    for fields in _elements(without_entities(body), "sitemap" if index else "url"):
        target = _own_address(fields.get("loc", ""), address)
        if target is None:
            refused += 1
            continue
        stamp = parse_published(fields.get("publication_date") or fields.get("lastmod") or "") or ""
        rows.append((stamp, target, one_line(fields.get("title"))))
        seen += 1
        if len(rows) > 2 * most + 1_000:  # the newest stand anywhere in it
            rows = _newest(rows, most)
    newest = _newest(rows, most)
    left_out = max(0, seen - len(newest)) if seen > most else 0
    if index:
        return Listed([], maps=[target for _, target, _ in newest], left_out=left_out, refused=refused)
    # The last change of a page is no date of publication, and the page has its own.
    return Listed([Link(target, title) for _, target, title in newest], left_out=left_out, refused=refused)


def _own_address(text: str, of: Address) -> str | None:
    try:
        target = parse_address(text, str(of))
    except Unfetched:
        return None
    return str(target) if target.host == of.host and target.port in {of.port, 80, 443} else None


def _newest(rows: list[Row], most: int) -> list[Row]:
    unique: dict[str, Row] = {}
    for row in rows:
        unique.setdefault(row[1], row)
    return sorted(unique.values(), key=lambda row: row[0], reverse=True)[:most]


def _elements(body: bytes, name: str) -> Iterator[dict[str, str]]:
    """Yield the texts inside each element of a name."""
    sieve = _Sieve(name)
    try:
        for start in range(0, len(body), CHUNK):
            sieve.parser.Parse(body[start : start + CHUNK], False)
            yield from sieve.found
            sieve.found.clear()
        sieve.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        said = expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else str(error)
        raise Unfetched("fetch-feed", f"the sitemap cannot be read: {said}", NOT_A_FEED, again=True) from None
    yield from sieve.found


class _Sieve:
    """Takes the events of a parser, and keeps the few texts that are asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[dict[str, str]] = []
        self.fields: dict[str, str] | None = None
        self.path: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.path.append(tag.rpartition(":")[2])
        if len(self.path) > DEPTH:
            raise ValueError("elements in elements without end")
        if self.path[-1] == self.name:
            self.fields = {}

    def end(self, _: str) -> None:
        if self.path.pop() == self.name and self.fields is not None:
            self.found.append({key: value.strip() for key, value in self.fields.items()})
            self.fields = None

    def text(self, words: str) -> None:
        key = self.path[-1]
        if self.fields is not None and key in KEPT and len(self.fields.get(key, "")) <= MAX_LENGTH:
            self.fields[key] = self.fields.get(key, "") + words
