"""Weapons: wordings, paths, comparison."""

from __future__ import annotations

import pytest

from variorum.values.weapon import (
    _find_wordings,
    compare_weapon,
    find_weapons,
    load_weapons,
    parse_weapon,
    pattern,
    show_weapon,
)

WORDINGS = [
    (table, path, words)
    for table in ("weapon", "platform")
    for path, wordings in load_weapons()[table].items()
    for words in wordings
]


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("seven Kalibr cruise missiles", ["missile.cruise.kalibr"]),
        ("three ballistic missiles", ["missile.ballistic"]),
        ("three Kalibr missiles", ["missile.cruise.kalibr"]),
        ("A missile hit", ["missile"]),
        ("barrel bombs and Barrel-bombs", ["bomb.barrel", "bomb.barrel"]),
        ("a suicide car bomb", ["bomb.car.suicide"]),
        ("a car bombing and a suicide bomber with an explosive belt", ["bomb.car", "bomb.suicide", "bomb.suicide"]),
        ("a roadside bomb and an IED", ["bomb.roadside", "bomb.roadside"]),
        ("mortar shells and artillery fire", ["shell.mortar", "shell.artillery"]),
        (
            "S-300 and S-400 missile systems, a Patriot battery",
            ["airdefence.s300", "airdefence.s400", "missile", "airdefence.patriot"],
        ),
        ("sarin nerve gas, chlorine gas", ["chemical.nerve.sarin", "chemical.chlorine"]),
        ("rocket-propelled grenades", ["rocket.grenade"]),
        ("shot with an AK-47 and stabbed with knives", ["gun.rifle.ak47", "blade"]),
        ("a drone strike", ["drone"]),
        ("a TOW missile was in tow", ["missile.antitank.tow"]),
        ("gun control at a gold mine", []),
        ("a bomb squad came", []),
        ("the rocket launcher", []),
        ("صاروخ 💥 rockets", ["rocket"]),
    ],
)
def test_a_weapon_is_found_at_its_most_precise_path(text: str, weapons: list[str]) -> None:
    found = find_weapons(text)
    assert [row.value for row in found] == weapons
    assert all(text[row.start : row.end] == row.raw for row in found)


@pytest.mark.parametrize(("path", "words"), [(path, words) for table, path, words in WORDINGS if table == "weapon"])
def test_every_wording_of_a_weapon_parses_to_its_path(path: str, words: str) -> None:
    assert parse_weapon(words) == path
    assert parse_weapon(path) == path


def test_no_wording_stands_under_two_paths_of_one_table() -> None:
    seen: dict[tuple[str, str], str] = {}
    for table, path, words in WORDINGS:
        assert seen.setdefault((table, words), path) == path


def test_every_path_below_the_first_level_has_its_prefix_in_the_table() -> None:
    for table in ("weapon", "platform"):
        rows = load_weapons()[table]
        assert [path for path in rows if "." in path and path.rpartition(".")[0] not in rows] == []


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("missile.cruise.kalibr", "missile.cruise", "inside"),
        ("missile", "missile.cruise.kalibr", "contains"),
        ("missile.cruise", "missile.ballistic", "disjoint"),
        ("missile.cruise", "missile.cruise", "equal"),
        ("bomb", "bombast", "unknown"),
        ("mine", "missile", "disjoint"),
    ],
)
def test_two_weapons_stand_by_their_paths(left: str, right: str, order: str) -> None:
    assert compare_weapon(left, right) == order


def test_a_weapon_is_shown_in_words() -> None:
    assert show_weapon("bomb.barrel") == "barrel bomb"
    assert show_weapon("not.a.path") == "not.a.path"


def test_a_wording_that_is_no_weapon_does_not_parse() -> None:
    assert parse_weapon("an umbrella") is None


def test_wordings_tried_alone_are_those_of_the_whole_pattern() -> None:
    words = [words for table, _, words in WORDINGS if table == "weapon"]
    texts = [" and ".join(words[at : at + 5]) for at in range(0, len(words), 3)]
    texts += ["-".join(words[at : at + 4]).upper() for at in range(0, len(words), 3)]
    for text in texts:
        whole = [match.span() for match in pattern("weapon").finditer(text)]
        assert [match.span() for match in _find_wordings(text, "weapon")] == whole
