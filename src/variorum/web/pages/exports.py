"""The page of exports: what can be taken along, in which columns, under which licence; and the files themselves.

Invariant: a file is what `variorum export` writes of the same events.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from variorum.errors import LedgerBusyError, UnknownIdError, UsageError
from variorum.pipeline import Selection, edition, list_rows, read_events, share, with_all_articles, write_edition
from variorum.pipeline.columns import COLUMNS, TABLES, Column
from variorum.pipeline.finished import is_finished
from variorum.pipeline.labels import find_one_event, version_of
from variorum.schema import load_schema
from variorum.web.asking import Asked, Download, Page, Parameter
from variorum.web.pages.looking import read_selection

Row = dict[str, Any]
FORMATS: Mapping[str, tuple[str, str, str]] = {
    "jsonl": (
        "jsonl",
        "application/jsonl; charset=utf-8",
        "Everything: one JSON object an event, with claims and quotes.",
    ),
    "csv": ("csv", "text/csv; charset=utf-8", "A table for a spreadsheet."),
    "geojson": (
        "geojson",
        "application/geo+json; charset=utf-8",
        "Events on a map: points in WGS 84 with their reach.",
    ),
}
IN_TABLE = {
    "events": "One row an event, with its settled values.",
    "claims": "One row a claim: what each report says, who said it, the words and where they stand.",
    "values": "One row a settled value, with what supports it and what stands against it.",
    "reports": "One row a report, with what it is a copy of.",
}
STATES = ("single", "agrees", "contradicts", "revised", "impossible", "overlaps", "refines", "drift in copies")
WHICH = (
    Parameter("place", "text", "Only events in or near this place."),
    Parameter("kind", "choice", "Only of this kind.", choices=tuple(load_schema().kinds)),
    Parameter("since", "day", "Only events from this day on."),
    Parameter("until", "day", "Only events until this day."),
    Parameter("state", "choice", "Only events of one lineage, or with such a relation.", choices=STATES),
    Parameter("min_lineages", "count", "Only events of so many independent texts."),
    Parameter("event", "text", "Only this event.", many=True),
    Parameter("redact", "flag", "1: without names of private people, long quotes and withheld reports."),
)
DOWNLOAD = (Parameter("table", "choice", "Which table of csv.", choices=TABLES), *WHICH)
REDACTED_AT_MOST = 1_000  # reports: each is read once more for names, 65 ms
PATIENCE_S = 5.0  # waited for the files of others
_MAKING = threading.BoundedSemaphore(2)  # the whole ledger lies in memory while a file is made


def read_exports(asked: Asked) -> Page:
    """Read which files can be had, and what their columns mean."""
    number, digest = asked.ledger.head()
    size = asked.standing.size()
    kept = {name: value for name in (one.name for one in WHICH) if (value := asked.query.get(name))}
    data: Row = {
        "as_of": asked.as_of,
        "ledger": {"row": number, "hash": digest, "reports": size.reports, "events": size.events},
        "worked_out": is_finished(asked.ledger),
        "files": [
            {
                "format": name,
                "table": table,
                "what": IN_TABLE[table] if table else what,
                "href": _href(asked, name, table, kept),
            }
            for name, (_, _, what) in FORMATS.items()
            for table in (TABLES if name == "csv" else (None,))
        ],
        "columns": {table: [_column(one) for one in COLUMNS[table]] for table in TABLES},
        "redacted_at_most": REDACTED_AT_MOST,
    }
    shown: Row = {"kinds": [kind for kind in load_schema().kinds.values() if not kind.background], "states": STATES}
    shown |= {"chosen": {name: values[0] for name, values in kept.items()}}
    rows = [{"table": table, **row} for table in TABLES for row in data["columns"][table]]
    return Page("exports.html", "Exports", data, shown, rows=rows)


def _href(asked: Asked, format: str, table: str | None, kept: Mapping[str, tuple[str, ...]]) -> str:
    return asked.link(f"/exports/{format}", table=table, **{name: list(values) for name, values in kept.items()})


def _column(one: Column) -> Row:
    return {"column": one.name, "type": one.type, "means": one.means}


def read_download(asked: Asked) -> Download:
    """Make one file.

    Raises UnknownIdError for a format that there is none of, UsageError for what cannot be asked, LedgerBusyError while
    files are made for others.
    """
    format, table = asked.names["format"], asked.one("table")
    if format not in FORMATS:
        raise UnknownIdError(f"there is no export {format}", f"one of: {', '.join(FORMATS)}")
    if table is not None and format != "csv":
        raise UsageError(f"table is for csv, and the format is {format}", "leave it out")
    redacted = asked.one("redact") == "1"
    if redacted and asked.standing.size().reports > REDACTED_AT_MOST:
        raise UsageError(
            f"for a redacted file each report is read once more, and there are over {REDACTED_AT_MOST:,}",
            f"on the command line: variorum export {format} --redact",
        )
    if not _MAKING.acquire(timeout=PATIENCE_S):
        raise LedgerBusyError("files are being made for others", "try again in a minute")
    try:
        published = _publish(asked, table, redacted=redacted)
    finally:
        _MAKING.release()
    ending, media, _ = FORMATS[format]
    number, _ = asked.ledger.head()
    what = table or ("events" if format != "jsonl" else "ledger")
    marks = [f"row{number}", *([f"as-of-{asked.as_of}"] if asked.as_of else []), *(["redacted"] if redacted else [])]
    name = f"variorum-{what}-{'-'.join(marks)}.{ending}"
    return Download(name, media, write_edition(published, format, table=table or "events"))


def _publish(asked: Asked, table: str | None, *, redacted: bool) -> Any:
    given = asked.query.get("event", ())
    events = [find_one_event(asked.ledger, one) for one in given] or None
    chosen = read_selection(asked)
    frozen = any(version_of(one) is not None for one in given)
    whole = chosen == Selection()
    # Of a large ledger only the events that are wanted are read, where its index knows them.
    rows = None if whole or given or asked.as_of else list_rows(asked.ledger, chosen)
    if rows is not None:
        published = edition(asked.ledger, read_events(asked.ledger, {row["id"] for row in rows}))
    else:
        published = edition(asked.ledger, events, chosen=None if whole else chosen, as_of=asked.as_of, frozen=frozen)
    if table == "reports" and whole and not given:
        published = with_all_articles(asked.ledger, published)
    if redacted:
        every = (whole and not given) or table == "reports"
        published = share(asked.ledger, published, asked.config, whole=every)
    return published
