"""The whole suite on PostgreSQL: every ledger that a test opens as a file lies in a database of one server.

`VARIORUM_TEST_DATABASE=postgresql pytest` turns it on. The file itself holds the name of its database, so a test that
copies the file copies the ledger. Tests that are about a file itself carry the mark `file`.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from variorum.ledger import Ledger, dialects, transactions

ASKED = "VARIORUM_TEST_DATABASE"
MARK = "a ledger on PostgreSQL: "


def is_asked() -> bool:
    """Tell whether files are to stand for databases."""
    return os.environ.get(ASKED) == "postgresql"


def install(server: str) -> None:
    """Lead every file of a ledger to a database of the server, in this process."""
    make_engine, check_file = dialects.make_engine, dialects.check_file

    def engine_of(place: str | Path, *, readonly: bool, create: bool) -> sa.Engine:
        text = os.fspath(place)
        if dialects.is_url(text):
            return make_engine(place, readonly=readonly, create=create)
        return make_engine(url_of(server, Path(text)), readonly=readonly, create=create)

    def check(path: Path, name: str, *, create: bool) -> None:
        check_file(path, name, create=create)
        if path.exists() and path.stat().st_size and not path.read_bytes().startswith(MARK.encode()):
            raise dialects.not_a_ledger(name, "file is not a database")

    patched: Any = dialects
    patched.make_engine, patched.check_file = engine_of, check
    assert transactions.dialects is dialects


def url_of(server: str, path: Path) -> str:
    """Give the URL of the database that a file stands for; a copied file gets a copy of the database."""
    name = f"variorum_{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:24]}"
    before = path.read_text(encoding="utf-8").removeprefix(MARK) if path.exists() else ""
    if before != name:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            # A copy on the level of files takes a tenth of the time that making the tables does.
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {before or empty(server)} STRATEGY FILE_COPY")
        path.write_text(MARK + name, encoding="utf-8")
    return sa.make_url(server).set(database=name).render_as_string(hide_password=False)


@cache
def empty(server: str) -> str:
    """Give the name of a database with an empty ledger."""
    name = f"variorum_empty_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    Ledger.open(sa.make_url(server).set(database=name).render_as_string(hide_password=False), create=True).close()
    return name
