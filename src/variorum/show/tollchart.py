"""The toll over time: what was said when, and what took it back; as an SVG fragment and as rows.

Invariant: x is the time of publication, never of the event; every figure carries the name of the report that gave it; a
copy is a hollow dot and moves no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from variorum.show.axis import nice_steps, time_ticks
from variorum.show.labels import Box, Sheet, around, text_width
from variorum.show.svg import HALO, element, picture, words

INK, BAND = "#b3261e", "0.18"
LEFT, RIGHT, TOP, FOOT = 44.0, 16.0, 22.0, 30.0
TEXT = 11.0
CLEAR = 1.5  # pixels that words keep from the middle of a line


@dataclass(frozen=True, slots=True)
class TollPoint:
    """One figure of one report."""

    at: datetime  # when the report was published
    low: int  # people; the least that was said
    high: int | None  # the most; None is "at least low"
    report: str  # name of the report, as in the rest of the page
    copy_of: str = ""  # the report it was copied from; "" for a figure of its own
    revises: str = ""  # the earlier report of the same source that it takes back
    said_by: str = ""

    @property
    def figure(self) -> str:
        """The figure for people: 3, 9–11, at least 12."""
        if self.high is None:
            return f"at least {self.low}"
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


TOLL_HEADS = ("published", "figure", "report", "said by", "note")


def toll_rows(points: Iterable[TollPoint]) -> list[tuple[str, ...]]:
    """Give the chart as a table under TOLL_HEADS, in the order of publication."""
    rows: list[tuple[str, ...]] = []
    for point in _ordered(points):
        note = f"copy of {point.copy_of}" if point.copy_of else f"revises {point.revises}" if point.revises else ""
        rows.append((f"{point.at:%Y-%m-%d %H:%M}", point.figure, point.report, point.said_by, note))
    return rows


def _ordered(points: Iterable[TollPoint]) -> list[TollPoint]:
    return sorted(points, key=lambda p: (p.at, bool(p.copy_of), p.report))


def draw_toll(points: Sequence[TollPoint], width: float = 680.0, height: float = 200.0, title: str = "") -> str:
    """Draw the toll of one event over the time of publication; "" where there is no figure."""
    if not points:
        return ""
    ordered = _ordered(points)
    axes = _Axes.of(ordered, width, height)
    sheet = Sheet(width, height, [Box(0, 0, LEFT - 4, height), Box(0, height - FOOT + 3, width, height)])
    own = [point for point in ordered if not point.copy_of]
    ends = [*(point.at for point in own[1:]), axes.last]  # a figure stands until the next; the last runs to the edge
    bands = "".join(_band(point, end, axes) for point, end in zip(own, ends))
    drops = "".join(_drop(before, after, axes) for before, after in pairwise(own))
    for point in ordered:
        x, y = axes.at(point)
        sheet.reserve(Box(x - 4.5, y - 4.5, x + 4.5, y + 4.5))
    for line in (*_line_boxes(own, ends, axes), *_drop_boxes(own, axes)):
        sheet.reserve(line)
    dots = "".join(_dot(point, axes) for point in ordered)
    names = "".join(_name(point, axes, sheet) for point in [*reversed(own), *(p for p in ordered if p.copy_of)])
    said = "; ".join(", ".join(filter(None, row)) for row in toll_rows(points)[:30])
    drawn = axes.draw() + bands + drops + dots + names
    return picture("toll", drawn, (width, height), (title or "Toll reported over time", said))


@dataclass(frozen=True, slots=True)
class _Axes:
    first: datetime
    last: datetime
    top: int  # people at the upper edge
    step: int
    width: float
    height: float

    @classmethod
    def of(cls, points: Sequence[TollPoint], width: float, height: float) -> _Axes:
        first, last = points[0].at, points[-1].at
        span = max(last - first, timedelta(hours=12))
        most = max(point.low if point.high is None else point.high for point in points)
        step, top = nice_steps(most, 4)
        return cls(first - span * 0.08, last + span * 0.14, top, step, width, height)

    def x(self, moment: datetime) -> float:
        return LEFT + (self.width - LEFT - RIGHT) * ((moment - self.first) / (self.last - self.first))

    def y(self, people: float) -> float:
        return self.height - FOOT - (self.height - FOOT - TOP) * people / self.top

    def at(self, point: TollPoint) -> tuple[float, float]:
        return self.x(point.at), self.y((point.low + (point.low if point.high is None else point.high)) / 2)

    def draw(self) -> str:
        parts = []
        for people in range(0, self.top + 1, self.step):
            y = self.y(people)
            look = {"x1": LEFT, "x2": self.width - RIGHT, "y1": y, "y2": y, "stroke": "#d9d5c8"}
            parts.append(element("line", cls="chart-grid", **look))
            text = {"x": LEFT - 7, "y": y + 4, "text_anchor": "end", "font_size": TEXT, "fill": "#666"}
            parts.append(element("text", str(people), cls="chart-tick", **text))
        base = self.height - FOOT
        for moment, label in time_ticks(self.first, self.last, (self.width - LEFT - RIGHT) / 70):
            x = self.x(moment)
            parts.append(element("line", cls="chart-tick-mark", x1=x, x2=x, y1=base, y2=base + 5, stroke="#8a8678"))
            text = {"x": x, "y": base + 18, "text_anchor": "middle", "font_size": TEXT, "fill": "#666"}
            parts.append(element("text", words(label), cls="chart-tick", **text))
        return "".join(parts)


def _band(point: TollPoint, end: datetime, axes: _Axes) -> str:
    left, right = axes.x(point.at), axes.x(end)
    high = point.low if point.high is None else point.high
    y_high, y_low = axes.y(high), axes.y(point.low)
    parts = ""
    if y_low - y_high > 1:
        box = {"x": left, "y": y_high, "width": max(0.5, right - left), "height": y_low - y_high}
        parts += element("rect", cls="chart-band", fill=INK, fill_opacity=BAND, **box)
    y = (y_high + y_low) / 2
    parts += element("line", cls="chart-line", x1=left, x2=right, y1=y, y2=y, stroke=INK, stroke_width=2.0)
    if point.high is None:  # open above: an arrow says that it may be more
        x = (left + right) / 2
        arrow = f"M{x:.1f} {y:.1f}v-11m-3.5 4l3.5 -4l3.5 4"
        parts += element("path", cls="chart-open", d=arrow, fill="none", stroke=INK, stroke_width=1.3)
    return parts


def _line_boxes(own: Sequence[TollPoint], ends: Sequence[datetime], axes: _Axes) -> list[Box]:
    """Give what the lines of figures take, with the arrows of those that are open above."""
    boxes = []
    for point, end in zip(own, ends):
        left, right, y = axes.x(point.at), axes.x(end), axes.at(point)[1]
        boxes.append(Box(left, y - CLEAR, right, y + CLEAR))
        if point.high is None:
            boxes.append(Box((left + right) / 2 - 5, y - 13, (left + right) / 2 + 5, y))
    return boxes


def _drop_boxes(own: Sequence[TollPoint], axes: _Axes) -> list[Box]:
    """Give what the upright lines from figure to figure take."""
    boxes = []
    for before, after in pairwise(own):
        (x, low), high = axes.at(after), axes.at(before)[1]
        boxes.append(Box(x - CLEAR, min(low, high), x + CLEAR, max(low, high)))
    return boxes


def _drop(before: TollPoint, after: TollPoint, axes: _Axes) -> str:
    x, y_after = axes.at(after)
    y_before = axes.at(before)[1]
    name = "chart-line chart-revision" if after.revises else "chart-line chart-step"
    dash = "3 3" if after.revises or after.low < before.low else "1 3"
    look = {"x1": x, "x2": x, "y1": y_before, "y2": y_after, "stroke": INK, "stroke_width": 1.3}
    return element("line", cls=name, stroke_dasharray=dash, **look)


def _dot(point: TollPoint, axes: _Axes) -> str:
    x, y = axes.at(point)
    name = "chart-dot chart-copy" if point.copy_of else "chart-dot"
    return element(
        "circle", cls=name, cx=x, cy=y, r=4.2, fill="#fff" if point.copy_of else INK, stroke=INK, stroke_width=1.4
    )


def _name(point: TollPoint, axes: _Axes, sheet: Sheet) -> str:
    sign = "↻ " if point.revises else ""
    figure, report = (sign + point.figure) if not point.copy_of else "", point.report
    text = f"{figure} {report}".strip()
    x, y = axes.at(point)
    half = 0.0 if point.high is None else abs(axes.y(point.high) - axes.y(point.low)) / 2
    size = text_width(text, TEXT), TEXT * 1.3
    aways = 5.0, half + 4.0, half + 18.0
    choices = [c for away in aways for c in list(around(x, y, away, size, TEXT))[4:5]]
    choices += [c for away in aways for c in around(x, y, away, size, TEXT)]
    choices += [c for away in (30.0, 44.0, 60.0) for c in list(around(x, y, half + away, size, TEXT))[2:]]
    place = sheet.place(choices)
    if place is None:
        return ""
    inside = element("tspan", words(figure) + " ", font_weight="600") if figure else ""
    inside += element("tspan", words(report), cls="chart-report", fill="#666")
    look = {"x": place.x, "y": place.y, "text_anchor": place.anchor, "font_size": TEXT, "fill": "#222"}
    return element("text", inside, cls="chart-label chart-halo", **look, **HALO)
