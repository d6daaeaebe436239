"""How near two mentions lie in time and space, as signs. No weights here.

Invariant: every function gives the same for its two sides swapped.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from variorum.resolve.days import Days, gap_days
from variorum.resolve.signs import Sign, missing, silent
from variorum.resolve.view import Extent, MentionView, StatedDate

EARTH_KM = 6371.0088  # mean radius (IUGG)
AREAS = frozenset({"admin1", "sea", "river", "region"})
ALIKE = 85.0  # rapidfuzz ratio from which two names not in the gazetteer count as spellings of one
NEAR_KM = 25.0  # beyond both extents, still near: "near" in UCDP's coding
MARGIN_KM = 50.0  # beyond that two precise places cannot be one
# Radius of a town by which its size is told: that two reports name one village says more than that they name a city.
VILLAGE_KM, TOWN_KM = 2.5, 6.0
PRINTED_DAYS = (0, 1, 3, 7, 14, 30, 90)  # between two printings, up to which a level goes
HAPPENED_DAYS = (1, 2, 7, 14, 30, 90)  # from a stated date to the other's printing
EARLY_DAYS = 1  # a day is allowed for time zones


def distance_km(left: Extent, right: Extent) -> float | None:
    """Give the great-circle distance between two centres (haversine), None when one has no coordinates."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    first, second = math.radians(left.lat), math.radians(right.lat)
    across = math.radians(right.lon - left.lon)
    root = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


@lru_cache(maxsize=262144)
def compare_dates(left: tuple[StatedDate, ...], right: tuple[StatedDate, ...]) -> tuple[Sign, bool]:
    """Hold two sets of stated dates against each other by the pair that fits best; true when no pair can be one day."""
    name = "date of event"
    if not left or not right:
        return silent(name, missing(left, right)), False
    rows = [_date_pair(one, other) for one in left for other in right]
    level, note = min(rows, key=lambda row: (_DATE_RANK[row[0]], row[1]))
    if level == "apart":
        return Sign(name, "date", level, note), True
    if level == "apart_hedged":
        return Sign(name, "date", level, f"{note}, not said outright"), False
    return Sign(name, "date", level, note) if level else silent(name, note), False


# Best first.
_DATES = (
    *("day", "yearless", "three_days", "week", "weekday", "yearless_month", "month", "longer", "one_day_apart"),
    *("weekdays_apart", ""),
)
_DATE_RANK = {level: rank for rank, level in enumerate((*_DATES, "apart_hedged", "apart"))}


def _date_pair(one: StatedDate, other: StatedDate) -> tuple[str, str]:
    gap = gap_days(one.days, other.days)
    if gap > 0:
        if gap == 1 and (one.by_weekday or other.by_weekday):
            sure = one.days.known and other.days.known
            return ("one_day_apart" if sure else "weekdays_apart"), "a day apart, said by weekday"
        level = "apart_hedged" if one.hedged or other.hedged else "apart"
        return level, f"{gap} days apart" if gap > 1 else "a day apart"
    if one.days.known and other.days.known:
        width = max(one.days.width, other.days.width)
        for limit, level in ((1, "day"), (3, "three_days"), (7, "week"), (31, "month")):
            if width <= limit:
                return level, "the same" if width <= 1 else f"within {width} days"
        return "longer", "within a long time"
    return _loose_pair(one.days, other.days)


def _loose_pair(one: Days, other: Days) -> tuple[str, str]:
    """Hold two dates of which at least one has no year against each other."""
    if (one.season or one.known) and (other.season or other.known) and (one.season or other.season):
        wide = max(_season_width(one), _season_width(other))
        return ("yearless", "the same day, year not stated") if wide <= 1 else ("yearless_month", "year not stated")
    if (one.weekday is not None or one.width == 1) and (other.weekday is not None or other.width == 1):
        return "weekday", "the same weekday"
    return "", "cannot be compared"


def _season_width(days: Days) -> int:
    return days.season[1] - days.season[0] + 1 if days.season is not None else days.width


def is_open(view: MentionView) -> bool:
    """Tell whether a mention can be of any time: no date with a year, and no publication date."""
    return view.published is None and not any(stated.days.known for stated in view.dates)


def compare_publication(left: MentionView, right: MentionView, *, met: bool) -> tuple[Sign, bool]:
    """Hold publication times against each other, and against the date that only one states.

    True says that one was printed before the other's event happened. `met` says that both state dates that meet.
    """
    name = "published"
    if _published_before(left, right) or _published_before(right, left):
        return Sign(name, "published", "before", "published before the other's date"), True
    dated = bool(left.dates), bool(right.dates)
    if dated[0] != dated[1]:
        stater, other = (left, right) if dated[0] else (right, left)
        spans = [stated.days for stated in stater.dates if stated.days.known]
        if spans and other.published is not None:
            published = other.published
            away = min(max(0, published - days.high) for days in spans if days.high is not None)
            return Sign(
                name, "happened", _days(away, HAPPENED_DAYS), _HAPPENED.format("1 day" if away == 1 else f"{away} days")
            ), False
    if left.published is None or right.published is None:
        return silent(name, "not known"), False
    away = abs(left.published - right.published)
    level = _days(away, PRINTED_DAYS)
    note = "the same day" if away == 0 else "a day apart" if away == 1 else f"{away} days apart"
    if all(dated):
        return Sign(name, "published_met", level, note) if met else silent(name, note), False
    return Sign(name, "published", level, note), False


_HAPPENED = "{} from the stated date to the other's printing"


def _published_before(one: MentionView, other: MentionView) -> bool:
    """Tell whether `one` was printed before the earliest day that `other` states."""
    if one.published is None or other.earliest is None:
        return False
    return one.published + EARLY_DAYS < other.earliest


def _days(away: int, limits: Iterable[int]) -> str:
    return next((f"days_{limit}" for limit in limits if away <= limit), "later")


@lru_cache(maxsize=262144)
def compare_places(left: tuple[Extent, ...], right: tuple[Extent, ...]) -> tuple[Sign, bool]:
    """Hold two sets of places against each other by the pair that fits best; true when no pair can be one place."""
    name = "place"
    if not left or not right:
        return silent(name, missing(left, right)), False
    rows = {(one, other): _extents(one, other) for one in left for other in right}
    # That both name the town or the province says little where both say where in it.
    finest = [rows[one, other] for one in _finest(left) for other in _finest(right)]
    level, note, _ = min(finest, key=lambda row: (_PLACE_RANK[row[0]], row[1]))
    return Sign(name, "place", level, note), all(apart for _, _, apart in rows.values())


@lru_cache(maxsize=65536)
def _finest(places: tuple[Extent, ...]) -> tuple[Extent, ...]:
    """Leave out the places that hold another of them: the town of a quarter, the province of a town."""
    return tuple(one for one in places if not any(_holds(one, other) for other in places)) or places


def _holds(whole: Extent, part: Extent) -> bool:
    if whole.id == part.id or (part.feature in AREAS and whole.feature not in {"country"}):
        return False
    if part.within:
        return whole.id in {part.within, part.admin1} or (whole.feature == "country" and whole.country == part.country)
    if whole.feature == "country":
        return part.feature != "country" and whole.country == part.country
    return whole.feature == "admin1" and part.admin1 == whole.id


# Best first.
_PLACES = (
    *("same_village", "same_town", "same_city", "within", "name_alike", "same_area", "town_in_area"),
    *("in_part_of_country", "same_country", "in_country", "namesake", "name_other", "other_part", "near"),
    "other_area",
    *("far_hedged", "far", "other_country"),
)
_PLACE_RANK = {level: rank for rank, level in enumerate(_PLACES)}


def _extents(one: Extent, other: Extent) -> tuple[str, str, bool]:
    """Hold two places against each other; the third is set when they cannot be one."""
    if one.id == other.id:
        if one.feature == "country":
            return "same_country", "the same country", False
        if one.feature in AREAS:
            return "same_area", "the same area", False
        reach = max(one.radius_km, other.radius_km)
        size = "village" if reach < VILLAGE_KM else "town" if reach < TOWN_KM else "city"
        return f"same_{size}", "the same", False
    if one.within and one.within == other.within:
        return ("name_alike", "spelled nearly alike", False) if _alike(one, other) else _OTHER_PART
    apart = distance_km(one, other)
    countries_differ = bool(one.country and other.country and one.country != other.country)
    if apart is None:
        return _by_name(one, other, countries_differ=countries_differ)
    if "country" in (one.feature, other.feature):
        if countries_differ:
            return "other_country", "other countries", False
        whole = one if one.feature == "country" else other
        if ";dir=" in whole.value and apart <= whole.radius_km:
            return "in_part_of_country", "in that part of the country", False
        return "in_country", "in the country", False
    areas_differ = bool(one.admin1 and other.admin1 and (one.country, one.admin1) != (other.country, other.admin1))
    inland = AREAS - {"sea", "river"}
    if (one.feature in inland) != (other.feature in inland) and one.admin1 and other.admin1 and not areas_differ:
        return "town_in_area", "one lies in the other", False
    gap = apart - one.radius_km - other.radius_km
    if gap <= 0:
        small = one.feature not in AREAS and other.feature not in AREAS
        if not small:
            # Circles drawn around provinces meet although the provinces do not.
            if areas_differ:
                return "other_area", "in different provinces", False
            return "town_in_area", "one lies in the other", False
        return "within", f"{apart:.0f} km apart, within their extents", False
    note = f"{apart:.0f} km apart"
    if gap <= NEAR_KM:
        return "near", note, False
    if _alike(one, other):
        # Which of the towns of one name is meant is the reader's guess, not what the reports say.
        return "namesake", f"{note}, of one name", False
    if one.hedged or other.hedged:
        return "far_hedged", f"{note}, not said outright", False
    return "far", note, gap > MARGIN_KM


_OTHER_PART = ("other_part", "other parts of one town", False)


def _by_name(one: Extent, other: Extent, *, countries_differ: bool) -> tuple[str, str, bool]:
    """Hold places of which one is not in the gazetteer against each other."""
    if countries_differ:
        return "other_country", "other countries", False
    named, container = (one, other) if one.lat is None else (other, one)
    if container.feature == "country" and named.country == container.country:
        return "in_country", "in the country", False
    if container.feature in AREAS and named.admin1 and named.admin1 == container.admin1:
        return "town_in_area", "one lies in the other", False
    if _alike(one, other):
        return "name_alike", "spelled nearly alike", False
    return "name_other", "names differ; not both on the map", False


def _alike(one: Extent, other: Extent) -> bool:
    return fuzz.ratio(*sorted((one.name.casefold(), other.name.casefold()))) >= ALIKE
