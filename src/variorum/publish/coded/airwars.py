"""Events in the columns of Airwars' export of incidents, then the fields of an incident that reports can give.

Source: the code of Airwars' site, as named on docs/rules/airwars.md. Invariant: `grading` and `strike_status` are
Airwars' own and always empty; what follows from reports stands in columns that say that it is proposed.
"""

from __future__ import annotations

from variorum.publish.coded.sheet import OWN, Case, Left, Row, Sheet, own_cells
from variorum.publish.rules.account import is_one
from variorum.publish.rules.airwars import STRIKES, AirwarsView, airwars_view
from variorum.publish.rules.sides import target_bodies

EXPORT = (
    *("post_id", "permalink", "country", "date", "grading", "latitude", "longitude", "strike_status"),
    *("geolocation_accuracy", "unique_reference_code", "civilians_killed_min", "civilians_killed_max"),
    *("civilians_injured_min", "civilians_injured_max", "militants_killed_min", "militants_killed_max"),
    "belligerent_list",
)
# Class of the view -> name in the file; the export itself has civilians and the killed among militants.
CLASSES = {
    "civilian non-combatants": "civilians",
    "children": "children",
    "women": "women",
    "men": "men",
    "belligerents": "militants",
}
ENDS = ("killed_min", "killed_max", "injured_min", "injured_max")
INCIDENT = (
    *("incident_date", "incident_date_end", "location_name", "geolocation_notes"),
    *(f"{who}_{end}" for who in ("children", "women", "men") for end in ENDS),
    *("militants_injured_min", "militants_injured_max", "belligerent_types", "targeted_belligerents"),
    *("source_names", "source_urls"),
)
PROPOSED = ("variorum_proposed_grading", "variorum_grading_reason", "variorum_proposed_strike_status")
# What a researcher decides or measures, and what is empty where nothing is said of it.
OPTIONAL = frozenset({"permalink", "grading", "strike_status", "geolocation_accuracy", "targeted_belligerents"}) | {
    f"{who}_{end}" for who in ("militants", "children", "women", "men") for end in ENDS
}


def code_airwars(case: Case) -> Row | Left:
    """Give an event as a row of Airwars, or why Airwars files no such incident."""
    if case.event.kind not in STRIKES:
        return Left("of a kind that is no strike")
    if not _is_alleged(case):
        return Left("without a word on harm to civilians")
    view = airwars_view(case.account, case.credible)
    place = case.account.event["place"] or {}
    if not view.incident_date:
        return Left("without a day")
    if place.get("lat") is None or place.get("lon") is None:
        return Left("without a place on the map")
    if place["precision"] == "country":
        return Left("known by its country alone")
    sources, names = case.account.originals, _belligerents(view)
    row: Row = {
        "post_id": case.number,
        "permalink": case.cited.link if case.cited is not None else "",
        "country": view.country,
        "date": view.incident_date,
        "latitude": place["lat"],
        "longitude": place["lon"],
        "unique_reference_code": case.name,
        "belligerent_list": "; ".join(names),
        "incident_date": view.incident_date,
        "incident_date_end": view.incident_date_end,
        "location_name": view.location,
        "geolocation_notes": f"within {place['radius_km']} km",
        "belligerent_types": "; ".join(names.values()),
        "targeted_belligerents": "; ".join(target_bodies(case.account)),
        "source_names": "; ".join(one.outlet for one in sources),
        "source_urls": "; ".join(case.part.articles[one.article].url for one in sources),
        **_harm(view),
    }
    proposed: Row = {
        "variorum_proposed_grading": view.proposed_grading,
        "variorum_grading_reason": view.grading_reason,
        "variorum_proposed_strike_status": view.strike_status,
    }
    claims = case.claims("killed", "injured", "actor", "responsibility")
    return row | proposed | own_cells(case, AIRWARS, row, claims, view.remarks)


def _is_alleged(case: Case) -> bool:
    """Tell whether a report says or denies that people were harmed who are not called fighters."""
    return any(one.prop in ("killed", "injured") and one.scope != "combatants" for one in case.account.statements)


def _belligerents(view: AirwarsView) -> dict[str, str]:
    """Give who is named, with "Known" or "Suspected": a body once, and "soldiers" where no body has a name."""
    named = [one for one in view.belligerents if one.name[:1].isupper()]
    found: dict[str, str] = {}
    for one in named or view.belligerents:
        name = next((name for name in found if is_one(name, one.name)), one.name)
        found[name] = "Known" if one.type == "Known" else found.get(name, one.type)
    return found


def _harm(view: AirwarsView) -> Row:
    row: Row = {}
    for one in view.harm:
        numbers = (one.killed_min, one.killed_max, one.injured_min, one.injured_max)
        row |= {f"{CLASSES[one.who]}_{end}": number for end, number in zip(ENDS, numbers)}
    return row


AIRWARS = Sheet("Airwars", (*EXPORT, *INCIDENT), OPTIONAL, (*PROPOSED, *OWN), code_airwars)
