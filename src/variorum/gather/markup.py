"""The text of a piece of markup, one line a paragraph. No article is looked for in it.

Invariant: nothing of scripts and styles, and no tag, is left in the text.
"""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = """
address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li
main nav ol p pre section table td th tr ul
"""
_SILENT = "script style template noscript iframe object svg head title"
BLOCKS, SILENT = frozenset(_BLOCKS.split()), frozenset(_SILENT.split())


def plain_text(markup: str) -> str:
    """Give the text of an HTML fragment with its entities read; text without markup is given as it is."""
    if "<" not in markup and "&" not in markup:
        return _lines(markup)
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, fromstring

    try:
        # `huge_tree` stays off: a fragment nested or grown without end is cut by libxml2.
        root = fromstring(f"<div>{markup}</div>", parser=HTMLParser(remove_comments=True, remove_pis=True))
    except (ParserError, ValueError):
        return _lines(re.sub(r"<[^<>]*>", " ", markup))
    parts: list[str] = []
    _walk(root, parts)
    return _lines("".join(parts))


def _walk(root: Any, parts: list[str]) -> None:
    from lxml.etree import iterwalk

    skip = 0
    for event, element in iterwalk(root, events=("start", "end")):
        block, silent = element.tag in BLOCKS, element.tag in SILENT
        if event == "start":
            skip += silent
            if not skip:
                parts.append(("\n" if block else "") + _spaced(element.text))
            continue
        skip -= silent
        if not skip:
            parts.append(("\n" if block else "") + ("" if element is root else _spaced(element.tail)))


def _spaced(text: str | None) -> str:
    # A line break in the markup is a space.
    return re.sub(r"\s+", " ", text) if text else ""


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
