"""Triggers and views that are not as migrations make them: through them a ledger says or keeps other things.

Invariant: only reads; a ledger that nobody worked on by hand gives nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from variorum.ledger.views import VIEWS

ANEW = "copy the rows into a ledger of its own: variorum move LEDGER NEW"

# Rules of PostgreSQL rewrite a statement before it runs, so they are triggers by another name.
_TRIGGERS = """
    SELECT t.tgname AS name, c.relname AS place FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
    UNION ALL SELECT rulename, tablename FROM pg_rules WHERE schemaname = current_schema()
    ORDER BY 1, 2"""


def find_faults(connection: sa.Connection) -> Iterator[str]:
    """Yield one line per trigger, and per view that is missing or another one."""
    sqlite = connection.dialect.name == "sqlite"
    yield from _sqlite_faults(connection) if sqlite else _postgresql_faults(connection)


def _sqlite_faults(connection: sa.Connection) -> Iterator[str]:
    query = sa.text("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name")
    found = connection.execute(query).all()
    for row in found:
        if row.type == "trigger":
            yield _trigger(row.name, row.tbl_name)
    views = {row.name: _one_line(row.sql) for row in found if row.type == "view"}
    for name, text in VIEWS.items():
        if name not in views:
            yield _missing_view(name)
        elif views[name] != _one_line(f"CREATE VIEW {name} AS {text}"):
            yield f"view {name}: it is not the one that the program made; {ANEW}"


def _postgresql_faults(connection: sa.Connection) -> Iterator[str]:
    for row in connection.execute(sa.text(_TRIGGERS)):
        yield _trigger(row.name, row.place)
    query = sa.text("SELECT viewname FROM pg_views WHERE schemaname = current_schema()")
    views = set(connection.execute(query).scalars())
    yield from (_missing_view(name) for name in VIEWS if name not in views)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _trigger(name: str, place: str) -> str:
    return f"trigger {name} on {place}: no program made it, and it can change what is written; remove it: DROP TRIGGER"


def _missing_view(name: str) -> str:
    return f"view {name}: it is missing; {ANEW}"
