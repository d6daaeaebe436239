"""Which articles are worth comparing for copies: those that share runs of words or a sketch. Never all pairs.

Invariant: the pairs follow from the set of imprints, and there is a bounded number of them for each article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.gather.imprints import MIN_TRIPLES, Imprint
from variorum.gather.shingles import PERMUTATIONS

Array = NDArray[Any]
BAND = 4  # values a band: 32 bands of 4 find a pair of Jaccard .4 with 57 %, of .6 with 99 %; anchors find the rest
SMALL_BUCKET = 10  # articles that share one anchor: up to here all pairs are looked at
NEIGHBOURS = 3  # in a larger bucket: with this many before it in time, and with as many of the earliest
MAX_CANDIDATES = 24  # an article's best by shared anchors; bounds the work at 20,000 articles
FEW_ANCHORS = 40  # of a short text; below this one shared anchor is enough
AT_ONCE = 2_000_000  # anchors looked at in one go: some 80 MB


def find_alike(imprints: Sequence[Imprint]) -> list[tuple[int, int]]:
    """Give the pairs worth comparing by their places in `imprints`, which are in order of their keys; sorted."""
    found = [_by_anchors(imprints), *(_pairs(*bucket) for bucket in _by_sketch(imprints))]
    codes = np.unique(np.concatenate(found))
    return list(zip((codes >> 32).tolist(), (codes & 0xFFFFFFFF).tolist()))


def _by_anchors(imprints: Sequence[Imprint]) -> Array:
    """Give the pairs that share most anchors, as codes: left << 32 | right."""
    sizes = np.array([len(one.anchors) // 4 for one in imprints], np.int64)
    slices = max(1, -(-int(sizes.sum()) // AT_ONCE))
    edges = np.linspace(0, 2**32, slices + 1).astype(np.uint64)
    codes, times = np.zeros(0, np.int64), np.zeros(0, np.int64)
    for low, high in pairwise(edges):
        more = np.unique(_pairs(*_anchors_between(imprints, low, high)), return_counts=True)
        codes, where = np.unique(np.concatenate((codes, more[0])), return_inverse=True)
        times = np.bincount(where, np.concatenate((times, more[1])), len(codes)).astype(np.int64)
    left, right = codes >> 32, codes & 0xFFFFFFFF
    order = np.lexsort((left, -times, right))
    right = right[order]
    first = np.flatnonzero(np.concatenate(([True], right[1:] != right[:-1]))) if len(right) else right
    rank = np.arange(len(right)) - np.repeat(first, np.diff(np.append(first, len(right))))
    kept = order[(rank < MAX_CANDIDATES) & ((times[order] > 1) | (sizes[right] < FEW_ANCHORS))]
    best: Array = codes[kept]
    return best


def _anchors_between(imprints: Sequence[Imprint], low: np.uint64, high: np.uint64) -> tuple[Array, Array]:
    """Give the anchors of one stretch and whose they are: anchor after anchor, each with its articles in order."""
    keys: list[Array] = []
    sizes: list[int] = []
    for one in imprints:
        anchors = np.frombuffer(one.anchors, np.uint32)
        first, last = np.searchsorted(anchors, (low, high))  # sorted, so a stretch of them is a slice
        keys.append(anchors[first:last])
        sizes.append(int(last - first))
    key = np.concatenate([np.zeros(0, np.uint32), *keys])
    place = np.repeat(np.arange(len(sizes), dtype=np.int64), sizes)
    order = np.argsort(key, kind="stable")
    return key[order], place[order]


def _pairs(key: Array, place: Array) -> Array:
    """Give the pairs of places that share a key, each time they do, as codes; of a crowded one the nearest in order."""
    new = np.ones(len(key), np.bool_)
    new[1:] = key[1:] != key[:-1]
    starts = np.flatnonzero(new)
    size = np.diff(np.append(starts, len(key)))
    at = np.flatnonzero(np.repeat(size > 1, size))
    first = np.repeat(starts, size)[at]
    crowded = np.repeat(size, size)[at] > SMALL_BUCKET
    near = np.where(crowded, np.maximum(first, at - NEIGHBOURS), first)
    earliest = np.where(crowded, np.minimum(near, first + NEIGHBOURS), first)
    found = []
    for low, high in ((near, at), (first, earliest)):
        sizes = high - low
        right = np.repeat(at, sizes)
        left = np.arange(len(right)) - np.repeat(np.cumsum(sizes) - sizes - low, sizes)
        found.append(place[left] << 32 | place[right])
    codes: Array = np.concatenate(found)
    return codes


def _by_sketch(imprints: Sequence[Imprint]) -> Iterator[tuple[Array, Array]]:
    """Yield what agrees in a band of the MinHash signature, and short texts that are the same: keys and places."""
    long = np.array([place for place, one in enumerate(imprints) if one.size >= MIN_TRIPLES], np.int64)
    if len(long):
        signatures = np.frombuffer(b"".join(imprints[place].sketch for place in long.tolist()), np.uint64)
        signatures = signatures.reshape(len(long), PERMUTATIONS // 2)
        for start in range(0, PERMUTATIONS // 2, BAND // 2):
            low, high = signatures[:, start], signatures[:, start + 1]
            order = np.lexsort((high, low))
            new = np.ones(len(order), np.bool_)
            new[1:] = (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])
            yield np.cumsum(new), long[order]
    same: dict[bytes, list[int]] = defaultdict(list)
    for place, one in enumerate(imprints):
        if 0 < one.size < MIN_TRIPLES:
            same[one.sketch].append(place)
    numbers = [number for number, places in enumerate(same.values()) for _ in places]
    yield np.array(numbers, np.int64), np.array([place for places in same.values() for place in places], np.int64)
