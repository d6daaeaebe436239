"""When events happened, on one strip: a mark for each of a few, counts by day, week, month or year for many.

Invariant: how exact a date is shows in its form, not in a colour: a dot is a day, a bar a range of days, a bar with
fading ends is "about", a hollow bar is a month or a year. An event without a date is listed beside the strip.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from variorum.show.axis import MONTHS, time_ticks
from variorum.show.labels import Box, Sheet, around, text_width
from variorum.show.svg import element, picture, words

Unit = Literal["day", "week", "month", "year"]
Exactness = Literal["day", "range", "about", "month", "year"]
INK, TEXT, SIDE, FOOT = "#b3261e", 11.0, 18.0, 26.0
SINGLY = 60  # more events than this are counted
BINS = 120
FADES = (0.08, 0.2, 0.38)  # opacity of the ends of a bar that is about right


@dataclass(frozen=True, slots=True)
class Moment:
    """When one event happened."""

    number: str  # its number in the list
    label: str  # its title, from reports: may be anything
    first: date
    last: date  # the same day where it is exact
    exactness: Exactness = "day"
    lineages: int = 1
    href: str = ""  # within the same site; "" for nowhere


def exactness(value: str, first: date, last: date) -> Exactness:
    """Say in which form a date is drawn: a month and a year are hollow, one that is only bounded has fading ends."""
    if first == last:
        return "day"
    if ";after=" in value:
        return "about"
    if re.fullmatch(r"\d{4}", value):
        return "year"
    return "month" if re.fullmatch(r"\d{4}-\d\d", value) else "range"


TIMELINE_HEADS = ("number", "event", "from", "to", "how exact", "lineages")


def timeline_rows(moments: Sequence[Moment]) -> list[tuple[str, ...]]:
    """Give the strip as a table under TIMELINE_HEADS, earliest first."""
    ordered = sorted(moments, key=lambda m: (m.first, m.last, m.number))
    return [(m.number, m.label, m.first.isoformat(), m.last.isoformat(), m.exactness, str(m.lineages)) for m in ordered]


Link = Callable[[date, date], str]  # the address that shows only what lies between two days, both included


def draw_timeline(
    moments: Sequence[Moment], width: float = 1040.0, height: float = 92.0, title: str = "", link: Link | None = None
) -> str:
    """Draw the strip; "" where no event has a date. With `link`, each count leads to its days.

    The element says in `data-first`, `data-last`, `data-left` and `data-right` which moments lie where in it.
    """
    if not moments:
        return ""
    scale = _Scale.of(moments, width, height)
    many = len(moments) > SINGLY
    body = _bins(moments, scale, link) if many else _marks(moments, scale)
    name = title or "When the events happened"
    desc = f"{len(moments)} events, {min(m.first for m in moments)} to {max(m.last for m in moments)}"
    linked = link is not None if many else any(m.href for m in moments)
    return picture(
        "timeline",
        scale.draw() + body,
        (width, height),
        (name, desc),
        role="group" if linked else "img",
        data_first=scale.first.isoformat(timespec="minutes"),
        data_last=scale.last.isoformat(timespec="minutes"),
        data_left=SIDE,
        data_right=width - SIDE,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime
    last: datetime
    width: float
    height: float

    @classmethod
    def of(cls, moments: Sequence[Moment], width: float, height: float) -> _Scale:
        first = datetime.combine(min(m.first for m in moments), datetime.min.time())
        last = datetime.combine(max(m.last for m in moments), datetime.min.time()) + timedelta(hours=23, minutes=59)
        slack = max((last - first) * 0.02, timedelta(days=1))
        return cls(_earlier(first, slack), _later(last, slack), width, height)

    @property
    def base(self) -> float:
        return self.height - FOOT

    def x(self, day: date, hours: float = 0.0) -> float:
        moment = _later(datetime.combine(day, datetime.min.time()), timedelta(hours=hours))
        return SIDE + (self.width - 2 * SIDE) * ((moment - self.first) / (self.last - self.first))

    def draw(self) -> str:
        look = {"x1": SIDE, "x2": self.width - SIDE, "y1": self.base, "y2": self.base, "stroke": "#8a8678"}
        parts = [element("line", cls="chart-axis", **look)]
        for moment, label in time_ticks(self.first, self.last, self.width / 85):
            if moment.hour:
                continue
            x = self.x(moment.date())
            parts.append(
                element("line", cls="chart-tick-mark", x1=x, x2=x, y1=self.base, y2=self.base + 6, stroke="#8a8678")
            )
            half = text_width(label, TEXT) / 2
            at = min(max(x, half + 2), self.width - half - 2)
            text = {"x": at, "y": self.base + 19, "text_anchor": "middle", "font_size": TEXT, "fill": "#666"}
            parts.append(element("text", words(label), cls="chart-tick", **text))
        return "".join(parts)


def _earlier(moment: datetime, by: timedelta) -> datetime:
    return moment - by if moment - datetime.min > by else datetime.min


def _later(moment: datetime, by: timedelta) -> datetime:
    return moment + by if datetime.max - moment > by else datetime.max


def _marks(moments: Sequence[Moment], scale: _Scale) -> str:
    """Draw each event in the lowest lane that is free at its time."""
    sheet, parts = Sheet(scale.width, scale.height), []
    lanes: list[list[tuple[float, float]]] = [[] for _ in range(max(1, int((scale.base - 14) // 14)))]
    drawn = []
    for moment in sorted(moments, key=lambda m: (m.first, m.last, m.number)):
        left, right = _span(moment, scale)
        free = next((i for i, taken in enumerate(lanes) if all(right + 2 < a or left - 2 > b for a, b in taken)), None)
        lane = len(lanes) - 1 if free is None else free
        lanes[lane].append((left, right))
        y = scale.base - 10 - 14 * lane
        sheet.reserve(Box(left, y - 5, right, y + 5))
        drawn.append((moment, left, right, y))
    for moment, left, right, y in drawn:
        parts.append(_mark(moment, (left, right, y)))
        text = f"{moment.number} · {moment.first.day} {MONTHS[moment.first.month - 1]}" if moment.number else ""
        if moment.exactness in ("month", "year"):
            text = f"{moment.number} · {_month_words(moment)}" if moment.number else ""
        for words_ in filter(None, (text, moment.number)):
            size = text_width(words_, TEXT), TEXT * 1.25
            half = (right - left) / 2 if right - left < 30 else 6.0
            above = list(around((left + right) / 2, y, half, size, TEXT))
            place = sheet.place([above[2], above[0], above[1]] if right - left < 30 else [above[2]])
            if place is not None:
                look = {"x": place.x, "y": place.y, "text_anchor": place.anchor, "font_size": TEXT, "fill": "#222"}
                parts.append(element("text", words(words_), cls="chart-label", **look))
                break
    return "".join(parts)


def _month_words(moment: Moment) -> str:
    return (
        str(moment.first.year)
        if moment.exactness == "year"
        else f"{MONTHS[moment.first.month - 1]} {moment.first.year}"
    )


def _span(moment: Moment, scale: _Scale) -> tuple[float, float]:
    if moment.exactness == "day" and moment.first == moment.last:
        x, radius = scale.x(moment.first, 12), dot_radius(moment.lineages)
        return x - radius, x + radius
    left, right = scale.x(moment.first), scale.x(moment.last, 24)
    short = max(0.0, 8.0 - (right - left)) / 2
    return left - short, right + short


def dot_radius(lineages: int) -> float:
    """Give the radius of a dot in pixels by the number of independent texts; its area grows with them, to nine."""
    return 3.0 + 1.2 * math.sqrt(min(9, max(1, lineages)))


def _mark(moment: Moment, place: tuple[float, float, float]) -> str:
    left, right, y = place
    single = moment.lineages < 2
    name = f"{moment.number} {moment.label} ({moment.first} to {moment.last})"
    title = element("title", words(name))
    if moment.exactness == "day" and moment.first == moment.last:
        look = {"fill": "#fff" if single else INK, "stroke": INK, "stroke_width": 1.4}
        shape = element("circle", cls="chart-dot", cx=(left + right) / 2, cy=y, r=(right - left) / 2, **look)
    elif moment.exactness in ("month", "year"):
        box = {"x": left, "y": y - 4, "width": right - left, "height": 8.0, "rx": 2.0}
        shape = element("rect", cls="chart-hollow", fill="none", stroke=INK, stroke_width=1.3, **box)
    elif moment.exactness == "about":
        shape = _faded(left, right, y)
    else:
        box = {"x": left, "y": y - 3.5, "width": right - left, "height": 7.0, "rx": 2.0}
        shape = element("rect", cls="chart-bar", fill=INK, fill_opacity="0.75", **box)
    group = element("g", title + shape, cls=f"chart-moment chart-{moment.exactness}")
    return element("a", group, href=moment.href, cls="chart-link", aria_label=name) if moment.href else group


def _faded(left: float, right: float, y: float) -> str:
    """Draw a bar whose ends fade in steps: a gradient would need a reference by address."""
    part = min(5.0, (right - left) / 9)
    parts = []
    for i, opacity in enumerate(FADES):
        for x in (left + i * part, right - (i + 1) * part):
            look = {"x": x, "y": y - 3.5, "width": part, "height": 7.0, "fill": INK, "fill_opacity": f"{opacity:g}"}
            parts.append(element("rect", cls="chart-fade", **look))
    inner = part * len(FADES)
    core = {"x": left + inner, "y": y - 3.5, "width": max(0.5, right - left - 2 * inner), "height": 7.0}
    return "".join(parts) + element("rect", cls="chart-bar", fill=INK, fill_opacity="0.75", **core)


def _bins(moments: Sequence[Moment], scale: _Scale, link: Link | None) -> str:
    """Draw counts; an event counts at the middle of its time."""
    unit, bins = count_moments(moments)
    most = max(count for _, _, count in bins)
    tall = scale.base - 20
    parts = []
    for start, end, count in bins:
        left, right = scale.x(start), scale.x(end, 24)
        gap = 1.0 if right - left > 3 else 0.0
        high = max(1.5, tall * count / most)
        said = f"{bin_words(start, unit)}: {count} {'event' if count == 1 else 'events'}"
        box = {"x": left, "y": scale.base - high, "width": max(0.8, right - left - gap), "height": high}
        bar = element("rect", element("title", said), cls="chart-bin", fill=INK, fill_opacity="0.75", **box)
        parts.append(element("a", bar, href=link(start, end), cls="chart-link", aria_label=said) if link else bar)
    note = f"{len(moments):,} events by {unit}; the highest bar is {most:,}"
    text = {"x": SIDE, "y": 12.0, "font_size": TEXT, "fill": "#555"}
    return "".join(parts) + element("text", words(note), cls="chart-label", **text)


def count_moments(moments: Sequence[Moment]) -> tuple[Unit, list[tuple[date, date, int]]]:
    """Give the counts by day, week, month or year: first day, last day, events; those without any are left out."""
    first, last = min(m.first for m in moments), max(m.last for m in moments)
    unit = _unit((last - first).days)
    counts = Counter(_bin_of(m.first + (m.last - m.first) / 2, unit) for m in moments)
    return unit, [(start, _bin_after(start, unit) - timedelta(days=1), counts[start]) for start in sorted(counts)]


def _unit(days: int) -> Unit:
    sizes: tuple[tuple[Unit, float], ...] = (("day", 1), ("week", 7), ("month", 30.4))
    return next((unit for unit, size in sizes if days / size <= BINS), "year")


def _bin_of(day: date, unit: Unit) -> date:
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), (day - date.min).days))
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1) if unit == "year" else day


def _bin_after(day: date, unit: Unit) -> date:
    if unit in ("day", "week"):
        return day + min(timedelta(days=1 if unit == "day" else 7), date.max - day)
    months = day.year * 12 + day.month - 1 + (1 if unit == "month" else 12)
    return date(months // 12, months % 12 + 1, 1) if months // 12 <= date.max.year else date.max


def bin_words(start: date, unit: Unit) -> str:
    """Name a day, week, month or year by its first day."""
    if unit == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    return str(start.year) if unit == "year" else f"week of {start}" if unit == "week" else start.isoformat()
