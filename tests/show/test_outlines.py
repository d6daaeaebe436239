from __future__ import annotations

import sqlite3
import time
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from variorum.errors import ConfigError
from variorum.show.outlines import BORDER, COAST, DISPUTED, LAKE, RIVER, Bounds, Outlines, open_outlines

SYRIA = Bounds(35.0, 32.0, 42.5, 37.5)
DATA = Path(str(files("variorum.show").joinpath("data")))


def test_every_province_of_the_gazetteer_has_an_outline() -> None:
    gazetteer = files("variorum.values").joinpath("data", "gazetteer.sqlite")
    with sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True) as database:
        ids = [id for (id,) in database.execute("select id from entry where feature = 1 and id like 'ne:%'")]
    book = open_outlines()
    assert len(ids) > 4000
    assert [id for id in ids if book.area_bounds(id) is None] == []


def test_a_province_is_rings_that_close() -> None:
    for level in (0, 1, 2):
        rings = open_outlines().area("ne:SY.idlib", level)
        assert len(rings) == 1
        assert np.allclose(rings[0][0], rings[0][-1])
    assert open_outlines().area("ne:XX.nowhere", 0) == []


def test_the_outline_of_a_province_holds_its_seat() -> None:
    (ring,) = open_outlines().area("ne:SY.idlib", 0)
    assert holds(ring, 35.93, 36.63)
    assert not holds(ring, 36.2, 37.16)


def holds(ring: np.ndarray, lat: float, lon: float) -> bool:
    after = np.roll(ring, -1, axis=0)
    across = (ring[:, 1] > lat) != (after[:, 1] > lat)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = ring[:, 0] + (lat - ring[:, 1]) / (after[:, 1] - ring[:, 1]) * (after[:, 0] - ring[:, 0])
    return bool(np.sum(across & (at > lon)) % 2)


@pytest.mark.parametrize(
    ("lat", "lon", "land"),
    [(35.0, 38.5, True), (34.5, 33.0 + 1.5, False), (48.8, 2.3, True), (0.0, -30.0, False), (66.0, 179.0, True)],
)
def test_land_is_land_and_sea_is_sea(lat: float, lon: float, land: bool) -> None:
    bounds = Bounds(lon - 3, lat - 3, lon + 3, lat + 3)
    for level in (0, 1, 2):
        rings = open_outlines().land_in(bounds, level)
        assert sum(holds(ring, lat, lon + turn) for ring in rings for turn in (-360, 0, 360)) % 2 == land


def test_no_line_of_a_province_is_inside_the_land_of_two() -> None:
    """The land is the outer line alone: what two provinces share is left out."""
    book = open_outlines()
    points = sum(len(ring) for ring in book.land_in(Bounds(37.5, 34.0, 38.5, 35.0), 0))
    alone = sum(len(r) for id in ("ne:SY.homs-hims", "ne:SY.hamah", "ne:SY.rif-dimashq") for r in book.area(id, 0))
    assert 0 < points < alone


def test_all_kinds_of_lines_are_there() -> None:
    book = open_outlines()
    for kind in (COAST, BORDER, DISPUTED, RIVER, LAKE):
        assert book.lines_in(SYRIA, kind, 0)


def test_the_euphrates_passes_its_towns() -> None:
    rivers = np.concatenate(open_outlines().lines_in(SYRIA, RIVER, 0))
    for lat, lon in ((35.34, 40.14), (34.45, 40.92), (35.95, 39.01)):
        away = np.hypot((rivers[:, 1] - lat) * 111, (rivers[:, 0] - lon) * 111 * np.cos(np.radians(lat))).min()
        assert away < 8


def test_coarser_levels_have_fewer_points() -> None:
    counts = [sum(len(line) for line in open_outlines().lines_in(SYRIA, BORDER, level)) for level in (0, 1, 2)]
    assert counts[0] > counts[1] > counts[2] > 0


def test_towns_come_with_the_most_people_first() -> None:
    towns = open_outlines().towns_in(SYRIA, 30)
    assert len(towns) == 30
    assert [town.people for town in towns] == sorted((town.people for town in towns), reverse=True)
    assert {"Aleppo", "Damascus"} <= {town.name for town in towns}


@pytest.mark.parametrize(
    ("name", "arabic"),
    [
        ("Deir ez-Zor", "دير الزور"),
        ("Al Qāmishlī", "القامشلي"),
        ("Ar Raqqah", "الرقة"),
        ("Idlib", "إدلب"),
    ],
)
def test_arabic_names_are_those_of_the_arabic_language(name: str, arabic: str) -> None:
    assert {town.arabic for town in open_outlines().towns_in(SYRIA, 80) if town.name == name} == {arabic}


def test_a_box_across_the_180th_meridian_finds_both_sides() -> None:
    towns = open_outlines().towns_in(Bounds(170.0, 60.0, 190.0, 70.0), 50)
    assert {town.name for town in towns} >= {"Anadyr", "Egvekinot"}
    assert {town.lon > 0 for town in towns} == {True, False}


def test_the_data_are_small() -> None:
    assert (DATA / "outlines.bin").stat().st_size < 2_600_000
    assert (DATA.parent.parent / "web" / "static" / "outlines.json.gz").stat().st_size < 700_000


def test_the_sources_and_licences_are_said() -> None:
    notice = (DATA / "NOTICE").read_text(encoding="utf-8")
    assert "public domain" in notice
    assert "CC BY 4.0" in notice
    assert "Natural Earth" in open_outlines().sources


def test_it_opens_quickly_and_reads_only_what_a_map_needs() -> None:
    start = time.process_time()
    book = Outlines(DATA / "outlines.bin")
    book.land_in(SYRIA, 0)
    assert time.process_time() - start < 0.5  # tens of milliseconds on an idle machine
    assert book._tile.cache_info().currsize < 40


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"VOUT1\n", b"VOUT1\n\x05\x00\x00\x00abcde", b"something else"):
        path = tmp_path / "outlines.bin"
        path.write_bytes(content)
        with pytest.raises(ConfigError, match="cannot be read"):
            Outlines(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        Outlines(tmp_path / "missing.bin")
