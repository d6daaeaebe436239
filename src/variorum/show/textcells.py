"""Text in columns of one width: what a sign takes on a terminal, padding and cutting. No printing."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Give the number of terminal columns a text takes: two for wide signs, none for combining ones."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def fit(text: str, size: int, *, right: bool = False) -> str:
    """Pad or cut a text to a number of terminal columns."""
    room = size - width(text)
    if room >= 0:
        return " " * room + text if right else text + " " * room
    kept, used = "", 0
    for sign in text:
        used += width(sign)
        if used > size - 1:
            break
        kept += sign
    return kept + "…" + " " * (size - 1 - width(kept))
