"""Time expressions: span and value F1 of dates, times of day, durations and other words for time, against TIMEX tags.

Values are compared after both are written in one form.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.values.calendar import MONTH_NAMES
from variorum.values.timeline import find_time_expressions

NEWS_KINDS = frozenset({"date", "time", "duration", "set", "reference"})  # what the TIMEX3 guidelines mark
STORY_KINDS = NEWS_KINDS | {"role"}  # those of TIMEX2 mark "former" as well
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


def read_own(coded: Coded, *, story: bool) -> list[Span]:
    """Read a text with the project's own reader; in a history, year-less dates lean on the dates before them."""
    found = find_time_expressions(coded.text, coded.published, story=story)
    kinds = STORY_KINDS if story else NEWS_KINDS
    return [Span(one.start, one.end, one.value) for one in found if one.extra["kind"] in kinds]


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
