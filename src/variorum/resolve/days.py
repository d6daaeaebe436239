"""Canonical dates as stretches of days that can be held against each other. No parsing of text here.

Invariant: `gap_days` is symmetric, and 0 whenever some day can be both.
A relative date ("rel:thu" in an undated article) and one without a year ("XXXX-08-28") stay open: they are held against
others by weekday or by day of the year, never pinned to a year of their own.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Days:
    """What a date value says: days (proleptic ordinals, inclusive), or a weekday, or days of an unstated year."""

    low: int | None = None
    high: int | None = None
    weekday: int | None = None  # 0 is Monday; of a relative date
    season: tuple[int, int] | None = None  # first and last day of the year, 1..366; of a date without year
    after: int | None = None  # day of the year that it lies after, of a date without year

    @property
    def known(self) -> bool:
        """Tell whether it is pinned to days of a stated year."""
        return self.low is not None and self.high is not None

    @property
    def width(self) -> int:
        """Number of days it may be; 0 when not pinned."""
        return 0 if self.low is None or self.high is None else self.high - self.low + 1


def _month_end(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _one(text: str) -> tuple[int, int] | None:
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None:
            return None
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or _month_end(year, month or 12))
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


def _day_of_year(month: int, day: int) -> int:
    return date(2000, month, min(day, _month_end(2000, month))).timetuple().tm_yday  # a leap year holds every day


@lru_cache(maxsize=65536)
def read_days(value: str) -> Days | None:
    """Read a canonical date value; None when it says nothing that can be held against another."""
    main, *parameters = value.split(";")
    after = None
    for parameter in parameters:
        match = _YEARLESS.fullmatch(parameter.removeprefix("after="))
        if match and match[2]:
            after = _day_of_year(int(match[1]), int(match[2]))
    if main.startswith("rel:"):
        word = main.removeprefix("rel:")[:3]
        weekday = WEEKDAYS.index(word) if word in WEEKDAYS else None
        return Days(weekday=weekday, after=after) if weekday is not None or after is not None else None
    yearless = _YEARLESS.match(main)
    if yearless:
        month, day = int(yearless[1]), yearless[2]
        first = _day_of_year(month, int(day or 1))
        return Days(season=(first, first if day else _day_of_year(month, 31)), after=after)
    first_text, _, last_text = main.partition("/")
    start = _one(first_text)
    end = _one(last_text) if last_text else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return Days(low=start[0], high=end[1])


@lru_cache(maxsize=4096)
def day_number(moment: str | None) -> int | None:
    """Give the ordinal of the day of an ISO 8601 date or date-time; None for anything else."""
    bounds = _one(moment[:10]) if moment is not None and len(moment) >= 10 else None
    return None if bounds is None else bounds[0]


def gap_days(left: Days, right: Days) -> int:
    """Give how many days lie at least between two dates: 0 when they can be one day.

    Two weekdays that differ are one day apart at least; what cannot be compared is 0.
    """
    if left.known and right.known:
        assert left.low is not None
        assert left.high is not None
        assert right.low is not None
        assert right.high is not None
        return max(0, left.low - right.high, right.low - left.high)
    if left.known or right.known:
        pinned, loose = (left, right) if left.known else (right, left)
        return _gap_to_loose(pinned, loose)
    gap = 0
    if left.weekday is not None and right.weekday is not None:
        around = abs(left.weekday - right.weekday)
        gap = min(around, 7 - around)
    if left.season is not None and right.season is not None:
        gap = max(gap, _gap_in_year(left.season, right.season))
    return gap


def _gap_to_loose(pinned: Days, loose: Days) -> int:
    assert pinned.low is not None
    assert pinned.high is not None
    gap = 0
    if loose.weekday is not None and pinned.width < 7:
        first = (pinned.low - 1) % 7  # ordinal 1 was a Monday
        away = [abs((first + step) % 7 - loose.weekday) for step in range(pinned.width)]
        gap = min(min(step, 7 - step) for step in away)
    if loose.season is not None and pinned.width < 300:
        start = date.fromordinal(pinned.low).timetuple().tm_yday
        gap = max(gap, _gap_in_year((start, start + pinned.width - 1), loose.season))
    return gap


def _gap_in_year(left: tuple[int, int], right: tuple[int, int]) -> int:
    straight = max(0, left[0] - right[1], right[0] - left[1])
    if straight <= 1:  # 1: a leap day shifts every day after February by one
        return 0
    around = min(left[0] + _YEAR - right[1], right[0] + _YEAR - left[1])
    return int(max(0, min(straight, around)))
