"""How a ledger of an older version becomes one of this version. One numbered function per step, never edited later.

Invariant: a ledger is of exactly one version; all steps run in one transaction, so a failed step changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from variorum.errors import LedgerError, LedgerNewerError
from variorum.ledger import indexes, tables
from variorum.ledger.dialects import not_a_ledger
from variorum.ledger.views import VIEWS

VERSION_KEY = "version"


def migrate_1(connection: sa.Connection) -> None:
    """Make the first tables, none of which has changed since: who changes one writes its first form out here."""
    first = [table for table in tables.metadata.sorted_tables if table not in (*tables.SINCE_2, *indexes.SINCE_3)]
    tables.metadata.create_all(connection, tables=first, checkfirst=False)


def migrate_2(connection: sa.Connection) -> None:
    """Make the tables of what stands between events; the next run fills them."""
    tables.metadata.create_all(connection, tables=list(tables.SINCE_2), checkfirst=False)


def migrate_3(connection: sa.Connection) -> None:
    """Make the indexes for a large ledger: of words, and of events by day and place."""
    indexes.add_indexes(connection)


MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (migrate_1, migrate_2, migrate_3)


def stored_version(connection: sa.Connection, name: str) -> int:
    """Give the version of a ledger, 0 for an empty database.

    Raises LedgerWriteError when the database holds something else.
    """
    if connection.dialect.name == "sqlite":
        names = set(connection.execute(sa.text("SELECT name FROM sqlite_master")).scalars())
    else:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'meta'"
        names = set(connection.execute(sa.text(query)).scalars())
    if not names:
        return 0
    if "meta" not in names:
        raise not_a_ledger(name, "it holds other tables")
    columns = {column["name"] for column in sa.inspect(connection).get_columns("meta")}
    if columns != {"key", "value"}:
        raise not_a_ledger(name, "its table meta is another program's")
    value = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.key == VERSION_KEY)).scalar()
    if value is None or not value.isdecimal():
        raise not_a_ledger(name, "it has no version")
    return int(value)


def check_version(version: int, name: str) -> bool:
    """Tell whether a ledger of this version has to be migrated first.

    Raises LedgerNewerError for a ledger of a later program.
    """
    latest = len(MIGRATIONS)
    if version > latest:
        raise LedgerNewerError(
            f"{name} was written by a later version of this program (ledger {version}, this one knows {latest})",
            "update the program: python -m pip install --upgrade variorum",
        )
    return version < latest


def migrate(connection: sa.Connection, version: int, name: str) -> None:
    """Bring a ledger of an older version to this one; the caller's transaction makes it all or nothing."""
    for view in VIEWS:  # views hold nothing: made anew after every migration
        connection.execute(sa.text(f"DROP VIEW IF EXISTS {view}"))
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        try:
            step(connection)
        except LedgerError as error:
            raise LedgerError(f"{name}: migration {number} failed: {error.cause}", error.remedy) from error
    for view, query in VIEWS.items():
        connection.execute(sa.text(f"CREATE VIEW {view} AS {query}"))
    connection.execute(sa.delete(tables.meta).where(tables.meta.c.key == VERSION_KEY))
    connection.execute(sa.insert(tables.meta), {"key": VERSION_KEY, "value": str(len(MIGRATIONS))})
