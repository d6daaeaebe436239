"""Entries by id, name and closeness."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.errors import ConfigError
from variorum.values.gazetteer import Gazetteer, area_points, distance_km, open_gazetteer, town_radius_km

BOOK = open_gazetteer()


@pytest.mark.parametrize(
    ("spellings", "id"),
    [
        (("Deir az-Zour", "Deir el-Zour", "Deir Ezzor", "Deir ez-Zor", "Deir al-Zor"), "gn:170794"),
        (("Abu Kamal", "Albukamal", "Al-Bukamal"), "gn:174448"),
        (("Mayadeen", "Mayadin", "al-Mayadin"), "gn:173480"),
        (("Khan Sheikhoun", "Khan Shaykhun"), "gn:168325"),
        (("Kiev", "Kyiv", "Київ"), "gn:703448"),
        (("Kharkov", "Kharkiv"), "gn:706483"),
        (("Aleppo", "Halab", "حلب"), "gn:170063"),
    ],
)
def test_every_spelling_of_a_town_leads_to_it(spellings: tuple[str, ...], id: str) -> None:
    assert {BOOK.find(name)[0].id for name in spellings} == {id}


@pytest.mark.parametrize(
    ("name", "hint", "country", "feature"),
    [
        ("Tripoli", (), "LY", "city"),
        ("Tripoli", ("LB",), "LB", "city"),
        ("Rafah", ("EG",), "EG", "city"),
        ("Texas", (), "US", "admin1"),
        ("Syria", (), "SY", "country"),
        ("Black Sea", (), "", "sea"),
        ("Euphrates", (), "", "river"),
        ("Darfur", (), "SD", "region"),
        ("Washington", (), "US", "city"),
    ],
)
def test_the_likeliest_entry_comes_first(name: str, hint: tuple[str, ...], country: str, feature: str) -> None:
    best = BOOK.find(name, hint)[0]
    assert (best.country, best.feature) == (country, feature)


def test_closeness_tells_two_towns_of_one_name_apart() -> None:
    assert BOOK.find("Paris", ("US",), near=[(33.6, -95.6)])[0].admin1 == "ne:US.texas"


def test_a_spelling_that_only_sounds_alike_needs_its_country() -> None:
    assert BOOK.find("Aqerbat", ("SY",))[0].country == "SY"
    assert BOOK.find("Aqerbat", ("NG",)) == []


def test_a_word_that_is_no_place_finds_nothing() -> None:
    assert BOOK.find("Xqzvwj") == []


@pytest.mark.parametrize("id", ["gn:170063", "ne:SY", "ne:SY.idlib", "va:sea.black-sea"])
def test_an_id_leads_to_its_entry(id: str) -> None:
    entry = BOOK.entry(id)
    assert entry is not None
    assert entry.id == id


@pytest.mark.parametrize("id", ["gn:1", "ne:ZZ", "gn:x", "nonsense"])
def test_an_unknown_id_leads_to_nothing(id: str) -> None:
    assert BOOK.entry(id) is None


def test_the_nearest_towns_come_closest_first() -> None:
    found = BOOK.nearest(36.2, 37.16, limit=3)
    away = [distance_km((36.2, 37.16), (entry.lat, entry.lon)) for entry in found]
    assert found[0].id == "gn:170063"
    assert away == sorted(away)


def test_a_distance_is_in_kilometres_along_the_great_circle() -> None:
    assert distance_km((36.2, 37.16), (33.51, 36.29)) == pytest.approx(310, rel=0.02)


def test_a_town_grows_with_its_people() -> None:
    assert town_radius_km(0) == 1.0
    assert town_radius_km(1_000_000) == 11.0


def test_a_country_centre_lies_in_the_country() -> None:
    entry = BOOK.entry("ne:SY")
    assert entry is not None
    assert distance_km((entry.lat, entry.lon), (35.0, 38.5)) < 60


def test_the_file_says_where_it_is_from() -> None:
    assert "GeoNames (CC BY 4.0)" in BOOK.meta["sources"]
    assert len(BOOK.meta["sha256 cities500.json"]) == 64


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Gazetteer(str(tmp_path / "none.sqlite"))


def test_a_country_stands_at_the_point_that_gazetteers_give_it() -> None:
    points = {id: BOOK.entry(id) for id in ("ne:US", "ne:EG", "va:region.africa")}
    assert {id: (e.lat, e.lon) for id, e in points.items() if e is not None} == {
        "ne:US": (39.83, -98.58), "ne:EG": (27.0, 30.0), "va:region.africa": (7.188, 21.094)
    }  # fmt: skip


def test_every_point_of_the_table_is_that_of_an_entry() -> None:
    for id, point in area_points().items():
        entry = BOOK.entry(id)
        assert entry is not None, id
        assert (entry.lat, entry.lon) == point
