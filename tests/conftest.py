"""Fixtures for all tests: a ledger on each database."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

import postgres_server
from variorum.ledger import Ledger

DATABASES = ("sqlite", "postgresql")
NewPlace = Callable[[str], str]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    without = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if postgres_server.NONE_FOUND in str(report.longrepr)
    ]
    if without:
        terminalreporter.section("PostgreSQL was NOT tested", red=True, bold=True)
        terminalreporter.line(f"{len(without)} tests skipped: {postgres_server.NONE_FOUND}", red=True)


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


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, new_place: NewPlace) -> str:
    """A place where no ledger is yet, once on each database."""
    return new_place(request.param)


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """An empty ledger, once on each database."""
    with Ledger.open(place, create=True) as opened:
        yield opened


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """The path of an empty ledger in a file."""
    path = tmp_path / "ledger.db"
    Ledger.open(path, create=True).close()
    return path
