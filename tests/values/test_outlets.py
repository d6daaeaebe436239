"""Outlets of one town: which town, and what its reports mean by a name. All reports are invented."""

from __future__ import annotations

import pytest

from variorum.values.gazetteer import open_gazetteer
from variorum.values.outlets import find_home, host_of, load_outlets
from variorum.values.place import find_places, gather_context
from variorum.values.placeworth import is_beside

BOOK = open_gazetteer()


def host_in(town: str) -> str:
    return next(host for host, (_, name) in load_outlets().items() if name == town)


def found(text: str, town: str = "") -> list[tuple[str, str]]:
    context = gather_context(text, BOOK, outlets=(host_in(town),) if town else ())
    return [(place.raw, place.value) for place in find_places(text, BOOK, context)]


@pytest.mark.parametrize(
    ("outlet", "host"),
    [
        ("https://www.tarnpost.example:80/a/b.html", "tarnpost.example"),
        ("m.TarnPost.example", "tarnpost.example"),
        ("http://web.archive.org/web/20310502/http://www.tarnpost.example/a", "tarnpost.example"),
        ("Tarn Post", "tarn post"),
    ],
)
def test_the_host_of_an_outlet(outlet: str, host: str) -> None:
    assert host_of(outlet) == host


def test_every_outlet_of_the_table_has_a_town_in_or_beside_its_province() -> None:
    for host, (province, _) in load_outlets().items():
        home, area = find_home(host, BOOK), BOOK.entry(province)
        assert home is not None, host
        assert area is not None, province
        assert home.admin1 == province or is_beside(home, area), host


def test_an_outlet_that_is_not_listed_has_no_home() -> None:
    assert find_home("tarnpost.example", BOOK) is None
    assert find_home("//[", BOOK) is None


def test_a_local_outlet_means_the_town_of_its_province() -> None:
    text = "Two men were shot in Columbia on Monday."
    assert found(text, "Charleston") == [("Columbia", "gn:4575352")]
    assert found(text, "Jefferson City") == [("Columbia", "gn:4381982")]


def test_a_name_far_away_is_a_part_of_the_outlets_town() -> None:
    assert found("A boy was shot in the Austin neighborhood on Monday.", "Chicago") == [
        ("Austin", "name:Austin;in=gn:4887398")
    ]


def test_a_side_of_town_lies_in_it() -> None:
    assert found("A boy was shot on the West Side on Monday.", "Chicago") == [
        ("West Side", "name:West Side;in=gn:4887398")
    ]


def test_a_town_far_away_is_meant_where_its_state_is_named() -> None:
    assert found("A man wanted here was held in Austin, Texas, on Monday.", "Chicago")[0] == ("Austin", "gn:4671654")


def test_a_street_of_a_far_towns_name_is_no_place() -> None:
    assert found("He was shot in the 1300 block of North Erie on Monday.", "Wichita") == []


def test_a_state_code_says_which_town_for_the_whole_report() -> None:
    text = "Five killed in Columbia. Officers went to Columbia, MO on Monday."
    assert {value for raw, value in found(text) if raw == "Columbia"} == {"gn:4381982"}


def test_a_town_that_the_gazetteer_lacks_lies_in_the_state_that_is_named() -> None:
    assert found("Five were killed in Columbia, VT on Monday, say the Vermont police.")[0] == (
        "Columbia",
        "name:Columbia;in=ne:US.vermont",
    )


def test_two_letters_name_no_state_where_nothing_else_does() -> None:
    assert found("In Ramallah, PA police shot a man on Monday.")[0] == ("Ramallah", "gn:282239")


def test_a_report_that_names_another_country_is_no_local_one() -> None:
    text = "Warplanes bombed a market in Idlib in Syria on Monday. Rebels in Saraqib fired back."
    assert found(text, "Chicago") == found(text)


def test_a_large_town_far_away_is_meant_without_its_state() -> None:
    assert found("Two men were shot dead on Monday in Atlanta.", "Chicago") == [("Atlanta", "gn:4180439")]


def test_a_town_on_a_border_lies_in_the_state_that_is_named() -> None:
    assert found("Two men were shot in St. Louis, Mo., on Monday.")[0] == ("St. Louis", "gn:4407066")
