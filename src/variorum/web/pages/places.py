"""The page of places: each wording with the entry of the gazetteer that it is taken for; those in doubt first."""

from __future__ import annotations

from typing import Any

from variorum.pipeline import describe, find_candidates, gazetteer
from variorum.pipeline.names import PlaceRow, count_places
from variorum.show.map import MapView, draw_map
from variorum.show.spots import make_spot
from variorum.web.asking import Asked, Page, Parameter
from variorum.web.pages.actors import SHOWN, name_events
from variorum.web.sheets import NAMED, SHEET_NUMBER, cut_sheet, keep_named

Row = dict[str, Any]
COLUMNS = (
    "wording",
    "taken_for",
    "name",
    "gazetteer",
    "lat",
    "lon",
    "radius_km",
    "precision",
    "country",
    "country_name",
    "province",
    "claims",
    "reports",
    "event_count",
    "events",
    "by_person",
    "written",
    "doubt",
)
DOUBT = Parameter("doubt", "flag", "1: only those in doubt.")
PLACES = (DOUBT, NAMED, SHEET_NUMBER)
SHEET = 25  # rows: each in doubt shows its candidates
MOST = 5  # candidates of one wording


def read_places(asked: Asked) -> Page:
    """Read the places that reports name, those in doubt first."""
    kept = asked.standing.keep(("places", asked.as_of), lambda: count_places(asked.ledger, asked.as_of))
    found: list[PlaceRow] = [row for row in kept.what if asked.one("doubt") != "1" or row.doubt]
    named = keep_named(asked, found, lambda row: (row.wording, str(row.known["name"])))
    sheet = cut_sheet(asked, named, SHEET)
    rows = [_row(asked, row) for row in sheet.rows]
    data = {
        "as_of": asked.as_of,
        "counted_at": kept.number,
        "total": sheet.total,
        "in_doubt": sum(row.doubt > 0 for row in named),
        "places": rows,
    }
    shown: Row = {"sheet": sheet, "where": None, "shown_events": SHOWN}
    if asked.form == "html":
        numbered = {id(row): number for number, row in enumerate(sheet.rows, start=1)}
        spots = [
            make_spot(row.base, role="other", number=str(numbered[id(row)]), gazetteer=gazetteer())
            for row in sheet.rows
        ]
        shown["where"] = draw_map(spots, MapView(528, 300), title="The places of this sheet")
    return Page("places.html", "Places", data, shown, rows=_flat(rows), features=_features(rows), columns=COLUMNS)


def _row(asked: Asked, row: PlaceRow) -> Row:
    known = dict(row.known)
    return {
        "wording": row.wording,
        "taken_for": row.base,
        "written": [{"words": words, "claims": claims} for words, claims in row.wordings],
        "name": known["name"],
        "gazetteer": known["gazetteer"],
        "lat": known["lat"],
        "lon": known["lon"],
        "radius_km": known["radius_km"],
        "precision": known["precision"] if known["lat"] is not None else None,
        "country": known["country"],
        "country_name": known["country_name"],
        "province": known["admin1"],
        "doubt": row.why or None,
        "candidates": find_rivals(row.base, row.wording) if row.doubt and asked.form in ("html", "json") else [],
        "claims": row.claims,
        "reports": row.reports,
        "event_count": len(row.events),
        "events": name_events(asked, row.events),
        "by_person": row.by_person,
    }


def find_rivals(base: str, wording: str) -> list[Row]:
    """Give the other places that a wording can mean, the likeliest first."""
    return [
        {"id": entry.id, "name": describe(entry), "feature": entry.feature, "lat": entry.lat, "lon": entry.lon}
        for entry in find_candidates(wording)
        if entry.id != base
    ][:MOST]


def _flat(rows: list[Row]) -> list[Row]:
    return [
        {name: value for name, value in row.items() if name not in ("written", "candidates", "doubt")}
        | {"written": [one["words"] for one in row["written"]], "doubt": row["doubt"]}
        for row in rows
    ]


def _features(rows: list[Row]) -> list[Row]:
    """Give places as GeoJSON: longitude, latitude; a country, and what is not known, has no geometry."""
    return [
        {
            "type": "Feature",
            "id": f"{row['taken_for']} {row['wording']}",
            "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
            if row["lat"] is not None and row["precision"] != "country"
            else None,
            "properties": {
                name: row[name]
                for name in ("wording", "name", "gazetteer", "precision", "radius_km", "country", "province", "claims")
            }
            | {"events": row["event_count"], "reports": row["reports"]},
        }
        for row in rows
    ]
