"""A long list a sheet at a time, in the order asked for. No reading and no HTML.

Invariant: the same address gives the same rows while the ledger stays as it is; a sheet beyond the last is the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from variorum.web.asking import Asked, Parameter

Row = TypeVar("Row")
SHEET = 50  # rows
SHEET_NUMBER = Parameter("page", "count", "Which sheet of the list, from 1.")
NAMED = Parameter("named", "text", "Only rows whose name holds these letters.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some rows of a list, and where they stand in it."""

    rows: Sequence[Any]
    number: int  # from 1
    last: int
    total: int  # rows of the whole list
    before: str | None  # address of the sheet before
    after: str | None


def cut_sheet(asked: Asked, rows: Sequence[Row], size: int = SHEET) -> Sheet:
    """Give the sheet of a list that is asked for; in forms for machines all rows."""
    if asked.form != "html":
        return Sheet(rows, 1, 1, len(rows), None, None)
    last = max(1, -(-len(rows) // size))
    number = min(max(1, asked.count("page", 1)), last)
    start = (number - 1) * size
    return Sheet(
        rows[start : start + size],
        number,
        last,
        len(rows),
        asked.here(page=number - 1 if number > 2 else None) if number > 1 else None,
        asked.here(page=number + 1) if number < last else None,
    )


def keep_named(asked: Asked, rows: Sequence[Row], words: Callable[[Row], Sequence[str]]) -> list[Row]:
    """Give the rows one of whose names holds the letters asked for, in any case."""
    wanted = (asked.one("named") or "").casefold()
    return [row for row in rows if not wanted or any(wanted in word.casefold() for word in words(row))]
