"""The page of exports: what can be taken along, in which columns, under which licence; and the files themselves.

Invariant: a file is what `variorum export` writes of the same events.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, cast

from variorum.errors import LedgerBusyError, UnknownIdError, UsageError
from variorum.pipeline import Requested, make_export
from variorum.pipeline.exporting import COLUMNS, FORMATS, TABLES, TYPE_WORDS, Column
from variorum.pipeline.finished import is_finished
from variorum.pipeline.labels import find_one_event, version_of
from variorum.pipeline.listing import find_chosen
from variorum.schema import load_schema
from variorum.show.states import STATES
from variorum.web.asking import Asked, Download, Page, Parameter
from variorum.web.pages.looking import read_selection

Row = dict[str, Any]
IN_TABLE = {
    "events": "One row an event, with its settled values.",
    "claims": "One row a claim: what each report says, who said it, the words and where they stand.",
    "values": "One row a settled value, with what supports it and what stands against it.",
    "reports": "One row a report, with what it is a copy of.",
}
WHICH = (
    Parameter("place", "text", "Only events in or near this place."),
    Parameter("kind", "choice", "Only of this kind.", choices=tuple(load_schema().kinds)),
    Parameter("since", "day", "Only events from this day on."),
    Parameter("until", "day", "Only events until this day."),
    Parameter("state", "choice", "Only events of one lineage, or with such a relation.", choices=tuple(STATES)),
    Parameter("min_lineages", "count", "Only events of so many independent texts."),
    Parameter("event", "text", "Only this event.", many=True),
    Parameter("redact", "flag", "1: without names of private people, long quotes and withheld reports."),
)
DOWNLOAD = (Parameter("table", "choice", "Which table of a format that has several.", choices=TABLES), *WHICH)
REDACTED_AT_MOST = 1_000  # reports: each is read once more for names, 65 ms
PATIENCE_S = 5.0  # waited for the files of others
_MAKING = threading.BoundedSemaphore(2)  # as many as there are cores on a laptop; of an earlier day, all lies in memory
IN_MEMORY = 1 << 23  # bytes of a file before it goes to the disk
PIECE = 1 << 16


def read_exports(asked: Asked) -> Page:
    """Read which files can be had, and what their columns mean."""
    find_chosen(asked.ledger, read_selection(asked))  # what no file can be chosen by is refused here already
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
                "what": IN_TABLE[table] if table else format.what,
                "href": _href(asked, name, table, kept),
            }
            for name, format in FORMATS.items()
            for table in format.tables or (None,)
        ],
        "columns": {table: [_column(one) for one in COLUMNS[table]] for table in TABLES},
        "redacted_at_most": REDACTED_AT_MOST,
    }
    shown: Row = {
        "groups": [
            {"format": name, "what": format.what, "files": [row for row in data["files"] if row["format"] == name]}
            for name, format in FORMATS.items()
        ]
    }
    shown |= {"kinds": [kind for kind in load_schema().kinds.values() if not kind.background], "states": STATES}
    shown |= {"chosen": {name: values[0] for name, values in kept.items()}}
    rows = [{"table": table, **row} for table in TABLES for row in data["columns"][table]]
    return Page("exports.html", "Exports", data, shown, rows=rows)


def _href(asked: Asked, format: str, table: str | None, kept: Mapping[str, tuple[str, ...]]) -> str:
    return asked.link(f"/exports/{format}", table=table, **{name: list(values) for name, values in kept.items()})


def _column(one: Column) -> Row:
    return {"column": one.name, "type": TYPE_WORDS[one.type], "means": one.means}


def read_download(asked: Asked) -> Download:
    """Make one file.

    Raises UnknownIdError for a format that there is none of, UsageError for what cannot be asked, LedgerBusyError while
    files are made for others.
    """
    name, table = asked.names["format"], asked.one("table")
    if name not in FORMATS:
        raise UnknownIdError(f"there is no export {name}", f"one of: {', '.join(FORMATS)}")
    format = FORMATS[name]
    if table is not None and not format.tables:
        raise UsageError(f"table is for formats of tables, and {name} is one file", "leave it out")
    redacted = asked.one("redact") == "1"
    if redacted and asked.standing.size().reports > REDACTED_AT_MOST:
        raise UsageError(
            f"for a redacted file each report is read once more, and there are over {REDACTED_AT_MOST:,}",
            f"on the command line: variorum export {name} --redact",
        )
    if not _MAKING.acquire(timeout=PATIENCE_S):
        raise LedgerBusyError("files are being made for others", "try again in a minute")
    try:
        with asked.ledger.snapshot():  # the row in the file's name is that of what it holds
            number, _ = asked.ledger.head()
            pieces, left = _make(asked, name, table or "", redacted=redacted)
    finally:
        _MAKING.release()
    what = f"{name}-{table or next(iter(format.tables), 'events')}"
    marks = [f"row{number}", *([f"as-of-{asked.as_of}"] if asked.as_of else []), *(["redacted"] if redacted else [])]
    return Download(f"variorum-{what}-{'-'.join(marks)}.{format.ending}", format.media, pieces, " ".join(left))


def _make(asked: Asked, name: str, table: str, *, redacted: bool) -> tuple[Iterator[bytes], list[str]]:
    """Make one file, on the disk where it is large; gives its bytes, and what is said of events it does not hold."""
    given = asked.query.get("event", ())
    events = [find_one_event(asked.ledger, one) for one in given] or None
    frozen = any(version_of(one) is not None for one in given)
    wanted = Requested(events, frozen, read_selection(asked), asked.as_of, redacted=redacted)
    left: list[str] = []
    made = make_export(
        *(asked.ledger, wanted),
        config=asked.config,
        today=asked.now[:10],
        leave_out=lambda _, words: left.append(words),
    )
    # Starlette sends an answer from other threads, and a ledger's snapshot belongs to one.
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 – closed once it is sent
    try:
        made.write(name, file, table=table)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _read(file), left


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
