"""Watches feeds: polls them, fetches what is new, reads it into a ledger, and again. Round after round.

Invariant: what a round fetched is in the folder before it is read, and noted as read only after the ledger holds it; so
a kill at any moment is made good by starting again, and every item ends in the ledger once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from variorum.config import settings
from variorum.errors import LedgerBusyError, ServerError, UsageError
from variorum.gather.fetching.collecting import Collector, take_up
from variorum.gather.fetching.fetcher import Fetcher
from variorum.gather.fetching.sources import Source
from variorum.gather.fetching.state import State, one_cause, open_state
from variorum.gather.fetching.tally import Tally, Tell
from variorum.ledger import Ledger
from variorum.pipeline.fetching import Ways
from variorum.pipeline.remembering import Remembered
from variorum.pipeline.report import Report
from variorum.pipeline.runs import run

SPOOL = ".fetched"  # what the folder beside a ledger is called, behind the ledger's name
TERMINATED = 143  # 128 + SIGTERM, as shells report it
SHORTEST_S = 1.0  # between two rounds
BUSY_S = 30.0  # before a ledger that others write to is tried again


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, and where it goes."""

    sources: Sequence[Source]
    place: str  # of the ledger
    spool: Path
    ways: Ways
    reading: Mapping[str, Any]  # how a run reads: reader, workers, keep_raw
    remembered: Remembered = field(default_factory=Remembered)  # of the round before


def spool_of(place: str, named: str | None) -> Path:
    """Give the folder for what is fetched: the one that is named, else the one beside a ledger in a file.

    Raises UsageError for a ledger in a database, which has nothing beside it.
    """
    if named:
        return Path(named)
    if "://" in place:
        raise UsageError("a ledger in a database has no folder beside it", "name one: --spool FOLDER")
    return Path(place + SPOOL)


def watch(task: Watch, *, rounds: int | None, tell: Tell) -> int:
    """Go round after round, for ever unless `rounds` says how many; gives how many addresses failed in the last.

    Raises UsageError where another program fetches into the same folder, LedgerError where the ledger cannot be
    written. One that is only busy is tried again in the next round.
    """
    addresses = [source.address for source in task.sources]
    fetcher = task.ways.fetcher()
    number = 0
    with (
        _ended_by_sigterm(),
        one_cause(task.spool),
        open_state(task.spool) as state,
        Ledger.open(task.place, create=True, keep_texts=settings().texts) as ledger,
        asyncio.Runner() as runner,
    ):
        take_up(task.spool, state, task.sources)
        _compare(task.spool, state, ledger)
        while True:
            number += 1
            tally = Tally()
            runner.run(_collect(task, state, fetcher, tally, tell))
            report, busy = _read(task, state, ledger, first=number == 1)
            wait = _pause(state, addresses, task.ways) if not busy else BUSY_S
            tell("round", _figures(number, tally, report, busy, wait))
            if number == rounds:
                return tally.failed
            runner.run(_sleep(task.ways, wait))


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end what is inside as Ctrl-C does: what is fetched is kept; raises SystemExit, status 143."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only there can signals be met
        return
    met: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        met.append(number)
        on_ctrl_c = signal.getsignal(signal.SIGINT)  # asyncio has its own while a round fetches
        if not callable(on_ctrl_c):  # it is ignored, in the background of a shell
            raise KeyboardInterrupt
        on_ctrl_c(signal.SIGINT, frame)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        if met:
            raise SystemExit(TERMINATED) from None
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _compare(spool: Path, state: State, ledger: Ledger) -> None:
    """Note what the ledger does not hold of the folder: it may be a new one, or an earlier day of it."""
    held = ledger.seen()
    state.note_unread([name for name in state.files() if os.path.realpath(spool / name) not in held])
    state.tell_again({row.where for row in ledger.problems()})


async def _collect(task: Watch, state: State, fetcher: Fetcher, tally: Tally, tell: Tell) -> None:
    fetcher.begin_round()
    now = task.ways.clock.now().timestamp()
    due = [source for source in task.sources if state.polled(source.address).next_at <= now]
    await Collector(task.spool, state, fetcher, tell, tally).collect(task.sources, due)


async def _sleep(ways: Ways, seconds: float) -> None:
    await ways.clock.wait(seconds)


def _pause(state: State, addresses: Sequence[str], ways: Ways) -> float:
    return max(SHORTEST_S, state.next_due(addresses) - ways.clock.now().timestamp())


def _read(task: Watch, state: State, ledger: Ledger, *, first: bool) -> tuple[Report | None, str]:
    """Bring what was fetched into the ledger; gives what the run did, and why it has to be tried again.

    The first round runs in any case: a program that was killed may have left events to work out.
    """
    names = state.unread_files()
    now = task.ways.clock.now().isoformat(timespec="seconds")
    try:
        _write_problems(state, ledger)
        if not names and not first:
            return None, ""
        paths = [task.spool / name for name in names if (task.spool / name).exists()]
        report = run(paths, ledger, now=now, remembered=task.remembered, **task.reading)
    except (LedgerBusyError, ServerError) as error:
        return None, error.cause
    state.note_read(names)
    return report, ""


def _write_problems(state: State, ledger: Ledger) -> None:
    """Bring the problem list of the ledger in line with what fails now, and what works again."""
    new, gone = state.untold()
    if not (new or gone):
        return
    with ledger.writing():
        for place in [*gone, *(row.where for row in new)]:
            ledger.clear_problems(place)
        ledger.add_problems(new)
    state.note_told(new, gone)


def _figures(number: int, tally: Tally, report: Report | None, busy: str, wait: float) -> dict[str, Any]:
    return {
        "round": number,
        "polled": tally.polled,
        "unchanged": tally.unchanged,
        "new": tally.listed,
        "fetched": tally.fetched,
        "entries": tally.entries,
        "failed": tally.failed,
        "waiting": tally.waiting,
        "bytes": sum(tally.received.values()),
        "hosts": sorted(tally.received),
        "new reports": report.articles_new if report else 0,
        "not read": len(report.problems) if report else 0,
        "events": report.events if report else None,
        "busy": busy,
        "next in s": round(wait, 1),
    }
