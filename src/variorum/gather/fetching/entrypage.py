"""An entry of a feed as a page, for an article whose page cannot be fetched. Its words stay as the feed gave them.

Invariant: a feed speaks for its own site alone. What it says of a page elsewhere is kept under the feed's own address.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from variorum.gather.fetching.addresses import PORTS, SAFE, parse_address
from variorum.gather.fetching.links import Link

TAG = re.compile(r"<[^>]*>")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Names under which a site has its feeds and its pages; whoever has one of these of a host has the host.
OF_A_SITE = frozenset({"www", "feed", "feeds", "rss"})
# What says something of the page as a whole, such as its outlet; in an entry it has no place.
ABOUT_THE_PAGE = ("script", "style", "meta", "link", "base", "title", "iframe", "object")
LEAST = 400  # characters of text: below it is a teaser, and a teaser read as the report would be a report misread


def has_own_text(link: Link) -> bool:
    """Tell whether an entry carries an article and not a teaser."""
    return len(" ".join(TAG.sub(" ", link.html).split())) >= LEAST


def speaks_for(feed: str, address: str) -> bool:
    """Tell whether a feed and a page are of one site: one host, but for a `www.` or `feeds.`, or one below the feed's.

    Hosts that only share a domain are not: many a domain rents its names to whoever comes.
    """
    own, other = parse_address(feed), parse_address(address)
    ports = {0 if port in PORTS.values() else port for port in (own.port, other.port)}
    if len(ports) > 1:
        return False
    return _site(own.host) == _site(other.host) or other.host.endswith(f".{own.host.removeprefix('www.')}")


def _site(host: str) -> str:
    first, _, rest = host.partition(".")
    return rest if first in OF_A_SITE and "." in rest else host


def address_of_entry(feed: str, link: Link) -> str:
    """Give the address under which an entry's own text is kept: its link, or a place in the feed for one elsewhere."""
    return link.address if speaks_for(feed, link.address) else f"{feed}#{quote(link.address, safe=SAFE)}"


def make_page(link: Link, outlet: str, address: str) -> bytes:
    """Give an HTML page of an entry: its title, its date and its text; `address` is under what it is kept."""
    head = [
        '<meta charset="utf-8">',
        f"<title>{escape(link.title)}</title>",
        f'<meta property="og:title" content="{escape(link.title)}">',
        '<meta property="og:type" content="article">',
        f'<link rel="canonical" href="{escape(address)}">',
    ]
    if link.published:
        head.append(f'<meta property="article:published_time" content="{escape(link.published)}">')
    if outlet:
        head.append(f'<meta property="og:site_name" content="{escape(outlet)}">')
    page = f"<!DOCTYPE html>\n<html><head>{''.join(head)}</head>\n<body><article><h1>{escape(link.title)}</h1>"
    return f"{page}\n{_body(link.html)}\n</article></body></html>\n".encode()


def _body(html: str) -> str:
    """Give an entry's text as HTML that says nothing of the page around it."""
    if "<" not in html:
        return "".join(f"<p>{escape(part)}</p>" for part in html.split("\n\n"))
    from lxml import etree
    from lxml.html import fragment_fromstring, tostring

    try:
        tree = fragment_fromstring(CONTROL.sub(" ", html), create_parent="div")
    except (etree.LxmlError, ValueError):
        return f"<p>{escape(TAG.sub(' ', html))}</p>"
    etree.strip_elements(tree, *ABOUT_THE_PAGE, with_tail=False)
    return str(tostring(tree, encoding="unicode"))
