"""`variorum gazetteer`: places of one's own beside those that the package knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from variorum.cli.options import json_option, listing_options, note
from variorum.config import settings
from variorum.errors import UsageError

FAILED = 3
SHOWN = 20  # rejected rows that are printed; --json gives all


@click.group("gazetteer")
def command() -> None:
    """Add places of one's own: villages, quarters, camps and crossings that the shipped gazetteer lacks.

    \b
    They are kept in one file: `gazetteer` in variorum.toml, VARIORUM_GAZETTEER, or in the user's data folder.
    Reports that were read without them are read again by the next `variorum run` over the same files.
    """


@command.command("add")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def add(file: Path, form: str | None) -> int:
    """Add the places of FILE: a GeoNames country dump (SY.txt), or a CSV table.

    \b
    The table begins with a header. Needed: name, lat, lon. Also read: country (two letters), admin1 (province), feature
    (city, admin1, admin2, sea, river, region), population, alternates (parted by ;), id, radius_km.
    Adding a file of the same name again takes the place of what it had. Rows that are no places are listed, and the
    others kept; the exit status is then 3.
    """
    import hashlib

    from variorum.pipeline import own_places
    from variorum.values.ownbook import add_source
    from variorum.values.ownrows import read_places

    sheet = read_places(file)
    place, shipped = own_places(settings())
    kept = 0
    if sheet.rows:
        kept = add_source(place, file.name, hashlib.sha256(file.read_bytes()).hexdigest(), sheet.rows, shipped)
    elif not sheet.rejected:
        raise UsageError(f"{file} holds no places", "give rows under the header")
    known = len(sheet.rows) - kept
    if form:
        _print_json(
            {
                "file": file.name,
                "form": sheet.form,
                "gazetteer": str(place),
                "added": kept,
                "known": known,
                "left_out": sheet.left_out,
                "rejected": [{"row": one.row, "cause": one.cause, "remedy": one.remedy} for one in sheet.rejected],
            }
        )
    else:
        click.echo(f"{kept:,} places of {file.name} ({sheet.form}) in {place}")
        for number, words in ((known, "known already"), (sheet.left_out, "of a kind that reports do not name")):
            if number:
                click.echo(f"{number:,} left out: {words}")
        for one in sheet.rejected[:SHOWN]:
            click.echo(f"row {one.row}: {one.cause}; {one.remedy}", err=True)
        if len(sheet.rejected) > SHOWN:
            click.echo(f"… and {len(sheet.rejected) - SHOWN:,} more rows (--json lists all)", err=True)
    return FAILED if sheet.rejected else 0


@command.command("list")
@listing_options
def show(form: str | None) -> None:
    """List the files that were added, and how many places each gave."""
    from variorum.cli.table import emit
    from variorum.pipeline import own_places
    from variorum.values.ownbook import read_sources

    place, _ = own_places(settings())
    rows = [{"file": one.name, "places": one.places, "sha256": one.sha256[:12]} for one in read_sources(place)]
    emit(rows, {"file": "FILE", "places": "PLACES", "sha256": "SHA-256"}, form)
    if not rows:
        note(f"no places of one's own at {place}: variorum gazetteer add FILE")


@command.command("remove")
@click.argument("name", metavar="FILE")
def remove(name: str) -> None:
    """Take out the places of a file that was added, named as `list` names it."""
    from variorum.pipeline import own_places
    from variorum.values.ownbook import read_sources, remove_source

    place, shipped = own_places(settings())
    if not remove_source(place, name, shipped):
        known = ", ".join(one.name for one in read_sources(place))
        raise UsageError(
            f"no file {name} was added", f"added: {known}" if known else "add one: variorum gazetteer add FILE"
        )
    click.echo(f"{name} is taken out of {place}")


def _print_json(content: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(content, ensure_ascii=False, indent=1))
