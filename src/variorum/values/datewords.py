"""The ways a text names a day, month or year, each with how it becomes a canonical date. No resolution, no article.

Invariant: `read_date_words` gives spans that do not overlap, in order, each with a date that `calendar` can read.
"""

# ruff: noqa: E501 — a pattern a line is easier to check than one cut in pieces

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from variorum.values.calendar import WEEKDAYS, atom_days, is_date
from variorum.values.number import find_figures
from variorum.values.pattern import Pattern

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
_TO = r"\s*(?:[-–—]|\b(?i:to|until|till|through)\b)\s*"
_NOT_PAPER = r"(?!\s+(?:Times|Telegraph|Mirror|Express|Herald|Mail|Post|Night\s+Live))"
_PREP = r"(?i:in|since|by|until|till|during|from|before|after|of|through|to|between|and|throughout|mid|early|late|as of|last|this|next)"
_SPAN_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"
CENTURY_TURN = "50"  # 10/26/89 is of 1989
_PART = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_PART_WORDS = r"(?i:(?:the\s+)?(?:(?P<from>early|mid)(?:[\s-]+to[\s-]+))?(?P<part>early|mid|late|beginning|start|middle|end)(?:\s+(?:part\s+)?of|\s+in|[\s-])\s*(?:the\s+)?)"
_WHICH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_SEASON = r"(?P<season>(?i:spring|summer|autumn|fall|winter))"


@dataclass(frozen=True, slots=True)
class DateWords:
    """A stretch of text that names a date, and the canonical date it names before any resolution."""

    start: int
    end: int
    value: str


_DAY_BEFORE = re.compile(rf"(?:{D}\s+{M}|{M}\s+{D}|\b{WEEKDAY}),?(?:\s+{Y})?,?\s+$")
_SMALL = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9}
Reader = Callable[[re.Match[str]], str | list[DateWords] | None]


def _month(word: str) -> int:
    return _MONTH_BY_PREFIX[word[:3].lower()]


def _day(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else 0


def _atom(day: str | None, month: str, year: str | None) -> str:
    text = f"{year or 'XXXX'}-{_month(month):02d}"
    return f"{text}-{_day(day):02d}" if day else text


def _single(match: re.Match[str]) -> str:
    return _atom(match["d"], match["m"], match["y"])


def _range(match: re.Match[str]) -> str:
    groups = match.groupdict()
    last = _atom(groups["d2"], groups["m2"], groups["y"])
    first = _atom(groups["d"], groups.get("m") or groups["m2"], groups.get("y1") or groups["y"])
    if not groups["y"] and groups.get("y1"):
        last = _atom(groups["d2"], groups["m2"], groups["y1"])
    return f"{first}/{last}"


def _range_after(match: re.Match[str]) -> str:
    first = _atom(match["d"], match["m"], match["y"])
    return f"{first}/{_atom(match['d2'], match['m'], match['y'])}"


def _pair(match: re.Match[str]) -> list[DateWords]:
    """Read "3 and 5 March" as two days."""
    first = _atom(match["d"], match["m"], match["y"])
    second = _atom(match["d2"], match["m"], match["y"])
    if match.start("m") < match.start("d"):
        return [DateWords(match.start(), match.end("d"), first), DateWords(match.start("d2"), match.end(), second)]
    return [DateWords(match.start(), match.end("d"), first), DateWords(match.start("d2"), match.end(), second)]


def _iso(match: re.Match[str]) -> str:
    return f"{match['y']}-{int(match['mo']):02d}-{int(match['d']):02d}"


def _numeric(match: re.Match[str]) -> str | None:
    """Read 14/09/2017 where only one order is possible; a date that reads both ways is left alone."""
    first, second = int(match["a"]), int(match["b"])
    if match["sep"] == "-" and len(match["y"]) < 4:
        return None  # 10-12-15 is a list of figures more often than a date
    year = match["y"] if len(match["y"]) == 4 else f"{'19' if match['y'] >= CENTURY_TURN else '20'}{match['y']}"
    if first > 12 or first == second:
        return f"{year}-{second:02d}-{first:02d}"
    return f"{year}-{first:02d}-{second:02d}" if second > 12 else None


def _last_day(month: str) -> int:
    days = atom_days(month.replace("XXXX", "2001"))  # no leap year: most years have no 29 February
    return days[1].day if days else 28


def _part_of_month(match: re.Match[str]) -> str | None:
    atom = _atom(None, match["m"], match["y"])
    last = _last_day(atom)
    thirds = ((1, 10), (11, 20), (21, last))
    part = _PART[match["part"].lower()]
    low, high = thirds[_PART[match["from"].lower()] if match["from"] else part][0], thirds[part][1]
    return f"{atom}-{low:02d}/{atom}-{high:02d}" if low < high else None


def _piece_of_month(match: re.Match[str]) -> str:
    """Read "the first week of May 2017": seven days from the first, or up to the last, of the month."""
    atom = _atom(None, match["m"], match["y"])
    last = _last_day(atom)
    index, piece = _WHICH[match["which"].lower()], match["piece"].lower()
    if piece == "half":
        low, high = (1, 15) if index == 0 else (16, last)
    else:
        length = 1 if piece == "day" else 7 * (_SMALL[match["n"].lower()] if match["n"] else 1)
        low = last - length + 1 if index < 0 else 1 + length * index
        high = low + length - 1
    return f"{atom}-{low:02d}" if low == high else f"{atom}-{low:02d}/{atom}-{high:02d}"


def _months_of_year(match: re.Match[str]) -> str:
    """Read "the first three months of 2017"."""
    number = _SMALL.get(match["n"].lower()) or int(match["n"])
    low, high = (13 - number, 12) if _WHICH[match["which"].lower()] < 0 else (1, number)
    return f"{match['y']}-{low:02d}/{match['y']}-{high:02d}"


def _part_of_year(match: re.Match[str]) -> str:
    thirds, part = ((1, 4), (5, 8), (9, 12)), _PART[match["part"].lower()]
    low, high = thirds[_PART[match["from"].lower()] if match["from"] else part][0], thirds[part][1]
    return f"{match['y']}-{low:02d}/{match['y']}-{high:02d}"


def _piece_of_year(match: re.Match[str]) -> str:
    index = _WHICH[match["which"].lower()]
    length = 6 if match["piece"].lower() == "half" else 3
    start = 1 + length * (index if index >= 0 else 12 // length - 1)
    return f"{match['y']}-{start:02d}/{match['y']}-{start + length - 1:02d}"


def _month_range(match: re.Match[str]) -> str:
    first = _atom(None, match["m"], match["y1"] or match["y"])
    return f"{first}/{_atom(None, match['m2'], match['y'])}"


def _season(match: re.Match[str]) -> str:
    low, high = _SEASONS[match["season"].lower()]
    year = int(match["y"])
    return f"{year}-{low:02d}/{year + (high < low)}-{high:02d}"


def _decade(match: re.Match[str]) -> str:
    first = int(match["y"])
    low, high = first, first + 9
    part = match["part"]
    if part:
        low, high = ((first, first + 3), (first + 4, first + 6), (first + 7, first + 9))[_PART[part.lower()]]
    return f"{low}/{high}"


def _years(match: re.Match[str]) -> str | None:
    first, last = match["y"], match["y2"]
    last = last if len(last) == 4 else first[:2] + last
    return f"{first}/{last}" if int(first) < int(last) else None


def _season_nearby(match: re.Match[str]) -> str | None:
    """Read "last summer" as the latest one, "this summer" as the one of the year of publication."""
    low, high = _SEASONS[match["season"].lower()]
    which = match["which"].lower()
    if which == "last" or (high < low and which != "next"):
        return f"XXXX-{low:02d}/XXXX-{high:02d}"
    year = 1 if which == "next" else 0
    return f"rel:{year}y-{low:02d}/rel:{year + (high < low)}y-{high:02d}"


def _years_listed(match: re.Match[str]) -> list[DateWords]:
    """Read "in 1994, 1995 and 1997" as three years."""
    start = match.start("at")
    return [DateWords(start + one.start(), start + one.end(), one.group()) for one in re.finditer(Y, match["at"])]


def _weekday(match: re.Match[str]) -> str:
    code = f"rel:{match['w'][:3].lower()}"
    which = (match["which"] or "").lower()
    if which.startswith(("next", "coming")):
        return code.replace("rel:", "rel:+")
    return f"{code}-1w" if match["week"] or "week" in which else code


def _weekday_range(match: re.Match[str]) -> str:
    return f"rel:{match['w'][:3].lower()}/rel:{match['w2'][:3].lower()}"


def _fixed(value: str) -> Reader:
    return lambda match: value


_STEP = {"last": -1, "this": 0, "next": 1, "past": -1, "previous": -1, "coming": 1, "current": 0}


def _this_or_last(match: re.Match[str]) -> str:
    step, unit = _STEP[match["which"].lower()], match["unit"].lower()
    if unit == "weekend":
        return {-1: "rel:sat/rel:sun", 0: "rel:sat/rel:sun", 1: "rel:+sat/rel:+sun"}[step]
    if match["which"].lower() in ("past", "previous"):
        return f"rel:-1{unit[0]}/rel:0d"
    return f"rel:{step}{unit[0]}"


def _number(words: str) -> Decimal | None:
    if words.lower() in ("a", "an", "one"):
        return Decimal(1)
    figures = find_figures(words)
    if len(figures) != 1 or figures[0].low != figures[0].high:
        return None
    return figures[0].low


def _ago(match: re.Match[str]) -> list[DateWords] | None:
    """Read "three days ago"; the words before the number are not part of it."""
    words, unit = match["n"], match["unit"].lower()
    figures = find_figures(words)
    single = re.search(r"\b(?:an?|one)$", words, re.IGNORECASE)
    if single:
        number, start = Decimal(1), match.start("n") + single.start()
    elif len(figures) == 1 and figures[0].low is not None and figures[0].low == figures[0].high:
        number, start = figures[0].low, match.start("n") + figures[0].start
    else:
        return None
    if number != int(number) or number > 9999:
        return None
    if unit == "hour":
        value = "rel:0d" if number <= 6 else "rel:-1d/rel:0d" if number <= 24 else f"rel:-{math.ceil(number / 24)}d"
    elif unit == "decade":
        value = f"rel:-{int(number) * 10}y"
    else:
        value = f"rel:-{int(number)}{unit[0]}"
    return [DateWords(start, match.end(), value)]


def _month_of_year(match: re.Match[str]) -> str:
    """Read "July last year", "14 July last year", "this July"."""
    groups = match.groupdict()
    day = groups.get("d") or groups.get("d2")
    value = f"rel:{_STEP[match['which'].lower()]}y-{_month(match['m']):02d}"
    return f"{value}-{_day(day):02d}" if day else value


def _this_month(match: re.Match[str]) -> str:
    return f"rel:0y-{_month(match['m']):02d}"


def _overnight(match: re.Match[str]) -> str | None:
    """Read "overnight" as the night before publication, unless a day stands before it: "on 13 May overnight"."""
    return None if _DAY_BEFORE.search(match.string, max(0, match.start() - 30), match.start()) else "rel:-1d/rel:0d"


def _night_into(match: re.Match[str]) -> str:
    """Read "overnight into Tuesday" as Monday to Tuesday."""
    last = match["w2"][:3].lower()
    return f"rel:{WEEKDAYS[WEEKDAYS.index(last) - 1]}/rel:{last}"


def _past_span(match: re.Match[str]) -> str | None:
    number = _number(match["n"]) if match["n"] else Decimal(1)
    unit = match["unit"].lower()
    if number is None or number != int(number) or number > 999:
        return None
    if unit == "hour":
        return f"rel:-{math.ceil(number / 24)}d/rel:0d"
    if unit == "decade":
        return f"rel:-{int(number) * 10}y/rel:0d"
    return f"rel:-{int(number)}{unit[0]}/rel:0d"


def _month_of(match: re.Match[str]) -> str:
    return _atom(None, match["m"], None)


_WD = rf"(?:(?:{WEEKDAY}|{W}\.?),?\s+(?:the\s+)?)?"
_N = r"(?P<n>(?:\d+|[a-z]+(?:[\s-][a-z]+)?))"
_DAYPART = r"(?:\s+(?:early|late)?\s*(?:morning|afternoon|evening|night|dawn|noon|midday|overnight))?"
_OF_A_TIME = rf"(?!\s+of\s+(?:the|its|his|her|their|that|{M}|{Y})\b)"  # "the last week of May" is no week before publication
_BY_MONTH: list[tuple[str, Reader]] = [
    (rf"{_WD}\b(?P<d>{D})\s*(?:of\s+)?[-\s]?(?P<m>{M})(?:,?[-\s]+(?:of\s+)?(?P<y>{Y}))?", _single),
    (rf"{_WD}\b(?P<m>{M})\s*(?:the\s+)?(?P<d>{D})(?!,\d{{3}})(?!:\d)(?:,?\s+(?:of\s+)?(?P<y>{Y}))?", _single),
    (rf"\b(?P<d>{D})(?:{_TO}(?:the\s+)?|(?<![\d/].)(?<![\d/]..)/|(?<=between\s..)\s+and\s+|(?<=between\s.)\s+and\s+)(?P<d2>{D})\s+(?:of\s+)?(?P<m2>{M})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b(?P<d>{D})\s*(?:,|and|or|&)\s*(?P<d2>{D})\s+(?:of\s+)?(?P<m>{M})(?:,?\s+(?P<y>{Y}))?", _pair),
    (rf"\b(?P<m>{M})\s*(?P<d>{D}){_TO}(?P<d2>{D})(?!,\d{{3}}|\s+[a-z]+s\b(?<!\bwas))(?:,?\s+(?P<y>{Y}))?", _range_after),
    (rf"\b(?P<m>{M})\s*(?P<d>{D})\s+(?:and|or)\s+(?P<d2>{D})(?!,\d{{3}}|\s+[a-z]+s\b)(?:,?\s+(?P<y>{Y}))?", _pair),
    (rf"\b(?P<d>{D})\s+(?P<m>{M})(?:,?\s+(?P<y1>{Y}))?(?:{_TO}|(?<=\w)\s+and\s+(?=.{{0,24}}\bcease))(?P<d2>{D})\s+(?P<m2>{M})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b(?P<m>{M})\s+(?P<d>{D})(?:,?\s+(?P<y1>{Y}))?{_TO}(?P<m2>{M})\s+(?P<d2>{D})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b{_PART_WORDS}(?P<m>{M})(?:\s+(?:of\s+)?(?P<y>{Y}))?", _part_of_month),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|second|third|last|final))\s+(?:(?P<n>(?i:two|three))\s+)?(?P<piece>(?i:half|weeks?|day))\s+(?:of|in)\s+(?P<m>{M})(?:,?\s+(?:of\s+)?(?P<y>{Y}))?", _piece_of_month),
    (rf"\b(?P<m>{M})(?:\s+(?P<y1>{Y}))?(?:{_TO}|(?<=\w)\s+and\s+)(?P<m2>{M})(?:,?\s+(?P<y>{Y}))", _month_range),
    (rf"\b(?P<d>)?(?P<m>{M}),?\s+(?:of\s+)?(?P<y>{Y})(?!-\d)", lambda match: _atom(None, match["m"], match["y"])),
    (rf"(?<=\b)(?<![A-Z]\.\s)(?:(?i:last)\s+)?(?P<m>{PLAIN_MONTH})(?![\w-]|\s+\d|\s+[A-Z][a-z]+\s+[A-Z])", _month_of),
    (rf"\b(?P<prep>{_PREP})[\s-]+(?P<at>(?P<m>(?:January|February|March|April|May|June|July|August|September|October|November|December)))(?![\w-]|\s+\d)", _month_of),
    (rf"\b(?:(?P<d>{D})\s+(?:of\s+)?)?(?P<m>{M})(?:\s+(?P<d2>{D}))?,?\s+(?:of\s+)?(?P<which>(?i:last|this|next))\s+(?i:year)\b", _month_of_year),
    (rf"\b(?P<which>(?i:this))\s+(?P<m>{M})(?!\w|-\w|\.?\s*\d)", _this_month),
]  # fmt: skip
_BY_YEAR: list[tuple[str, Reader]] = [
    (rf"\b{_PART_WORDS}(?P<y>{Y})(?!s)", _part_of_year),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|last|final))\s+(?P<n>(?i:two|three|four|six|nine)|[2-9])\s+months\s+of\s+(?P<y>{Y})", _months_of_year),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|second|third|fourth|last))\s+(?P<piece>(?i:half|quarter))\s+of\s+(?P<y>{Y})", _piece_of_year),
    (rf"\b(?i:the\s+)?{_SEASON}(?:\s+of)?,?\s+(?P<y>{Y})", _season),
    (rf"\b(?i:the\s+)?(?:{_PART_WORDS}|(?i:the)\s+)?(?P<y>(?:1[5-9]|20)\d0)['’]?s\b", _decade),
    (rf"\b(?:(?P<prep>(?i:from|between|of|in|during|the|period))\s+|\()(?P<at>(?P<y>{Y})\s*(?:[-–—/]|to|and|until)\s*(?P<y2>{Y}|\d\d(?!\d|,)))", _years),
    (rf"\b(?P<prep>(?i:in|since|by|until|till|during|from|before|after|of|through|throughout|year|to|the|back\s+to|as\s+of|around|between|and))\s+(?P<at>(?P<y>{Y}))(?![\d,.:/-]\d|[-–]\w|\s*(?:%|km|people|troops|men|fighters|soldiers|civilians|families|refugees|GMT|hours|local|feet|m\b|miles|dollars|points))", lambda match: match["y"]),
    (rf"\b(?i:in|since|of|years)\s+(?P<at>{Y}(?:,\s+{Y})*,?\s+(?:and|or)\s+(?:in\s+)?{Y})(?![\d,.:/-]\d)", _years_listed),
    (rf"(?<![\d$€£,.-])(?P<y>{Y})\s?[-–—]\s?(?P<y2>{Y})(?![\d-])", _years),
    (rf"\(\s*(?P<at>(?P<y>{Y}))\s*\)", lambda match: match["y"]),
]  # fmt: skip
_OTHERS: list[tuple[str, Reader]] = [
    (r"(?<![\d/-])(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?=T?\b|T\d)", _iso),
    (r"(?<![\d/])(?P<y>(?:19|20)\d\d)[/.](?P<mo>\d\d?)[/.](?P<d>\d\d?)(?![\d/])", _iso),
    (r"(?<![\d/.-])(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/%])(?!\.\d)", _numeric),
    (rf"\b(?P<which>(?i:last|this(?:\s+(?:past|coming))?|next))\s+{_SEASON}\b(?!(?<=fall)\s+in\b)", _season_nearby),
    (rf"(?:(?P<which>(?i:last|next|coming|last\s+week['’]s))\s+)?(?<!Black\s)(?<!Bloody\s)(?<!Good\s)(?<!Palm\s)(?<!Super\s)(?<!Cyber\s)(?<![Ee]very\s)(?<![Ee]ach\s)\b(?P<w>{WEEKDAY})(?![a-z]){_NOT_PAPER}{_DAYPART}(?P<week>(?i:\s+(?:of\s+)?(?:last|the\s+previous)\s+week))?", _weekday),
    (rf"\b(?P<w>{WEEKDAY})(?:{_TO}|(?:\s+(?:night|evening|overnight))?\s+(?:in)?to\s+(?:early\s+)?|(?<=ay)\s+and\s+(?=\w+day\b.{{0,4}}\bnights?\b))(?P<w2>{WEEKDAY})", _weekday_range),
    (r"\b(?i:(?:the\s+)?day\s+before\s+yesterday)\b", _fixed("rel:-2d")),
    (r"\b(?i:(?:late|early|earlier)\s+)?(?i:yesterday|last\s+night)\b(?i:\s+(?:morning|afternoon|evening|night))?", _fixed("rel:-1d")),
    (rf"\b(?i:overnight)\b(?!\s+(?:(?:on|into|from|between|to|of|through)\s+)?(?:the\s+)?(?:\w+day\b|{D}\s|{M}))", _overnight),
    (rf"\b(?i:overnight)\s+(?:into|to)\s+(?:early\s+)?(?P<w2>{WEEKDAY})", _night_into),
    (r"\b(?i:(?:earlier\s+|later\s+)?(?:today|tonight))\b|\b(?i:this\s+(?:morning|afternoon|evening))\b|\b(?i:earlier\s+in\s+the\s+day)\b", _fixed("rel:0d")),
    (r"\b(?i:tomorrow)\b(?i:\s+(?:morning|afternoon|evening|night))?", _fixed("rel:1d")),
    (rf"\b(?i:(?:late|early|earlier|later|mid)\s+)?(?P<which>(?i:last|this|next|past|previous|coming|current))\s+(?P<unit>(?i:week|month|year|weekend))\b(?!['’]s\s+\w+day){_OF_A_TIME}", _this_or_last),
    (r"(?<!last\s)(?<!this\s)(?<!next\s)\b(?i:(?:at|over|during|on)\s+)(?P<at>(?i:the\s+)weekend)\b", _fixed("rel:sat/rel:sun")),
    (rf"(?i:\b{_N}\s+{_SPAN_UNIT}\s+ago)\b", _ago),
    (rf"(?i:\b(?P<at>(?:the\s+(?:past|last|previous)|(?:(?<=\bin\s)|(?<=over\s)|(?<=during\s)|(?<=within\s))past)\s+(?:{_N}\s+)?(?P<unit>hour|day|week|month|year|decade)s?))\b(?!\s+ago){_OF_A_TIME}", _past_span),
    (r"\bNew\s+Year['’]s\s+Day\b", _fixed("XXXX-01-01")),
    (r"\bNew\s+Year['’]s\s+Eve\b", _fixed("XXXX-12-31")),
    (r"\bChristmas\s+Eve\b", _fixed("XXXX-12-24")),
    (r"\bChristmas(?:\s+Day)\b", _fixed("XXXX-12-25")),
]  # fmt: skip
# One look for a month or a year saves the look for each way to write a date with one.
_COMPILED = [
    (gate, [(Pattern(pattern), reader) for pattern, reader in table])
    for gate, table in (
        (Pattern(rf"\b(?=[ADFJMNOS]){M}|(?<=\d){M}"), _BY_MONTH),
        (Pattern(rf"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"), _BY_YEAR),
        (None, _OTHERS),
    )
]


def read_date_words(text: str) -> list[DateWords]:
    """Find every stretch that names a date; where two readings overlap, the earlier and then the longer one stands."""
    found = sorted(_candidates(text), key=lambda one: (one.start, -one.end))
    kept: list[DateWords] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _candidates(text: str) -> Iterator[DateWords]:
    for pattern, reader in chain.from_iterable(table for gate, table in _COMPILED if gate is None or gate.search(text)):
        for match in pattern.finditer(text):
            value = reader(match)
            if value is None:
                continue
            if isinstance(value, list):
                if all(is_date(one.value) for one in value):
                    yield from value
                continue
            if not is_date(value):
                continue
            group = "at" if "at" in pattern.groupindex else 0
            yield DateWords(match.start(group), match.end(group), value)
