"""An entry of a feed as a page, for an article whose page cannot be fetched. Its words stay as the feed gave them."""

from __future__ import annotations

import re
from html import escape

from variorum.gather.fetching.links import Link

TAG = re.compile(r"<[^>]*>")
LEAST = 400  # characters of text: below it is a teaser, and a teaser read as the report would be a report misread


def has_own_text(link: Link) -> bool:
    """Tell whether an entry carries an article and not a teaser."""
    return len(" ".join(TAG.sub(" ", link.html).split())) >= LEAST


def make_page(link: Link, outlet: str) -> bytes:
    """Give an HTML page of an entry: its title, its date and its text."""
    head = [
        '<meta charset="utf-8">',
        f"<title>{escape(link.title)}</title>",
        f'<meta property="og:title" content="{escape(link.title)}">',
        '<meta property="og:type" content="article">',
        f'<link rel="canonical" href="{escape(link.address)}">',
    ]
    if link.published:
        head.append(f'<meta property="article:published_time" content="{escape(link.published)}">')
    if outlet:
        head.append(f'<meta property="og:site_name" content="{escape(outlet)}">')
    body = link.html if "<" in link.html else "".join(f"<p>{escape(part)}</p>" for part in link.html.split("\n\n"))
    page = f"<!DOCTYPE html>\n<html><head>{''.join(head)}</head>\n<body><article><h1>{escape(link.title)}</h1>"
    return f"{page}\n{body}\n</article></body></html>\n".encode()
