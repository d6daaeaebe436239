"""The page of names: who acted, who was hit, who took part, as written; with a form to set a name right everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from variorum.pipeline.names import NameRow, count_names, name_props
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.sheets import NAMED, SHEET_NUMBER, cut_sheet, keep_named

Row = dict[str, Any]
COLUMNS = ("name", "written", "properties", "claims", "reports", "event_count", "events", "by_person")
SHOWN = 6  # events and wordings in one row
KEYS: Mapping[str, Callable[[NameRow], Any]] = {
    "name": lambda row: row.name.casefold(),
    "events": lambda row: (-len(row.events), row.name),
    "reports": lambda row: (-row.reports, row.name),
    "claims": lambda row: (-row.claims, row.name),
}
ROLE = Parameter("role", "choice", "Only names with this property.", choices=tuple(name_props()))
ACTORS = (ROLE, Parameter("sort", "choice", "By what the list is sorted.", choices=tuple(KEYS)), NAMED, SHEET_NUMBER)


def read_actors(asked: Asked) -> Page:
    """Read the names of actors, targets and parties, those of most events first."""
    kept = asked.standing.keep(("names", asked.as_of), lambda: count_names(asked.ledger, asked.as_of))
    role = asked.one("role")
    found = [row for row in kept.what if role is None or role in dict(row.props)]
    named = keep_named(asked, found, lambda row: (row.name, *(words for words, _ in row.wordings)))
    sort = asked.one("sort") or "events"
    sheet = cut_sheet(asked, sorted(named, key=KEYS[sort]))
    rows = [_row(asked, row) for row in sheet.rows]
    data = {"as_of": asked.as_of, "counted_at": kept.number, "total": sheet.total, "names": rows}
    shown = {"sheet": sheet, "sort": sort, "columns": list(KEYS), "roles": name_props(), "shown_events": SHOWN}
    flat = [{**row, "written": [f"{one['words']} ({one['claims']})" for one in row["written"]]} for row in rows]
    return Page("actors.html", "Actors", data, shown, rows=flat, columns=COLUMNS)


def _row(asked: Asked, row: NameRow) -> Row:
    return {
        "name": row.name,
        "written": [{"words": words, "claims": claims} for words, claims in row.wordings],
        "properties": [f"{prop} {claims}" for prop, claims in row.props],
        "claims": row.claims,
        "reports": row.reports,
        "event_count": len(row.events),
        "events": name_events(asked, row.events),
        "by_person": row.by_person,
    }


def name_events(asked: Asked, ids: tuple[str, ...]) -> list[str]:
    """Give the labels of events; on a page those of a few."""
    some = ids[: SHOWN + 1] if asked.form == "html" else ids
    return [asked.labels.events.get(id, id) for id in some]
