"""How far reviewers agree, kind by kind and pair by pair: the share of equal words and Cohen's kappa.

Method: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
37-46. Categories are the words themselves; "unsure" is one of them. Of each person the independent word counts, said
blind, else first, so that talking a difference over makes no agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from variorum.ledger import Ledger
from variorum.pipeline.spoken import KINDS, UNSURE, Thing, Word, find_spoken, independent


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
    settled: Word | None = None  # the last open word since both had spoken


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

    Two decisions on several claims of one place, or on parts of one sum, meet once: they differ where any part does.
    """
    met: dict[tuple[object, ...], Difference] = {}
    spoken = find_spoken(ledger, ledger.doubts().props)
    for thing in sorted(spoken):
        words = independent(spoken[thing])
        for left, right in combinations(sorted(words), 2):
            one, other = words[left], words[right]
            key = (thing.kind, thing.name, one.act, other.act) if thing.is_part else (thing, left, right)
            if key not in met or (one.says != other.says and met[key].left.says == met[key].right.says):
                met[key] = Difference(thing, one, other, _settled(spoken[thing], one, other))
    pairs: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in met.values():
        pairs.setdefault((row.thing.kind, row.left.by, row.right.by), []).append((row.left.says, row.right.says))
    order: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}
    rows = [
        Agreement(kind, left, right, len(words), sum(one == other for one, other in words) / len(words), kappa(words))
        for (kind, left, right), words in pairs.items()
    ]
    rows.sort(key=lambda row: (order.get(row.kind, len(order)), row.kind, row.left, row.right))
    differences = [row for row in met.values() if row.left.says != row.right.says]
    differences.sort(
        key=lambda row: (order.get(row.thing.kind, len(order)), row.left.act, row.right.act, row.left.number)
    )
    return rows, differences


def _settled(words: Sequence[Word], one: Word, other: Word) -> Word | None:
    """Give the last open word after both had spoken; who is unsure settles nothing."""
    since = words[max(words.index(one), words.index(other)) + 1 :]
    return next((word for word in reversed(since) if not word.blind and word.says != UNSURE), None)
