"""Rows for a terminal or a pipe: the same rows and columns in both; colour only on a terminal."""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

Row = Mapping[str, Any]
WIDEST_PIPE = 200  # columns assumed where there is no terminal


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
        writer = csv.writer(out)
        writer.writerow(keys)
        writer.writerows([_plain(row.get(key)) for key in keys] for row in rows)
        click.echo(out.getvalue(), nl=False)
    else:
        for line in lay_out([[_plain(row.get(key)) for key in columns] for row in rows], list(columns.values())):
            click.echo(line)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    # A line break or a terminal's control character in a title or quote must not move what follows.
    return "".join(
        " " if character in "\n\r\t" else character
        for character in str(value)
        if character in "\n\r\t" or character.isprintable()
    )


def lay_out(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> Iterable[str]:
    """Give the lines of a table with aligned columns; the last column takes what room is left."""
    widths = [max((width(cell) for cell in column), default=0) for column in zip(headings, *rows)]
    room = shutil.get_terminal_size((WIDEST_PIPE, 24)).columns
    used = sum(widths[:-1]) + 2 * (len(widths) - 1)
    widths[-1] = max(width(headings[-1]), min(widths[-1], max(20, room - used)))
    for number, row in enumerate([headings, *rows]):
        cells = [fit(cell, size) for cell, size in zip(row, widths)]
        line = "  ".join(cells).rstrip()
        yield click.style(line, bold=True) if number == 0 else line


def width(text: str) -> int:
    """Give the number of terminal columns a text takes: two for wide signs, none for combining ones."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def fit(text: str, size: int) -> str:
    """Pad or cut a text to a number of terminal columns."""
    if width(text) <= size:
        return text + " " * (size - width(text))
    kept = ""
    for sign in text:
        if width(kept + sign) > size - 1:
            break
        kept += sign
    return kept + "…" + " " * (size - 1 - width(kept))
