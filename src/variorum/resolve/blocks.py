"""An index of mentions by key: who stands under one key with whom. No ranking and no views here.

Two mentions meet where they share a key and one of them asks by it. Of a crowded block each sees the WINDOW nearest on
either side in the order of its hash codes, where passages alike in meaning stand together, as in an LSH forest (Bawa,
Condie and Ganesan 2005).
Invariant: who meets whom follows from the mentions that are in the index, not from when or with whom they came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.probe import BITS, Sheet

Array = NDArray[Any]

LIMIT = 64  # members of a block that see all others of it
WINDOW = 24  # in a larger one, how far each sees to either side
CHUNK = 1_000_000  # pairs looked at in one go: some 50 MB


def spread(starts: Array, ends: Array) -> tuple[Array, Array]:
    """Write out ranges: for every number of every range, the index of the range and the number."""
    sizes = np.maximum(ends - starts, 0)
    which = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return which, np.arange(len(which)) - np.repeat(before - starts, sizes)


def distinct(numbers: Array) -> Array:
    """Give whole numbers sorted, each once; numpy's own goes by a hash table, ten times slower on millions."""
    ordered = np.sort(numbers)
    new = np.ones(len(ordered), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    found: Array = ordered[new]
    return found


@dataclass
class Blocks:
    """All keys of all mentions, sorted by key, hash code and digest of the mention."""

    key: Array  # uint64
    tie: Array  # uint32
    row: Array  # int32
    asks: Array  # bool

    @classmethod
    def empty(cls) -> Blocks:
        """Give an index of nothing."""
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.bool_))

    def __post_init__(self) -> None:
        """Find where each block begins and ends."""
        block = self.key >> np.uint64(BITS)
        new = np.ones(len(block), np.bool_)
        new[1:] = block[1:] != block[:-1]
        starts = np.flatnonzero(new)
        self.block = np.cumsum(new) - 1
        self.starts = starts
        self.ends = np.append(starts[1:], len(block))

    def added(self, sheet: Sheet) -> tuple[Blocks, Array]:
        """Give the index with the keys of more mentions, and the places in it that are new."""
        tie = sheet.tie[sheet.entry_row]
        order = np.lexsort((tie, sheet.entry_key))
        key, tie = sheet.entry_key[order], tie[order]
        row, asks = sheet.entry_row[order], sheet.entry_asks[order]
        low = np.searchsorted(self.key, key, "left")
        high = np.searchsorted(self.key, key, "right")
        for at in np.flatnonzero(high > low):  # one code: passages alike to the last bit, most often reprints
            low[at] += np.searchsorted(self.tie[low[at] : high[at]], tie[at])
        grown = Blocks(
            np.insert(self.key, low, key),
            np.insert(self.tie, low, tie),
            np.insert(self.row, low, row),
            np.insert(self.asks, low, asks),
        )
        return grown, low + np.arange(len(low))

    def lost_sight(self, new: Array) -> tuple[Array, Array]:
        """Give the pairs of rows that the keys at the places `new` pushed out of each other's sight, both ways alike.

        A pair may still meet under another key.
        """
        is_new = np.zeros(len(self.row), np.bool_)
        is_new[new] = True
        old = np.flatnonzero(~is_new)
        rank = np.concatenate(([0], np.cumsum(~is_new)))  # of a place among those that were there before
        block = distinct(self.block[new])
        start, end = self.starts[block], self.ends[block]
        was = rank[end] - rank[start]
        block = block[(end - start > LIMIT) & (was > 0)]
        if not len(block):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        start, end = self.starts[block], self.ends[block]
        crowded_before = np.zeros(len(self.starts), np.bool_)
        crowded_before[block] = rank[end] - rank[start] > LIMIT
        near = new[crowded_before[self.block[new]]]
        of = self.block[near]
        _, at = spread(np.maximum(self.starts[of], near - WINDOW), np.minimum(self.ends[of], near + WINDOW + 1))
        _, all_of = spread(start[~crowded_before[block]], end[~crowded_before[block]])
        at = distinct(np.concatenate((at, all_of)))
        at = at[self.asks[at] & ~is_new[at]]
        of = self.block[at]
        first, last = rank[self.starts[of]], rank[self.ends[of]]
        low = np.where(crowded_before[of], np.maximum(first, rank[at] - WINDOW), first)
        high = np.where(crowded_before[of], np.minimum(last, rank[at] + WINDOW + 1), last)
        seen_from, seen_to = self.reach(at)
        left, right = spread(low, rank[seen_from])
        more, later = spread(rank[seen_to], high)
        pairs = np.concatenate((left, more)), np.concatenate((right, later))
        return self.row[at[pairs[0]]], self.row[old[pairs[1]]]

    def gaining_sight(self, gone: Array) -> Array:
        """Tell which rows may see others that they did not, once the rows for which `gone` is true have left."""
        at = self.entries(gone)
        size = self.ends - self.starts
        left = size - np.bincount(self.block[at], minlength=len(size))
        crowded = size > LIMIT
        near = at[crowded[self.block[at]]]
        of = self.block[near]
        _, seen = spread(np.maximum(self.starts[of], near - WINDOW), np.minimum(self.ends[of], near + WINDOW + 1))
        emptied = np.flatnonzero(crowded & (left <= LIMIT))
        _, others = spread(self.starts[emptied], self.ends[emptied])
        seen = np.concatenate((seen, others))
        found = np.zeros(len(gone), np.bool_)
        found[self.row[seen[self.asks[seen]]]] = True
        return found

    def without(self, gone: Array) -> Blocks:
        """Give the index without the rows for which `gone` is true."""
        kept = ~gone[self.row]
        return Blocks(self.key[kept], self.tie[kept], self.row[kept], self.asks[kept])

    def entries(self, rows: Array) -> Array:
        """Give the places of all keys of the rows for which `rows` is true."""
        return np.flatnonzero(rows[self.row])

    def reach(self, at: Array) -> tuple[Array, Array]:
        """Give from where to where each place sees."""
        block = self.block[at]
        start, end = self.starts[block], self.ends[block]
        crowded = end - start > LIMIT
        low = np.where(crowded, np.maximum(start, at - WINDOW), start)
        return low, np.where(crowded, np.minimum(end, at + WINDOW + 1), end)

    def unseen(self, at: Array) -> Array:
        """Give how many members of the block of each place by which it asks lie out of its sight."""
        low, high = self.reach(at)
        block = self.block[at]
        return np.where(self.asks[at], self.ends[block] - self.starts[block] - (high - low), 0)

    def meetings(self, rows: Array) -> Iterator[tuple[Array, Array]]:
        """Yield whom the rows for which `rows` is true meet: row and other, each pair once, all of a row together."""
        at = self.entries(rows)
        return self.sight(at[np.argsort(self.row[at], kind="stable")]).meetings()

    def by_row(self) -> tuple[Array, Array]:
        """Give the places of all keys, row after row, and where those of each row begin; the end is one more."""
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.row))))
        return np.argsort(self.row, kind="stable").astype(np.int32), starts

    def sight(self, at: Array) -> Sight:
        """Give all that is seen from places of keys, given row after row."""
        return Sight(self.row, self.asks, at, *self.reach(at))


@dataclass(frozen=True)
class Sight:
    """What some rows see of an index: all of it, or no more than they see."""

    row: Array  # int32, of the index
    asks: Array  # bool, of the index
    at: Array  # places of the keys of those who look, row after row
    low: Array  # from where each of these places sees
    high: Array  # and to where

    def cut_out(self) -> tuple[Sight, Array]:
        """Give the same on rows of their own and no others, and which rows of the index these are, in its order."""
        if not len(self.at):
            return self, self.row[:0]
        order = np.argsort(self.low, kind="stable")
        low, high = self.low[order], np.maximum.accumulate(self.high[order])
        new = np.ones(len(low), np.bool_)
        new[1:] = low[1:] > high[:-1]
        ends = np.append(np.flatnonzero(new)[1:], len(low)) - 1
        _, seen = spread(low[new], high[ends])
        rows = distinct(self.row[seen])
        row = np.searchsorted(rows, self.row[seen]).astype(np.int32)
        starts = np.searchsorted(seen, self.low)
        return Sight(row, self.asks[seen], np.searchsorted(seen, self.at), starts, starts + self.high - self.low), rows

    def meetings(self) -> Iterator[tuple[Array, Array]]:
        """Yield who meets whom: row and other, each pair once, all of a row together."""
        if not len(self.at):
            return
        asked = np.concatenate(([0], np.cumsum(self.asks)))
        askers = np.flatnonzero(self.asks)
        ends = np.append(np.flatnonzero(np.diff(self.row[self.at])) + 1, len(self.at))  # of the keys of each row
        looked = np.cumsum(self.high - self.low)[ends - 1]
        done = 0
        while done < len(ends):
            before = looked[done - 1] if done else 0
            upto = max(int(np.searchsorted(looked, before + CHUNK)), done + 1)
            yield self._met(slice(ends[done - 1] if done else 0, ends[upto - 1]), asked, askers)
            done = upto

    def _met(self, some: slice, asked: Array, askers: Array) -> tuple[Array, Array]:
        at, low, high = self.at[some], self.low[some], self.high[some]
        asks = self.asks[at]
        one, other = spread(low[asks], high[asks])
        pairs = [(self.row[at[asks]][one], self.row[other])]
        one, other = spread(asked[low[~asks]], asked[high[~asks]])
        pairs.append((self.row[at[~asks]][one], self.row[askers[other]]))
        left = np.concatenate([pair[0] for pair in pairs]).astype(np.int64)
        right = np.concatenate([pair[1] for pair in pairs]).astype(np.int64)
        codes = distinct((left << 32 | right)[left != right])
        return codes >> 32, codes & 0xFFFFFFFF
