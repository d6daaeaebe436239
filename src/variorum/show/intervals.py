"""Two or more ranges under each other on one axis, so that the eye sees where they overlap; and the same as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.show.labels import text_width
from variorum.show.svg import element, picture, words

ROW, BAR, FOOT, TEXT = 15.0, 5.0, 16.0, 10.0
SETTLED_INK, OTHER_INK = "#1f4e79", "#b3261e"


@dataclass(frozen=True, slots=True)
class Interval:
    """One value that somebody gave: from low to high in the chart's unit."""

    label: str  # for people: "500–670 km"
    low: float
    high: float | None  # None is open above
    reports: str = ""  # who gave it, for the rows
    settled: bool = True  # False: it stands against the settled value

    @property
    def top(self) -> float:
        """The upper end, or the lower one where it is open."""
        return self.low if self.high is None else self.high


INTERVAL_HEADS = ("value", "from", "to", "reports")


def interval_rows(intervals: Sequence[Interval]) -> list[tuple[str, ...]]:
    """Give the chart as a table under INTERVAL_HEADS, in the order given."""
    return [(i.label, f"{i.low:g}", "open" if i.high is None else f"{i.high:g}", i.reports) for i in intervals]


def draw_intervals(intervals: Sequence[Interval], width: float = 120.0, unit: str = "", labels: bool = False) -> str:
    """Draw the bars with the least and the greatest number under them; `labels` writes each value beside its bar."""
    if not intervals:
        return ""
    low, high = min(i.low for i in intervals), max(i.top for i in intervals)
    span = (high - low) or abs(high) or 1.0
    room = 10 + max(text_width(i.label, TEXT) for i in intervals) if labels else 0.0
    height, wide = ROW * len(intervals) + FOOT, width - room - 24
    if high == low:
        low -= span / 2
    parts = []
    for row, interval in enumerate(intervals):
        x, y = 12 + wide * (interval.low - low) / span, ROW * row + ROW / 2
        long = max(2.0, wide * (interval.top - interval.low) / span)
        ink = SETTLED_INK if interval.settled else OTHER_INK
        # Not by colour alone: a value against the settled one has a dashed edge and no fill.
        look = {"fill": ink} if interval.settled else {"fill": "#fff", "stroke": ink, "stroke_dasharray": "4 2"}
        name = "chart-bar" if interval.settled else "chart-bar chart-against"
        parts.append(element("rect", cls=name, x=x, y=y - BAR / 2, width=long, height=BAR, **look))
        if interval.high is None:
            arrow = f"M{x + long + 2:.1f} {y - 4:.1f}l5 4l-5 4"
            parts.append(element("path", cls="chart-open", d=arrow, fill="none", stroke=ink, stroke_width=1.4))
        if labels:
            text = {"x": width - room + 6, "y": y + 3.5, "font_size": TEXT, "fill": "#222"}
            parts.append(element("text", words(interval.label), cls="chart-label", **text))
    parts += _ends(min(i.low for i in intervals), high, (12.0, 12.0 + wide), height - 4, unit)
    title = "; ".join(i.label for i in intervals)
    return picture("intervals", "".join(parts), (width, height), (title, ""))


def _ends(low: float, high: float, edges: tuple[float, float], y: float, unit: str) -> list[str]:
    look = {"y": y, "font_size": TEXT, "fill": "#555", "cls": "chart-tick"}
    least, most = f"{low:g}", f"{high:g}{' ' + unit if unit else ''}"
    if low == high:
        return [element("text", words(most), x=sum(edges) / 2, text_anchor="middle", **look)]
    taken = text_width(least, TEXT) + text_width(most, TEXT)
    first = element("text", words(least), x=max(0.0, edges[0] - 10), **look)
    last = element("text", words(most), x=edges[1] + 10, text_anchor="end", **look)
    return [first, last] if taken < edges[1] - edges[0] + 14 else [last]
