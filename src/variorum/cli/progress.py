"""How far a long command is: counts, rate, time left and memory, for people on stderr and for programs on stdout.

Invariant: what it says was so: a rate is that of the last half minute, the time left follows from it, and where too
little is done to tell, nothing is said.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import click

from variorum.cli.options import is_quiet

Tell = Callable[[str, int, int], None]

BYTES = ("Reading",)  # stages that are measured in bytes: an archive is one file, and nobody knows how many pages
WINDOW_S = 30.0  # the rate is that of this much time: the machine may do other things than a while ago
LEAST_S = 2.0  # of a stage, before a rate can be told
EACH_S = {"terminal": 0.1, "pipe": 30.0, "jsonl": 1.0}  # how often it is said: a log file is read later, and whole


@dataclass(frozen=True, slots=True)
class Step:
    """How far one stage is."""

    stage: str
    done: int
    total: int | None  # None where nobody can know it
    rate: float | None  # a second
    left_s: float | None
    memory_mb: int | None  # of this process, without those that read for it

    def words(self) -> str:
        """Say it in one line."""
        size, unit = (1e6, " MB") if self.stage in BYTES else (1, "")
        counts = [self.done] if self.total is None else [self.done, self.total]
        said = " of ".join(f"{count / size:,.1f}" if unit else f"{count:,}" for count in counts)
        parts = [f"{self.stage:<9} {said}{unit or ('' if self.total is not None else ' done')}"]
        if self.rate is not None:
            rate = self.rate / size
            parts.append(f"{rate:,.0f}{unit} a second" if rate >= 10 else f"{rate:.1f}{unit} a second")
        if self.left_s is not None:
            parts.append(f"{_span(self.left_s)} left")
        if self.memory_mb is not None:
            parts.append(f"{self.memory_mb:,} MB")
        return " · ".join(parts)


@dataclass
class Meter:
    """Takes in what is done, and gives how fast that is."""

    clock: Callable[[], float] = time.monotonic
    memory: Callable[[], int | None] = lambda: memory_mb()
    stage: str = ""
    points: deque[tuple[float, int]] = field(default_factory=deque)  # when, how much was done

    def step(self, stage: str, done: int, total: int) -> Step:
        """Give how far a stage is."""
        now = self.clock()
        if stage != self.stage or (self.points and done < self.points[-1][1]):
            self.stage = stage
            self.points.clear()
        self.points.append((now, done))
        while len(self.points) > 2 and self.points[1][0] <= now - WINDOW_S:
            self.points.popleft()
        began, before = self.points[0]
        rate = (done - before) / (now - began) if now - began >= LEAST_S and done > before else None
        known = total if total >= done and total else None
        left = (known - done) / rate if rate and known is not None else None
        return Step(stage, done, known, rate, left, self.memory())


def make_progress(*, jsonl: bool = False, stream: TextIO | None = None) -> Tell:
    """Give what to tell of each step: lines on stderr, in one place on a terminal, or JSON on stdout."""
    out = stream or sys.stderr
    meter = Meter()
    if jsonl:
        return _say_objects(meter)
    if is_quiet():
        return lambda stage, done, total: None
    return _say_on_terminal(meter, out) if out.isatty() else _say_in_pipe(meter, out)


def say_object(event: str, **told: object) -> None:
    """Print one event for programs: a JSON object on a line of its own."""
    click.echo(json.dumps({"event": event, **told}, ensure_ascii=False))


def _say_on_terminal(meter: Meter, out: TextIO) -> Tell:
    said = 0.0

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said
        step = meter.step(stage, done, total)
        if step.total == done:
            out.write("\r\x1b[K")
        elif meter.clock() - said >= EACH_S["terminal"]:
            said = meter.clock()
            out.write(f"\r{step.words()}\x1b[K")
        out.flush()

    return tell


def _say_in_pipe(meter: Meter, out: TextIO) -> Tell:
    said = meter.clock()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said
        step = meter.step(stage, done, total)
        if meter.clock() - said >= EACH_S["pipe"]:
            said = meter.clock()
            out.write(step.words() + "\n")
            out.flush()

    return tell


def _say_objects(meter: Meter) -> Tell:
    said, stage_said = 0.0, ""

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal said, stage_said
        step = meter.step(stage, done, total)
        if stage != stage_said or done == step.total or meter.clock() - said >= EACH_S["jsonl"]:
            said, stage_said = meter.clock(), stage
            say_object(
                "progress",
                stage=stage,
                done=done,
                total=step.total,
                unit="bytes" if stage in BYTES else "reports" if step.total is not None else "steps",
                per_second=None if step.rate is None else round(step.rate, 2),
                seconds_left=None if step.left_s is None else round(step.left_s),
                memory_mb=step.memory_mb,
            )

    return tell


def memory_mb() -> int | None:
    """Give the memory of this process in MB: what it holds now where the system tells, else the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return _most_mb()
    import resource

    return round(pages * resource.getpagesize() / 1e6)


def _most_mb() -> int | None:
    try:
        import resource
    except ImportError:  # Windows tells nothing without a package for it
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / 1e6) if sys.platform == "darwin" else round(most / 1e3)  # bytes there, KB elsewhere


def _span(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3_600:
        return f"{whole // 60} m {whole % 60:02d} s"
    return f"{whole // 3_600} h {whole % 3_600 // 60:02d} m"
