"""The words that a search found, among the words around them. No ledger, no printing.

Invariant: start and end are code points of the text, and every found word inside them stands between « and ».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from variorum.show.quotes import LINE_BREAKS, cut_passage

AROUND = 60  # characters shown on either side
ACROSS = 160  # at most so many from the first found word shown to the last
LOOKED_AT = 2_000  # found words of one text: a report that repeats one word for pages costs no more


@dataclass(frozen=True, slots=True)
class Snippet:
    """The stretch of a text that holds most of the found words, on one line."""

    start: int  # of the first found word shown
    end: int  # of the last
    words: str  # with « and » around each


def cut_snippet(text: str, spans: Sequence[tuple[int, int]]) -> Snippet:
    """Give the stretch with the most different words found; of several the first. `spans` are sorted."""
    spans = spans[:LOOKED_AT]
    shown: list[tuple[int, int]] = []
    most = 0
    for place in range(len(spans)):
        stretch = _within(spans, place)
        different = len({text[start:end].casefold() for start, end in stretch})
        if different > most:
            shown, most = stretch, different
    start, end = shown[0][0], max(last for _, last in shown)
    marked, done = "", start
    for first, last in shown:
        if first >= done:
            marked += f"{text[done:first]}«{text[first:last]}»"
            done = last
    passage = cut_passage(text, start, end, AROUND)
    return Snippet(start, end, passage.before + (marked + text[done:end]).translate(LINE_BREAKS) + passage.after)


def _within(spans: Sequence[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    first = spans[place]
    reach = first[0] + ACROSS
    return [first, *takewhile(lambda span: span[1] <= reach, spans[place + 1 : place + ACROSS])]
