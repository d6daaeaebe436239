"""The ground of a map: sea, land, lakes, rivers, borders. Colours are attributes, which a stylesheet may change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from variorum.show.clip import MARGIN, clip_lines, clip_ring, path_of, thin
from variorum.show.outlines import BORDER, DISPUTED, LAKE, PROVINCE, RIVER, Bounds, Degrees, Outlines
from variorum.show.projection import EARTH_KM, Frame, Pixels
from variorum.show.svg import element

SLACK = 0.05  # degrees around the view whose lines are read, for strokes along its edge
# Rivers and provinces are only noise on a map this wide.
RIVERS_TO_KM, PROVINCES_TO_KM = 4000.0, 1500.0
SMALLEST, KM_OF_DEGREE = 2.0, 111.2  # pixels: an island that is smaller is not drawn
LINES = {
    RIVER: {"cls": "map-river", "stroke": "#7fb1cc", "stroke_width": 1.2},
    PROVINCE: {"cls": "map-province-line", "stroke": "#c9c1a6", "stroke_width": 0.8, "stroke_dasharray": "3 2.5"},
    BORDER: {"cls": "map-border", "stroke": "#857f6c", "stroke_width": 1.0},
    DISPUTED: {"cls": "map-disputed", "stroke": "#5f5a4b", "stroke_width": 1.1, "stroke_dasharray": "6 3"},
}


def draw_base(frame: Frame, outlines: Outlines) -> str:
    """Give the ground as SVG elements, cut to the frame."""
    bounds, least = _wider(frame.bounds()), SMALLEST / frame.scale / KM_OF_DEGREE
    land, lakes = outlines.land_in(bounds, frame.level, least), outlines.lines_in(bounds, LAKE, frame.level, 2 * least)
    parts = [
        element("rect", cls="map-sea", width=frame.width, height=frame.height, fill="#d5e4ec"),
        _fill(fill_path(land, frame), cls="map-land", fill="#f8f5ec", stroke="#8b8672", stroke_width=0.7),
        _fill(fill_path(lakes, frame), cls="map-lake", fill="#d5e4ec", stroke="#7fb1cc", stroke_width=0.7),
    ]
    for kind, style in LINES.items():
        if frame.width_km > _widest(kind):
            continue
        lines = _projected(outlines.lines_in(bounds, kind, frame.level, least), frame)
        close = _fineness(frame) * (2 if kind in (PROVINCE, RIVER) else 1)
        path = path_of(clip_lines(lines, (frame.width, frame.height), close), closed=False)
        if path:
            parts.append(element("path", d=path, fill="none", stroke_linejoin="round", **style))
    return "".join(parts)


def fill_path(rings: Sequence[Degrees], frame: Frame) -> str:
    """Give the `d` of an area cut to the frame, for the even-odd rule; "" where nothing of it is seen."""
    found = []
    for pixels in _projected(rings, frame):
        cut = clip_ring(pixels, frame.width, frame.height)
        if len(cut) > 2 and np.ptp(cut, axis=0).max() > SMALLEST / 2:
            found.append(thin(cut, _fineness(frame)))
    return path_of(found, closed=True)


def _fill(path: str, **look: str | float) -> str:
    return element("path", d=path, fill_rule="evenodd", stroke_linejoin="round", **look) if path else ""


def _projected(lines: Sequence[Degrees], frame: Frame) -> list[Pixels]:
    """Project lines and drop those that lie off one side of the map.

    On a map of the whole world also one turn to the east and west, for what its edge cuts.
    """
    if not lines:
        return []
    ends = np.cumsum([len(line) for line in lines]).tolist()
    firsts = [0, *ends[:-1]]
    whole = frame.project(np.concatenate(lines), np.array(firsts))
    low, high = np.minimum.reduceat(whole, firsts), np.maximum.reduceat(whole, firsts)
    found: list[Pixels] = []
    for turn in (-1, 0, 1) if frame.is_world else (0,):
        shift = np.array([turn * _turn(frame), 0.0])
        inside = (high + shift > -MARGIN) & (low + shift < np.array([frame.width, frame.height]) + MARGIN)
        found += [whole[firsts[i] : ends[i]] + shift for i in np.flatnonzero(np.all(inside, axis=1)).tolist()]
    return found


def _fineness(frame: Frame) -> float:
    """Give how many pixels apart the points of a line are at least: coasts of the whole world would fill a page."""
    return min(3.0, max(0.6, frame.width_km / 2500))


def _turn(frame: Frame) -> float:
    """Give the pixels of the whole turn of a map in degrees, at the latitude that it is true along."""
    shrink = max(0.2, float(np.cos(np.radians(frame.lat))))
    return 2 * np.pi * EARTH_KM * frame.scale * shrink


def _widest(kind: int) -> float:
    return {RIVER: RIVERS_TO_KM, PROVINCE: PROVINCES_TO_KM}.get(kind, np.inf)


def _wider(bounds: Bounds) -> Bounds:
    return Bounds(bounds.west - SLACK, bounds.south - SLACK, bounds.east + SLACK, bounds.north + SLACK)
