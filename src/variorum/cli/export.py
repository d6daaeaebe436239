"""`variorum export`: events in the forms that people work with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

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
)
from variorum.config import settings
from variorum.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from variorum.model import Event

FORMATS = ("jsonl", "csv", "geojson")


@click.command("export")
@click.argument("format", type=click.Choice(FORMATS))
@click.argument("what", nargs=-1, metavar="[LEDGER] [EVENT]...")
@ledger_option
@click.option(
    "--table",
    type=click.Choice(["events", "claims", "values", "reports"]),
    default=None,
    help="Which table, with csv (default: events).",
)
@as_of_option
@recorded_option
@click.option(
    "--redact",
    "redacted",
    is_flag=True,
    help="For sharing: without names of private people, quotes over 300 characters and withheld articles.",
)
@click.option("-o", "--output", metavar="FILE", default="-", help="File to write (default: -, standard output).")
def command(
    format: str,
    what: tuple[str, ...],
    ledger_named: str | None,
    table: str | None,
    as_of: str | None,
    recorded: datetime | None,
    redacted: bool,
    output: str,
) -> int:
    """Write all events of a ledger, or those named, as FORMAT: jsonl (the full contract), csv or geojson."""
    from variorum.cli.earlier import find_recorded, record_of, say_apart
    from variorum.cli.redacted import say_redacted
    from variorum.pipeline import edition, is_finished, share, with_all_articles, write_edition
    from variorum.pipeline.labels import EVENT, find_one_event, make_labels, version_of
    from variorum.show.words import plural

    one_way_back(as_of, recorded)
    if table is not None and format != "csv":
        raise UsageError(
            f"--table is for csv, and the format is {format}", f"leave it out, or: export csv --table {table}"
        )
    named = [word for word in what if EVENT.fullmatch(word) and not Path(word).exists()]
    places = [word for word in what if word not in named]
    if len(places) > 1:
        raise UsageError(f"two ledgers are named: {places[0]} and {places[1]}", "name one; ids look like EV-7K3Q")
    frozen = any(version_of(word) is not None for word in named)
    place = ledger_place(ledger_named, places[0] if places else None)
    if output != "-" and os.path.realpath(output) in {os.path.realpath(place + end) for end in ("", "-wal", "-shm")}:
        raise UsageError(f"{output} is the ledger itself", "choose another file with -o")
    with open_ledger(place) as ledger:
        record = record_of(ledger, recorded)
        events: list[Event] | None = None
        if named and record is not None:
            events = [found for word in named if (found := find_recorded(ledger, word, record)) is not None]
        elif named:
            events = [find_one_event(ledger, word) for word in named]
        published = edition(ledger, events, as_of=as_of, frozen=frozen, recorded=record)
        if table == "reports":
            published = with_all_articles(ledger, published, record)
        if published.apart:
            say_apart(published, make_labels(ledger))
        if recorded is None and not is_finished(ledger):
            note(UNFINISHED)
        if redacted:
            published = share(ledger, published, settings(), whole=not named or table == "reports")
            say_redacted(published)
    pieces = write_edition(published, format, table=table or "events")
    if output == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        return 0
    try:
        _write(Path(os.path.realpath(output)), pieces)
    except OSError as error:
        raise UsageError(f"cannot write {output}: {error.strerror}", "choose another file with -o") from None
    note(f"Wrote {output}: {plural(len(published.events), 'event')}.")
    return 0


def _write(target: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all, so that one that exists is complete; a device or a pipe as it is."""
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        return
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
