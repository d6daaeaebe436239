"""Canonical dates: days, months, years, ranges, and dates that stay relative. Resolve, bounds, compare, show.

Canonical atoms: `2017-09-14` `2017-09` `2017` · `XXXX-08-28` `XXXX-08` (year not stated) · `rel:thu` (the latest
Thursday) `rel:+thu` (the next) `rel:thu-1w` (of last week) `rel:-1d` `rel:-1w` `rel:-1m` `rel:-1y` `rel:-1y-07` (July
of last year) `rel:-1y-07-14`. A range is `atom/atom`, inclusive; `;after=atom` is a lower bound.
Invariant: nothing is resolved but against a day that is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from variorum.values.order import Order, compare_intervals, mirror

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = "January February March April May June July August September October November December"
MONTH_NAMES = tuple(_MONTHS.split())
DUMMY_YEAR = 2000  # a leap year, so that 29 February exists when two year-less days are compared
ABSOLUTE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?", re.ASCII)
RELATIVE = re.compile(
    rf"rel:(?:(?P<next>\+)?(?P<weekday>{'|'.join(WEEKDAYS)})(?P<week>-\d+w)?|(?P<number>[+-]?\d+)(?P<unit>[dwmy])(?P<month>-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)",
    re.ASCII,
)

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class DatePrecision:
    """How closely a date is known: in words, and as the UCDP `date_prec` and ACLED `time_precision` codes."""

    name: str  # day | days | week | month | months | year | relative
    ucdp: int | None  # 1 day, 2 two to six days, 3 week, 4 month, 5 more than a month
    acled: int | None  # 1 day, 2 week, 3 month


def split_date(value: str) -> tuple[str, str | None, str | None]:
    """Split a canonical date into first atom, last atom (of a range) and lower bound."""
    body, _, after = value.partition(";after=")
    first, _, last = body.partition("/")
    return first, last or None, after or None


def is_date(value: str) -> bool:
    """Tell whether a string is a canonical date."""
    body, mark, after = value.partition(";after=")
    atoms = [*body.split("/"), *([after] if mark else [])]
    return body.count("/") < 2 and all(_is_atom(atom) for atom in atoms)


def is_absolute(value: str) -> bool:
    """Tell whether a date is tied to the calendar, with a year."""
    first, last, _ = split_date(value)
    return all(atom is None or atom_days(atom) is not None for atom in (first, last))


def _is_atom(atom: str) -> bool:
    if atom_days(atom) is not None:
        return True
    relative = RELATIVE.fullmatch(atom)
    if relative:
        return relative["month"] is None or atom_days(f"{DUMMY_YEAR}{relative['month']}") is not None
    match = YEARLESS.fullmatch(atom)
    return match is not None and atom_days(f"{DUMMY_YEAR}{atom[4:]}") is not None


@lru_cache(maxsize=4096)
def atom_days(atom: str) -> Days | None:
    """Give the first and last day of `2017`, `2017-09` or `2017-09-14`; None for anything else."""
    match = ABSOLUTE.fullmatch(atom)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return date(int(match[1]), 1, 1), date(int(match[1]), 12, 31)
        if day is None:
            return date(year, month, 1), _month_end(year, month)
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def known_days(value: str) -> Days | None:
    """Give the first and last day of a date that both are known, else None."""
    first, last, _ = split_date(value)
    low, high = atom_days(first), atom_days(last or first)
    if low is None or high is None or high[1] < low[0]:
        return None
    return low[0], high[1]


def interval_date(value: str) -> tuple[str | None, str | None] | None:
    """Give the first and last day of a date as ISO strings; an undated value has only its lower bound, or None."""
    days = known_days(value)
    if days is not None:
        return days[0].isoformat(), days[1].isoformat()
    after = split_date(value)[2]
    floor = atom_days(after) if after else None
    return (floor[0].isoformat(), None) if floor and is_date(value) else None


def resolve_date(value: str, published: str | None) -> str:
    """Turn a relative or year-less date into a calendar date as seen from the day of publication.

    A weekday is the latest such day on or before that day; so is a day and month without a year. A value that
    cannot be resolved comes back as it is.
    """
    first, last, _ = split_date(value)
    anchor = atom_days((published or "")[:10])
    if anchor is None or not is_date(value) or is_absolute(value):
        return value
    today = anchor[0]
    try:
        if last is None:
            return _resolve_atom(first, today)
        start = _resolve_atom(first, today)
        end = _resolve_end(last, today, start)
    except (ValueError, OverflowError):
        return value
    low, high = start.partition("/")[0], end.rpartition("/")[2]
    return low if low == high else f"{low}/{high}"


def _resolve_end(atom: str, today: date, start: str) -> str:
    """Resolve the end of a range: a weekday or year-less day is the first one on or after the start."""
    days = known_days(start)
    match = RELATIVE.fullmatch(atom)
    if days is None or atom_days(atom) is not None or (match is not None and match["weekday"] is None):
        return _resolve_atom(atom, today)
    floor = days[0]
    if match is not None:
        return (floor + timedelta(days=(WEEKDAYS.index(match["weekday"]) - floor.weekday()) % 7)).isoformat()
    for year in range(floor.year, floor.year + 9):
        end = atom_days(f"{year:04d}{atom[4:]}")
        if end is not None and end[1] >= floor:
            return f"{year:04d}{atom[4:]}"
    return atom


def _resolve_atom(atom: str, today: date) -> str:
    if atom_days(atom) is not None:
        return atom
    yearless = YEARLESS.fullmatch(atom)
    if yearless:
        for year in range(today.year, today.year - 9, -1):  # 29 February may lie eight years back
            days = atom_days(f"{year:04d}{atom[4:]}")
            if days is not None and days[0] <= today:
                return f"{year:04d}{atom[4:]}"
        return atom
    match = RELATIVE.fullmatch(atom)
    if match is None:
        return atom
    if match["weekday"]:
        wanted = WEEKDAYS.index(match["weekday"])
        if match["week"]:
            monday = today - timedelta(days=today.weekday())
            return (monday + timedelta(weeks=int(match["week"][:-1]), days=wanted)).isoformat()
        if match["next"]:
            return (today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)).isoformat()
        return (today - timedelta(days=(today.weekday() - wanted) % 7)).isoformat()
    number = int(match["number"])
    if match["month"]:
        told = f"{today.year + number:04d}{match['month']}"
        return told if atom_days(told) is not None else atom
    if match["unit"] == "d":
        return (today + timedelta(days=number)).isoformat()
    if match["unit"] == "w":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=number)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if match["unit"] == "m":
        months = today.year * 12 + today.month - 1 + number
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    return f"{today.year + number:04d}"


def with_lower_bound(value: str, after: str) -> str:
    """Add "not before" to a date that is not tied to the calendar; a calendar date comes back as it is."""
    if is_absolute(value) or not is_date(value) or not _is_atom(after):
        return value
    return f"{value.partition(';')[0]};after={after}"


def date_precision(value: str) -> DatePrecision:
    """Say how closely a date is known, with the UCDP and ACLED codes that follow from it."""
    days = known_days(value)
    if days is None:
        return DatePrecision("relative", None, None)
    length = (days[1] - days[0]).days + 1
    if length == 1:
        return DatePrecision("day", 1, 1)
    if length < 7:
        return DatePrecision("days", 2, 2)
    if length == 7:
        return DatePrecision("week", 3, 2)
    if length <= 31:
        return DatePrecision("month", 4, 3)
    return DatePrecision("months" if length < 365 else "year", 5, 3)


def compare_date(left: str, right: str) -> Order:
    """Say how two dates stand. Relative dates are of different articles: `rel:thu` and `rel:thu` only overlap.

    A weekday excludes days that fall on another; a day without a year excludes other days of the year.
    """
    if not is_date(left) or not is_date(right):
        return "unknown"
    if _before_bound(left, right) or _before_bound(right, left):
        return "disjoint"
    left, right = left.partition(";")[0], right.partition(";")[0]
    left_days, right_days = known_days(left), known_days(right)
    if left_days and right_days:
        return compare_intervals(_numbers(left_days), _numbers(right_days))
    if "rel:" in left or "rel:" in right:
        return _compare_weekdays(left, right)
    return mirror(_compare_yearless(right, left)) if left_days else _compare_yearless(left, right)


def _numbers(days: Days) -> tuple[int, int]:
    return days[0].toordinal(), days[1].toordinal()


def tighten_date(value: str, others: Iterable[str]) -> str:
    """Give a relative date with the latest lower bound that another report of it knows.

    "On Wednesday" in one undated report and "a Wednesday after 28 August" in another are a Wednesday after 28 August.
    """
    if ";after=" in value or not value.startswith("rel:"):
        return value
    bounds = sorted(other for other in others if other.startswith(value + ";after="))
    return bounds[-1] if bounds else value


def _before_bound(value: str, other: str) -> bool:
    """Tell whether `other` ends before the lower bound of `value`."""
    after = split_date(value)[2]
    floor, days = atom_days(after or ""), known_days(other)
    return floor is not None and days is not None and days[1] < floor[0]


def _compare_weekdays(left: str, right: str) -> Order:
    if left == right:
        return "overlaps"
    a, b = _weekdays(left), _weekdays(right)
    if a is None or b is None:
        return "unknown"
    return "overlaps" if a & b else "disjoint"


def _weekdays(value: str) -> frozenset[int] | None:
    """Give the weekdays a date can fall on, or None when that is not known."""
    days = known_days(value)
    if days is not None:
        length = min(7, (days[1] - days[0]).days + 1)
        return frozenset((days[0].weekday() + step) % 7 for step in range(length))
    first, last, _ = split_date(value)
    ends = [RELATIVE.fullmatch(atom) for atom in (first, last or first)]
    if any(match is None or match["weekday"] is None for match in ends):
        return None
    low, high = (WEEKDAYS.index(match["weekday"]) for match in ends if match)
    return frozenset((low + step) % 7 for step in range((high - low) % 7 + 1))


def _compare_yearless(left: str, right: str) -> Order:
    """Compare a year-less date with a year-less or a calendar one, by month and day."""
    right_days = known_days(right)
    if right_days is not None and (right_days[1] - right_days[0]).days >= 365:
        return "overlaps"
    a = _months_of(left)
    b = _months_of(right)
    if a is None or b is None:
        return "unknown"
    word = compare_intervals(a, b)
    if right_days is None or word in ("disjoint", "overlaps"):
        return word
    return "contains" if word in ("equal", "contains") else "overlaps"


def _months_of(value: str) -> tuple[int, int] | None:
    first, last, _ = split_date(value)
    low = atom_days(f"{DUMMY_YEAR}{first[4:]}")
    high = atom_days(f"{DUMMY_YEAR}{(last or first)[4:]}")
    if low is None or high is None:
        return None
    return (low[0].toordinal(), high[1].toordinal()) if low[0] <= high[1] else None


def show_date(value: str) -> str:
    """Write a date for people: "14 September 2017", "a Thursday after 28 August, year not stated"."""
    if not is_date(value):
        return value
    first, last, after = split_date(value)
    text = " ".join(_show_range(first, last))
    unstated = "XXXX" in value or (first.startswith("rel:") and not (after and atom_days(after)))
    if after:
        text += f" after {_show_atom(after)}"
    if unstated and ("XXXX" in value or after or _is_weekday(first)):
        text += ", year not stated"
    return text


def _is_weekday(atom: str) -> bool:
    match = RELATIVE.fullmatch(atom)
    return match is not None and match["weekday"] is not None and not (match["week"] or match["next"])


def _show_range(first: str, last: str | None) -> Iterator[str]:
    if last is None:
        yield _show_atom(first)
    elif len(first) == len(last) == 10 and first[:7] == last[:7]:
        yield f"{int(first[8:])} to {_show_atom(last)}"
    elif len(first) == len(last) and first[:4] == last[:4] and not first.startswith("rel:"):
        yield f"{_show_atom(first).rpartition(' ')[0] if first[0] != 'X' else _show_atom(first)} to {_show_atom(last)}"
    else:
        yield f"{_show_atom(first)} to {_show_atom(last)}"


def _show_atom(atom: str) -> str:
    match = RELATIVE.fullmatch(atom)
    if match is None:
        year, _, rest = atom.partition("-")
        month, _, day = rest.partition("-")
        words = [str(int(day))] if day else []
        words += [MONTH_NAMES[int(month) - 1]] if month else []
        return " ".join([*words, year] if year != "XXXX" else words)
    if match["weekday"]:
        name = WEEKDAY_NAMES[WEEKDAYS.index(match["weekday"])]
        if match["week"]:
            return f"the {name} of the week before publication"
        return f"the {name} after publication" if match["next"] else f"a {name}"
    month = f"{_show_atom('XXXX' + match['month'])} of " if match["month"] else ""
    number, unit = int(match["number"]), {"d": "day", "w": "week", "m": "month", "y": "year"}[match["unit"]]
    if number == 0:
        return f"{month}the {unit} of publication"
    side = "before" if number < 0 else "after"
    return f"{month}the {unit} {side} publication" if abs(number) == 1 else f"{abs(number)} {unit}s {side} publication"
