"""A canonical place as an object: name, gazetteer id, coordinates, radius, precision, country and province."""

from __future__ import annotations

from typing import Any

from variorum.values.area import extent, precision_of, show_place, split_place
from variorum.values.gazetteer import Gazetteer


def describe_place(value: str, gazetteer: Gazetteer) -> dict[str, Any]:
    """Give what is known of a place; degrees in WGS 84, radius in kilometres; unknown parts are None."""
    place = split_place(value)
    entry = None
    if place is not None:
        base = place.within if place.base.startswith("name:") else place.base
        entry = gazetteer.entry(base) if base else None
    known = entry is not None and place is not None and not place.base.startswith("name:")
    circle = extent(value, gazetteer)
    country = gazetteer.entry(f"ne:{entry.country}") if entry is not None and entry.country else None
    province = gazetteer.entry(entry.admin1) if entry is not None and entry.admin1 else None
    if entry is not None and entry.feature == "admin1":
        province = entry
    return {
        "name": entry.name if known and entry is not None else place.base.removeprefix("name:") if place else value,
        "shown": show_place(value, gazetteer),
        "gazetteer": place.base if known and place is not None else None,
        "lat": round(circle[0], 5) if circle else None,
        "lon": round(circle[1], 5) if circle else None,
        "radius_km": round(circle[2], 1) if circle else None,
        "precision": precision_of(value, gazetteer),
        "country": entry.country if entry is not None and entry.country else None,
        "country_name": country.name if country is not None else None,
        "admin1": province.name if province is not None else None,
    }
