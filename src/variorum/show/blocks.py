"""A whole report in blocks, so that beside each stand the claims that begin in it. No markup.

Invariant: the blocks with the line breaks between them are the text, and each knows at which code point it begins; so
a place in a block is a place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.show.marks import Mark, Piece, cut_at_marks

_BREAKS = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Block:
    """One or more paragraphs of a text, cut at its marks."""

    start: int  # code points, half-open
    end: int
    pieces: tuple[Piece, ...]
    opens: tuple[str, ...]  # ids of the claims whose quote begins in it, in order


def cut_into_blocks(text: str, marks: Iterable[Mark]) -> list[Block]:
    """Give the blocks of a text: a paragraph where a quote begins is one, those between two such are one together."""
    sorted_marks = sorted((mark for mark in marks if mark.start < mark.end), key=lambda mark: (mark.start, mark.end))
    starts = [mark.start for mark in sorted_marks if mark.what == "value"]
    spans = _join(_paragraphs(text), starts)
    blocks = []
    place = 0
    open_marks: list[Mark] = []  # reach into the next block
    for start, end in spans:
        here = [mark for mark in open_marks if mark.end > start]
        while place < len(sorted_marks) and sorted_marks[place].start < end:
            here.append(sorted_marks[place])
            place += 1
        opens = dict.fromkeys(mark.id for mark in here if mark.what == "value" and start <= mark.start < end)
        blocks.append(Block(start, end, tuple(cut_at_marks(text, here, start, end)), tuple(opens)))
        open_marks = here
    return blocks


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Give the spans between line breaks; blank ones are left out."""
    found = []
    start = 0
    for match in _BREAKS.finditer(text):
        if match.start() > start:
            found.append((start, match.start()))
        start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def _join(spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> list[tuple[int, int]]:
    """Put neighbours in which nothing begins together."""
    found: list[tuple[int, int]] = []
    plain = False
    for start, end in spans:
        quiet = bisect_right(starts, start - 1) == bisect_right(starts, end - 1)
        if quiet and plain:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        plain = quiet
    return found
