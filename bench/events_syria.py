"""Events of our ledger over the FA-KES reports, linked to what Airwars and UCDP GED record: found, and tolls that meet.

Which events are asked for: those that the ledger settles as violence (strike, bombing, clash, attack, execution,
chemical attack) with somebody killed, on one stated day, at a place in a governorate of Syria, where UCDP GED lists any
event of that day (a copy of the set may leave days out). UCDP counts every lethal event; Airwars only strikes that
harmed civilians, so a day that only Airwars lists is not asked for. `pinned` is the share of violent events with
somebody killed that have a day and a governorate at all.

A row is linked when its days, one more on either side, hold the event's day; when the kinds can be one (Airwars: what
can be a strike; UCDP: all that enters GED); and when it is near: within 25 km of the event's place or within its
radius, whichever is more; in the same governorate where one of the two is known no closer. The event's place is the
best supported town among its settled places, else the best supported governorate.

* `found`: events with at least one row.
* `toll_meets`: of those found, events whose toll meets that of one row, or the sum of the rows of one set on one day.
  Our toll runs over the settled values of all people and of civilians, else over the sum of the scopes; "at least n"
  reaches half again as far. A row's toll runs from low to high, in Airwars from the least of civilians to the most of
  civilians and belligerents.
* `met`: events found with a toll that meets, of all.
* `found_shifted`, `toll_meets_shifted`, `met_shifted`: the same with every day moved by 60 days, to the next day that
  UCDP lists, forth and back (the mean of both): what chance gives where the sets have a dozen rows near any event.

Baseline: the nearest row by day in the event's governorate, whatever its kind and place in it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.incidents_syria import governorate_of, share
from bench.syria_classes import class_of_place
from bench.syria_ledger import resolve_syria, single_day
from bench.tolls_syria import find_reports
from variorum.model import Event
from variorum.pipeline.places import gazetteer
from variorum.schema import load_schema
from variorum.values.area import extent, precision_of
from variorum.values.count import interval_count
from variorum.values.gazetteer import distance_km

Point = tuple[float, float]
Toll = tuple[float, float]

VIOLENT = frozenset({"strike", "bombing", "clash", "attack", "execution", "chemical"})  # families
NEAR_KM = 25.0
NEAR_DAYS = 1
AT_LEAST = 1.5  # "at least n" reaches to as many times n; 1.25 and 2 change toll_meets by a point or two
SHIFT_DAYS = 60
# UCDP codes: where_prec 1 to 3 is a town, its surroundings or a district; date_prec 1 and 2 a day or a few.
CLOSE_WHERE, CLOSE_WHEN = 3, 2
LONGEST_DAYS = 7
WIDE = frozenset({"province_governorate"})  # geo_accuracy of Airwars whose point is no place
# Words in the sets' names of provinces, with the class of bench.syria_classes; Damascus and Rif Dimashq are one.
PROVINCES = (
    ("idlib", "idlib"),
    ("ma'arat", "idlib"),
    ("aleppo", "aleppo"),
    ("raqqa", "raqqa"),
    ("deir", "deir ezzor"),
    ("damas", "damascus"),
    ("dimashq", "damascus"),
    ("hama", "hama"),
    ("hasak", "hasakeh"),
    ("hassak", "hasakeh"),
    ("homs", "homs"),
    ("daraa", "daraa"),
    ("latakia", "lattakia"),
    ("quneitra", "quneitra"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of Airwars or one event of UCDP GED."""

    of: str  # airwars or ucdp
    id: str
    first: int  # day ordinals
    last: int
    point: Point | None  # None where only the governorate is known
    governorate: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Asked:
    """One event of the ledger with what it is linked by."""

    kind: str
    day: int
    point: Point | None
    radius_km: float
    governorate: str
    toll: Toll


def province_of(name: str | None) -> str:
    """Give the class of the governorate that a set names, or ""."""
    folded = (name or "").lower()
    return next((group for word, group in PROVINCES if word in folded), "")


def read_airwars(lines: Iterable[str]) -> list[Row]:
    """Read the incidents of Airwars that have a date of a week or less."""
    rows = []
    for raw in map(json.loads, lines):
        first = _day(raw.get("date"))
        last = _day(raw.get("date_range_end")) or first
        if first is None or last is None or not 0 <= last - first < LONGEST_DAYS:
            continue
        close = raw.get("lat") is not None and raw.get("geo_accuracy") not in WIDE
        rows.append(
            Row(
                of="airwars",
                id=raw["code"],
                first=first,
                last=last,
                point=(raw["lat"], raw["lon"]) if close else None,
                governorate=province_of(raw.get("region") or raw.get("governorate") or raw.get("province")),
                low=raw.get("civ_killed_min") or 0,
                high=(raw.get("civ_killed_max") or 0) + (raw.get("military_killed_max") or 0),
            )
        )
    return rows


def read_ucdp(lines: Iterable[str]) -> list[Row]:
    """Read the events of UCDP GED whose date is known to a few days."""
    rows = []
    for raw in map(json.loads, lines):
        first, last = _day(raw["date_start"]), _day(raw["date_end"])
        if first is None or last is None or float(raw["date_prec"]) > CLOSE_WHEN or last - first >= LONGEST_DAYS:
            continue
        close = float(raw["where_prec"]) <= CLOSE_WHERE
        rows.append(
            Row(
                of="ucdp",
                id=raw["id"],
                first=first,
                last=last,
                point=(float(raw["latitude"]), float(raw["longitude"])) if close else None,
                governorate=province_of(raw.get("adm_1")),
                low=int(float(raw["low"])),
                high=int(float(raw["high"])),
            )
        )
    return rows


def _day(text: Any) -> int | None:
    return date.fromisoformat(text[:10]).toordinal() if isinstance(text, str) and text else None


def index_days(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Lead each day to the rows that can be of it, a day allowed on either side."""
    by_day: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        for day in range(row.first - NEAR_DAYS, row.last + NEAR_DAYS + 1):
            by_day[day].append(row)
    return by_day


def toll_of(event: Event) -> Toll | None:
    """Give the least and the most people that an event killed, None where no figure is settled."""
    told = [(value.scope or "all", interval_count(value.value)) for value in event.values if value.prop == "killed"]
    spans = [(scope, bounds[0] or 0, bounds[1]) for scope, bounds in told if bounds is not None]
    closed = [(scope, low, high if high is not None else math.floor(low * AT_LEAST)) for scope, low, high in spans]
    whole = [(low, high) for scope, low, high in closed if scope in {"all", "civilians"}]
    if whole:
        return min(low for low, _ in whole), max(high for _, high in whole)
    if closed:
        return max(low for _, low, _ in closed), sum(high for _, _, high in closed)
    return None


def is_deadly(event: Event) -> bool:
    """Tell whether an event is violence that killed somebody."""
    toll = toll_of(event)
    return load_schema().family(event.kind) in VIOLENT and toll is not None and toll[1] >= 1


def make_asked(event: Event) -> Asked | None:
    """Give what an event is linked by; None where it has no single day, no governorate or no toll."""
    day, toll, governorate = single_day(event), toll_of(event), governorate_of(event)
    if day is None or toll is None or not governorate:
        return None
    book = gazetteer()
    for value in event.values:
        if value.prop != "place":
            continue
        circle, inside = extent(value.value, book), class_of_place(value.value, book)
        if circle is not None and inside and precision_of(value.value, book) in {"exact", "near", "direction"}:
            return Asked(event.kind, day, circle[:2], circle[2], inside, toll)
    return Asked(event.kind, day, None, 0.0, governorate, toll)


def link(asked: Asked, by_day: Mapping[int, Sequence[Row]], day: int) -> list[Row]:
    """Give the rows near an event as if it had happened on a day."""
    struck = load_schema().compatible("strike", asked.kind)
    return [row for row in by_day.get(day, ()) if (row.of != "airwars" or struck) and is_near(asked, row)]


def is_near(asked: Asked, row: Row) -> bool:
    """Tell whether a row's place can be that of an event."""
    if asked.point is None or row.point is None:
        return asked.governorate == row.governorate
    return distance_km(asked.point, row.point) <= max(NEAR_KM, asked.radius_km)


def tolls_meet(toll: Toll, rows: Sequence[Row]) -> bool:
    """Tell whether a toll meets that of one row, or of all rows of one set on one day together."""
    spans = [(row.low, row.high) for row in rows]
    together: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        together[row.of, row.first].append(row)
    spans += [(sum(row.low for row in some), sum(row.high for row in some)) for some in together.values()]
    return any(toll[0] <= high and low <= toll[1] for low, high in spans)


def nearest(asked: Asked, by_day: Mapping[int, Sequence[Row]], day: int) -> list[Row]:
    """Give the row of the baseline: the nearest by day in the governorate, none where there is none."""
    rows = [row for row in by_day.get(day, ()) if row.governorate == asked.governorate]
    return sorted(rows, key=lambda row: (max(0, row.first - day, day - row.last), row.of, row.id))[:1]


def score(
    events: Sequence[Asked],
    by_day: Mapping[int, Sequence[Row]],
    linked: Callable[[Asked, Mapping[int, Sequence[Row]], int], list[Row]],
    move: Callable[[int], int] = int,
) -> dict[str, float]:
    """Give the shares of events found and met where every day is moved."""
    found = met = 0
    for asked in events:
        rows = linked(asked, by_day, move(asked.day))
        found += bool(rows)
        met += tolls_meet(asked.toll, rows)
    return {"found": share(found, len(events)), "toll_meets": share(met, found), "met": share(met, len(events))}


def score_shifted(
    events: Sequence[Asked],
    by_day: Mapping[int, Sequence[Row]],
    linked: Callable[[Asked, Mapping[int, Sequence[Row]], int], list[Row]],
    listed: frozenset[int],
) -> dict[str, float]:
    """Give the shares that chance gives: the mean of every day moved forth and back."""
    forth = score(events, by_day, linked, lambda day: _next_listed(day + SHIFT_DAYS, listed, 1))
    back = score(events, by_day, linked, lambda day: _next_listed(day - SHIFT_DAYS, listed, -1))
    return {f"{name}_shifted": (forth[name] + back[name]) / 2 for name in forth}


def _next_listed(day: int, listed: frozenset[int], step: int) -> int:
    ahead = [one for one in listed if (one - day) * step >= 0]
    return min(ahead, key=lambda one: abs(one - day), default=day)


def run(data: Path) -> dict[str, object]:
    """Measure the links of our events, beside those of the nearest row by day and governorate, and of chance."""
    reports = find_reports(data)
    airwars, ucdp = (reports.with_name(f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("airwars", "ucdp"))
    recorded = read_ucdp(ucdp)
    listed = frozenset(row.first for row in recorded)
    by_day = index_days([*read_airwars(airwars), *recorded])
    deadly = [event for event in resolve_syria(reports).resolution.events if is_deadly(event)]
    pinned = [asked for asked in map(make_asked, deadly) if asked is not None]
    asked = [row for row in pinned if row.day in listed]
    metrics = score(asked, by_day, link) | score_shifted(asked, by_day, link, listed)
    metrics["pinned"] = share(len(pinned), len(deadly))
    baseline = score(asked, by_day, nearest) | score_shifted(asked, by_day, nearest, listed)
    return {
        "task": "events-syria",
        "n": len(asked),
        "metrics": {name: round(value, 4) for name, value in metrics.items()},
        "baseline": {name: round(value, 4) for name, value in baseline.items()},
    }
