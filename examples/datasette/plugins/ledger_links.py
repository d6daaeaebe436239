"""Makes the ids of a ledger's views links: from a claim to its event, from an event to what is claimed of it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from datasette import hookimpl
from markupsafe import Markup, escape

# (view, column) or column -> the view it leads to, and that view's column.
LEADS = {
    ("v_events", "event"): ("v_claims", "event"),
    "claim": ("v_claims", "claim"),
    "event": ("v_events", "event"),
    "report": ("v_reports", "report"),
    "copy_of": ("v_reports", "report"),
    "original": ("v_reports", "report"),
    "article": ("v_claims", "article"),
    "original_article": ("v_claims", "article"),
    "mention": ("v_claims", "mention"),
    "story": ("v_stories", "story"),
    ("v_related", "other"): ("v_events", "event"),
    "support": ("v_claims", "claim"),
    "against": ("v_claims", "claim"),
    ("v_counted", "events"): ("v_events", "event"),
}
MOST = 5  # ids of a list that are shown
# What the columns mean, beside each other, so that the rows begin on the first screen.
STYLE = "dl.column-descriptions{columns:4 17rem;font-size:.85rem}dl.column-descriptions dd{break-before:avoid}"


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Markup | None:
    """Give an id, or a list of ids, as links; None leaves a cell to Datasette."""
    leads = LEADS.get((table or "", column)) or LEADS.get(column)
    if leads is None or not isinstance(value, str) or not value or (table is not None and not table.startswith("v_")):
        return None
    view, key = leads
    ids = _ids(value)
    if not ids:
        return None
    address = datasette.urls.table(database, view)
    links = [Markup('<a href="{}?{}">{}</a>').format(address, urlencode({key: id}), id) for id in ids[:MOST]]
    rest = f" and {len(ids) - MOST} more" if len(ids) > MOST else ""
    return Markup("<br>").join(links) + escape(rest)


@hookimpl
def extra_css_urls() -> list[str]:
    """Give the style of the list of columns; no file is fetched for it."""
    return ["data:text/css," + quote(STYLE)]


def _ids(value: str) -> list[str]:
    if not value.startswith("["):
        return [value]
    try:
        found = json.loads(value)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)]
