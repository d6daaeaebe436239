"""What the words of a report say for comparing it with another: rare words, names, ages, runs of words, meaning.

Invariant: all of it follows from the text given and from tables that are shipped, so that nothing here changes when
other reports come or go.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING

from variorum.values.rarity import rarity, vector_of, words_of
from variorum.values.teasers import without_teasers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Words of a report by which it is held against others: the rarest carry nearly all of the likeness, and the rest cost
# time in every comparison.
STORY_WORDS = 80
READ_WORDS = 700  # words of a report that are weighed: what comes later is background or another report's headlines
READ_SIGNS = 8 * READ_WORDS
# A name is told by a word that few texts have, one in 900: a surname, a village; not "Police", "Idlib", "Observatory".
RARE_NAME = 6.8
_CAPITAL = re.compile(r"\b[A-Z][a-zà-öø-ÿ]+(?:[A-Z][a-zà-öø-ÿ]+)?")
_AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]olds?\b|\b[A-Z][a-z]+, (\d{1,2})(?=[,.;]| of | was )|\baged? (\d{1,2})\b")
_RUN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Story:
    """What one report says as a whole."""

    words: Mapping[str, float]  # its rarest words, part of a vector of length one
    names: frozenset[str]  # words of names that few texts have, in small letters
    ages: frozenset[str]  # ages of people, in years


_CALENDAR = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\b")


def read_story(text: str) -> Story:
    """Lay out a report for comparing."""
    # Two reports are not alike for the day on which both were printed.
    head = _CALENDAR.sub(" ", without_teasers(text[:READ_SIGNS]))
    vector = vector_of(words_of(head)[:READ_WORDS])
    kept = nlargest(STORY_WORDS, vector.items(), key=lambda row: (row[1], row[0]))
    return Story(dict(kept), frozenset(_names(head)), frozenset(_ages(head)))


def _names(text: str) -> Iterable[str]:
    """Yield capitalised words that are rare: surnames, villages, streets."""
    for word in {match[0] for match in _CAPITAL.finditer(text)}:
        if len(word) > 2 and rarity(word) >= RARE_NAME:
            yield word.lower()


def _ages(text: str) -> Iterable[str]:
    for match in _AGE.finditer(text):
        yield next(group for group in match.groups() if group)


def read_words(passage: str) -> dict[str, float]:
    """Give the words of a passage by rarity, as a vector of length one."""
    return vector_of(passage)


def read_runs(passage: str) -> frozenset[int]:
    """Give hashes of three words running. Python hashes integers alike in every process, strings not: hence crc32."""
    numbers = [zlib.crc32(token.lower().encode()) for token in _RUN.findall(passage)]
    return frozenset(
        (numbers[i] * 1_000_003 + numbers[i + 1]) * 1_000_003 + numbers[i + 2] for i in range(len(numbers) - 2)
    )


def read_meanings(passages: Sequence[str]) -> NDArray[np.float32]:
    """Give the meaning of each passage as a vector of length one; a row of zeros for one without words."""
    from variorum.values.vectors import embed  # numpy: 80 ms to import, and most of this module does without

    return embed(passages)
