"""One measurement of how reading or resolving grows, in a process of its own, so that its peak of memory is its own.

`python -m bench.grown make FOLDER SIZE…` makes ledgers of articles as long as real ones; `read PLACE` and
`resolve PLACE` measure one and print a line of JSON. `bench.growth` calls all of them.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.growth import WORLD
from bench.ledger import BATCH, MENTIONS, NOW, extractions_of
from bench.varied import make_world
from variorum.ledger import Ledger
from variorum.pipeline import follow
from variorum.pipeline.engine import open_engine
from variorum.pipeline.gathering import tell_nobody
from variorum.pipeline.readers import BuiltIn
from variorum.pipeline.reading import extract
from variorum.pipeline.report import Report

BACKGROUND = 2_600  # characters, so that a report has some 2,900: as many as one of Common Crawl News
CORES = 2


def place_of(folder: Path, size: int, *, read: bool) -> Path:
    """Give where a ledger of so many articles lies: read, or with the articles alone."""
    return folder / f"{'read' if read else 'unread'}-{size}.db"


def make(folder: Path, sizes: Sequence[int]) -> None:
    """Make the ledgers that are not there yet; a larger one begins with the smaller."""
    wanted = [
        (size, read) for size in sizes for read in (False, True) if not place_of(folder, size, read=read).exists()
    ]
    if not wanted:
        return
    world = make_world(round(max(size for size, _ in wanted) * MENTIONS), war=replace(WORLD, background=BACKGROUND))
    found = extractions_of(world)
    for size, read in wanted:
        place = place_of(folder, size, read=read)
        with Ledger.open(str(place), create=True) as ledger:
            for start in range(0, size, BATCH):
                batch = world.articles[:size][start : start + BATCH]
                with ledger.writing():
                    ledger.add_articles(batch)
                    for article in batch if read else ():
                        ledger.add_extraction(found[article.id])


def read(place: str) -> None:
    """Read all articles of a ledger with the built-in reader."""
    with measured(), Ledger.open(place) as ledger, open_engine(workers=CORES) as engine:
        extract(ledger, Report(), BuiltIn(), engine, now=NOW, tell=tell_nobody)


def resolve(place: str) -> None:
    """Work out copies, events and stories of a ledger that was read, and write them."""
    with measured(), Ledger.open(place) as ledger, open_engine(workers=CORES) as engine:
        follow(ledger, Report(), command="made", now=NOW, engine=engine)


@contextmanager
def measured() -> Iterator[None]:
    """Print what a stretch of work took: seconds of the clock and of all processes, and peaks of memory in MB."""
    start, before = time.perf_counter(), sum(os.times()[:4])
    yield
    spent = {"seconds": time.perf_counter() - start, "work": sum(os.times()[:4]) - before, "peak": peak_mb()}
    spent["peak_of_a_worker"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({name: round(value, 2) for name, value in spent.items()}))


def peak_mb() -> float:
    """Give the most memory that this process ever held, in MB.

    Of a process that another one started, `getrusage` gives no less than the other held when it started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        rows = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(rows["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    what, place, *rest = sys.argv[1:]
    if what == "make":
        make(Path(place), [int(size) for size in rest])
    else:
        {"read": read, "resolve": resolve}[what](place)
