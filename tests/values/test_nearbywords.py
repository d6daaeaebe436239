"""Dates named from where the writer stands."""

from __future__ import annotations

import pytest

from variorum.values.datewords import read_date_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("overnight into Tuesday", "rel:mon/rel:tue"),
        ("late on Monday into early Tuesday", "rel:mon/rel:tue"),
        ("Monday night to Tuesday", "rel:mon/rel:tue"),
        ("in past 24 hours", "rel:-1d/rel:0d"),
        ("14 September last year", "rel:-1y-09-14"),
        ("on September 20 of last year", "rel:-1y-09-20"),
        ("this October", "rel:0y-10"),
        ("last summer", "XXXX-06/XXXX-08"),
        ("this summer", "rel:0y-06/rel:0y-08"),
        ("next spring", "rel:1y-03/rel:1y-05"),
        ("this winter", "XXXX-12/XXXX-02"),
    ],
)
def test_a_nearby_date_stays_relative(text: str, value: str) -> None:
    assert [one.value for one in read_date_words(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [("overnight on 13 May", "XXXX-05-13"), ("on 13 May overnight", "XXXX-05-13"), ("overnight Tuesday", "rel:tue")],
)
def test_a_night_with_its_day_is_not_the_night_before_publication(text: str, value: str) -> None:
    assert [one.value for one in read_date_words(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "in the last week of the siege",
        "the last year of his rule",
        "this fall in prices",
        "on Easter Sunday",
        "in past years",
    ],
)
def test_a_stretch_of_something_else_is_not_seen_from_publication(text: str) -> None:
    assert read_date_words(text) == []


def test_a_month_with_a_full_date_is_not_this_month() -> None:
    assert [one.value for one in read_date_words("In this Oct. 11, 2016 photo")] == ["2016-10-11"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("laſt week", "rel:-1w"),
        ("th\u0131s year", "rel:0y"),
        ("14 July laſt year", "rel:-1y-07-14"),
        ("last ſummer", "XXXX-06/XXXX-08"),
        ("the f\u0130rst wee\u212a of May 2017", "2017-05-01/2017-05-07"),
    ],
)
def test_a_letter_that_looks_like_another_is_read_as_it(text: str, value: str) -> None:
    assert [one.value for one in read_date_words(text)] == [value]
