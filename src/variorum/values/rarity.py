"""How rare a word is in news of violence, and the likeness of two passages by the rare words that they share.

Invariant: the table is fixed and shipped, so the likeness of two passages never depends on what else was read, nor on
the order of reading. No personal knowledge: a word is listed only when at least three separate stories use it.
Recipe and sets: training/words/README.md; counts and digest: data/rarity.json.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

# A word of more texts than this says nothing of what a passage is about. All 16 words above it in the shipped table
# are articles, prepositions, auxiliaries and the like; the first word of matter, "killed", stands in 20 %.
COMMON_SHARE = 0.25
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?!,?\d)|\w+")
_UNITS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# "one" is left a word: it is more often a pronoun than a count
FIGURES: Mapping[str, str] = {
    **{word: str(number) for number, word in enumerate(_UNITS, 2)},
    **{word: str(number) for number, word in enumerate(_TEENS, 10)},
    **{word: str(number * 10) for number, word in enumerate(_TENS, 2)},
}
_COMPOUND = re.compile(rf"\b({'|'.join(_TENS)})[- ](one|{'|'.join(_UNITS)})\b")


def words_of(text: str) -> list[str]:
    """Give the words of a text as they are counted: small letters without accents, numbers as figures.

    "1,200" and "1200" are one word, and so are "seventeen" and "17", "forty-two" and "42".
    """
    text = text.lower()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    if "ty-" in text or "ty " in text:
        text = _COMPOUND.sub(_joined, text)
    return [FIGURES.get(word, word) if "," not in word else word.replace(",", "") for word in _WORD.findall(text)]


def _joined(match: re.Match[str]) -> str:
    return str(int(FIGURES[match[1]]) + int(FIGURES.get(match[2], "1")))


class _Table:
    """The shipped counts: the rarity of each listed word, of any other, and the rarity below which a word is common."""

    def __init__(self, lines: Iterable[str]) -> None:
        rows = iter(lines)
        texts = int(next(rows))
        self.unknown = math.log(1 + texts)
        self.least = math.log((1 + texts) / (1 + COMMON_SHARE * texts))
        self.of: dict[str, float] = {}
        for row in rows:
            word, _, count = row.partition(" ")
            self.of[word] = math.log((1 + texts) / (1 + int(count)))


@cache
def _table() -> _Table:
    told = files("variorum.values").joinpath("data/rarity.txt").read_text(encoding="utf-8")
    return _Table(told.splitlines())


def listed() -> list[str]:
    """Give the words of the table, in order."""
    return list(_table().of)


def rarity(word: str) -> float:
    """Tell how rare a word is: ln((1 + N) / (1 + df)) over the N texts of the table; a word not listed is rarest.

    Inverse document frequency, smoothed (Spärck Jones 1972). A word given in another shape ("Seventeen") is looked up
    as it is counted; of several words the rarest counts.
    """
    table = _table()
    found = table.of.get(word)
    if found is not None:
        return found
    return max((table.of.get(one, table.unknown) for one in words_of(word)), default=0.0)


def vector_of(text: str | Iterable[str]) -> dict[str, float]:
    """Give the words of a passage with their weights, (1 + ln times used) × rarity, as a vector of length one.

    `text` is running text, or words as `words_of` gives them. Words of more than a quarter of all texts are left out;
    the vector is empty where nothing else remains.
    """
    table = _table()
    of, unknown, least = table.of, table.unknown, table.least
    times: dict[str, int] = {}
    for word in words_of(text) if isinstance(text, str) else text:
        times[word] = times.get(word, 0) + 1
    weights = {}
    for word, number in times.items():
        weight = of.get(word, unknown)
        if weight > least:
            weights[word] = weight if number == 1 else (1.0 + math.log(number)) * weight
    # fsum rounds once: the order of the words leaves no trace
    length = math.sqrt(math.fsum([weight * weight for weight in weights.values()]))
    return {word: weight / length for word, weight in weights.items()}


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Tell how alike two vectors of `vector_of` are, 0 to 1; 0 where one is empty. Symmetric to the last digit."""
    if len(left) > len(right):
        left, right = right, left
    return min(1.0, math.fsum([weight * right[word] for word, weight in left.items() if word in right]))
