"""Measures reading with two processes against one, and the memory of the first process as the reports get more.

`VARIORUM_SPEED_ARTICLES=20000` sets how many reports, made by varying this project's own and as long as real ones; the
memory at a tenth of them is set against that at all. Each run is a process of its own (`bench/readrun.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.madereports import make_reports, write_reports

ARTICLES = 600  # for the gate: a minute or two


def measure_throughput() -> dict[str, float]:
    """Give what two processes read of what one reads in the same time, and what memory does."""
    count = int(os.environ.get("VARIORUM_SPEED_ARTICLES", ARTICLES))
    articles = make_reports(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few, all_of_them = folder / "few", folder / "all"
        for path, some in ((few, articles[: count // 10]), (all_of_them, articles)):
            path.mkdir()
            write_reports(path / "reports.jsonl", some)
        first = _read(few, folder / "few.db", workers=2)
        two = _read(all_of_them, folder / "two.db", workers=2)
        one = _read(all_of_them, folder / "one.db", workers=1)
    return {
        "articles": count,
        "two_processes_to_one": round(one["seconds"]["Claims"] / two["seconds"]["Claims"], 3),
        "articles_a_second": round(count / two["seconds"]["Claims"], 1),
        "memory_mb": round(two["memory_mb"]),
        "memory_to_a_tenth": round(two["memory_mb"] / first["memory_mb"], 3),
    }


def _read(reports: Path, ledger: Path, *, workers: int) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "bench.readrun", str(reports), str(ledger), "--workers", str(workers)]
    told: Mapping[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told
