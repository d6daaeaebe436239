"""Measures how linking and grouping grow: seconds, pairs and recall on made collections of 3,000 mentions and more.

`VARIORUM_GROWTH=10000,100000,1000000` measures other sizes. Timed are candidates, comparison, clustering and names, on
two cores; laying out views and settling values, which grow with the mentions alone, are told apart. Times are those of
the clock: measure on a machine that does nothing else.
"""

from __future__ import annotations

import math
import os
import resource
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.scorers import b_cubed
from bench.varied import War, World, load_moulds, make_world
from variorum.resolve.candidates import Pair
from variorum.resolve.cluster import cluster
from variorum.resolve.compare import load_weights
from variorum.resolve.identity import identify
from variorum.resolve.incremental import Standing
from variorum.resolve.scoring import score_pairs
from variorum.resolve.view import MentionView, make_views
from variorum.values.gazetteer import open_gazetteer

SIZES = (3_000, 10_000, 30_000)
LATER = 0.01  # share of the mentions that come when the others are linked: 1,000 to 100,000
CORES = 2
# So many events, 8,000 a year, as UCDP lists of a heavy year in such countries; with these words changed, of the pairs
# that the matcher would join 95 of 100 are right, as on the even half of the Gun Violence Archive reports (93).
WORLD = War(events_a_day=0.15, changed=0.9)
NOW = "2031-05-03T10:00:00Z"


def run(_: Path) -> dict[str, Any]:
    """Measure on collections made by `bench.varied`; no data is read."""
    asked = os.environ.get("VARIORUM_GROWTH")
    sizes = [int(size) for size in asked.split(",")] if asked else list(SIZES)
    load_moulds()
    metrics: dict[str, float] = {}
    baseline: dict[str, float] = {}
    seconds: dict[int, float] = {}
    lines: list[str] = []
    for size in sorted(sizes):
        world = make_world(size, war=WORLD)
        start = time.perf_counter()
        views = make_views(world.articles, world.mentions, world.claims, world.copies, gazetteer=open_gazetteer())
        laid_out = time.perf_counter() - start
        views.sort(key=lambda view: view.order)
        worked = sum(os.times()[:4])
        standing, seconds[size], added, names = _time(views)
        worked = sum(os.times()[:4]) - worked
        share = added / seconds[size]
        links = standing.links()
        metrics[f"seconds_{_short(size)}"] = round(seconds[size], 2)
        metrics["add_share"] = round(share, 4)
        metrics["pairs_per_mention"] = round(len(links) / len(views), 2)
        metrics["candidate_recall"] = round(_recall(world, {(link.left, link.right) for link in links}), 4)
        metrics["b3_f1"] = _b3(world, standing.grouping().groups)
        if size <= max(SIZES):
            alone = cluster(world.event_of, links, (), threshold=load_weights()["join"], stepwise=False)
            baseline["b3_f1"] = _b3(world, alone.groups)  # average linkage that takes nothing back
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        lines.append(
            f"{size:>9,} mentions: views {laid_out:.1f} s; links and groups {seconds[size]:.1f} s, names {names:.1f} s;"
            f" {round(LATER * size):,} more {added:.2f} s; all processes worked {worked:.1f} s; {memory:.1f} GB"
        )
    if len(seconds) > 1:
        metrics["exponent"] = round(_slope(seconds), 3)
    metrics["mentions_a_second"] = round(max(seconds) / seconds[max(seconds)])
    return {"n": max(seconds), "metrics": metrics, "baseline": baseline, "report": lines}


def _short(size: int) -> str:
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k"


def _time(views: Sequence[MentionView]) -> tuple[Standing, float, float, float]:
    """Give what stands, and the seconds of linking and grouping with names, of the last mentions, of names alone."""
    later = max(1, round(LATER * len(views)))
    standing = Standing(partial(score_pairs, workers=CORES))
    start = time.perf_counter()
    standing.add(views[:-later])
    identity = time.perf_counter()
    identify(standing.grouping().groups, (), {}, now=NOW)
    end = time.perf_counter()
    standing.add(views[-later:])
    return standing, end - start, time.perf_counter() - end, end - identity


def _recall(world: World, pairs: Collection[Pair]) -> float:
    """Give the share of the pairs of mentions of one event that were compared."""
    events: dict[int, list[str]] = defaultdict(list)
    for mention, number in world.event_of.items():
        events[number].append(mention)
    found = total = 0
    for group in events.values():
        for pair in combinations(sorted(group), 2):
            total += 1
            found += pair in pairs
    return found / total


def _b3(world: World, groups: Sequence[Sequence[str]]) -> float:
    predicted = {mention: number for number, group in enumerate(groups) for mention in group}
    gold: Mapping[str, int] = world.event_of
    return round(b_cubed(predicted, gold)["f1"], 4)


def _slope(seconds: Mapping[int, float]) -> float:
    """Give the exponent of growth: the slope of seconds over mentions, both in logarithms."""
    points = [(math.log(size), math.log(spent)) for size, spent in seconds.items()]
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / sum((x - middle[0]) ** 2 for x, _ in points)
