"""What a map marks: one place in one role, and how far the report's words let it be anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from variorum.values.gazetteer import Gazetteer, open_gazetteer
from variorum.values.place import extent, precision_of, show_place, split_place

Kind = Literal["exact", "near", "province", "area", "country", "unplaced"]
Role = Literal["target", "launch", "claimed", "other"]
ROLE_WORDS = {"target": "target", "launch": "fired from", "claimed": "claimed from", "other": "place"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One place to be shown."""

    number: str  # on the pin, the number of the event in the list beside the map; "" for none
    label: str  # words for people, from reports: may be anything
    kind: Kind
    role: Role = "target"
    lat: float = 0.0
    lon: float = 0.0
    radius_km: float = 0.0  # of the circle for near and area; of a province only where no outline is at hand
    area: str = ""  # gazetteer id of the province to shade
    lineages: int = 1  # independent texts that say it: the pin grows with them
    single: bool = False  # one source alone: the pin is pale
    href: str = ""  # where a click leads, within the same site; "" for nowhere

    @property
    def placed(self) -> bool:
        """Whether a map can show it at all."""
        return self.kind not in ("country", "unplaced")

    @property
    def words(self) -> str:
        """The whole of it in one line."""
        reach = f" (within {self.radius_km:.0f} km)" if self.kind == "near" else ""
        if self.kind == "province":
            reach = " (somewhere in the province)"
        return f"{self.number + ': ' if self.number else ''}{ROLE_WORDS[self.role]}, {self.label}{reach}"


def make_spot(value: str, *, role: Role = "target", number: str = "", gazetteer: Gazetteer | None = None) -> Spot:
    """Make the spot of a canonical place value (values/place.py); one that the gazetteer cannot place is "unplaced"."""
    book = gazetteer or open_gazetteer()
    place, circle = split_place(value), extent(value, book)
    spot = Spot(number, show_place(value, book), "unplaced", role)
    if place is None or circle is None:
        return spot
    precision = precision_of(value, book)
    base = place.within if place.base.startswith("name:") else place.base
    spot = replace(spot, lat=circle[0], lon=circle[1], radius_km=circle[2])
    entry = book.entry(base) if base else None
    if entry is not None and entry.feature == "country" and not place.direction:
        return replace(spot, kind="country")
    if entry is not None and entry.feature == "admin1" and not place.direction and not place.near:
        return replace(spot, kind="province", area=base)
    if precision == "exact" and place.radius_m is None:
        return replace(spot, kind="exact")
    is_town = entry is None or entry.feature == "city"
    return replace(spot, kind="near" if is_town else "area")


def beside_the_map(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Give the spots that no map can show: a country, or no place at all. They are listed beside it."""
    return tuple(spot for spot in spots if not spot.placed)
