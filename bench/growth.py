"""Measures how linking and grouping grow: seconds, pairs and recall on made collections of 3,000 mentions and more.

`VARIORUM_GROWTH=10000,100000,1000000` measures other sizes. Timed are candidates, comparison, clustering and names, on
two cores; laying out views and settling values, which grow with the mentions alone, are told apart. `seconds_` are
those of the clock, `work_` what all processes worked; the exponent and the share of later mentions are of work, which
other programs on the machine raise but do not bend.
"""

from __future__ import annotations

import math
import os
import resource
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.moulds import load_moulds
from bench.scorers import b_cubed
from bench.varied import War, World, make_world
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
    work: dict[int, float] = {}
    lines: list[str] = []
    for size in sorted(sizes):
        world = make_world(size, war=WORLD)
        start = time.perf_counter()
        views = make_views(world.articles, world.mentions, world.claims, world.copies, gazetteer=open_gazetteer())
        laid_out = time.perf_counter() - start
        views.sort(key=lambda view: view.order)
        standing, linked, named, later = _time(views)
        work[size] = linked.worked + named.worked
        links = standing.links()
        metrics[f"seconds_{_short(size)}"] = round(linked.seconds + named.seconds, 2)
        metrics[f"work_{_short(size)}"] = round(work[size], 2)
        metrics["add_share"] = round(later.worked / work[size], 4)
        metrics["pairs_per_mention"] = round(len(links) / len(views), 2)
        metrics["candidate_recall"] = round(_recall(world, {(link.left, link.right) for link in links}), 4)
        metrics["b3_f1"] = _b3(world, standing.grouping().groups)
        if size <= max(SIZES):
            alone = cluster(world.event_of, links, (), threshold=load_weights()["join"], stepwise=False)
            baseline["b3_f1"] = _b3(world, alone.groups)  # average linkage that takes nothing back
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        lines.append(
            f"{size:>9,} mentions: views {laid_out:.1f} s; links and groups {linked.seconds:.1f} s"
            f" ({linked.worked:.1f} s of work); names {named.seconds:.1f} s; {round(LATER * size):,} more"
            f" {later.seconds:.2f} s ({later.worked:.2f} s of work); {memory:.1f} GB"
        )
    if len(work) > 1:
        metrics["exponent"] = round(_slope(work), 3)
    return {"n": max(work), "metrics": metrics, "baseline": baseline, "report": lines}


@dataclass(frozen=True)
class Spent:
    """What a stretch of work took."""

    seconds: float  # by the clock
    worked: float  # of all processes


def _now() -> tuple[float, float]:
    return time.perf_counter(), sum(os.times()[:4])


def _since(start: tuple[float, float]) -> Spent:
    end = _now()
    return Spent(end[0] - start[0], end[1] - start[1])


def _short(size: int) -> str:
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k"


def _time(views: Sequence[MentionView]) -> tuple[Standing, Spent, Spent, Spent]:
    """Give what stands, and what was spent on linking and grouping all but the last, on names, and on the last."""
    later = max(1, round(LATER * len(views)))
    standing = Standing(partial(score_pairs, workers=CORES))
    start = _now()
    standing.add(views[:-later])
    grouping = standing.grouping()
    linked, start = _since(start), _now()
    identify(grouping.groups, (), {}, now=NOW)
    named, start = _since(start), _now()
    standing.add(views[-later:])
    return standing, linked, named, _since(start)


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


def _slope(work: Mapping[int, float]) -> float:
    """Give the exponent of growth: the slope of work over mentions, both in logarithms."""
    points = [(math.log(size), math.log(spent)) for size, spent in work.items()]
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / sum((x - middle[0]) ** 2 for x, _ in points)
