"""Measures the pages over a large ledger: what the server takes and sends, keys in a browser, many readers at once.

`VARIORUM_LEDGER_ARTICLES=100000` measures another size than 2,000; `VARIORUM_LEDGER_KEPT=FOLDER` keeps the ledger and
takes it up again (`bench ledger` makes the same); `VARIORUM_WEB_SECONDS=60` lets the readers read longer than 10 s.
The server is `variorum serve`, a program of its own, asked over 127.0.0.1 with gzip; what a page takes is the median of
several askings after a first one, which is told apart: it is from when nothing of that page was in memory.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.addresses import Known, find_addresses, largest, read_known, with_form
from bench.browsing import LAUNCH, NO_CHROMIUM, context_options, find_chromium, serve_apart
from bench.ledger import ARTICLES, make_ledger, place_of
from bench.readers import SEED, Crowd, let_read
from variorum.ledger import Ledger
from variorum.pipeline.labels import make_labels
from variorum.web.asking import Route
from variorum.web.routes import ROUTES

PATIENCE_S = 60.0  # after which no answer is waited for
LONG_S = 15.0  # what takes longer is asked once
TIMES = 7  # askings of one address; the first does not count
TYPICAL = 40  # events drawn from all
IN_VIEW = 5_000  # events that the explorer has to lay out
READERS = 50
THINK_S = (1.0, 3.0)
CARDS = 50  # of the review desk
LOOK_S = 0.2  # at each
EVENT_MS, EVENT_KB, EXPLORER_MS, KEY_MS, READERS_MS = 150.0, 60.0, 400.0, 100.0, 500.0  # targets
# How often readers read each page, by the name of its route; the desks of those who decide are not among them.
WEIGHTS = {"event": 40, "events": 20, "report": 12, "search": 6, "claim": 4, "map": 3, "timeline": 3, "sources": 2}
WEIGHTS |= dict.fromkeys(("reports", "compare", "why", "event-history", "difference", "cite", "source"), 1)
VIEWS = ("/", "/?kind=strike", "/?state=contradicts", "/?min_lineages=3", "/?since=2014-01-01", "/?sort=killed")
WEIGHTS |= dict.fromkeys(("actors", "places", "history", "exports", "about"), 1)
PAGES = {route.name: route for route in ROUTES}
# What a person asks for knowing that it takes long, and files: told, but not as the slowest.
ASKED_FOR = ("review-foresee", "export")


@dataclass(frozen=True, slots=True)
class Asking:
    """What it took to be given one address."""

    address: str
    first_ms: float
    ms: float  # the median of the later ones
    sent_kb: float  # as sent, compressed; thousand bytes
    status: int


def run(_: Path) -> dict[str, Any]:
    """Measure on a ledger made by `bench.varied`; no data is read."""
    articles = int(os.environ.get("VARIORUM_LEDGER_ARTICLES", ARTICLES))
    with place_of(articles) as place:
        if not Path(place).exists():
            make_ledger(place, articles)
        with tempfile.TemporaryDirectory(dir=Path(place).parent) as folder:
            own = shutil.copy(place, Path(folder) / "own.db")  # the review desk writes
            return measure(str(own))


class _Told(list[str]):
    """Lines of the report, each told on stderr as it comes: the whole takes minutes."""

    def append(self, line: str) -> None:
        """Add a line and tell it."""
        print(line, file=sys.stderr, flush=True)
        super().append(line)


def measure(place: str) -> dict[str, Any]:
    """Measure the pages over one ledger, which is written to."""
    lines = _Told()
    metrics: dict[str, float] = {}
    with Ledger.open(place) as ledger:
        counts = ledger.counts()
        known, events = read_known(ledger), draw_events(ledger)
        since = first_day(ledger, IN_VIEW)
    lines.append(f"{counts['article']:,} articles, {counts['event']:,} events, {counts['waiting']:,} pairs waiting")
    with serve_apart(place) as (address, pid):
        measure_events(address, known, events, metrics, lines)
        if "events" in PAGES:
            measure_explorer(address, since, metrics, lines)
        # What takes longest comes last: it goes on in the server after it was given up.
        measure_pages(address, [route for route in ROUTES if route.name not in ASKED_FOR], known, metrics, lines)
        measure_readers(address, known, events, metrics, lines)
        if "review" in PAGES:
            measure_keys(address, metrics, lines)
        measure_pages(address, [route for route in ROUTES if route.name in ASKED_FOR], known, metrics, lines)
        metrics["server_mb"] = round(memory_mb(pid), 1)
    return {"n": counts["article"], "metrics": metrics, "report": lines}


# ---------------------------------------------------------------- what is asked for


def draw_events(ledger: Ledger) -> list[str]:
    """Give labels of events: those of most reports, then some drawn from all that more than one report tells of."""
    labels = make_labels(ledger)
    ordered = largest(ledger.events())
    told = [event for event in ordered if len(event.mentions) > 1] or ordered
    drawn = random.Random(SEED).sample(told, min(TYPICAL, len(told)))
    return [labels.events[event.id] for event in [*ordered[:3], *drawn]]


def first_day(ledger: Ledger, most: int) -> str | None:
    """Give the day since which about so many events happened; None where there are fewer."""
    row = ledger.sql(f"SELECT first_day FROM event_index ORDER BY first_day DESC LIMIT 1 OFFSET {most - 1}").rows
    return str(row[0][0]) if row and row[0][0] is not None else None


def ask(address: str, path: str, times: int = TIMES) -> Asking:
    """Ask one address several times over one connection, or once where that takes long; status 0: no answer came."""
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE_S)
    spent, size, status = [], 0, 0
    while len(spent) < times and (not spent or spent[0] < 1000 * LONG_S):
        start = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            size, status = len(answer.read()), answer.status
        except OSError:
            size, status = 0, 0
        spent.append(1000 * (time.perf_counter() - start))
    connection.close()
    return Asking(path, round(spent[0], 1), round(statistics.median(spent[1:] or spent), 1), size / 1000, status)


def ask_json(address: str, path: str) -> Any:
    """Ask for the JSON of a page once."""
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    return json.loads(gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body)


# ---------------------------------------------------------------- the figures


def measure_events(
    address: str, known: Known, events: Sequence[str], metrics: dict[str, float], lines: list[str]
) -> None:
    """Measure the page of the event most reported, and of events drawn from all."""
    ask(address, f"/events/{events[-1]}")  # templates are compiled with the first page
    found = [ask(address, f"/events/{label}") for label in dict.fromkeys(events)]
    big, rest = found[0], found[3:] or found
    figures = {
        "event_largest": (big.ms, big.sent_kb),
        "event_typical": (statistics.median(one.ms for one in rest), statistics.median(one.sent_kb for one in rest)),
        "event_worst": (max(one.ms for one in found), max(one.sent_kb for one in found)),
    }
    for name, (ms, size) in figures.items():
        metrics[f"{name}_ms"], metrics[f"{name}_kb"] = round(ms, 1), round(size, 1)
        words = name.replace("_", ", ")
        lines.append(f"{words:<34} {ms:>8.1f} ms {size:>7.1f} KB    target {EVENT_MS:.0f} ms, {EVENT_KB:.0f} KB")
    metrics["event_first_ms"] = max(one.first_ms for one in found)
    metrics["event_errors"] = sum(one.status != 200 for one in found)
    lines.append(f"{'the slowest asked for the first time':<34} {metrics['event_first_ms']:>6.1f} ms")


def measure_explorer(address: str, since: str | None, metrics: dict[str, float], lines: list[str]) -> None:
    """Measure the explorer with 5,000 events in view, and all of them, in every form."""
    chosen = f"?since={since}" if since else ""
    said = ask_json(address, with_form(f"/{chosen}", "json"))
    metrics["explorer_in_view"] = said["totals"]["events"]
    for name, path in {
        "explorer": f"/{chosen}",
        "explorer_json": f"/events.json{chosen}",
        "explorer_geojson": f"/events.geojson{chosen}",
        "explorer_map": f"/map{chosen}",
        "explorer_timeline": f"/timeline{chosen}",
        "explorer_all": "/",
        "explorer_as_of": f"/?as_of={since or '2015-01-01'}",
    }.items():
        found = ask(address, path)
        metrics[f"{name}_ms"], metrics[f"{name}_kb"] = found.ms, found.sent_kb
        lines.append(
            f"{name.replace('_', ', ') + f' {path}'[:24]:<34} {found.ms:>8.1f} ms {found.sent_kb:>7.1f} KB"
            f"    first {found.first_ms:.0f} ms    target {EXPLORER_MS:.0f} ms, {metrics['explorer_in_view']:,} in view"
        )


def measure_pages(
    address: str, routes: Sequence[Route], known: Known, metrics: dict[str, float], lines: list[str]
) -> None:
    """Measure pages of the site once more, with one example each; the slowest is a figure."""
    for route in routes:
        path = find_addresses(route, known)[0]
        found = ask(address, path if "html" in route.forms else with_form(path, "json"), 4)
        if route.name not in ASKED_FOR:
            metrics["page_slowest_ms"] = max(metrics.get("page_slowest_ms", 0), found.ms)
            metrics["page_slowest_first_ms"] = max(metrics.get("page_slowest_first_ms", 0), found.first_ms)
        lines.append(
            f"  {route.name:<16} {path[:44]:<44} {found.ms:>8.1f} ms {found.sent_kb:>7.1f} KB"
            f"    first {found.first_ms:.0f} ms{'' if found.status == 200 else f'    status {found.status}'}"
        )


def measure_readers(
    address: str, known: Known, events: Sequence[str], metrics: dict[str, float], lines: list[str]
) -> None:
    """Let fifty readers read the ledger of today, with pauses and without; every page was asked for once before."""
    seconds = float(os.environ.get("VARIORUM_WEB_SECONDS", "10"))
    paths = {
        name: (weight, find_addresses(PAGES[name], known)[:1]) for name, weight in WEIGHTS.items() if name in PAGES
    }
    if "events" in PAGES:
        paths["events"] = (WEIGHTS["events"], list(VIEWS))
    paths["event"] = (WEIGHTS["event"], [f"/events/{label}" for label in events])
    for name, think in (("readers", THINK_S), ("readers_no_pause", (0.0, 0.0))):
        figures = let_read(address, paths, Crowd(READERS, seconds, think))
        metrics[f"{name}_errors"] = figures["errors"]
        metrics[f"{name}_p50_ms"], metrics[f"{name}_p95_ms"] = figures["ms"]["p50"], figures["ms"]["p95"]
        metrics[f"{name}_a_second"] = figures["a_second"]
        pause = f"think {think[0]:.0f} to {think[1]:.0f} s" if think[1] else "do not pause"
        lines.append(
            f"{READERS} readers who {pause}, {seconds:.0f} s: {figures['answers']:,} answers, {figures['a_second']} a"
            f" second, {figures['errors']} errors; ms {figures['ms']}    target no error, p95 {READERS_MS:.0f} ms"
        )
        slow = sorted(figures["pages"].items(), key=lambda item: -item[1]["p95"])[:5]
        lines.append("  slowest at p95: " + ", ".join(f"{page} {spread['p95']:.0f} ms" for page, spread in slow))


# Notes how long after a key the next card is painted: from the time of the key's own event to the next frame.
TURNS = """(() => {
  const here = () => { const desk = document.getElementById("desk"); return desk === null ? null : desk.dataset.here; };
  let at = null, was = null;
  window.turns = [];
  addEventListener("keydown", event => { at = event.timeStamp; was = here(); }, true);
  new MutationObserver(() => {
    if (at === null || here() === null || here() === was) { return; }
    const start = at;
    at = null;
    requestAnimationFrame(() => setTimeout(() => window.turns.push(performance.now() - start)));
  }).observe(document, { childList: true, subtree: true, attributes: true });
})()"""


def measure_keys(address: str, metrics: dict[str, float], lines: list[str]) -> None:
    """Measure how long the review desk takes from a key to the next card: going on, and deciding."""
    chromium = find_chromium()
    if chromium is None:
        lines.append(f"keys of the review desk: not measured, {NO_CHROMIUM}")
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        page = browser.new_context(base_url=address, **context_options()).new_page()
        page.add_init_script(TURNS)
        for name, key in (("key_next", "j"), ("key_decide", "x")):
            page.goto("/review/same" if "review-kind" in PAGES else "/review")
            for done in range(CARDS):
                page.keyboard.press(key)
                _wait_for_turn(page, done)
            spent = page.evaluate("window.turns")
            metrics[f"{name}_ms"] = round(statistics.median(spent), 1)
            metrics[f"{name}_p95_ms"] = round(sorted(spent)[int(0.95 * len(spent))], 1)
            lines.append(
                f"{name.replace('_', ', '):<20} {CARDS} cards: median {metrics[f'{name}_ms']:.1f} ms,"
                f" p95 {metrics[f'{name}_p95_ms']:.1f} ms    target {KEY_MS:.0f} ms"
            )
        browser.close()


def _wait_for_turn(page: Any, done: int) -> None:
    """Wait until one more card has come, and as long as a quick person looks at it."""
    until = time.monotonic() + PATIENCE_S
    while page.evaluate("window.turns.length") <= done:  # the policy of the pages forbids `wait_for_function`
        if time.monotonic() > until:
            raise RuntimeError(f"no card after {done} came within {PATIENCE_S:.0f} s")
        time.sleep(0.005)
    time.sleep(LOOK_S)


def memory_mb(pid: int) -> float:
    """Give the memory that a process holds, in megabytes; 0 where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    held = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1024
