"""`variorum list`: events, filtered."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import (
    UNFINISHED,
    as_of_option,
    ledger_argument,
    ledger_option,
    ledger_place,
    listing_options,
    note,
    one_way_back,
    open_ledger,
    recorded_option,
    say_lacking,
    selection_options,
)
from variorum.config import said
from variorum.errors import UsageError, VariorumError
from variorum.show.states import STATE_WORDS, STATES

if TYPE_CHECKING:
    from datetime import datetime

COLUMNS = {
    "event": "EVENT",
    "state": " ",
    "day": "DATE",
    "killed": "KILLED",
    "reports": "REPORTS",
    "lineages": "LINEAGES",
    "what": "WHAT",
}
LEGEND = "  ".join(f"{sign} {STATE_WORDS[name]}" for name, sign in STATES.items())


@click.command("list")
@ledger_argument
@ledger_option
@selection_options
@click.option("--story", default=None, metavar="ST-…", help="Events that a report of this story tells of.")
@as_of_option
@recorded_option
@click.option("--geojson", "form", flag_value="geojson", help="A GeoJSON FeatureCollection.")
@listing_options
def command(
    ledger_given: str | None,
    ledger_named: str | None,
    place: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    state: str | None,
    min_indep: int,
    story: str | None,
    as_of: str | None,
    recorded: datetime | None,
    form: str | None,
) -> int:
    """List events by date; undated ones come last.

    \b
    Signs: ! impossible  ≠ contradicted  ↻ revised  ≈ overlapping  = agreeing  · one lineage
    """
    from variorum.cli.earlier import record_of, say_apart
    from variorum.cli.table import emit
    from variorum.pipeline import Selection, is_finished, list_rows
    from variorum.pipeline.labels import find_one_story, make_labels
    from variorum.show.words import plural

    one_way_back(as_of, recorded)
    if story and recorded:
        raise UsageError("--story goes by the stories of today, --recorded by an earlier time", "leave one out")
    with open_ledger(ledger_named, ledger_given) as ledger, ExitStack() as may_lack:
        labels = make_labels(ledger)
        chosen = Selection(
            place=place,
            kind=kind,
            since=since,
            until=until,
            state=state,
            min_lineages=min_indep,
            story=find_one_story(ledger, story).id if story else None,
        )
        finished = recorded is not None or is_finished(ledger)
        listed = list_rows(ledger, chosen) if finished and as_of is None and recorded is None else None
        if listed is None or form == "geojson":
            from variorum.pipeline import edition, event_object, read_events, write_edition
            from variorum.show.table import make_row

            if as_of or recorded or form == "geojson":
                lacking: Mapping[str, VariorumError] = {}
            else:  # of what stands in the ledger, nothing in the list follows from the texts
                lacking = may_lack.enter_context(ledger.lacking_texts())
            if listed is None:
                published = edition(ledger, chosen=chosen, as_of=as_of, recorded=record_of(ledger, recorded))
            else:
                published = edition(ledger, read_events(ledger, {row["id"] for row in listed}))
            say_lacking(lacking)
            say_apart(published, labels)
            if form == "geojson":
                pieces = write_edition(published, "geojson")
            else:
                listed = [make_row(event_object(published, event)) for event in published.events]
        if not finished:
            note(UNFINISHED)
        if form == "geojson":
            for piece in pieces:
                click.echo(piece, nl=False)
            return 0
        rows: list[dict[str, Any]] = [
            {
                "event": labels.events.get(row["id"], row["id"]),
                **row,
                "state": STATES[row["state"]] if form is None else row["state"],
            }
            for row in listed or ()
        ]
    emit(rows, COLUMNS, form)
    if form is None:
        name = said(ledger_place(ledger_named, ledger_given))
        if not rows:
            note(f"no event fits; all: variorum list{name}")
        else:
            note(f"\n{plural(len(rows), 'event')}.  {LEGEND}\nNext:  variorum show {rows[0]['event']}{name} --quotes")
    return 0
