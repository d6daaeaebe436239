from __future__ import annotations

import pytest

from variorum.show.spots import beside_the_map, make_spot


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("gn:170063", "exact"),
        ("gn:170063;near", "near"),
        ("gn:170063;dir=E;d=20000", "near"),
        ("gn:170063;u=15000", "near"),
        ("ne:SY.aleppo", "province"),
        ("name:Tell Hamra;in=ne:SY.aleppo", "province"),
        ("ne:SY.aleppo;dir=E", "area"),
        ("va:sea.red-sea", "area"),
        ("ne:SY", "country"),
        ("name:Xyz;in=ne:UA", "country"),
        ("name:Xyz", "unplaced"),
        ("nothing", "unplaced"),
    ],
)
def test_a_place_value_says_how_it_is_marked(value: str, kind: str) -> None:
    assert make_spot(value).kind == kind


def test_near_a_town_says_how_near() -> None:
    spot = make_spot("gn:170063;u=15000", number="4")
    assert spot.radius_km == 15
    assert spot.words == "4: target, Aleppo (within 15 km)"


def test_a_province_says_that_it_may_be_anywhere_in_it() -> None:
    assert make_spot("ne:SY.idlib", role="launch").words == "fired from, Idlib province (somewhere in the province)"


def test_countries_and_unknown_places_are_beside_the_map() -> None:
    spots = [make_spot(value) for value in ("gn:170063", "ne:SY", "name:Xyz")]
    assert beside_the_map(spots) == tuple(spots[1:])
