"""How near two mentions lie in time and space, as a weight with its note. Used by compare.py only.

Invariant: every function gives the same for its two sides swapped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from variorum.resolve.days import Days, gap_days
from variorum.resolve.view import Extent, MentionView, StatedDate

EARTH_KM = 6371.0088  # mean radius (IUGG)
AREAS = frozenset({"admin1", "sea", "river", "region"})
ALIKE = 85.0  # rapidfuzz ratio from which two names not in the gazetteer count as spellings of one


def distance_km(left: Extent, right: Extent) -> float | None:
    """Give the great-circle distance between two centres (haversine), None when one has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    first, second = math.radians(left.lat), math.radians(right.lat)
    across = math.radians(right.lon - left.lon)
    root = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


def weigh_dates(
    left: Iterable[StatedDate], right: Sequence[StatedDate], table: Mapping[str, Any]
) -> tuple[float, str, str | None]:
    """Weigh two sets of stated dates by the pair that fits best; the third is set when no pair can be one day."""
    best: tuple[float, str, str | None] | None = None
    for one in left:
        for other in right:
            found = _date_pair(one, other, table)
            if best is None or (found[2] is None, found[0], found[1]) > (best[2] is None, best[0], best[1]):
                best = found
    return best if best is not None else (0.0, "", None)


def _date_pair(one: StatedDate, other: StatedDate, table: Mapping[str, Any]) -> tuple[float, str, str | None]:
    gap = gap_days(one.days, other.days)
    if gap > 0:
        if gap == 1 and (one.by_weekday or other.by_weekday):
            return table["one_day_apart"], "a day apart, said by weekday", None
        return 0.0, f"{gap} days apart" if gap > 1 else "a day apart", "apart"
    if one.days.known and other.days.known:
        width = max(one.days.width, other.days.width)
        for limit, key in ((1, "day"), (3, "three_days"), (7, "week"), (31, "month")):
            if width <= limit:
                return table[key], "the same" if width <= 1 else f"within {width} days", None
        return table["longer"], "within a long time", None
    return _loose_pair(one.days, other.days, table)


def _loose_pair(one: Days, other: Days, table: Mapping[str, Any]) -> tuple[float, str, str | None]:
    """Weigh dates of which at least one has no year."""
    if (one.season or one.known) and (other.season or other.known) and (one.season or other.season):
        wide = max(_season_width(one), _season_width(other))
        return (table["yearless"], "the same day, year not stated", None) if wide <= 1 else (table["month"], "", None)
    if (one.weekday is not None or one.width == 1) and (other.weekday is not None or other.width == 1):
        return table["weekday"], "the same weekday", None
    return 0.0, "cannot be compared", None


def _season_width(days: Days) -> int:
    return days.season[1] - days.season[0] + 1 if days.season is not None else days.width


def scale(shares: Mapping[str, float], key: str, weights: Mapping[str, Any]) -> float:
    """Give the part of its weight that a shared place or name keeps, 0..1, by how common it is among the reports."""
    share = shares.get(key, 0.0)
    if share <= weights["rare_share"]:
        return 1.0
    floor: float = weights["common_floor"]
    return max(floor, math.log(share) / math.log(weights["rare_share"]))


def is_open(view: MentionView) -> bool:
    """Tell whether a mention can be of any time: no date with a year, and no publication date."""
    return view.published is None and not any(stated.days.known for stated in view.dates)


def weigh_open_time(left: MentionView, right: MentionView, table: Mapping[str, Any]) -> float:
    """Give what it costs that one of the two can be of any time, by the size of the collection."""
    if not (is_open(left) or is_open(right)) or left.among <= table["free"]:
        return 0.0
    cap: float = table["cap"]
    return max(cap, round(-math.log(left.among / table["free"]), 3))


def weigh_publication(
    left: MentionView, right: MentionView, weights: Mapping[str, Any], *, met: bool
) -> tuple[float, str, bool]:
    """Weigh publication times; the third says that one was published before the other's event happened."""
    early = _published_before(left, right) or _published_before(right, left)
    if early:
        return weights["published"]["beyond"], "published before the other's date", True
    dated = bool(left.dates), bool(right.dates)
    if dated[0] != dated[1]:
        stater, other = (left, right) if dated[0] else (right, left)
        spans = [stated.days for stated in stater.dates if stated.days.known]
        if spans and other.published is not None:
            published = other.published
            away = min(max(0, published - days.high) for days in spans if days.high is not None)
            return (
                _by_days(away, weights["happened"]),
                f"{away} days from the stated date to the other's printing",
                False,
            )
    if left.published is None or right.published is None:
        return 0.0, "not known", False
    away = abs(left.published - right.published)
    note = "the same day" if away == 0 else f"{away} days apart"
    if all(dated):
        return (weights["published"]["stated"] if met and away <= 3 else 0.0), note, False
    return _by_days(away, weights["published"]), note, False


def _published_before(one: MentionView, other: MentionView) -> bool:
    """Tell whether `one` was printed before the earliest day that `other` states; a day is allowed for time zones."""
    starts = [stated.days.low for stated in other.dates]
    if one.published is None or not starts or None in starts:
        return False
    return one.published + 1 < min(start for start in starts if start is not None)


def _by_days(away: int, table: Mapping[str, Any]) -> float:
    weights: list[float] = table["weights"]
    for limit, weight in zip(table["days"], weights):
        if away <= limit:
            return weight
    beyond: float = table["beyond"]
    return beyond


def weigh_places(
    left: Iterable[Extent], right: Sequence[Extent], shares: Mapping[str, float], weights: Mapping[str, Any]
) -> tuple[float, str, bool]:
    """Weigh two sets of places by the pair that fits best; the third is set when no pair can be one place."""
    pairs = []
    for one in left:
        for other in right:
            weight, note, apart = weigh_extents(one, other, weights["place"])
            if one.id == other.id:
                part = scale(shares, one.id, weights)
                weight, note = round(weight * part, 3), note if part == 1 else f"{note}, which many reports name"
            pairs.append((weight, note, apart))
    weight, note, _ = max(pairs, key=lambda row: (row[0], row[1]))
    return weight, note, all(apart for _, _, apart in pairs)


def weigh_extents(one: Extent, other: Extent, table: Mapping[str, Any]) -> tuple[float, str, bool]:
    """Weigh two places; the third is set when they cannot be one."""
    if one.id == other.id:
        if one.feature == "country":
            return table["same_country"], "the same country", False
        if one.feature in AREAS:
            return table["same_area"], "the same area", False
        return table["same_town"], "the same", False
    apart = distance_km(one, other)
    countries_differ = bool(one.country and other.country and one.country != other.country)
    if apart is None:
        return _by_name(one, other, table, countries_differ=countries_differ)
    if "country" in (one.feature, other.feature):
        if countries_differ:
            return table["other_country"], "other countries", False
        whole = one if one.feature == "country" else other
        if ";dir=" in whole.value and apart <= whole.radius_km:
            return table["in_part_of_country"], "in that part of the country", False
        return table["in_country"], "in the country", False
    areas_differ = bool(one.admin1 and other.admin1 and (one.country, one.admin1) != (other.country, other.admin1))
    inland = AREAS - {"sea", "river"}
    if (one.feature in inland) != (other.feature in inland) and one.admin1 and other.admin1 and not areas_differ:
        return table["town_in_area"], "one lies in the other", False
    gap = apart - one.radius_km - other.radius_km
    if gap <= 0:
        small = one.feature not in AREAS and other.feature not in AREAS
        if not small:
            # Circles drawn around provinces meet although the provinces do not.
            if areas_differ:
                return table["other_area"], "in different provinces", False
            return table["town_in_area"], "one lies in the other", False
        return table["within"], f"{apart:.0f} km apart, within their extents", False
    note = f"{apart:.0f} km apart"
    if gap <= table["near_km"]:
        return table["near"], note, False
    if gap <= table["margin_km"]:
        return table["far"], note, False
    return table["far"], note, True


def _by_name(
    one: Extent, other: Extent, table: Mapping[str, Any], *, countries_differ: bool
) -> tuple[float, str, bool]:
    """Weigh places of which one is not in the gazetteer."""
    if countries_differ:
        return table["other_country"], "other countries", False
    named, container = (one, other) if one.lat is None else (other, one)
    if container.feature == "country" and named.country == container.country:
        return table["in_country"], "in the country", False
    if container.feature in AREAS and named.admin1 and named.admin1 == container.admin1:
        return table["town_in_area"], "one lies in the other", False
    alike = fuzz.ratio(*sorted((one.name.casefold(), other.name.casefold())))
    if alike >= ALIKE:
        return table["name_alike"], "spelled nearly alike", False
    return table["name_other"], "names differ; not both on the map", False
