"""Pairs of mentions → links with a score, here or in other processes. What a pair weighs is decided in `compare.py`.

Invariant: a link follows from its two mentions alone, so who scores it, when and beside which others changes nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from variorum.resolve.candidates import Pair
from variorum.resolve.cluster import Link
from variorum.resolve.compare import weigh
from variorum.resolve.view import MentionView

SHARD = 20_000  # pairs that one process scores in one go: about two seconds
WORTH_SHARING = 100_000  # pairs under which starting processes takes longer than scoring here


def score_pairs(views: Mapping[str, MentionView], pairs: Collection[Pair], *, workers: int = 1) -> list[Link]:
    """Score pairs of mentions, sorted; with several workers a large number of them is shared out among processes."""
    if workers < 2 or len(pairs) < WORTH_SHARING:
        return _score(views, sorted(pairs))
    # A fork inherits the views and copies nothing, but also the locks that other threads of this process may hold.
    if sys.platform == "linux" and threading.active_count() == 1:
        found = _score_forked(views, sorted(pairs), workers)
    else:
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            found = [link for links in pool.map(_score_shard, _shards(views, pairs), chunksize=1) for link in links]
    return sorted(found, key=lambda link: (link.left, link.right))


_inherited: Mapping[str, MentionView] = {}  # what forked processes score from


def _score_forked(views: Mapping[str, MentionView], pairs: Sequence[Pair], workers: int) -> list[Link]:
    global _inherited
    _inherited = views
    shards = [pairs[start : start + SHARD] for start in range(0, len(pairs), SHARD)]
    fork = multiprocessing.get_context("fork")
    try:
        # Without a collector, which would write to every page that is inherited, and so copy it.
        with ProcessPoolExecutor(workers, mp_context=fork, initializer=gc.disable) as pool:
            return [link for links in pool.map(_score_inherited, shards, chunksize=1) for link in links]
    finally:
        _inherited = {}


def _score_inherited(pairs: Sequence[Pair]) -> list[Link]:
    return _score(_inherited, pairs)


def _score(views: Mapping[str, MentionView], pairs: Iterable[Pair]) -> list[Link]:
    links = []
    for left, right in pairs:
        weighed = weigh(views[left], views[right])
        links.append(Link(left, right, weighed.score, weighed.logit, weighed.veto))
    return links


Shard = tuple[list[MentionView], list[Pair]]


def _shards(views: Mapping[str, MentionView], pairs: Iterable[Pair]) -> Iterator[Shard]:
    """Cut pairs, in the order of their printing, so that the mentions of one shard are few; claims stay here."""
    order = sorted(pairs, key=lambda pair: (views[pair[0]].published or 0, pair))
    for start in range(0, len(order), SHARD):
        shard = order[start : start + SHARD]
        needed = sorted({mention for pair in shard for mention in pair})
        yield [replace(views[mention], claims=()) for mention in needed], shard


def _score_shard(shard: Shard) -> Sequence[Link]:
    return _score({view.id: view for view in shard[0]}, shard[1])
