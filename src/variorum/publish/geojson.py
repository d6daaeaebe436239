"""Events as GeoJSON (RFC 7946): a point where a place is known, its uncertainty as a property, never a polygon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from variorum.publish.issue import Issue
from variorum.publish.jsonl import objects


def write_geojson(issue: Issue, table: str = "") -> Iterator[str]:
    """Give one FeatureCollection; an event known only by country, or not placed at all, has a null geometry.

    Order is longitude, latitude in WGS 84 (RFC 7946 §4); `radius_km` and `precision` say how far the point reaches.
    """
    told: dict[str, str] = {} if issue.as_of is None else {"as_of": issue.as_of}
    told |= {} if issue.redacted is None else {"redacted": issue.redacted.profile}
    # Members that RFC 7946 §6.1 allows beside its own; readers that know none pass over them.
    marks = "".join(f"{json.dumps(name)}: {json.dumps(value)}, " for name, value in told.items())
    opening = '{"type": "FeatureCollection", ' + marks + '"features": [\n'
    for part in issue.parts():
        for event in objects(part):
            yield opening + json.dumps(make_feature(event, redacted=issue.redacted is not None), ensure_ascii=False)
            opening = ",\n"
    yield ("\n" if opening.startswith(",") else opening) + "]}\n"


def make_feature(event: dict[str, Any], *, redacted: bool = False) -> dict[str, Any]:
    """Give one exported event as a Feature."""
    place, values = event["place"] or {}, event["values"]
    located = place.get("lat") is not None and place.get("precision") != "country"
    return {
        "type": "Feature",
        "id": event["id"],
        "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if located else None,
        "properties": {
            "kind": event["kind"],
            "title": event["title"],
            "date": event["date"],
            "place": place.get("name"),
            "country": place.get("country"),
            "precision": place.get("precision"),
            "radius_km": place.get("radius_km"),
            "killed": _figures(values, "killed"),
            "injured": _figures(values, "injured"),
            "lineages": len(event["lineages"]),
            "reports": len(event["articles"]),
            "contested": sorted({row["prop"] for row in event["relations"] if row["name"] == "contradicts"}),
            **({"as_of": event["as_of"]} if "as_of" in event else {}),
            **({"redacted": True} if redacted else {}),
        },
    }


def _figures(values: list[dict[str, Any]], prop: str) -> list[dict[str, Any]]:
    """Give every settled figure of a toll with its bounds: one that is open above has no highest."""
    names = ("scope", "value", "low", "high", "status", "lineages")
    return [{name: row[name] for name in names} for row in values if row["prop"] == prop]
