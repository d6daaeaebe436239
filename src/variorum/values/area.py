"""What a place value says: its grammar, extent, comparison and words. No reading of text in here.

Invariant: a value is a gazetteer id or `name:` with parameters in the fixed order in, dir, d, near, u, so equal
places are equal strings.

    gn:170063            the town               gn:170063;dir=E;near        outside it, to the east
    ne:SY.aleppo         the province           gn:170063;dir=E;d=20000     20 km to the east of it
    gn:170063;dir=E      its eastern part       name:Xyz;in=ne:SY.aleppo    a name the gazetteer does not hold
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from variorum.values.gazetteer import Entry, Gazetteer, distance_km, open_gazetteer
from variorum.values.order import Order

Precision = Literal["exact", "near", "direction", "admin1", "country", "area"]
BEARINGS: Mapping[str, float] = {"N": 0, "NE": 45, "E": 90, "SE": 135, "S": 180, "SW": 225, "W": 270, "NW": 315}
DIRECTION_WORDS: Mapping[str, str] = {
    "N": "north", "NE": "north-east", "E": "east", "SE": "south-east",
    "S": "south", "SW": "south-west", "W": "west", "NW": "north-west",
}  # fmt: skip
Circle = tuple[float, float, float]  # latitude, longitude, radius in km
# "Near" a town reaches 25 km in UCDP's coding (where_prec 2), so the circle around it does too.
NEAR_KM = 25.0
_INLAND = re.compile(r"\b(?:Lakes?|Reservoir|Canal)\b|^(?:Dead Sea|Aral Sea|Sea of Galilee|Issyk-Kul)$")


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of one place value."""

    base: str  # gn:…, ne:…, va:…, own:… or name:…
    within: str = ""  # id of the container of a name that the gazetteer does not hold
    direction: str = ""  # N NE E SE S SW W NW
    offset_m: int | None = None  # distance from the base in that direction
    near: bool = False
    radius_m: int | None = None  # stated extent, instead of the gazetteer's

    def __str__(self) -> str:
        """Give the canonical string."""
        return (
            self.base
            + (f";in={self.within}" if self.within else "")
            + (f";dir={self.direction}" if self.direction else "")
            + (f";d={self.offset_m}" if self.offset_m is not None else "")
            + (";near" if self.near else "")
            + (f";u={self.radius_m}" if self.radius_m is not None else "")
        )


def split_place(value: str) -> Place | None:
    """Give the parts of a canonical place value, or None where it is none."""
    base, *rest = value.split(";")
    prefix, _, name = base.partition(":")
    if prefix not in ("gn", "ne", "va", "own", "name", "geo") or not name:
        return None
    parts = {key: text for key, _, text in (item.partition("=") for item in rest)}
    metres = {key: int(parts[key]) for key in ("d", "u") if parts.get(key, "").isdigit()}
    direction = parts.get("dir", "")
    return Place(
        base,
        parts.get("in", ""),
        direction if direction in BEARINGS else "",
        metres.get("d"),
        "near" in parts,
        metres.get("u"),
    )


def shift(lat: float, lon: float, direction: str, km: float) -> tuple[float, float]:
    """Give the point that lies `km` away in a compass direction (flat earth; good to 1 % below 500 km)."""
    bearing = math.radians(BEARINGS[direction])
    north = km * math.cos(bearing) / 111.195
    east = km * math.sin(bearing) / (111.195 * max(0.05, math.cos(math.radians(lat))))
    return max(-90.0, min(90.0, lat + north)), (lon + east + 180.0) % 360.0 - 180.0


def _geo(base: str) -> tuple[float, float, float] | None:
    try:
        lat, lon = (float(part) for part in base[4:].split(","))
    except ValueError:
        return None
    return lat, lon, 1.0


def extent(value: str, gazetteer: Gazetteer | None = None) -> tuple[float, float, float] | None:
    """Give the circle that stands for a place: latitude, longitude, radius in km; None where nothing is known."""
    place = split_place(value)
    if place is None:
        return None
    if place.base.startswith("geo:"):
        found = _geo(place.base)
    else:
        entry = (gazetteer or open_gazetteer()).entry(place.within if place.base.startswith("name:") else place.base)
        found = (entry.lat, entry.lon, entry.radius_km) if entry is not None else None
    if found is None:
        return None
    lat, lon, radius = found
    if place.direction and place.offset_m is not None:
        lat, lon = shift(lat, lon, place.direction, place.offset_m / 1000)
        radius = max(2.0, place.offset_m / 5000)
    elif place.direction and place.near:
        lat, lon = shift(lat, lon, place.direction, radius + NEAR_KM / 2)
        radius = max(NEAR_KM / 2, radius / 2)
    elif place.direction:  # that part of it
        lat, lon = shift(lat, lon, place.direction, radius / 2)
        radius = radius * 0.6
    elif place.near:
        radius += place.offset_m / 1000 if place.offset_m is not None else NEAR_KM
    if place.radius_m is not None:
        radius = place.radius_m / 1000
    return lat, lon, radius


def _chain(value: str, gazetteer: Gazetteer) -> list[str]:
    """Give the ids that hold a value by name: itself, its province, its country."""
    place = split_place(value)
    if place is None:
        return []
    chain = [place.within] if place.within else [place.base]
    entry = gazetteer.entry(chain[0])
    while entry is not None and entry.admin1 and entry.admin1 not in chain:
        chain.append(entry.admin1)
        entry = gazetteer.entry(entry.admin1)
    if entry is not None and entry.country and f"ne:{entry.country}" not in chain:
        chain.append(f"ne:{entry.country}")
    return chain


def contains(outer: str, inner: str, gazetteer: Gazetteer | None = None) -> bool:
    """Tell whether one place holds another: by province and country where recorded, else by their circles."""
    book = gazetteer or open_gazetteer()
    if outer == inner:
        return True
    whole = split_place(outer)
    part = split_place(inner)
    if whole is None or part is None:
        return False
    if whole.base == part.base and (whole.radius_m is not None or part.radius_m is not None):
        return _holds(extent(outer, book), extent(inner, book))  # "within 15 km of" a town holds the town
    plain = not whole.direction and not whole.near and whole.radius_m is None
    reaches_out = part.near or part.offset_m is not None
    if plain and whole.base in _chain(inner, book) and not (whole.base == part.base and reaches_out):
        return True
    outer_entry, inner_entry = book.entry(whole.base), book.entry(part.base)
    if plain and outer_entry is not None and inner_entry is not None:
        administrative = {"country", "admin1"}
        if outer_entry.feature == "city" or {outer_entry.feature, inner_entry.feature} <= administrative:
            return False
        if outer_entry.feature == "country" and inner_entry.country:
            return outer_entry.country == inner_entry.country
        # The record of provinces decides for towns; Natural Earth's and GeoNames' provinces may overlap otherwise.
        if (
            outer_entry.feature == "admin1"
            and outer_entry.id.startswith("ne:")
            and inner_entry.admin1.startswith("ne:")
        ):
            return False
    return _holds(extent(outer, book), extent(inner, book))


def _holds(outer: Circle | None, inner: Circle | None) -> bool:
    """Tell whether a circle holds a smaller one, or at least its centre and a good part of it."""
    if outer is None or inner is None or outer[2] <= inner[2]:
        return False
    return distance_km(outer[:2], inner[:2]) + min(inner[2], outer[2] / 2) <= outer[2]


def compare_place(left: str, right: str, gazetteer: Gazetteer | None = None) -> Order:
    """Compare two places: equal, one inside the other, overlapping circles, disjoint, unknown.

    "inside" means that the left one is the more precise and lies in the right one.
    """
    if left == right:
        return "equal"
    book = gazetteer or open_gazetteer()
    a, b = split_place(left), split_place(right)
    if a is None or b is None:
        return "unknown"
    if contains(right, left, book):
        return "inside"
    if contains(left, right, book):
        return "contains"
    circle_a, circle_b = extent(left, book), extent(right, book)
    if circle_a is None or circle_b is None:
        return "unknown"
    # A name that only its container places may be anywhere in it: two such names neither agree nor exclude each other.
    if a.base.startswith("name:") or b.base.startswith("name:"):
        return "unknown" if distance_km(circle_a[:2], circle_b[:2]) <= circle_a[2] + circle_b[2] else "disjoint"
    if a.base == b.base:
        return "overlaps"
    entries = book.entry(a.base), book.entry(b.base)
    if not (a.near or b.near or a.direction or b.direction) and _apart(*entries):
        return "disjoint"
    return "overlaps" if distance_km(circle_a[:2], circle_b[:2]) < circle_a[2] + circle_b[2] else "disjoint"


def _apart(a: Entry | None, b: Entry | None) -> bool:
    """Tell whether two entries are known apart although their circles may touch: two towns, two provinces."""
    if a is None or b is None:
        return False
    if a.feature == b.feature and a.feature in ("city", "admin1", "country") and a.id[:3] == b.id[:3]:
        return True
    return bool(a.country and b.country and a.country != b.country)


def show_place(value: str, gazetteer: Gazetteer | None = None) -> str:
    """Give a place in words for people: "20 km east of Aleppo", "near Idlib", "Aleppo province", "south-east of …"."""
    place = split_place(value)
    if place is None:
        return value
    book = gazetteer or open_gazetteer()
    if place.base.startswith("name:"):
        holder = book.entry(place.within) if place.within else None
        return place.base[5:] + (f" ({_title(holder)})" if holder is not None else "")
    entry = book.entry(place.base)
    words = _title(entry) if entry is not None else place.base.removeprefix("geo:")
    if place.direction and place.offset_m is not None:
        return f"{place.offset_m / 1000:g} km {DIRECTION_WORDS[place.direction]} of {words}"
    if place.direction:
        side = DIRECTION_WORDS[place.direction]
        return f"{side} of {words}" if place.near else f"{side}ern {words}"
    if place.near:
        return f"near {words}"
    return words


def _title(entry: Entry) -> str:
    if entry.feature == "admin1" and entry.country and len(entry.name.split()) < 4:
        return f"{entry.name} province" if entry.country != "US" else entry.name
    return entry.name


def precision_of(value: str, gazetteer: Gazetteer | None = None) -> Precision | None:
    """Give how precisely a value says where: exact, near, direction, admin1, country or area (sea, river, region)."""
    place = split_place(value)
    if place is None:
        return None
    if place.base.startswith("name:"):
        return "near" if place.within else "exact"
    if place.direction:
        return "direction"
    if place.near:
        return "near"
    entry = None if place.base.startswith("geo:") else (gazetteer or open_gazetteer()).entry(place.base)
    if entry is None or entry.feature == "city":
        return "exact"
    if entry.feature in ("admin1", "admin2"):
        return "admin1"
    return "country" if entry.feature == "country" else "area"


def ucdp_where_prec(value: str, gazetteer: Gazetteer | None = None) -> int:
    """Give UCDP GED where_prec 1 to 7: town, within 25 km, district, province, line or fuzzy area, country, sea.

    Source: UCDP GED codebook 24.1, variable where_prec. A value whose gazetteer is not on this machine is 6, but a town
    of GeoNames.
    """
    place = split_place(value)
    if place is None:
        return 6
    book = gazetteer or open_gazetteer()
    named = place.base.startswith("name:")
    entry = book.entry(place.within if named else place.base)
    if entry is None:
        return _of_point(place) if re.fullmatch(r"gn:\d+|geo:.*", place.base) else 6
    if entry.feature == "city":
        return max(2, _of_point(place)) if named else _of_point(place)
    if entry.feature == "sea":
        # The codebook's 7 is the open sea; a lake, or land beside a sea, is a fuzzy area.
        return 5 if place.near or _INLAND.search(entry.name) else 7
    if entry.feature == "region" and not place.near and entry.radius_km <= NEAR_KM:
        return 2
    if place.direction or place.near:  # a part of it, or what lies along its border
        return 3 if entry.feature == "admin2" and not place.near else 5
    return {"admin2": 3, "admin1": 4, "country": 6}.get(entry.feature, 5)


def _of_point(place: Place) -> int:
    """Give where_prec around a point: 1 at it, 2 up to 25 km from it, 5 farther where no direction is said."""
    reach = place.radius_m or (0 if place.direction else place.offset_m or 0)
    if reach > NEAR_KM * 1000:
        return 5
    return 2 if place.near or place.direction else 1


def acled_geo_precision(value: str, gazetteer: Gazetteer | None = None) -> int:
    """Give ACLED geo_precision: 1 the town, 2 near it or a part of a region, 3 a province or larger region.

    Source: ACLED codebook, variable geo_precision.
    """
    level = ucdp_where_prec(value, gazetteer)
    if level == 5:
        place = split_place(value)
        entry = (gazetteer or open_gazetteer()).entry(place.base) if place is not None else None
        part = entry is not None and entry.feature == "admin1" and place is not None and bool(place.direction)
        return 2 if part else 3
    return 1 if level == 1 else 2 if level in (2, 3) else 3
