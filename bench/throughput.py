"""Measures reading with two processes against one, and the memory of the first process as the reports get more.

The memory at a tenth of the reports is set against that at all. Each run is a process of its own (`bench/readrun.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.madereports import make_reports, write_reports

TIMED = 2_000  # reports that are read by one process too, which takes a few minutes; memory is that of all


def measure_throughput(count: int) -> dict[str, float]:
    """Give what two processes read of what one reads in the same time, and what memory does."""
    articles = make_reports(count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timed = min(count, TIMED)
        for size in {count // 10, timed, count}:
            (folder / f"{size}").mkdir()
            write_reports(folder / f"{size}" / "reports.jsonl", articles[:size])
        one = _read(folder / f"{timed}", folder / "one.db", workers=1)
        two = {
            size: _read(folder / f"{size}", folder / f"{size}.db", workers=2) for size in {count // 10, timed, count}
        }
    seconds = two[timed]["seconds"]["Claims"]
    return {
        "two_processes_to_one": round(one["seconds"]["Claims"] / seconds, 3),
        "articles_a_second": round(timed / seconds, 1),
        "memory_mb": round(two[count]["memory_mb"]),
        "memory_to_a_tenth": round(two[count]["memory_mb"] / two[count // 10]["memory_mb"], 3),
    }


def _read(reports: Path, ledger: Path, *, workers: int) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "bench.readrun", str(reports), str(ledger), "--workers", str(workers)]
    told: Mapping[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told
