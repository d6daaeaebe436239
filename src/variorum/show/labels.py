"""Places words on a picture so that none covers another, a pin, the scale bar or the credit line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have a pixel in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether it lies in the other whole."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


class Placed(NamedTuple):
    """Where words stand: the baseline, how they are anchored there, and the room they take."""

    x: float
    y: float
    anchor: str  # start, middle or end
    box: Box


NARROW, WIDE = frozenset("iljtfrI.,:;'|!()[]-’‘ʼ` "), frozenset("mwMW@%—")


def text_width(text: str, size: float) -> float:
    """Give the width of words in pixels for a font size; a little more than common sans-serif fonts need."""
    total = 0.0
    for char in text:
        if unicodedata.combining(char):
            continue
        if unicodedata.east_asian_width(char) in "WF":
            total += 1.02
        elif char in NARROW:
            total += 0.36
        elif char in WIDE:
            total += 0.95
        elif char.isupper():
            total += 0.70
        else:
            total += 0.60
    return total * size


@dataclass
class Sheet:
    """What of a picture is taken."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def reserve(self, box: Box) -> None:
        """Keep words out of a box."""
        self.taken.append(box)

    def is_free(self, box: Box) -> bool:
        """Whether words can stand there."""
        inside = box.within(Box(2.0, 2.0, self.width - 2.0, self.height - 2.0))
        return inside and not any(box.meets(other) for other in self.taken)

    def place(self, choices: Iterable[Placed]) -> Placed | None:
        """Take the first choice that is free; None where none is."""
        for choice in choices:
            if self.is_free(choice.box):
                self.reserve(choice.box)
                return choice
        return None


def around(x: float, y: float, away: float, size: tuple[float, float], ascent: float) -> Iterator[Placed]:
    """Give where words of a width and height may stand about a point: right, left, above, below, then the corners.

    `away` is the clear distance from the point; `ascent` is how far the first baseline lies below the top.
    """
    wide, tall = size
    gap = away + 3.0
    spots = (
        (x + gap, y - tall / 2, "start"),
        (x - gap - wide, y - tall / 2, "end"),
        (x - wide / 2, y - gap - tall, "middle"),
        (x - wide / 2, y + gap, "middle"),
        (x + gap * 0.7, y - gap * 0.7 - tall, "start"),
        (x + gap * 0.7, y + gap * 0.7, "start"),
        (x - gap * 0.7 - wide, y - gap * 0.7 - tall, "end"),
        (x - gap * 0.7 - wide, y + gap * 0.7, "end"),
    )
    for left, top, anchor in spots:
        at = {"start": left, "middle": left + wide / 2, "end": left + wide}[anchor]
        yield Placed(at, top + ascent, anchor, Box(left, top, left + wide, top + tall))
