"""Measures how linking, reading and resolving grow: work, memory and recall on made collections.

Three things. *Linking* mentions of 3,000 to 30,000: candidates, comparison, clustering and names in one process; laying
out views and settling values are told apart. `VARIORUM_GROWTH=10000,100000,1000000` measures other sizes, an empty one
none. *Reading* and *resolving* of 500 to 2,000 articles as long as real ones, each in fresh processes, two at work;
`VARIORUM_GROWTH_ARTICLES=1000,10000,100000` measures other sizes, of which those above `VARIORUM_GROWTH_READ` (2,000)
are resolved and not read; `VARIORUM_GROWTH_KEPT=FOLDER` keeps their ledgers and takes them up again, and
`VARIORUM_GROWTH_PICTURE=FILE.svg` draws the curves. And whether *shards* of a made collection give what one gives.

`seconds_` are those of the clock, `work_` what all processes worked; exponents are of work, which other programs on the
machine raise but do not bend. Memory is the peak of the main process.
"""

from __future__ import annotations

import json
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.growthpicture import write
from bench.moulds import load_moulds
from bench.scorers import b_cubed
from bench.varied import War, World, make_world
from variorum.resolve import laid, resolution, scoring, shards
from variorum.resolve.candidates import Pair
from variorum.resolve.cluster import cluster
from variorum.resolve.compare import load_weights
from variorum.resolve.identity import identify
from variorum.resolve.incremental import Standing
from variorum.resolve.resolution import Resolution, resolve
from variorum.resolve.view import MentionView, make_views
from variorum.values.gazetteer import open_gazetteer

SIZES = (3_000, 10_000, 30_000)
LATER = 0.01  # share of the mentions that come when the others are linked: 1,000 to 100,000
ARTICLES = (500, 1_000, 2_000)
READ = 2_000  # articles up to which a size is read: at some 25 a second
LINEAR = 1.1  # exponents up to this are called linear: the last tenth is for caches that no longer hold all
SHARDED, SHARDS = 3_000, (2, 3, 7)  # mentions that are resolved in so many shards
# So many events, 8,000 a year, as UCDP lists of a heavy year in such countries; with these words changed, of the pairs
# that the matcher would join 95 of 100 are right, as on the even half of the Gun Violence Archive reports (93).
WORLD = War(events_a_day=0.15, changed=0.9)
NOW = "2031-05-03T10:00:00Z"


def run(_: Path) -> dict[str, Any]:
    """Measure on collections made by `bench.varied`; no data is read."""
    load_moulds()
    metrics, baseline, lines = _measure_linking(_sizes("VARIORUM_GROWTH", SIZES))
    articles = _sizes("VARIORUM_GROWTH_ARTICLES", ARTICLES)
    more, told = _measure_articles(articles)
    metrics["same_in_shards"] = _same_in_shards()
    return {"n": max(articles), "metrics": metrics | more, "baseline": baseline, "report": [*lines, *told]}


def _sizes(name: str, usual: Sequence[int]) -> list[int]:
    asked = os.environ.get(name)
    return sorted(usual) if asked is None else sorted(int(size) for size in asked.split(",") if size)


def _measure_linking(sizes: Sequence[int]) -> tuple[dict[str, float], dict[str, float], list[str]]:
    metrics: dict[str, float] = {}
    baseline: dict[str, float] = {}
    work: dict[int, float] = {}
    lines: list[str] = []
    for size in sizes:
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
    return metrics, baseline, lines


def _measure_articles(sizes: Sequence[int]) -> tuple[dict[str, float], list[str]]:
    """Read and resolve collections of articles, each in a process of its own."""
    most_read = int(os.environ.get("VARIORUM_GROWTH_READ", READ))
    work: dict[str, dict[int, float]] = {"reading": {}, "resolving": {}}
    memory: dict[str, dict[int, float]] = {"reading": {}, "resolving": {}}
    metrics: dict[str, float] = {}
    lines = []
    with _folder() as folder:
        _call("make", folder, *map(str, sizes))
        for size in sizes:
            for name, done in (("reading", False), ("resolving", True)):
                if name == "reading" and size > most_read:
                    continue
                spent = _measure(folder / f"{'read' if done else 'unread'}-{size}.db", "resolve" if done else "read")
                work[name][size], memory[name][size] = spent["work"], spent["peak"]
                metrics |= {f"{name}_work_{size}": spent["work"], f"{name}_mb_{size}": spent["peak"]}
                lines.append(
                    f"{size:>9,} articles: {name} {spent['seconds']:.1f} s ({spent['work']:.1f} s of work), peak of the"
                    f" main process {spent['peak']:.0f} MB, of a worker {spent['peak_of_a_worker']:.0f} MB"
                )
    for name in work:
        if len(work[name]) > 1:
            metrics[f"{name}_exponent"] = round(_slope(work[name]), 3)
            metrics[f"{name}_memory_exponent"] = round(_slope(memory[name]), 3)
            metrics[f"{name}_linear"] = float(metrics[f"{name}_exponent"] <= LINEAR)
    if picture := os.environ.get("VARIORUM_GROWTH_PICTURE"):
        write(Path(picture), work, memory)
    return metrics, lines


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("VARIORUM_GROWTH_KEPT")
    if kept is not None:
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _measure(made: Path, what: str) -> dict[str, float]:
    """Measure on a copy of a ledger, so that what was made can be taken up again."""
    with tempfile.TemporaryDirectory(dir=made.parent) as folder:
        place = shutil.copy(made, folder)
        spent: dict[str, float] = json.loads(_call(what, Path(place)))
        return spent


def _call(what: str, place: Path, *rest: str) -> str:
    words = [sys.executable, "-m", "bench.grown", what, str(place), *rest]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def _same_in_shards() -> float:
    """Tell whether a made collection gives the same, to the last row, in several shards: 1 or 0."""
    world = make_world(SHARDED, war=WORLD)

    def found() -> Resolution:
        given = world.articles, world.mentions, world.claims, world.copies
        return resolve(*given, gazetteer=open_gazetteer(), now=NOW)

    whole = found()
    pieces = ((shards, "HOME"), (laid, "ARTICLES"), (scoring, "MENTIONS"), (resolution, "EVENTS"))
    usual = [getattr(module, name) for module, name in pieces]
    same = True
    try:
        for number in SHARDS:
            for module, name in pieces:
                setattr(module, name, -(-SHARDED // number))
            same = same and found() == whole
    finally:
        for (module, name), size in zip(pieces, usual):
            setattr(module, name, size)
    return float(same)


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
    standing = Standing()
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
