"""Dates as stretches of days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.resolve.days import day_number, gap_days, read_days


@pytest.mark.parametrize(
    ("left", "right", "gap"),
    [
        ("2031-05-01", "2031-05-01", 0),
        ("2031-05-01", "2031-05-04", 3),
        ("2031-05-01", "2031-05", 0),
        ("2031", "2030-12-31", 1),
        ("2031-05-01/2031-05-03", "2031-05-03/2031-05-09", 0),
        ("rel:thu", "2031-05-01", 0),  # 1 May 2031 is a Thursday
        ("rel:thu", "2031-05-02", 1),
        ("rel:mon", "2031-05-02", 3),
        ("rel:thu", "2031-05", 0),
        ("rel:thu", "rel:tue", 2),
        ("rel:sun", "rel:mon", 1),
        ("rel:thu", "rel:thu;after=XXXX-08-28", 0),
        ("XXXX-08-28", "2031-08-28", 0),
        ("XXXX-08-28", "2031-09-10", 12),
        ("XXXX-08", "2031-08-28", 0),
        ("XXXX-12-31", "2031-01-03", 3),
    ],
)
def test_the_gap_between_two_dates(left: str, right: str, gap: int) -> None:
    one, other = read_days(left), read_days(right)
    assert one is not None
    assert other is not None
    assert gap_days(one, other) == gap_days(other, one)
    # Days of the year are counted in a leap year: a gap across February can be one short.
    assert abs(gap_days(one, other) - gap) <= ("XXXX" in left)


@pytest.mark.parametrize("value", ["rel:-1d", "rel:-1w", "", "soon", "2031-13-01", "2031-02-30"])
def test_a_date_that_cannot_be_held_against_another_is_none(value: str) -> None:
    assert read_days(value) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_the_gap_of_two_days_is_their_distance(one: date, other: date) -> None:
    left, right = read_days(one.isoformat()), read_days(other.isoformat())
    assert left is not None
    assert right is not None
    assert gap_days(left, right) == abs((one - other).days)


def test_a_date_time_has_the_number_of_its_day() -> None:
    assert day_number("2031-05-01T09:10:00Z") == date(2031, 5, 1).toordinal()
