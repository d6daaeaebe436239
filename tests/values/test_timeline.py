"""Time expressions of a text in reading order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.date import find_dates
from variorum.values.timeline import find_time_expressions

PUBLISHED = "2017-09-14"


def _read(text: str, *, story: bool = False) -> list[tuple[str, str]]:
    return [(one.raw, one.value) for one in find_time_expressions(text, PUBLISHED, story=story)]


def test_what_follows_leans_on_the_date_told_last() -> None:
    text = "The fort fell on 3 May 2016. Two days later the army left. The next day it came back."
    assert _read(text) == [
        ("3 May 2016", "2016-05-03"),
        ("Two days later", "2016-05-05"),
        ("The next day", "2016-05-06"),
    ]


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("Shells fell from 3 to 5 May 2016.", [("3", "2016-05-03"), ("5 May 2016", "2016-05-05")]),
        ("It lasted from 1996 to 2006.", [("1996", "1996"), ("2006", "2006")]),
        ("On the night of 3 May 2016 it rained.", [("the night of 3 May 2016", "2016-05-03TNI")]),
        ("They met at 9 a.m. on Tuesday.", [("9 a.m. on Tuesday", "2017-09-12T09:00")]),
        ("They met on Tuesday. At 10 p.m. he left.", [("Tuesday", "2017-09-12"), ("10 p.m.", "2017-09-12T22:00")]),
        ("In the first nine months of 2016", [("the first nine months", "P9M"), ("2016", "2016")]),
        ("The war of 240-238 BC", [("240", "BC0240"), ("238 BC", "BC0238")]),
        ("A two-year siege", [("two-year", "P2Y")]),
    ],
)
def test_each_time_that_is_told_is_one_expression(text: str, expressions: list[tuple[str, str]]) -> None:
    assert _read(text) == expressions


def test_a_heading_gives_its_year_to_the_dates_below_it() -> None:
    text = "1936\nThe port fell on 13 September.\n1937\nThe fort fell on 6 May."
    assert [value for _, value in _read(text, story=True)] == ["1936", "1936-09-13", "1937", "1937-05-06"]


@pytest.mark.parametrize("text", ["It is quiet now.", "daily patrols", "two days later", "the third quarter", "218 BC"])
def test_words_for_time_are_no_dates_of_events(text: str) -> None:
    assert find_time_expressions(text, PUBLISHED)
    assert find_dates(text, PUBLISHED) == []


PIECES = [
    "3",
    "May",
    "2017",
    "two",
    "days",
    "later",
    "the",
    "next",
    "night",
    "of",
    "a",
    "year",
    "earlier",
    "BC",
    "-",
    "9 a.m.",
]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join), st.booleans())
def test_expressions_come_in_order_and_do_not_overlap(text: str, story: bool) -> None:
    position = 0
    for one in find_time_expressions(text, PUBLISHED, story=story):
        assert position <= one.start < one.end
        assert one.raw == text[one.start : one.end]
        position = one.end


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join), st.booleans())
def test_a_text_without_a_day_of_publication_is_read_as_well(text: str, story: bool) -> None:
    assert all(one.value for one in find_time_expressions(text, None, story=story))
