"""Measures what writing each format costs in time and memory, on two ledgers of which one is ten times the other.

`VARIORUM_EXPORT_EVENTS=100000` measures another size; `VARIORUM_LEDGER_KEPT=FOLDER` names where the ledgers are kept
and taken up again. Their reports vary this project's own; which report tells of which event is known, so that no
matching is needed to make them. Each export is a program of its own: its time is of the clock, start included, its
memory the most that it ever held. An export streams where its memory does not grow with the ledger.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench.growth import WORLD
from bench.ledger import BATCH, NOW, extractions_of
from bench.varied import World, make_world
from variorum.ledger import Ledger
from variorum.model import Claim, Event, Mention, Named, make_id
from variorum.pipeline import gazetteer, index_ledger
from variorum.pipeline.exporting import FORMATS
from variorum.pipeline.finished import state_of
from variorum.resolve.asof import settle_event

EVENTS = 10_000  # the smaller ledger has two pages then, the least that memory can be judged by
TIMES_SMALLER = 10
GROWS = 1.1  # an export whose memory grows by more than this over ten times the events does not stream
MENTIONS = 3.2  # of an event in the made world, with some to spare
# A program is counted with the most that whoever started it held: this one is held small.
LAUNCHER = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Cost(NamedTuple):
    """What one export took."""

    seconds: float
    megabytes: float  # most memory held, resident
    written: float  # size of the file, megabytes


def run(_: Path) -> dict[str, Any]:
    """Measure on two ledgers made by `bench.varied`; no data is read."""
    events = int(os.environ.get("VARIORUM_EXPORT_EVENTS", EVENTS))
    metrics: dict[str, float] = {}
    lines = [f"{'format':<22}{'seconds':>9}{'ms an event':>13}{'MB held':>9}{'at a tenth':>12}{'MB written':>12}"]
    with _kept() as home:
        small, large = (_ledger(home, size) for size in (events // TIMES_SMALLER, events))
        for words in _exports():
            less, more = _measure(small, words), _measure(large, words)
            grown = more.megabytes / less.megabytes
            name = "_".join(words).replace("--table_", "")
            metrics |= {f"{name}_s": round(more.seconds, 1), f"{name}_mb": round(more.megabytes)}
            metrics[f"{name}_growth"] = round(grown, 2)
            lines.append(
                f"{' '.join(words):<22}{more.seconds:>9.1f}{1000 * more.seconds / events:>13.2f}{more.megabytes:>9.0f}"
                f"{less.megabytes:>12.0f}{more.written:>12.1f}{'' if grown <= GROWS else '  grows'}"
            )
    metrics["most_growth"] = max(value for name, value in metrics.items() if name.endswith("_growth"))
    return {"n": events, "metrics": metrics, "report": lines}


def _exports() -> Iterator[tuple[str, ...]]:
    for name, format in FORMATS.items():
        yield from ((name, "--table", table) for table in format.tables)
        if not format.tables:
            yield (name,)


def _measure(place: Path, words: Sequence[str]) -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        words = [sys.executable, "-m", "variorum", "export", *words, str(place), "-o", str(out), "-q"]
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-S", "-c", LAUNCHER, *words], capture_output=True, text=True, check=False
        )
        spent = time.perf_counter() - start
        if done.returncode:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
        return Cost(spent, int(done.stdout) / 1024, out.stat().st_size / 1e6)


@contextmanager
def _kept() -> Iterator[Path]:
    kept = os.environ.get("VARIORUM_LEDGER_KEPT")
    if kept is not None:
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _ledger(home: Path, events: int) -> Path:
    """Give a ledger of so many events, made where there is none yet."""
    place = home / f"exported-{events}.db"
    if not place.exists():
        part = place.with_suffix(".part.db")
        make_ledger(part, events)
        part.rename(place)
    return place


def make_ledger(place: Path, events: int) -> None:
    """Write a ledger of so many events, each settled from the reports that are known to tell of it."""
    world = make_world(round(events * MENTIONS), war=WORLD)
    numbers = list(dict.fromkeys(world.event_of.values()))[:events]
    if len(numbers) < events:
        raise RuntimeError(f"the made world has {len(numbers)} events and not {events}: raise MENTIONS")
    kept = set(numbers)
    mentions = [one for one in world.mentions if world.event_of.get(one.id) in kept]
    told = {mention.article_id for mention in mentions}
    world.mentions, world.claims = mentions, _claims_of(world, {mention.id for mention in mentions})
    found = extractions_of(world)
    with Ledger.open(place, create=True) as ledger:
        articles = [article for article in world.articles if article.id in told]
        for start in range(0, len(articles), BATCH):
            batch = articles[start : start + BATCH]
            with ledger.writing():
                ledger.add_articles(batch)
                for article in batch:
                    ledger.add_extraction(found[article.id])
        made = _events(world)
        number = ledger.start_run("made", program="bench", at=NOW)
        names = [Named(event.id, event.mentions[0], NOW) for event in made]
        copies = [copy for copy in world.copies if {copy.article_id, copy.original_id} <= told]
        ledger.replace_derived(copies=copies, events=made, redirects=(), register=names, now=NOW)
        ledger.finish_run(number, {"state": state_of(ledger)}, at=NOW)
        index_ledger(ledger)


def _claims_of(world: World, mentions: set[str]) -> list[Claim]:
    return [claim for claim in world.claims if claim.mention_id in mentions]


def _events(world: World) -> list[Event]:
    """Settle the events of a world."""
    articles = {article.id: article for article in world.articles}
    copies = {copy.article_id: copy for copy in world.copies}
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in world.claims:
        claims[claim.mention_id].append(claim)
    members: dict[int, list[Mention]] = defaultdict(list)
    for mention in world.mentions:
        members[world.event_of[mention.id]].append(mention)
    made = []
    for own in members.values():
        ids = tuple(sorted(mention.id for mention in own))
        reports = {mention.article_id for mention in own}
        made.append(
            settle_event(
                Event(make_id("evt", ids[0], NOW), own[0].kind, "", ids, (), (), 1),
                articles,
                own,
                [claim for mention in own for claim in claims[mention.id]],
                [copies[id] for id in reports if id in copies],
                (),
                gazetteer=gazetteer(),
            )
        )
    return made
