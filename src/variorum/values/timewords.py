"""The ways a text speaks of time without naming a date: "now", "daily", "two days later", "the third quarter", "218 BC".

Each comes with its value in the notation of `timex`, as seen from the day of publication and the time told last. None of
these dates an event: the reader of events uses `date` alone.
"""

# ruff: noqa: E501 — a pattern a line is easier to check than one cut in pieces

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from variorum.values.calendar import MONTH_NAMES, WEEKDAYS
from variorum.values.letters import make_small
from variorum.values.number import find_figures
from variorum.values.pattern import Pattern
from variorum.values.timex import DAY_PARTS, SEASONS, write_period, write_week

Kind = Literal["reference", "role", "duration", "set", "date", "time"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a writer leans on: the day of publication and the times told before."""

    published: date | None
    told: str = ""  # the date told last, in the notation of `timex`
    quarter: str = ""  # the quarter told last: `1989-Q3`
    story: bool = False  # a history, where the time told last counts and not the day of publication

    @property
    def moment(self) -> str:
        """Give the date that "that day" and "two days later" lean on."""
        return self.told or ("" if self.story or not self.published else self.published.isoformat())

    @property
    def day(self) -> str:
        """Give the day that is told of, or nothing where only a month or year is."""
        return self.moment[:10] if re.match(r"\d{4}-\d\d-\d\d", self.moment) else ""

    @property
    def year(self) -> str:
        """Give the year that is told of, or `XXXX`."""
        here = self.told if self.story else (self.published.isoformat() if self.published else self.moment)
        return here[:4] if re.match(r"\d{4}", here) else "XXXX"


Reader = Callable[[re.Match[str], Setting], str | None]
_WEEKDAY = r"(?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?"
_UNIT = r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade|centur(?:y|ie))"
_SMALL = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = (
    rf"(?P<n>\d+(?:[.,]\d+)*|(?:{_TENS})(?:[\s-](?:{_SMALL}))?|{_TEENS}|"
    rf"(?:an?|{_SMALL}|several|many)(?:\s+(?:few|couple|dozen|hundred|thousand|additional|single|whole|full))?|few|some|couple|another)"
)
_PART = rf"(?P<part>{'|'.join(DAY_PARTS)})"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_CENTURY_WORDS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"""
_CENTURIES = tuple(_CENTURY_WORDS.split())
_ADVERBS = {"hourly": "PT1H", "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "annually": "P1Y", "yearly": "P1Y"}
_VAGUE = ("few", "several", "couple", "some", "many")
_BC = r"(?:B\.?C\.?(?:E\.?)?)(?![A-Za-z])"


def _fixed(value: str) -> Reader:
    return lambda match, setting: value


def _unit(match: re.Match[str]) -> str:
    word = match["unit"].lower()
    return "century" if word.startswith("centur") else word


def count_units(words: str | None) -> str | None:
    """Give the number that words stand for, `X` for "a few", None for words that are no number."""
    last = (words or "one").lower().split()[-1]
    if last in ("a", "an", "one", "another", "additional", "single", "whole", "full"):
        return "1"
    if last in _VAGUE:
        return "2" if last == "couple" else "X"
    figures = find_figures(words or "")
    if len(figures) != 1 or figures[0].low is None or figures[0].low != figures[0].high:
        return None
    return str(figures[0].low)


def shift(moment: str, number: int, unit: str) -> str | None:
    """Give the date so many units after another, as closely as both are told; None where the other is told too widely."""
    clear = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\dW])", moment)
    if clear is None:
        return None
    year, month, day = (int(part) if part else 0 for part in clear.groups())
    try:
        if unit in ("year", "decade"):
            return f"{year + number * (10 if unit == 'decade' else 1):04d}"
        if unit in ("month", "quarter") and month:
            months = year * 12 + month - 1 + number * (3 if unit == "quarter" else 1)
            return f"{months // 12:04d}-{months % 12 + 1:02d}"
        if unit in ("day", "week") and day:
            moved = date(year, month, day) + timedelta(**{f"{unit}s": number})
            return moved.isoformat() if unit == "day" else write_week(moved)
    except (ValueError, OverflowError):
        pass
    return None


def _quarter_before(setting: Setting, years: int) -> str | None:
    return f"{int(setting.quarter[:4]) - years}{setting.quarter[4:]}" if setting.quarter else None


def _period(match: re.Match[str], setting: Setting) -> str | None:
    number = count_units(match.groupdict().get("n"))
    return None if number is None else write_period(number, _unit(match))


def _some(match: re.Match[str], setting: Setting) -> str:
    return write_period("X", _unit(match))


def _one(match: re.Match[str], setting: Setting) -> str:
    return write_period("1", _unit(match))


def _away(match: re.Match[str], setting: Setting) -> str | None:
    """Read "two days later" from the date told last; a year before a quarter is that quarter of the year before."""
    unit = _unit(match)
    number = count_units(match["n"]) if match["n"] else "X"
    if number is None:
        return None
    way = match["way"].lower()
    back = way in ("earlier", "before", "ago")
    if way == "ago":
        return _quarter_before(setting, 1) if unit == "year" and number == "1" else None
    if way in ("after", "before"):
        if not setting.story:
            return None
        if _BESIDE_DATE.search(match.string, max(0, match.start() - 12), match.start()):
            return setting.told or None  # "on 27 June, two days after the landing"
    if unit in ("hour", "minute"):
        return f"{setting.day}TXX" if setting.day else write_period(number, unit)
    if number == "X" or not number.isdigit():
        return ("PAST_REF" if back else "FUTURE_REF") if setting.story else write_period(number, unit)
    steps = -int(number) if back else int(number)
    if unit == "year" and back and setting.quarter:
        return _quarter_before(setting, int(number))
    return shift(setting.moment, steps, unit) or write_period(number, unit)


_BESIDE_DATE = re.compile(rf"(?:\d|\b(?:{'|'.join(MONTH_NAMES)}))(?:,\s*|\s*[-–—]\s*)$")
_STEPS = {"same": 0, "that": 0, "next": 1, "following": 1, "previous": -1, "preceding": -1, "before": -1, "after": 1}


def _beside(match: re.Match[str], setting: Setting) -> str | None:
    """Read "the same day", "that year", "the next morning", "the following spring" from the date told last."""
    groups = match.groupdict()
    step = _STEPS[match["step"].lower().split()[-1]]
    if _BESIDE_DATE.search(match.string, max(0, match.start() - 12), match.start()):
        return setting.told or None  # "on 2 October, the day after the crossing"
    if groups.get("season"):
        year = shift(setting.moment, step, "year")
        return f"{year}-{SEASONS[make_small(match['season'])]}" if year else None
    if groups.get("part"):
        day = shift(setting.moment, step, "day")
        return f"{day}T{DAY_PARTS[make_small(match['part'])]}" if day else None
    unit = _unit(match)
    if unit == "quarter":
        return setting.quarter or None
    return shift(setting.moment, step, unit)


def _season(match: re.Match[str], setting: Setting) -> str:
    return f"{setting.year}-{SEASONS[make_small(match['season'])]}"


def _part_of_day(match: re.Match[str], setting: Setting) -> str:
    return f"{setting.day or 'XXXX-XX-XX'}T{DAY_PARTS[make_small(match['part'])]}"


def _any_part_of_day(match: re.Match[str], setting: Setting) -> str:
    return f"XXXX-XX-XXT{DAY_PARTS[make_small(match['part'])]}"


def _within(match: re.Match[str], setting: Setting) -> str | None:
    """Read "the year", "the end of the month", "year-end" as the year or month that is told of."""
    return shift(setting.told if setting.story else setting.year, 0, _unit(match))


def _latest_quarter(setting: Setting, number: int | None) -> str | None:
    """Give the latest quarter of that number that was over, or the latest of all, on the day of publication."""
    if setting.published is None:
        return None
    year, now = setting.published.year, (setting.published.month - 1) // 3 + 1
    if number is None:
        number = now - 1 or 4
    return f"{year - (number > now)}-Q{number}"


def _quarter(match: re.Match[str], setting: Setting) -> str | None:
    """Read "the third quarter", "the 1988 third quarter", "the year-earlier quarter" of a report on business."""
    groups = match.groupdict()
    number = _ORDINALS.get((groups.get("which") or "").lower())
    year = groups.get("y")
    if year:
        return f"{year}-Q{number}" if number else None
    if groups.get("back"):
        told = _quarter_before(setting, 1)
        return f"{told[:6]}{number}" if told and number else told
    if number is None:
        return (
            _latest_quarter(setting, None)
            if "latest" in match.group().lower()
            else setting.quarter or _latest_quarter(setting, None)
        )
    return _latest_quarter(setting, number)


def _day_of_month(match: re.Match[str], setting: Setting) -> str | None:
    day = int(match["d"])
    return f"{setting.moment[:7]}-{day:02d}" if re.match(r"\d{4}-\d\d", setting.moment) and 1 <= day <= 31 else None


def _bc(match: re.Match[str], setting: Setting) -> str:
    return f"BC{int(match['year']):04d}"


def _century(match: re.Match[str], setting: Setting) -> str | None:
    words = re.sub(r"\s+", "-", match["which"].lower())
    digits = re.match(r"\d+", words)
    number = int(digits.group()) if digits else _CENTURIES.index(words) + 1
    return f"{'BC' if match['bc'] else ''}{number - 1:02d}"


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _short_decade(match: re.Match[str], setting: Setting) -> str:
    """Read "the '80s", "the eighties" as those of the twentieth century."""
    return f"19{match['d'] or _DECADES.index(match['word'].lower()) + 2}"


def _spelled_year(match: re.Match[str], setting: Setting) -> str | None:
    """Read "nineteen eighty-four", as a transcript of speech writes it."""
    hundreds = {"eighteen": 18, "nineteen": 19}[make_small(match["hundreds"])]
    figures = find_figures(match["rest"])
    if len(figures) != 1 or figures[0].low is None or not 0 <= figures[0].low < 100:
        return None
    return f"{hundreds}{int(figures[0].low):02d}"


def _each_weekday(match: re.Match[str], setting: Setting) -> str:
    return f"XXXX-WXX-{WEEKDAYS.index(match['w'][:3].lower()) + 1}"


_TABLE: list[tuple[Kind, str, Reader]] = [
    ("reference", r"\b(?:(?:right|until|by|for|even|just|only)\s+)?now\b(?!\s+that\b)|\bcurrent(?:ly)?\b(?!\s+(?:account|affairs)|\s+(?:year|month|week))|\bnowadays\b|\bpresent[\s-]day\b|\bat\s+present\b|\b(?:at\s+)?(?:this|the\s+present)\s+(?:time|moment|point)\b(?=\s*[.,;)]|\s+of\b)|\bat\s+the\s+moment\b", _fixed("PRESENT_REF")),
    ("reference", r"\b(?:more\s+|most\s+|until\s+|only\s+)?recently\b|\b(?:more\s+|most\s+)?recent\b|\blately\b|\bthe\s+(?:recent\s+|distant\s+)?past\b(?!\s+(?:\d|\w+\s+(?:second|minute|hour|day|week|month|quarter|year|decade)s?\b|(?:hour|day|week|month|quarter|year|decade)s?\b))", _fixed("PAST_REF")),
    ("reference", r"\bthe\s+(?:near|foreseeable|immediate|distant|not[\s-]too[\s-]distant)?\s*future\b|\bthe\s+(?:near|short|long(?:er)?)\s+(?:term|run)\b|\bas\s+soon\s+as\s+possible\b|\bcoming\s+(?:days|weeks|months|quarters|years)\b", _fixed("FUTURE_REF")),
    ("role", r"\bformer(?:ly)?\b", _fixed("PAST_REF")),
    ("duration", rf"(?<!winter\s)(?<!three[\s-])\b{_UNIT}s\b(?![\s’'-]+old)", _some),
    ("duration", rf"\b(?:recent|the\s+coming|the\s+following|the\s+early|the\s+first)\s+{_UNIT}s\b", _some),
    ("duration", rf"\bthe\s+{_UNIT}s\s+(?:ahead|to\s+come|before|since|following|after)\b", _some),
    ("duration", rf"\b(?:the\s+)?(?:next|past|last|first|following|coming|previous|preceding|final)\s+(?:a\s+)?{_NUMBER}\s+(?:of\s+)?(?:more\s+)?{_UNIT}s?\b", _period),
    ("duration", rf"\b{_UNIT}(?P<plural>s)?-long\b", lambda match, setting: write_period("X" if match["plural"] else "1", _unit(match))),
    ("duration", rf"\b{_NUMBER}[\s-](?:more\s+)?{_UNIT}s?\b(?![\s’'-]+old|\s+of\b)(?<!\ba\ssecond)(?<!quarter)(?<!three-quarters)", _period),
    ("duration", r"\b(?:a\s+)?(?:24|twenty[\s-]four)[\s-]hours?(?:[\s-]a[\s-]day)\b", _fixed("PT24H")),
    ("duration", r"\bthe\s+(?:fiscal\s+|financial\s+|calendar\s+)?year\s+(?:ended|ending)\b", _fixed("P1Y")),
    ("set", rf"\b(?:{'|'.join(_ADVERBS)})\b", lambda match, setting: _ADVERBS[make_small(match.group())]),
    ("set", rf"\b(?:each|every|per)\s+(?:(?P<n>two|three|four|five|six|few|other)\s+)?{_UNIT}s?\b", _period),
    ("set", rf"\b(?:each|every)\s+{_WEEKDAY}\b", _each_weekday),
    ("set", r"\b(?:each|every)\s+(?P<part>morning|afternoon|evening|night)\b", _any_part_of_day),
    ("date", rf"\b(?:(?:just|only|about|almost|nearly|some|roughly|barely|a\s+mere)\s+)?(?:{_NUMBER}\s+)?{_UNIT}s?\s+(?P<way>later|earlier|afterwards?|ago|after|before)\b", _away),
    ("date", r"\b(?:on\s+|in\s+)?(?:(?:later|earlier|early|late)\s+)?(?P<step>(?:that|the)\s+(?:very\s+)?same|that|the\s+(?:next|following|previous|preceding))\s+" + rf"(?:{_UNIT}|{_PART}|{_SEASON})\b", _beside),
    ("date", rf"\bthe\s+{_UNIT}\s+(?P<step>before|after)\b", _beside),
    ("date", r"\b(?:(?:the\s+)?(?:end|beginning|start|middle|turn)\s+of|(?:later|earlier|late|early)\s+in|the\s+(?:first|second|latter|last)\s+(?:half|part)\s+of)\s+the\s+(?P<unit>month|year)\b", _within),
    ("date", r"\b(?P<unit>year|month)(?:['’]s)?[\s-]end\b", _within),
    ("date", r"\b(?:the\s+)?(?:(?:early|late|mid|middle\s+of|end\s+of|later\s+in|following)[\s-]+)?(?:the\s+)?(?P<season>spring|summer|autumn|winter)\b(?!,?\s+(?:of\s+)?(?:1[5-9]|20)\d\d)", _season),
    ("date", r"\b(?:in|that|by|since|throughout|during|until)\s+the\s+(?P<season>fall)\b(?!\s+of\b)", _season),
    ("date", r"\bthe\s+(?P<unit>year|month)\b(?=\s*[.,;)]|\s+(?:was|saw|to\s+date|as\s+a|and|with|by|in|for)\b)", _within),
    ("date", r"\bthe\s+week(?:['’]s)?\b(?=\s*[.,;)]|['’]s|\s+(?:was|saw|and|with)\b)", lambda match, setting: write_week(setting.published) if setting.published else None),
    ("date", r"\bthe\s+weekend\b", lambda match, setting: f"{write_week(setting.published)}-WE" if setting.published else None),
    ("date", r"\b(?:on|by|until|from|to|of)\s+(?P<at>the\s+(?P<d>\d\d?)(?:st|nd|rd|th))\b(?=\s*[.,;)]|\s+(?:and|to|until|they|he|she|it|of\s+(?:the|that)\s+month)\b)", _day_of_month),
    ("date", r"(?<![\d$€£.,/:-])(?P<at>(?:1[5-9]|20)\d\d)(?![\d%]|[.,:/]\d|[-–]\w)", lambda match, setting: match["at"]),
    ("date", rf"(?<![\d.,])(?P<year>\d{{1,4}})\s?{_BC}", _bc),
    ("date", rf"(?<![\d.,])(?P<at>(?P<year>\d{{1,4}}))\s?(?:[-–—]|to|and|until)\s?(?=\d{{1,4}}\s?{_BC})", _bc),
    ("date", rf"\b(?:the\s+)?(?:(?:early|mid|late|middle\s+of\s+the|end\s+of\s+the)[\s-]+)?(?P<which>\d\d?(?:st|nd|rd|th)|{'|'.join(word.replace('-', '[ -]') for word in _CENTURIES)})[\s-]centur(?:y|ies)\b(?:\s+(?P<bc>{_BC}))?", _century),
    ("date", rf"(?<!\w)(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?:['’‘`](?P<d>[2-9])0s|(?P<word>{'|'.join(_DECADES)}))\b", _short_decade),
    ("date", r"\b(?:the\s+year\s+)?(?P<hundreds>eighteen|nineteen)[\s-]+(?P<rest>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b", _spelled_year),
    ("date", r"\bthe\s+year\s+two\s+thousand\b", _fixed("2000")),
    ("date", r"\b(?:the\s+)?(?:(?:fiscal|financial|latest|current|flat|its|this\s+year['’]s)\s+)*(?:(?P<y>(?:19|20)\d\d)(?:['’]s)?\s+)?(?:(?P<back>(?:comparable\s+)?year-(?:ago|earlier)|same|comparable)\s+)?(?:fiscal\s+)?(?P<which>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter\b", _quarter),
    ("date", r"\b(?:the|that|this|last)\s+(?:latest\s+|current\s+|fiscal\s+)?(?:(?P<back>(?:comparable\s+)?year-(?:ago|earlier))\s+)?(?:quarter|(?<=ago\s)period|(?<=earlier\s)period)\b", _quarter),
    ("date", r"\b(?P<back>year-(?:ago|earlier))\b", _quarter),
    ("date", r"\b(?:the\s+)?(?:latest\s+)?(?:fiscal|financial)\s+(?:year\b|(?P<y>(?:19|20)\d\d)(?!\d))", lambda match, setting: match["y"] or setting.year),
    ("time", rf"\b(?:in|during|by|at|through|until)\s+(?P<at>(?:the\s+)?(?:early\s+|late\s+|mid-?\s*)?{_PART})\b(?!\s+of\b)", lambda match, setting: _any_part_of_day(match, setting) if "the" not in match["at"].lower() else _part_of_day(match, setting)),
    ("time", r"\bdaytime\b", _fixed("XXXX-XX-XXTDT")),
]  # fmt: skip
_COMPILED = [(kind, Pattern(pattern, re.IGNORECASE), reader) for kind, pattern, reader in _TABLE]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """A stretch of text that speaks of time; `read` gives its value in a setting."""

    start: int
    end: int
    kind: Kind
    match: re.Match[str]
    reader: Reader

    def read(self, setting: Setting) -> str | None:
        """Give the value, or None where the words are no time expression after all."""
        return self.reader(self.match, setting)


def read_time_words(text: str) -> Iterator[TimeWords]:
    """Find every stretch that may speak of time, in the order of the patterns; they may overlap."""
    for kind, pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            group = "at" if "at" in pattern.groupindex else 0
            yield TimeWords(match.start(group), match.end(group), kind, match, reader)
