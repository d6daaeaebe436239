"""Measures how long looking takes in a large ledger, made of articles that vary this project's own reports.

`VARIORUM_LEDGER_ARTICLES=100000` measures another size; `VARIORUM_LEDGER_KEPT=PLACE` names a folder, or a postgresql://
URL, where the ledger is kept and taken up again. Times are of the clock, the median of several: of whole processes,
start included, once the pages of the file are in memory, and of the same command within this process.
"""

from __future__ import annotations

import io
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.growth import WORLD
from bench.varied import World, make_world
from variorum.cli import call
from variorum.ledger import Ledger
from variorum.ledger.dialects import is_url
from variorum.model import Claim, Event, Extraction, Mention, make_reading
from variorum.pipeline import follow
from variorum.pipeline.report import Report

ARTICLES = 2_000
NOW = "2031-05-03T10:00:00Z"
MENTIONS = 1.2  # of events in an article, some more than the made world has, so that the articles suffice
BATCH = 1_000
TIMES = 7  # the first does not count
LOOKING_MS, OPENING_MS, CHECKING_S = 300.0, 200.0, 300.0  # targets at 100,000 articles
DAYS = 60  # that the list reaches back


def run(_: Path) -> dict[str, Any]:
    """Measure on a ledger made by `bench.varied`; no data is read."""
    articles = int(os.environ.get("VARIORUM_LEDGER_ARTICLES", ARTICLES))
    metrics: dict[str, float] = {}
    lines = []
    with place_of(articles) as place:
        start = time.perf_counter()
        if not _is_made(place):
            make_ledger(place, articles)
        made = time.perf_counter() - start
        metrics["open_ms"] = _median_ms(lambda: Ledger.open(place, readonly=True).close())
        lines.append(f"{'open':<44} {'':>11} {metrics['open_ms']:>8.0f} ms within    target {OPENING_MS:.0f} ms")
        for name, words in _commands(place).items():
            metrics[f"{name}_ms"] = _median_ms(lambda words=words: _call_outside(words))  # type: ignore[misc]
            metrics[f"{name}_within_ms"] = _median_ms(lambda words=words: _call_within(words))  # type: ignore[misc]
            lines.append(
                f"{shlex.join(words[:-1])[:44]:<44} {metrics[f'{name}_ms']:>8.0f} ms"
                f" {metrics[f'{name}_within_ms']:>8.0f} ms within    target {LOOKING_MS:.0f} ms"
            )
        start = time.perf_counter()
        with Ledger.open(place, readonly=True) as ledger:
            faults = ledger.check()
            counts = ledger.counts()
        metrics["check_s"] = round(time.perf_counter() - start, 2)
        metrics["faults"] = len(faults)
        lines.append(f"{'check':<44} {metrics['check_s']:>8.1f} s  {len(faults)} faults    target {CHECKING_S:.0f} s")
        if not is_url(place):
            metrics["bytes_per_article"] = round(Path(place).stat().st_size / counts["article"])
        figures = ", ".join(f"{counts[name]:,} {name}s" for name in ("article", "mention", "claim", "event"))
        lines.insert(0, f"{figures}; made in {made:.0f} s; {metrics.get('bytes_per_article', 0):,.0f} bytes an article")
    return {"n": counts["article"], "metrics": metrics, "report": lines}


@contextmanager
def place_of(articles: int) -> Iterator[str]:
    """Give where a ledger of so many articles is, or is to be made: kept, or for this run."""
    kept = os.environ.get("VARIORUM_LEDGER_KEPT")
    if kept is not None:
        yield kept if is_url(kept) else str(Path(kept) / f"made-{articles}.db")
        return
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "made.db")


def _is_made(place: str) -> bool:
    if not is_url(place):
        return Path(place).exists()
    with Ledger.open(place, create=True) as ledger:
        return ledger.counts()["event"] > 0


def _commands(place: str) -> dict[str, list[str]]:
    """Give the commands to time: of the event most reported, its reports, and what was near it in time and place."""
    with Ledger.open(place, readonly=True) as ledger:
        told: Event = max(ledger.events(), key=lambda event: (len(event.mentions), event.id))
        reports = sorted({ledger.mention(id).article_id for id in told.mentions})
        numbers = ledger.article_numbers()
        one, other = (f"R{numbers[id]}" for id in (reports[0], reports[-1]))
        days = [row.value for row in told.values if row.prop == "date" and len(row.value) == len("2011-01-03")]
        day = date.fromisoformat(days[0]) - timedelta(days=DAYS) if days else date(2011, 1, 3)
        apart = f"R{(numbers[reports[0]] + len(numbers) // 2) % len(numbers) + 1}"
        words = ledger.article(reports[0]).text.split()
    return {
        "show_event": ["show", f"EV-{told.id[4:]}", place],
        "show_report": ["show", one, place],
        "why_joined": ["why", one, other, place],
        "why_apart": ["why", one, apart, place],
        "list": ["list", "--place", "Aleppo", "--since", day.isoformat(), place],
        "search_rare": ["search", " ".join(words[:3]), place],
        "search_common": ["search", "people", place],
    }


def _median_ms(what: Callable[[], object]) -> float:
    spent = []
    for _ in range(TIMES):
        start = time.perf_counter()
        what()
        spent.append(time.perf_counter() - start)
    return round(1000 * statistics.median(spent[1:]), 1)


def _call_outside(words: Sequence[str]) -> None:
    subprocess.run([sys.executable, "-m", "variorum", *words], check=True, capture_output=True)


def _call_within(words: Sequence[str]) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        call(list(words))


def make_ledger(place: str | Path, articles: int) -> None:
    """Write a ledger of so many made articles, with what a reader would have found in them, and work out its events."""
    world = make_world(round(articles * MENTIONS), war=WORLD)
    found = extractions_of(world)
    with Ledger.open(place, create=True) as ledger:
        for start in range(0, articles, BATCH):
            batch = world.articles[:articles][start : start + BATCH]
            with ledger.writing():
                ledger.add_articles(batch)
                for article in batch:
                    ledger.add_extraction(found[article.id])
        follow(ledger, Report(), command="made", now=NOW)


def extractions_of(world: World) -> dict[str, Extraction]:
    """Give what a reader would have found in each article of a made world."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in world.mentions:
        mentions[mention.article_id].append(mention)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in world.claims:
        claims[claim.mention_id].append(claim)
    return {
        id: Extraction(
            make_reading(id, "made", "1"), tuple(own), tuple(claim for one in own for claim in claims[one.id]), ()
        )
        for id, own in mentions.items()
    }
