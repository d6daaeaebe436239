"""A real Dask cluster for measurements and tests: a scheduler and workers, each a process of its own.

The settings are those of `docs/how-to/run-on-a-cluster.md`.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

STARTING_S = 60.0

# What Dask sets for its workers is meant for large arrays. MALLOC_TRIM_THRESHOLD_ of 64 KB gives memory back to the
# system after every article, which has to be asked for again with the next: `python -m bench engine` has what it costs.
SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__NANNY__PRE_SPAWN_ENVIRON__MALLOC_TRIM_THRESHOLD_": "134217728",
}


@dataclass
class RunningCluster:
    """A cluster that runs."""

    address: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def kill_worker(self) -> int:
        """Kill one process that does the work, not the one that watches it; gives its pid."""
        found = worker_pids(self.processes[1:])
        os.kill(found[0], signal.SIGKILL)
        return found[0]


@contextmanager
def running_cluster(workers: int = 2, *, settings: Mapping[str, str] = SETTINGS) -> Iterator[RunningCluster]:
    """Start a scheduler and so many workers, one thread each, and end them afterwards."""
    port = _free_port()
    address = f"tcp://127.0.0.1:{port}"
    # What can be imported here can be there: the scheduler looks at the functions it hands on.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **settings}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker"]
    common = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common["start_new_session"] = True
    cluster = RunningCluster(address)
    try:
        cluster.processes.append(
            subprocess.Popen([*dask, "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **common)  # type: ignore[call-overload]
        )
        _wait_for(port)
        cluster.processes += [
            subprocess.Popen([*worker, address, "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"], **common)  # type: ignore[call-overload]
            for _ in range(workers)
        ]
        yield cluster
    finally:
        for process in reversed(cluster.processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # with the processes that a worker's watcher started
        for process in cluster.processes:
            process.wait()


def worker_pids(watchers: list[subprocess.Popen[bytes]]) -> list[int]:
    """Give the processes that work, by the processes that watch them (Linux)."""
    found = []
    for watcher in watchers:
        for task in Path(f"/proc/{watcher.pid}/task").glob("*/children"):
            for pid in map(int, task.read_text(encoding="ascii").split()):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"resource_tracker" not in command:
                    found.append(pid)
    return found


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + STARTING_S
    while time.monotonic() < end:
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the scheduler did not start")
