"""How far reviewers agree, kind by kind and pair by pair: the share of equal words and Cohen's kappa.

Method: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
37-46. Categories are the words themselves; "unsure" is one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from variorum.ledger import Ledger
from variorum.pipeline.spoken import KINDS, Thing, Word, find_spoken


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on one kind of thing."""

    kind: str
    left: str  # reviewers, sorted
    right: str
    items: int  # that both decided
    agreed: float  # 0..1, share of them with equal words
    kappa: float | None  # None where it is undefined: both used one and the same category only


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two reviewers differ."""

    thing: Thing
    left: Word
    right: Word


def kappa(words: Sequence[tuple[str, str]]) -> float | None:
    """Give Cohen's kappa of pairs of categories; None for no pair, and where chance alone gives full agreement."""
    if not words:
        return None
    count = len(words)
    observed = sum(one == other for one, other in words) / count
    first, second = Counter(one for one, _ in words), Counter(other for _, other in words)
    # In whole numbers, so that agreement by chance alone is met exactly.
    chance = sum(first[category] * second[category] for category in first)
    if chance == count * count:
        return None
    expected = chance / (count * count)
    return (observed - expected) / (1 - expected)


def find_agreement(ledger: Ledger) -> tuple[list[Agreement], list[Difference]]:
    """Give the figures of every kind and two reviewers who decided the same things, and the things they differ on.

    One decision on several claims of one place counts once.
    """
    pairs: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    differences: list[Difference] = []
    counted: set[tuple[int, int]] = set()
    spoken = find_spoken(ledger, ledger.doubts().props)
    for thing in sorted(spoken):
        for left, right in combinations(sorted(spoken[thing]), 2):
            one, other = spoken[thing][left], spoken[thing][right]
            if (one.act, other.act) in counted:
                continue
            counted.add((one.act, other.act))
            pairs.setdefault((thing.kind, left, right), []).append((one.says, other.says))
            if one.says != other.says:
                differences.append(Difference(thing, one, other))
    order: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}
    rows = [
        Agreement(kind, left, right, len(words), sum(one == other for one, other in words) / len(words), kappa(words))
        for (kind, left, right), words in pairs.items()
    ]
    rows.sort(key=lambda row: (order.get(row.kind, len(order)), row.kind, row.left, row.right))
    differences.sort(key=lambda row: (order.get(row.thing.kind, len(order)), row.left.number, row.right.number))
    return rows, differences
