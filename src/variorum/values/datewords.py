"""The ways a text names a day, month or year, each with how it becomes a canonical date. No resolution, no article.

Invariant: `read_date_words` gives spans that do not overlap, in order, each with a date that `calendar` can read.
"""

# ruff: noqa: E501 — a pattern a line is easier to check than one cut in pieces

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from variorum.values.calendar import atom_days, is_date
from variorum.values.datetokens import (
    PART_WORDS,
    PARTS,
    PLAIN_MONTH,
    SEASON,
    SEASONS,
    TO,
    WEEKDAY,
    WHICH,
    D,
    DateWords,
    M,
    Reader,
    W,
    Y,
    write_atom,
)
from variorum.values.letters import make_small
from variorum.values.nearbywords import NEARBY, NEARBY_MONTHS
from variorum.values.pattern import Pattern

_PREP = r"(?i:in|since|by|until|till|during|from|before|after|of|through|to|between|and|throughout|mid|early|late|as of|last|this|next)"
_WD = rf"(?:(?:{WEEKDAY}|{W}\.?),?\s+(?:the\s+)?)?"
CENTURY_TURN = "50"  # 10/26/89 is of 1989
_SMALL = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9}


def _single(match: re.Match[str]) -> str:
    return write_atom(match["d"], match["m"], match["y"])


def _range(match: re.Match[str]) -> str:
    groups = match.groupdict()
    last = write_atom(groups["d2"], groups["m2"], groups["y"])
    first = write_atom(groups["d"], groups.get("m") or groups["m2"], groups.get("y1") or groups["y"])
    if not groups["y"] and groups.get("y1"):
        last = write_atom(groups["d2"], groups["m2"], groups["y1"])
    return f"{first}/{last}"


def _range_after(match: re.Match[str]) -> str:
    first = write_atom(match["d"], match["m"], match["y"])
    return f"{first}/{write_atom(match['d2'], match['m'], match['y'])}"


def _pair(match: re.Match[str]) -> list[DateWords]:
    """Read "3 and 5 March" as two days."""
    first = write_atom(match["d"], match["m"], match["y"])
    second = write_atom(match["d2"], match["m"], match["y"])
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
    atom = write_atom(None, match["m"], match["y"])
    last = _last_day(atom)
    thirds = ((1, 10), (11, 20), (21, last))
    part = PARTS[make_small(match["part"])]
    low, high = thirds[PARTS[make_small(match["from"])] if match["from"] else part][0], thirds[part][1]
    return f"{atom}-{low:02d}/{atom}-{high:02d}" if low < high else None


def _piece_of_month(match: re.Match[str]) -> str | None:
    """Read "the first week of May 2017": seven days from the first, or up to the last, of the month."""
    atom = write_atom(None, match["m"], match["y"])
    last = _last_day(atom)
    index, piece = WHICH[make_small(match["which"])], make_small(match["piece"])
    if piece == "weeks" and match["n"] is None:
        return None  # "the last weeks of May" are no known number
    if piece == "half":
        low, high = (1, 15) if index == 0 else (16, last)
    else:
        length = 1 if piece == "day" else 7 * (_SMALL[make_small(match["n"])] if match["n"] else 1)
        low = last - length + 1 if index < 0 else 1 + length * index
        high = low + length - 1
    return f"{atom}-{low:02d}" if low == high else f"{atom}-{low:02d}/{atom}-{high:02d}"


def _months_of_year(match: re.Match[str]) -> str:
    """Read "the first three months of 2017"."""
    number = _SMALL.get(make_small(match["n"])) or int(match["n"])
    low, high = (13 - number, 12) if WHICH[make_small(match["which"])] < 0 else (1, number)
    return f"{match['y']}-{low:02d}/{match['y']}-{high:02d}"


def _part_of_year(match: re.Match[str]) -> str:
    thirds, part = ((1, 4), (5, 8), (9, 12)), PARTS[make_small(match["part"])]
    low, high = thirds[PARTS[make_small(match["from"])] if match["from"] else part][0], thirds[part][1]
    return f"{match['y']}-{low:02d}/{match['y']}-{high:02d}"


def _piece_of_year(match: re.Match[str]) -> str:
    index = WHICH[make_small(match["which"])]
    length = 6 if make_small(match["piece"]) == "half" else 3
    start = 1 + length * (index if index >= 0 else 12 // length - 1)
    return f"{match['y']}-{start:02d}/{match['y']}-{start + length - 1:02d}"


def _month_range(match: re.Match[str]) -> str:
    first = write_atom(None, match["m"], match["y1"] or match["y"])
    return f"{first}/{write_atom(None, match['m2'], match['y'])}"


def _season(match: re.Match[str]) -> str:
    low, high = SEASONS[make_small(match["season"])]
    year = int(match["y"])
    return f"{year}-{low:02d}/{year + (high < low)}-{high:02d}"


def _decade(match: re.Match[str]) -> str:
    first = int(match["y"])
    low, high = first, first + 9
    part = match["part"]
    if part:
        low, high = ((first, first + 3), (first + 4, first + 6), (first + 7, first + 9))[PARTS[make_small(part)]]
    return f"{low}/{high}"


def _years(match: re.Match[str]) -> str | None:
    first, last = match["y"], match["y2"]
    last = last if len(last) == 4 else first[:2] + last
    return f"{first}/{last}" if int(first) < int(last) else None


def _years_listed(match: re.Match[str]) -> list[DateWords]:
    """Read "in 1994, 1995 and 1997" as three years."""
    start = match.start("at")
    return [DateWords(start + one.start(), start + one.end(), one.group()) for one in re.finditer(Y, match["at"])]


def _month_of(match: re.Match[str]) -> str:
    return write_atom(None, match["m"], None)


_BY_MONTH: list[tuple[str, Reader]] = [
    (rf"{_WD}\b(?P<d>{D})\s*(?:of\s+)?[-\s]?(?P<m>{M})(?:,?[-\s]+(?:of\s+)?(?P<y>{Y}))?", _single),
    (rf"{_WD}\b(?P<m>{M})\s*(?:the\s+)?(?P<d>{D})(?!,\d{{3}})(?!:\d)(?:,?\s+(?:of\s+)?(?P<y>{Y}))?", _single),
    (rf"\b(?P<d>{D})(?:{TO}(?:the\s+)?|(?<![\d/].)(?<![\d/]..)/|(?<=between\s..)\s+and\s+|(?<=between\s.)\s+and\s+)(?P<d2>{D})\s+(?:of\s+)?(?P<m2>{M})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b(?P<d>{D})\s*(?:,|and|or|&)\s*(?P<d2>{D})\s+(?:of\s+)?(?P<m>{M})(?:,?\s+(?P<y>{Y}))?", _pair),
    (rf"\b(?P<m>{M})\s*(?P<d>{D}){TO}(?P<d2>{D})(?!,\d{{3}}|\s+[a-z]+s\b(?<!\bwas))(?:,?\s+(?P<y>{Y}))?", _range_after),
    (rf"\b(?P<m>{M})\s*(?P<d>{D})\s+(?:and|or)\s+(?P<d2>{D})(?!,\d{{3}}|\s+[a-z]+s\b)(?:,?\s+(?P<y>{Y}))?", _pair),
    (rf"\b(?P<d>{D})\s+(?P<m>{M})(?:,?\s+(?P<y1>{Y}))?(?:{TO}|(?<=\w)\s+and\s+(?=.{{0,24}}\bcease))(?P<d2>{D})\s+(?P<m2>{M})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b(?P<m>{M})\s+(?P<d>{D})(?:,?\s+(?P<y1>{Y}))?{TO}(?P<m2>{M})\s+(?P<d2>{D})(?:,?\s+(?P<y>{Y}))?", _range),
    (rf"\b{PART_WORDS}(?P<m>{M})(?:\s+(?:of\s+)?(?P<y>{Y}))?", _part_of_month),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|second|third|last|final))\s+(?:(?P<n>(?i:two|three))\s+)?(?P<piece>(?i:half|weeks?|day))\s+(?:of|in)\s+(?P<m>{M})(?:,?\s+(?:of\s+)?(?P<y>{Y}))?", _piece_of_month),
    (rf"\b(?P<m>{M})(?:\s+(?P<y1>{Y}))?(?:{TO}|(?<=\w)\s+and\s+)(?P<m2>{M})(?:,?\s+(?P<y>{Y}))", _month_range),
    (rf"\b(?P<d>)?(?P<m>{M}),?\s+(?:of\s+)?(?P<y>{Y})(?!-\d)", lambda match: write_atom(None, match["m"], match["y"])),
    (rf"(?<=\b)(?<![A-Z]\.\s)(?:(?i:last)\s+)?(?P<m>{PLAIN_MONTH})(?![\w-]|\s+\d|\s+[A-Z][a-z]+\s+[A-Z])", _month_of),
    (rf"\b(?P<prep>{_PREP})[\s-]+(?P<at>(?P<m>(?:January|February|March|April|May|June|July|August|September|October|November|December)))(?![\w-]|\s+\d)", _month_of),
    (r"\b(?i:an?|the|its|his|her|their|that)\s+(?P<at>(?P<m>March|April|May|June|August))(?=\s+[a-z])", _month_of),
]  # fmt: skip
_BY_YEAR: list[tuple[str, Reader]] = [
    (rf"\b{PART_WORDS}(?P<y>{Y})(?!s)", _part_of_year),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|last|final))\s+(?P<n>(?i:two|three|four|six|nine)|[2-9])\s+months\s+of\s+(?P<y>{Y})", _months_of_year),
    (rf"\b(?i:the\s+)?(?P<which>(?i:first|second|third|fourth|last))\s+(?P<piece>(?i:half|quarter))\s+of\s+(?P<y>{Y})", _piece_of_year),
    (rf"\b(?i:the\s+)?{SEASON}(?:\s+of)?,?\s+(?P<y>{Y})", _season),
    (rf"\b(?i:the\s+)?(?:{PART_WORDS}|(?i:the)\s+)?(?P<y>(?:1[5-9]|20)\d0)['’]?s\b", _decade),
    (rf"\b(?:(?P<prep>(?i:from|between|of|in|during|the|period))\s+|\()(?P<at>(?P<y>{Y})\s*(?:[-–—/]|to|and|until)\s*(?P<y2>{Y}|\d\d(?!\d|,)))", _years),
    (rf"\b(?P<prep>(?i:in|since|by|until|till|during|from|before|after|of|through|throughout|year|to|the|back\s+to|as\s+of|around|between|and))\s+(?P<at>(?P<y>{Y}))(?![\d,.:/-]\d|[-–]\w|\s*(?:%|km|people|troops|men|fighters|soldiers|civilians|families|refugees|GMT|hours|local|feet|m\b|miles|dollars|points))", lambda match: match["y"]),
    (rf"\b(?i:in|since|of|years)\s+(?P<at>{Y}(?:,\s+{Y})*,?\s+(?:and|or)\s+(?:in\s+)?{Y})(?![\d,.:/-]\d)", _years_listed),
    (rf"(?<![\d$€£,.-])(?P<y>{Y})\s?[-–—]\s?(?P<y2>{Y})(?![\d-])", _years),
    (rf"\(\s*(?P<at>(?P<y>{Y}))\s*\)", lambda match: match["y"]),
]  # fmt: skip
_BY_FIGURES: list[tuple[str, Reader]] = [
    (r"(?<![\d/-])(?P<y>(?:19|20)\d\d)-(?P<mo>\d\d)-(?P<d>\d\d)(?=T?\b|T\d)", _iso),
    (r"(?<![\d/])(?P<y>(?:19|20)\d\d)[/.](?P<mo>\d\d?)[/.](?P<d>\d\d?)(?![\d/])", _iso),
    (r"(?<![\d/.-])(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<y>(?:19|20)\d\d|\d\d)(?![\d/%])(?!\.\d)", _numeric),
]  # fmt: skip
# One look for a month or a year saves the look for each way to write a date with one.
_COMPILED = [
    (gate, [(Pattern(pattern), reader) for pattern, reader in table])
    for gate, table in (
        (Pattern(rf"\b(?=[ADFJMNOS]){M}|(?<=\d){M}"), _BY_MONTH + NEARBY_MONTHS),
        (Pattern(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"), _BY_YEAR),
        (None, _BY_FIGURES + NEARBY),
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
