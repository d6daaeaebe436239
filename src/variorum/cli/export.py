"""`variorum export`: events in the forms that people work with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from variorum.cli.options import ledger_option, open_ledger
from variorum.errors import LedgerWriteError

FORMATS = ("jsonl", "csv", "geojson")


@click.command("export")
@click.argument("format", type=click.Choice(FORMATS))
@click.argument("what", required=False, metavar="[LEDGER or EVENT]")
@ledger_option
@click.option(
    "--table",
    type=click.Choice(["events", "claims", "values", "reports"]),
    default="events",
    help="Which table, with csv.",
)
@click.option("-o", "--output", metavar="FILE", default=None, help="File to write (default: standard output).")
def command(format: str, what: str | None, ledger_place: str | None, table: str, output: str | None) -> int:
    """Write all events of a ledger, or one, as FORMAT: jsonl (the full contract), csv or geojson."""
    from variorum.cli.labels import EVENT, find_record
    from variorum.model import Event
    from variorum.pipeline import edition, write_edition

    event = what if what and EVENT.match(what) and not Path(what).exists() else None
    with open_ledger(ledger_place, None if event else what) as ledger:
        record = None if event is None else find_record(ledger, event)
        pieces = write_edition(edition(ledger, [record] if isinstance(record, Event) else None), format, table=table)
        if output is None or output == "-":
            for piece in pieces:
                sys.stdout.write(piece)
            return 0
        part = Path(output + ".part")
        try:
            # Whole or not at all: a file that exists is complete.
            with part.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(pieces)
            part.replace(output)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise LedgerWriteError(f"cannot write {output}: {error.strerror}", "choose another file with -o") from None
    return 0
