"""Rows, types and features of what lies in memory, for the library: the same as in the files of an export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from variorum.model import Event
from variorum.publish import Edition, issue_of
from variorum.publish.columns import COLUMNS, Column, ColumnType
from variorum.publish.geojson import make_feature
from variorum.publish.parquet import arrow_schema, arrow_table
from variorum.publish.tables import Row, rows_of


def event_rows(published: Edition, event: Event, table: str) -> Iterator[Row]:
    """Give the rows that one event of an edition has in a table: events, claims or values."""
    return rows_of(issue_of(replace(published, events=[event])), table)


__all__ = ["COLUMNS", "Column", "ColumnType", "Row", "arrow_schema", "arrow_table", "event_rows", "make_feature"]
