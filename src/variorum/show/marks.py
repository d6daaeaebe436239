"""A report's text cut at its marks: which stretches are quotes of which claims, and which name who said it. No markup.

Invariant: the pieces put together are the text, so the words between two offsets are the words marked. Offsets are code
points, as in the ledger; a browser, which counts UTF-16 units, is never asked to cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

What = Literal["value", "source"]
LONGEST_WORD = 40  # characters looked through for a gap between words; past it a stretch is cut within one


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of a text that is marked: the quote of a claim, or the name of who said it."""

    start: int
    end: int
    id: str  # of the claim
    what: What = "value"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with the same marks from end to end."""

    text: str
    start: int
    values: tuple[str, ...] = ()  # ids of the claims whose quote it is part of
    sources: tuple[str, ...] = ()  # ids of the claims whose source it names
    closes: tuple[str, ...] = ()  # ids of the claims whose quote ends with it


def cut_at_marks(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """Give the pieces of `text[start:end]`; where marks overlap, each border begins a new piece.

    A mark that reaches over the edge is cut there; its end is told only where it lies inside.
    """
    last = len(text) if end is None else end
    within = [mark for mark in marks if mark.start < last and start < mark.end and mark.start < mark.end]
    borders = sorted({start, last, *(min(max(b, start), last) for m in within for b in (m.start, m.end))})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for place, mark in enumerate(within):
        opening.setdefault(max(mark.start, start), []).append(place)
        closing.setdefault(min(mark.end, last), []).append(place)
    pieces = []
    open_now: dict[int, None] = {}  # only what is open is looked at: a text of 1 MB has thousands of marks
    for left, right in pairwise(borders):
        open_now |= dict.fromkeys(opening.get(left, ()))
        here = [within[place] for place in sorted(open_now)]
        values = tuple(dict.fromkeys(mark.id for mark in here if mark.what == "value"))
        sources = tuple(dict.fromkeys(mark.id for mark in here if mark.what == "source"))
        closes = tuple(dict.fromkeys(mark.id for mark in here if mark.what == "value" and mark.end == right))
        pieces.append(Piece(text[left:right], left, values, sources, closes))
        for place in closing.get(right, ()):
            del open_now[place]
    return pieces


def make_windows(text: str, spans: Sequence[tuple[int, int]], around: int) -> list[tuple[int, int]]:
    """Give the stretches of a text to show so that every span has `around` characters on either side.

    Stretches that come near each other are one; each begins and ends between words, or with a span.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        # No edge lies within a span: looking for the end of a word may lead into it.
        first, last = min(start, _before_word(text, start - around)), max(end, _after_word(text, end + around))
        if found and first <= found[-1][1] + around // 2:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _before_word(text: str, place: int) -> int:
    if place <= 0:
        return 0
    gaps = [gap for sign in " \n" if (gap := text.find(sign, place - 1, place + LONGEST_WORD)) >= 0]
    gap = min(gaps, default=-1)
    return place if gap < 0 else gap + 1


def _after_word(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    least = max(0, place - LONGEST_WORD)
    gap = max(text.rfind(" ", least, place + 1), text.rfind("\n", least, place + 1))
    return place if gap < 0 else gap


def find_source(text: str, source: str, near: int, within: tuple[int, int]) -> tuple[int, int] | None:
    """Find where a source is named, nearest to a claim and within the stretch of its event; None where it is not.

    A source is stored as it is named in the text, without its article.
    """
    if not source:
        return None
    first, last = within
    # From the claim outwards: of a text of 1 MB only what lies between is looked at.
    before = text.rfind(source, first, min(near + len(source), last))
    after = text.find(source, max(near + 1, first), last)
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    best = min(places, key=lambda one: (abs(one - near), one))
    return best, best + len(source)
