"""Measures a real Dask cluster against the pool of processes: the same ledger, how fast, and what a death costs.

A scheduler and two workers, each a process of its own, read what two processes of a pool read. Then one worker is
killed in the middle; then one report kills its worker each time. `VARIORUM_ENGINE_ARTICLES` sets how many reports.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.dask_cluster import SETTINGS, RunningCluster, running_cluster
from bench.deadly import DEADLY
from bench.madereports import make_reports, write_reports
from variorum.ledger import Ledger

ARTICLES = 400
WORKERS = 2
# As Dask sets it where nobody says otherwise (distributed.yaml): memory goes back to the system after every article.
AS_INSTALLED = {**SETTINGS, "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON__MALLOC_TRIM_THRESHOLD_": "65536"}


def run(_: Path) -> dict[str, Any]:
    """Measure on made reports; no data is read."""
    count = int(os.environ.get("VARIORUM_ENGINE_ARTICLES", ARTICLES))
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), count)


def _measure(folder: Path, count: int) -> dict[str, Any]:
    articles = make_reports(count)
    plain, poisoned = folder / "reports" / "reports.jsonl", folder / "poisoned" / "reports.jsonl"
    for path in (plain, poisoned):
        path.parent.mkdir()
    write_reports(plain, articles)
    middle = articles[count // 2]
    deadly = replace(middle, text=f"{middle.text}\n{DEADLY}")
    write_reports(poisoned, [*articles[: count // 2], deadly, *articles[count // 2 + 1 :]])
    pool = _read(plain, folder / "pool.db", "--workers", str(WORKERS))
    with running_cluster(WORKERS) as cluster:
        warm = _read(plain, folder / "first.db", "--engine", cluster.address)  # its workers load the model
        whole = _read(plain, folder / "cluster.db", "--engine", cluster.address)
        killed = _read_while_killing(plain, folder / "killed.db", cluster)
    with running_cluster(WORKERS, settings=AS_INSTALLED) as cluster:
        _read(plain, folder / "trimmed-first.db", "--engine", cluster.address)
        trimmed = _read(plain, folder / "trimmed.db", "--engine", cluster.address)
    with running_cluster(WORKERS) as cluster:
        dead = _read(poisoned, folder / "dead.db", "--deadly", "--engine", cluster.address)
    dead_pool = _read(poisoned, folder / "dead-pool.db", "--deadly", "--workers", str(WORKERS))
    same = _dump(folder / "pool.db")
    rate = {name: count / one["seconds"]["Claims"] for name, one in (("pool", pool), ("cluster", whole))}
    return {
        "n": count,
        "metrics": {
            "cluster_to_pool": round(rate["cluster"] / rate["pool"], 3),
            "articles_a_second": round(rate["cluster"], 1),
            "same_ledger": float(_dump(folder / "cluster.db") == same == _dump(folder / "first.db")),
            "same_after_a_kill": float(_dump(folder / "killed.db") == same),
            "read_beside_the_deadly": dead["read"] - 1,
            "deadly_listed": float(dead["problems"].get("reader-failed", 0)),
            "same_with_the_deadly": float(_dump(folder / "dead.db") == _dump(folder / "dead-pool.db")),
            "as_installed_to_pool": round(count / trimmed["seconds"]["Claims"] / rate["pool"], 3),
            "first_run_to_pool": round(count / warm["seconds"]["Claims"] / rate["pool"], 3),
        },
        "baseline": {"articles_a_second": round(rate["pool"], 1), "read_beside_the_deadly": dead_pool["read"] - 1},
        "report": [
            f"pool {pool['seconds']['Claims']:.1f} s, cluster {whole['seconds']['Claims']:.1f} s,"
            f" with a worker killed {killed['seconds']['Claims']:.1f} s,"
            f" with a deadly report {dead['seconds']['Claims']:.1f} s (pool {dead_pool['seconds']['Claims']:.1f} s)"
        ],
    }


def _read(reports: Path, ledger: Path, *options: str) -> Mapping[str, Any]:
    return _ended(_start(reports, ledger, *options))


def _start(reports: Path, ledger: Path, *options: str) -> subprocess.Popen[str]:
    # The folder is given, so that an article's place is the same in every ledger.
    command = [sys.executable, "-m", "bench.readrun", str(reports.parent), str(ledger), "--resolve", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _ended(process: subprocess.Popen[str]) -> Mapping[str, Any]:
    out, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a run ended with status {process.returncode}")
    told: Mapping[str, Any] = json.loads(out.splitlines()[-1])
    return told


def _read_while_killing(reports: Path, ledger: Path, cluster: RunningCluster) -> Mapping[str, Any]:
    """Kill one worker once a third is read."""
    process = _start(reports, ledger, "--engine", cluster.address)
    wanted = sum(1 for _ in reports.open(encoding="utf-8")) // 3
    while process.poll() is None:
        time.sleep(0.2)
        if ledger.exists() and _read_so_far(ledger) >= wanted:
            cluster.kill_worker()
            break
    return _ended(process)


def _read_so_far(ledger: Path) -> int:
    try:
        with Ledger.open(str(ledger), readonly=True) as opened:
            return opened.counts()["reading"]
    except Exception:  # being made just now
        return 0


def _dump(ledger: Path) -> str:
    """Give all rows but the problems: how a worker ended is said in other words by a cluster than by a pool."""
    with Ledger.open(str(ledger), readonly=True) as opened:
        return "".join(row for row in opened.dump().splitlines(keepends=True) if "reader-failed" not in row)
