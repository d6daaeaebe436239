"""Facts: which value stands for which property, from invented sentences."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.rules import read_article
from variorum.values.gazetteer import open_gazetteer


def facts(text: str, published: str | None = "2023-06-16") -> set[tuple[str, str]]:
    """Property and value of every claim in a text."""
    article = make.article(text=text, title="", published=published)
    return {(claim.prop, claim.value) for claim in read_article(article, open_gazetteer()).claims}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Rockets were fired from Idlib on Monday, killing two people.", {("place_from", "gn:169389")}),
        ("The missiles flew 500 km (310 miles) and hit Homs.", {("distance", "500 km"), ("distance", "310 mi")}),
        ("The two-year siege of Homs was lifted on Monday.", {("duration", "2 year"), ("place", "gn:169577")}),
        ("Clashes in Homs lasted four hours on Monday.", {("duration", "4 hour")}),
        ("A convoy of 12 buses, with 200 fighters on board, reached Idlib.", {("vehicles", "12"), ("people", "200")}),
        ("The buses left Idlib on Monday.", {("place_from", "gn:169389"), ("date", "2023-06-12")}),
        ("Shelling hit Homs at 3:40 a.m. on Monday, killing two people.", {("time", "03:40")}),
        ("Shelling 20 km east of Homs killed two people on Monday.", {("place", "gn:169577;dir=E;d=20000;near")}),
        ("Nobody was killed in the shelling of Homs on Monday.", {("killed", "0")}),
        ("Submarines fired six Kalibr missiles on Monday.", {("platform", "vessel.submarine"), ("munitions", "6")}),
        ("Since Tuesday 3,000 people have fled Idlib.", {("date", "2023-06-13/2023-06-16"), ("displaced", "3000")}),
        ("Drone strikes killed two people in Homs overnight.", {("date", "2023-06-15/2023-06-16")}),
    ],
)  # fmt: skip
def test_a_value_goes_to_its_property(text: str, given: set[tuple[str, str]]) -> None:
    assert given <= facts(text)


@pytest.mark.parametrize(
    ("text", "prop"),
    [
        ("Warplanes bombed a depot of rockets near Homs on Monday.", "weapon"),
        ("Artillery destroyed two tanks near Homs on Monday, killing two people.", "platform"),
        ("Shelling 20 km east of Homs killed two people on Monday.", "distance"),
        ("Rockets fired by militants hit a depot 20 km (12 miles) east of Homs on Monday.", "distance"),
        ("Shelling killed two people in Homs on Monday in a two-year siege.", "duration"),
        ("Shelling killed two people aged 40 and 52 in Homs on Monday.", "munitions"),
        ("A car bomb killed nine people in Homs on Monday.", "vehicles"),
        ("The buses left Idlib on Monday.", "place"),
        ("Envoys of Torland told reporters in Lima that shelling killed two people on Monday.", "place"),
    ],
)
def test_a_value_of_something_else_is_not_taken(text: str, prop: str) -> None:
    found = facts(text)
    assert found
    assert prop not in {name for name, _ in found}


def test_those_who_die_of_their_wounds_are_no_toll_of_their_own() -> None:
    found = facts("Shelling of Homs wounded nine people on Monday. Two of the wounded died on Tuesday.")
    assert ("injured", "9") in found
    assert ("killed", "2") not in found


def test_a_released_hostage_is_not_counted_as_killed() -> None:
    assert not {name for name, _ in facts("Twelve hostages were freed in Gao on Friday.")} & {"killed", "injured"}


def test_both_figures_of_a_conversion_keep_their_own_words() -> None:
    article = make.article(
        text="The missiles flew 500 km (310 miles) and hit Homs on Monday.", title="", published=None
    )
    quotes = {claim.quote for claim in read_article(article, open_gazetteer()).claims if claim.prop == "distance"}
    assert quotes == {"500 km", "310 miles"}


def test_a_claim_carries_the_day_of_publication() -> None:
    article = make.article(text="Shelling killed two people in Homs on Monday.", title="", published="2023-06-16")
    assert {claim.as_of for claim in read_article(article, open_gazetteer()).claims} == {"2023-06-16"}
