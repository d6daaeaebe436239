"""How a ledger of an older version becomes one of this version. One numbered function per step, never edited later.

Invariant: a ledger is of exactly one version; all steps run in one transaction, so a failed step changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, LedgerNewerError
from variorum.ledger import indexes, seals, tables
from variorum.ledger.dialects import not_a_ledger
from variorum.ledger.views import VIEWS

VERSION_KEY = "version"
_DUPLICATES = ("42P07", "42701", "42710")  # SQLSTATE: of a table, a column, another thing

# first_tables is imported where it is used: most ledgers that are opened are of this version, and it costs 30 ms.


def migrate_1(connection: sa.Connection) -> None:
    """Make the first tables."""
    from variorum.ledger import first_tables

    first = [table for table in first_tables.metadata.sorted_tables if table not in first_tables.SINCE_2]
    first_tables.metadata.create_all(connection, tables=first, checkfirst=False)


def migrate_2(connection: sa.Connection) -> None:
    """Make the tables of what stands between events; the next run fills them."""
    from variorum.ledger import first_tables

    first_tables.metadata.create_all(connection, tables=list(first_tables.SINCE_2), checkfirst=False)


def migrate_3(connection: sa.Connection) -> None:
    """Seal every row, let rulings speak of more than claims, and make room for how articles came here."""
    from variorum.ledger import first_tables

    truth = "0" if connection.dialect.name == "sqlite" else "false"
    _add_column(connection, tables.log.c.content, "''")
    _add_column(connection, tables.judgement.c.act, "0")
    _add_column(connection, tables.judgement.c.blind, truth)
    connection.execute(sa.update(tables.judgement).values(act=tables.judgement.c.number))
    # A person can say several things of one pair; all rows stay, and the last one counts.
    connection.execute(sa.text("DROP INDEX judgement_one_live"))
    connection.execute(sa.text("CREATE INDEX judgement_pair ON judgement (left_id, right_id)"))
    before = [dict(row) for row in connection.execute(sa.select(first_tables.ruling)).mappings()]
    first_tables.ruling.drop(connection)
    tables.metadata.create_all(connection, tables=[tables.ruling, tables.capture, tables.raw], checkfirst=False)
    for row in before:
        row |= {"subject": row.pop("claim_id"), "other": "", "field": "value", "act": row["number"], "blind": False}
    if before:
        connection.execute(sa.insert(tables.ruling), before)
    connection.execute(sa.text("CREATE INDEX article_url ON article (url)"))
    for table in first_tables.metadata.sorted_tables:
        if "seal" in tables.metadata.tables[table.name].columns:
            now = tables.metadata.tables[table.name]
            for name in ("batch", "seal") if now in tables.ADDED else ("seal",):
                if table is not first_tables.ruling:
                    _add_column(connection, now.c[name])
            seals.seal_all(connection, now)


def migrate_4(connection: sa.Connection) -> None:
    """Make the table of pairs that wait for a person; the next run fills it."""
    tables.metadata.create_all(connection, tables=[tables.waiting], checkfirst=False)


def migrate_5(connection: sa.Connection) -> None:
    """Make the indexes for a large ledger: of words, and of events by day and place."""
    indexes.add_indexes(connection)


def migrate_6(connection: sa.Connection) -> None:
    """Empty the indexes of events, whose rows the log did not hold; the next run fills them, and the log does."""
    indexes.empty_indexes(connection)


def migrate_7(connection: sa.Connection) -> None:
    """Index the pairs that wait by their second mention; a ledger older than version 4 got that with the table."""
    for index in tables.waiting.indexes:
        index.create(connection, checkfirst=True)


def migrate_8(_: sa.Connection) -> None:
    """Change no table: events have the name and point of their place in their view, and views are made anew below."""


def migrate_9(connection: sa.Connection) -> None:
    """Index articles and readings so that the unread ones are found without their texts."""
    connection.execute(sa.text("DROP INDEX IF EXISTS reading_article"))
    for table, name in ((tables.reading, "reading_live"), (tables.article, "article_unread")):
        next(index for index in table.indexes if index.name == name).create(connection, checkfirst=True)


def migrate_10(connection: sa.Connection) -> None:
    """Let texts and raw bytes lie outside the ledger: a table of packs, and where in one each of them lies."""
    from variorum.ledger.pack_table import metadata

    metadata.create_all(connection)
    for table in (tables.article, tables.raw):
        there = {column["name"] for column in sa.inspect(connection).get_columns(table.name)}
        for column in table.columns:
            if column.info.get("place", False) and column.name not in there:
                _add_column(connection, column)


def _add_column(connection: sa.Connection, column: sa.Column[Any], default: str | None = None) -> None:
    kind = column.type.compile(connection.dialect)
    rest = "" if default is None else f" NOT NULL DEFAULT {default}"
    connection.execute(sa.text(f"ALTER TABLE {column.table.name} ADD COLUMN {column.name} {kind}{rest}"))


MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (
    *(migrate_1, migrate_2, migrate_3, migrate_4, migrate_5, migrate_6, migrate_7, migrate_8, migrate_9, migrate_10),
)


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
    if not isinstance(value, str) or not (value.isascii() and value.isdecimal()):
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
        except sa.exc.DBAPIError as error:
            if not _is_there_already(error.orig):
                raise
            cause = f"{name} says layout {version} and holds tables of a later one: its version was altered"
            raise LedgerError(cause, "restore a backup") from error
    for view, query in VIEWS.items():
        connection.execute(sa.text(f"CREATE VIEW {view} AS {query}"))
    connection.execute(sa.delete(tables.meta).where(tables.meta.c.key == VERSION_KEY))
    connection.execute(sa.insert(tables.meta), {"key": VERSION_KEY, "value": str(len(MIGRATIONS))})


def _is_there_already(error: BaseException | None) -> bool:
    """Tell whether the database refused to make a table or column that it has."""
    said = str(error)
    return "already exists" in said or "duplicate column" in said or getattr(error, "sqlstate", "") in _DUPLICATES
