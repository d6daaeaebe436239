"""Links and groups kept up while mentions come and go. No settling and no names here.

Invariant: after any additions, removals and verdicts the links and groups are those that one pass over the mentions and
verdicts that stand would have given. What is compared and grouped anew is only what the change can reach: pairs that
appear or go, and the heaps of mentions in which such a pair or a verdict lies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from variorum.model import Judgement
from variorum.resolve.bridges import parts_of
from variorum.resolve.candidates import PAIRS_PER_MENTION, Changed, Cut, Neighbours, Pair
from variorum.resolve.cluster import Grouping, Link, cluster_heap, join_groupings, live_verdicts, rest_of
from variorum.resolve.compare import load_weights
from variorum.resolve.laid import Laid, Share
from variorum.resolve.scoring import score_pairs
from variorum.resolve.view import MentionView

FULL_COMPARISON = 60  # mentions that hang together, up to which every pair of them is compared: 1,770 pairs
# Links of a heap from which it is worth sending elsewhere: a second of grouping; of smaller ones there are thousands,
# and what they hold takes as long to send as to group.
LARGE_HEAP = 5_000
Scorer = Callable[[Mapping[str, MentionView], Collection[Pair]], Sequence[Link]]


@dataclass(frozen=True, slots=True)
class Heap:
    """Mentions that have a bearing on each other, and what became of them."""

    members: tuple[str, ...]  # sorted
    completed: Mapping[Pair, Link]  # links beyond the candidates, since all pairs of what hangs together count
    grouping: Grouping


class Standing:
    """The links between mentions and the groups that follow, as they stand.

    A mention whose view changed is removed and added again.
    """

    def __init__(
        self,
        score: Scorer = score_pairs,
        *,
        known: Mapping[Pair, Link] | None = None,
        pairs_per_mention: int = PAIRS_PER_MENTION,
        share: Share = map,
    ) -> None:
        """Begin without mentions; `known` are links scored before, of mentions whose views have not changed since.

        `share` may look for candidates, and group, in other processes.
        """
        self._score = score
        self._share = share
        self._known = known or {}
        self._join: float = load_weights()["join"]
        self._near = Neighbours(pairs_per_mention, share)
        self._views: Mapping[str, MentionView] = dict[str, MentionView]()
        self._links: dict[Pair, Link] = {}  # of candidates
        self._linked: dict[str, set[str]] = {}
        self._judged: dict[str, list[Judgement]] = {}
        self._same: dict[str, set[str]] = {}
        self._heaps: dict[str, Heap] = {}  # by the least member
        self._heap_of: dict[str, str] = {}

    def add(self, views: Iterable[MentionView]) -> frozenset[str]:
        """Take mentions in; gives the mentions whose groups were worked out anew. ValueError for one already in."""
        new = list(views)
        changed = self._near.add(new)
        self._own_views().update((view.id, view) for view in new)
        return self._follow(changed, {view.id for view in new})

    def begin(self, laid: Laid) -> frozenset[str]:
        """Take in the first mentions, laid out; gives what `add` does. ValueError where some are in."""
        if self._views:
            raise ValueError(f"{next(iter(self._views))} is in already")
        changed = self._near.add_laid(laid.ids, laid.sheet)
        self._views = laid.views
        return self._follow(changed, set(laid.ids))

    def _own_views(self) -> dict[str, MentionView]:
        """Give the views to be changed; those that came packed are opened for good."""
        if not isinstance(self._views, dict):
            self._views = dict(self._views)
        return self._views

    def remove(self, mentions: Collection[str]) -> frozenset[str]:
        """Let mentions go; gives the mentions whose groups were worked out anew."""
        gone = set(mentions) & self._views.keys()
        changed = self._near.remove(gone)
        views = self._own_views()
        for mention in gone:
            del views[mention]
        return self._follow(changed, gone)

    def judge(self, judgements: Iterable[Judgement]) -> frozenset[str]:
        """Make these the verdicts of people; gives the mentions whose groups were worked out anew."""
        judged: dict[str, list[Judgement]] = {}
        same: dict[str, set[str]] = {}
        rows = sorted((row for row in judgements if not row.blind), key=repr)
        for row in rows:
            judged.setdefault(row.left, []).append(row)
            judged.setdefault(row.right, []).append(row)
        for row in live_verdicts(rows)[0]:
            same.setdefault(row.left, set()).add(row.right)
            same.setdefault(row.right, set()).add(row.left)
        before = self._judged
        touched = {
            mention for mention in judged.keys() | before.keys() if judged.get(mention) != before.get(mention)
        } & self._views.keys()
        self._judged, self._same = judged, same
        return self._follow(Changed(frozenset(), frozenset()), touched)

    def links(self) -> list[Link]:
        """Give every link, sorted."""
        found = [*self._links.values(), *(link for heap in self._heaps.values() for link in heap.completed.values())]
        return sorted(found, key=lambda link: (link.left, link.right))

    def grouping(self) -> Grouping:
        """Give the groups of all mentions, and the merges refused."""
        rest = rest_of(self._views, self._heap_of, self._links.values(), threshold=self._join)
        return join_groupings([*(heap.grouping for heap in self._heaps.values()), rest])

    def cut(self) -> list[Cut]:
        """Give what each mention was not compared with."""
        return self._near.cut()

    def _follow(self, changed: Changed, touched: set[str]) -> frozenset[str]:
        """Score what is new, and group anew what it reaches."""
        lost = [self._links[pair] for pair in changed.lost]
        for link in lost:
            del self._links[link.left, link.right]
            self._linked[link.left].discard(link.right)
            self._linked[link.right].discard(link.left)
        gained = self._scored(changed.gained - self._links.keys(), {})
        for link in gained:
            self._links[link.left, link.right] = link
            self._linked.setdefault(link.left, set()).add(link.right)
            self._linked.setdefault(link.right, set()).add(link.left)
        # A link too weak to join two heaps has no bearing on either.
        for link in (*lost, *gained):
            home = self._heap_of.get(link.left)
            if self._joins(link) or (home is not None and home == self._heap_of.get(link.right)):
                touched |= {link.left, link.right}
        touched.update(other for one in list(touched) for other in self._same.get(one, ()))
        old = [self._heaps.pop(key) for key in {self._heap_of[one] for one in touched if one in self._heap_of}]
        for heap in old:
            for member in heap.members:
                del self._heap_of[member]
        touched.update(member for heap in old for member in heap.members)
        touched &= self._views.keys()
        known = {pair: link for heap in old for pair, link in heap.completed.items()}
        known.update({(link.left, link.right): link for link in lost})
        self._heap_up(touched, known)
        return frozenset(touched)

    def _scored(self, pairs: Collection[Pair], known: Mapping[Pair, Link]) -> list[Link]:
        found = [known.get(pair) or self._known.get(pair) for pair in pairs]
        missing = [pair for pair, link in zip(pairs, found) if link is None]
        return [*(link for link in found if link is not None), *self._score(self._views, missing)]

    def _heap_up(self, mentions: Collection[str], known: Mapping[Pair, Link]) -> None:
        """Find the heaps of some mentions, complete their links and group them."""
        near = {mention: self._wanted(mention) for mention in mentions}
        members = parts_of({mention: others for mention, others in near.items() if others})
        missing = [self._missing(heap) for heap in members]
        scored = {(link.left, link.right): link for link in self._scored([p for row in missing for p in row], known)}
        rows = [
            (heap, self._links_within(heap), [scored[pair] for pair in pairs], self._judged_within(heap), self._join)
            for heap, pairs in zip(members, missing)
        ]
        for heap, grouping in zip(rows, self._grouped(rows)):
            completed = {(link.left, link.right): link for link in heap[2]}
            self._heaps[heap[0][0]] = Heap(tuple(heap[0]), completed, grouping)
            self._heap_of.update(dict.fromkeys(heap[0], heap[0][0]))

    def _grouped(self, heaps: Sequence[Unit]) -> list[Grouping]:
        """Group heaps, in the order given: the large ones, each by itself, wherever there is room."""
        large = [place for place, heap in enumerate(heaps) if len(heap[1]) + len(heap[2]) >= LARGE_HEAP]
        found = dict(zip(large, self._share(group_heap, [heaps[place] for place in large])))
        return [found[place] if place in found else group_heap(heap) for place, heap in enumerate(heaps)]

    def _links_within(self, heap: Sequence[str]) -> list[Link]:
        return [self._links[pair] for pair in self._pairs_within(heap, set(heap))]

    def _judged_within(self, heap: Sequence[str]) -> list[Judgement]:
        inside = set(heap)
        return [row for one in heap for row in self._judged.get(one, ()) if row.left == one and row.right in inside]

    def _joins(self, link: Link) -> bool:
        return link.veto is None and link.score >= self._join

    def _wanted(self, mention: str) -> set[str]:
        """Give those that the matcher or a person would join with a mention."""
        found = {other for other in self._linked.get(mention, ()) if self._joins(self._links[_pair(mention, other)])}
        return found | (self._same.get(mention, set()) & self._views.keys())

    def _pairs_within(self, heap: Sequence[str], inside: set[str]) -> list[Pair]:
        return [(one, other) for one in heap for other in self._linked.get(one, ()) if one < other and other in inside]

    def _missing(self, heap: Sequence[str]) -> list[Pair]:
        """Give the pairs not yet compared of what hangs together by joining links.

        Whether a group is one event is a matter of all its pairs, so a pair that the blocks passed over is no guess.
        """
        near: dict[str, set[str]] = {}
        for pair in self._pairs_within(heap, set(heap)):
            if self._joins(self._links[pair]):
                near.setdefault(pair[0], set()).add(pair[1])
                near.setdefault(pair[1], set()).add(pair[0])
        return [
            pair
            for together in parts_of(near)
            if len(together) <= FULL_COMPARISON
            for pair in combinations(together, 2)
            if pair not in self._links
        ]


Unit = tuple[Sequence[str], Sequence[Link], Sequence[Link], Sequence[Judgement], float]


def group_heap(heap: Unit) -> Grouping:
    """Group one heap: its members, the links of candidates, those beyond, what people said, and the threshold."""
    members, links, beyond, judgements, threshold = heap
    return cluster_heap(members, [*links, *beyond], judgements, threshold=threshold)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
