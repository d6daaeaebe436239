"""Articles as weighted words: of the whole text, of its opening and of its title. No grouping here.

Invariant: what an article weighs depends on the set of articles read together, never on their order; the number of
words kept of each is bounded.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from variorum.model import Article
from variorum.values.rarity import rarity, words_of
from variorum.values.teasers import without_teasers

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

TEXT, OPENING, TITLE = range(3)
FIELDS = ("words of the text", "words of the opening", "words of the title")
# Log-odds for a cosine of one in each field: logistic regression on all pairs of the 575 train texts of ECB+, in
# which each topic holds two stories that are easily confused. Names apart from other words, and one field with names
# counted twice, were tried: no gain on ECB+ beyond .01, and stories of one country ran together.
WEIGHTS = (17.0, 13.9, 5.0)
OPENING_WORDS = 60  # title and two or three sentences
OPENING_SIGNS = 4000  # in which names are looked for: a word that also stands there without a capital is none
TITLE_WORDS = 30  # of a first line that is a paragraph, no more than a long title has
# How many texts the shipped table of rare words counts for, beside the articles themselves. 1 to 1,000 tried on
# ECB+ train: flat within half a point; fewer would make a collection of five articles its own dictionary.
TABLE_TEXTS = 100
HEADLINE = 0.6  # words with capitals in a line from which all are written so
COMMON_SHARE = 0.5  # words of more texts than this say nothing of what a text is about; .25 to 1 tried, within a point
MAX_WORDS = 300  # heaviest words of a text that are kept, to bound memory; 120 cost two points


_WORD = re.compile(r"[^\W\d_]\w*")
_MARKS = " \t\"'“”‘’«»()[]-–—*"
_ENDS = frozenset(".!?:;")


@dataclass(frozen=True, slots=True)
class _Counted:
    """The words of one article by number: how often each stands there, and whether in opening and title."""

    words: Ints
    times: Floats
    opening: npt.NDArray[np.bool_]
    title: npt.NDArray[np.bool_]
    names: npt.NDArray[np.bool_]  # in opening or title, and a name


@dataclass(frozen=True, slots=True)
class Vector:
    """Sorted keys (three for each word, one a field) and their weights; the dot of two is their likeness, log-odds."""

    keys: Ints
    weights: Floats


@dataclass(frozen=True, slots=True)
class Told:
    """Articles in order of id, as stories compare them."""

    ids: tuple[str, ...]
    days: tuple[int | None, ...]  # proleptic ordinal of publication; None where undated
    vectors: tuple[Vector, ...]
    names: tuple[Vector, ...]  # what title and opening name, by number of word, of length one; empty where nothing
    words: tuple[str, ...]  # a key divided by three counts in these


def read_articles(articles: Iterable[Article]) -> Told:
    """Give articles as weighted words, each article once, in order of id."""
    rows = sorted({article.id: article for article in articles}.values(), key=lambda article: article.id)
    numbers: dict[str, int] = {}
    shares: list[float] = []
    counted = [_count(article, numbers, shares) for article in rows]
    weights = _word_weights(counted, shares)
    return Told(
        tuple(row.id for row in rows),
        tuple(day_of(row) for row in rows),
        tuple(_make_vector(one, weights) for one in counted),
        tuple(_name_vector(one, weights) for one in counted),
        tuple(numbers),
    )


def day_of(article: Article) -> int | None:
    """Give the day of publication as a proleptic ordinal; None for an undated article or one whose date is no date."""
    if article.published is None:
        return None
    try:
        return date.fromisoformat(article.published[:10]).toordinal()
    except ValueError:
        return None


def dot(left: Vector, right: Vector) -> float:
    """Tell how alike two vectors are, in log-odds; of sums of vectors, the sum over all pairs."""
    small, large = (left, right) if len(left.keys) <= len(right.keys) else (right, left)
    if not len(small.keys):
        return 0.0
    places = np.searchsorted(large.keys, small.keys)
    places[places == len(large.keys)] = 0
    met = large.keys[places] == small.keys
    return float(small.weights[met] @ large.weights[places[met]])


def add(left: Vector, right: Vector) -> Vector:
    """Give the sum of two vectors."""
    keys, places = np.unique(np.concatenate([left.keys, right.keys]), return_inverse=True)
    weights: Floats = np.bincount(places, np.concatenate([left.weights, right.weights]), len(keys)).astype(np.float64)
    return Vector(keys, weights)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Cut the commonest English endings: "towns" is "town" and "parties" is "party"; no more is asked of it."""
    size = len(word)
    if size > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if size > 6 and word.endswith("ing"):
        return word[:-3]
    if size > 5 and word.endswith("ed"):
        return word[:-2]
    if size > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _count(article: Article, numbers: dict[str, int], shares: list[float]) -> _Counted:
    """Count the words of an article, numbering those not yet met and noting the share of texts that have them."""
    first = article.text.partition("\n")[0]
    title = article.title or first
    text = article.text if not article.title or first.strip() == article.title.strip() else f"{title}\n{article.text}"
    text = without_teasers(text)
    words = [word for word in words_of(text) if len(word) > 1]
    stems = [stem(word) for word in words]
    for word in dict.fromkeys(words):
        number = numbers.setdefault(stem(word), len(numbers))
        if number == len(shares):
            shares.append(0.0)
        shares[number] = max(shares[number], _share(word))
    times = Counter(stems)
    called = _find_names(text[:OPENING_SIGNS])
    opening = set(stems[:OPENING_WORDS])
    named = {stem(word) for word in words_of(title)[:TITLE_WORDS]}
    heard = opening | named
    return _Counted(
        np.array([numbers[word] for word in times], dtype=np.int32),
        np.array(list(times.values()), dtype=np.float32),
        np.array([word in opening for word in times], dtype=bool),
        np.array([word in named for word in times], dtype=bool),
        np.array([word in heard and word in called for word in times], dtype=bool),
    )


@lru_cache(maxsize=1 << 16)
def _share(word: str) -> float:
    return math.exp(-rarity(word))


def _find_names(text: str) -> set[str]:
    """Give the stems of words that stand with a capital inside a sentence more often than without one.

    A line in which most words have one is a headline and says nothing. Writing without capitals has no names here.
    """
    inside: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for line in text.split("\n"):
        words = [(match[0], _opens(line, match.start())) for match in _WORD.finditer(line)]
        if sum(word[0].isupper() for word, _ in words) > HEADLINE * len(words):
            continue
        for word, opens in words:
            if word[0].isupper():
                inside[word] += not opens
            else:
                small[word] += 1
    return {stem(part) for word, times in inside.items() if times > small[word.lower()] for part in words_of(word)}


def _opens(line: str, start: int) -> bool:
    return not line[:start].strip(_MARKS) or line[:start].rstrip(_MARKS)[-1:] in _ENDS


def _word_weights(counted: Sequence[_Counted], shares: Sequence[float]) -> Floats:
    """Give the inverse document frequency of each word in the shipped table and the articles together."""
    held = np.zeros(len(shares))
    for one in counted:
        held[one.words] += 1
    rate = (held + TABLE_TEXTS * np.array(shares)) / (len(counted) + TABLE_TEXTS)
    return np.where(rate > COMMON_SHARE, 0.0, -np.log(np.maximum(rate, 1e-12)))


def _make_vector(one: _Counted, weights: Floats) -> Vector:
    rarest = weights[one.words]
    keys: list[Ints] = []
    values: list[Floats] = []
    whole = np.where(rarest > 0, 1.0 + np.log(np.maximum(one.times, 1.0)), 0.0) * rarest
    for field, row in ((TEXT, whole), (OPENING, rarest * one.opening), (TITLE, rarest * one.title)):
        length = math.sqrt(float(row @ row))
        if length:
            kept = np.flatnonzero(row)
            if len(kept) > MAX_WORDS:
                kept = kept[np.lexsort((one.words[kept], -row[kept]))[:MAX_WORDS]]
            keys.append(one.words[kept].astype(np.int64) * len(FIELDS) + field)
            values.append(row[kept] * (math.sqrt(WEIGHTS[field]) / length))
    if not keys:
        return Vector(np.empty(0, np.int64), np.empty(0))
    key, value = np.concatenate(keys), np.concatenate(values)
    order = np.argsort(key)
    return Vector(key[order], value[order])


def _name_vector(one: _Counted, weights: Floats) -> Vector:
    row = weights[one.words] * one.names
    kept = np.flatnonzero(row)
    order = kept[np.argsort(one.words[kept])]
    return Vector(one.words[order].astype(np.int64), row[order] / (math.sqrt(float(row @ row)) or 1.0))
