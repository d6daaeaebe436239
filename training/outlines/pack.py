"""Writes the outlines file: sections of compressed numbers, each found by its place in the header.

The reader is src/variorum/show/outlines.py, whose docstring is the format.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from training.outlines.topology import GRID, densify, simplify
from training.outlines.towns import Town

MAGIC = b"VOUT1\n"
TILE = 15  # degrees
PROVINCE = 2
# Per level: how far a line may be off and the step its points are rounded to, both in degrees (0.001 is 111 m).
# A map takes the coarsest level whose error is about half a pixel. Province lines are faint: they may be off twice as
# far.
LEVELS = ((0.0024, 0.0005), (0.012, 0.004), (0.04, 0.01))
BOX_STEP = 0.05
ENDS_THE_RING = np.iinfo(np.int32).min


def packed(array: np.ndarray) -> bytes:
    """Compress numbers byte by byte: all first bytes, then all second ones, which repeat more."""
    wide = np.ascontiguousarray(array)
    planes = wide.view(np.uint8).reshape(-1, wide.itemsize).T
    return zlib.compress(np.ascontiguousarray(planes).tobytes(), 9)


def tile_of(lon: float, lat: float) -> int:
    """Give the tile that holds a point of degrees."""
    return int((lat + 90) // TILE) * (360 // TILE) + int(((lon + 180) % 360) // TILE)


def write_pack(
    path: Path,
    lines: Sequence[tuple[int, np.ndarray]],
    areas: Sequence[tuple[Mapping[str, str], list[list[int]]]],
    towns: Sequence[Town],
    meta: Mapping[str, object],
) -> dict[str, int]:
    """Write lines (kind, points on the grid), areas (words, rings of line numbers) and towns; give bytes by section."""
    order, tiles = _by_tile(lines)
    number = {old: new for new, old in enumerate(order)}
    sections: dict[str, bytes] = {
        "line_kind": packed(np.array([lines[i][0] for i in order], dtype=np.uint8)),
        "line_box": packed(_columns([_box([lines[i][1]]) for i in order])),
        "line_nodes": packed(_nodes([lines[i][1] for i in order])),
    }
    for level in range(len(LEVELS)):
        for tile, members in tiles.items():
            pieces = [_drawn(*lines[i], level) for i in members]
            sections[f"lines/{level}/{tile}"] = _pieces(pieces)
    sections |= _areas(lines, areas, number)
    by_tile: dict[int, list[Town]] = defaultdict(list)
    for town in towns:
        by_tile[tile_of(town.lon, town.lat)].append(town)
    for tile, members in sorted(by_tile.items()):
        sections[f"towns/{tile}"] = _towns(members)
    steps = [step for _, step in LEVELS]
    _write(
        path,
        sections,
        {**meta, "steps": steps, "box_step": BOX_STEP, "tiles": {str(t): len(m) for t, m in tiles.items()}},
    )
    sizes: dict[str, int] = defaultdict(int)
    for name, data in sections.items():
        sizes["/".join(name.split("/")[:2]) if name.startswith("lines") else name.split("/")[0]] += len(data)
    return dict(sizes)


def _areas(
    lines: Sequence[tuple[int, np.ndarray]],
    areas: Sequence[tuple[Mapping[str, str], list[list[int]]]],
    number: Mapping[int, int],
) -> dict[str, bytes]:
    refs, boxes = [], []
    for _, rings in areas:
        for ring in rings:
            refs += [number[r] if r >= 0 else ~number[~r] for r in ring] + [ENDS_THE_RING]
        boxes.append(_box([lines[r if r >= 0 else ~r][1] for ring in rings for r in ring]))
    ends = np.cumsum([sum(len(ring) + 1 for ring in rings) for _, rings in areas])
    words = [list(w.values()) for w, _ in areas]
    return {
        "area_refs": packed(np.array(refs, dtype=np.int32)),
        "area_end": packed(ends.astype(np.int32)),
        "area_box": packed(_columns(boxes)),
        "area_words": zlib.compress(json.dumps(words, ensure_ascii=False).encode(), 9),
    }


def _columns(boxes: Sequence[Sequence[int]]) -> np.ndarray:
    """Give boxes as four columns: west, south, and how wide and tall."""
    array = np.array(boxes, dtype=np.int16)
    array[:, 2:] -= array[:, :2]
    return np.ascontiguousarray(array.T)


def _nodes(lines: Sequence[np.ndarray]) -> np.ndarray:
    """Number the points where lines meet in the order of the lines, so that the numbers pack well."""
    numbers: dict[tuple[int, int], int] = {}
    found = []
    for points in lines:
        for x, y in (points[0], points[-1]):
            key = (int(x) % (360 * GRID), int(y))
            found.append(numbers.setdefault(key, len(numbers)))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


def _drawn(kind: int, points: np.ndarray, level: int) -> np.ndarray:
    """Give a line as a level draws it, in the level's steps; an island no larger than the error is one point."""
    tolerance, step = LEVELS[level]
    if (points[0] == points[-1]).all() and np.ptp(points, axis=0).max() < 1.5 * tolerance * GRID:
        kept = points[:1]
    else:
        kept = densify(simplify(points, tolerance * (2 if kind == PROVINCE and level else 1)))
    whole = np.rint(kept / (step * GRID)).astype(np.int64)
    moved = np.any(np.diff(whole, axis=0) != 0, axis=1)
    return whole[np.concatenate([[True], moved])]


def _by_tile(lines: Sequence[tuple[int, np.ndarray]]) -> tuple[list[int], dict[int, list[int]]]:
    tiles: dict[int, list[int]] = defaultdict(list)
    for i, (_, points) in enumerate(lines):
        lon, lat = (points.min(axis=0) + points.max(axis=0)) / 2 / GRID
        tiles[tile_of(lon, lat)].append(i)
    kept = {tile: sorted(tiles[tile], key=lambda i: (lines[i][0], i)) for tile in sorted(tiles)}
    return [i for members in kept.values() for i in members], kept


def _box(parts: Sequence[np.ndarray]) -> list[int]:
    """Give west, south, east, north in steps of the boxes, rounded outwards; the whole turn where it is one."""
    low = np.min([p.min(axis=0) for p in parts], axis=0)
    high = np.max([p.max(axis=0) for p in parts], axis=0)
    step = round(GRID * BOX_STEP)
    west, south = (int(v // step) for v in low)
    east, north = (int(-(-v // step)) for v in high)
    turn = round(360 / BOX_STEP)
    return [-turn // 2, south, turn // 2, north] if east - west >= turn - 2 else [west, south, east, north]


def _zigzag(values: np.ndarray) -> np.ndarray:
    """Give small numbers of either sign as small numbers without one: 0, -1, 1, -2 are 0, 1, 2, 3."""
    return ((values << 1) ^ (values >> 63)).astype(np.uint16)


def _pieces(pieces: Sequence[np.ndarray]) -> bytes:
    lengths = np.array([len(p) for p in pieces], dtype=np.uint16)
    starts = np.diff(np.array([p[0] for p in pieces], dtype=np.int32), axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
    steps = np.concatenate([np.diff(p, axis=0) for p in pieces])
    parts = [packed(lengths), packed(starts), packed(_zigzag(steps[:, 0])), packed(_zigzag(steps[:, 1]))]
    return struct.pack("<4I", *(len(p) for p in parts)) + b"".join(parts)


def _towns(towns: Sequence[Town]) -> bytes:
    ordered = sorted(towns, key=lambda t: (round(t.lat * 2), t.lon))  # near ones have near numbers and alike names
    places = np.array([[round(t.lon * 1000), round(t.lat * 1000)] for t in ordered], dtype=np.int32)
    places = np.diff(places, axis=0, prepend=np.zeros((1, 2), dtype=np.int32))
    # Two per cent of a town's people is more than anyone counts, and fewer bytes.
    people = np.array([round(50 * np.log(t.people)) for t in ordered], dtype=np.uint16)
    names = "\n".join(f"{t.name}\t{t.arabic}" if t.arabic else t.name for t in ordered)
    parts = [packed(places[:, 0]), packed(places[:, 1]), packed(people), zlib.compress(names.encode(), 9)]
    return struct.pack("<4I", *(len(p) for p in parts)) + b"".join(parts)


def _write(path: Path, sections: Mapping[str, bytes], meta: Mapping[str, object]) -> None:
    at, index = 0, {}
    for name, data in sections.items():
        index[name] = [at, len(data)]
        at += len(data)
    header = zlib.compress(json.dumps({**meta, "sections": index}, ensure_ascii=False).encode(), 9)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(MAGIC + struct.pack("<I", len(header)) + header)
        for data in sections.values():
            file.write(data)
