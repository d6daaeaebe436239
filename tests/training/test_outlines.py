"""How outlines are cut, simplified and named, on shapes small enough to check by eye."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files

import numpy as np
import pytest
from training.outlines.explorer import nested
from training.outlines.topology import cut, densify, rounded, simplify, to_grid, unwrapped
from training.outlines.towns import arabic_name

WEST = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.5), (1.0, 0.0), (0.0, 0.0)]
EAST = [(1.0, 0.0), (1.0, 0.5), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0), (1.0, 0.0)]


def test_neighbours_share_the_line_between_them() -> None:
    arcs, areas = cut([[WEST], [EAST]])
    assert sorted(len(arc.areas) for arc in arcs) == [1, 1, 2]
    (shared,) = (arc for arc in arcs if len(arc.areas) == 2)
    assert shared.points == ((10000, 0), (10000, 5000), (10000, 10000))
    assert [len(ring) for rings in areas for ring in rings] == [2, 2]


def test_the_rings_of_an_area_come_back_whole() -> None:
    arcs, areas = cut([[WEST], [EAST]])
    for area, ring in ((0, WEST), (1, EAST)):
        points = set()
        for ref in areas[area][0]:
            points |= set(arcs[ref if ref >= 0 else ~ref].points)
        assert points == set(to_grid(ring))


def test_an_enclave_is_one_line_for_both() -> None:
    hole = [(0.2, 0.2), (0.4, 0.2), (0.3, 0.4), (0.2, 0.2)]
    arcs, _ = cut([[WEST, hole], [hole[1:] + hole[1:2]]])
    assert sorted(len(arc.areas) for arc in arcs) == [1, 2]


def test_what_the_180th_meridian_splits_is_joined() -> None:
    left = [(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0), (179.0, 0.0)]
    right = [(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0), (-180.0, 0.0)]
    arcs, _ = cut([[left, right]])
    (seam,) = (arc for arc in arcs if len(arc.areas) == 2)
    assert {x for x, _ in seam.points} == {-1800000}
    coast = unwrapped(((1790000, 0), (-1800000, 0), (-1790000, 0)))
    assert coast[:, 0].tolist() == [1790000, 1800000, 1810000]


def test_simplified_lines_keep_their_ends_and_stay_within_the_tolerance() -> None:
    line = np.array([[i * 100, (i % 2) * 8] for i in range(101)])
    kept = simplify(line, 0.001)
    assert kept.tolist() == [[0, 0], [10000, 0]]
    assert len(simplify(line, 0.0001)) > 50


def test_a_closed_line_does_not_fall_into_one_point() -> None:
    ring = np.array(to_grid([(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.001), (0.0, 0.0)]))
    assert len(simplify(ring, 0.0001)) >= 4


def test_long_steps_are_parted() -> None:
    assert np.abs(np.diff(densify(np.array([[0, 0], [95000, 0]])), axis=0)).max() <= 10000


def test_rounding_corners_keeps_the_ends() -> None:
    line = np.array([[0, 0], [1000, 0], [1000, 1000]])
    smooth = rounded(line)
    assert smooth[0].tolist() == [0, 0]
    assert smooth[-1].tolist() == [1000, 1000]
    assert [1000, 0] not in smooth.tolist()


@pytest.mark.parametrize(
    ("latin", "others", "arabic"),
    [
        ("Al Qāmishlī", ["القامشلو", "القامشلي", "قامشلو", "قامشلۆ"], "القامشلي"),
        ("Mosul", ["الموصل", "موسڵ", "موصل", "مووسڵ"], "الموصل"),
        ("Deir ez-Zor", ["دیر الزور", "دير الزور"], "دير الزور"),
        ("Erbil", ["ھەولێر"], ""),
        ("Springfield", ["القاهرة"], ""),
        ("Hims", [], ""),
    ],
)
def test_an_arabic_name_is_chosen_by_letters_and_consonants(latin: str, others: list[str], arabic: str) -> None:
    assert arabic_name(latin, others) == arabic


def square(at: float, side: float) -> np.ndarray:
    return np.array([(at, at), (at + side, at), (at + side, at + side), (at, at + side), (at, at)])


def test_a_sea_within_land_is_a_hole_and_an_island_in_it_is_land_again() -> None:
    land, sea, island, other = square(0, 10), square(2, 5), square(3, 1), square(20, 2)
    polygons = nested([island, land, other, sea])
    assert sorted(len(rings) for rings in polygons) == [1, 1, 2]
    (held,) = (rings for rings in polygons if len(rings) == 2)
    assert held[0] is land
    assert held[1] is sea


def test_the_explorers_outlines_are_geojson_of_all_kinds() -> None:
    path = files("variorum.web").joinpath("static", "outlines.json.gz")
    found = json.loads(gzip.decompress(path.read_bytes()))
    kinds = {feature["properties"]["kind"]: feature["geometry"] for feature in found["features"]}
    assert set(kinds) == {"land", "lake", "border", "province", "disputed", "river"}
    assert "Natural Earth" in found["sources"]
    assert max(len(polygon) for polygon in kinds["land"]["coordinates"]) > 1  # the Caspian Sea is no land
    for geometry in kinds.values():
        flat = np.array([p for part in geometry["coordinates"] for line in part for p in np.atleast_2d(line).tolist()])
        assert np.abs(flat[:, 0]).max() <= 200
        assert np.abs(flat[:, 1]).max() <= 90
