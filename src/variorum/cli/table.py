"""Rows for a terminal or a pipe: the same rows and columns in both; colour only on a terminal."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from variorum.show.textcells import fit, width
from variorum.show.words import plain

Row = Mapping[str, Any]
LEAST = 20  # columns that the last cell of a row keeps on a narrow terminal


def emit(rows: Sequence[Row], columns: Mapping[str, str], form: str | None) -> None:
    """Print rows as a table, or as json, jsonl or csv; `columns` leads from key to heading."""
    if form == "json":
        click.echo(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1))
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(dict(row), ensure_ascii=False))
    elif form == "csv":
        keys = list(rows[0]) if rows else list(columns)
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(keys)
        writer.writerows([_plain(row.get(key)) for key in keys] for row in rows)
        click.echo(out.getvalue(), nl=False)
    else:
        numbers = {key for key in columns if rows and all(isinstance(row.get(key), int) for row in rows)}
        cells = [[_plain(row.get(key)) for key in columns] for row in rows]
        for line in lay_out(cells, list(columns.values()), right=[key in numbers for key in columns]):
            click.echo(line)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    return plain(str(value))


def lay_out(rows: Sequence[Sequence[str]], headings: Sequence[str], right: Sequence[bool] = ()) -> Iterable[str]:
    """Give the lines of a table with aligned columns; on a terminal the last column takes what room is left."""
    widths = [max((width(cell) for cell in column), default=0) for column in zip(headings, *rows)]
    if sys.stdout.isatty():
        used = sum(widths[:-1]) + 2 * (len(widths) - 1)
        room = max(LEAST, shutil.get_terminal_size().columns - used)
        widths[-1] = max(width(headings[-1]), min(widths[-1], room))
    aligned = list(right) or [False] * len(widths)
    for number, row in enumerate([headings, *rows]):
        cells = [fit(cell, size, right=side) for cell, size, side in zip(row, widths, aligned)]
        line = "  ".join(cells).rstrip()
        yield click.style(line, bold=True) if number == 0 else line
