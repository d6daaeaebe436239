"""A run that is stopped anywhere loses nothing that it wrote, and the next one finishes the work."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

import mishaps
from variorum.ledger import Ledger

COUNT = 28  # read by two processes in about two seconds: a busy machine must not be done before it is stopped
PATIENCE_S = 120.0  # a busy machine takes its time

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"), pytest.mark.file]


def start(folder: Path, place: Path) -> subprocess.Popen[str]:
    command = [sys.executable, mishaps.__file__, "run", str(folder), "-o", str(place), "--workers", "2"]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that a shell runs in the background have SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def finish(folder: Path, place: Path) -> int:
    with start(folder, place) as process:
        process.communicate(timeout=PATIENCE_S)
    return process.returncode


def dump(place: Path) -> list[str]:
    with Ledger.open(place, readonly=True) as ledger:
        assert list(ledger.check()) == []
        return ledger.dump().splitlines()


def wait_for(place: Path, table: str, process: subprocess.Popen[str]) -> int:
    """Wait until the run has written rows of a table; gives how many."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, "the run ended before it could be stopped"
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as connection:
            count = int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            if count:
                return count
        time.sleep(0.01)
    raise AssertionError(f"no {table} was written")


def nobody_left(group: int) -> bool:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("reports")
    mishaps.write_reports(found / "many.jsonl", COUNT)
    (found / "bad.txt").write_bytes(b"")
    return found


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    place = tmp_path_factory.mktemp("ledger") / "undisturbed.db"
    assert finish(folder, place) == 3
    return dump(place)


@pytest.mark.parametrize("table", ["article", "reading"])
def test_a_killed_run_is_finished_by_the_next(folder: Path, undisturbed: list[str], tmp_path: Path, table: str) -> None:
    place = tmp_path / "ledger.db"
    with start(folder, place) as process:
        wait_for(place, table, process)
        process.kill()
        process.communicate(timeout=PATIENCE_S)
    assert nobody_left(process.pid)
    assert len(dump(place)) < len(undisturbed)
    assert finish(folder, place) == 3
    assert dump(place) == undisturbed


def test_ctrl_c_keeps_what_was_done_and_says_so(folder: Path, undisturbed: list[str], tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    with start(folder, place) as process:
        wait_for(place, "reading", process)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert said.strip() == "stopped; what was written is kept, and running the command again finishes the work"
    assert nobody_left(process.pid)
    with Ledger.open(place, readonly=True) as ledger:
        assert 0 < len(list(ledger.readings())) < COUNT
        assert list(ledger.runs()) == []
    assert finish(folder, place) == 3
    assert dump(place) == undisturbed
