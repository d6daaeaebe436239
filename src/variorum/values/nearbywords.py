"""The ways a text names a day from where its writer stands: "on Thursday", "last week", "overnight", "July last year".

Each becomes a canonical date that stays relative until the day of publication is known.
"""

# ruff: noqa: E501 — a pattern a line is easier to check than one cut in pieces

from __future__ import annotations

import math
import re
from decimal import Decimal

from variorum.values.calendar import WEEKDAYS
from variorum.values.caseless import make_regex
from variorum.values.datetokens import (
    SEASON,
    SEASONS,
    TO,
    WEEKDAY,
    D,
    DateWords,
    M,
    Reader,
    Y,
    day_number,
    month_number,
)
from variorum.values.letters import make_small
from variorum.values.number import find_figures

_NOT_PAPER = r"(?!\s+(?:Times|Telegraph|Mirror|Express|Herald|Mail|Post|Night\s+Live))"
_SPAN_UNIT = r"(?P<unit>hour|day|week|month|year|decade)s?"
_DAY_BEFORE = make_regex(rf"(?:{D}\s+{M}|{M}\s+{D}|\b{WEEKDAY}),?(?:\s+{Y})?,?\s+$")
_STEP = {"last": -1, "this": 0, "next": 1, "past": -1, "previous": -1, "coming": 1, "current": 0}
_N = r"(?P<n>(?:\d+|[a-z]+(?:[\s-][a-z]+)?))"
_DAYPART = r"(?:\s+(?:early|late)?\s*(?:morning|afternoon|evening|night|dawn|noon|midday|overnight))?"
_OF_A_TIME = (
    rf"(?!\s+of\s+(?:the|its|his|her|their|that|{M}|{Y})\b)"  # "the last week of May" is no week before publication
)


def _season_nearby(match: re.Match[str]) -> str | None:
    """Read "last summer" as the latest one, "this summer" as the one of the year of publication."""
    low, high = SEASONS[make_small(match["season"])]
    which = make_small(match["which"])
    if which == "last" or (high < low and which != "next"):
        return f"XXXX-{low:02d}/XXXX-{high:02d}"
    year = 1 if which == "next" else 0
    return f"rel:{year}y-{low:02d}/rel:{year + (high < low)}y-{high:02d}"


def _weekday(match: re.Match[str]) -> str:
    code = f"rel:{make_small(match['w'][:3])}"
    which = make_small(match["which"] or "")
    if which.startswith(("next", "coming")):
        return code.replace("rel:", "rel:+")
    return f"{code}-1w" if match["week"] or "week" in which else code


def _weekday_range(match: re.Match[str]) -> str:
    return f"rel:{make_small(match['w'][:3])}/rel:{make_small(match['w2'][:3])}"


def _fixed(value: str) -> Reader:
    return lambda match: value


def _this_or_last(match: re.Match[str]) -> str:
    step, unit = _STEP[make_small(match["which"])], make_small(match["unit"])
    if unit == "weekend":
        return {-1: "rel:sat/rel:sun", 0: "rel:sat/rel:sun", 1: "rel:+sat/rel:+sun"}[step]
    if make_small(match["which"]) in ("past", "previous"):
        return f"rel:-1{unit[0]}/rel:0d"
    return f"rel:{step}{unit[0]}"


def _number(words: str) -> Decimal | None:
    if make_small(words) in ("a", "an", "one"):
        return Decimal(1)
    figures = find_figures(words)
    if len(figures) != 1 or figures[0].low != figures[0].high:
        return None
    return figures[0].low


def _ago(match: re.Match[str]) -> list[DateWords] | None:
    """Read "three days ago"; the words before the number are not part of it."""
    words, unit = match["n"], make_small(match["unit"])
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
    value = f"rel:{_STEP[make_small(match['which'])]}y-{month_number(match['m']):02d}"
    return f"{value}-{day_number(day):02d}" if day else value


def _past_span(match: re.Match[str]) -> str | None:
    if match["many"] and not match["n"]:
        return None  # "in past years": no known number
    number = _number(match["n"]) if match["n"] else Decimal(1)
    unit = make_small(match["unit"])
    if number is None or number != int(number) or number > 999:
        return None
    if unit == "hour":
        return f"rel:-{math.ceil(number / 24)}d/rel:0d"
    if unit == "decade":
        return f"rel:-{int(number) * 10}y/rel:0d"
    return f"rel:-{int(number)}{unit[0]}/rel:0d"


def _this_month(match: re.Match[str]) -> str:
    return f"rel:0y-{month_number(match['m']):02d}"


def _overnight(match: re.Match[str]) -> str | None:
    """Read "overnight" as the night before publication, unless a day stands before it: "on 13 May overnight"."""
    return None if _DAY_BEFORE.search(match.string, max(0, match.start() - 30), match.start()) else "rel:-1d/rel:0d"


def _night_into(match: re.Match[str]) -> str:
    """Read "overnight into Tuesday" as Monday to Tuesday."""
    last = make_small(match["w2"][:3])
    return f"rel:{WEEKDAYS[WEEKDAYS.index(last) - 1]}/rel:{last}"


NEARBY_MONTHS: list[tuple[str, Reader]] = [
    (rf"\b(?:(?P<d>{D})\s+(?:of\s+)?)?(?P<m>{M})(?:\s+(?P<d2>{D}))?,?\s+(?:of\s+)?(?P<which>(?i:last|this|next))\s+(?i:year)\b", _month_of_year),
    (rf"\b(?P<which>(?i:this))\s+(?P<m>{M})(?!\w|-\w|\.?\s*\d)", _this_month),
]  # fmt: skip
NEARBY: list[tuple[str, Reader]] = [
    (rf"\b(?P<which>(?i:last|this(?:\s+(?:past|coming))?|next))\s+{SEASON}\b(?!(?<=fall)\s+in\b)", _season_nearby),
    (rf"(?:(?P<which>(?i:last|next|coming|last\s+week['’]s))\s+)?(?<!Easter\s)(?<!Ash\s)(?<!Whit\s)(?<!Black\s)(?<!Bloody\s)(?<!Good\s)(?<!Palm\s)(?<!Super\s)(?<!Cyber\s)(?<![Ee]very\s)(?<![Ee]ach\s)\b(?P<w>{WEEKDAY})(?![a-z]){_NOT_PAPER}{_DAYPART}(?P<week>(?i:\s+(?:of\s+)?(?:last|the\s+previous)\s+week))?", _weekday),
    (rf"\b(?P<w>{WEEKDAY})(?:{TO}|(?:\s+(?:night|evening|overnight))?\s+(?:in)?to\s+(?:early\s+)?|(?<=ay)\s+and\s+(?=\w+day\b.{{0,4}}\bnights?\b))(?P<w2>{WEEKDAY})", _weekday_range),
    (r"\b(?i:(?:the\s+)?day\s+before\s+yesterday)\b", _fixed("rel:-2d")),
    (r"\b(?i:(?:late|early|earlier)\s+)?(?i:yesterday|last\s+night)\b(?i:\s+(?:morning|afternoon|evening|night))?", _fixed("rel:-1d")),
    (rf"\b(?i:overnight)\b(?!\s+(?:(?:on|into|from|between|to|of|through)\s+)?(?:the\s+)?(?:\w+day\b|{D}\s|{M}))", _overnight),
    (rf"\b(?i:overnight)\s+(?:into|to)\s+(?:early\s+)?(?P<w2>{WEEKDAY})", _night_into),
    (r"\b(?i:(?:earlier\s+|later\s+)?(?:today|tonight))\b|\b(?i:this\s+(?:morning|afternoon|evening))\b|\b(?i:earlier\s+in\s+the\s+day)\b", _fixed("rel:0d")),
    (r"\b(?i:tomorrow)\b(?i:\s+(?:morning|afternoon|evening|night))?", _fixed("rel:1d")),
    (rf"\b(?i:(?:late|early|earlier|later|mid)\s+)?(?P<which>(?i:last|this|next|past|previous|coming|current))\s+(?P<unit>(?i:week|month|year|weekend))\b(?!['’]s\s+\w+day){_OF_A_TIME}", _this_or_last),
    (r"(?<!last\s)(?<!this\s)(?<!next\s)\b(?i:(?:at|over|during|on)\s+)(?P<at>(?i:the\s+)weekend)\b", _fixed("rel:sat/rel:sun")),
    (rf"(?i:\b{_N}\s+{_SPAN_UNIT}\s+ago)\b", _ago),
    (rf"(?i:\b(?P<at>(?:the\s+(?:past|last|previous)|(?:(?<=\bin\s)|(?<=over\s)|(?<=during\s)|(?<=within\s))past)\s+(?:{_N}\s+)?(?P<unit>hour|day|week|month|year|decade)(?P<many>s)?))\b(?!\s+ago){_OF_A_TIME}", _past_span),
    (r"\bNew\s+Year['’]s\s+Day\b", _fixed("XXXX-01-01")),
    (r"\bNew\s+Year['’]s\s+Eve\b", _fixed("XXXX-12-31")),
    (r"\bChristmas\s+Eve\b", _fixed("XXXX-12-24")),
    (r"\bChristmas(?:\s+Day)\b", _fixed("XXXX-12-25")),
]  # fmt: skip
