"""Events in the 31 columns of ACLED.

Source: ACLED's codebook and the columns of the package acledR; what is empty and why stands on docs/rules/acled.md.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from variorum.publish.coded.sheet import OWN, Case, Left, Row, Sheet, own_cells
from variorum.publish.rules.acled import acled_view
from variorum.values.area import ucdp_where_prec

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
MONTH_DAYS = 31  # ACLED's coarsest date is the month
# ACLED's own codes for countries, regions and outlets, and what it adds where it applies.
OPTIONAL = frozenset(
    {"iso", "region", "admin2", "admin3", "source_scale", "tags", "timestamp"}
    | {"assoc_actor_1", "assoc_actor_2", "civilian_targeting"}
)


def code_acled(case: Case) -> Row | Left:
    """Give an event as a row of ACLED, or why ACLED holds no such event."""
    view = acled_view(case.account)
    if not view.event_type:
        return Left("of a kind without an event type")
    if not view.event_date or _span(case) > MONTH_DAYS:
        return Left("without a day, week or month")
    if view.latitude is None or view.longitude is None:
        return Left("without a place on the map")
    if case.account.event["place"]["precision"] == "country":
        return Left("known by its country alone")
    where = case.account.values("place")
    row: Row = {name: value for name, value in asdict(view).items() if name in COLUMNS}
    row |= {
        "event_id_cnty": case.name,
        "interaction": interaction(view.inter1, view.inter2),
        "admin2": view.location if where and ucdp_where_prec(where[0], case.part.gazetteer) == 3 else "",
        "timestamp": _seconds(case.cited.version_day) if case.cited is not None and case.part.as_of is None else None,
    }
    return row | own_cells(case, ACLED, row, case.claims("killed"), view.remarks)


def interaction(inter1: int | None, inter2: int | None) -> int | None:
    """Give the code of who met whom: both natures as two digits, the smaller first; None where one is not known."""
    if inter1 is None or inter2 is None:
        return None
    return min(inter1, inter2) * 10 + max(inter1, inter2)


def _span(case: Case) -> int:
    day = case.account.event["date"]
    return (datetime.fromisoformat(day["high"]) - datetime.fromisoformat(day["low"])).days + 1


def _seconds(day: str) -> int:
    """Give the Unix time at which a day began, UTC."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


ACLED = Sheet("ACLED", COLUMNS, OPTIONAL, OWN, code_acled)
