"""`variorum backup`: a checked copy in one file."""

from __future__ import annotations

from pathlib import Path

import click

from variorum.cli.options import json_option, ledger_option, ledger_place, open_ledger
from variorum.config import said
from variorum.errors import UsageError


@click.command("backup")
@click.argument("places", metavar="[LEDGER] FILE", nargs=-1, required=True)
@ledger_option
@click.option("--check", "whole", is_flag=True, help="The full check of the copy, as `variorum check` does it.")
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@json_option
def command(places: tuple[str, ...], ledger_named: str | None, whole: bool, force: bool, form: str | None) -> int:
    """Copy the ledger as it is now into FILE, also while others write to it; a ledger of PostgreSQL too.

    \b
    FILE is a ledger like any other. It gets its name when it is whole, and every table was counted and compared.
    Texts that lie beside the ledger are copied to FILE.texts; those at an address stay there, and it says so.
    """
    import json

    from variorum.ledger.backups import back_up
    from variorum.ledger.dialects import show_place
    from variorum.show.words import plural

    if len(places) > 2:
        raise UsageError("a backup takes a ledger and a file", "variorum backup LEDGER FILE")
    place = ledger_place(ledger_named, places[0] if len(places) == 2 else None)
    file = places[-1]
    if "://" in file:
        raise UsageError("a backup is a file", "to copy a ledger into a database: variorum move LEDGER NEW")
    with open_ledger(place) as ledger:
        done = back_up(ledger, Path(file), whole=whole, force=force)
    total = sum(done.copied.rows.values())
    if form:
        found = {
            "ledger": show_place(place),
            "file": file,
            "size": done.size,
            "rows": done.copied.rows,
            "last_hash": done.copied.last_hash,
            "checked": "whole" if whole else "quick",
            "packs": done.packs,
            "texts_stay_at": done.elsewhere,
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    checked = "its check passes" if whole else f"for the full check: variorum check{said(file)}"
    click.echo(f"Wrote {file}: {plural(total, 'row')}, {done.size:,} bytes; same counts, same seals, {checked}.")
    if done.packs:
        click.echo(f"Its texts lie in {file}.texts ({plural(done.packs, 'pack')}): keep both together.")
    if done.elsewhere:
        click.echo(
            f"Its texts stay at {done.elsewhere}. A copy that holds them: variorum move {file} NEW --texts beside"
        )
    click.echo(f"The log ends in {done.copied.last_hash}")
    return 0
