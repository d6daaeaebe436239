"""The marks of a map: pins, circles, shaded provinces, the line from where it was fired to where it hit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from variorum.show.clusters import Together, bring_together
from variorum.show.labels import Box, Placed, Sheet, around, text_width
from variorum.show.mapbase import fill_path
from variorum.show.mapframe import circle_points
from variorum.show.outlines import Outlines
from variorum.show.projection import Frame
from variorum.show.spots import Role, Spot
from variorum.show.svg import HALO, element, words

INK = {"target": "#b3261e", "launch": "#1f4e79", "claimed": "#1f4e79", "other": "#4a4a4a"}
LABEL_SIZE = 11.0
LABEL_LETTERS = 44
TRUE_TO_KM = 4000.0  # up to this width a circle is one, within two per cent
STEPS_OUT = 5  # rounds of places around a taken one that a pin may move to


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot on its way onto the map, in pixels."""

    together: Together
    x: float  # the true place, or a point inside the province
    y: float
    radius: float  # of the pin, or of the circle that shows how far it reaches
    pin: tuple[float, float] | None  # where the pin stands; None for circles and provinces
    shape: str = ""  # the `d` of a province
    outline: str = ""  # the `d` of what is round on the globe, where a map is so wide that it bends it

    @property
    def spot(self) -> Spot:
        """What is drawn."""
        return self.together.spot


def lay_out(spots: Sequence[Spot], frame: Frame, outlines: Outlines, sheet: Sheet) -> tuple[list[Mark], list[Spot]]:
    """Give the marks, their pins moved off each other, and the spots that found no room."""
    marks: list[Mark] = []
    crowded: list[Spot] = []
    for together in bring_together(spots, frame):
        spot = together.spot
        shape = fill_path(outlines.area(spot.area, frame.level), frame) if spot.kind == "province" else ""
        x, y = frame.point(spot.lat, spot.lon)
        if shape:
            marks.append(Mark(together, *_inside(spot, frame, outlines, (x, y)), 0.0, None, shape))
        elif spot.kind == "exact":
            pin = _free_place(sheet, x, y, pin_radius(spot))
            if pin is None:
                crowded += together.spots
                continue
            marks.append(Mark(together, x, y, pin_radius(spot), pin))
        else:
            bent = _bent_circle(spot, frame) if frame.width_km > TRUE_TO_KM else ""
            marks.append(Mark(together, x, y, max(2.0, spot.radius_km * frame.scale), None, "", bent))
    return marks, crowded


def _bent_circle(spot: Spot, frame: Frame) -> str:
    return fill_path([circle_points(spot.lat, spot.lon, spot.radius_km)], frame)


def pin_radius(spot: Spot) -> float:
    """Give the radius of a pin in pixels: it grows with the lineages, to twelve; more digits need more room."""
    return min(12.0, 7.5 + 0.9 * (max(1, spot.lineages) - 1)) + (2.0 if len(spot.number) > 2 else 0.0)


def _free_place(sheet: Sheet, x: float, y: float, radius: float) -> tuple[float, float] | None:
    for ring in range(STEPS_OUT):
        turns = 1 if ring == 0 else 6 * ring
        for turn in range(turns):
            angle = 2 * math.pi * turn / turns
            away = ring * 2.1 * radius
            at = x + away * math.sin(angle), y - away * math.cos(angle)
            box = Box(at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
            if sheet.is_free(box):
                sheet.reserve(box)
                return at
    return None


def _inside(spot: Spot, frame: Frame, outlines: Outlines, centre: tuple[float, float]) -> tuple[float, float]:
    """Give a point of the province that is seen: its middle, or the middle of the part of it on the map."""
    if 20 < centre[0] < frame.width - 20 and 20 < centre[1] < frame.height - 20:
        return centre
    rings = [frame.project(ring) for ring in outlines.area(spot.area, frame.level)]
    points = np.concatenate(rings)
    low = np.maximum(points.min(axis=0), 0.0)
    high = np.minimum(points.max(axis=0), [frame.width, frame.height])
    x, y = ((low + high) / 2).tolist()
    return x, y


def draw_areas(marks: Sequence[Mark]) -> str:
    """Give circles and provinces, then the lines to the targets, as SVG elements: they lie under all names."""
    return "".join(_group(mark, _area(mark)) for mark in marks if mark.pin is None) + _paths(marks)


def draw_pins(marks: Sequence[Mark]) -> str:
    """Give the pins as SVG elements, over the lines that lead from their true places: those cross no number."""
    pins = [mark for mark in marks if mark.pin is not None]
    return "".join(_leader(mark) for mark in pins) + "".join(_group(mark, _pin(mark)) for mark in pins)


def _leader(mark: Mark) -> str:
    assert mark.pin is not None
    (x, y), ink = mark.pin, INK[mark.spot.role]
    if math.hypot(x - mark.x, y - mark.y) <= 1:
        return ""
    line = element("path", cls="map-leader", d=f"M{mark.x:.1f} {mark.y:.1f}L{x:.1f} {y:.1f}", stroke=ink)
    return line + element("circle", cls="map-true-place", cx=mark.x, cy=mark.y, r=1.8, fill=ink)


def _group(mark: Mark, inside: str) -> str:
    spot = mark.spot
    title = element("title", words(mark.together.words))
    group = element("g", title + inside, cls=f"map-spot map-role-{spot.role}")
    return element("a", group, href=spot.href, cls="map-link", aria_label=mark.together.words) if spot.href else group


def _area(mark: Mark) -> str:
    ink = INK[mark.spot.role]
    look: dict[str, str | float | None] = {
        "fill": ink, "fill_opacity": "0.14", "stroke": ink, "stroke_width": 1.2, "stroke_dasharray": "5 3",
    }  # fmt: skip
    if mark.shape:
        return element("path", cls="map-area map-province", d=mark.shape, fill_rule="evenodd", **look)
    name = "map-area map-near" if mark.spot.kind == "near" else "map-area"
    if mark.outline:
        return element("path", cls=name, d=mark.outline, **look)
    return element("circle", cls=name, cx=mark.x, cy=mark.y, r=mark.radius, **look)


def _pin(mark: Mark) -> str:
    assert mark.pin is not None
    (x, y), spot = mark.pin, mark.spot
    ink, pale = INK[spot.role], spot.single or spot.role != "target"
    parts = ""
    name = "map-pin" + " map-single" * spot.single + " map-cluster" * mark.together.is_count
    fill, edge = ("#fff", ink) if pale else (ink, "#fff")
    dash = "3 2" if spot.role in ("launch", "claimed") else None
    parts += element(
        "circle", cls=name, cx=x, cy=y, r=mark.radius, fill=fill, stroke=edge, stroke_width=1.5, stroke_dasharray=dash
    )
    if spot.number:
        size = min(11.0, 2.4 * mark.radius / (0.62 * len(spot.number) + 0.5))
        text = {"cls": "map-number", "x": x, "y": y + size * 0.36, "font_size": size, "fill": ink if pale else "#fff"}
        parts += element("text", words(spot.number), text_anchor="middle", font_weight="700", **text)
    return parts


def _paths(marks: Sequence[Mark]) -> str:
    """Draw a dashed line from every place it was fired from to the targets of the same number."""
    parts = []
    for start in (m for m in marks if m.spot.role in ("launch", "claimed")):
        for end in (
            m for m in marks if m.spot.role == "target" and set(m.together.numbers) & set(start.together.numbers)
        ):
            (x1, y1), (x2, y2) = start.pin or (start.x, start.y), end.pin or (end.x, end.y)
            look = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "stroke": INK["launch"], "stroke_width": 1.2}
            parts.append(element("line", cls="map-path", stroke_dasharray="5 4", **look))
    return "".join(parts)


class Labels(NamedTuple):
    """The words of the marks, as SVG elements."""

    lines: str  # from marks to numbers that stand away from them; they lie under the pins
    words: str
    crowded: list[Spot]  # whose number found no room


def label_marks(marks: Sequence[Mark], sheet: Sheet) -> Labels:
    """Give the labels of the marks, each where it covers nothing.

    A name that fits nowhere stays in the title of its mark; the number of an area, which no pin shows, is then alone.
    """
    lines, parts, said = [], [], set()
    crowded: list[Spot] = []
    for mark in sorted(marks, key=lambda mark: mark.pin is not None):  # numbers that no pin shows first
        name, number = _cut(mark.spot.label), mark.spot.number if mark.pin is None else ""
        if (mark.spot.label, mark.x, mark.y) in said and mark.pin is not None:
            continue  # pins that were moved apart from one place name it once
        placed, text = _first_free(mark, [f"{number} · {name}" if number and name else name, number], sheet)
        if placed is not None:
            said.add((mark.spot.label, mark.x, mark.y))
            lines.append(_line_to(mark, placed) if text == number else "")
            look = {"x": placed.x, "y": placed.y, "text_anchor": placed.anchor, "fill": INK[mark.spot.role]}
            parts.append(
                element("text", words(text), cls="map-label map-spot-label", font_size=LABEL_SIZE, **look, **HALO)
            )
        elif number:
            crowded += mark.together.spots
    return Labels("".join(lines), "".join(parts), crowded)


def _first_free(mark: Mark, texts: Sequence[str], sheet: Sheet) -> tuple[Placed | None, str]:
    for text in filter(None, texts):
        size = text_width(text, LABEL_SIZE), LABEL_SIZE * 1.3
        choices = itertools.chain(_choices(mark, size), _farther(mark, size) if text == texts[-1] else ())
        placed = sheet.place(choices)
        if placed is not None:
            return placed, text
    return None, ""


def _line_to(mark: Mark, placed: Placed) -> str:
    box = placed.box
    x, y = min(max(mark.x, box.left), box.right), min(max(mark.y, box.top), box.bottom)
    if math.hypot(x - mark.x, y - mark.y) <= max(8.0, mark.radius):
        return ""
    path = f"M{mark.x:.1f} {mark.y:.1f}L{x:.1f} {y:.1f}"
    return element("path", cls="map-leader", d=path, stroke=INK[mark.spot.role])


def _farther(mark: Mark, size: tuple[float, float]) -> Iterator[Placed]:
    """Give places all round a mark, farther and farther from it."""
    for ring in range(1, STEPS_OUT + 1):
        for turn in range(8 * ring):
            angle = 2 * math.pi * turn / (8 * ring)
            away = ring * 11.0
            yield _centred(mark.x + away * math.sin(angle), mark.y - away * math.cos(angle), size)


def _choices(mark: Mark, size: tuple[float, float]) -> Iterator[Placed]:
    """Give where a label may stand: beside a pin or a small circle, in the middle of a large one, near a province's."""
    x, y = mark.pin or (mark.x, mark.y)
    if mark.pin or mark.radius > 0:
        if mark.pin is None and 2 * mark.radius > size[0] + 8:
            yield _centred(x, y, size)
        yield from around(x, y, mark.radius, size, LABEL_SIZE)
    for away in (0.0, 12.0, -12.0, 24.0, -24.0) if mark.pin is None else ():
        yield _centred(x, y + away, size)


def _centred(x: float, y: float, size: tuple[float, float]) -> Placed:
    wide, tall = size
    return Placed(x, y - tall / 2 + LABEL_SIZE, "middle", Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LABEL_LETTERS else flat[: LABEL_LETTERS - 1].rstrip() + "…"


def role_words(roles: Sequence[Role]) -> str:
    """Say what the marks of each role look like, for the words under a map."""
    said = {
        "target": "● target",
        "launch": "◌ fired from",
        "claimed": "◌ claimed from",
        "other": "○ other place",
    }
    return " · ".join(said[role] for role in said if role in roles)
