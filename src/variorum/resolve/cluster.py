"""Pairs and people's verdicts → groups of mentions that are one event. No scoring here.

Invariant: two mentions that a person told apart are never in one group, whatever else was said or scored; a veto keeps
two groups apart unless a person joined them; a group hangs together by pairs that pass the threshold or by a person's
word; the groups do not depend on the order of anything given. Mentions that no pair or word leads to one another, over
others, have no bearing on each other: each such heap is grouped by itself, alone or beside others with equal result.
Average linkage, because single linkage lets one wrong pair join two events: the merge that users complain of most.
Then small steps (`moves.py`), because average linkage never takes a merge back.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Judgement
from variorum.resolve.bridges import cut_edges, parts_of, reach
from variorum.resolve.moves import Ties, improve

MATCHER = "matcher"
# Average linkage settings, in log-odds. MISSING stands for a pair that was never a candidate: nothing speaks for it.
# CLIP keeps one very strong pair from outvoting several weak ones. Set by hand on invented histories; re-run
# tests/resolve/test_cluster.py and the grouping benches after a change.
MISSING = -2.5
CLIP = 6.0
AVERAGE_NEEDED = 0.0
SURE_BRIDGE = 0.95  # a single link at least this certain is not worth a person's time


@dataclass(frozen=True, slots=True)
class Link:
    """One scored pair of mentions; left < right."""

    left: str
    right: str
    score: float  # 0..1
    logit: float  # log-odds of the same
    veto: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A merge that did not happen although something spoke for it."""

    left: str
    right: str
    score: float | None  # the matcher's, where it compared the two
    wanted_by: str  # "matcher" or the person who said SAME
    why: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """One link by which two halves of an event hang together; worth a person's look."""

    left: str
    right: str
    score: float
    sizes: tuple[int, int]  # mentions on the left's and on the right's side


@dataclass(frozen=True, slots=True)
class Grouping:
    """What clustering decided."""

    groups: tuple[tuple[str, ...], ...]  # sorted, each sorted
    refused: tuple[Refused, ...]
    bridges: tuple[Bridge, ...]


@dataclass(slots=True)
class _Tie:
    """Everything between two groups while they grow."""

    total: float = 0.0
    pairs: int = 0
    best: float = -CLIP
    veto: str | None = None


def live_verdicts(judgements: Iterable[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    """Give people's live SAME and DIFFERENT rows, one per pair and person: the last one said.

    "unsure" clears what the same person said before.
    """
    last: dict[tuple[str, str, str], Judgement] = {}
    for row in sorted(judgements, key=lambda row: (row.at, row.verdict, row.left, row.right, row.by, row.why)):
        if row.retracted is None and not row.blind and row.by != MATCHER and row.left != row.right:
            left, right = sorted((row.left, row.right))
            last[left, right, row.by] = row
    rows = [last[key] for key in sorted(last)]
    return [row for row in rows if row.verdict == "same"], [row for row in rows if row.verdict == "different"]


def cluster(
    mentions: Iterable[str],
    links: Iterable[Link],
    judgements: Iterable[Judgement],
    *,
    threshold: float,
    stepwise: bool = True,
) -> Grouping:
    """Group mentions: people's DIFFERENT first, then their SAME, then average linkage over the scored pairs, bettered.

    Without `stepwise`, average linkage is left as it is.
    """
    known = set(mentions)
    scored = [link for link in links if link.left in known and link.right in known]
    rows = [row for row in judgements if row.left in known and row.right in known]
    heaps = find_heaps(scored, rows, threshold=threshold)
    heap_of = {mention: number for number, heap in enumerate(heaps) for mention in heap}
    links_of: dict[int, list[Link]] = {}
    for link in scored:
        if heap_of.get(link.left, -1) == heap_of.get(link.right, -2):
            links_of.setdefault(heap_of[link.left], []).append(link)
    rows_of: dict[int, list[Judgement]] = {}
    for row in rows:
        if heap_of.get(row.left, -1) == heap_of.get(row.right, -2):
            rows_of.setdefault(heap_of[row.left], []).append(row)
    parts = [
        cluster_heap(heap, links_of.get(number, ()), rows_of.get(number, ()), threshold=threshold, stepwise=stepwise)
        for number, heap in enumerate(heaps)
    ]
    return join_groupings([*parts, rest_of(known, heap_of, scored, threshold=threshold)])


def rest_of(
    mentions: Iterable[str], heap_of: Mapping[str, object], links: Iterable[Link], *, threshold: float
) -> Grouping:
    """Give what lies outside heaps: mentions that stand alone, and merges between heaps that a veto refused."""
    return Grouping(
        tuple((mention,) for mention in sorted(mentions) if mention not in heap_of),
        tuple(
            Refused(link.left, link.right, link.score, MATCHER, link.veto)
            for link in links
            if link.veto is not None
            and link.score >= threshold
            and (link.left not in heap_of or heap_of[link.left] != heap_of.get(link.right))
        ),
        (),
    )


def find_heaps(links: Iterable[Link], judgements: Iterable[Judgement], *, threshold: float) -> list[list[str]]:
    """Give the heaps of two mentions and more that have a bearing on each other, sorted."""
    near: dict[str, set[str]] = {}
    joining = [(link.left, link.right) for link in links if link.score >= threshold and link.veto is None]
    for left, right in (*joining, *((row.left, row.right) for row in live_verdicts(judgements)[0])):
        near.setdefault(left, set()).add(right)
        near.setdefault(right, set()).add(left)
    return parts_of(near)


def join_groupings(parts: Iterable[Grouping]) -> Grouping:
    """Put the groupings of several heaps together."""
    rows = list(parts)
    return Grouping(
        tuple(sorted(group for row in rows for group in row.groups)),
        tuple(sorted((one for row in rows for one in row.refused), key=_refused_order)),
        tuple(sorted((one for row in rows for one in row.bridges), key=lambda row: (row.left, row.right))),
    )


def cluster_heap(
    mentions: Iterable[str],
    links: Iterable[Link],
    judgements: Iterable[Judgement],
    *,
    threshold: float,
    stepwise: bool = True,
) -> Grouping:
    """Group the mentions of one heap; links and verdicts are those inside it."""
    same, different = live_verdicts(judgements)
    ids = sorted(mentions)
    scored = {(link.left, link.right): link for link in links}
    apart: dict[str, dict[str, str]] = {}
    for row in different:
        apart.setdefault(row.left, {})[row.right] = row.by
        apart.setdefault(row.right, {})[row.left] = row.by
    group_of = {mention: mention for mention in ids}
    groups = {mention: [mention] for mention in ids}
    refused: list[Refused] = []
    for row in sorted(same, key=lambda row: (row.at, *sorted((row.left, row.right)), row.by)):
        left, right = sorted((group_of[row.left], group_of[row.right]))
        if left == right:
            continue
        against = _told_apart(groups[left], groups[right], apart)
        if against is not None:
            pair = (min(row.left, row.right), max(row.left, row.right))
            score = scored[pair].score if pair in scored else None
            refused.append(
                Refused(*pair, score, row.by, f"{against[2]} said that {against[0]} and {against[1]} differ")
            )
            continue
        _absorb(groups, group_of, left, right)
    unit_of = dict(group_of)
    units = {unit: tuple(members) for unit, members in groups.items()}
    _agglomerate(groups, group_of, list(scored.values()), apart, threshold)
    if stepwise and len(groups) < len(ids) and len(ids) > 2:
        ties = _ties(units, unit_of, scored, apart, threshold)
        better = improve(({unit_of[mention] for mention in group} for group in groups.values()), ties)
        groups = {min(group): [mention for unit in sorted(group) for mention in units[unit]] for group in better}
        group_of = {mention: key for key, group in groups.items() for mention in group}
    return Grouping(
        tuple(sorted(tuple(sorted(group)) for group in groups.values())),
        tuple(
            sorted([*refused, *_refused_links(scored.values(), group_of, groups, apart, threshold)], key=_refused_order)
        ),
        tuple(_bridges(groups, group_of, scored.values(), same, threshold)),
    )


def _ties(
    units: Mapping[str, Sequence[str]],
    unit_of: Mapping[str, str],
    scored: Mapping[tuple[str, str], Link],
    apart: Mapping[str, Mapping[str, str]],
    threshold: float,
) -> Ties:
    """Sum the links up between what people joined."""
    ties = Ties(MISSING, {unit: len(members) for unit, members in units.items()})
    for pair in sorted(scored):
        link = scored[pair]
        left, right = unit_of[link.left], unit_of[link.right]
        if left != right:
            logit = max(-CLIP, min(CLIP, link.logit))
            joins = link.veto is None and link.score >= threshold
            ties.add(left, right, logit, joins=joins, bars=link.veto is not None)
    for mention, others in apart.items():
        for other in others:
            ties.bar(unit_of[mention], unit_of[other])
    return ties


def _refused_order(row: Refused) -> tuple[str, str, str, str]:
    return (row.left, row.right, row.wanted_by, row.why)


def _told_apart(
    left: Collection[str], right: Collection[str], apart: Mapping[str, Mapping[str, str]]
) -> tuple[str, str, str] | None:
    """Give the first pair across two groups that a person told apart, and who did."""
    others = set(right)
    for mention in sorted(left):
        for other in sorted(apart.get(mention, ())):
            if other in others:
                return mention, other, apart[mention][other]
    return None


def _absorb(groups: dict[str, list[str]], group_of: dict[str, str], left: str, right: str) -> None:
    """Put group `right` into group `left`; left < right, so a group keeps its smallest mention as its key."""
    for mention in groups[right]:
        group_of[mention] = left
    groups[left].extend(groups.pop(right))


def _agglomerate(
    groups: dict[str, list[str]],
    group_of: dict[str, str],
    links: Sequence[Link],
    apart: Mapping[str, Mapping[str, str]],
    threshold: float,
) -> None:
    """Merge the closest two groups while one pair passes the threshold and the average of all pairs speaks for it."""
    ties: dict[str, dict[str, _Tie]] = {key: {} for key in groups}
    needed = {link.logit for link in links if link.score >= threshold}
    if not needed:
        return
    least = min(needed)
    for link in sorted(links, key=lambda link: (link.left, link.right)):
        left, right = group_of[link.left], group_of[link.right]
        if left == right:
            continue
        tie = ties[left].get(right)
        if tie is None:
            tie = ties[left][right] = ties[right][left] = _Tie()
        tie.total += max(-CLIP, min(CLIP, link.logit))
        tie.pairs += 1
        if link.veto is None:
            tie.best = max(tie.best, link.logit)
        else:
            tie.veto = tie.veto or link.veto
    for mention, others in apart.items():
        for other in others:
            if mention in group_of and other in group_of:
                left, right = group_of[mention], group_of[other]
                tie = ties[left].get(right)
                if tie is None:
                    tie = ties[left][right] = ties[right][left] = _Tie()
                tie.veto = "told apart"
    heap: list[tuple[float, str, str]] = []

    def average(left: str, right: str, tie: _Tie) -> float:
        pairs = len(groups[left]) * len(groups[right])
        # Rounded, so that sums taken in another order cannot break a tie another way.
        return round((tie.total + MISSING * (pairs - tie.pairs)) / pairs, 9)

    def consider(left: str, right: str, tie: _Tie) -> None:
        if tie.veto is None and tie.best >= least:
            mean = average(left, right, tie)
            if mean >= AVERAGE_NEEDED:
                heapq.heappush(heap, (-mean, min(left, right), max(left, right)))

    for left in sorted(ties):
        for right, tie in ties[left].items():
            if left < right:
                consider(left, right, tie)
    while heap:
        mean, left, right = heapq.heappop(heap)
        if left not in groups or right not in groups:
            continue
        tie = ties[left].get(right)
        if tie is None or tie.veto is not None or average(left, right, tie) != -mean:
            continue
        _absorb(groups, group_of, left, right)
        del ties[left][right]
        for other, moved in ties.pop(right).items():
            if other == left:
                continue
            del ties[other][right]
            kept = ties[left].get(other)
            if kept is None:
                ties[left][other] = ties[other][left] = moved
            else:
                kept.total += moved.total
                kept.pairs += moved.pairs
                kept.best = max(kept.best, moved.best)
                kept.veto = kept.veto or moved.veto
        for other in sorted(ties[left]):
            consider(left, other, ties[left][other])


def _refused_links(
    links: Iterable[Link],
    group_of: Mapping[str, str],
    groups: Mapping[str, Sequence[str]],
    apart: Mapping[str, Mapping[str, str]],
    threshold: float,
) -> list[Refused]:
    """List the pairs that the matcher would join and that stayed apart, with what kept them apart."""
    found: list[Refused] = []
    for link in links:
        left, right = group_of[link.left], group_of[link.right]
        if left == right or link.score < threshold:
            continue
        if link.veto is not None:
            why = link.veto
        else:
            against = _told_apart(groups[left], groups[right], apart)
            if against is not None:
                why = f"{against[2]} said that {against[0]} and {against[1]} differ"
            else:
                why = "the other mentions of the two events speak against it"
        found.append(Refused(link.left, link.right, link.score, MATCHER, why))
    return found


def _bridges(
    groups: Mapping[str, Sequence[str]],
    group_of: Mapping[str, str],
    links: Iterable[Link],
    same: Iterable[Judgement],
    threshold: float,
) -> list[Bridge]:
    """Find, in each group, the joining pairs without which it would fall into two parts of two or more mentions."""
    near: dict[str, dict[str, float]] = {}
    for link in links:
        if link.score >= threshold and link.veto is None and group_of[link.left] == group_of[link.right]:
            near.setdefault(link.left, {})[link.right] = link.score
            near.setdefault(link.right, {})[link.left] = link.score
    for row in same:
        if group_of.get(row.left) is not None and group_of.get(row.left) == group_of.get(row.right):
            near.setdefault(row.left, {})[row.right] = 1.0
            near.setdefault(row.right, {})[row.left] = 1.0
    found: list[Bridge] = []
    for group in groups.values():
        if len(group) < 4:
            continue
        for left, right, below in cut_edges(min(group), near):
            reached = len(reach(min(group), near))
            score = near[left][right]
            if score < SURE_BRIDGE and 2 <= below <= reached - 2:
                a, b = (left, right) if left < right else (right, left)
                sizes = (reached - below, below) if left < right else (below, reached - below)
                found.append(Bridge(a, b, score, sizes))
    return sorted(found, key=lambda row: (row.left, row.right))
