from __future__ import annotations

import os
import resource
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import factories as make
from conftest import NewPlace
from variorum.errors import ConfigError, LedgerBusyError, LedgerError, LedgerWriteError, UsageError
from variorum.ledger import Ledger, dialects, lookups

TESTS = Path(__file__).parent.parent

# A program that writes articles until the ledger refuses, and reports each that it was told is written.
WRITE_UNTIL_REFUSED = """
import sys
import factories as make
from variorum.errors import LedgerWriteError
from variorum.ledger import Ledger
ledger = Ledger.open(sys.argv[1])
for number in range(1000):
    article = make.article(str(number), make.TEXT * 40)
    try:
        ledger.add_article(article)
    except LedgerWriteError as error:
        print("refused", error.cause, error.remedy, file=sys.stderr)
        sys.exit(error.exit_status)
    print(article.id, flush=True)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_S", 0.1)


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_is_told_that_the_ledger_is_busy(place: str) -> None:
    with Ledger.open(place, create=True) as first, Ledger.open(place) as second:
        with first.writing():
            first.add_article(make.article())
            with pytest.raises(LedgerBusyError, match="another program is writing") as caught:
                second.add_article(make.article("two"))
        assert second.add_article(make.article("two"))
    assert caught.value.exit_status == 4
    assert "wait" in caught.value.remedy


@pytest.fixture
def folder_of_another() -> Iterator[Path]:
    """A folder with a ledger that the process may read and not write; root steps down to nobody for that."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        with Ledger.open(folder / "ledger.db", create=True) as ledger:
            ledger.add_article(make.article())
        (folder / "ledger.db").chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_ledger_that_may_not_be_written_says_so(folder_of_another: Path) -> None:
    def write() -> None:
        with Ledger.open(folder_of_another / "ledger.db") as ledger:
            ledger.add_article(make.article("two"))

    with pytest.raises(LedgerWriteError) as caught:
        write()
    assert "writable" in caught.value.remedy


def test_a_ledger_in_a_read_only_folder_can_be_read(folder_of_another: Path) -> None:
    with Ledger.open(folder_of_another / "ledger.db", readonly=True) as ledger:
        assert ledger.check() == []
        assert ledger.counts()["article"] == 1


def test_a_ledger_in_a_read_only_folder_cannot_be_made(folder_of_another: Path) -> None:
    with pytest.raises(LedgerWriteError):
        Ledger.open(folder_of_another / "new.db", create=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on file size")
def test_a_full_disk_keeps_everything_that_was_reported_as_written(sqlite_file: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    done = subprocess.run(
        [sys.executable, "-c", WRITE_UNTIL_REFUSED, sqlite_file],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    written = done.stdout.split()
    assert done.returncode == 4, done.stderr
    assert "what was written so far is kept" in done.stderr
    with Ledger.open(sqlite_file) as ledger:
        assert ledger.check() == []
        assert [row.id for row in ledger.articles()] == written
        assert len(written) > 10
        assert ledger.add_article(make.article("after"))


def test_a_full_database_is_a_full_disk(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "small.db")
    connection.execute("PRAGMA max_page_count = 2")
    connection.execute("CREATE TABLE a (b)")
    with pytest.raises(LedgerWriteError, match="full"), dialects.translated("small.db"):
        connection.execute("INSERT INTO a VALUES (zeroblob(100000))")
    connection.close()


@pytest.mark.parametrize(
    "content", [b"Shelling hits a market in Qasr al-Wadi\n" * 99, b"SQLite format 3\0" + b"\xff" * 4096]
)
@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes, create: bool) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerWriteError, match="not a ledger"):
        Ledger.open(path, create=create)
    assert path.read_bytes() == content


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        Ledger.open(tmp_path, create=True)


@pytest.mark.parametrize("url", ["mysql://someone@host/base", "http://host/", "://", "postgresql://host:port/x"])
def test_a_url_of_something_else_is_a_wrong_use(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        Ledger.open(url)
    assert "postgresql://" in caught.value.remedy


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be reached") as caught:
        Ledger.open(f"postgresql://someone:secret@/base?host={tmp_path}")
    assert "secret" not in caught.value.cause


def test_a_missing_driver_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError) as caught:
        Ledger.open("postgresql://host/base")
    assert "variorum[postgres]" in caught.value.remedy


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM article",
        "INSERT INTO meta VALUES ('a', 'b')",
        "UPDATE article SET text = ''",
        "DROP VIEW v_claims",
        "CREATE TABLE x (y INTEGER)",
        "CREATE TEMPORARY TABLE meta (y INTEGER)",
        "SELECT 1; DELETE FROM article",
        "COMMIT; DELETE FROM article",
        "SELECT 1; COMMIT; DELETE FROM article",
        "WITH one AS (SELECT 1) DELETE FROM article",
        "EXPLAIN ANALYZE DELETE FROM article",
        "SELECT nothing FROM article",
        "SELEKT",
        "PRAGMA journal_mode = DELETE",
        "ATTACH 'other.db' AS other",
        "COPY article TO PROGRAM 'cat'",
        "WITH gone AS (DELETE FROM article RETURNING id) SELECT * FROM gone",
        "SET TRANSACTION READ WRITE; DELETE FROM article",
    ],
)
def test_a_query_that_is_not_one_reading_is_refused(ledger: Ledger, query: str) -> None:
    ledger.add_article(make.article())
    before = ledger.dump()
    with pytest.raises(UsageError, match="cannot be answered") as caught:
        ledger.sql(query)
    assert "v_claims" in caught.value.remedy
    assert ledger.dump() == before


@pytest.mark.parametrize("query", ["SELECT 1", "SELECT '%s'", "SELEKT", "COMMIT", "ROLLBACK"])
def test_a_ledger_can_be_written_after_a_query(ledger: Ledger, query: str) -> None:
    with suppress(UsageError):
        ledger.sql(query)
    assert ledger.add_article(make.article())
    assert ledger.sql("SELECT outlet FROM article WHERE url LIKE '%one%'").rows == (("Tarn Post",),)


def test_postgresql_orders_every_text_by_code_point_whatever_its_locale(empty_place: NewPlace) -> None:
    with Ledger.open(empty_place("postgresql"), readonly=True) as ledger:
        asked = (
            "SELECT c.relname, a.attname, o.collname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "JOIN pg_collation o ON o.oid = a.attcollation WHERE c.relkind = 'r' AND a.attnum > 0 "
            "AND c.relnamespace = current_schema()::regnamespace"
        )
        collations = {row[2] for row in ledger.sql(asked).rows}
    assert collations == {"C"}


def test_a_reading_of_several_queries_sees_one_state(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        ledger.add_article(make.article())
        with ledger._reading() as connection:
            first = lookups.count_rows(connection)
            ledger_of_another = Ledger.open(place)
            ledger_of_another.add_article(make.article("two"))
            ledger_of_another.close()
            assert lookups.count_rows(connection) == first
        assert ledger.counts()["article"] == 2
