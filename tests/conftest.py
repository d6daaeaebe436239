"""Fixtures for all tests: a ledger on each database."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from bench.browsing import NO_CHROMIUM
from filelock import FileLock

import on_postgres
import postgres_server
from variorum.ledger import Ledger
from variorum.ledger.tables import metadata
from variorum.pipeline import run

# What the user of this machine has added to the gazetteer is no part of what is tested.
os.environ["XDG_DATA_HOME"] = str(Path(__file__).parent / "no-data-of-a-user")

# Where every file stands for a schema, tests that run on both databases need not run twice.
DATABASES = ("postgresql",) if on_postgres.is_asked() else ("sqlite", "postgresql")
NewPlace = Callable[[str], str]
MadeOnce = Callable[[str, Callable[[Path], None]], Path]
EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"
EXAMPLES_AT = "2031-05-03T10:00:00+00:00"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden files anew from what is found now")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for title, reason in (
        ("PostgreSQL was NOT tested", postgres_server.NONE_FOUND),
        ("The pages were NOT tried in a browser", NO_CHROMIUM),
    ):
        skipped = terminalreporter.stats.get("skipped", [])
        without = [report for report in skipped if reason in str(report.longrepr)]
        if without:
            terminalreporter.section(title, red=True, bold=True)
            terminalreporter.line(f"{len(without)} tests skipped: {reason}", red=True)


@pytest.fixture(scope="session", autouse=on_postgres.is_asked())
def files_on_postgres() -> Iterator[None]:
    """Lead every file of a ledger to a schema of one server, where that was asked for."""
    if not on_postgres.is_asked():
        yield
        return
    with postgres_server.postgres_url() as url:
        assert url is not None, postgres_server.NONE_FOUND
        on_postgres.install(url)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if on_postgres.is_asked():
        for item in items:
            if item.get_closest_marker("file"):
                item.add_marker(pytest.mark.skip(reason="about a file, and this run has none"))


@pytest.fixture(scope="session")
def new_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewPlace]:
    """Give the name of a place where no ledger is yet, on the database asked for.

    The PostgreSQL server starts at its first use. When none can be had the test is skipped, and the summary says so.
    """
    numbers = itertools.count(1)
    servers: list[str | None] = []
    schemas: list[str] = []
    with ExitStack() as stack:

        def make(database: str) -> str:
            if database == "sqlite":
                return str(tmp_path_factory.mktemp("ledger") / "ledger.db")
            if not servers:
                servers.append(stack.enter_context(postgres_server.postgres_url()))
            if servers[0] is None:
                pytest.skip(postgres_server.NONE_FOUND)
            schema = f"variorum_test_{os.getpid()}_{next(numbers)}"
            with psycopg.connect(servers[0], autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA {schema}")
            schemas.append(schema)
            url = sa.make_url(servers[0]).update_query_dict({"options": f"-csearch_path={schema}"})
            return url.render_as_string(hide_password=False)

        yield make
        if schemas and servers[0] is not None:
            with psycopg.connect(servers[0], autocommit=True) as connection:
                for schema in schemas:
                    connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(scope="session")
def empty_place(new_place: NewPlace, tmp_path_factory: pytest.TempPathFactory) -> NewPlace:
    """Give a place with an empty ledger, several times quicker than making one.

    SQLite: a copy of an empty file. PostgreSQL: one schema that is emptied, so only the latest holds what a test wrote.
    """
    made: dict[str, str] = {}
    filled = [table.name for table in reversed(metadata.sorted_tables) if table.name != "meta"]

    def make(database: str) -> str:
        if database not in made:
            made[database] = new_place(database)
            Ledger.open(made[database], create=True).close()
        if database == "sqlite":
            return str(shutil.copy(made[database], tmp_path_factory.mktemp("ledger") / "ledger.db"))
        with psycopg.connect(made[database], autocommit=True) as connection:
            for table in filled:  # TRUNCATE makes every file anew: 100 ms against 3
                connection.execute(f"DELETE FROM {table}")
            connection.execute("DELETE FROM pack")
            connection.execute("DELETE FROM meta WHERE key <> 'version'")
        return made[database]

    return make


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, new_place: NewPlace) -> str:
    """A place where no ledger is yet, once on each database."""
    return new_place(request.param)


@pytest.fixture(params=DATABASES)
def ledger(request: pytest.FixtureRequest, empty_place: NewPlace) -> Iterator[Ledger]:
    """An empty ledger, once on each database."""
    with Ledger.open(empty_place(request.param)) as opened:
        yield opened


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Give a copy of a ledger that one process makes for all: reading reports takes seconds."""
    base = tmp_path_factory.getbasetemp()
    home = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        shared = home / f"{name}-made-once.db"
        own = tmp_path_factory.mktemp(name) / f"{name}.db"
        if on_postgres.is_asked():  # there a file stands for a schema, which cannot be copied as one
            make(own)
            return own
        with FileLock(f"{shared}.lock"):
            if not shared.exists():
                make(own)
                with Ledger.open(own):  # moves what stands beside the file into it
                    shutil.copy(own, shared)
            else:
                shutil.copy(shared, own)
        return own

    return make_once


@pytest.fixture(scope="session")
def examples(made_once: MadeOnce) -> Path:
    """The ledger of the sample reports as they were read; no test writes to it."""

    def make(place: Path) -> None:
        with Ledger.open(place, create=True) as ledger:
            run([EXAMPLES], ledger, now=EXAMPLES_AT, workers=1)

    return made_once("examples", make)


@pytest.fixture
def own_examples(examples: Path, tmp_path: Path) -> Path:
    """A copy of that ledger to write to."""
    with Ledger.open(examples):  # moves what stands beside the file into it
        return Path(shutil.copy(examples, tmp_path / "own.db"))


@pytest.fixture
def sqlite_file(empty_place: NewPlace) -> Path:
    """The path of an empty ledger in a file."""
    return Path(empty_place("sqlite"))
