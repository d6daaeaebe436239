"""`variorum search`: full text in reports and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from variorum.cli.options import (
    day_option,
    ledger_argument,
    ledger_option,
    ledger_place,
    listing_options,
    note,
    open_ledger,
    say_lacking,
)
from variorum.config import said

if TYPE_CHECKING:
    from variorum.ledger import Ledger
    from variorum.ledger.search import Hit
    from variorum.pipeline.labels import Labels

COLUMNS = {
    "report": "REPORT",
    "day": "DATE",
    "outlet": "OUTLET",
    "events": "EVENTS",
    "where": "OFFSETS",
    "words": "WORDS",
}
WIDEST_OUTLET = 28


@click.command("search")
@click.argument("words")
@ledger_argument
@ledger_option
@click.option("--outlet", default=None, help="Reports of this outlet.")
@day_option("--since", "Published on this day (ISO 8601) or later.")
@day_option("--until", "Published on this day or before.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="At most so many reports.")
@click.option("--rebuild", is_flag=True, help="Make the word index of the ledger anew first; for a damaged one.")
@listing_options
def command(
    words: str,
    ledger_given: str | None,
    ledger_named: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    rebuild: bool,
    form: str | None,
) -> int:
    """Find reports that hold all of WORDS, latest first; a phrase stands in quotation marks.

    Case and marks do not count: Hudaydah finds Ḩudaydah. What quotes say stands in the reports, so it is found too;
    --json names the claims whose quotes hold the words.
    """
    from variorum.cli.table import emit
    from variorum.ledger import Ledger
    from variorum.ledger.search import Wanted, rebuild_index, search
    from variorum.pipeline.labels import make_labels
    from variorum.show.words import plural

    if rebuild:
        with Ledger.open(ledger_place(ledger_named, ledger_given)) as ledger:
            rebuild_index(ledger)
    with open_ledger(ledger_named, ledger_given) as ledger, ledger.lacking_texts() as lacking:
        hits = search(ledger, Wanted(words, outlet, since, until), limit=limit)
        labels = make_labels(ledger)
        rows = [_row(ledger, hit, labels, form) for hit in hits.rows]
    emit(rows, COLUMNS, form)
    say_lacking(lacking)
    more = hits.total - len(rows)
    name = said(ledger_place(ledger_named, ledger_given))
    if not rows:
        note(f"no report holds these words; fewer words find more: variorum search WORDS{name}")
    elif more or form is None:
        rest = f", {more:,} more (--limit {hits.total})" if more else ""
        ahead = "" if form else f"\nNext:  variorum show {rows[0]['report']}{name}"
        note(f"\n{plural(len(rows), 'report')}{rest}.{ahead}")
    return 0


def _row(ledger: Ledger, hit: Hit, labels: Labels, form: str | None) -> dict[str, Any]:
    from variorum.show.found import Snippet, cut_snippet
    from variorum.show.words import outlet_of, short

    article = hit.article
    spans = hit.spans or hit.in_title
    snippet = cut_snippet(article.text if hit.spans else article.title, spans) if spans else Snippet(0, 0, "")
    told = (ledger.event_of(mention.id) for mention in ledger.mentions(article.id))
    events = [labels.events[id] for id in dict.fromkeys(told) if id is not None]
    place = f"[{snippet.start}:{snippet.end}]" if hit.spans else "title" if spans else ""
    row: dict[str, Any] = {
        "report": f"R{hit.number}",
        "day": (article.published or "undated")[:10],
        "outlet": short(outlet_of(article), WIDEST_OUTLET),
        "events": " ".join(events),
        "where": place,
        "words": snippet.words,
    }
    if form is None:
        return row
    claims = [
        claim.id
        for claim in ledger.claims(article.id)
        if any(start < claim.end and claim.start < end for start, end in hit.spans)
    ]
    row |= {"day": article.published and article.published[:10], "outlet": outlet_of(article), "events": events}
    row |= {"article": article.id, "title": article.title, "start": snippet.start, "end": snippet.end}
    row |= {"offsets": [list(span) for span in hit.spans], "claims": claims}
    return row
