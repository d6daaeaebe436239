"""Promise 9: killing a run at any moment loses nothing that it wrote, and running it again finishes the work.

`python -m bench kills` kills hundreds of times, and the whole of a PostgreSQL too.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench.kills import kill_until
from bench.kills import program as killed_program
from hypothesis import example, given
from hypothesis import strategies as st

import killed
from conftest import DATABASES, NewPlace
from invented import Story, put, tries
from thorough import part
from variorum.ledger import Ledger

NEVER = 10**9
FILES, STORIES_A_FILE = 12, 4

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are POSIX")


@dataclass(frozen=True)
class Program:
    """A program that starts runs over one folder, and what a run that nobody disturbs writes."""

    process: subprocess.Popen[str]
    dump: Path  # in a file: a failing test shows this record
    statements: int  # that such a run makes

    def run(self, place: str, until: int = NEVER) -> str:
        """Run, killed before a statement; gives how it ended."""
        return ask(self.process, place, until)


def ask(process: subprocess.Popen[str], place: str, until: int) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    print(place, until, file=process.stdin, flush=True)
    return process.stdout.readline().strip()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, empty_place: NewPlace) -> Iterator[Program]:
    folder = tmp_path_factory.mktemp("reports")
    told = [
        Story(town, day, dead, (dead + day) % 4, lead, (lead + town) % 3, copied_by=int(lead == 0))
        for town in range(2)
        for day in (3, 4)
        for dead in range(4)
        for lead in range(3)
    ]
    for number in range(FILES):
        put(folder, f"file{number}", told[number * STORIES_A_FILE : (number + 1) * STORIES_A_FILE])
    (folder / "bad.txt").write_bytes(b"")
    command = [sys.executable, killed.__file__, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        place = empty_place("sqlite")
        statements = int(ask(process, place, NEVER))
        undisturbed = folder.parent / "undisturbed.txt"
        undisturbed.write_text(dump(place), encoding="utf-8")
        yield Program(process, undisturbed, statements)
        process.kill()


def dump(place: str) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        assert ledger.check() == []
        return ledger.dump()


@tries(8)
@example([1.0, 0.999, 0.99])
@example([0.01, 0.01, 0.01, 0.01])
@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_a_run_killed_at_any_statement_several_times_ends_as_one_that_was_not(
    program: Program, empty_place: NewPlace, moments: list[float]
) -> None:
    place = empty_place("sqlite")
    written: set[str] = set()
    for moment in moments:
        assert program.run(place, 1 + int(moment * (program.statements - 1))) != "failed"
        rows = dump(place).splitlines()
        assert written <= {row for row in rows if not row.startswith("problem ")}
        written = {row for row in rows if row.startswith(("article ", "reading ", "mention ", "claim "))}
    assert program.run(place).isdigit()
    assert dump(place) == program.dump.read_text(encoding="utf-8")


@pytest.mark.parametrize("database", DATABASES)
def test_what_was_reported_before_a_kill_is_there_and_the_work_ends_as_if_undisturbed(
    database: str, new_place: NewPlace, tmp_path: Path
) -> None:
    with killed_program(tmp_path / "reports") as running:
        counts, lost = kill_until(part(8), database, running, tmp_path, lambda name: new_place(database))
    assert lost == []
    assert counts["kills"] >= part(8)
