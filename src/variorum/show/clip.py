"""Cuts projected outlines to what a map shows and writes them as the `d` of an SVG path."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.show.projection import Pixels

MARGIN = 4.0  # pixels outside the map where cut edges of fills run, out of sight


def clip_ring(ring: Pixels, width: float, height: float) -> Pixels:
    """Cut a closed ring to the map's rectangle (Sutherland and Hodgman 1974); empty where nothing is left."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    sides = ((0, -MARGIN, 1.0), (0, width + MARGIN, -1.0), (1, -MARGIN, 1.0), (1, height + MARGIN, -1.0))
    for axis, edge, sign in sides:
        if (low[axis] if sign > 0 else -high[axis]) >= sign * edge:
            continue
        away = (ring[:, axis] - edge) * sign
        inside = away >= 0
        if not inside.any():
            return ring[:0]
        after = np.roll(away, -1)
        crosses = inside != (after >= 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(crosses, away / (away - after), 0.0)
        cuts = ring + share[:, None] * (np.roll(ring, -1, axis=0) - ring)
        both = np.stack([ring, cuts], axis=1).reshape(-1, 2)
        ring = both[np.stack([inside, crosses], axis=1).reshape(-1)]
    return ring


def clip_lines(lines: Sequence[Pixels], size: tuple[float, float], close: float) -> list[Pixels]:
    """Cut lines to the runs of steps that may touch the map, and thin them (`close` is in pixels).

    All lines are gone through at once: a map has thousands, most of them short.
    """
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        return []
    width, height = size
    points = np.concatenate(lines)
    x, y = points[:, 0], points[:, 1]
    out = np.zeros(len(points) - 1, dtype=bool)
    for side in (x < -MARGIN, x > width + MARGIN, y < -MARGIN, y > height + MARGIN):
        out |= side[:-1] & side[1:]
    out[np.cumsum([len(line) for line in lines[:-1]], dtype=np.int64) - 1] = True  # from one line to the next
    edges = np.flatnonzero(np.diff(np.concatenate([[True], out, [True]]).astype(np.int8)))
    return [thin(points[a : b + 1], close) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist())]


def thin(points: Pixels, close: float) -> Pixels:
    """Drop points that fall into the same square of so many pixels as the one before; the ends stay."""
    if len(points) < 4:
        return points
    cells = np.floor(points / close)
    keep = np.any(cells[1:] != cells[:-1], axis=1)
    keep[-1] = True
    kept: Pixels = points[np.concatenate([[True], keep])]
    return kept


def path_of(lines: list[Pixels], closed: bool) -> str:
    """Write lines as relative steps in tenths of a pixel; the tenths add up, so rounding never drifts."""
    return "".join(_piece(np.rint(line * 10).astype(np.int64), closed) for line in lines if len(line) > 1)


def _piece(tenths: NDArray[np.int64], closed: bool) -> str:
    steps = np.diff(tenths, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    words = [_tenths(value) for value in steps.reshape(-1).tolist()]
    # A minus sign parts two numbers by itself.
    text = "".join(word if word[0] == "-" or i == 0 else " " + word for i, word in enumerate(words))
    x, y = tenths[0].tolist()
    return f"M{_tenths(x)} {_tenths(y)}l{text}{'z' if closed else ''}"


def _tenths(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    text = f"{whole}.{rest}" if rest and whole else f".{rest}" if rest else str(whole)
    return f"-{text}" if value < 0 else text
