"""A program that runs the pipeline over a folder in children that kill themselves at a chosen statement to the ledger.

`python tests/killed.py FOLDER` reads lines `PLACE STATEMENT` and answers each with the statements that were made when
the run came to its end, or with "killed". Children are forks, so that imports and the gazetteer are paid for once.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import sqlalchemy as sa

import invented
from variorum.gather.files import find_inputs, read_inputs
from variorum.ledger import Ledger
from variorum.model import Article
from variorum.pipeline import gathering, gazetteer, reading, run

NOW = "2031-05-03T10:00:00+00:00"


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


def run_once(folder: Path, place: str, limit: int) -> None:
    """Run to the end, or to the statement at which it is killed."""
    made = count_down(limit)
    with Ledger.open(place, create=True) as ledger:
        run([folder], ledger, now=NOW, workers=1)
    print(made[0], flush=True)


def serve(folder: Path) -> None:
    """Answer line after line."""
    gathering.BATCH, reading.BATCH = 8, 8  # many transactions over few articles
    for one in find_inputs([folder]):
        for article in read_inputs(one, now=NOW):
            if isinstance(article, Article):
                invented.read_once(article)
    reading.read_one = invented.read_once
    gazetteer()
    print("ready", flush=True)
    for line in sys.stdin:
        place, limit = line.rsplit(" ", 1)
        child = os.fork()
        if child == 0:
            run_once(folder, place, int(limit))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            print("killed", flush=True)
        elif status:
            print("failed", flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
