from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

import factories as make
from variorum.errors import LedgerError, LedgerNewerError, LedgerWriteError
from variorum.ledger import Ledger, migrations, wordindex
from variorum.model import Structure


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
        assert ledger.sql("SELECT * FROM problem").columns[-1] == "at"


def test_a_ledger_of_version_1_gets_the_tables_of_what_stands_between_events(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:1])
        patch.setattr(migrations, "VIEWS", {})
        patch.setattr(wordindex, "add_articles", lambda connection, new: None)
        write_first(place)
    with Ledger.open(place) as ledger:
        assert ledger.structure() == Structure()
        assert ledger.check() == []
        assert ledger.sql("SELECT report FROM v_reports").rows == (("R1",),)
        assert ledger.sql("SELECT * FROM v_related").rows == ()


def write_first(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        ledger.add_article(make.article())


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
