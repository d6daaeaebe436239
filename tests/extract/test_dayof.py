"""The day of a report's event where its own clause does not say it. All reports are invented."""

from __future__ import annotations

import pytest

import factories as make
from variorum.extract.dayof import is_of_the_law
from variorum.extract.rules import read_article
from variorum.values.date import find_dates
from variorum.values.gazetteer import open_gazetteer

FRIDAY = "2023-06-16"


def dates(text: str) -> list[tuple[str, str]]:
    found = read_article(make.article(text=text, title="", published=FRIDAY), open_gazetteer())
    attacks = {mention.id for mention in found.mentions if mention.kind == "attack"}
    return [
        (claim.value, claim.stance) for claim in found.claims if claim.prop == "date" and claim.mention_id in attacks
    ]


def test_the_day_a_report_opens_with_dates_its_event_with_a_hedge() -> None:
    text = "Officers came to a house at 1:20 a.m. on Tuesday. They found two people who had been shot."
    assert dates(text) == [("2023-06-13", "hedges")]


def test_a_day_that_the_clause_says_is_said_outright() -> None:
    text = "Officers came to a house on Wednesday. Two people were shot there on Tuesday."
    assert ("2023-06-13", "asserts") in dates(text)


def test_a_report_of_attacks_of_several_days_gives_none_of_them_to_another() -> None:
    text = (
        "Two people were shot in Dayton on Monday. Three people were shot in Toledo on Thursday. "
        "Four people were shot in Akron."
    )
    assert "hedges" not in {stance for _, stance in dates(text)}


def test_a_day_of_something_else_is_not_that_of_the_event() -> None:
    assert dates("Two people were shot in Dayton. The town's football club won the cup on Sunday night.") == []


def test_the_day_of_a_charge_is_not_that_of_the_deed() -> None:
    assert dates("A man was charged Thursday with murder after two people were shot dead in Dayton.") == []


@pytest.mark.parametrize(
    ("text", "of_the_law"),
    [
        ("He was charged on Tuesday with murder", True),
        ("On Tuesday, the coroner confirmed that the death was an accident", True),
        ("The brothers pleaded guilty on Tuesday", True),
        ("He appeared in county court on Tuesday", True),
        ("A bomber attacked a funeral in Taiz on Tuesday, killing 14", False),
        ("On Tuesday, gunmen killed two men in Mukalla, police confirmed", False),
        ("The army announced that on Tuesday its aircraft bombed Marib", False),
        ("A bomb exploded outside a court in Quetta on Tuesday", False),
        ("Gunmen killed four people in Zinder on Tuesday, officials announced", False),
        ("Troops charged the crowd on Tuesday and killed nine", False),
        ("He was arrested for shooting two men on Tuesday", False),
        ("Two men were shot on Tuesday", False),
    ],
)
def test_the_days_of_the_law(text: str, of_the_law: bool) -> None:
    (found,) = find_dates(text, FRIDAY)
    assert is_of_the_law(text, found) is of_the_law
