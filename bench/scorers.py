"""The standard measures of clusters against people's own: MUC, B³, CEAFe, their mean (CoNLL F1), and LEA.

Definitions of the reference scorer, version 8 (Pradhan et al. 2014): an item that only one side has stays in that
side's cluster and never meets the other side's, so a spurious item costs precision and a missed one recall.
Invariant: nothing depends on the order of clusters or items, nor on the names of clusters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np

Item = TypeVar("Item", bound=Hashable)
Cluster = frozenset[Item]
Share = tuple[float, float]  # what is right, of how much


def group(clusters: Mapping[Item, Hashable]) -> list[Cluster[Item]]:
    """Turn item → name of its cluster into the clusters."""
    held: dict[Hashable, set[Item]] = defaultdict(set)
    for item, name in clusters.items():
        held[name].add(item)
    return [frozenset(items) for items in held.values()]


def _home(clusters: Sequence[Cluster[Item]]) -> dict[Item, int]:
    return {item: at for at, cluster in enumerate(clusters) for item in cluster}


def _muc(of: Sequence[Cluster[Item]], other: Sequence[Cluster[Item]]) -> Share:
    """Links kept when each cluster is cut up by the other side (Vilain et al. 1995)."""
    home = _home(other)
    kept = asked = 0
    for cluster in of:
        parts = len({home[item] for item in cluster if item in home}) + sum(item not in home for item in cluster)
        kept += len(cluster) - parts
        asked += len(cluster) - 1
    return kept, asked


def _b_cubed(of: Sequence[Cluster[Item]], other: Sequence[Cluster[Item]]) -> Share:
    """For each item, which share of its cluster is also with it on the other side (Bagga and Baldwin 1998)."""
    home = _home(other)
    kept = 0.0
    for cluster in of:
        kept += sum(n * n for n in Counter(home[item] for item in cluster if item in home).values()) / len(cluster)
    return kept, sum(len(cluster) for cluster in of)


def _lea(of: Sequence[Cluster[Item]], other: Sequence[Cluster[Item]]) -> Share:
    """Share of each cluster's links found, weighed by its size; a lone item links to itself (Moosavi, Strube 2016)."""
    home = _home(other)
    kept = 0.0
    for cluster in of:
        if len(cluster) == 1:
            kept += sum(item in home and len(other[home[item]]) == 1 for item in cluster)
            continue
        meets = Counter(home[item] for item in cluster if item in home).values()
        links = sum(n * (n - 1) // 2 for n in meets)
        kept += len(cluster) * links / (len(cluster) * (len(cluster) - 1) // 2)
    return kept, sum(len(cluster) for cluster in of)


def _ceaf_e(of: Sequence[Cluster[Item]], other: Sequence[Cluster[Item]]) -> Share:
    """Likeness of clusters under the best one-to-one pairing of them, of how many clusters (φ4 of Luo 2005)."""
    home = _home(other)
    met: dict[int, dict[int, float]] = {}
    for at, cluster in enumerate(of):
        shared = Counter(home[item] for item in cluster if item in home)
        if shared:
            met[at] = {to: 2 * n / (len(cluster) + len(other[to])) for to, n in shared.items()}
    return sum(_best_pairing(part) for part in _apart(met)), len(of)


def _apart(met: Mapping[int, Mapping[int, float]]) -> Iterable[dict[int, Mapping[int, float]]]:
    """Give the parts of a bipartite graph that share no cluster: each is paired by itself, which keeps it small."""
    of_column: dict[int, list[int]] = defaultdict(list)
    for row, columns in met.items():
        for column in columns:
            of_column[column].append(row)
    seen: set[int] = set()
    for first in met:
        if first in seen:
            continue
        seen.add(first)
        part, todo = [], [first]
        while todo:
            row = todo.pop()
            part.append(row)
            fresh = {near for column in met[row] for near in of_column[column]} - seen
            seen |= fresh
            todo += sorted(fresh)
        yield {row: met[row] for row in part}


def _best_pairing(met: Mapping[int, Mapping[int, float]]) -> float:
    """Give the greatest total of a one-to-one pairing of rows to columns."""
    columns = sorted({column for row in met.values() for column in row})
    place = {column: at for at, column in enumerate(columns)}
    gain = np.zeros((len(met), len(columns)))
    for at, row in enumerate(met.values()):
        for column, value in row.items():
            gain[at, place[column]] = value
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    return float(sum(gain[row, column] for row, column in _assign(-gain)))


def _assign(cost: np.ndarray) -> list[tuple[int, int]]:
    """Pair each row with a column of its own at least total cost (Kuhn-Munkres by shortest augmenting paths)."""
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    held = np.full(columns, -1)  # the row that holds a column
    for start in range(rows):
        least, came = np.full(columns, np.inf), np.full(columns, -1)
        done = np.zeros(columns, bool)
        row, at = start, -1
        while True:
            slack = cost[row] - row_price[row] - column_price
            better = ~done & (slack < least)
            least[better], came[better] = slack[better], at
            nearest = int(np.where(done, np.inf, least).argmin())
            step = least[nearest]
            row_price[start] += step
            row_price[held[done]] += step
            column_price[done] -= step
            least[~done] -= step
            done[nearest] = True
            at = nearest
            if held[at] < 0:
                break
            row = int(held[at])
        while at >= 0:
            before = int(came[at])
            held[at] = held[before] if before >= 0 else start
            at = before
    return [(int(row), column) for column, row in enumerate(held) if row >= 0]


MEASURES: dict[str, Callable[[Sequence[Cluster[Item]], Sequence[Cluster[Item]]], Share]] = {
    "muc": _muc,
    "b3": _b_cubed,
    "ceafe": _ceaf_e,
    "lea": _lea,
}
CONLL = ("muc", "b3", "ceafe")


def _both(kept: Share, right: Share) -> dict[str, float]:
    recall = kept[0] / kept[1] if kept[1] else 0.0
    precision = right[0] / right[1] if right[1] else 0.0
    total = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / total if total else 0.0}


def measure(name: str, predicted: Mapping[Item, Hashable], gold: Mapping[Item, Hashable]) -> dict[str, float]:
    """Give precision, recall and f1 (0 to 1) of item → cluster by one of `MEASURES`."""
    told, true = group(predicted), group(gold)
    return _both(MEASURES[name](true, told), MEASURES[name](told, true))


def b_cubed(predicted: Mapping[Item, Hashable], gold: Mapping[Item, Hashable]) -> dict[str, float]:
    """Give B³ precision, recall and f1 (0 to 1) of item → cluster."""
    return measure("b3", predicted, gold)


def conll(predicted: Mapping[Item, Hashable], gold: Mapping[Item, Hashable]) -> dict[str, float]:
    """Give F1 (0 to 1) by each measure, and `conll`, the mean of MUC, B³ and CEAFe."""
    figures = {name: measure(name, predicted, gold)["f1"] for name in MEASURES}
    return {"conll": sum(figures[name] for name in CONLL) / len(CONLL), **figures}
