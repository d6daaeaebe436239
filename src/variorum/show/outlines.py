"""The packaged outlines of land, borders, provinces, rivers and lakes, and the towns that a map may name. No drawing.

Invariant: the file is opened read-only; of the lines a map needs only their tiles are unpacked, once each.

The file (made by training/outlines): `VOUT1\\n`, the length of the header, the header (JSON, zlib), the sections.
Numbers are packed by byte planes: all first bytes, then all second ones. A line is a coast, a border and so on, or the
shore of a lake; it runs from node to node, and neighbours share it. It is kept at three levels of detail by tile of 15
degrees; an area is rings of line numbers, where ~n is line n backwards. Degrees are WGS 84.
"""

from __future__ import annotations

import itertools
import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from variorum.errors import ConfigError

COAST, BORDER, PROVINCE, DISPUTED, RIVER, LAKE = range(6)
MAGIC = b"VOUT1\n"
LAKES = "~lake"  # stands where the country of an area would
RING_END = int(np.iinfo(np.int32).min)
COARSEST = 2
Degrees = NDArray[np.float64]  # n rows of lon, lat
Numbers = NDArray[np.int64]


class Bounds(NamedTuple):
    """A box in degrees; west may be below -180 or east above 180 where it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Town:
    """One town that a map may name."""

    name: str
    arabic: str  # its name in Arabic script, "" when none is sure
    lat: float
    lon: float
    people: int


class Outlines:
    """Read access to one outlines file; safe to share between threads."""

    def __init__(self, path: str | Path) -> None:
        """Open the file. Raises ConfigError when it is missing or of another format."""
        try:
            self._data = Path(path).read_bytes()
            if not self._data.startswith(MAGIC):
                raise ValueError("it is no outlines file")
            (length,) = struct.unpack_from("<I", self._data, len(MAGIC))
            self._start = len(MAGIC) + 4 + length
            header = json.loads(zlib.decompress(self._data[len(MAGIC) + 4 : self._start]))
            self._sections: dict[str, list[int]] = header["sections"]
            self._open(header)
        except (OSError, ValueError, KeyError, struct.error, zlib.error) as error:
            raise ConfigError(
                f"The map outlines {path} cannot be read: {error}", "Install the package again."
            ) from error
        self._tile = lru_cache(maxsize=400)(self._read_tile)
        self._towns = lru_cache(maxsize=400)(self._read_towns)

    def _open(self, header: dict[str, Any]) -> None:
        self.sources = str(header["sources"])
        self._steps: list[float] = header["steps"]
        self.kinds = self._numbers("line_kind", np.uint8)
        count = len(self.kinds)
        self.boxes = _boxes(self._numbers("line_box", np.int16), header["box_step"])
        self._nodes = self._numbers("line_nodes", np.int32).reshape(-1, 2)
        self._long = self._nodes[:, 0] != self._nodes[:, 1]  # no island, enclave or lake
        self._span = np.max(self.boxes[:, 2:] - self.boxes[:, :2], axis=1) if count else np.zeros(0)
        self._tile_of = np.repeat(
            np.array([int(t) for t in header["tiles"]], dtype=np.int64), np.array(list(header["tiles"].values()))
        )
        firsts = dict(zip(header["tiles"], np.cumsum([0, *header["tiles"].values()]).tolist()))
        self._first = {int(tile): int(first) for tile, first in firsts.items()}
        self._refs = self._numbers("area_refs", np.int32)
        self._ends = np.concatenate([[0], self._numbers("area_end", np.int32)])
        self._area_boxes = _boxes(self._numbers("area_box", np.int16), header["box_step"])
        words = json.loads(zlib.decompress(self._section("area_words")))
        self._lake = np.array([country == LAKES for _, _, country in words])
        self._by_id = {id: number for number, (id, _, _) in enumerate(words) if id}
        if len(self.boxes) != count or len(self._tile_of) != count:
            raise ValueError("its parts do not fit together")

    def _section(self, name: str) -> bytes:
        at, length = self._sections[name]
        return self._data[self._start + at : self._start + at + length]

    def _numbers(self, name: str, kind: type[np.generic]) -> Numbers:
        return _unpacked(self._section(name), kind)

    def _read_tile(self, level: int, tile: int) -> tuple[Degrees, Numbers]:
        """Give the points of a tile's lines one after the other, and where each line starts and the last ends."""
        lengths, starts, east, north = _parts(self._section(f"lines/{level}/{tile}"))
        counts = _unpacked(lengths, np.uint16)
        first = np.cumsum(_unpacked(starts, np.int32).reshape(-1, 2), axis=0)
        ends = np.concatenate([[0], np.cumsum(counts)])
        points = np.zeros((int(ends[-1]), 2), dtype=np.int64)
        inner = np.ones(len(points), dtype=bool)
        inner[ends[:-1]] = False
        points[inner, 0] = _signed(_unpacked(east, np.uint16))
        points[inner, 1] = _signed(_unpacked(north, np.uint16))
        points = np.cumsum(points, axis=0)
        points += np.repeat(first - points[ends[:-1]], counts, axis=0)
        return np.asarray(points * self._steps[level], dtype=np.float64), ends

    def line(self, number: int, level: int) -> Degrees:
        """Give the points of one line at a level of detail: 0 the finest."""
        tile = int(self._tile_of[number])
        points, ends = self._tile(level, tile)
        at = number - self._first[tile]
        return points[ends[at] : ends[at + 1]]

    def lines_in(self, bounds: Bounds, kind: int, level: int, least: float = 0.0) -> list[Degrees]:
        """Give the lines of a kind whose box meets the bounds; islands and lakes under `least` degrees are left out."""
        wanted = (self.kinds == kind) & _meets(self.boxes, bounds) & (self._long | (self._span >= least))
        return [self.line(number, level) for number in np.flatnonzero(wanted).tolist()]

    def land_in(self, bounds: Bounds, level: int, least: float = 0.0) -> list[Degrees]:
        """Give rings that hold the land within the bounds, to be filled by the even-odd rule.

        They are the outer lines of all provinces that meet the bounds: what two of them share is left out, and so are
        islands under `least` degrees.
        """
        areas = np.flatnonzero(_meets(self._area_boxes, bounds) & ~self._lake)
        lines = [self._refs[self._ends[a] : self._ends[a + 1]] for a in areas.tolist()]
        if not lines:
            return []
        uses = np.bincount(_bare(np.concatenate(lines)), minlength=len(self.kinds))
        return self._rings(np.flatnonzero((uses % 2 == 1) & (self._long | (self._span >= least))), bounds, level)

    def area(self, id: str, level: int) -> list[Degrees]:
        """Give the rings of a province by its gazetteer id; none where the file does not hold it."""
        number = self._by_id.get(id)
        if number is None:
            return []
        return self._rings(np.unique(_bare(self._refs[self._ends[number] : self._ends[number + 1]])), None, level)

    def area_bounds(self, id: str) -> Bounds | None:
        """Give the box of a province; None where the file does not hold it."""
        number = self._by_id.get(id)
        return None if number is None else Bounds(*self._area_boxes[number].tolist())

    def _rings(self, lines: Numbers, bounds: Bounds | None, level: int) -> list[Degrees]:
        seen = np.ones(len(lines), dtype=bool) if bounds is None else _meets(self.boxes[lines], bounds)
        # What lies outside the bounds only closes a ring: its coarsest form will do.
        points = {
            n: self.line(n, level if near else max(level, COARSEST)) for n, near in zip(lines.tolist(), seen.tolist())
        }
        rings = []
        for chain in _chains(self._nodes[lines], lines.tolist()):
            pieces = [points[n] if n >= 0 else points[~n][::-1] for n in chain]
            ring = pieces[0] if len(pieces) == 1 else np.concatenate(pieces)
            if len(ring) > 3:
                rings.append(ring)
        return rings

    def _read_towns(self, tile: int) -> tuple[Degrees, Numbers, list[str]]:
        if f"towns/{tile}" not in self._sections:
            return np.zeros((0, 2)), np.zeros(0, dtype=np.int64), []
        east, north, people, names = _parts(self._section(f"towns/{tile}"))
        places = np.stack([np.cumsum(_unpacked(column, np.int32)) for column in (east, north)], axis=1) / 1000
        counts = np.rint(np.exp(_unpacked(people, np.uint16) / 50)).astype(np.int64)
        return places, counts, zlib.decompress(names).decode("utf-8").split("\n")

    def towns_in(self, bounds: Bounds, limit: int) -> list[Town]:
        """Give the largest towns within the bounds, the most people first."""
        inside = []
        for tile in _tiles(bounds):
            places, people, _ = self._towns(tile)
            here = np.flatnonzero(_meets(np.concatenate([places, places], axis=1), bounds))
            inside.append((tile, here, people[here]))
        counts = np.concatenate([np.zeros(0, dtype=np.int64), *(people for _, _, people in inside)])
        # Of towns as large as the last one all are looked at: their names decide.
        least = np.partition(counts, -limit)[-limit] if len(counts) > limit > 0 else 0
        found = [self._town(tile, i) for tile, here, people in inside for i in here[people >= least].tolist()]
        return sorted(found, key=lambda town: (-town.people, town.name, town.lat))[:limit]

    def _town(self, tile: int, i: int) -> Town:
        places, people, names = self._towns(tile)
        name, _, arabic = names[i].partition("\t")
        return Town(name, arabic, float(places[i, 1]), float(places[i, 0]), int(people[i]))


def _parts(data: bytes) -> list[bytes]:
    ends = np.cumsum([16, *struct.unpack_from("<4I", data)]).tolist()
    return [data[a:b] for a, b in itertools.pairwise(ends)]


def _unpacked(data: bytes, kind: type[np.generic]) -> Numbers:
    planes = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(np.dtype(kind).itemsize, -1)
    return np.ascontiguousarray(planes.T).view(kind).reshape(-1).astype(np.int64)


def _signed(values: Numbers) -> Numbers:
    """Undo the numbering 0, -1, 1, -2 …"""
    return (values >> 1) ^ -(values & 1)


def _boxes(columns: Numbers, step: float) -> Degrees:
    """Give west, south, east, north in degrees from columns of west, south, width and height."""
    boxes = columns.reshape(4, -1).T.copy()
    boxes[:, 2:] += boxes[:, :2]
    return np.asarray(boxes * step, dtype=np.float64)


def _meets(boxes: Degrees, bounds: Bounds) -> NDArray[np.bool_]:
    rows = (boxes[:, 3] >= bounds.south) & (boxes[:, 1] <= bounds.north)
    columns = np.zeros(len(boxes), dtype=bool)
    for turn in (-360.0, 0.0, 360.0):
        columns |= (boxes[:, 2] + turn >= bounds.west) & (boxes[:, 0] + turn <= bounds.east)
    met: NDArray[np.bool_] = rows & columns
    return met


def _tiles(bounds: Bounds) -> list[int]:
    rows = range(int((max(-90.0, bounds.south) + 90) // 15), int((min(89.9, bounds.north) + 90) // 15) + 1)
    first, last = int((bounds.west + 180) // 15), int((bounds.east + 180) // 15)
    columns = sorted({column % 24 for column in range(first, min(last, first + 23) + 1)})
    return [row * 24 + column for row in rows for column in columns]


def _bare(refs: Numbers) -> Numbers:
    kept = refs[refs != RING_END]
    bare: Numbers = np.where(kept < 0, ~kept, kept)
    return bare


def _chains(nodes: Numbers, lines: Sequence[int]) -> Iterator[list[int]]:
    """Join lines end to end to closed chains; ~n is line n backwards."""
    leaving: dict[int, list[tuple[int, int, int]]] = {}
    for at, ((first, last), number) in enumerate(zip(nodes.tolist(), lines)):
        leaving.setdefault(first, []).append((at, number, last))
        leaving.setdefault(last, []).append((at, ~number, first))
    used = [False] * len(lines)
    for at, ((first, last), number) in enumerate(zip(nodes.tolist(), lines)):
        if used[at]:
            continue
        used[at] = True
        chain, here = [number], last
        while here != first:
            following = next((step for step in leaving[here] if not used[step[0]]), None)
            if following is None:
                break
            used[following[0]] = True
            chain.append(following[1])
            here = following[2]
        yield chain


@cache
def open_outlines(path: str = "") -> Outlines:
    """Give the outlines shipped with the package, or a user's own file, opened once."""
    return Outlines(path or str(files("variorum.show").joinpath("data", "outlines.bin")))
