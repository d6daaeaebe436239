"""Events to files: one writer a format, found by name."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.errors import UsageError
from variorum.publish.csv import write_csv
from variorum.publish.geojson import write_geojson
from variorum.publish.jsonl import Edition, event_object, make_edition, write_jsonl

__all__ = ["FORMATS", "Edition", "event_object", "make_edition", "write"]

FORMATS = ("jsonl", "csv", "geojson")


def write(edition: Edition, format: str, *, table: str = "events") -> Iterator[str]:
    """Give the pieces of text of one export in order.

    Raises UsageError for a format that no writer knows.
    """
    if format == "jsonl":
        return write_jsonl(edition)
    if format == "geojson":
        return write_geojson(edition)
    if format == "csv":
        return write_csv(edition, table)
    raise UsageError(f"no writer for the format {format}", f"choose one of {', '.join(FORMATS)}")
