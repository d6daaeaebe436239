"""`variorum list`: events, filtered."""

from __future__ import annotations

from typing import Any

import click

from variorum.cli.options import ledger_argument, ledger_option, listing_options, open_ledger
from variorum.errors import UsageError

COLUMNS = {
    "event": "EVENT",
    "state": " ",
    "date": "DATE",
    "kind": "KIND",
    "place": "PLACE",
    "killed": "KILLED",
    "reports": "REPORTS",
    "lineages": "LINEAGES",
    "title": "TITLE",
}
# What the accounts of an event are to each other, worst first; the sign is never alone: --json and `show` have the word.
STATES = {
    "impossible": "!",
    "contradicts": "≠",
    "revised": "↻",
    "overlaps": "≈",
    "agrees": "=",
    "single": "·",
}


@click.command("list")
@ledger_argument
@ledger_option
@click.option("--place", default=None, help="Events in or near this place, by any spelling.")
@click.option("--kind", default=None, help="Kind or family: strike, territory, territory.taken …")
@click.option("--since", default=None, metavar="DATE", help="Not before this day (ISO 8601).")
@click.option("--until", default=None, metavar="DATE", help="Not after this day.")
@click.option(
    "--state", default=None, type=click.Choice(list(STATES)), help="Events with such a relation; single: one lineage."
)
@click.option("--min-indep", default=1, type=click.IntRange(1), help="At least so many independent lineages.")
@click.option("--as-of", default=None, metavar="DATE", help="As known on this day: later reports left out.")
@click.option("--geojson", "form", flag_value="geojson", help="A GeoJSON FeatureCollection.")
@listing_options
def command(
    ledger_given: str | None,
    ledger_place: str | None,
    place: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    state: str | None,
    min_indep: int,
    as_of: str | None,
    form: str | None,
) -> int:
    """List events by date; undated ones come last.

    \b
    Signs: ! impossible  ≠ contradicted  ↻ revised  ≈ overlapping  = agreeing  · one lineage
    """
    from variorum.cli.labels import make_labels
    from variorum.cli.table import emit
    from variorum.pipeline import Selection, edition, event_object, write_edition
    from variorum.show.table import make_row

    for name, day in (("--since", since), ("--until", until), ("--as-of", as_of)):
        _check_day(name, day)
    with open_ledger(ledger_place, ledger_given) as ledger:
        labels = make_labels(ledger)
        chosen = Selection(place=place, kind=kind, since=since, until=until, state=state, min_lineages=min_indep)
        published = edition(ledger, chosen=chosen, as_of=as_of)
    if form == "geojson":
        for piece in write_edition(published, "geojson"):
            click.echo(piece, nl=False)
        return 0
    rows: list[dict[str, Any]] = []
    for event in published.events:
        row = make_row(event_object(published, event))
        label = labels.events.get(row["id"], row["id"])
        if form is None:
            row = {**row, "event": label, "state": STATES[row["state"]]}
        else:
            row = {"event": label, **row}
        rows.append(row)
    emit(rows, COLUMNS, form)
    if form is None and not rows:
        click.echo("no event fits", err=True)
    return 0


def _check_day(name: str, day: str | None) -> None:
    from datetime import date

    if day is None:
        return
    try:
        date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"{name} {day} is not a day", "write it as 2017-09-14") from None
