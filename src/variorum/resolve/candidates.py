"""Which pairs of mentions are worth comparing: those near in time, place and kind; never all pairs. No weighing here.

Invariant: the pairs do not depend on the order of the views, each mention is in a bounded number of them as the one who
asked, and what a bound cut off is reported.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from variorum.resolve.compare import COMMON_KINDS, OPPOSITE_KINDS
from variorum.resolve.nearness import AREAS
from variorum.resolve.view import Extent, MentionView
from variorum.schema import load_schema

# Days before its printing in which an event without a stated date is looked for: news and its follow-ups; a
# monthly round-up states its dates.
PRINT_WINDOW = 10
# Pairs that one mention may ask for, and members of one block that it looks at: with 2,000 mentions of one country the
# median mention has 11 candidates, so that the bound only cuts the least alike.
PAIRS_PER_MENTION = 40
BLOCK_LIMIT = 400
STORY_MENTIONS = 4  # a report of more events than these is a round-up, and its words are not one event's
FULL_COMPARISON = 60  # mentions that hang together, up to which every pair of them is compared: 1,770 pairs
LONG_DAYS = 370  # a date vaguer than a year says nothing that could find a partner
CELL_DEGREES = 1.0  # about 111 km: towns within reach of each other lie in one cell or in neighbours

Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """Pairs of one mention that were left out because it had too many."""

    mention: str
    left_out: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, and what the bounds left out."""

    pairs: tuple[tuple[str, str], ...]  # sorted, left < right
    cut: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class _Probe:
    """One mention as the index sees it."""

    view: MentionView
    window: tuple[int, int] | None  # days on which it can have happened; None when open
    marks: frozenset[Key]  # what is particular about it


@cache
def kinds_meet(left: str, right: str) -> bool:
    """Tell whether mentions of two kinds can be one event."""
    return frozenset({left, right}) not in OPPOSITE_KINDS and load_schema().compatible(left, right)


def find_candidates(views: Iterable[MentionView], *, pairs_per_mention: int = PAIRS_PER_MENTION) -> Candidates:
    """Find the pairs near in time, place and kind, the most alike first where a mention has too many."""
    probes = sorted((_make_probe(view) for view in views), key=_block_order)
    blocks: dict[Key, list[int]] = {}
    for index, probe in enumerate(probes):
        for key in set(_emitted(probe)):
            blocks.setdefault(key, []).append(index)
    wanted: set[tuple[str, str]] = set()
    cut: list[Cut] = []
    for index, probe in enumerate(probes):
        near = {
            other
            for key in set(_probed(probe))
            for other in _around(blocks.get(key, ()), index)
            if other != index and _may_meet(probe, probes[other])
        }
        best = heapq.nsmallest(
            pairs_per_mention, near, key=lambda other: (-_likeness(probe, probes[other]), probes[other].view.id)
        )
        if len(near) > len(best):
            cut.append(Cut(probe.view.id, len(near) - len(best)))
        for other in best:
            pair = probe.view.id, probes[other].view.id
            wanted.add(pair if pair[0] < pair[1] else (pair[1], pair[0]))
    return Candidates(tuple(sorted(wanted)), tuple(sorted(cut, key=lambda row: row.mention)))


def find_missing_pairs(
    joining: Iterable[tuple[str, str]], known: Collection[tuple[str, str]], *, largest: int = FULL_COMPARISON
) -> list[tuple[str, str]]:
    """Give the pairs not yet compared between mentions that hang together by joining pairs.

    Whether a group is one event is a matter of all its pairs, so a pair that the blocks passed over is no guess.
    """
    near: dict[str, list[str]] = {}
    for left, right in joining:
        near.setdefault(left, []).append(right)
        near.setdefault(right, []).append(left)
    compared = set(known)
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for start in sorted(near):
        if start in seen:
            continue
        seen.add(start)
        members = [start]
        for member in members:  # grows while it is walked
            for other in near[member]:
                if other not in seen:
                    seen.add(other)
                    members.append(other)
        if len(members) <= largest:
            found.extend(pair for pair in combinations(sorted(members), 2) if pair not in compared)
    return found


def _block_order(probe: _Probe) -> tuple[int, int, str]:
    return (*(probe.window or (0, 0)), probe.view.id)


def _around(block: Sequence[int], index: int) -> Sequence[int]:
    """Give a block, or of a crowded one the part nearest in time (blocks are sorted by time)."""
    if len(block) <= BLOCK_LIMIT:
        return block
    start = max(0, min(bisect_left(block, index) - BLOCK_LIMIT // 2, len(block) - BLOCK_LIMIT))
    return block[start : start + BLOCK_LIMIT]


def _make_probe(view: MentionView) -> _Probe:
    spans = [stated.days for stated in view.dates]
    window = None
    if spans and all(days.known and days.width <= LONG_DAYS for days in spans):
        window = min(days.low or 0 for days in spans) - 1, max(days.high or 0 for days in spans) + 1
    elif not any(days.known for days in spans) and view.published is not None:
        window = view.published - PRINT_WINDOW, view.published
    return _Probe(view, window, frozenset(_marks(view)))


def _marks(view: MentionView) -> Iterator[Key]:
    """Give what is particular about a mention: enough to find a partner when time or place is open."""
    for extent in view.places:
        if extent.feature != "country":
            yield "place", extent.id if extent.lat is not None else extent.name.casefold()
        if extent.admin1 and view.kind not in COMMON_KINDS:
            yield "rare kind", view.kind, extent.admin1
    for value in view.munitions:
        yield "munitions", value
    for value in view.distances:
        yield "distance", value
    for prop, figures in view.tolls.items():
        for _, value in figures:
            if value not in ("0", "1"):
                yield prop, value
    for name in view.actors | view.targets:
        yield "name", name
    for value in view.weapons:
        yield "weapon", value
    for word in heapq.nlargest(6, view.words, key=lambda word: (view.words[word], word)):
        yield "word", word
    if view.siblings <= STORY_MENTIONS:
        for word in heapq.nlargest(8, view.story.words, key=lambda word: (view.story.words[word], word)):
            yield "story", word


def _times(probe: _Probe) -> list[int]:
    """Give the week numbers of the window."""
    if probe.window is None:
        return []
    return list(range(probe.window[0] // 7, probe.window[1] // 7 + 1))


def _is_open(probe: _Probe) -> bool:
    return probe.window is None


def _is_placed(probe: _Probe) -> bool:
    return any(extent.lat is not None for extent in probe.view.places)


def _emitted(probe: _Probe) -> Iterator[Key]:
    """Give the keys under which a mention can be found."""
    weeks = _times(probe)
    for mark in probe.marks:
        yield "any", *mark
        for week in weeks:
            yield week, *mark
    for extent in probe.view.places:
        for key in _place_keys(extent):
            for week in weeks:
                yield week, *key


def _probed(probe: _Probe) -> Iterator[Key]:
    """Give the keys under which a mention looks for others."""
    if _is_open(probe):
        for mark in probe.marks:
            yield "any", *mark
        return
    weeks = _times(probe)
    for mark in probe.marks:
        if mark[0] == "story" or not _is_placed(probe):
            for week in weeks:
                yield week, *mark
    for extent in probe.view.places:
        for key in _place_probes(extent):
            for week in weeks:
                yield week, *key


def _cell(extent: Extent) -> tuple[int, int]:
    return int((extent.lat or 0.0) // CELL_DEGREES), int((extent.lon or 0.0) // CELL_DEGREES)


def _place_keys(extent: Extent) -> Iterator[Key]:
    if extent.feature == "country":
        yield "country", extent.country
        return
    if extent.lat is not None:
        yield "cell", *_cell(extent)
    if extent.admin1:
        yield ("area" if extent.feature in AREAS else "town in"), extent.country, extent.admin1
    if extent.country:
        yield "in country", extent.country


def _place_probes(extent: Extent) -> Iterator[Key]:
    """Look at neighbouring cells and at the areas that contain or are contained; one direction of a pair is enough."""
    if extent.country:
        yield "country", extent.country
    if extent.feature == "country":
        return
    if extent.lat is not None:
        row, column = _cell(extent)
        for down in (-1, 0, 1):
            for across in (-1, 0, 1):
                yield "cell", row + down, column + across
    if extent.admin1:
        yield "area", extent.country, extent.admin1
        if extent.feature in AREAS:
            yield "town in", extent.country, extent.admin1
    elif extent.feature in AREAS and extent.country:
        yield "in country", extent.country


def _may_meet(one: _Probe, other: _Probe) -> bool:
    if not kinds_meet(one.view.kind, other.view.kind):
        return False
    if not _windows_meet(one.window, other.window):
        return False
    if one.view.article_id == other.view.article_id:
        # The reader told them apart: only equal figures of some size make it worth asking again.
        return one.view.kind == other.view.kind and any(
            mark[0] in ("munitions", "killed", "injured") for mark in one.marks & other.marks
        )
    return True


def _windows_meet(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


_LIKENESS = {"place": 2.0, "munitions": 3.0, "distance": 2.0, "name": 1.0, "weapon": 0.5, "word": 1.0}


def _likeness(one: _Probe, other: _Probe) -> float:
    """Give a cheap rank of how much two mentions have in common."""
    score = 0.0
    for mark in one.marks & other.marks:
        score += _LIKENESS.get(str(mark[0]), 2.0)
    if one.view.kind == other.view.kind:
        score += 0.5
    if one.view.root == other.view.root:
        score += 1.0
    if one.window is not None and other.window is not None:
        shared = min(one.window[1], other.window[1]) - max(one.window[0], other.window[0]) + 1
        longest = max(one.window[1] - one.window[0], other.window[1] - other.window[0]) + 1
        score += 2.0 * shared / longest
    return score
