"""A ledger that is moved is the same ledger, and one whose move was stopped is an empty one."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given

import factories as make
from conftest import DATABASES, NewPlace
from invented import exported, tries
from variorum.errors import LedgerError, UsageError
from variorum.ledger import Ledger, moving
from variorum.ledger.tables import metadata
from variorum.model import Capture

HISTORY = [
    make.Step(name, place % 4, (place + 1) % 4, place % 3)
    for place, name in enumerate(
        (
            "read",
            "read",
            "reread",
            "read",
            "judge",
            "rule",
            "resolve",
            "retract",
            "problem",
            "seen",
            "copies",
            "resolve",
        )
    )
]
HISTORY.append(make.Step("rule", 0, 0, 0))
WAYS = [(old, new) for old in DATABASES for new in DATABASES]


def fill(place: str, history: list[make.Step] = HISTORY) -> None:
    with Ledger.open(place, create=True) as ledger:
        make.play(ledger, history)
        for article in ledger.articles():
            capture = Capture(article.id, article.url, "", make.NOW, "test 1", make.SHA_OF_RAW, len(make.RAW))
            ledger.add_captures([(capture, make.RAW)])


def every_row(place: str) -> list[tuple[object, ...]]:
    with Ledger.open(place, readonly=True) as ledger, ledger._reading() as connection:
        return [
            (table.name, *row)
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
        ]


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_a_moved_ledger_has_every_row_and_exports_the_same_bytes(new_place: NewPlace, old: str, new: str) -> None:
    here, there = new_place(old), new_place(new)
    fill(here)
    before = every_row(here)
    with Ledger.open(here, readonly=True) as source, Ledger.open(there, create=True) as target:
        copied = source.copy_to(target)
        assert exported(source) == exported(target)
        assert target.check() == []
        assert copied.last_hash == source.last_hash() == target.last_hash()
    assert every_row(there) == before == every_row(here)
    assert sum(copied.rows.values()) == len(before)


@tries(15)
@given(history=make.histories())
def test_whatever_was_done_to_a_ledger_comes_back_from_the_other_database(
    empty_place: NewPlace, history: list[make.Step]
) -> None:
    first, second, back = empty_place("sqlite"), empty_place("postgresql"), empty_place("sqlite")
    with Ledger.open(first) as one, Ledger.open(second) as two, Ledger.open(back) as three:
        make.play(one, history)
        one.copy_to(two)
        two.copy_to(three)
    assert every_row(first) == every_row(back)


def test_a_moved_ledger_is_worked_on_like_any_other(new_place: NewPlace, place: str) -> None:
    fill(place)
    with Ledger.open(place) as source, Ledger.open(new_place("sqlite"), create=True) as target:
        source.copy_to(target)
        for ledger in (source, target):
            ledger.add_article(make.article("late", "Another text"))
            ledger.retract(next(ledger.decisions(matcher=True)).act, by="mk", at=make.LATER)
        assert source.dump() == target.dump()
        assert target.check() == []


def test_a_place_that_holds_a_ledger_is_left_as_it_is(new_place: NewPlace, place: str) -> None:
    here = new_place("sqlite")
    fill(here)
    with Ledger.open(place, create=True) as target:
        target.add_article(make.article("other", "An older text"))
        before = target.dump()
        with Ledger.open(here, readonly=True) as source, pytest.raises(UsageError, match="holds a ledger already"):
            source.copy_to(target)
        assert target.dump() == before


def test_a_ledger_with_a_fault_is_not_moved(new_place: NewPlace, place: str) -> None:
    here = new_place("sqlite")
    fill(here)
    with Ledger.open(here) as source, Ledger.open(place, create=True) as target:
        with source.writing(), source._writer() as connection:
            connection.execute(sa.text("UPDATE article SET outlet = 'altered'"))
        with pytest.raises(LedgerError, match="fault"):
            source.copy_to(target)
        assert target.counts()["article"] == 0


def test_an_index_beside_the_tables_is_filled_after_the_rows(
    new_place: NewPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = new_place("sqlite")
    fill(here)
    seen = []

    def fill_index(connection: sa.Connection) -> None:
        seen.append(moving.count_all(connection))

    monkeypatch.setattr(moving, "INDEXES", (*moving.INDEXES, fill_index))
    with Ledger.open(here, readonly=True) as source, Ledger.open(new_place("sqlite"), create=True) as target:
        copied = source.copy_to(target)
    assert seen == [sum(copied.rows.values())]


KILLED = """
import os, signal, sys
import sqlalchemy as sa
from variorum.ledger import Ledger
made = [0]
with Ledger.open(sys.argv[1], readonly=True) as source, Ledger.open(sys.argv[2], create=True) as target:
    def step(*_):
        made[0] += 1
        if made[0] == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
    for name in ("before_cursor_execute", "commit"):
        sa.event.listen(sa.Engine, name, step)
    source.copy_to(target)
print(made[0])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 1.0])
def test_a_move_that_is_killed_leaves_an_empty_ledger_and_can_be_done_again(
    new_place: NewPlace, place: str, share: float
) -> None:
    here, other = new_place("sqlite"), new_place("postgresql" if "://" in place else "sqlite")
    fill(here)
    command = [sys.executable, "-c", KILLED, here]
    whole = subprocess.run([*command, other, "1000000"], capture_output=True, text=True, check=True)
    until = str(max(1, int(share * int(whole.stdout))))
    killed = subprocess.run([*command, place, until], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    with Ledger.open(here, readonly=True) as source, Ledger.open(place) as target:
        assert sum(target.counts().values()) == 1  # its version
        source.copy_to(target)
    assert every_row(place) == every_row(here)


def test_what_is_moved_is_one_state_though_others_write(new_place: NewPlace, place: str) -> None:
    fill(place)
    with Ledger.open(place) as writer, Ledger.open(place, readonly=True) as source:

        def write(table: str, done: int, total: int) -> None:
            if table == "article" and done == 0:
                writer.add_article(make.article("meanwhile", "Written meanwhile"))

        with Ledger.open(new_place("sqlite"), create=True) as target:
            source.copy_to(target, tell=write)
            assert target.counts()["article"] == writer.counts()["article"] - 1
            assert target.check() == []


def test_a_copied_file_of_a_moved_ledger_is_the_ledger(new_place: NewPlace, tmp_path: Path) -> None:
    here, there = new_place("sqlite"), new_place("sqlite")
    fill(here)
    with Ledger.open(here, readonly=True) as source, Ledger.open(there, create=True) as target:
        source.copy_to(target)
    with Ledger.open(str(shutil.copy(there, tmp_path / "copied.db")), readonly=True) as copied:
        assert copied.check() == []
