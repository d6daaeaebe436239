"""Dates named by month or year."""

from __future__ import annotations

import pytest

from variorum.values.datewords import _COMPILED, read_date_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in mid-to-late August 2017", "2017-08-11/2017-08-31"),
        ("early to mid-March 2018", "2018-03-01/2018-03-20"),
        ("early to mid 2018", "2018-01/2018-08"),
        ("late February 2016", "2016-02-21/2016-02-29"),
        ("late February", "XXXX-02-21/XXXX-02-28"),
        ("the first week of May 2017", "2017-05-01/2017-05-07"),
        ("in the last week of August", "XXXX-08-25/XXXX-08-31"),
        ("the last two weeks of March", "XXXX-03-18/XXXX-03-31"),
        ("the last weeks of March", "XXXX-03"),
        ("the second half of June", "XXXX-06-16/XXXX-06-30"),
        ("the last day of March 2016", "2016-03-31"),
        ("the first three months of 2017", "2017-01/2017-03"),
        ("the last six months of 2017", "2017-07/2017-12"),
        ("on the night of 3/4 May 2017", "2017-05-03/2017-05-04"),
        ("from the 13th to the 19th of August", "XXXX-08-13/XXXX-08-19"),
        ("broke a May ceasefire", "XXXX-05"),
    ],
)
def test_a_part_of_a_month_or_year_is_the_days_it_spans(text: str, value: str) -> None:
    assert [one.value for one in read_date_words(text)] == [value]


def test_years_in_a_list_are_a_date_each() -> None:
    assert [one.value for one in read_date_words("It was raided in 1994, 1995 and 1997.")] == ["1994", "1995", "1997"]


@pytest.mark.parametrize("text", ["the march offensive", "a march on the town", "3 of the 40 may fall"])
def test_a_word_in_small_letters_is_no_month(text: str) -> None:
    assert read_date_words(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "On 3May2016 they came",
        "JULY 4, 2016",
        "mid-Sept. 2016",
        "between 3 and 5 March",
        "the 1990s",
        "(2015)",
        "1990-94",
        "by August last year",
        "this October",
    ],
)
def test_what_is_looked_for_first_stands_in_every_date(text: str) -> None:
    lost = [
        pattern.pattern
        for gate, table in _COMPILED
        for pattern, _ in table
        if gate is not None and pattern.search(text) and not gate.search(text)
    ]
    assert lost == []
