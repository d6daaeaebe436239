"""`variorum stories`: reports grouped by what they cover."""

from __future__ import annotations

from typing import Any

import click

from variorum.cli.options import ledger_argument, ledger_option, ledger_place, listing_options, note, open_ledger
from variorum.config import said

COLUMNS = {
    "story": "STORY",
    "day": "DATE",
    "reports": "REPORTS",
    "lineages": "LINEAGES",
    "events": "EVENTS",
    "what": "WHAT",
}


@click.command("stories")
@ledger_argument
@ledger_option
@click.option("--min-reports", default=2, type=click.IntRange(1), help="At least so many reports; 2 unless given.")
@listing_options
def command(ledger_given: str | None, ledger_named: str | None, min_reports: int, form: str | None) -> int:
    """List stories, one day's or one topic's coverage, by the day they began. They decide nothing about events."""
    from variorum.cli.table import emit
    from variorum.pipeline.labels import story_label
    from variorum.show.words import plural

    rows: list[dict[str, Any]] = []
    with open_ledger(ledger_named, ledger_given) as ledger:
        root = {copy.article_id: copy.original_id for copy in ledger.copies()}
        published = {article.id: article.published for article in ledger.heads()}
        event_of = {mention: event.id for event in ledger.events() for mention in event.mentions}
        told: dict[str, set[str]] = {}
        for mention in ledger.mentions():
            if mention.id in event_of:
                told.setdefault(mention.article_id, set()).add(event_of[mention.id])
        for story in ledger.structure().stories:
            if len(story.articles) < min_reports:
                continue
            first = min(published[id] or "9999" for id in story.articles)
            events = {event for id in story.articles for event in told.get(id, ())}
            rows.append(
                {
                    "story": story_label(story.id),
                    "id": story.id,
                    "day": "" if first == "9999" else first[:10],
                    "reports": len(story.articles),
                    "lineages": len({root.get(id, id) for id in story.articles}),
                    "events": len(events),
                    "what": story.title,
                }
            )
    rows.sort(key=lambda row: (row["day"] or "9999", row["story"]))
    emit(rows, COLUMNS, form)
    if form is None:
        name = said(ledger_place(ledger_named, ledger_given))
        if rows:
            note(
                f"\n{plural(len(rows), 'story', 'stories')}.\nNext:  variorum show {rows[0]['story']}{name}"
                f"    variorum list{name} --story {rows[0]['story']}"
            )
        else:
            note(f"no story has {min_reports} reports; all: variorum stories{name} --min-reports 1")
    return 0
