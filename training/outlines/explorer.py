"""Writes the outlines of the explorer's map: one GeoJSON of few digits, compressed once."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.outlines.topology import GRID, densify, simplify

# Degrees, by kind: about 2 km, two pixels where the explorer's map is 700 km wide; province lines are faint.
TOLERANCE, OF_PROVINCES = 0.022, 0.06
DIGITS = 2
LINES = {1: "border", 2: "province", 3: "disputed", 4: "river"}
LEAST = 0.01  # square degrees of the box of an island or lake that is drawn


def write_explorer(
    path: Path, lines: Sequence[tuple[int, np.ndarray]], rings: dict[str, list[list[int]]], meta: dict[str, object]
) -> int:
    """Write land and lakes as polygons, the rest as lines, each with its `kind`; give the bytes."""
    coarse = [densify(simplify(points, OF_PROVINCES if kind == 2 else TOLERANCE), 5 * GRID) for kind, points in lines]
    features = []
    for kind, found in rings.items():
        polygons = nested([ring for refs in found if _is_large(ring := _joined(coarse, refs))])
        features.append(_feature(kind, "MultiPolygon", [[_degrees(ring) for ring in rings] for rings in polygons]))
    strings: dict[int, list] = defaultdict(list)
    for (kind, _), points in zip(lines, coarse):
        if kind in LINES:
            strings[kind].append(_degrees(points))
    features += [_feature(LINES[kind], "MultiLineString", strings[kind]) for kind in sorted(strings)]
    text = json.dumps(
        {"type": "FeatureCollection", **meta, "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    data = gzip.compress(text.encode(), 9, mtime=0)
    path.write_bytes(data)
    return len(data)


def nested(rings: Sequence[np.ndarray]) -> list[list[np.ndarray]]:
    """Put rings into each other: a polygon is an outer ring and its holes; what lies in a hole is a polygon again."""
    boxes = np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in rings])
    holders: list[list[int]] = []
    for at, ring in enumerate(rings):
        x, y = ring[0]
        around = (boxes[:, 0] < x) & (boxes[:, 1] < y) & (boxes[:, 2] > x) & (boxes[:, 3] > y)
        holders.append([i for i in np.flatnonzero(around).tolist() if i != at and _holds(rings[i], x, y)])
    polygons = {at: [rings[at]] for at, held in enumerate(holders) if len(held) % 2 == 0}
    for at, held in enumerate(holders):
        # Rings that touch can seem to lie in each other: one that finds no land around it stands alone.
        outer = [i for i in held if i in polygons]
        if len(held) % 2 and outer:
            polygons[max(outer, key=lambda i: len(holders[i]))].append(rings[at])
    return list(polygons.values())


def _holds(ring: np.ndarray, x: float, y: float) -> bool:
    (x1, y1), (x2, y2) = ring.T.astype(float), np.roll(ring, -1, axis=0).T.astype(float)
    across = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        return bool(np.sum(across & (x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x)) % 2)


def _feature(kind: str, shape: str, coordinates: list) -> dict[str, object]:
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": {"type": shape, "coordinates": coordinates}}


def _joined(coarse: Sequence[np.ndarray], refs: Sequence[int]) -> np.ndarray:
    pieces = [coarse[r] if r >= 0 else coarse[~r][::-1] for r in refs]
    whole = np.concatenate([pieces[0], *(p[1:] for p in pieces[1:])]).astype(np.int64)
    steps = np.diff(whole[:, 0])
    whole[1:, 0] = whole[0, 0] + np.cumsum((steps + 180 * GRID) % (360 * GRID) - 180 * GRID)
    return whole


def _is_large(ring: np.ndarray) -> bool:
    wide, tall = (ring.max(axis=0) - ring.min(axis=0)) / GRID
    return len(ring) > 3 and wide * tall > LEAST


def _degrees(points: np.ndarray) -> list:
    # Round trips through a text of three digits; whole numbers lose their ".0".
    pairs = [[int(v) if v == int(v) else v for v in pair] for pair in np.round(points / GRID, DIGITS).tolist()]
    return [pair for before, pair in zip([None, *pairs], pairs) if pair != before]
