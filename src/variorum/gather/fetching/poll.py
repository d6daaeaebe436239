"""Asks a source what it lists: a feed, a sitemap, an index of sitemaps, or a page that was named itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.gather.fetching.addresses import parse_address
from variorum.gather.fetching.fetcher import Fetcher
from variorum.gather.fetching.links import NOTHING_LISTED, Listed, find_kind, read_feed
from variorum.gather.fetching.outcome import NOTHING_KNOWN, Fetched, Known, Unfetched
from variorum.gather.fetching.sitemaps import read_sitemap
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.unpack import MAGIC, unzip

DEPTH = 2  # of indexes of sitemaps; sitemaps.org has one
MAPS = 50  # sitemaps of an index that are read at a time, the newest first
MOST_BYTES = 30_000_000  # of the sitemaps of an index, as they came, before no further one is asked
PAGES = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source gave."""

    fetched: Sequence[Fetched]  # in the order asked
    listed: Listed = NOTHING_LISTED
    known: Known = NOTHING_KNOWN  # to send the next time
    unchanged: bool = False
    page: Fetched | None = None  # where the source is a page itself
    faults: Sequence[tuple[str, Unfetched]] = ()  # sitemaps of an index that gave nothing


async def ask_source(source: Source, known: Known, fetcher: Fetcher) -> Answer:
    """Ask a source; raises Unfetched when it gives nothing that can be used."""
    fetched = await fetcher.fetch(source.address, permission=source.permission, known=known)
    if fetched.unchanged:
        return Answer([fetched], known=known, unchanged=True)
    body = _plain(fetched, fetcher)
    kind = find_kind(body)
    if not kind:
        if not source.may_be_page:
            raise Unfetched("fetch-feed", "it is no feed", "look at the address in a browser", again=True)
        check_page(fetched)
        return Answer([fetched], known=fetched.known, page=fetched)
    listed = await _read(kind, body, fetched.final, fetcher)
    if kind != "index":
        return Answer([fetched], listed, fetched.known)
    # No validators for an index: it may stay as it is while its sitemaps change.
    return await _ask_maps(source, fetched, listed, fetcher)


async def _ask_maps(source: Source, first: Fetched, listed: Listed, fetcher: Fetcher) -> Answer:
    """Ask the sitemaps of an index, the newest first, until there are links enough."""
    made, faults = [first], []
    links = {link.address: link for link in listed.links}
    queue = [(address, 1) for address in listed.maps]
    met = {source.address, *listed.maps}
    left_out = listed.left_out
    asked = size = 0
    until = fetcher.clock.elapsed() + fetcher.limits.round_s
    while queue and asked < MAPS and len(links) < fetcher.limits.links and size < MOST_BYTES:
        if fetcher.clock.elapsed() > until:
            break  # the other sources wait for this one
        address, depth = queue.pop(0)
        asked += 1
        try:
            fetched = await fetcher.fetch(address, permission=source.permission)
            body = _plain(fetched, fetcher)
            kind = find_kind(body)
            if kind not in {"sitemap", "index"} or (kind == "index" and depth >= DEPTH):
                raise Unfetched("fetch-feed", "it is no sitemap, though an index lists it", "tell the site", again=True)
            found = await _read(kind, body, fetched.final, fetcher)
        except Unfetched as fault:
            faults.append((address, fault))
            continue
        made.append(replace(fetched, body=b""))
        size += len(fetched.last.body)
        left_out += found.left_out
        links |= {link.address: link for link in found.links}
        new = [one for one in found.maps if one not in met]
        met.update(new)
        queue = [(one, depth + 1) for one in new] + queue
    most = fetcher.limits.links
    left_out += max(0, len(links) - most) + len(queue)
    return Answer(made, Listed([*links.values()][:most], left_out=left_out), faults=faults)


async def _read(kind: str, body: bytes, address: str, fetcher: Fetcher) -> Listed:
    """Read a document in a thread, so that others are not kept waiting by a long one."""
    most = fetcher.limits.links
    try:
        if kind == "feed":
            return await asyncio.to_thread(read_feed, body, address, most)
        return await asyncio.to_thread(read_sitemap, body, parse_address(address), most)
    except Unfetched:
        raise
    except Exception as error:  # whatever a parser makes of bytes from outside, the other sources go on
        cause = f"the feed cannot be read: {type(error).__name__}"
        raise Unfetched("fetch-feed", cause, "look at the address in a browser", again=True) from error


def _plain(fetched: Fetched, fetcher: Fetcher) -> bytes:
    """Give the bytes of a document, a .gz file unpacked; raises Unfetched for one that is too large for a feed."""
    limit = fetcher.limits.feed_bytes
    body = unzip(fetched.body, fetcher.limits.body_bytes) if fetched.body.startswith(MAGIC) else fetched.body
    if find_kind(body) and len(body) > limit:
        raise Unfetched("fetch-too-large", f"larger than {limit:,} bytes, which no feed is", "name a smaller one")
    return body


def check_page(fetched: Fetched) -> None:
    """Refuse what is no page: a picture, a film, a table; raises Unfetched."""
    if fetched.kind in PAGES or (not fetched.kind and fetched.body.lstrip()[:1] == b"<"):
        return
    what = fetched.kind[:60] or "something without a type"
    raise Unfetched("fetch-type", f"the address gives {what} and no page", "look at it by hand")
