"""Places as a report of events means them."""

from __future__ import annotations

import pytest

from variorum.extract.sites import settle_places
from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import find_places, gather_context


def places(text: str) -> list[str]:
    """Give the values of the places in a sentence."""
    book = open_gazetteer()
    found = find_places(text, book, gather_context(text, book))
    return [place.value for place in settle_places(found, (), text, book)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Shelling went on in Sagaing Region, villagers said.", "ne:MM.sagaing"),
        ("Shelling went on in the Magway Region, villagers said.", "ne:MM.magway"),
        ("Two soldiers were shot in Bago Division, villagers said.", "ne:MM.bago"),
        ("Gunmen killed nine people in Idlib Governorate on Monday.", "ne:SY.idlib"),
        ("Gunmen killed nine people in Bolívar Department on Monday.", "ne:VE.bolivar"),
        ("Gunmen killed nine people in the State of Kano on Monday.", "ne:NG.kano"),
        ("Gunmen killed nine people in Idlib province on Monday.", "ne:SY.idlib"),
    ],
)
def test_region_state_or_division_beside_a_name_makes_it_the_province(text: str, value: str) -> None:
    assert places(text) == [value]


def test_the_plural_noun_behind_two_names_makes_both_provinces() -> None:
    assert places("Gunmen killed nine people in Zamfara and Kano states on Monday.") == ["ne:NG.zamfara", "ne:NG.kano"]


@pytest.mark.parametrize(
    "text",
    ["Gunmen killed nine people in the town of Idlib on Monday.", "Gunmen killed nine people in Idlib on Monday."],
)
def test_a_name_without_such_a_noun_stays_the_town(text: str) -> None:
    assert places(text) == ["gn:169389"]
