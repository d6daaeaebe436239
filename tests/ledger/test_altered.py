"""A bit turned by hand anywhere in a ledger is found by `check`, which names the row."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import factories as make
from conftest import DATABASES, NewPlace
from thorough import THOROUGH, part
from variorum.errors import LedgerError, LedgerNewerError, LedgerWriteError, VariorumError
from variorum.ledger import InputSeen, Ledger
from variorum.ledger.check import find_faults
from variorum.ledger.listing import Indexed, Placed, Told, index_events
from variorum.ledger.records import Waiting
from variorum.ledger.seals import sealer
from variorum.ledger.tables import ADDED, REBUILT, metadata
from variorum.model import (
    Capture,
    Copy,
    Counted,
    Problem,
    Redirect,
    Related,
    Ruling,
    Story,
    Structure,
    make_id,
    story_id,
)

TABLES = sorted(table.name for table in metadata.tables.values() if table.name not in ("meta", "log"))
RAW = b"<p>Shelling</p>" * 30
FLIPS = 150  # of a bit anywhere in the file


def fill(place: str) -> None:
    """Write a ledger in which every table has rows, and every column that can be NULL is so in one of them."""
    with Ledger.open(place) as ledger:
        articles = [make.article(name) for name in ("one", "two", "three")]
        ledger.add_articles(articles)
        found = [make.extraction(article, held=1) for article in articles]
        for reading in found:
            ledger.add_extraction(reading)
        better = make.extraction(articles[2], (("killed", "12"), ("place", "Qasr al-Wadi")), version="2")
        ledger.add_extraction(better)
        ledger.supersede(found[2].reading.id)
        sha256 = hashlib.sha256(RAW).hexdigest()
        ledger.add_captures([(Capture(articles[0].id, "file:one", "", make.NOW, "hand", sha256, len(RAW)), RAW)])
        ledger.add_seen([InputSeen("in/one.txt", 10, 5, "cd" * 32, (articles[0].id,))])
        ledger.add_problems([Problem("bad.txt", "empty", "it is empty", "look at it", make.NOW)])
        mentions = [reading.mentions[0] for reading in (*found[:2], better)]
        pair = make.judgement(mentions[0], mentions[1])
        ledger.add_judgement(replace(pair, by="matcher", score=0.75))
        ledger.decide([pair, make.judgement(mentions[1], mentions[2], "different")], seen=0)
        ledger.retract(2, by="mk", at=make.LATER)
        ledger.add_ruling(make.ruling(found[0].claims[0]))
        ledger.add_ruling(make.ruling(found[0].claims[1], "correct", value="8"))
        ledger.add_ruling(Ruling(mentions[0].id, "correct", "clash", "bo", "", make.NOW, field="kind", blind=True))
        first, second = make.event(found[0], better), make.event(found[1])
        names = [make.named(first, found[0]), make.named(second, found[1])]
        copies = [Copy(articles[1].id, articles[0].id, 0.9)]
        write = {"copies": copies, "redirects": [], "register": names, "now": make.NOW}
        tie = Related(first.id, second.id, "response to", "same place", articles[0].id, 0, 8, make.TEXT[:8])
        count = Counted(
            make_id("cnt", mentions[0].id, 0, 8),
            mentions[0].id,
            *("4", "strikes", "2031-04-01", "2031-05-01", ("gn:1",), 0, 8, make.TEXT[:8], (first.id,)),
        )
        stories = (Story(story_id(articles[0].id), tuple(sorted(one.id for one in articles[:2])), "Shelling"),)
        ledger.replace_derived(events=[first, second], structure=Structure((tie,), (count,), stories), **write)
        old = make.named(make.event(found[2]), found[2])
        gone = Redirect(old.event_id, first.id, make.LATER, "merged")
        write |= {"redirects": [gone], "register": [old], "now": make.LATER}
        left, right = sorted((mentions[0].id, mentions[1].id))
        waits = [Waiting(left, right, 0.5, "unsure"), Waiting(left, mentions[2].id, None, "bridge", "", 1)]
        write |= {"waiting": [row for row in waits if row.left < row.right]}
        ledger.replace_derived(events=[first, second], structure=Structure((tie,), (count,), stories), **write)
        places = (Placed("gn:1", "Wadi", "SY", 1.5, 2.5, 3.5), Placed("name:Qasr", "Qasr", None, None, None, None))
        told = (
            Told(mentions[0].id, "strike", True, ("2031-05-01", "2031-05-02"), "2031-05-02"),
            Told(mentions[2].id, "strike", False, None, None),
        )
        listed = [
            Indexed(first.id, "strike", "2031-05-01", "2031-05-01", 2, places, frozenset({"gn:1"}), told, {"a": 1}),
            Indexed(second.id, "strike", None, None, 1, (), frozenset(), (), {}),
        ]
        index_events(ledger, listed, "list/1")
        number = ledger.start_run("run", program="variorum", at=make.NOW)
        ledger.finish_run(number, {"files": 3}, at=make.LATER)
        ledger.start_run("run", program="variorum", at=make.LATER)
        assert ledger.check() == []


@pytest.fixture(scope="module", params=DATABASES)
def engine(request: pytest.FixtureRequest, new_place: NewPlace) -> Iterator[sa.Engine]:
    """A full ledger as another program sees it, which knows nothing of what refers to what."""
    place = new_place(request.param)
    Ledger.open(place, create=True).close()
    fill(place)
    url = sa.make_url(place).set(drivername="postgresql+psycopg") if "://" in place else f"sqlite:///{place}"
    opened = sa.create_engine(url)
    if opened.dialect.name == "sqlite":  # Python's own begins of transactions forget savepoints
        sa.event.listen(opened, "connect", lambda driver, _: setattr(driver, "isolation_level", None))
        sa.event.listen(opened, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    yield opened
    opened.dispose()


@contextmanager
def at_hand(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection to write with by hand; what it wrote is undone."""
    with engine.connect() as connection, connection.begin() as transaction:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # foreign keys are not looked at
        yield connection
        transaction.rollback()


def turned(value: Any, column: sa.Column[Any]) -> Iterator[Any]:
    """Yield a stored value with one bit turned, at several places of it; a value for NULL, and NULL for a value."""
    if value is None:
        yield {sa.LargeBinary: b"\0", sa.Double: 0.0, sa.BigInteger: 0}.get(type(column.type), "")
        return
    if isinstance(column.type, sa.Boolean):
        yield not value
    elif isinstance(value, str):
        yield from (
            value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
            for at in {0, len(value) // 2, len(value) - 1}
            if value
        )
        if not value:
            yield "\x01"
    elif isinstance(value, int):
        yield from (value ^ 1, value ^ (1 << 40), -value - 1)
    elif isinstance(value, float):
        yield struct.unpack("<d", struct.pack("<q", struct.unpack("<q", struct.pack("<d", value))[0] ^ 1))[0]
    elif isinstance(value, bytes):
        yield bytes([value[0] ^ 1]) + value[1:]
        yield value[:-1] + bytes([value[-1] ^ 128])
    if column.nullable:
        yield None


def strange(column: sa.Column[Any]) -> Iterator[str]:
    """Yield what SQLite lets stand in any column: another type, bytes that are no UTF-8."""
    yield from ("CAST(x'c328' AS TEXT)", "x'c328'", "1.5", "'x'", "''", "7", "-1", "'{'", "9e999")
    if column.nullable:
        yield "NULL"


def first_rows(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    rows = connection.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings().all()
    assert rows, f"{table.name} is empty: the test shows nothing"
    return [dict(rows[0]), dict(rows[-1])] if len(rows) > 1 else [dict(rows[0])]


def put(connection: sa.Connection, table: sa.Table, row: dict[str, Any], column: str, value: str, *given: Any) -> bool:
    """Write one value by hand; gives False where the database itself refuses it."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    keys = [key.name for key in table.primary_key.columns]
    where = " AND ".join(f"{name} = {mark}" for name in keys)
    statement = f"UPDATE {table.name} SET {column} = {value or mark} WHERE {where}"
    try:
        with connection.begin_nested():
            done = connection.exec_driver_sql(statement, (*given, *(row[name] for name in keys)))
    except (sa.exc.IntegrityError, sa.exc.DataError):
        return False
    assert done.rowcount == 1
    return True


def name(table: sa.Table, row: dict[str, Any]) -> str:
    return f"{table.name} {' '.join(str(row[key.name]) for key in table.primary_key.columns)}:"


def named(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> None:
    faults = list(find_faults(connection))
    assert any(line.startswith(name(table, row)) for line in faults), (name(table, row), faults)


@pytest.mark.parametrize("table", [metadata.tables[name] for name in (*TABLES, "log")], ids=lambda table: table.name)
def test_a_bit_turned_in_any_column_is_found_and_named(engine: sa.Engine, table: sa.Table) -> None:
    for column in table.columns:
        tried = 0
        with at_hand(engine) as connection:
            rows = first_rows(connection, table)
        if engine.dialect.name == "postgresql" or not THOROUGH:
            rows = rows[-1:]  # the same program reads it, and slower
        for row in rows:
            for value in turned(row[column.name], column):
                with at_hand(engine) as connection:
                    if put(connection, table, row, column.name, "", value):
                        tried += 1
                        named(connection, table, row | {column.name: value})
        assert tried, f"{column} cannot be changed at all: the test shows nothing"


@pytest.mark.parametrize("table", [metadata.tables[name] for name in (*TABLES, "log")], ids=lambda table: table.name)
def test_what_is_no_value_of_its_column_at_all_is_found_and_named(engine: sa.Engine, table: sa.Table) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets no such value in")
    keys = {key.name for key in table.primary_key.columns}
    for column in table.columns:
        with at_hand(engine) as connection:
            row = first_rows(connection, table)[-1]
        for value in strange(column):
            with at_hand(engine) as connection:
                before = raw_rows(connection, table)
                if put(connection, table, row, column.name, value) and raw_rows(connection, table) != before:
                    faults = list(find_faults(connection))
                    wanted = f"{table.name} " if column.name in keys else name(table, row)
                    assert any(line.startswith(wanted) for line in faults), (column.name, value, faults)


def raw_rows(connection: sa.Connection, table: sa.Table) -> list[Any]:
    """Read the values as they are stored, whatever they are."""
    cells = ", ".join(f"typeof({column.name}), hex({column.name})" for column in table.columns)
    return sorted(connection.exec_driver_sql(f"SELECT {cells} FROM {table.name}").fetchall())


@pytest.mark.parametrize("table", [*ADDED, *REBUILT], ids=lambda table: table.name)
def test_a_row_taken_away_or_added_by_hand_is_found(engine: sa.Engine, table: sa.Table) -> None:
    keys = [key.name for key in table.primary_key.columns]
    mark = "?" if engine.dialect.name == "sqlite" else "%s"
    with at_hand(engine) as connection:
        row = first_rows(connection, table)[0]
        where = " AND ".join(f"{name} = {mark}" for name in keys)
        connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE {where}", tuple(row[name] for name in keys))
        assert any(line.startswith(f"{table.name}: ") for line in find_faults(connection))
    with at_hand(engine) as connection:
        last = first_rows(connection, table)[-1]
        changed = {name: last[name] + 100 if isinstance(last[name], int) else f"{last[name]}0" for name in keys}
        more = changed | {name: 100 for name in ("number",) if name in last}
        if table.name == "event_mention":
            more["mention_id"] = "men_0"
        connection.execute(sa.insert(table), last | more)
        assert any(line.startswith(f"{table.name}: ") for line in find_faults(connection))


@pytest.mark.parametrize("table", REBUILT, ids=lambda table: table.name)
def test_a_row_changed_by_hand_with_its_seal_is_found(engine: sa.Engine, table: sa.Table) -> None:
    keys = {key.name for key in table.primary_key.columns}
    columns = [column for column in table.columns if column.name != "seal"]
    column = next((column for column in columns if column.name not in keys), columns[-1])
    with at_hand(engine) as connection:
        row = first_rows(connection, table)[0]
        forged = row | {column.name: next(turned(row[column.name], column))}
        assert put(connection, table, row, "seal", "", sealer(table)(forged))
        assert put(connection, table, row, column.name, "", forged[column.name])
        assert any(line.startswith(f"{table.name}: ") for line in find_faults(connection))


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("capture", "sha256", RAW), ("copy", "share", b"0.9"), ("event_place", "lat", b"1.5")],
)
def test_bytes_that_spell_a_value_and_pass_its_seal_are_found(
    engine: sa.Engine, table: str, column: str, value: bytes
) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets no such value in")
    with at_hand(engine) as connection:
        row = next(row for row in first_rows(connection, metadata.tables[table]) if row[column] is not None)
        forged = row | {column: value}
        assert sealer(metadata.tables[table])(forged) == row["seal"], "the test shows nothing"
        assert put(connection, metadata.tables[table], row, column, "", value)
        named(connection, metadata.tables[table], forged if column == "sha256" else row)


def test_a_row_of_the_log_taken_away_or_added_by_hand_is_found(engine: sa.Engine) -> None:
    for statement in ("DELETE FROM log WHERE number = 3", "DELETE FROM log WHERE number = 1"):
        with at_hand(engine) as connection:
            connection.exec_driver_sql(statement)
            assert any("a row before it is missing" in line for line in find_faults(connection))
    with at_hand(engine) as connection:
        log = metadata.tables["log"]
        row = first_rows(connection, log)[-1]
        connection.execute(sa.insert(log), row | {"number": row["number"] + 1})
        assert any(line.startswith(f"log {row['number'] + 1}: ") for line in find_faults(connection))


# ---------------------------------------------------------------- meta


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE meta SET value = '99' WHERE key = 'version'", LedgerNewerError),
        ("UPDATE meta SET value = '2' WHERE key = 'version'", LedgerError),
        ("UPDATE meta SET value = '1' WHERE key = 'version'", LedgerError),
        ("UPDATE meta SET value = 's' WHERE key = 'version'", LedgerWriteError),
        ("UPDATE meta SET value = CAST(x'b3' AS TEXT) WHERE key = 'version'", LedgerError),
        ("UPDATE meta SET value = '' WHERE key = 'version'", LedgerWriteError),
        ("UPDATE meta SET value = x'33' WHERE key = 'version'", LedgerWriteError),
        ("UPDATE meta SET key = 'wersion' WHERE key = 'version'", LedgerWriteError),
        ("DELETE FROM meta", LedgerWriteError),
    ],
)
@pytest.mark.parametrize("readonly", [True, False])
def test_a_version_that_was_changed_by_hand_stops_the_opening_and_changes_nothing(
    sqlite_file: Path, statement: str, error: type[LedgerError], readonly: bool
) -> None:
    fill(str(sqlite_file))
    with sqlite3.connect(sqlite_file) as connection:
        before = connection.execute("SELECT * FROM article").fetchall()
        connection.execute(statement)
    connection.close()
    with pytest.raises(error) as met:
        Ledger.open(sqlite_file, readonly=readonly)
    assert met.value.cause
    with sqlite3.connect(sqlite_file) as connection:
        assert connection.execute("SELECT * FROM article").fetchall() == before
    connection.close()


def test_rows_of_meta_that_no_program_wrote_are_found(engine: sa.Engine) -> None:
    for statement in (
        "INSERT INTO meta VALUES ('more', '1')",
        "UPDATE meta SET value = '2' WHERE key = 'version'",
        "DELETE FROM meta",
    ):
        with at_hand(engine) as connection:
            connection.exec_driver_sql(statement)
            assert any(line.startswith("meta ") for line in find_faults(connection))


# ---------------------------------------------------------------- triggers, views, indexes

SWALLOW = {
    "sqlite": "CREATE TRIGGER swallow BEFORE INSERT ON ruling BEGIN SELECT RAISE(IGNORE); END",
    "postgresql": """
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER swallow BEFORE INSERT ON ruling FOR EACH ROW EXECUTE FUNCTION nothing()""",
}


def faults_after(engine: sa.Engine, *statements: str) -> list[str]:
    with at_hand(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return list(find_faults(connection))


def test_a_trigger_is_found(engine: sa.Engine) -> None:
    assert [line.partition(":")[0] for line in faults_after(engine, SWALLOW[engine.dialect.name])] == [
        "trigger swallow on ruling"
    ]


def test_a_rule_that_swallows_rows_is_found(engine: sa.Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no rules")
    faults = faults_after(engine, "CREATE RULE swallow AS ON INSERT TO ruling DO INSTEAD NOTHING")
    assert [line.partition(":")[0] for line in faults] == ["trigger swallow on ruling"]


def test_a_missing_view_is_found(engine: sa.Engine) -> None:
    assert [line.partition(";")[0] for line in faults_after(engine, "DROP VIEW v_claims")] == [
        "view v_claims: it is missing"
    ]


def test_a_view_that_says_something_else_is_found(engine: sa.Engine) -> None:
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps no text of a view")
    faults = faults_after(engine, "DROP VIEW v_claims", "CREATE VIEW v_claims AS SELECT 1 AS claim")
    assert [line.partition(";")[0] for line in faults] == ["view v_claims: it is not the one that the program made"]


# ---------------------------------------------------------------- the file


def stored(path: Path) -> Any:
    """Read every row of a file as it is stored; the error where it cannot be read."""
    connection = sqlite3.connect(path)
    try:
        connection.text_factory = bytes
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in metadata.tables]
    except sqlite3.Error as error:
        return str(error)
    finally:
        connection.close()


def test_a_bit_turned_in_the_file_is_found_or_changes_nothing(sqlite_file: Path, tmp_path: Path) -> None:
    fill(str(sqlite_file))
    whole = sqlite_file.read_bytes()
    before = stored(sqlite_file)
    used = [at for at, byte in enumerate(whole) if byte]  # most of a page of so small a table is empty
    chance = random.Random(7)
    found = 0
    for number in range(part(FLIPS)):
        path = tmp_path / f"{number}.db"
        at, bit = chance.choice(used), chance.randrange(8)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :])
        try:
            with Ledger.open(path, readonly=True) as ledger:
                faults = ledger.check()
        except VariorumError:
            faults = ["it cannot be opened"]
        assert faults or stored(path) == before, f"bit {bit} of byte {at} changes rows, and check finds nothing"
        found += bool(faults)
        path.unlink()
    assert found > part(FLIPS) // 2
