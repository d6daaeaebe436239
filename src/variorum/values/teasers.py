"""Lines of a page that tease its videos: "1:23 Mayor opens the new bridge". They tell of other days and other towns."""

from __future__ import annotations

import re

# A running time before a title; "6:30 p.m." and "12:15 Shots were fired." open a line of the report itself.
_TEASER = re.compile(r"\d{1,2}:\d\d\s+(?![ap]\.?m\b)[A-Z\d\"“'‘].{2,140}(?<![.:;,])")


def is_teaser(line: str) -> bool:
    """Tell whether a line is a running time with the title of a video."""
    return _TEASER.fullmatch(line.strip()) is not None


def without_teasers(text: str) -> str:
    """Give a text without its teaser lines."""
    return "\n".join(line for line in text.split("\n") if not is_teaser(line))
