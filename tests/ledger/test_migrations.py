from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

import factories as make
from conftest import DATABASES, NewPlace
from variorum.errors import LedgerError, LedgerNewerError, LedgerWriteError
from variorum.ledger import Ledger, first_tables, migrations, tables
from variorum.ledger.dialects import make_engine


def add_column(connection: sa.Connection) -> None:
    connection.execute(sa.text("ALTER TABLE problem ADD COLUMN seen_by TEXT"))
    connection.execute(sa.text("DELETE FROM problem"))


def fail(connection: sa.Connection) -> None:
    connection.execute(sa.text("DELETE FROM article"))
    raise LedgerError("no room")


def write_old(place: str) -> str:
    with Ledger.open(place, create=True) as ledger:
        ledger.add_article(make.article())
        return ledger.dump()


def test_an_older_ledger_is_brought_up_to_date(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_old(place)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_column))
    with Ledger.open(place) as ledger:
        assert ledger.sql("SELECT value FROM meta WHERE key = 'version'").rows == ((str(len(migrations.MIGRATIONS)),),)
        assert ledger.sql("SELECT seen_by FROM problem").columns == ("seen_by",)
        assert ledger.sql("SELECT report FROM v_reports").rows == (("R1",),)


def test_a_migration_that_fails_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write_old(place)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_column, fail))
        with pytest.raises(LedgerError, match=f"migration {len(migrations.MIGRATIONS)} failed: no room"):
            Ledger.open(place)
    with Ledger.open(place) as ledger:
        assert ledger.dump() == before
        assert ledger.sql("SELECT * FROM problem").columns[-1] == "seal"


def test_a_version_set_back_by_hand_is_named_and_nothing_is_changed(place: str) -> None:
    before = write_old(place)
    set_version(place, "4")
    with pytest.raises(LedgerError, match="says layout 4 and holds tables of a later one: its version was altered"):
        Ledger.open(place)
    set_version(place, str(len(migrations.MIGRATIONS)))
    with Ledger.open(place) as ledger:
        assert ledger.dump() == before


def set_version(place: str, version: str) -> None:
    engine = make_engine(place, readonly=False, create=False)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE meta SET value = :to WHERE key = 'version'"), {"to": version})
    engine.dispose()


def test_an_index_of_events_that_the_log_does_not_hold_is_emptied(place: str) -> None:
    about = make.article()
    found = make.extraction(about)
    event = make.event(found)
    with Ledger.open(place, create=True) as ledger:
        ledger.add_article(about)
        ledger.add_extraction(found)
        named = [make.named(event, found)]
        ledger.replace_derived(events=[event], redirects=[], register=named, now=make.NOW)
        with ledger._writer() as connection:  # as version 5 wrote them
            row = {"event_id": event.id, "kind": "strike", "lineages": 1, "listed": "{}"}
            connection.execute(sa.insert(tables.event_index), row)
    set_version(place, "5")
    with Ledger.open(place) as ledger:
        assert ledger.counts()["event_index"] == 0
        assert ledger.check() == []


RELEASES = Path(__file__).parent / "releases"
FIRST = RELEASES / "ledger-0.1.0.sql"  # written by the first version of the program: layout 2, people's decisions in it
KILLED = """
import os, signal, sys
import sqlalchemy as sa
from variorum.ledger import Ledger
made = [0]
def step(*_):
    made[0] += 1
    if made[0] == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
for name in ("before_cursor_execute", "commit"):
    sa.event.listen(sa.Engine, name, step)
Ledger.open(sys.argv[1]).close()
print(made[0])
"""


def load_first(place: str) -> None:
    """Put the rows of the first release's ledger at a place, on either database."""
    with sqlite3.connect(":memory:" if "://" in place else place) as source:
        source.executescript(FIRST.read_text(encoding="utf-8"))
        if "://" not in place:
            return
        engine = make_engine(place, readonly=False, create=True)
        with engine.begin() as connection:
            for step in migrations.MIGRATIONS[:2]:
                step(connection)
            for table in first_tables.metadata.sorted_tables:
                names = [column.name for column in table.columns]
                rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall()
                new = [
                    {name: bool(value) if name == "superseded" else value for name, value in zip(names, row)}
                    for row in rows
                ]
                if new:
                    connection.execute(sa.insert(table), new)
        engine.dispose()
    source.close()


def test_a_ledger_of_the_first_release_opens_and_keeps_its_decisions(place: str) -> None:
    load_first(place)
    with Ledger.open(place) as ledger:
        assert ledger.check() == []
        assert [(row.name, row.what.by, row.what.retracted is None) for row in ledger.decisions()] == [
            ("D3", "ben", True),
            ("D2", "ada", True),
            ("D1", "ada", False),
        ]
        assert [(row.field, row.verdict, row.value) for row in ledger.rulings()] == [
            ("value", "correct", "11.."),
            ("value", "accept", None),
        ]
        assert len(list(ledger.events())) == 2
        assert len(list(ledger.versions())) == 5


def test_both_databases_upgrade_the_first_release_to_the_same_ledger(new_place: NewPlace) -> None:
    dumps = []
    for database in DATABASES:
        place = new_place(database)
        load_first(place)
        with Ledger.open(place) as ledger:
            dumps.append(ledger.dump())
    assert dumps[0] == dumps[1]


def test_an_upgraded_ledger_is_worked_on_like_a_new_one(place: str) -> None:
    load_first(place)
    with Ledger.open(place) as ledger:
        ledger.add_article(make.article())
        ledger.retract(2, by="ben", at="2031-06-01T10:00:00Z")
        assert ledger.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.85, 1.0])
def test_an_upgrade_that_is_killed_leaves_the_old_ledger_intact(place: str, new_place: NewPlace, share: float) -> None:
    other = new_place("postgresql" if "://" in place else "sqlite")
    load_first(other)
    whole = subprocess.run([sys.executable, "-c", KILLED, other, "1000000"], capture_output=True, text=True, check=True)
    with Ledger.open(other) as ledger:
        upgraded = ledger.dump()
    load_first(place)
    before = old_rows(place)
    until = str(max(1, int(share * int(whole.stdout))))
    killed = subprocess.run([sys.executable, "-c", KILLED, place, until], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert old_rows(place) == before
    with Ledger.open(place) as ledger:
        assert ledger.check() == []
        assert ledger.dump() == upgraded


def old_rows(place: str) -> list[object]:
    """Give all rows of a ledger of the first release as they lie in its tables."""
    engine = make_engine(place, readonly=True, create=False)
    with engine.connect() as connection:
        found = [
            [tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM {table.name} ORDER BY 1, 2"))]
            for table in first_tables.metadata.sorted_tables
        ]
    engine.dispose()
    return [*found]


def test_an_older_ledger_opened_for_reading_says_how_to_update_it(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_old(place)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_column))
    with pytest.raises(LedgerError, match="older version") as caught:
        Ledger.open(place, readonly=True)
    assert "open it for writing" in caught.value.remedy


@pytest.mark.parametrize("readonly", [True, False])
def test_a_ledger_of_a_later_program_is_refused(place: str, readonly: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add_column))
        write_old(place)
    with pytest.raises(LedgerNewerError, match="later version") as caught:
        Ledger.open(place, readonly=readonly)
    assert caught.value.exit_status == 4


@pytest.mark.parametrize(
    "tables",
    [
        "CREATE TABLE song (id)",
        "CREATE TABLE meta (key TEXT, value TEXT)",
        "CREATE TABLE meta (name TEXT)",
        "CREATE TABLE meta (key TEXT, value TEXT); INSERT INTO meta VALUES ('version', 'x')",
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, tables: str, create: bool) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(tables)
    connection.close()
    with pytest.raises(LedgerWriteError, match="not a ledger"):
        Ledger.open(path, create=create)


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Ledger.open(path, create=True) as ledger:
        assert ledger.check() == []


def test_opening_to_create_keeps_a_ledger_that_is_there(place: str) -> None:
    before = write_old(place)
    with Ledger.open(place, create=True) as ledger:
        assert ledger.dump() == before
