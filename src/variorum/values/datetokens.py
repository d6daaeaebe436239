"""What the words for dates are made of: months, days, years, weekdays, parts of a month or year. No whole date."""

# ruff: noqa: E501 — a pattern a line is easier to check than one cut in pieces

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from variorum.values.letters import make_small

_MONTHS = (
    "Jan(?:uary|\\.)?", "Feb(?:ruary|\\.)?", "Mar(?:ch|\\.)?", "Apr(?:il|\\.)?", "May", "June?\\.?", "July?\\.?",
    "Aug(?:ust|\\.)?", "Sept?(?:ember|\\.)?", "Oct(?:ober|\\.)?", "Nov(?:ember|\\.)?", "Dec(?:ember|\\.)?",
)  # fmt: skip
_MONTH_BY_PREFIX = {
    prefix: number
    for number, prefix in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
# Case decides: "May" and "March" begin with a capital, the verb and the noun mostly do not.
M = rf"(?:{'|'.join(_MONTHS)}|{'|'.join(m.upper() for m in _MONTH_BY_PREFIX)}|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![a-z])"
# Full names that stand for nothing but a month; the others (April, May, June, March …) need a preposition or a year.
PLAIN_MONTH = r"(?:January|February|July|September|October|November|December)"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
Y = r"(?:1[5-9]|20)\d\d(?!\d)"
W = r"(?i:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)"
TO = r"\s*(?:[-–—]|\b(?i:to|until|till|through)\b)\s*"
PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
PART_WORDS = r"(?i:(?:the\s+)?(?:(?P<from>early|mid)(?:[\s-]+to[\s-]+))?(?P<part>early|mid|late|beginning|start|middle|end)(?:\s+(?:part\s+)?of|\s+in|[\s-])\s*(?:the\s+)?)"
WHICH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"


@dataclass(frozen=True, slots=True)
class DateWords:
    """A stretch of text that names a date, and the canonical date it names before any resolution."""

    start: int
    end: int
    value: str


Reader = Callable[[re.Match[str]], str | list[DateWords] | None]


def month_number(word: str) -> int:
    """Give the number of a month by its name, 1 for January."""
    return _MONTH_BY_PREFIX[make_small(word[:3])]


def day_number(word: str) -> int:
    """Give the number of a day of the month: "14", "14th"."""
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else 0


def write_atom(day: str | None, month: str, year: str | None) -> str:
    """Write a canonical day or month; a year that is not stated is `XXXX`."""
    text = f"{year or 'XXXX'}-{month_number(month):02d}"
    return f"{text}-{day_number(day):02d}" if day else text
