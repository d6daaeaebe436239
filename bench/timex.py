"""Time expressions: span and value F1 of dates, times of day and durations, against TIMEX annotations.

The coded sets also mark what this project does not read as a time ("now", "recently", "daily", "the third quarter"):
those count as missed. Values are compared after both are written in one form.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from variorum.model import Found
from variorum.values.calendar import MONTH_NAMES
from variorum.values.date import anchor_to_story, find_dates, find_times
from variorum.values.quantity import find_quantities

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "noon": "12:00"}
DURATIONS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
    "decade": "E",
}
_TAG = re.compile(r"<(/?)(TIMEX[23])([^>]*)>|<[^>]+>")


@dataclass(frozen=True)
class Span:
    """One time expression with its value in the coded sets' notation."""

    start: int
    end: int
    value: str


@dataclass(frozen=True)
class Coded:
    """One text with its day of publication and what people coded in it."""

    text: str
    published: str
    spans: tuple[Span, ...]


def read_coded(path: Path) -> Coded:
    """Read one annotated file: the plain text of its body with the coded spans."""
    raw = path.read_text(encoding="utf-8", errors="replace")
    head = re.search(r'<(?:DCT|DATETIME)>.*?(?:value|val)="(\d{4}-\d\d-\d\d)', raw, re.DOTALL)
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.DOTALL)
    pieces: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, str]] = []
    length = position = 0
    source = body[1] if body else ""
    for tag in _TAG.finditer(source):
        piece = html.unescape(source[position : tag.start()])
        pieces.append(piece)
        length += len(piece)
        position = tag.end()
        if tag[2] is None:
            continue
        if tag[1]:
            start, value = opened.pop()
            spans.append(Span(start, length, value))
        else:
            value = re.search(r'\bval(?:ue)?="([^"]*)"', tag[3] or "")
            opened.append((length, value[1] if value else ""))
    pieces.append(html.unescape(source[position:]))
    return Coded("".join(pieces), head[1] if head else "", tuple(sorted(spans, key=lambda one: one.start)))


def plain(value: str) -> str:
    """Write a coded value in one form: no zero before a week, no clock seconds, no zone, a decade as three digits."""
    value = re.sub(r"(\d{4}-W)0(\d)", r"\1\2", value).removesuffix("Z").removesuffix("X")
    value = {"PT24H": "P1D", "P24M": "P2Y", "P12M": "P1Y"}.get(value, value)
    return re.sub(r"(T\d\d:\d\d):00$", r"\1", value)


def date_value(found: Found, published: str) -> str:
    """Write a date that was found as the coded sets write it."""
    relative, raw = found.extra.get("relative", found.value), found.raw.lower()
    past = re.fullmatch(r"rel:-(\d+)([dwmy])/rel:0d", relative)
    if past and "overnight" not in raw:
        return f"P{past[1]}{past[2].upper()}"
    first, _, last = found.value.partition("/")
    if re.match(r"rel:[+-]?\d+w", relative) and len(first) == 10:
        year, week, _ = date.fromisoformat(first).isocalendar()
        return f"{year}-W{week}"
    if "weekend" in raw and len(first) == 10:
        year, week, _ = date.fromisoformat(first).isocalendar()
        return f"{year}-W{week}-WE"
    for word, code in SEASONS.items():
        if last and word in raw:
            return f"{first[:4]}-{code}"
    if last and raw.endswith("0s"):
        return first[:3]
    if last and re.search(r"half|quarter", raw):
        half, number = "half" in raw, int(first[5:7])
        return f"{first[:4]}-{'H' if half else 'Q'}{(number - 1) // (6 if half else 3) + 1}"
    if last and len(first) == 10 and first[:7] == last[:7] and re.search(r"early|mid|late|beginning|start|end", raw):
        return first[:7]
    if last and len(first) == 7 and first[:4] == last[:4]:
        return first[:4]
    value = first
    part = re.search(r"(morning|afternoon|evening|night)", raw)
    if part and len(value) == 10:
        value += f"T{DAY_PARTS[part[1]]}"
    return value


def duration_value(found: Found) -> str | None:
    """Write a duration that was found as the coded sets write it; None for other quantities."""
    number, _, unit = found.value.rpartition(" ")
    if unit not in DURATIONS or "century" in unit:
        return None
    figure = "X" if number.endswith("..") and "several" in found.raw + "few" else number.strip("~.").split("..")[-1]
    if re.search(r"several|few|dozens|hundreds|thousands", found.raw.lower()):
        figure = "X"
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{figure}{DURATIONS[unit]}"


def read_own(coded: Coded, *, story: bool) -> list[Span]:
    """Read a text with the project's own readers; in a history, year-less dates lean on the dates before them."""
    dates = find_dates(coded.text, None if story else coded.published)
    if story:
        dates = anchor_to_story(dates, coded.published)
    spans = [Span(one.start, one.end, date_value(one, coded.published)) for one in dates]
    for found in find_quantities(coded.text):
        value = duration_value(found)
        if value is not None:
            spans.append(Span(found.start, found.end, value))
    for found in find_times(coded.text):
        clock = re.fullmatch(r"~?(\d\d:\d\d)", found.value)
        if clock:
            spans.append(Span(found.start, found.end, f"{coded.published}T{clock[1]}"))
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


_MONTH = "|".join(MONTH_NAMES)
_BASE = re.compile(
    rf"(?:(?P<d>\d{{1,2}}) (?P<m>{_MONTH})|(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})),? (?P<y>\d{{4}})"
    rf"|(?P<m3>{_MONTH}) (?P<y3>\d{{4}})|\b(?P<y4>(?:1[5-9]|20)\d\d)\b"
)


def read_baseline(coded: Coded) -> list[Span]:
    """Read only dates written out with their year."""
    spans = []
    for match in _BASE.finditer(coded.text):
        month = match["m"] or match["m2"] or match["m3"]
        value = match["y"] or match["y3"] or match["y4"]
        if month:
            value += f"-{MONTH_NAMES.index(month) + 1:02d}"
        day = match["d"] or match["d2"]
        spans.append(Span(match.start(), match.end(), f"{value}-{int(day):02d}" if day else value))
    return spans


def measure(texts: Iterable[Coded], reader: Callable[[Coded], list[Span]]) -> dict[str, float]:
    """Give F1 of exact spans, of overlapping spans, and of overlapping spans with the right value."""
    exact = loose = right = found = coded = 0
    for text in texts:
        own, left = reader(text), list(text.spans)
        found, coded = found + len(own), coded + len(left)
        for span in own:
            hit = next((one for one in left if one.start < span.end and span.start < one.end), None)
            if hit is None:
                continue
            left.remove(hit)
            loose += 1
            exact += (hit.start, hit.end) == (span.start, span.end)
            right += plain(hit.value) == plain(span.value)
    total = found + coded
    return {
        "span_f1": 2 * loose / total if total else 0.0,
        "strict_span_f1": 2 * exact / total if total else 0.0,
        "value_f1": 2 * right / total if total else 0.0,
        "precision": loose / found if found else 0.0,
        "recall": loose / coded if coded else 0.0,
    }


def read_set(data: Path, task: str) -> list[Coded]:
    """Read every annotated file of a set."""
    name = "wikiwars" if "wikiwars" in task else "tempeval3"
    folder = data / name if (data / name).is_dir() else data
    pattern = "*.key.xml" if name == "wikiwars" else "*.tml"
    return [read_coded(path) for path in sorted(folder.rglob(pattern)) if "testpipeline" not in path.parts]


def run(data: Path, task: str = "time-tempeval") -> dict[str, Any]:
    """Measure one set; the baseline reads only dates written out with their year."""
    texts = read_set(data, task)
    story = "wikiwars" in task
    return {
        "task": task,
        "n": sum(len(text.spans) for text in texts),
        "metrics": measure(texts, lambda text: read_own(text, story=story)),
        "baseline": measure(texts, read_baseline),
    }
