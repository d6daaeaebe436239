"""Where an event was, among the places that its sentence names. All sentences are invented."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer

BOOK = open_gazetteer()


def towns(text: str) -> set[str]:
    found = read_article(make.article(text=text, title="", published="2023-06-16"), BOOK)
    entries = (BOOK.entry(claim.value.partition(";")[0]) for claim in found.claims if claim.prop == "place")
    return {entry.name for entry in entries if entry is not None and entry.feature == "city"}


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("A boy shot in Dayton on Monday was flown to a Cincinnati hospital.", "Cincinnati"),
        ("A boy shot in Dayton on Monday was airlifted to Cincinnati.", "Cincinnati"),
        ("Ann Lee, 28, of Toledo was shot dead in Dayton on Monday.", "Toledo"),
        ("A boy was shot in Dayton on Monday, an uncle told reporters in Akron.", "Akron"),
    ],
)
def test_where_people_are_taken_live_or_speak_is_not_where_it_was(text: str, town: str) -> None:
    assert "Dayton" in towns(text)
    assert town not in towns(text)


@pytest.mark.parametrize(
    "text",
    [
        "Warplanes bombed Idlib hospital on Monday, killing seven patients.",
        "A drone struck the Idlib trauma center on Monday, killing two people.",
        "Shells hit Idlib centre on Monday, killing two people.",
    ],
)
def test_a_hospital_that_is_struck_is_where_it_was(text: str) -> None:
    assert towns(text) == {"Idlib"}


def test_what_is_of_a_town_was_there() -> None:
    assert towns("Shelling of Dayton killed two people on Monday.") == {"Dayton"}


def test_a_police_that_speaks_leaves_the_place_to_the_report_as_a_whole() -> None:
    found = read_article(
        make.article(text="Dayton police said two people were shot on Monday.", title="", published="2023-06-16"), BOOK
    )
    assert [(row.quote, row.stance) for row in found.claims if row.prop == "place"] == [("Dayton", "hedges")]
