"""Personal names in a text. Every name is invented."""

from __future__ import annotations

import pytest

from variorum.extract.individuals import as_person, find_individuals, find_named, find_owner

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


BY_RULES = [
    ("His cousin Ibrahim ag-Youssouf ran. The ag was there.", ["Ibrahim ag-Youssouf"]),
    ("Witness Umm-Al-Khair bint Wuld-Daddah ran.", ["Umm-Al-Khair bint Wuld-Daddah"]),
    ('Jon "Sparky" Testley ran.', ['Jon "Sparky" Testley']),
    ("The late Ana Orlic sold fish.", ["Ana Orlic"]),
    ("Orlic, 34, was shot.", ["Orlic"]),
    ("A man identified only as Belkassem fled.", ["Belkassem"]),
    ("They were named as Jon Testley, Ana Orlic and Tom Berg.", ["Jon Testley", "Ana Orlic", "Tom Berg"]),
    ("JON TESTLEY, 34, was shot.", ["JON TESTLEY"]),
    ("M. K., a resident, fled.", ["M. K."]),
    ("“It burned,” said A.B. The fire grew.", ["A.B."]),
    ("Photo: Petr Novak", ["Petr Novak"]),
    ("The U. S. was warned. The MP said so. The late Ming Dynasty fell.", []),
    ("Division General (GNB) Division was named.", []),
]


@pytest.mark.parametrize(("text", "expected"), BY_RULES)
def test_rules_alone_find_names_in_odd_forms(text: str, expected: list[str]) -> None:
    assert [one.words for one in find_individuals(text, tagger=False).persons] == expected


@pytest.mark.parametrize(
    ("outlet", "expected"),
    [
        ("Moussa Ag Attaher's blog", "Moussa Ag Attaher"),
        ("moussa ag-attaher’s blog", "Moussa Ag-Attaher"),
        ("Ana Orlic on Telegram", "Ana Orlic"),
        ("The Ana Orlic Channel", "Ana Orlic"),
        ("Blog: Jon Testley", "Jon Testley"),
        ("Ana's diary", "Ana"),
        ("Tarn Post on X", ""),
        ("Sahel Wire's channel", ""),
        ("Tihama Observatory on Telegram", ""),
        ("China People's Daily", ""),
        ("Syria Direct website", ""),
        ("Ana Orlic", ""),
    ],
)
def test_an_outlet_that_is_somebodys_own_names_its_owner(outlet: str, expected: str) -> None:
    assert find_owner(outlet) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Farhana Mir", "Farhana Mir"),
        ("witness Moussa Ag Attaher", "Moussa Ag Attaher"),
        ("Youssouf", "Youssouf"),
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
