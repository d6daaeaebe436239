"""Articles as weighted words: of the whole text, of its opening and of its title. No grouping here.

Invariant: what an article weighs depends on the set of articles read together, never on their order; the number of
words kept of each is bounded.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


_OPENING, _TITLE, _NAME = 1, 2, 4
_WORD = re.compile(r"[^\W\d_]\w*")
_MARKS = " \t\"'“”‘’«»()[]-–—*"
_ENDS = frozenset(".!?:;")


@dataclass(frozen=True, slots=True)
class Counts:
    """The words of some articles, counted: article after article, each word once, in the order in which they come."""

    ids: tuple[str, ...]
    days: tuple[int | None, ...]  # proleptic ordinal of publication; None where undated
    stems: str  # every word of these articles, by number, with blanks between
    shares: Floats  # of texts that have it, by number; of the commonest form of a word
    sizes: Ints  # distinct words of each article
    words: npt.NDArray[np.int32]  # numbers
    times: npt.NDArray[np.float32]
    marks: npt.NDArray[np.uint8]  # whether a word stands in the opening, in the title, and is a name in either


@dataclass(frozen=True, slots=True)
class _Counted:
    """The words of one article by number: how often each stands there, and whether in opening and title."""

    words: npt.NDArray[np.int32]
    times: npt.NDArray[np.float32]
    marks: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Vector:
    """Sorted keys (three for each word, one a field) and their weights; the dot of two is their likeness, log-odds."""

    keys: npt.NDArray[np.int32]
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
    return weigh_words([count_words({article.id: article for article in articles}.values())])


def count_words(articles: Iterable[Article]) -> Counts:
    """Count the words of some articles, each given once; which other articles there are plays no part."""
    numbers: dict[str, int] = {}
    shares: list[float] = []
    rows = list(articles)
    counted = [_count(article, numbers, shares) for article in rows]
    return Counts(
        tuple(row.id for row in rows),
        tuple(day_of(row) for row in rows),
        " ".join(numbers),
        np.array(shares),
        np.array([len(one.words) for one in counted], np.int64),
        np.concatenate([np.zeros(0, np.int32), *(one.words for one in counted)]),
        np.concatenate([np.zeros(0, np.float32), *(one.times for one in counted)]),
        np.concatenate([np.zeros(0, np.uint8), *(one.marks for one in counted)]),
    )


def weigh_words(counts: Iterable[Counts]) -> Told:
    """Give articles as weighted words in order of id, from the counts of all of them; each article is counted once."""
    batches = list(counts)
    numbers: dict[str, int] = {}
    shares: list[float] = []
    for batch in batches:
        for word, share in zip(batch.stems.split(), batch.shares.tolist()):
            number = numbers.setdefault(word, len(numbers))
            if number == len(shares):
                shares.append(share)
            shares[number] = max(shares[number], share)
    at, counted = _in_order(batches, numbers)
    # Numbers in the order in which the articles, by id, come to words: sums of products are taken in that order.
    every = np.concatenate([np.zeros(0, np.int32), *(one.words for one in counted)])
    first = np.full(len(numbers), len(every), np.int64)
    np.minimum.at(first, every, np.arange(len(every)))
    order = np.argsort(first, kind="stable")
    renamed = np.empty(len(order), np.int32)
    renamed[order] = np.arange(len(order), dtype=np.int32)
    weights = _word_weights(renamed[every], np.array(shares)[order], len(counted))
    del every
    vectors: list[Vector] = []
    names: list[Vector] = []
    for place, one in enumerate(counted):
        row = _Counted(renamed[one.words], one.times, one.marks)
        vectors.append(_make_vector(row, weights))
        names.append(_name_vector(row, weights))
        counted[place] = row
    words = list(numbers)
    return Told(
        tuple(batches[batch].ids[place] for batch, place in at),
        tuple(batches[batch].days[place] for batch, place in at),
        tuple(vectors),
        tuple(names),
        tuple(words[number] for number in order.tolist()),
    )


def _in_order(batches: Sequence[Counts], numbers: Mapping[str, int]) -> tuple[list[tuple[int, int]], list[_Counted]]:
    """Give where each article stands, batch and place, and its words by these numbers, in order of id."""
    at = [(id, batch, place) for batch, some in enumerate(batches) for place, id in enumerate(some.ids)]
    at.sort()
    words = [
        np.array([numbers[word] for word in some.stems.split()], np.int32)[some.words]
        if len(some.words)
        else some.words
        for some in batches
    ]
    ends = [np.concatenate(([0], np.cumsum(some.sizes))) for some in batches]
    counted = []
    for _, batch, place in at:
        inside = slice(ends[batch][place], ends[batch][place + 1])
        counted.append(_Counted(words[batch][inside], batches[batch].times[inside], batches[batch].marks[inside]))
    return [(batch, place) for _, batch, place in at], counted


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
    marks = [
        _OPENING * (word in opening) | _TITLE * (word in named) | _NAME * (word in heard and word in called)
        for word in times
    ]
    return _Counted(
        np.array([numbers[word] for word in times], dtype=np.int32),
        np.array(list(times.values()), dtype=np.float32),
        np.array(marks, dtype=np.uint8),
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


def _word_weights(every: npt.NDArray[np.int32], shares: Floats, articles: int) -> Floats:
    """Give the inverse document frequency of each word in the shipped table and the articles together."""
    held = np.bincount(every, minlength=len(shares))
    rate = (held + TABLE_TEXTS * shares) / (articles + TABLE_TEXTS)
    return np.where(rate > COMMON_SHARE, 0.0, -np.log(np.maximum(rate, 1e-12)))


def _make_vector(one: _Counted, weights: Floats) -> Vector:
    rarest = weights[one.words]
    keys: list[npt.NDArray[np.int32]] = []
    values: list[Floats] = []
    whole = np.where(rarest > 0, 1.0 + np.log(np.maximum(one.times, 1.0)), 0.0) * rarest
    marked = ((field, rarest * ((one.marks & mark) > 0)) for field, mark in ((OPENING, _OPENING), (TITLE, _TITLE)))
    for field, row in ((TEXT, whole), *marked):
        length = math.sqrt(float(row @ row))
        if length:
            kept = np.flatnonzero(row)
            if len(kept) > MAX_WORDS:
                kept = kept[np.lexsort((one.words[kept], -row[kept]))[:MAX_WORDS]]
            keys.append(one.words[kept] * np.int32(len(FIELDS)) + np.int32(field))
            values.append(row[kept] * (math.sqrt(WEIGHTS[field]) / length))
    if not keys:
        return Vector(np.empty(0, np.int32), np.empty(0))
    key, value = np.concatenate(keys), np.concatenate(values)
    order = np.argsort(key)
    return Vector(key[order], value[order])


def _name_vector(one: _Counted, weights: Floats) -> Vector:
    row = weights[one.words] * ((one.marks & _NAME) > 0)
    kept = np.flatnonzero(row)
    order = kept[np.argsort(one.words[kept])]
    return Vector(one.words[order], row[order] / (math.sqrt(float(row @ row)) or 1.0))
