"""A ledger as canonical text, so that two can be compared. Only reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from variorum.ledger import texts
from variorum.ledger.rows import AnyRow, canonical
from variorum.ledger.seals import WRITTEN
from variorum.ledger.tables import article, meta, metadata, raw


def dump_lines(connection: sa.Connection) -> Iterator[str]:
    """Yield one line per row, tables by name and rows by key; the times of writing are left out."""
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        order = [*table.primary_key.columns]
        query = sa.select(table).order_by(*order)
        is_long = table is article or table is raw
        for row in texts.stream(connection, table, query, dict) if is_long else connection.execute(query).mappings():
            if table is meta and row["key"] == texts.CHOICE:
                continue  # where texts lie is no part of what a ledger says
            if table.name == "log" and row["kind"] == WRITTEN:
                continue  # how many batches the same was written in depends on when the program was stopped
            yield f"{table.name} {canonical(_without_clock(table, row))}\n"


def _without_clock(table: sa.Table, row: AnyRow) -> dict[str, Any]:
    kept = {column.name: row[column.name] for column in table.columns if not column.info.get("clock", False)}
    if "retracted" in table.columns:
        kept["retracted"] = row["retracted"] is not None
    flags = {column.name for column in table.columns if isinstance(column.type, sa.Boolean)}
    return {
        name: bool(value) if name in flags else value.hex() if isinstance(value, bytes) else value
        for name, value in kept.items()
    }
