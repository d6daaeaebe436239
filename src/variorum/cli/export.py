"""`variorum export`: events in the forms that people work with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

from variorum.cli.options import (
    UNFINISHED,
    as_of_option,
    ledger_option,
    ledger_place,
    note,
    one_way_back,
    open_ledger,
    recorded_option,
    selection_options,
)
from variorum.config import settings
from variorum.errors import UsageError
from variorum.pipeline.wholefile import write_whole

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.pipeline import Export, Requested, Selection

COLUMNS_FILE = "columns.csv"  # in a folder, beside its tables
BOM = b"\xef\xbb\xbf"


@click.command("export")
@click.argument("format", metavar="FORMAT")
@click.argument("what", nargs=-1, metavar="[LEDGER] [EVENT]...")
@ledger_option
@click.option(
    "--table",
    type=click.Choice(["events", "claims", "values", "reports"]),
    default=None,
    help="Which table, with csv, hxl and parquet (default: events; into a folder: all).",
)
@selection_options
@as_of_option
@recorded_option
@click.option(
    "--redact",
    "redacted",
    is_flag=True,
    help="For sharing: without names of private people, quotes over 300 characters and withheld articles.",
)
@click.option("--bom", is_flag=True, help="Begin text with a byte order mark, by which Excel knows UTF-8.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="File to write, or a folder for all tables with their columns (default: -, standard output).",
)
def command(
    format: str,
    what: tuple[str, ...],
    ledger_named: str | None,
    table: str | None,
    place: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    state: str | None,
    min_indep: int,
    as_of: str | None,
    recorded: datetime | None,
    redacted: bool,
    bom: bool,
    output: str,
) -> int:
    """Write the events of a ledger, or those named, as FORMAT. Nothing leaves the words that it rests on behind.

    \b
    jsonl       everything, one JSON object an event     ucdp        in the columns of UCDP GED, by its rules
    csv         tables for a spreadsheet                 acled       in the columns of ACLED, by its rules
    hxl         the same with HXL hashtags               airwars     in the columns of Airwars, by its rules
    parquet     the same with types                      timelinejs  slides for TimelineJS
    geojson     points on a map with their reach         digest      one line an event, by day
    jsonld      schema.org, PROV, Web Annotation         bibtex  ris  csl   references

    \b
    variorum export csv -o tables/          four tables, and what their columns mean
    variorum export acled --since 2021-01-01 -o acled.csv
    Other packages can bring formats of their own. Before you publish: docs/ethics.md and --redact.
    """
    from variorum.cli.earlier import say_apart
    from variorum.cli.redacted import say_redacted
    from variorum.pipeline import Selection, is_finished, make_export
    from variorum.pipeline.labels import EVENT, make_labels

    one_way_back(as_of, recorded)
    tables = _tables(format, table)
    named = [word for word in what if EVENT.fullmatch(word) and not Path(word).exists()]
    places = [word for word in what if word not in named]
    if len(places) > 1:
        raise UsageError(f"two ledgers are named: {places[0]} and {places[1]}", "name one; ids look like EV-7K3Q")
    chosen = Selection(place, kind, since, until, state, min_indep)
    if named and chosen != Selection():
        raise UsageError("events are named, and others are chosen by what they are", "do one of the two")
    ledger_at = ledger_place(ledger_named, places[0] if places else None)
    _check_output(output, ledger_at, folder=bool(tables))
    with open_ledger(ledger_at) as ledger, ledger.snapshot():
        wanted = _request(ledger, named, chosen, as_of=as_of, recorded=recorded, redacted=redacted)
        now = datetime.now(UTC)
        made = make_export(ledger, wanted, config=settings(), today=now.date().isoformat(), leave_out=_say_left)
        if made.whole is not None and made.whole.apart:
            say_apart(made.whole, make_labels(ledger))
        if recorded is None and not is_finished(ledger):
            note(UNFINISHED)
        if made.whole is not None:
            say_redacted(made.whole)
        try:
            _write(made, format, tables, output, bom=bom)
        except OSError as error:
            if output == "-":  # a pipe that was closed is no error of the user's
                raise
            raise UsageError(f"cannot write {output}: {error.strerror}", "choose another file with -o") from None
    return 0


def _tables(format: str, table: str | None) -> tuple[str, ...]:
    """Give the tables that are wanted. Raises UsageError for a format nobody knows and one that has no tables."""
    from variorum.pipeline.exporting import find_writer

    tables = find_writer(format).tables
    if table is not None and not tables:
        raise UsageError(
            f"--table is for csv, hxl and parquet, and the format is {format}",
            f"leave it out, or: export csv --table {table}",
        )
    return (table,) if table is not None else tables


def _request(
    ledger: Ledger,
    named: list[str],
    chosen: Selection,
    *,
    as_of: str | None,
    recorded: datetime | None,
    redacted: bool,
) -> Requested:
    """Lead what was typed to events."""
    from variorum.cli.earlier import find_recorded, record_of
    from variorum.pipeline import Requested
    from variorum.pipeline.labels import find_one_event, version_of

    record = record_of(ledger, recorded)
    events = None
    if named and record is not None:
        events = [found for word in named if (found := find_recorded(ledger, word, record)) is not None]
    elif named:
        events = [find_one_event(ledger, word) for word in named]
    if events is not None:  # named twice, it goes out once
        events = list({(event.id, event.version): event for event in events}.values())
    frozen = any(version_of(word) is not None for word in named)
    return Requested(events, frozen, chosen, as_of, record, redacted)


def _say_left(_: int, words: str) -> None:
    note(words)


def _check_output(output: str, ledger_at: str, *, folder: bool) -> None:
    if not output.strip():
        raise UsageError("-o names no file", "give it a name, or leave it out")
    if output.endswith(("/", os.sep)) and not folder:
        raise UsageError(f"{output} is a folder, and what is asked for is one file", "give the file a name")
    if output != "-" and os.path.realpath(output) in {
        os.path.realpath(ledger_at + end) for end in ("", "-wal", "-shm")
    }:
        raise UsageError(f"{output} is the ledger itself", "choose another file with -o")


def _write(made: Export, format: str, tables: tuple[str, ...], output: str, *, bom: bool) -> None:
    """Write to standard output, a file, or of a format of tables a folder; say what was written."""
    from variorum.pipeline.exporting import find_writer
    from variorum.show.words import plural

    text = not find_writer(format).binary
    mark = BOM if bom and text else b""
    if output == "-":
        if not text and sys.stdout.isatty():
            raise UsageError(f"{format} is no text for a terminal", "write it to a file with -o")
        sys.stdout.flush()
        _pour(
            getattr(sys.stdout, "buffer", None) or cast(BinaryIO, _Text()),
            mark,
            lambda out: made.write(format, out, table=tables[0] if tables else ""),
        )
        return
    if tables and (output.endswith(("/", os.sep)) or Path(output).is_dir()):
        _write_folder(made, format, tables, Path(output), mark)
        return
    count = 0

    def write(out: BinaryIO) -> None:
        nonlocal count
        out.write(mark)
        count = made.write(format, out, table=tables[0] if tables else "")

    write_whole(Path(os.path.realpath(output)), write)
    note(f"Wrote {output}: {plural(count, 'event')}.")
    if format in ("csv", "hxl"):
        note(f"all tables, with what their columns mean: variorum export {format} -o FOLDER/")


class _Text:
    """A stream of bytes over a standard output that takes text alone, as one that another program put there."""

    def write(self, data: bytes) -> int:
        sys.stdout.write(data.decode("utf-8"))
        return len(data)

    def flush(self) -> None:
        sys.stdout.flush()


def _pour(out: BinaryIO, mark: bytes, write: Callable[[BinaryIO], object]) -> None:
    out.write(mark)
    write(out)
    out.flush()


def _write_folder(made: Export, format: str, tables: tuple[str, ...], folder: Path, mark: bytes) -> None:
    """Write one file a table, and a table of all columns."""
    from variorum.pipeline.exporting import find_writer
    from variorum.show.words import plural

    folder.mkdir(parents=True, exist_ok=True)
    replaced = [path.name for path in sorted(folder.iterdir()) if path.is_file()]
    ending = find_writer(format).ending
    count = 0
    for table in tables:

        def write(out: BinaryIO, table: str = table) -> None:
            nonlocal count
            out.write(mark)
            count = max(count, made.write(format, out, table=table))

        write_whole(folder / f"{table}.{ending}", write)
    write_whole(folder / COLUMNS_FILE, lambda out: _pour(out, mark, lambda out: made.write_columns(out, tables)))
    names = ", ".join([*(f"{table}.{ending}" for table in tables), COLUMNS_FILE])
    note(f"Wrote {folder}{os.sep}: {names}; {plural(count, 'event')}.")
    again = [name for name in replaced if name in names.split(", ")]
    if again:
        note(f"note: {', '.join(again)} stood there and {'was' if len(again) == 1 else 'were'} replaced")
