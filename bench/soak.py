"""`watch` as people run it, over feeds of this machine that fail at random, killed and started again. Minutes long.

At the end every item that was published is in the ledger once. `VARIORUM_SOAK_MINUTES` says how long it publishes.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import variorum
from bench.sites import Asked, Reply, Site, answer, feed, hang_up, page, reset, sites
from bench.varied import make_world
from variorum.errors import UnreadableError
from variorum.gather.page import read_page
from variorum.ledger import Ledger

MINUTES = "VARIORUM_SOAK_MINUTES"
NOW = "2031-05-03T10:00:00+00:00"
WINDOW = 400  # items that a feed lists: those of the last minutes
STALL_S = 60.0
END_S = 300.0  # after the last item, for what is waiting to be tried again
STEP_S = 1.0


@dataclass(frozen=True)
class Plan:
    """How long, how much, and what goes wrong."""

    seconds: float = 600.0
    items: int = 2_000
    feeds: int = 6
    kills: int = 3
    failing: float = 0.12  # share of requests that fail
    stalling: float = 0.003  # share of requests that are never answered
    every: str = "5s"
    seed: int = 9
    brief: bool = False  # only failures after which a server says to come back soon: others wait half a minute


@dataclass
class Press:
    """What is published when, and what goes wrong with it."""

    plan: Plan
    pages: Sequence[bytes]
    sites: list[Site] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)  # what requests got
    began: float = 0.0
    calm: bool = False  # nothing fails any more

    def published(self) -> int:
        """Give how many items are published by now."""
        share = (time.monotonic() - self.began) / self.plan.seconds
        return min(self.plan.items, int(share * self.plan.items))

    def address(self, number: int) -> str:
        """Give the address of an item; items go round the feeds."""
        site = self.sites[number % self.plan.feeds]
        return f"http://127.0.0.1:{site.port}/report/{number}"

    def reply(self, which: int, asked: Asked, draw: random.Random) -> Reply:
        """Answer one request, or fail as sites do."""
        if asked.path == "/robots.txt":
            return answer(b"", 404)
        chance = draw.random()
        if not self.calm and chance < self.plan.stalling:
            self.served["stalled"] += 1
            return stall
        if not self.calm and chance < self.plan.failing:
            kind, reply = draw.choice(SOON if self.plan.brief else FAILURES)
            self.served[kind] += 1
            return reply
        if asked.path == "/feed":
            return self.feed(which, asked)
        number = int(asked.path.rpartition("/")[2])
        self.served["pages"] += 1
        return answer(self.pages[number])

    def feed(self, which: int, asked: Asked) -> Reply:
        """Give a feed, or say that nothing is new."""
        there = range(which, self.published(), self.plan.feeds)[-WINDOW:]
        tag = f'"{len(range(which, self.published(), self.plan.feeds))}"'
        if asked.headers.get("if-none-match") == tag:
            self.served["unchanged"] += 1
            return b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
        self.served["feeds"] += 1
        items = [(self.address(number), f"Report {number}") for number in reversed(there)]
        return answer(feed(f"Feed {which}", items), kind="application/rss+xml", ETag=tag)


async def stall(_: Asked, writer: asyncio.StreamWriter) -> None:
    """Answer with a beginning, and stop."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    await writer.drain()
    await asyncio.sleep(STALL_S)


HALF = answer(b"<html><p>half</p>", Content_Length="9000")
FAILURES: Sequence[tuple[str, Reply]] = (
    ("status 500", answer(b"", 500)),
    ("status 502", answer(b"", 502)),
    ("status 503", answer(b"", 503, Retry_After="1")),
    ("status 429", answer(b"", 429, Retry_After="2")),
    ("reset", reset),
    ("hung up", hang_up),
    ("half a body", HALF),
)
SOON = [row for row in FAILURES if row[0] in {"status 503", "status 429"}]


def make_pages(count: int, seed: int) -> list[bytes]:
    """Give so many pages of made-up reports that are articles."""
    found: list[bytes] = []
    world = make_world(int(count * 1.7) + 200, seed=seed)
    for number, article in enumerate(world.articles):
        title = f"Report {number} of the day"
        text = f"{article.text}\n{article.text if len(article.text) < 600 else ''}"
        made = page(title, text, outlet=article.outlet, published=article.published or "")
        with suppress(UnreadableError):
            read_page(made, now=NOW)
            found.append(made)
        if len(found) == count:
            return found
    raise ValueError(f"only {len(found)} of {count} pages are articles")


def run(folder: Path, name: str = "soak") -> dict[str, Any]:
    """Watch for some minutes, and give what came of it."""
    minutes = float(os.environ.get(MINUTES, "10"))
    return soak(Plan(seconds=60 * minutes))


def soak(plan: Plan) -> dict[str, Any]:
    """Publish, fail, kill and start again by a plan; give the figures."""
    press = Press(plan, make_pages(plan.items, plan.seed))
    with sites() as servers, tempfile.TemporaryDirectory() as home:
        for which in range(plan.feeds):
            draw = random.Random(plan.seed * 100 + which)
            site = Site(otherwise=lambda asked, which=which, draw=draw: press.reply(which, asked, draw))  # type: ignore[misc]
            servers.open(site)
            press.sites.append(site)
        place = Path(home) / "ledger.db"
        watched = _watch(press, Path(home), place)
        return _figures(press, place, watched)


@dataclass
class Watched:
    """What was seen of the program while it ran."""

    kills: int = 0
    left: int = 0  # processes that outlived a kill
    status: int | None = None  # with which it ended
    behind: list[float] = field(default_factory=list)  # seconds from publication to ledger
    memory_mb: list[tuple[float, float]] = field(default_factory=list)  # at which second
    seconds: float = 0.0
    rounds: list[dict[str, Any]] = field(default_factory=list)


def _watch(press: Press, home: Path, place: Path) -> Watched:
    plan, seen = press.plan, Watched()
    (home / "feeds.toml").write_text(_feed_list(press), encoding="utf-8")
    draw = random.Random(plan.seed)
    spread = plan.seconds / (plan.kills + 1)
    kills = [spread * (number + 1) + draw.uniform(-0.2, 0.2) * spread for number in range(plan.kills)]
    press.began = time.monotonic()
    with (home / "events.jsonl").open("ab") as out, _Program(home, place, out).running() as program:
        while True:
            time.sleep(STEP_S)
            now = time.monotonic() - press.began
            count = _count(place)
            seen.memory_mb.append((now, program.memory_mb()))
            if 0 < count <= press.published():
                seen.behind.append(now - count / plan.items * plan.seconds)
            if kills and now > kills[0]:
                kills.pop(0)
                seen.kills += 1
                seen.left += program.kill()
                program.start()
            elif program.ended() is not None:
                said = (home / "words.txt").read_text(encoding="utf-8")
                raise RuntimeError(f"the program ended by itself, with {program.ended()}: {said[-2_000:]}")
            press.calm = now > plan.seconds
            if (count >= plan.items and not kills) or now > plan.seconds + END_S:
                break
        seen.seconds = time.monotonic() - press.began
        seen.status = program.stop()
    lines = (home / "events.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        with suppress(ValueError):  # a line that a kill cut
            event = json.loads(line)
            if event["event"] == "round":
                seen.rounds.append(event)
    return seen


def _feed_list(press: Press) -> str:
    rows = ['delay = "0s"']
    for site in press.sites:
        rows += ["[[feed]]", f'address = "http://127.0.0.1:{site.port}/feed"', f'every = "{press.plan.every}"']
        rows.append("allow_private = true")
    return "\n".join(rows) + "\n"


class _Program:
    """The program, started and killed."""

    def __init__(self, home: Path, place: Path, out: Any) -> None:
        self.command = [sys.executable, "-m", "variorum", "watch", "feeds.toml", "-o", str(place), "--jsonl"]
        self.home, self.out = home, out
        self.words = (home / "words.txt").open("ab")
        self.start()

    @contextmanager
    def running(self) -> Iterator[_Program]:
        try:
            yield self
        finally:
            if self.ended() is None:
                self.kill()
            self.words.close()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command,
            cwd=self.home,
            stdout=self.out,
            stderr=self.words,
            env={**os.environ, "PYTHONPATH": str(Path(variorum.__file__).parents[1])},
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def ended(self) -> int | None:
        return self.process.poll()

    def kill(self) -> int:
        """Kill it without warning; gives how many of its processes are there some seconds later."""
        self.process.kill()
        self.process.wait()
        for _ in range(50):
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return 0
            time.sleep(0.1)
        os.killpg(self.process.pid, signal.SIGKILL)
        return 1

    def stop(self) -> int | None:
        """Stop it as Ctrl-C does; gives its exit status."""
        if self.ended() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            return None

    def memory_mb(self) -> float:
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
            return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1e3
        return 0.0


def _count(place: Path) -> int:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    return 0


def _figures(press: Press, place: Path, seen: Watched) -> dict[str, Any]:
    plan = press.plan
    wanted = Counter(press.address(number) for number in range(plan.items))
    with Ledger.open(place, readonly=True) as ledger:
        found = Counter(article.url for article in ledger.articles())
        faults = len(list(ledger.check()))
        problems = [f"{row.where}: {row.code}: {row.cause}" for row in ledger.problems()]
        events = ledger.counts()["event"]
    failures = sum(count for name, count in press.served.items() if name not in {"feeds", "pages", "unchanged"})
    memory = [round(size) for _, size in seen.memory_mb]
    return {
        "n": plan.items,
        "metrics": {
            "items_in_the_ledger_once": sum(found[address] == 1 for address in wanted) / plan.items,
            "items_twice": sum(count > 1 for count in found.values()),
            "articles_that_are_no_item": len(found - wanted),
            "faults_of_the_ledger": faults,
            "problems_left": len(problems),
            "kills": seen.kills,
            "processes_left_by_kills": seen.left,
            "exit_status_of_ctrl_c": -1 if seen.status is None else seen.status,
            "rounds": len(seen.rounds),
            "failures_met": failures,
            "pages_sent": press.served["pages"],
            "events": events,
            "minutes": seen.seconds / 60,
            "median_seconds_behind": median(seen.behind) if seen.behind else -1.0,
            "most_seconds_behind": max(seen.behind, default=-1.0),
            "most_mb": max(memory, default=0),
        },
        "report": [
            "requests: " + ", ".join(f"{count:,} {name}" for name, count in sorted(press.served.items())),
            "memory by tenth of the time, MB: " + " ".join(str(size) for size in memory[:: max(1, len(memory) // 10)]),
            *[f"problem left: {row}" for row in problems[:5]],
            *[f"missing: {address}" for address in [one for one in wanted if not found[one]][:5]],
        ],
    }
