"""A table of an export as CSV (RFC 4180) that opens well in a spreadsheet, and the dictionary of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from variorum.publish.columns import TYPE_WORDS
from variorum.publish.issue import Issue
from variorum.publish.tables import Row, columns_of, rows_of
from variorum.values.sheetcell import guard_cell


def write_csv(issue: Issue, table: str = "events") -> Iterator[str]:
    """Give the lines of one table: events, claims, values or reports. Raises UsageError for another name."""
    names = [column.name for column in columns_of(issue, table)]
    yield line(names)
    for row in rows_of(issue, table):
        yield line([row.get(name) for name in names])


def write_dictionary(issue: Issue, tables: Sequence[str]) -> Iterator[str]:
    """Give the lines of a table that says of every column of some tables what type it has and what it means."""
    yield line(["table", "column", "type", "means"])
    for table in tables:
        for column in columns_of(issue, table):
            yield line([table, column.name, TYPE_WORDS[column.type], column.means])


def line(cells: Sequence[Any]) -> str:
    """Give one line of CSV in which no cell is a formula; a list stands with semicolons, nothing as an empty cell."""
    out = io.StringIO()
    csv.writer(out).writerow([_cell(cell) for cell in cells])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    return guard_cell(value) if isinstance(value, str) else value


__all__ = ["Row", "columns_of", "line", "rows_of", "write_csv", "write_dictionary"]
