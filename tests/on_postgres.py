"""The whole suite on PostgreSQL: every ledger that a test opens as a file lies in a schema of one server.

`VARIORUM_TEST_DATABASE=postgresql pytest` turns it on. The file itself holds the name of its schema, so a test that
copies the file copies the ledger. Tests that are about a file itself carry the mark `file`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from variorum.ledger import Ledger, dialects, transactions

ASKED = "VARIORUM_TEST_DATABASE"
MARK = "a ledger on PostgreSQL: "


def is_asked() -> bool:
    """Tell whether files are to stand for schemas."""
    return os.environ.get(ASKED) == "postgresql"


def install(server: str) -> None:
    """Lead every file of a ledger to a schema of the server, in this process."""
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
    """Give the URL of the schema that a file stands for; a copied file gets a copy of the schema."""
    schema = f"variorum_file_{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:24]}"
    before = path.read_text(encoding="utf-8").removeprefix(MARK) if path.exists() else ""
    url = sa.make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
    if before != schema:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            connection.execute(f"CREATE SCHEMA {schema}")
        path.write_text(MARK + schema, encoding="utf-8")
        if before:
            copy_schema(server, before, url.render_as_string(hide_password=False))
    return url.render_as_string(hide_password=False)


def copy_schema(server: str, before: str, url: str) -> None:
    """Copy the ledger of one schema into another."""
    old = sa.make_url(server).update_query_dict({"options": f"-csearch_path={before}"})
    with (
        Ledger.open(old.render_as_string(hide_password=False), readonly=True) as source,
        Ledger.open(url, create=True) as target,
    ):
        source.copy_to(target, check=False)
