"""The columns of the tables of an export: name, type and meaning. The tables themselves are written by publish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from variorum.publish.csv import CLAIM_COLUMNS, EVENT_COLUMNS, REPORT_COLUMNS, VALUE_COLUMNS

TABLES = ("events", "claims", "values", "reports")
WHOLE = {"reports", "lineages", "sources", "copies", "start", "end"}  # numbers, where a column is no list of them
DECIMAL = {"lat", "lon", "radius_km", "share", "low", "high"}
TALLY = {"killed_low", "killed_high", "injured_low", "injured_high"}
DAY = {"date_low", "date_high", "published", "as_of"}
LISTS = {"actors", "contradictions", "support", "against"}
IDS = {"id", "event", "article", "original"}


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: str
    means: str


def _type(table: str, name: str) -> str:
    if name in IDS:
        return "id"
    if name in LISTS or (table == "values" and name == "sources"):
        return "list, with semicolons"
    if name in DAY:
        return "ISO 8601 day or time"
    if name in TALLY or name in WHOLE:
        return "whole number"
    return "decimal number" if name in DECIMAL else "text"


def _columns(table: str, columns: Mapping[str, str]) -> tuple[Column, ...]:
    return tuple(Column(name, _type(table, name), means) for name, means in columns.items())


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "events": _columns("events", EVENT_COLUMNS),
    "claims": _columns("claims", CLAIM_COLUMNS),
    "values": _columns("values", VALUE_COLUMNS),
    "reports": _columns("reports", REPORT_COLUMNS),
}
