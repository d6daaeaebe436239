"""Which pairs of mentions are worth comparing: those near in time, place and kind, or alike; never all pairs.

Blocks (`blocks.py`) say who could meet whom, a cheap guess (`ranking.py`) which of them are most alike.
Invariant: the pairs follow from the mentions alone, not from the order or the batches in which they came; each mention
asks for a bounded number of them, and what a bound cut off is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from variorum.resolve.blocks import Blocks, distinct
from variorum.resolve.laid import Share
from variorum.resolve.probe import Sheet, kind_codes, lay_out, stack
from variorum.resolve.ranking import meeting_kinds
from variorum.resolve.shards import cut_shards, keep_best, search, worth_comparing
from variorum.resolve.view import MentionView

Array = NDArray[Any]
Pair = tuple[str, str]  # mention ids, left < right

# Pairs that one mention may ask for, the most alike first. On the made collections and the even half of Gun Violence
# Archive: `python -m bench growth`.
PAIRS_PER_MENTION = 12
BATCH = 20_000  # mentions laid out in one go


@dataclass(frozen=True, slots=True)
class Cut:
    """What one mention was not compared with because there was too much of it."""

    mention: str
    left_out: int  # mentions that it met and that others surpass in likeness
    unseen: int = 0  # members of crowded blocks that it did not even look at, counted for each block


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, and what the bounds left out."""

    pairs: tuple[Pair, ...]  # sorted
    cut: tuple[Cut, ...]  # sorted


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the pairs when mentions came or went."""

    gained: frozenset[Pair]
    lost: frozenset[Pair]


def kinds_meet(left: str, right: str) -> bool:
    """Tell whether mentions of two kinds can be one event."""
    codes = kind_codes()
    return bool(meeting_kinds()[codes[left], codes[right]])


def find_candidates(views: Iterable[MentionView], *, pairs_per_mention: int = PAIRS_PER_MENTION) -> Candidates:
    """Find the pairs near in time, place and kind, the most alike first where a mention has too many."""
    near = Neighbours(pairs_per_mention)
    near.add(list(views))
    return Candidates(tuple(sorted(near.pairs())), tuple(near.cut()))


class Neighbours:
    """For each mention those most like it, kept up as mentions come and go.

    After any additions and removals it holds what one call with the mentions that remain would have found.
    """

    def __init__(self, pairs_per_mention: int = PAIRS_PER_MENTION, share: Share = map) -> None:
        """Begin without mentions; `share` may look for those of many in other processes."""
        self._share = share
        self._most = pairs_per_mention
        self._sheet: Sheet = lay_out([])
        self._blocks = Blocks.empty()
        self._ids: list[str] = []
        self._row: dict[str, int] = {}
        self._near: Array = np.zeros((0, pairs_per_mention), np.int32)  # rows of others, the most alike first; -1
        self._like: Array = np.zeros((0, pairs_per_mention), np.int32)  # their guesses
        self._met: Array = np.zeros(0, np.int64)  # how many were met that pass the least guess; -1 not known any more

    def __len__(self) -> int:
        """Give the number of mentions."""
        return len(self._row)

    def __contains__(self, mention: str) -> bool:
        """Tell whether a mention is among them."""
        return mention in self._row

    def add(self, views: Sequence[MentionView]) -> Changed:
        """Take mentions in. Raises ValueError for one that is in already."""
        known = [view.id for view in views if view.id in self._row]
        if known:
            raise ValueError(f"{known[0]} is in already")
        views = sorted(views, key=lambda view: view.id)
        sheets = [lay_out(views[start : start + BATCH]) for start in range(0, len(views), BATCH)]
        return self.add_laid([view.id for view in views], stack(sheets) if sheets else lay_out([]))

    def add_laid(self, ids: Sequence[str], sheet: Sheet) -> Changed:
        """Take mentions in that are laid out: sorted, none of them in already."""
        first = len(self._ids)
        self._row.update((id, first + number) for number, id in enumerate(ids))
        self._ids.extend(ids)
        self._sheet = self._sheet.joined(sheet) if first else sheet
        self._near = np.concatenate((self._near, np.full((len(ids), self._most), -1, np.int32)))
        self._like = np.concatenate((self._like, np.zeros((len(ids), self._most), np.int32)))
        self._met = np.concatenate((self._met, np.zeros(len(ids), np.int64)))
        self._blocks, at = self._blocks.added(self._sheet)
        self._sheet = self._sheet.without_entries()
        if not first:
            return self._search()
        fresh = np.zeros(len(self._ids), np.bool_)
        rows, others = self._blocks.lost_sight(at)
        self._met[rows] = self._met[others] = -1
        for one, other in ((rows, others), (others, rows)):
            fresh[one[(self._near[one] == other[:, None]).any(axis=1)]] = True
        fresh[first:] = True
        return self._renew(fresh)

    def _search(self) -> Changed:
        """Ask for the first time, for all: shard by shard."""
        for rows, near, like, met in self._share(search, cut_shards(self._sheet, self._blocks, self._most)):
            self._near[rows], self._like[rows], self._met[rows] = near, like, met
        pairs = _codes(self._near, np.arange(len(self._near)))
        return Changed(self._named(pairs), frozenset())

    def remove(self, ids: Collection[str]) -> Changed:
        """Let mentions go; those that are not in are passed over."""
        gone = np.zeros(len(self._ids), np.bool_)
        for id in set(ids) & self._row.keys():
            gone[self._row.pop(id)] = True
        for _, others in self._blocks.meetings(gone):
            self._met[others] = -1
        fresh = self._blocks.gaining_sight(gone)
        fresh |= (gone[self._near] & (self._near >= 0)).any(axis=1)
        self._blocks = self._blocks.without(gone)
        return self._renew(fresh & ~gone, gone)

    def pairs(self) -> set[Pair]:
        """Give all pairs to compare."""
        return set(self._named(_codes(self._near, np.arange(len(self._near)))))

    def cut(self) -> list[Cut]:
        """Give what each mention was not compared with, by mention."""
        unsure = (self._met < 0) & (self._near[:, -1] >= 0)
        self._met[unsure] = 0
        for rows, _, _ in self._meetings(unsure):
            self._met += np.bincount(rows, minlength=len(self._met))
        left_out = np.where(self._near[:, -1] >= 0, self._met - self._most, 0)
        at = np.arange(len(self._blocks.row))
        unseen = np.bincount(self._blocks.row, self._blocks.unseen(at), len(self._ids)).astype(np.int64)
        found = [
            Cut(self._ids[row], int(left_out[row]), int(unseen[row]))
            for row in np.flatnonzero((left_out > 0) | (unseen > 0)).tolist()
        ]
        return sorted(found, key=lambda row: row.mention)

    def _meetings(self, wanted: Array) -> Iterator[tuple[Array, Array, Array]]:
        """Give whom the wanted rows meet and are worth comparing with: row, other, guess; all of a row together."""
        return worth_comparing(self._sheet, self._blocks.meetings(wanted))

    def _renew(self, fresh: Array, gone: Array | None = None) -> Changed:
        """Ask anew for the fresh rows, put them to those that they meet, and say which pairs that changes."""
        before = self._near.copy()
        for emptied in (fresh, gone):
            if emptied is not None:
                self._near[emptied] = -1
                self._met[emptied] = 0
        for rows, others, likes in self._meetings(fresh):
            self._met += np.bincount(rows, minlength=len(self._met))
            back = ~fresh[others]
            met = distinct(others[back])
            self._met[met] = -1
            which, place = np.nonzero(self._near[met] >= 0)
            kept = met[which], self._near[met][which, place], self._like[met][which, place]
            keep_best(
                self._sheet,
                (self._near, self._like),
                np.concatenate((rows, others[back], kept[0])),
                np.concatenate((others, rows[back], kept[1])),
                np.concatenate((likes, likes[back], kept[2])),
            )
        changed = np.flatnonzero((before != self._near).any(axis=1))
        was, now = _codes(before, changed), _codes(self._near, changed)
        return Changed(
            self._named(_absent(np.setdiff1d(now, was), before)),
            self._named(_absent(np.setdiff1d(was, now), self._near)),
        )

    def _named(self, codes: Array) -> frozenset[Pair]:
        """Give pairs of rows as pairs of mentions."""
        ids = self._ids
        named = ((ids[one], ids[other]) for one, other in zip((codes >> 32).tolist(), (codes & 0xFFFFFFFF).tolist()))
        return frozenset((one, other) if one < other else (other, one) for one, other in named)


def _codes(near: Array, rows: Array) -> Array:
    """Give the pairs of some rows with those near them, each once."""
    which, place = np.nonzero(near[rows] >= 0)
    one, other = rows[which].astype(np.int64), near[rows][which, place].astype(np.int64)
    return distinct(np.minimum(one, other) << 32 | np.maximum(one, other))


def _absent(codes: Array, near: Array) -> Array:
    """Give the pairs of which neither holds the other near."""
    one, other = codes >> 32, codes & 0xFFFFFFFF
    held = (near[one] == other[:, None]).any(axis=1) | (near[other] == one[:, None]).any(axis=1)
    absent: Array = codes[~held]
    return absent
