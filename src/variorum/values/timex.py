"""How dates, durations and times of day are written in the notation of TIMEX3, the standard for time expressions.

`2017-09-14` · `2017-W36` · `2017-Q3` · `2017-SU` · `199` (a decade) · `18` (a century) · `2017-09-14TNI` · `P2Y` ·
`PXM` (some months) · `PRESENT_REF` `PAST_REF` `FUTURE_REF`. Nothing is found or resolved here.
"""

from __future__ import annotations

import re
from datetime import date

from variorum.model import Found
from variorum.values.letters import make_small

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "dawn": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "daytime": "DT"}
UNITS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
}
CLOCK_UNITS = ("second", "minute", "hour")
_VAGUE = re.compile(r"several|few|dozens|scores|hundreds|thousands", re.IGNORECASE)
_PART_OF_DAY = re.compile(rf"\b({'|'.join(DAY_PARTS)})s?\b", re.IGNORECASE)


def write_period(number: str, unit: str) -> str:
    """Write a duration: `P2Y`, `PT3H`, `PXD` for some days."""
    return f"P{'T' if unit in CLOCK_UNITS else ''}{number}{UNITS[unit]}"


def write_week(day: date) -> str:
    """Write the week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def write_duration(found: Found) -> str | None:
    """Write a quantity of time; None for other quantities."""
    number, _, unit = found.value.rpartition(" ")
    if unit not in UNITS:
        return None
    return write_period("X" if _VAGUE.search(found.raw) else number.strip("~.").split("..")[-1], unit)


def write_date(found: Found) -> str:
    """Write a date that was found."""
    relative, raw = found.extra.get("relative", found.value), found.raw.lower()
    past = re.fullmatch(r"rel:-(\d+)([dwmy])/rel:0d", relative)
    if past and "overnight" not in raw:
        hours = re.search(r"(\d+)\D*\bhours?\b", raw)
        return f"PT{hours[1]}H" if hours else f"P{past[1]}{past[2].upper()}"
    value, _, last = found.value.partition("/")
    days = len(value) == 10
    if days and re.match(r"rel:[+-]?\d+w", relative):
        return write_week(date.fromisoformat(value))
    if days and "weekend" in raw:
        return f"{write_week(date.fromisoformat(value))}-WE"
    if "overnight" in raw and days:
        return f"{value}TNI"
    if last:
        return _write_span(value, last, raw)
    part = _PART_OF_DAY.search(raw)
    return f"{value}T{DAY_PARTS[make_small(part[1])]}" if part and days else value


def _write_span(first: str, last: str, raw: str) -> str:
    """Write a stretch of days or months by the name that it goes by."""
    season = next((code for word, code in SEASONS.items() if word in raw), None)
    if season:
        return f"{first[:4]}-{season}"
    if re.search(r"0['’]?s$", raw):
        return first[:3]
    if re.search(r"half|quarter", raw) and len(first) == 7:
        half, month = "half" in raw, int(first[5:7])
        return f"{first[:4]}-{'H' if half else 'Q'}{(month - 1) // (6 if half else 3) + 1}"
    if len(first) == 10 and first[:7] == last[:7] and re.search(r"early|mid|late|beginning|start|end|week|half", raw):
        return first[:7]
    return first[:4] if len(first) == 7 and first[:4] == last[:4] else first
