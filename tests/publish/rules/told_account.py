"""A tiny factory for what a rule is given: an event in a few words, and who says what of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.model import Stance
from variorum.publish.rules import Account, Printed, Statement


def says(
    value: str,
    voice: str = "clinic",
    *,
    scope: str = "all",
    prop: str = "killed",
    outlet: str = "Tarn Post",
    stance: Stance = "asserts",
    when: str | None = "2031-05-02",
    quote: str = "",
) -> Statement:
    """One statement; without a voice it is the outlet's own. An outlet is a lineage."""
    own = voice == ""
    return Statement(prop, scope, value, stance, voice or outlet, own, outlet, outlet, when, quote or value, ())


def account(
    *statements: Statement,
    kind: str = "bombing",
    date: str | None = "2031-05-01",
    low: str = "",
    high: str = "",
    place: str | None = "gn:170063",
    country: str = "Syria",
    **settled: Sequence[str],
) -> Account:
    """An event of one kind with its settled values, and what is said of it."""
    days = None if date is None else {"value": date, "low": low or date, "high": high or date}
    where = None if place is None else {
        "name": "Aleppo", "shown": "Aleppo", "admin1": "Aleppo", "country_name": country,
        "lat": 36.2, "lon": 37.16, "radius_km": 8.0, "precision": "exact",
    }  # fmt: skip
    values = {"place": [place] if place else [], **settled}
    event: dict[str, Any] = {
        "id": "evt_1",
        "kind": kind,
        "title": "It happened",
        "date": days,
        "place": where,
        "values": [
            {"prop": prop, "value": value, "support": ["clm_1"]} for prop, rows in values.items() for value in rows
        ],
        "relations": [],
        "related": [],
    }
    outlets = dict.fromkeys(one.outlet for one in statements)
    reports = [Printed(name, name, "2031-05-02", f"{name} reports", name) for name in outlets]
    return Account(event, statements, tuple(reports))
