"""Platforms: number and path."""

from __future__ import annotations

import pytest

from variorum.values.platform import compare_platform, find_platforms, parse_platform, show_platform


@pytest.mark.parametrize(
    ("text", "platforms"),
    [
        ("fired from two submarines", [("2 vessel.submarine", "two submarines")]),
        ("Two Marenian subs attack", [("2 vessel.submarine", "Two Marenian subs")]),
        ("from its submarine", [("1 vessel.submarine", "its submarine")]),
        ("A Marenian submarine deployed", [("1 vessel.submarine", "A Marenian submarine")]),
        ("The submarines are covered", [("vessel.submarine", "submarines")]),
        ("the submarine left", [("vessel.submarine", "submarine")]),
        ("more than 20 warplanes", [("20.. aircraft", "more than 20 warplanes")]),
        (
            "Su-24 jets and helicopter gunships",
            [
                ("aircraft.jet.su24", "Su-24"),
                ("aircraft.jet", "jets"),
                ("aircraft.helicopter.gunship", "helicopter gunships"),
            ],
        ),
        ("three tanks and a frigate", [("3 vehicle.tank", "three tanks"), ("1 vessel.frigate", "a frigate")]),
        ("coalition drones", [("aircraft.drone", "drones")]),
        ("a think tank", []),
        ("subcommittee", []),
    ],
)
def test_a_platform_is_found_with_its_number(text: str, platforms: list[tuple[str, str]]) -> None:
    found = find_platforms(text)
    assert [(row.value, row.raw) for row in found] == platforms
    assert all(text[row.start : row.end] == row.raw for row in found)


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("2 vessel.submarine", "2 vessel.submarine", "equal"),
        ("2 vessel.submarine", "1 vessel.submarine", "disjoint"),
        ("2 vessel.submarine", "vessel.submarine", "inside"),
        ("vessel", "2 vessel.submarine", "contains"),
        ("2 vessel", "vessel.submarine", "overlaps"),
        ("2 vessel.submarine", "2 vessel", "inside"),
        ("2 vessel.submarine", "2 vessel.frigate", "disjoint"),
        ("3 aircraft", "2.. aircraft", "inside"),
        ("a raft", "aircraft", "unknown"),
    ],
)
def test_two_platforms_stand_by_number_and_path(left: str, right: str, order: str) -> None:
    assert compare_platform(left, right) == order


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("two submarines", "2 vessel.submarine"),
        ("2 vessel.submarine", "2 vessel.submarine"),
        ("frigate", "vessel.frigate"),
        ("umbrella", None),
    ],
)
def test_words_parse_to_a_platform(raw: str, value: str | None) -> None:
    assert parse_platform(raw) == value


def test_a_platform_is_shown_in_words() -> None:
    assert show_platform("2 vessel.submarine") == "2 × submarine"
    assert show_platform("aircraft.drone") == "drone"
