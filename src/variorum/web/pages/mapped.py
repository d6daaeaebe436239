"""The events of a list as pins: drawn here for a page without scripts, or as short rows for the map of the browser.

Invariant: the number on a pin is the number in the list; an event known by its country alone is never on the map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from variorum.pipeline.exploring import Explored, place_words, spot_of
from variorum.show.map import CREDIT, NOTE, MapDrawing, MapView, draw_map
from variorum.show.outlines import open_outlines
from variorum.show.spots import Spot
from variorum.show.states import STATES
from variorum.values.date import date_precision
from variorum.web.asking import Asked

SHAPES = ("exact", "near", "province", "area")
COLUMNS = ("number", "event", "lat", "lon", "shape", "reach", "lineages", "state", "day", "title")
SHORT = 12  # letters of an event's id in a pin: two of a million events share them once in a billion ledgers
DIGITS = 4  # of a degree: 11 m
FEW = 12  # numbers named beside the map, of each country
PANE, LARGE = MapView(720, 420), MapView(1280, 720)
LABELLED = 25  # events; of more the pins have no words beside them


@dataclass(frozen=True, slots=True)
class Beside:
    """Events that no map can show, by what is known of them."""

    where: str  # "" where no report names a place
    numbers: tuple[int, ...]  # the first few
    more: int

    @property
    def events(self) -> int:
        """How many they are."""
        return len(self.numbers) + self.more


def draw_pins(asked: Asked, found: Explored, ids: Sequence[str], start: int, *, large: bool = False) -> MapDrawing:
    """Draw the events of one page of the list, of which `start` stand on the pages before."""
    places = found.places(ids)
    lineages = {entry.id: entry.lineages for entry in found.entries[start : start + len(ids)]}
    spots = []
    for number, id in enumerate(ids, start=start + 1):
        if id in places:
            spot = spot_of(places[id][0])
            label = spot.label if len(ids) <= LABELLED or spot.kind == "province" else ""
            href = asked.link(f"/events/EV-{id[4:]}")
            behind = lineages[id]
            spots.append(replace(spot, number=str(number), lineages=behind, single=behind == 1, href=href, label=label))
    return _drawn(tuple(spots), LARGE if large else PANE)


@lru_cache(maxsize=100)
def _drawn(spots: tuple[Spot, ...], view: MapView) -> MapDrawing:
    """Draw a map once for the same spots: the dearest part of the page."""
    return draw_map(spots, view, title="Map of the events on this page of the list")


def find_beside(found: Explored) -> list[Beside]:
    """Give the events that no map can show: by country, then those of which no place is known."""
    places = found.places(found.ids)
    by: dict[str, list[int]] = {}
    for number, id in enumerate(found.ids, start=1):
        spot = spot_of(places[id][0]) if id in places else None
        if spot is None or not spot.placed:
            by.setdefault(spot.label if spot is not None else "", []).append(number)
    order = sorted(by, key=lambda where: (not where, -len(by[where]), where))
    return [Beside(where, tuple(by[where][:FEW]), max(0, len(by[where]) - FEW)) for where in order]


def make_pins(found: Explored) -> dict[str, Any]:
    """Give every event that a map can show, as rows of COLUMNS, and the outlines of the provinces among them.

    `reach` is the radius of a circle in km, or the number of a province in `areas`.
    """
    ids = found.ids
    places = found.places(ids)
    placed = [id for id in ids if id in places and spot_of(places[id][0]).placed]
    states = {name: number for number, name in enumerate(STATES)}
    numbers = {id: number for number, id in enumerate(ids, start=1)}
    lineages = {entry.id: entry.lineages for entry in found.entries}
    areas: dict[str, int] = {}
    rows = []
    for row in found.rows(placed):
        id = row["id"]
        spot = spot_of(places[id][0])
        rows.append(
            (
                numbers[id],
                id[4 : 4 + SHORT],
                round(spot.lat, DIGITS),
                round(spot.lon, DIGITS),
                SHAPES.index(spot.kind),
                _reach(spot, areas),
                lineages[id],
                states.get(row["state"], 0),
                row["day"] or "",
                row["title"],
            )
        )
    return {
        "total": len(ids),
        "columns": COLUMNS,
        "shapes": SHAPES,
        "states": list(STATES.items()),
        "events": rows,
        "areas": [rings_of(id) for id in areas],
        "credit": " ".join(CREDIT),
        "note": NOTE,
    }


def _reach(spot: Spot, areas: dict[str, int]) -> float:
    if spot.kind == "province" and rings_of(spot.area):
        return areas.setdefault(spot.area, len(areas))
    # Of a province without an outline the circle that stands for it; negative, so that it is no number of `areas`.
    return -round(spot.radius_km, 1) if spot.kind == "province" else round(spot.radius_km, 1)


@lru_cache(maxsize=4_000)
def rings_of(area: str) -> list[list[list[float]]]:
    """Give the outline of a province in degrees, lat before lon, good to a kilometre."""
    return [np.round(ring[:, ::-1], 2).tolist() for ring in open_outlines().area(area, 1)]


def make_features(found: Explored) -> list[Mapping[str, Any]]:
    """Give the events as GeoJSON (RFC 7946), as the export does, but for the words that a date rests on."""
    ids = found.ids
    places, contested = found.places(ids), found.contested(ids)
    entries = {entry.id: entry for entry in found.entries}
    features: list[Mapping[str, Any]] = []
    for row in found.rows(ids):
        id, entry = row["id"], entries[row["id"]]
        place = place_words(places[id][0]) if id in places else None
        placed = place is not None and place["lat"] is not None and place["precision"] != "country"
        date = {
            "value": row["date"],
            "low": entry.first_day,
            "high": entry.last_day,
            "precision": date_precision(row["date"]).name,
        } if row["date"] else None  # fmt: skip
        features.append(
            {
                "type": "Feature",
                "id": id,
                "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]}
                if place and placed
                else None,
                "properties": {
                    "kind": row["kind"],
                    "title": row["title"],
                    "date": date,
                    "place": place["name"] if place else None,
                    "precision": place["precision"] if place else None,
                    "radius_km": place["radius_km"] if place else None,
                    "lineages": row["lineages"],
                    "reports": row["reports"],
                    "contested": contested.get(id, []),
                },
            }
        )
    return features
