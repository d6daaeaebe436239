"""Names of bodies: normal forms, kinds and how two names stand."""

from __future__ import annotations

import pytest

from variorum.values.name import compare_name, find_demonyms, find_names, find_states, kind_of, parse_name, show_name
from variorum.values.nametable import aliases, known_kinds, load_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the Russian Defence Ministry said", ["Russian defence ministry"]),
        ("Russia's Ministry of Defence says", ["Russian defence ministry"]),
        ("Russias Ministry of Defence says", ["Russian defence ministry"]),
        ("the Defense Ministry of the Russian Federation", ["Russian defence ministry"]),
        ("the Marenian Defence Ministry", ["Marenian defence ministry"]),
        ("Marenia's Defence Ministry", ["Marenian defence ministry"]),
        ("the Defence Ministry said", ["defence ministry"]),
        ("the U.S. -led coalition", ["US-led coalition"]),
        ("the US-led international coalition", ["US-led coalition"]),
        ("US-led and Russian strikes", ["US-led coalition"]),
        ("a Saudi Arabia-led coalition", ["Saudi-led coalition"]),
        ("U.S.-backed Syrian rebels", ["US-backed rebels"]),
        ("Iran-backed militias", ["Iranian-backed militias"]),
        ("U.S.-backed Syrian Democratic Forces (SDF)", ["Syrian Democratic Forces"] * 2),
        ("IS, ISIS, ISIL, Daesh and the Islamic state group", ["Islamic State"] * 5),
        ("Katiba al-Rimal and Liwa Suqur al-Wadi", ["Katiba al-Rimal", "Liwa Suqur al-Wadi"]),
        ("Positions of the Tihama Brigades were hit", ["Tihama Brigades"]),
        ("Suspected Joint Air Command strikes", ["Joint Air Command"]),
        ("Envoys of the Western Command and the Lake Mission", ["Western Command", "Lake Mission"]),
        ("Koro Army units", ["Koro Army"]),
        ("the Manglar Column", ["Manglar Column"]),
        ("Marenia's navy", ["Marenian navy"]),
        ("Vesk's army", ["Vesk army"]),
        ("Karim's fighters", []),
        ("this is what he is", []),
        ("who told us", []),
        ("the WHO said", ["World Health Organization"]),
        ("Syrian Arab Army units", ["Syrian army"]),
        ("Syria's army and government forces", ["Syrian army"]),
        ("Syrian regime forces", ["Syrian government forces"]),
        ("Nigerian air force jets", ["Nigerian air force"]),
        ("Al-Shabaab, al-Shabab and Al Shabaab", ["al-Shabaab"] * 3),
        ("the Khabur Valley Monitor said", ["Khabur Valley Monitor"]),
        ("the Front for the Defence of Koro said", ["Front for the Defence of Koro"]),
        ("The Gaza health ministry", ["Gaza health ministry"]),
        ("the Rapid Support Forces (RSF)", ["Rapid Support Forces"] * 2),
        ("قال الجيش 😀 the PKK", ["Kurdistan Workers' Party"]),
        ("the government of Iraq", ["Iraqi government"]),
        ("Assad's forces and the Asad regime", ["Syrian forces", "Syrian government"]),
        ("Assad said", []),
        ("", []),
    ],
)
def test_a_body_has_one_normal_form(text: str, names: list[str]) -> None:
    found = find_names(text)
    assert [row.value for row in found] == names
    assert all(text[row.start : row.end] == row.raw for row in found)


@pytest.mark.parametrize("name", sorted(known_kinds()))
def test_a_canonical_name_parses_to_itself(name: str) -> None:
    assert parse_name(name) == name


def test_no_alias_names_two_bodies() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for rows in aliases().values():
        for alias in rows:
            words = tuple(token.raw for token in alias.tokens)
            assert seen.setdefault(words, alias.name) == alias.name


def test_every_whole_is_a_known_name_or_state() -> None:
    known = set(known_kinds()) | set(load_names()["states"])
    table = load_names()["part_of"]
    assert {name for row in table.items() for name in row} <= known


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Islamic State", "jihadist"),
        ("Russian defence ministry", "ministry"),
        ("Khabur Valley Monitor", "monitor"),
        ("Syrian army", "state forces"),
        ("US-led coalition", "coalition"),
        ("Reuters", "agency"),
        ("Russia", "state"),
        ("residents", "unknown"),
    ],
)
def test_a_name_tells_its_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("Islamic State", "Islamic State", "equal"),
        ("Russian army", "Russia", "inside"),
        ("Russia", "Russian army", "contains"),
        ("People's Protection Units", "Syrian Democratic Forces", "inside"),
        ("Russian army", "Russian defence ministry", "overlaps"),
        ("Islamic State", "Syrian army", "disjoint"),
        ("Russia", "United States", "disjoint"),
        ("Khabur Valley Monitor", "Islamic State", "unknown"),
        ("residents", "Islamic State", "unknown"),
    ],
)
def test_two_names_stand_to_each_other(left: str, right: str, order: str) -> None:
    assert compare_name(left, right) == order


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("suspected Russian and Turkish strikes", ["Russia", "Turkey"]),
        ("French and UN-led mission patrols across Mali's Gao region", ["France"]),
        ("Syrian civilians in the Syrian desert", []),
        ("Iran and Turkey said", ["Iran", "Turkey"]),
        ("strikes in Iran", []),
        ("the Russian army fired", []),
        ("US-backed fighters", []),
    ],
)
def test_a_state_that_acts_is_found_by_its_adjective_or_name(text: str, states: list[str]) -> None:
    assert [row.value for row in find_demonyms(text)] == states


def test_states_are_found_by_name_adjective_and_seat() -> None:
    found = find_states("Moscow and the U.S. met British envoys in Syria")
    assert [(row.value, row.extra["form"]) for row in found] == [
        ("Russia", "seat"),
        ("United States", "adjective"),
        ("United Kingdom", "adjective"),
        ("Syria", "name"),
    ]


@pytest.mark.parametrize(
    ("raw", "name"), [("the Kremlin", "Kremlin"), ("U.S.", "United States"), ("  ", None), ("Koro", "Koro")]
)
def test_raw_words_parse_to_a_name(raw: str, name: str | None) -> None:
    assert parse_name(raw) == name


def test_a_name_is_shown_as_it_is() -> None:
    assert show_name("Islamic State") == "Islamic State"
