"""In what two articles, or two words for events, are alike: named signs, each on one of a few levels.

A sign says nothing of whether two are the same; what each level weighs is in `eventweights.json`. Invariant: the levels
of a pair depend on the two alone, and on nothing else that was read.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.wordforms import base_form, head_of, listed, plain_phrase, root_of
from variorum.values.rarity import rarity, vector_of, words_of
from variorum.values.vectors import embed

Levels = NDArray[np.int8]  # one level a pair
Square = NDArray[np.float32]  # [n, n]

# A word that stands in a tenth of the texts says little of what an article is about.
_TELLING = 1.5
_TOP = 4  # people that an article names most


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as far as it matters here: its text, the day it was published, and the names in it, repeats kept."""

    id: str
    text: str
    published: str | None = None
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word or phrase that stands for an event, with the sentence around it and what it is linked to."""

    id: str
    telling_id: str
    sentence: int  # which one of its article
    phrase: str
    before: str  # the sentence up to the phrase
    after: str  # the rest of the sentence
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing in which two may be alike: the names of its levels and what gives the level of each pair."""

    name: str
    levels: tuple[str, ...]
    of: Levels = field(repr=False)


def likeness(rows: Sequence[Mapping[str, float]]) -> Square:
    """Give the dot product of each two sparse rows."""
    columns: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for word, weight in row.items():
            columns[word].append((number, weight))
    out = np.zeros((len(rows), len(rows)), np.float32)
    for held in columns.values():
        at = np.array([number for number, _ in held])
        value = np.array([weight for _, weight in held], np.float32)
        out[np.ix_(at, at)] += np.outer(value, value)
    return out


def _unit(counts: Mapping[str, int]) -> dict[str, float]:
    """Weigh words by how often they stand there and how rare they are; length one."""
    row = {word: (1 + math.log(count)) * rarity(word) for word, count in counts.items()}
    length = math.sqrt(sum(value * value for value in row.values()))
    return {word: value / length for word, value in row.items()} if length else {}


def _counted(phrases: Iterable[str]) -> Counter[str]:
    return Counter(word for phrase in phrases for word in re.findall(r"[^\W_]\w+", phrase.lower()))


def _step(values: NDArray[np.float32], cuts: Sequence[float]) -> Levels:
    return np.searchsorted(np.array(cuts), values, side="right").astype(np.int8)


def _cut_names(cuts: Sequence[float]) -> tuple[str, ...]:
    return (f"under {cuts[0]:g}", *(f"{low:g} to {high:g}" for low, high in pairwise(cuts)), f"{cuts[-1]:g} up")


class TellingSigns:
    """The signs between articles."""

    CUTS: Mapping[str, tuple[float, ...]] = {
        "rare words": (0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4),
        "words": (0.04, 0.08, 0.12, 0.16, 0.2, 0.25, 0.3, 0.4),
        "opening": (0.01, 0.04, 0.08, 0.15, 0.25, 0.4),
        "figures": (0.01, 0.05, 0.1, 0.2, 0.4),
        "meaning": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
        "people": (0.01, 0.1, 0.2, 0.35, 0.5, 0.7),
        "places": (0.01, 0.1, 0.2, 0.35, 0.5, 0.7),
        "other names": (0.01, 0.1, 0.2, 0.35, 0.5),
    }
    DAYS = (2, 8, 31, 366)
    OPENING = 300  # characters: title and first sentence

    def __init__(self, tellings: Sequence[Telling]) -> None:
        texts = [one.text for one in tellings]
        names = {
            "people": [_counted(one.people) for one in tellings],
            "places": [_counted(one.places) for one in tellings],
            "other names": [_counted(one.others) for one in tellings],
        }
        meaning = embed(texts)
        self.size = len(tellings)
        self.values: dict[str, Square] = {
            "rare words": likeness([vector_of(text) for text in texts]),
            "words": likeness([_unit(Counter(w for w in words_of(text) if rarity(w) > _TELLING)) for text in texts]),
            "opening": likeness([vector_of(text[: self.OPENING]) for text in texts]),
            "figures": likeness([_unit(Counter(re.findall(r"\b\d{1,4}\b", text))) for text in texts]),
            "meaning": meaning @ meaning.T,
            **{name: likeness([_unit(row) for row in rows]) for name, rows in names.items()},
        }
        self.has = {name: np.array([bool(row) for row in rows], bool) for name, rows in names.items()}
        self.top = _top_people(names["people"], texts)
        days = [date.fromisoformat(one.published).toordinal() if one.published else 0 for one in tellings]
        self.days = np.array(days)

    def signs(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> list[Sign]:
        """Give the signs of pairs of articles, told by their places in the list."""
        found = []
        for name, cuts in self.CUTS.items():
            level, names = _step(self.values[name][left, right], cuts), _cut_names(cuts)
            if name in self.has:
                both = self.has[name][left] & self.has[name][right]
                level, names = np.where(both, level + 1, 0).astype(np.int8), ("not told", *names)
            found.append(Sign(name, names, level))
        found.append(Sign("main people", TOP_LEVELS, self.top[left, right]))
        told = (self.days[left] > 0) & (self.days[right] > 0)
        gap = _step(np.abs(self.days[left] - self.days[right]).astype(np.float32), self.DAYS)
        names = ("not told", "1 day", "a week", "a month", "a year", "longer")
        found.append(Sign("published", names, np.where(told, gap + 1, 0).astype(np.int8)))
        return found


TOP_LEVELS = ("none told", "strangers", "one known", "both known", "one told, unknown", "one told, known")


def _top_people(people: Sequence[Counter[str]], texts: Sequence[str]) -> Levels:
    """Say whether those whom one article names most are named in the other."""
    tops = []
    for row in people:
        most = row.most_common(1)[0][1] if row else 0
        tops.append({word for word, count in row.most_common(_TOP) if count >= max(2, most / 2)})
    words = [set(re.findall(r"\w+", text.lower())) for text in texts]
    known = np.array([[bool(top & held) for held in words] for top in tops], bool).reshape(len(tops), len(tops))
    told = np.array([bool(top) for top in tops], bool)
    both, one = told[:, None] & told[None, :], told[:, None] ^ told[None, :]
    return np.where(both, 1 + known + known.T, np.where(one, 4 + (known | known.T), 0)).astype(np.int8)


class WordSigns:
    """The signs between words for events; `same` and `chance` tell how their articles stand to each other."""

    LINKS: Mapping[str, Callable[[EventWord], tuple[str, ...]]] = {
        "people": lambda word: word.who + word.whom,
        "whom": lambda word: word.whom,
        "where": lambda word: word.places,
        "when": lambda word: word.times,
    }
    NEAR = 0.5  # cosine of vectors from which two words count as near: "temblor", "quake"

    def __init__(
        self, words: Sequence[EventWord], home: NDArray[np.intp], group: NDArray[np.intp], chance: Square
    ) -> None:
        """`home` gives the article of each word; `group` its group; `chance` [articles, articles] that they agree."""
        heads = [head_of(word.phrase) for word in words]
        forms = [base_form(head) for head in heads]
        sentences = [f"{word.before} {word.after}" for word in words]
        names = [_names(sentence) for sentence in sentences]
        whole = embed([f"{word.before} {word.phrase} {word.after}" for word in words])
        head, phrase = embed(heads), embed([plain_phrase(word.phrase) or word.phrase for word in words])
        self.home, self.group, self.chance = home, group, chance
        self.form, self.root = _numbered(forms), _numbered([root_of(one) for one in heads])
        self.phrase = _numbered([plain_phrase(word.phrase) for word in words])
        self.near = np.maximum(head @ head.T, phrase @ phrase.T)
        self.meaning = whole @ whole.T
        self.around = likeness([vector_of(sentence) for sentence in sentences])
        self.rarity = np.array([rarity(one) for one in heads], np.float32)
        self.saying = np.array([form in listed("saying") for form in forms], bool)
        self.sentence = np.array([word.sentence for word in words])
        self.crossed = _crossed(forms, sentences)
        self.links = {"names": names, **{name: [_link(of(word)) for word in words] for name, of in self.LINKS.items()}}
        self.alike = {
            name: likeness([_unit(dict.fromkeys(row, 1)) for row in rows]) for name, rows in self.links.items()
        }
        self.told = {name: np.array([bool(row) for row in rows], bool) for name, rows in self.links.items()}

    def signs(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> list[Sign]:
        """Give the signs of pairs of words, told by their places in the list."""
        same_form, same_root = self.form[left] == self.form[right], self.root[left] == self.root[right]
        same_root |= same_form
        near = ~same_root & (self.near[left, right] >= self.NEAR)
        here, there = self.home[left], self.home[right]
        one_article = here == there
        kind = np.where(same_root, 2, np.where(near, 1, 0))
        shape = np.where(
            same_form & (self.phrase[left] == self.phrase[right]), 3, np.where(same_form, 2, same_root * 1)
        )
        found = [
            Sign("word", ("other word", "same root", "same word", "same phrase"), shape.astype(np.int8)),
            _when("nearness of words", self.near[left, right], (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8), ~same_root),
            _when("rarity", np.minimum(self.rarity[left], self.rarity[right]), (3, 4, 5, 6, 7), same_root),
            Sign(
                "saying",
                ("-", "no", "yes", "no, one article", "yes, one article"),
                np.where(same_root, 1 + self.saying[left] + 2 * one_article, 0).astype(np.int8),
            ),
        ]
        chance = self.chance[here, there]
        group = np.where(one_article, 4, np.where(self.group[here] == self.group[there], 3, _step(chance, (0.1, 0.3))))
        cuts: tuple[float, ...] = (0.05, 0.2, 0.4, 0.6, 0.8)
        rows: list[tuple[str, tuple[str, ...], NDArray[np.int8]]] = [
            ("groups", ("unlike", "doubtful", "likely", "same group", "same article"), group.astype(np.int8)),
            (
                "articles",
                (*_cut_names(cuts), "same article"),
                np.where(one_article, len(cuts) + 1, _step(chance, cuts)).astype(np.int8),
            ),
        ]
        for name, values, cuts in (
            ("around", self.around, (0.02, 0.06, 0.12, 0.2, 0.35, 0.6)),
            ("sentence", self.meaning, (0.1, 0.3, 0.5, 0.7)),
        ):
            rows.append((name, _cut_names(cuts), _step(values[left, right], cuts)))
        one_sentence = one_article & (self.sentence[left] == self.sentence[right])
        rows.append(("one sentence", ("no", "yes"), one_sentence.astype(np.int8)))
        rows.append(("word of the one beside the other", ("no", "yes"), self.crossed[left, right].astype(np.int8)))
        for name, values in self.alike.items():
            both = self.told[name][left] & self.told[name][right]
            level = np.where(both, 1 + _step(values[left, right], (0.01, 0.2, 0.5, 0.9)), 0).astype(np.int8)
            rows.append((name, ("not told", "none shared", "few shared", "some shared", "most shared", "same"), level))
        for name, levels, level in rows:
            for at, which in enumerate(("other words", "near words", "same word")):
                found.append(
                    Sign(f"{name}, {which}", ("-", *levels), np.where(kind == at, level + 1, 0).astype(np.int8))
                )
        return found


def _when(name: str, values: NDArray[np.float32], cuts: Sequence[float], asked: NDArray[np.bool_]) -> Sign:
    return Sign(name, ("-", *_cut_names(cuts)), np.where(asked, _step(values, cuts) + 1, 0).astype(np.int8))


def _numbered(names: Sequence[str]) -> NDArray[np.intp]:
    held: dict[str, int] = {}
    return np.array([held.setdefault(name, len(held)) for name in names], np.intp)


def _names(sentence: str) -> frozenset[str]:
    return frozenset(w.lower() for w in re.findall(r"\b[A-Z][a-z]+\b", sentence) if w not in listed("openers"))


def _link(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in plain_phrase(phrase).split())


def _crossed(forms: Sequence[str], sentences: Sequence[str]) -> NDArray[np.bool_]:
    """Say of each two whether the word of one stands in the sentence of the other, beside the word it has there."""
    held = _numbered(forms)
    place = dict(zip(forms, held.tolist(), strict=True))
    stands = np.zeros((len(forms), len(place)), bool)
    for at, sentence in enumerate(sentences):
        stands[at, [place[w] for w in map(base_form, re.findall(r"\w+", sentence.lower())) if w in place]] = True
    crossed: NDArray[np.bool_] = stands[:, held]
    return crossed | crossed.T
