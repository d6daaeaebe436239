"""Which words for events speak of one event, across articles: a sum of named weights, then average linkage.

Articles are put into groups first, then their words. `grain` says what counts as one event: "whole" as most would say,
"steps" where firing, hitting, wounding, dying and the incident are told apart and joined by rule, not by the weights.
Invariant: neither order nor names of the words matter, and the log odds of a pair are the sum of what `explain_pair`
lists. What is linked is its probability, tempered by company: the words that both of a pair go with.
Weights: training/coreference.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.eventsigns import EventWord, Sign, Square, Telling, TellingSigns, WordSigns

_PAIRS = 200_000  # scored at once: what a pair needs is about 500 bytes


@dataclass(frozen=True, slots=True)
class Weights:
    """What each level of each sign weighs, in log odds; where joining stops, as a mean; and what company counts."""

    bias: float
    of: Mapping[str, tuple[float, ...]]
    stop: float
    company: float = 0.0  # 0 to 1

    def score(self, signs: Sequence[Sign]) -> NDArray[np.float64]:
        """Give the log odds of each pair."""
        return self.bias + sum((np.array(self.of[sign.name])[sign.of] for sign in signs), np.zeros(len(signs[0].of)))


@cache
def load_weights() -> Mapping[str, Weights]:
    """Give the shipped weights: of "articles" and of "words"."""
    told: dict[str, Any] = json.loads(
        files("variorum.resolve").joinpath("eventweights.json").read_text(encoding="utf-8")
    )
    return {name: read_weights(told[name]) for name in ("articles", "words")}


def read_weights(row: Mapping[str, Any]) -> Weights:
    """Read one set of weights: bias, stop, and the weights of each sign by the names of its levels."""
    of = {name: tuple(levels.values()) for name, levels in row["signs"].items()}
    return Weights(row["bias"], of, row["stop"], row.get("company", 0.0))


def link_on_average(alike: NDArray[np.floating[Any]], stop: float) -> NDArray[np.intp]:
    """Join the two clusters that are on average most alike until none are by `stop`; gives the cluster of each.

    Average linkage (Sokal and Michener 1958): one weak bridge does not join two clusters. Of equals the first two.
    """
    count = len(alike)
    near = alike.astype(np.float64)
    np.fill_diagonal(near, -np.inf)
    cluster, size, live = np.arange(count), np.ones(count), np.ones(count, bool)
    if count < 2:
        return cluster
    best = near.argmax(1)
    most = near[np.arange(count), best]
    while True:
        one = int(np.where(live, most, -np.inf).argmax())
        if not live[one] or most[one] < stop:
            return cluster
        other = int(best[one])
        row = (near[one] * size[one] + near[other] * size[other]) / (size[one] + size[other])
        row[[one, other]] = row[~live] = -np.inf
        near[one], near[:, one] = row, row
        near[other], near[:, other] = -np.inf, -np.inf
        size[one] += size[other]
        live[other] = False
        cluster[cluster == other] = one
        best[one] = row.argmax()
        most[one] = row[best[one]]
        for at in np.flatnonzero(live & ((best == one) | (best == other) | (near[:, one] > most))):
            if at != one:
                best[at] = near[at].argmax()
                most[at] = near[at, best[at]]


@dataclass(frozen=True)
class Tellings:
    """Articles in groups that tell of the same, in the order of their ids."""

    place: Mapping[str, int]
    group: NDArray[np.intp]
    chance: Square  # [groups, groups] between groups, as a mean; [articles, articles] by `group`

    def groups(self) -> dict[str, int]:
        """Give the group of each article."""
        return {name: int(self.group[at]) for name, at in self.place.items()}


def group_tellings(tellings: Sequence[Telling], weights: Weights | None = None) -> Tellings:
    """Put articles into groups that tell of the same."""
    weights = weights or load_weights()["articles"]
    tellings = sorted(tellings, key=lambda one: one.id)
    signs = TellingSigns(tellings)
    left, right = np.triu_indices(signs.size, 1)
    alike = np.ones((signs.size, signs.size), np.float32)
    if len(left):
        alike[left, right] = alike[right, left] = _chance(weights.score(signs.signs(left, right)))
    group = link_on_average(alike, weights.stop)
    member = (group[:, None] == np.unique(group)[None, :]).astype(np.float32)
    member /= member.sum(0)
    mean = member.T @ alike @ member
    at = np.searchsorted(np.unique(group), group)
    return Tellings({one.id: number for number, one in enumerate(tellings)}, group, mean[np.ix_(at, at)])


def _chance(score: NDArray[np.float64]) -> NDArray[np.float32]:
    return (1 / (1 + np.exp(-score))).astype(np.float32)


def word_signs(words: Sequence[EventWord], tellings: Tellings) -> WordSigns:
    """Give the signs between words for events; what they are told by is their place in the list."""
    home = np.array([tellings.place[word.telling_id] for word in words], np.intp)
    return WordSigns(words, home, tellings.group, tellings.chance)


def pairs_to_score(signs: WordSigns) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the pairs that are worth a look: of one article, or of articles that may tell of the same."""
    left, right = np.triu_indices(len(signs.home), 1)
    here, there = signs.home[left], signs.home[right]
    kept = (here == there) | (signs.chance[here, there] >= LEAST_CHANCE)
    return left[kept], right[kept]


# Of the 14,294 pairs of one event across articles of ECB+ outside the dev topics 5 lie below it, of all pairs 96 %.
LEAST_CHANCE = 0.02


def chances(words: Sequence[EventWord], tellings: Tellings, weights: Weights) -> Square:
    """Give how likely each two words speak of one event, [words, words]; of pairs not worth a look, 0."""
    signs = word_signs(words, tellings)
    left, right = pairs_to_score(signs)
    alike = np.zeros((len(words), len(words)), np.float32)
    for start in range(0, len(left), _PAIRS):
        one, other = left[start : start + _PAIRS], right[start : start + _PAIRS]
        alike[one, other] = alike[other, one] = _chance(weights.score(signs.signs(one, other)))
    return alike


def with_company(alike: Square, share: float) -> Square:
    """Count, for a share, the company of two words: how far those that the one goes with go with the other.

    Shared near neighbours (Jarvis and Patrick 1973), weighed: a pair alone in its likeness is less trusted.
    """
    held = alike.sum(0)
    company = (alike @ alike) / (np.maximum(held[:, None], held[None, :]) + 1e-6)
    return np.asarray((1 - share) * alike + share * company, np.float32)


def group_words(words: Sequence[EventWord], tellings: Tellings, weights: Weights | None = None) -> dict[str, int]:
    """Give the event that each word speaks of, as a number."""
    weights = weights or load_weights()["words"]
    words = sorted(words, key=lambda word: word.id)
    alike = with_company(chances(words, tellings, weights), weights.company)
    return {word.id: int(number) for word, number in zip(words, link_on_average(alike, weights.stop), strict=True)}


@dataclass(frozen=True, slots=True)
class Share:
    """What one sign adds to the log odds that two words speak of one event."""

    sign: str
    level: str
    weight: float


def explain_pair(one: EventWord, other: EventWord, tellings: Tellings, weights: Weights | None = None) -> list[Share]:
    """Give what speaks for and against one event, the weightiest first; the weights add up to the score."""
    weights = weights or load_weights()["words"]
    signs = word_signs([one, other], tellings).signs(np.array([0]), np.array([1]))
    shares = [Share("before anything is known", "-", weights.bias)]
    shares += [Share(sign.name, sign.levels[sign.of[0]], weights.of[sign.name][sign.of[0]]) for sign in signs]
    return sorted((share for share in shares if share.level != "-" or share is shares[0]), key=lambda s: -abs(s.weight))
