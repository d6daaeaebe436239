"""Draws how time and memory grow with the number of articles: two charts side by side, both axes in logarithms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from variorum.show.svg import element, picture, words

Curve = Mapping[int, float]  # articles -> seconds of work, or MB
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 380, 300, 66, 40, 44, 18
COLOURS = {"reading": "#1f6f8b", "resolving": "#b4531a"}
UNITS = {"time": "seconds of work, all processes", "memory": "MB, peak of the main process"}


def draw(time: Mapping[str, Curve], memory: Mapping[str, Curve]) -> str:
    """Give the picture as SVG; each mapping leads from "reading" and "resolving" to a curve."""
    inside = _chart(time, UNITS["time"], 0) + _chart(memory, UNITS["memory"], WIDTH)
    said = "; ".join(
        f"{name}, {unit}: " + ", ".join(f"{size:,} articles {value:,.0f}" for size, value in sorted(curve.items()))
        for unit, curves in ((UNITS["time"], time), (UNITS["memory"], memory))
        for name, curve in curves.items()
    )
    ground = element("rect", width=2 * WIDTH, height=HEIGHT, fill="#fff")
    return picture("growth", ground + inside, (2 * WIDTH, HEIGHT), ("Growth of time and memory", said)) + "\n"


def write(path: Path, time: Mapping[str, Curve], memory: Mapping[str, Curve]) -> None:
    """Write the picture to a file."""
    path.write_text(draw(time, memory), encoding="utf-8")


def _chart(curves: Mapping[str, Curve], unit: str, left: float) -> str:
    sizes = sorted({size for curve in curves.values() for size in curve})
    values = [value for curve in curves.values() for value in curve.values()]
    low_x, high_x = math.log10(sizes[0]), math.log10(sizes[-1])
    low_y, high_y = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))

    def x(size: float) -> float:
        return left + LEFT + (math.log10(size) - low_x) / ((high_x - low_x) or 1) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high_y - math.log10(value)) / ((high_y - low_y) or 1) * (HEIGHT - TOP - BOTTOM)

    parts = [element("text", words(unit), x=left + LEFT, y=TOP - 18, font_size=12, fill="#222")]
    for power in range(low_y, high_y + 1):
        parts.append(_line((x(sizes[0]), y(10**power)), (x(sizes[-1]), y(10**power)), "#ddd"))
        at = {"x": left + LEFT - 8, "y": y(10**power) + 4}
        parts.append(element("text", f"{10**power:,}", **at, font_size=11, fill="#444", text_anchor="end"))
    for size in sizes:
        parts.append(_line((x(size), y(10**low_y)), (x(size), y(10**high_y)), "#eee"))
        at = {"x": x(size), "y": HEIGHT - BOTTOM + 18}
        parts.append(element("text", f"{size:,}", **at, font_size=11, fill="#444", text_anchor="middle"))
    parts.append(_text("articles", left + (WIDTH + LEFT - RIGHT) / 2, HEIGHT - 8, "#444"))
    for name, curve in curves.items():
        points = [(x(size), y(value)) for size, value in sorted(curve.items())]
        first, last = min(curve), max(curve)
        within = min(last, first * 10**high_y / curve[first])  # where a straight line leaves the chart
        straight = [(x(size), y(curve[first] * size / first)) for size in (first, within)]
        parts.append(_line(*straight, COLOURS[name], stroke_dasharray="3 3", stroke_opacity="0.5"))
        parts += [_line(one, other, COLOURS[name], stroke_width=2) for one, other in pairwise(points)]
        parts += [element("circle", cx=at[0], cy=at[1], r=3.5, fill=COLOURS[name]) for at in points]
        parts.append(_text(name, points[-1][0] - 4, points[-1][1] - 9, COLOURS[name], anchor="end"))
    return "".join(parts)


def _text(said: str, x: float, y: float, fill: str, *, anchor: str = "middle") -> str:
    return element("text", words(said), x=x, y=y, font_size=12, fill=fill, text_anchor=anchor)


def _line(start: Sequence[float], end: Sequence[float], stroke: str, **look: object) -> str:
    return element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=stroke, **look)
