"""A program that reads, decides, takes back and reads anew, in children that are killed. `bench.kills` drives it.

`python -m bench.killed FOLDER` reads lines of JSON, one a child: where the ledger and its journal are, and before which
statement or after how many seconds the child is killed. It answers with "killed", "failed", or the statements made.
Children are forks, so that imports and the gazetteer are paid for once. A child goes on where the journal ends.

Invariant: what a deed does follows from the ledger and the number of the deed, so a deed that is done again ends alike.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.contention import Notebook, put, whole_world
from bench.history_world import Fake, World
from variorum import pipeline
from variorum.errors import VariorumError
from variorum.ledger import Ledger
from variorum.model import Judgement, Mention, Ruling
from variorum.pipeline import follow, gathering, gazetteer, reading
from variorum.pipeline.report import Report

DEEDS = (
    *("read 1", "decide", "decide several", "rule", "read 1", "decide", "undo", "read 2", "decide several", "undo"),
    *("rule", "read 2", "read 3", "decide", "undo", "read 1"),
)
FILES = {0: 1, 4: 2, 7: 2, 11: 3, 12: 3, 15: 4}  # deed -> files that are there by then
BATCH = 4  # many transactions over few reports


def at(step: int) -> str:
    """Give the time of a deed."""
    return f"2031-05-03T10:00:{step:02d}+00:00"


class Script:
    """The deeds, done on one ledger."""

    def __init__(self, ledger: Ledger, folder: Path, journal: Path, world: World) -> None:
        self.ledger, self.folder, self.world = ledger, folder, world
        self.done = len([row for row in read_journal(journal) if row["did"] == "deed"])
        self.notes = Notebook(journal)

    def work(self) -> None:
        """Do what is not done yet, each deed noted when the ledger has reported it as written."""
        for step in range(self.done, len(DEEDS)):
            name = DEEDS[step]
            self.said: list[str] = []
            if name.startswith("read"):
                self.read(step, name.split()[1])
            elif name == "undo":
                self.undo(step)
            else:
                self.decide(step, name)
            self.notes.note(did="deed", step=step, said=self.said, state=self.ledger.state())

    def read(self, step: int, version: str) -> None:
        """Read the files that are there by now; whoever is told of progress notes it."""

        def tell(stage: str, done: int, _: int) -> None:
            if stage == "Claims" and done:
                read = sum(row.version == version for row in self.ledger.readings())
                self.notes.note(did="progress", step=step, version=version, read=read)

        files = [self.folder / f"round{number:03d}.jsonl" for number in range(FILES[step])]
        pipeline.run(files, self.ledger, now=at(step), reader=Fake(self.world, version), workers=1, progress=tell)

    def decide(self, step: int, name: str) -> None:
        """Decide something, unless the child before did and was killed before it noted it."""
        note = f"deed {step}"
        said = {row.what.why if isinstance(row.what, Judgement) else row.what.note for row in self.ledger.decisions()}
        if note not in said:
            self.ledger.decide(self._words(step, name, note), seen=self.ledger.last_decision())
        self.said = [note]
        self.notes.note(did="decided", step=step, said=self.said)
        follow(self.ledger, Report(), command="judge", now=at(step))

    def _words(self, step: int, name: str, note: str) -> list[Judgement | Ruling]:
        mentions: list[Mention] = sorted(self.ledger.mentions(), key=lambda mention: mention.id)
        if name == "rule":
            claims = sorted(self.ledger.claims(), key=lambda claim: claim.id)
            return [Ruling(claims[step * 7 % len(claims)].id, "reject", None, "ada", note, at(step))]
        chosen = [mentions[(step * 5 + place * 3) % len(mentions)].id for place in range(4)]
        pairs = [(chosen[0], chosen[1]), (chosen[1], chosen[2]), (chosen[0], chosen[3])]
        verdict = ("same", "different")[step % 2]
        return [
            Judgement(*sorted(pair), verdict, "ada", None, note, at(step))  # type: ignore[arg-type]
            for pair in (pairs if name == "decide several" else pairs[:1])
        ]

    def undo(self, step: int) -> None:
        """Take back the latest decision that is live; on a second try it is known by its note."""
        rows = list(self.ledger.decisions())
        taken = [
            entry for entry in self.ledger.log() if entry.kind == "retracted" and entry.note.endswith(f"undo {step}")
        ]
        if not taken:
            live = [row for row in rows if row.what.retracted is None]
            if live:
                self.ledger.retract(live[0].act, by="ada", at=at(step), why=f"undo {step}")
        self.notes.note(did="undone", step=step, said=[f"undo {step}"])
        follow(self.ledger, Report(), command="undo", now=at(step))


def read_journal(path: Path) -> list[dict[str, Any]]:
    """Read the lines that came whole to the disk."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if line[-1] == "\n"]


def count_down(limit: int) -> list[int]:
    """Kill this process before it makes that many statements, or one of the ends of a transaction between them."""
    made = [0]

    def step(*_: object) -> None:
        made[0] += 1
        if made[0] == limit:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, name, step)
    return made


def work(order: dict[str, Any], folder: Path, world: World) -> int:
    """Be one child; gives the statements it made."""
    made = count_down(order.get("statement", 0))
    with Ledger.open(order["place"], create=True) as ledger:
        Script(ledger, folder, Path(order["journal"]), world).work()
    return made[0]


def run_child(order: dict[str, Any], do: Callable[[], int]) -> str:
    """Fork, kill at the time if one is given, and say how it ended."""
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(writing_end, str(do()).encode())
            status = 0
        except VariorumError as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(status)
    os.close(writing_end)
    until = time.monotonic() + order["seconds"] if "seconds" in order else None
    while until is not None:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            break
        if time.monotonic() >= until:
            os.kill(child, signal.SIGKILL)
            break
        time.sleep(0.001)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reading_end) as told:
        made = told.read()
    return "killed" if os.WIFSIGNALED(status) else "failed" if status else made


def serve(folder: Path) -> None:
    """Answer line after line."""
    gathering.BATCH, reading.BATCH = BATCH, BATCH
    world = whole_world()
    for number in range(max(FILES.values())):
        put(folder, world, number)
    gazetteer()
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        print(run_child(order, lambda: work(order, folder, world)), flush=True)  # noqa: B023


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
