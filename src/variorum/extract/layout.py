"""Tells the furniture of a page (bars, credits, captions, date lines) and datelines from the words of the report.

The patterns of furniture are data: cues/furniture.toml. Sentences are cut in sentences.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from variorum.values.teasers import is_teaser


@dataclass(frozen=True, slots=True)
class FurniturePattern:
    """One row of cues/furniture.toml."""

    name: str
    where: Literal["sentence", "edge"]
    regex: re.Pattern[str]
    examples: tuple[str, ...]


MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thurs?|Fri|Sat(?:ur)?|Sun)(?:day)?"
# A printed publication date in front of a title that runs on in the same line.
DATE_FRONT = re.compile(
    rf"(?:Date of publication |Published:? )?(?:{DAY},? )?"
    rf"(?:\d{{1,2}}[ -]{MONTH},?[ -]\d{{4}}|{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}})"
    r"(?:,? \d{1,2}:\d{2}(?: ?[AaPp][Mm])?(?: [A-Z]{3})?)?\s+(?=[\"“‘']?[A-Z0-9])"
)
# The same behind a headline and an agency that run on in one line:
# "Blast kills 9 Monitor AFP Friday 20 Jun 2014 A blast …".
# Behind a preposition it is a date of the report itself.
DATE_INSIDE = re.compile(
    rf"(?<!\bon )(?<!\bin )(?<!\bof )(?<!since )(?<!from )(?<!until )(?<!\bby )(?<!late )(?<!early )(?<!and )(?<!to )"
    rf"(?<!the )"
    rf"(?:(?:AFP|AP|Reuters|Agencies|Xinhua|TASS|SANA|dpa|EFE|Anadolu)(?:(?: and|,)? [A-Z][\w.]+){{0,3}},? )?"
    rf"{DAY},? (?:\d{{1,2}}[ -]{MONTH},?[ -]\d{{4}}|{MONTH} \d{{1,2}},? \d{{4}})\s+(?=[\"“‘']?[A-Z0-9])"
)
_CAPS = r"[A-Z][A-Z.'’\-]+(?: (?:[A-Z][A-Z.'’\-]+|DE|AL|EL)){0,3}"
_AGENCY = r"\([A-Z][\w./&’' \-]{1,40}\)"
_BARE_AGENCY = "SANA|AFP|AP|Reuters|TASS|Xinhua|WAM|KUNA|ANHA|Anadolu|Agencies"
_DASH = r"\s*(?:--|[-–—])\s+"
_PLACE_TAIL = r"(?:, (?:[A-Z][\w.]+(?: [A-Z][\w.]+)?))?"
_DAYS = rf"(?:{DAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
_TITLE_CASE = r"[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){0,2}"
DATELINE = re.compile(
    rf"(?:{_CAPS}(?:\s?/\s?{_CAPS}){{0,3}}{_PLACE_TAIL}(?:,? {_DAYS})?(?: {_AGENCY}(?:,? {_DAYS})?)?{_DASH}"
    rf"|{_CAPS}(?:\s?/\s?{_CAPS}){{0,3}}{_PLACE_TAIL}(?:,? {_DAYS})? {_AGENCY}:?\s+"
    rf"|[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){{0,2}}{_PLACE_TAIL}(?:,? {_DAYS})? {_AGENCY}(?:,? {_DAYS})?{_DASH}"
    rf"|[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){{0,2}}, (?:{_BARE_AGENCY}){_DASH}"
    rf"|(?:{_CAPS}|{_TITLE_CASE}){_PLACE_TAIL}(?:,|\s*[-–—])? {_DAYS}(?:,? {_AGENCY})?(?:{_DASH}|:\s+)"
    rf"|(?:{_CAPS}){_PLACE_TAIL} {_AGENCY}:\s+"
    r")(?=[\"“‘'(]?\w)"
)
# "SRINAGAR: Three militants …" is a dateline in front of a report, and a label in a round-up with one a paragraph.
COLON_LINE = re.compile(rf"{_CAPS}(?:\s?/\s?{_CAPS}){{0,3}}{_PLACE_TAIL}:\s+(?=[\"“‘'(]?\w)")


@cache
def furniture_patterns() -> tuple[FurniturePattern, ...]:
    """Give the patterns of cues/furniture.toml, compiled."""
    rows = tomllib.loads(files("variorum.extract").joinpath("cues/furniture.toml").read_text(encoding="utf-8"))
    return tuple(
        FurniturePattern(row["name"], row["where"], re.compile(row["regex"]), tuple(row["examples"]))
        for row in rows["furniture"]
    )


def is_furniture(line: str) -> bool:
    """Tell whether a whole line or sentence is a share bar, credit, caption, link, date line or the like."""
    line = line.strip().strip("*_#•").strip()
    # The longest pattern spans a caption of 320 characters; a longer line is a paragraph of the report.
    if is_teaser(line):
        return True
    return bool(line) and len(line) <= 400 and any(row.regex.fullmatch(line) for row in furniture_patterns())


def cut_edges(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """Give the furniture at the two edges of a paragraph, and the span that is left between."""
    found: list[tuple[int, int]] = []
    rows = [row.regex for row in furniture_patterns() if row.where == "edge"]
    while start < end:
        hit = next((match for row in rows if (match := row.match(text, start, min(end, start + 300)))), None)
        if hit is None or hit.end() <= start:
            break
        found.append((start, hit.end()))
        start = _skip_space(text, hit.end(), end)
    low = max(start, end - 300)
    while low < end:
        hit = next((match for row in rows if (match := _last(row, text, low, end))), None)
        if hit is None:
            break
        found.append((hit.start(), end))
        end = hit.start()
        while start < end and text[end - 1].isspace():
            end -= 1
    return found, (start, end)


def _last(row: re.Pattern[str], text: str, low: int, end: int) -> re.Match[str] | None:
    for match in row.finditer(text, low, end):
        if match.end() == end and match.start() < end and (match.start() == low or text[match.start() - 1].isspace()):
            return match
    return None


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


LINE = re.compile(r"[^\n]+")


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the span of each paragraph: a line, or several lines where the text was wrapped by hand.

    A line break inside a sentence (the line ends without a stop and the next begins in lower case) does not end a
    paragraph; nor does any single break in a text most of whose lines break that way.
    """
    lines = [(m.start(), m.end()) for m in LINE.finditer(text) if m.group().strip()]
    soft = [_breaks_inside(text, left, right) for left, right in pairwise(lines)]
    wrapped = len(lines) >= 4 and sum(soft) * 3 >= len(lines)
    start: int | None = None
    for number, (left, right) in enumerate(lines):
        start = left if start is None else start
        if number + 1 < len(lines):
            follower = lines[number + 1]
            single = text.count("\n", right, follower[0]) == 1
            if single and (soft[number] or (wrapped and number > 0 and right - left >= 50)):
                continue
        yield start, right
        start = None


def _breaks_inside(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    before, after = text[left[0] : left[1]].rstrip(), text[right[0] : right[1]].lstrip()
    if text.count("\n", left[1], right[0]) > 1 or len(before) < 40:
        return False
    return before[-1] not in '.!?…:;"”’)]' and after[:1].islower()
