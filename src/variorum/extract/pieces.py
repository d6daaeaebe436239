"""Cuts a text into windows of word pieces for the tagger. What the pieces mean is the tagger's affair.

A window holds whole sentences as long as they fit; a sentence longer than a window is cut. Training cuts the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.extract.wordpieces import WordPieces

Span = tuple[int, int]
LOWER, CAPITAL, UPPER, MIXED, DIGIT, OTHER = range(6)
LONE = re.compile("[\ud800-\udfff]")  # half of a pair: JSON can hold it, no other reader can
START, END = 101, 102  # [CLS] and [SEP] of the uncased BERT vocabulary


@dataclass(frozen=True)
class Pieces:
    """A window: piece ids, the letter case of each piece's word, its span in the text, whether it starts a word."""

    ids: list[int]
    cases: list[int]
    offsets: list[Span]
    first: list[bool]


def letter_case(word: str) -> int:
    """Class the letter case of a word; the encoder itself reads small letters only."""
    if word.islower():
        return LOWER
    if word[0].isdigit():
        return DIGIT
    if word.isupper():
        return UPPER if len(word) > 1 else CAPITAL
    if word[0].isupper() and word[1:].islower():
        return CAPITAL
    return MIXED if word.isalpha() else OTHER


def cut(vocabulary: WordPieces, text: str, sentences: Sequence[Span], size: int) -> Iterator[Pieces]:
    """Give the windows of a text, at most `size` pieces each, offsets in code points of the text."""
    found = vocabulary.cut(LONE.sub("?", text))
    ids, offsets, first = found.ids, found.offsets, found.first
    if not ids:
        return
    cases: list[int] = []
    for at, (start, end) in enumerate(offsets):
        if first[at]:
            last = at
            while last + 1 < len(ids) and not first[last + 1]:
                last += 1
            case = letter_case(text[start : max(end, offsets[last][1])] or " ")
        cases.append(case)
    for low, high in _stretches(offsets, first, sentences, size - 2):
        yield Pieces(
            [START, *ids[low:high], END],
            [OTHER, *cases[low:high], OTHER],
            [(offsets[low][0], offsets[low][0]), *offsets[low:high], (offsets[high - 1][1], offsets[high - 1][1])],
            [False, *first[low:high], False],
        )


def _stretches(
    offsets: Sequence[Span], first: Sequence[bool], sentences: Sequence[Span], size: int
) -> Iterator[tuple[int, int]]:
    """Give half-open stretches of pieces: as many whole sentences as fit, a longer sentence cut between words."""
    bounds: list[int] = []
    at = 0
    for _, end in sentences:
        while at < len(offsets) and offsets[at][0] < end:
            at += 1
        if not bounds or at > bounds[-1]:
            bounds.append(at)
    if not bounds or bounds[-1] < len(offsets):
        bounds.append(len(offsets))
    low = 0
    for number, bound in enumerate(bounds):
        while bound - low > size:
            high = low + size
            while high > low + 1 and not first[high]:
                high -= 1
            yield low, high
            low = high
        following = bounds[number + 1] if number + 1 < len(bounds) else None
        if bound > low and (following is None or following - low > size):
            yield low, bound
            low = bound
