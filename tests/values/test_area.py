"""What a place value says: extent, comparison, words, precision codes."""

from __future__ import annotations

import pytest

from variorum.values.area import (
    acled_geo_precision,
    compare_place,
    contains,
    extent,
    precision_of,
    show_place,
    split_place,
    ucdp_where_prec,
)
from variorum.values.gazetteer import distance_km

ALEPPO, DAMASCUS, PROVINCE = "gn:170063", "gn:170654", "ne:SY.aleppo"


@pytest.mark.parametrize(
    "value",
    [
        ALEPPO,
        f"{ALEPPO};near",
        f"{ALEPPO};dir=SE;d=20000;near",
        "name:Tal Zeid;in=ne:SY.aleppo",
        "geo:34.45,40.92;u=5000",
        "ne:SY;dir=N",
    ],
)
def test_a_value_survives_reading_and_writing(value: str) -> None:
    assert str(split_place(value)) == value


@pytest.mark.parametrize("value", ["", "Aleppo", "gn:", "xx:1"])
def test_other_strings_are_no_place(value: str) -> None:
    assert split_place(value) is None


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        (ALEPPO, ALEPPO, "equal"),
        (ALEPPO, PROVINCE, "inside"),
        ("ne:SY", ALEPPO, "contains"),
        (PROVINCE, "ne:SY", "inside"),
        (ALEPPO, DAMASCUS, "disjoint"),
        (PROVINCE, "ne:SY.idlib", "disjoint"),
        ("ne:SY", "ne:IQ", "disjoint"),
        (ALEPPO, f"{ALEPPO};near", "inside"),
        (f"{ALEPPO};dir=E", ALEPPO, "inside"),
        (f"{ALEPPO};dir=E;d=20000;near", f"{ALEPPO};dir=W;d=20000;near", "overlaps"),
        ("name:Tal Zeid;in=ne:SY.aleppo", "name:Tal Omar;in=ne:SY.aleppo", "unknown"),
        ("name:Tal Zeid", ALEPPO, "unknown"),
        ("name:Tal Zeid;in=ne:SY.aleppo", PROVINCE, "inside"),
        ("name:Tal Zeid;in=ne:SY.aleppo", DAMASCUS, "disjoint"),
        ("gn:170592", "va:region.eastern-ghouta", "inside"),
        ("nonsense", ALEPPO, "unknown"),
    ],
)
def test_two_places_compare(left: str, right: str, order: str) -> None:
    assert compare_place(left, right) == order


@pytest.mark.parametrize(
    ("outer", "inner", "holds"), [("ne:SY", ALEPPO, True), (ALEPPO, "ne:SY", False), ("ne:IQ", ALEPPO, False)]
)
def test_a_country_holds_its_towns(outer: str, inner: str, holds: bool) -> None:
    assert contains(outer, inner) is holds


def test_a_distance_and_direction_move_the_centre() -> None:
    town, moved = extent(ALEPPO), extent(f"{ALEPPO};dir=E;d=20000;near")
    assert town is not None
    assert moved is not None
    assert distance_km(town[:2], moved[:2]) == pytest.approx(20, rel=0.02)
    assert moved[1] > town[1]


def test_near_is_wider_than_the_town() -> None:
    town, near = extent(ALEPPO), extent(f"{ALEPPO};near")
    assert town is not None
    assert near is not None
    assert near[:2] == town[:2]
    assert near[2] > town[2]


def test_a_name_without_container_has_no_extent() -> None:
    assert extent("name:Tal Zeid") is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ALEPPO, "Aleppo"),
        (PROVINCE, "Aleppo province"),
        (f"{ALEPPO};near", "near Aleppo"),
        (f"{ALEPPO};dir=E;d=20000;near", "20 km east of Aleppo"),
        (f"{ALEPPO};dir=SE;near", "south-east of Aleppo"),
        ("va:sea.mediterranean-sea;dir=E", "eastern Mediterranean Sea"),
        ("name:Tal Zeid;in=ne:SY.aleppo", "Tal Zeid (Aleppo province)"),
    ],
)
def test_a_place_reads_as_words(value: str, words: str) -> None:
    assert show_place(value) == words


@pytest.mark.parametrize(
    ("value", "words", "ucdp"),
    [
        ("own:tell-zarbun-1", "own:tell-zarbun-1", 6),
        ("own:tell-zarbun-1;near", "near own:tell-zarbun-1", 6),
        ("gn:399999999", "gn:399999999", 1),
        ("gn:99999999999999999999", "gn:99999999999999999999", 1),
    ],
)
def test_a_value_of_a_gazetteer_that_is_not_here_stays_readable(value: str, words: str, ucdp: int) -> None:
    assert (show_place(value), extent(value), ucdp_where_prec(value)) == (words, None, ucdp)
    assert compare_place(value, ALEPPO) == "unknown"


@pytest.mark.parametrize(
    ("value", "precision", "ucdp", "acled"),
    [
        (ALEPPO, "exact", 1, 1),
        (f"{ALEPPO};near", "near", 2, 2),
        (f"{ALEPPO};dir=E;d=20000;near", "direction", 2, 2),
        (PROVINCE, "admin1", 4, 3),
        ("ne:SY", "country", 6, 3),
        ("va:sea.black-sea", "area", 7, 3),
        ("va:river.euphrates", "area", 5, 3),
        ("name:Tal Zeid;in=ne:SY.aleppo", "near", 4, 3),
        ("name:Tal Zeid;in=ne:SY", "near", 6, 3),
        (f"name:Salaheddin;in={ALEPPO}", "near", 2, 2),
        ("name:Tal Zeid", "exact", 6, 3),
        (f"{ALEPPO};dir=E", "direction", 2, 2),
        (f"{ALEPPO};d=20000;near", "near", 2, 2),
        (f"{ALEPPO};d=60000;near", "near", 5, 3),
        (f"{ALEPPO};dir=E;d=60000;near", "direction", 2, 2),
        (f"{PROVINCE};dir=E", "direction", 5, 2),
        (f"{PROVINCE};near", "near", 5, 3),
        ("gn:US.texas.henderson-county", "admin1", 3, 2),
        ("gn:US.texas.henderson-county;dir=E", "direction", 3, 2),
        ("ne:SY;dir=N", "direction", 5, 3),
        ("ne:SY;near", "near", 5, 3),
        ("va:sea.black-sea;dir=N", "direction", 7, 3),
        ("va:sea.black-sea;near", "near", 5, 3),
        ("va:sea.lake-chad", "area", 5, 3),
        ("va:region.eastern-ghouta", "area", 2, 2),
        ("va:region.darfur", "area", 5, 3),
        ("va:river.euphrates;near", "near", 5, 3),
        ("geo:34.45,40.92", "exact", 1, 1),
        ("geo:34.45,40.92;u=5000", "exact", 1, 1),
        ("geo:34.45,40.92;u=60000", "exact", 5, 3),
        ("nonsense", None, 6, 3),
    ],
)
def test_a_value_says_how_precise_it_is(value: str, precision: str | None, ucdp: int, acled: int) -> None:
    assert (precision_of(value), ucdp_where_prec(value), acled_geo_precision(value)) == (precision, ucdp, acled)


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        (ALEPPO, f"{ALEPPO};u=50000", "inside"),
        (f"{ALEPPO};u=50000", ALEPPO, "contains"),
        (f"{ALEPPO};u=2000", f"{ALEPPO};u=15000", "inside"),
    ],
)
def test_a_stated_extent_is_held_against_another_by_its_circle(left: str, right: str, word: str) -> None:
    assert compare_place(left, right) == word
