"""Events laid out for finding by time, place and kind. No words of reports in here.

Invariant: what is looked for in one place and time is found without walking through all events.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.model import Event
from variorum.resolve.days import read_days
from variorum.resolve.terms import bounds, order
from variorum.resolve.view import Extent, Gazetteer, make_extent
from variorum.values.gazetteer import distance_km

CELL = 0.5  # degrees of a cell of the index: 55 km, wider than two towns that could be one place
# Two circles that lie so close are one place: reports of one attack name suburb and city.
BESIDE_KM = 10.0
# An event dated no closer than this many days is no event of a day: it stands for a period, and nothing is found by it.
LONGEST = 62
WIDE = frozenset({"country", "sea", "river", "region"})
BY_NAME = frozenset({"talks", "agreement", "ceasefire", "ceasefire.broken"})  # sides meet wherever it suits them
ACCUSING = frozenset({"ceasefire.broken"})  # the side that accuses the other is its party too
NAMING = ("actor", "party")


@dataclass(frozen=True, slots=True)
class Happened:
    """One event with what it is found by."""

    id: str
    kind: str
    low: int | None = None  # day ordinals, both included; None where no report states a day of a known year
    high: int | None = None
    places: tuple[Extent, ...] = ()
    origins: tuple[Extent, ...] = ()  # where it was fired from, or where people came from
    names: frozenset[str] = frozenset()  # actors and parties
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    dated: bool = False  # some day is stated, known or relative
    figures: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (property, scope) -> settled count


def lay_out(event: Event, gazetteer: Gazetteer | None, known: dict[str, Extent]) -> Happened:
    """Lay out one event; `known` remembers places already laid out."""
    stated: dict[str, list[str]] = {}
    figures: dict[tuple[str, str], str] = {}
    for row in event.values:
        if not row.support:
            continue  # denied, and said by no one
        stated.setdefault(row.prop, []).append(row.value)
        if bounds("count", row.value) is not None:
            figures.setdefault((row.prop, row.scope or "all"), row.value)
    names = {value for prop in NAMING for value in stated.get(prop, ())}
    if event.kind in ACCUSING:
        names |= {source for row in event.values for source in row.sources if source}
    days = read_days(stated["date"][0]) if "date" in stated else None
    pinned = days is not None and days.known and days.width <= LONGEST
    return Happened(
        id=event.id,
        kind=event.kind,
        low=days.low if days is not None and pinned else None,
        high=days.high if days is not None and pinned else None,
        places=tuple(make_extent(value, gazetteer, known) for value in stated.get("place", ())),
        origins=tuple(make_extent(value, gazetteer, known) for value in stated.get("place_from", ())),
        names=frozenset(names),
        targets=tuple(stated.get("target", ())),
        weapons=tuple(stated.get("weapon", ())),
        dated="date" in stated,
        figures=figures,
    )


class Shelf:
    """Dated events by area and kind, in order of their days."""

    def __init__(self, events: Iterable[Happened]) -> None:
        self._by_area: dict[tuple[str, str], list[tuple[int, str, Happened]]] = {}
        for one in events:
            if one.low is not None:
                areas = {area for place in (*one.places, *one.origins) for area in _areas_of(place)}
                areas |= {f"name {name}" for name in one.names if one.kind in BY_NAME}
                for area in areas:
                    self._by_area.setdefault((area, one.kind), []).append((one.low, one.id, one))
        for rows in self._by_area.values():
            rows.sort(key=lambda row: row[:2])

    def find(self, place: Extent, kinds: Collection[str], low: int, high: int) -> Iterator[Happened]:
        """Yield the events of these kinds that a day from `low` to `high` can be of, in and around a place; each once.

        Latest first, and lazily: who has enough stops. What lies in a cell beside the place is given too; how near is
        near is the caller's to say.
        """
        return self._find(_areas_around(place), kinds, low, high)

    def find_by_name(self, name: str, kinds: Collection[str], low: int, high: int) -> Iterator[Happened]:
        """Yield the same of the events that an actor or party takes part in; only talks and deals are kept by name."""
        return self._find([f"name {name}"], kinds, low, high)

    def _find(self, areas: Iterable[str], kinds: Collection[str], low: int, high: int) -> Iterator[Happened]:
        keys = [(area, kind) for area in areas for kind in sorted(kinds)]
        runs = [self._run(self._by_area[key], low, high) for key in keys if key in self._by_area]
        given: set[str] = set()
        for _, key, one in heapq.merge(*runs, key=lambda row: row[:2], reverse=True):
            if key not in given:
                given.add(key)
                yield one

    @staticmethod
    def _run(rows: Sequence[tuple[int, str, Happened]], low: int, high: int) -> Iterator[tuple[int, str, Happened]]:
        for position in range(bisect_left(rows, high + 1, key=lambda row: row[0]) - 1, -1, -1):
            if rows[position][0] < low - LONGEST:
                return
            if (rows[position][2].high or 0) >= low:
                yield rows[position]


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / CELL), math.floor(lon / CELL)


def _areas_of(place: Extent) -> Iterator[str]:
    """Yield the areas under which an event in a place is kept."""
    yield place.id
    if place.country:
        yield f"country {place.country}"
    if place.admin1:
        yield place.admin1
    if place.lat is not None and place.lon is not None and place.feature not in WIDE:
        yield "cell {} {}".format(*_cell(place.lat, place.lon))


def _areas_around(place: Extent) -> Iterator[str]:
    """Yield the areas in which an event in a place can be kept."""
    if place.feature == "country":
        yield f"country {place.country}"
    elif place.lat is None or place.lon is None or place.feature in WIDE or place.feature == "admin1":
        yield place.id
    else:
        yield place.id
        row, column = _cell(place.lat, place.lon)
        yield from (f"cell {row + down} {column + right}" for down in (-1, 0, 1) for right in (-1, 0, 1))


def lies_in(inner: Extent, outer: Extent) -> bool:
    """Tell whether a place lies in another by id, province, country or circle."""
    if inner.id == outer.id or (outer.feature == "admin1" and inner.admin1 == outer.id):
        return True
    if outer.feature == "country":
        return inner.country == outer.country and inner.country != ""
    if inner.feature == "admin1" or inner.feature in WIDE or outer.feature in WIDE or outer.feature == "admin1":
        return False
    apart = _apart(inner, outer)
    return apart is not None and apart <= outer.radius_km


def one_place(left: Extent, right: Extent) -> bool:
    """Tell whether two places can be one: the same, one in the other, or two circles beside each other."""
    if lies_in(left, right) or lies_in(right, left):
        return True
    if {left.feature, right.feature} & (WIDE | {"admin1"}):
        return False
    apart = _apart(left, right)
    return apart is not None and apart <= left.radius_km + right.radius_km + BESIDE_KM


def _apart(left: Extent, right: Extent) -> float | None:
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    return distance_km((left.lat, left.lon), (right.lat, right.lon))


def share_place(left: Collection[Extent], right: Collection[Extent]) -> bool | None:
    """Tell whether two sets of places have one in common; None where either is empty."""
    if not left or not right:
        return None
    return any(one_place(mine, theirs) for mine in left for theirs in right)


def figures_meet(left: Mapping[tuple[str, str], str], right: Mapping[tuple[str, str], str]) -> bool | None:
    """Tell whether the figures that both state can be the same; None where they share none."""
    shared = left.keys() & right.keys()
    return None if not shared else all(order("count", left[key], right[key]) != "disjoint" for key in shared)


def weapons_meet(left: Collection[str], right: Collection[str]) -> bool:
    """Tell whether some weapon of one can be some weapon of the other; where either states none it can."""
    return (
        not left
        or not right
        or any(order("weapon", mine, theirs) not in ("disjoint", "unknown") for mine in left for theirs in right)
    )
