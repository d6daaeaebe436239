"""Events as GeoJSON (RFC 7946): a point where a place is known, its uncertainty as a property, never a polygon."""

from __future__ import annotations

import json
from collections.abc import Iterator

from variorum.publish.jsonl import Edition, objects


def write_geojson(edition: Edition) -> Iterator[str]:
    """Give one FeatureCollection; an event known only by country, or not placed at all, has a null geometry.

    Order is longitude, latitude in WGS 84 (RFC 7946 §4); `radius_km` and `precision` say how far the point reaches.
    """
    features = []
    for event in objects(edition):
        place = event["place"]
        located = place is not None and place.get("lat") is not None and place.get("precision") != "country"
        features.append(
            {
                "type": "Feature",
                "id": event["id"],
                "geometry": {"type": "Point", "coordinates": [place["lon"], place["lat"]]} if located else None,
                "properties": {
                    "kind": event["kind"],
                    "title": event["title"],
                    "date": event["date"],
                    "place": place["name"] if place else None,
                    "precision": place["precision"] if place else None,
                    "radius_km": place.get("radius_km") if place else None,
                    "lineages": len(event["lineages"]),
                    "reports": len(event["articles"]),
                    "contested": sorted({row["prop"] for row in event["relations"] if row["name"] == "contradicts"}),
                    **({"redacted": True} if edition.redacted is not None else {}),
                },
            }
        )
    yield json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"
