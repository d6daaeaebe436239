"""Lines of a page that tease its videos: "1:23 Mayor opens the new bridge". They tell of other days and other towns."""

from __future__ import annotations

import re

# A running time of less than ten minutes before a title; "6:30 p.m.", "10:15 Shots …" and whole sentences open a line
# of the report itself.
_TEASER = re.compile(r"\d:\d\d\s+(?![ap]\.?m\b|GMT|UTC)[A-Z\d\"“'‘].{2,110}(?<![.:;,!?”\"])")


def is_teaser(line: str) -> bool:
    """Tell whether a line is a running time with the title of a video."""
    return _TEASER.fullmatch(line.strip()) is not None


def without_teasers(text: str) -> str:
    """Give a text without its teaser lines."""
    return "\n".join(line for line in text.split("\n") if not is_teaser(line))
