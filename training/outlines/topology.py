"""Cuts rings at the points where lines meet, so that neighbours share one line and can never drift apart.

Points are whole numbers of 1/10,000 degree; the 180th meridian has one name (-180), so what it splits is joined again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

GRID = 10_000  # steps of a degree
HALF_TURN = 180 * GRID
Node = tuple[int, int]


@dataclass
class Arc:
    """One line between two points where lines meet, or one closed line, and the areas along it."""

    points: tuple[Node, ...]
    areas: list[int] = field(default_factory=list)


def to_grid(points: Iterable[tuple[float, float]]) -> list[Node]:
    """Round to the grid and drop points that fall on the one before."""
    found: list[Node] = []
    for lon, lat in points:
        x, y = round(lon * GRID), round(lat * GRID)
        x = -HALF_TURN if x >= HALF_TURN else x
        if abs(y) >= 90 * GRID:
            x = 0  # a pole is one point
        if not found or found[-1] != (x, y):
            found.append((x, y))
    return found


def cut(shapes: Sequence[Sequence[Sequence[tuple[float, float]]]]) -> tuple[list[Arc], list[list[list[int]]]]:
    """Give the arcs of many areas, and per area its rings as arc numbers (~n is arc n backwards)."""
    grids = [[ring for points in shape if len(ring := _closed(to_grid(points))) > 3] for shape in shapes]
    neighbours: dict[Node, set[Node]] = defaultdict(set)
    for rings in grids:
        for ring in rings:
            for a, b in pairwise(ring):
                neighbours[a].add(b)
                neighbours[b].add(a)
    arcs: list[Arc] = []
    numbers: dict[tuple[Node, ...], int] = {}
    areas: list[list[list[int]]] = []
    for area, rings in enumerate(grids):
        areas.append([])
        for ring in rings:
            refs = []
            for piece in _pieces(ring, neighbours):
                key = min(piece, piece[::-1])
                if key not in numbers:
                    numbers[key] = len(arcs)
                    arcs.append(Arc(key))
                number = numbers[key]
                arcs[number].areas.append(area)
                refs.append(number if key == piece else ~number)
            areas[-1].append(refs)
    return arcs, areas


def _closed(ring: list[Node]) -> list[Node]:
    return ring if not ring or ring[0] == ring[-1] else [*ring, ring[0]]


def _pieces(ring: list[Node], neighbours: dict[Node, set[Node]]) -> list[tuple[Node, ...]]:
    body = ring[:-1]
    joints = [i for i, node in enumerate(body) if len(neighbours[node]) != 2]
    if not joints:  # an island or an enclave: it starts at its least point, whoever draws it
        start = body.index(min(body))
        return [(*body[start:], *body[:start], body[start])]
    turned = [*body[joints[0] :], *body[: joints[0]], body[joints[0]]]
    stops = [*(i - joints[0] for i in joints), len(body)]
    return [tuple(turned[a : b + 1]) for a, b in pairwise(stops)]


def unwrapped(points: Sequence[Node]) -> np.ndarray:
    """Give the points as numbers without the jump at the 180th meridian."""
    array = np.array(points, dtype=np.int64)
    steps = np.diff(array[:, 0])
    steps = (steps + HALF_TURN) % (2 * HALF_TURN) - HALF_TURN
    array[1:, 0] = array[0, 0] + np.cumsum(steps)
    return array


def simplify(points: np.ndarray, tolerance: float) -> np.ndarray:
    """Drop points that lie within a tolerance (degrees of latitude) of the line through the kept ones.

    Source: Douglas and Peucker 1973. The ends stay; of a closed line also the point farthest from them.
    """
    if len(points) < 3:
        return points
    shrink = max(0.05, float(np.cos(np.radians(np.mean(points[:, 1]) / GRID))))
    flat = points * np.array([shrink, 1.0])
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        inner = flat[first + 1 : last] - flat[first]
        along = flat[last] - flat[first]
        length = float(np.hypot(*along))
        if length == 0:
            away = np.hypot(inner[:, 0], inner[:, 1])
        else:
            share = np.clip(inner @ along / length**2, 0.0, 1.0)
            rest = inner - share[:, None] * along
            away = np.hypot(rest[:, 0], rest[:, 1])
        far = int(np.argmax(away))
        if away[far] > tolerance * GRID or (length == 0 and len(points) > 3):
            keep[first + 1 + far] = True
            stack += [(first, first + 1 + far), (first + 1 + far, last)]
    return points[keep]


def densify(points: np.ndarray, step: int = GRID) -> np.ndarray:
    """Add points so that no step is longer than a degree: a parallel is no straight line, and steps fit 16 bits."""
    pieces = []
    for a, b in pairwise(points):
        parts = max(1, int(np.ceil(np.abs(b - a).max() / step)))
        pieces.append(a + np.rint(np.outer(np.arange(parts) / parts, b - a)).astype(np.int64))
    return np.concatenate([*pieces, points[-1:]])


def rounded(points: np.ndarray, times: int = 2) -> np.ndarray:
    """Cut the corners of a line that was drawn on a coarse grid (Chaikin 1974); the ends stay."""
    line = points.astype(float)
    for _ in range(times):
        if len(line) < 3:
            break
        a, b = line[:-1], line[1:]
        inner = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)[1:-1]
        line = np.concatenate([line[:1], inner, line[-1:]])
    return np.rint(line).astype(np.int64)
