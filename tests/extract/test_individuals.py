"""Personal names in a text. Every name is invented."""

from __future__ import annotations

import pytest

from variorum.extract.individuals import as_person, find_individuals, find_named

FOUND = [
    ("Jon Testley, 34, was shot in Orvend.", ["Jon Testley"]),
    ("Layla Abdul-Rahman and Samir al-Masri were buried on Friday.", ["Layla Abdul-Rahman", "Samir al-Masri"]),
    ("The order was signed by General Hassan Dirar of the Western Command.", ["Hassan Dirar"]),
    ("The Tihama Observatory counted three dead in Aleppo.", []),
    ("Katiba al-Rimal claimed the attack.", []),
    ("POLICE SHOT THE BOY, a neighbour said. The boy was shot by police.", []),
    ("Farhana Mir, a nurse, ran. “I saw nine bodies,” Mir said.", ["Farhana Mir", "Mir"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_personal_names_are_found_and_bodies_are_none(text: str, expected: list[str]) -> None:
    found = find_individuals(text)
    assert [one.words for one in found.persons] == expected
    assert all(text[one.start : one.end] == one.words for one in found.persons)


def test_without_the_tagger_rules_find_who_has_an_age_a_title_or_speaks() -> None:
    text = "Jon Testley, 34, died. Mrs Ana Orlic wept. “It burned,” said Farhana Mir. The dead were named as Tom Berg."
    found = find_individuals(text, tagger=False)
    assert [one.words for one in found.persons] == ["Jon Testley", "Ana Orlic", "Farhana Mir"]


def test_a_town_behind_in_and_one_of_a_dateline_are_placed() -> None:
    text = "KESH VARAN, May 6 - Police said nine people died in Kesh Varan on Monday. Ana Orlic lives there."
    assert {one.words for one in find_individuals(text).persons if not one.placed} == {"Ana Orlic"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Farhana Mir", "Farhana Mir"),
        ("Colonel Rida Salam", "Rida Salam"),
        ("Tihama Observatory", ""),
        ("Syrian army", ""),
        ("residents", ""),
        ("doctor at the clinic", ""),
    ],
)
def test_a_source_is_a_person_or_none(words: str, expected: str) -> None:
    assert as_person(words) == expected


def test_an_outlet_is_no_person() -> None:
    assert as_person("Harbour Lantern", "Harbour Lantern") == ""


def test_a_given_name_is_found_wherever_it_stands() -> None:
    assert [one.start for one in find_named("Ana Orlic ran. Then Ana Orlic fell.", "Ana Orlic")] == [0, 20]
