"""One run of reading in a process of its own, so that its time and its memory are its own: `python -m bench.readrun`.

`python -m bench.readrun REPORTS LEDGER [--workers N] [--engine ADDRESS] [--resolve] [--deadly]` prints one JSON object:
seconds of the stages, the most memory of this process in MB without its workers, and the problems by code. With
`--deadly` the process that reads a report with the words of `deadly.DEADLY` in it ends itself.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.deadly import Deadly
from variorum.ledger import Ledger
from variorum.pipeline import BuiltIn, open_engine
from variorum.pipeline.reading import extract
from variorum.pipeline.runs import add, follow
from variorum.pipeline.streaming import map_over

NOW = "2031-05-03T10:00:00+00:00"


def main(argv: Sequence[str]) -> None:
    """Read, and tell how it went."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reports")
    parser.add_argument("ledger")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--engine", default="")
    parser.add_argument("--resolve", action="store_true")
    parser.add_argument("--deadly", action="store_true")
    args = parser.parse_args(argv)
    reader = Deadly() if args.deadly else BuiltIn()
    with open_engine(args.engine, args.workers) as engine, Ledger.open(args.ledger, create=True) as ledger:
        report = add([args.reports], ledger, now=NOW, engine=engine)
        with report.timed("Claims"):
            extract(ledger, report, reader, engine, now=NOW, tell=lambda stage, done, total: None)
        memory_mb = _most_mb()
        if args.resolve:
            follow(ledger, report, command="run", now=NOW, share=partial(map_over, engine))
    told = {
        "seconds": report.seconds,
        "read": report.readings_new,
        "memory_mb": memory_mb,
        "problems": Counter(row.code for row in report.problems),
    }
    print(json.dumps(told))


def _most_mb() -> float:
    """Give the most memory that this process held: the system's figure for a process holds that of who started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1_000


if __name__ == "__main__":
    main(sys.argv[1:])
