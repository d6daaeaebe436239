"""Values of time in the notation of TIMEX3."""

from __future__ import annotations

from datetime import date

import pytest

from variorum.values.date import find_dates
from variorum.values.quantity import find_quantities
from variorum.values.timex import write_date, write_duration, write_period, write_week


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Tuesday", "2017-09-12"),
        ("last week", "2017-W36"),
        ("at the weekend", "2017-W36-WE"),
        ("in the past three weeks", "P3W"),
        ("in the past 24 hours", "PT24H"),
        ("early March 2017", "2017-03"),
        ("mid-2016", "2016"),
        ("the summer of 2016", "2016-SU"),
        ("the 1990s", "199"),
        ("the first half of 2016", "2016-H1"),
        ("the third quarter of 2016", "2016-Q3"),
        ("on Tuesday night", "2017-09-12TNI"),
        ("overnight", "2017-09-13TNI"),
    ],
)
def test_a_date_is_written_as_timex_writes_it(text: str, value: str) -> None:
    (found,) = find_dates(text, "2017-09-14")
    assert write_date(found) == value


@pytest.mark.parametrize(
    ("text", "value"), [("a two-year siege", "P2Y"), ("three hours", "PT3H"), ("several months", "PXM"), ("5 km", None)]
)
def test_a_duration_is_written_as_timex_writes_it(text: str, value: str | None) -> None:
    (found,) = find_quantities(text)
    assert write_duration(found) == value


def test_minutes_are_told_from_months() -> None:
    assert (write_period("5", "minute"), write_period("5", "month")) == ("PT5M", "P5M")


def test_a_week_is_of_the_year_of_its_thursday() -> None:
    assert write_week(date(2017, 1, 1)) == "2016-W52"
