"""Kills a program with SIGKILL at random moments while it reads and decides, and looks for what it had reported.

`VARIORUM_KILLS=400` kills so often on each database; of a PostgreSQL of our own the whole server is killed now and then
as well, and started again on its data. After each kill the ledger is opened anew: `check` finds nothing, and everything
that was noted as written is there. In the end each ledger is the same, row for row, as one whose program nobody killed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.databases import BOTH, HOME, Server, has_postgresql, server
from bench.killed import read_journal
from variorum.ledger import Ledger
from variorum.model import Judgement

KILLS = int(os.environ.get("VARIORUM_KILLS", "60"))
PARTS = 6  # a child lives for up to so large a part of what the whole work takes
SERVER_KILLS = 12  # one kill in so many is of the whole server, where there is one
NEVER = 10**9
NewPlace = Callable[[str], str]


class Lost(Exception):
    """Something that was reported as written is not there."""


class Killed:
    """The program whose children are killed."""

    def __init__(self, folder: Path) -> None:
        paths = os.pathsep.join([str(HOME), str(HOME / "src"), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.killed", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )
        if self._answer() != "ready":
            raise RuntimeError("the program to be killed does not start")

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def run(self, place: str, journal: Path, **end: float) -> str:
        """Let a child go on with a ledger until its end; gives how that came."""
        assert self.process.stdin is not None
        print(json.dumps({"place": place, "journal": str(journal), **end}), file=self.process.stdin, flush=True)
        return self._answer()

    def close(self) -> None:
        """Let it go."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()
        self.process.wait()


@contextmanager
def program(folder: Path) -> Iterator[Killed]:
    """Give a program that reads reports in a folder."""
    folder.mkdir()
    running = Killed(folder)
    try:
        yield running
    finally:
        running.close()


def look(place: str, journal: Path) -> None:
    """Open a ledger anew; raise Lost unless it is sound and holds all that its journal says."""
    with Ledger.open(place, create=True) as ledger:
        faults = ledger.check()
        if faults:
            raise Lost(f"check: {faults[0]}")
        rows = [row.what for row in ledger.decisions()]
        said = Counter(row.why if isinstance(row, Judgement) else row.note for row in rows if row.retracted is None)
        every = {row.why if isinstance(row, Judgement) else row.note for row in rows}
        taken = {entry.note.split(": ")[-1] for entry in ledger.log() if entry.kind == "retracted"}
        versions = Counter(row.version for row in ledger.readings())
        steps = read_journal(journal)
        for note in steps:
            for words in note.get("said", ()):
                if words not in every | taken:
                    raise Lost(f"“{words}” was reported as written")
            now = note["did"] == "progress" and note["step"] == steps[-1]["step"]
            if now and versions[note["version"]] < note["read"]:
                raise Lost(f"{note['read']} readings were reported, {versions[note['version']]} are there")
        double = [words for words, number in said.items() if number > 3]  # a decision has three rows at most
        if double:
            raise Lost(f"“{double[0]}” is there more than once")


def dump(place: str) -> str:
    """Give all rows of a ledger."""
    with Ledger.open(place, readonly=True) as ledger:
        return ledger.dump()


def kill_whole(running: Server) -> None:
    """Kill every process of a server at once, as when the machine loses its power but keeps its disk."""
    own = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children")
    children = [int(word) for word in own.read_text().split()]
    for pid in (running.process.pid, *children):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    running.process.wait()


def kill_until(
    number: int, database: str, killed: Killed, folder: Path, make: NewPlace, running: Server | None = None
) -> tuple[Counter[str], list[str]]:
    """Kill so often, over as many ledgers as that takes; gives counts and what was lost.

    `make` makes a place for a ledger, `running` is the server to be killed as well.
    """
    chance = random.Random(f"{database} kills")
    counts: Counter[str] = Counter()
    lost: list[str] = []

    def new_place(name: str) -> tuple[str, Path]:
        return make(name), folder / f"{name}.journal"

    place, journal = new_place("undisturbed")
    start = time.perf_counter()
    statements = int(killed.run(place, journal, statement=NEVER))
    seconds = time.perf_counter() - start
    wanted = dump(place)
    while counts["kills"] < number and len(lost) < 10:
        place, journal = new_place(f"killed{counts['ledgers']}")
        counts["ledgers"] += 1
        ended = "killed"
        while not ended.isdigit():
            by_server = running is not None and chance.random() < 1 / SERVER_KILLS
            if by_server and running is not None:
                ended = _run_while_server_dies(running, killed, place, journal, chance.uniform(0, seconds / PARTS))
                counts["kills of the server"] += 1
                counts["kills"] += 1
            elif counts["kills"] >= number:
                ended = killed.run(place, journal, statement=NEVER)
            elif chance.random() < 0.6:
                ended = killed.run(place, journal, statement=chance.randint(1, statements // PARTS))
            else:
                ended = killed.run(place, journal, seconds=chance.uniform(0, seconds / PARTS))
            counts["kills"] += ended == "killed"
            try:
                look(place, journal)
            except Lost as error:
                lost.append(f"{database}, ledger {counts['ledgers']}, kill {counts['kills']}: {error}")
            if ended == "failed" and not by_server:
                lost.append(f"{database}: a run that went on failed")
                break
        if ended.isdigit() and dump(place) != wanted:
            lost.append(f"{database}: ledger {counts['ledgers']} is not the one of a program that nobody killed")
    return counts, lost


def _run_while_server_dies(running: Server, killed: Killed, place: str, journal: Path, after_s: float) -> str:
    timer = threading.Timer(after_s, kill_whole, (running,))
    timer.start()
    ended = killed.run(place, journal, statement=NEVER)
    timer.join()
    running.start()  # here and not by the timer: the server dies with the thread that started it
    return ended


def kill_on(database: str, number: int) -> tuple[Counter[str], list[str]]:
    """Kill so often on one database."""
    with tempfile.TemporaryDirectory() as name, program(Path(name) / "reports") as killed:
        if database == "sqlite":
            return kill_until(number, database, killed, Path(name), lambda ledger: str(Path(name) / f"{ledger}.db"))
        with server() as running:
            return kill_until(number, database, killed, Path(name), running.new_place, running)


def run(_: Path) -> dict[str, Any]:
    """Measure on every database that can be had; no data is read."""
    metrics: dict[str, float] = {}
    lines: list[str] = []
    for database in BOTH:
        if database == "postgresql" and not has_postgresql():
            continue
        counts, lost = kill_on(database, KILLS)
        metrics |= {
            f"{database}_kept": 1.0 if not lost else 0.0,
            f"{database}_kills": counts["kills"],
            f"{database}_ledgers": counts["ledgers"],
        }
        if database == "postgresql":
            metrics["postgresql_kills_of_the_server"] = counts["kills of the server"]
        lines += lost
    return {"n": KILLS, "metrics": metrics, "report": lines}
