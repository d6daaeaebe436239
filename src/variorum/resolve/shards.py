"""Candidates by shards: mentions of one stretch of time and one part of the map, with all that they could meet.

Invariant: who sees whom, in crowded blocks too, is decided on the whole index before it is cut; so the pairs that the
shards give together are those of one pass, however many shards there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.blocks import Blocks, Sight, distinct, spread
from variorum.resolve.probe import OPEN, Sheet
from variorum.resolve.ranking import guess, may_meet

Array = NDArray[Any]

HOME = 4_000  # mentions of one shard, without those that they could meet: about a second
SLICE_DAYS = 28  # of one stretch of time: two buckets of the index
CELL_DEGREES = 5.0  # of one part of the map: several provinces
LEAST_GUESS = -300  # the guess under which no pair is worth asking for, in hundredths of log-odds


@dataclass(frozen=True)
class Shard:
    """Some mentions, what they see, and all whom they see."""

    rows: Array  # int64, of all mentions of the shard in the whole, in its order
    home: Array  # int64, in the shard: those whose candidates are looked for
    sight: Sight
    sheet: Sheet  # of this shard, without keys
    most: int  # candidates of a mention


def cut_shards(sheet: Sheet, blocks: Blocks, most: int) -> Iterator[Shard]:
    """Cut a collection into shards by time and place, each with its overlap: those whom its mentions see elsewhere."""
    placed = sheet.what[:, 0] > 0
    north = np.where(placed, np.floor(sheet.lat[:, 0] / CELL_DEGREES), OPEN)
    east = np.where(placed, np.floor(sheet.lon[:, 0] / CELL_DEGREES), OPEN)
    order = np.lexsort((east, north, sheet.low // SLICE_DAYS))
    keys, starts = blocks.by_row()
    for start in range(0, len(order), HOME):
        home = np.sort(order[start : start + HOME])
        keyed = home[home < len(starts) - 1]
        _, at = spread(starts[keyed], starts[keyed + 1])
        sight, seen = blocks.sight(keys[at]).cut_out()
        rows = distinct(np.concatenate((seen, home)))  # who has no key sees not even itself
        sight = replace(sight, row=np.searchsorted(rows, seen)[sight.row].astype(np.int32))
        yield Shard(rows, np.searchsorted(rows, home), sight, sheet.taken(rows), most)


def search(shard: Shard) -> tuple[Array, Array, Array, Array]:
    """Give the rows at home, those most like each of them (-1 for none), the guesses, and how many each met."""
    size = len(shard.sheet)
    near, like = np.full((size, shard.most), -1, np.int32), np.zeros((size, shard.most), np.int32)
    met = np.zeros(size, np.int64)
    for rows, others, likes in worth_comparing(shard.sheet, shard.sight.meetings()):
        met += np.bincount(rows, minlength=size)
        keep_best(shard.sheet, (near, like), rows, others, likes)
    home = shard.home
    found = np.where(near[home] >= 0, shard.rows[near[home]], -1).astype(np.int32)
    return shard.rows[home], found, like[home], met[home]


def worth_comparing(sheet: Sheet, meetings: Iterable[tuple[Array, Array]]) -> Iterator[tuple[Array, Array, Array]]:
    """Yield those of the pairs who meet that are worth comparing: row, other, guess; all of a row together."""
    for rows, others in meetings:
        met = may_meet(sheet, rows, others)
        rows, others = rows[met], others[met]
        likes = guess(sheet, rows, others)
        worth = likes >= LEAST_GUESS
        yield rows[worth], others[worth], likes[worth]


def keep_best(sheet: Sheet, kept: tuple[Array, Array], rows: Array, others: Array, likes: Array) -> None:
    """Note for each row the others most like it, in `kept`: near (rows of others) and like (guesses)."""
    near, like = kept
    order = np.lexsort((others, sheet.tie[others], -likes, rows))
    rows, others, likes = rows[order], others[order], likes[order]
    once = np.ones(len(rows), np.bool_)
    once[1:] = (rows[1:] != rows[:-1]) | (others[1:] != others[:-1])
    rows, others, likes = rows[once], others[once], likes[once]
    new = np.ones(len(rows), np.bool_)
    new[1:] = rows[1:] != rows[:-1]
    starts = np.flatnonzero(new)
    rank = np.arange(len(rows)) - np.repeat(starts, np.diff(np.append(starts, len(rows))))
    near[rows[new]] = -1
    best = rank < near.shape[1]
    near[rows[best], rank[best]] = others[best]
    like[rows[best], rank[best]] = likes[best]
