"""Canonical dates: resolution, bounds, comparison, wording."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.calendar import (
    compare_date,
    date_precision,
    interval_date,
    is_absolute,
    is_date,
    resolve_date,
    show_date,
    tighten_date,
    with_lower_bound,
)
from variorum.values.order import mirror

THURSDAY = "2017-09-14"


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ("rel:thu", "2017-09-14"),
        ("rel:fri", "2017-09-08"),
        ("rel:+thu", "2017-09-21"),
        ("rel:thu-1w", "2017-09-07"),
        ("rel:0d", "2017-09-14"),
        ("rel:-1d", "2017-09-13"),
        ("rel:1d", "2017-09-15"),
        ("rel:-1w", "2017-09-04/2017-09-10"),
        ("rel:-1m", "2017-08"),
        ("rel:-9m", "2016-12"),
        ("rel:-1y", "2016"),
        ("rel:-1y-07", "2016-07"),
        ("rel:-1y-09-20", "2016-09-20"),
        ("rel:0y-06/rel:0y-08", "2017-06/2017-08"),
        ("rel:-1y-02-29", "2016-02-29"),
        ("rel:0y-02-29", "rel:0y-02-29"),
        ("rel:-3d/rel:0d", "2017-09-11/2017-09-14"),
        ("rel:mon/rel:wed", "2017-09-11/2017-09-13"),
        ("rel:sat/rel:sun", "2017-09-09/2017-09-10"),
        ("XXXX-08-28", "2017-08-28"),
        ("XXXX-09-15", "2016-09-15"),
        ("XXXX-10", "2016-10"),
        ("XXXX-02-29", "2016-02-29"),
        ("XXXX-08-28/XXXX-09-03", "2017-08-28/2017-09-03"),
        ("XXXX-12-30/XXXX-01-02", "2016-12-30/2017-01-02"),
        ("rel:thu;after=XXXX-08-28", "2017-09-14"),
        ("2011-03", "2011-03"),
        ("never", "never"),
    ],
)
def test_a_date_is_resolved_as_seen_from_its_publication(value: str, resolved: str) -> None:
    assert resolve_date(value, THURSDAY) == resolved


@pytest.mark.parametrize("published", [None, "", "soon"])
def test_without_a_publication_date_nothing_is_resolved(published: str | None) -> None:
    assert resolve_date("rel:thu", published) == "rel:thu"


def test_the_time_of_publication_does_not_matter() -> None:
    assert resolve_date("rel:-1d", "2017-09-14T23:59:00+03:00") == "2017-09-13"


@pytest.mark.parametrize(
    "value",
    ["2017-13", "2017-02-30", "XXXX-02-30", "rel:xyz", "14 September", "", "2017-09-14/", "rel:", "rel:-1y-02-30"],
)
def test_what_is_not_canonical_is_no_date(value: str) -> None:
    assert not is_date(value)


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2017-09-14", ("2017-09-14", "2017-09-14")),
        ("2017-02", ("2017-02-01", "2017-02-28")),
        ("2016", ("2016-01-01", "2016-12-31")),
        ("2016-05/2016-08", ("2016-05-01", "2016-08-31")),
        ("rel:thu;after=2017-08-28", ("2017-08-28", None)),
        ("rel:thu", None),
        ("XXXX-08-28", None),
        ("2017-09-15/2017-09-14", None),
    ],
)
def test_a_date_has_a_first_and_a_last_day(value: str, bounds: tuple[str, str | None] | None) -> None:
    assert interval_date(value) == bounds


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("2017-09-14", "2017-09-14", "equal"),
        ("2017-09-14", "2017-09", "inside"),
        ("2017", "2017-09", "contains"),
        ("2017-09-14/2017-09-16", "2017-09-16/2017-09-18", "overlaps"),
        ("2017-09-14", "2017-10-31", "disjoint"),
        ("rel:thu", "rel:thu", "overlaps"),
        ("rel:thu", "rel:tue", "disjoint"),
        ("rel:thu", "2017-09-14", "overlaps"),
        ("rel:thu", "2017-09-15", "disjoint"),
        ("rel:thu", "2017-09", "overlaps"),
        ("rel:sat/rel:sun", "2017-09-14", "disjoint"),
        ("rel:sat/rel:sun", "2017-09-17", "overlaps"),
        ("rel:-1d", "2017-09-14", "unknown"),
        ("rel:thu;after=2017-08-28", "2017-08-24", "disjoint"),
        ("rel:thu;after=2017-08-28", "2017-08-31", "overlaps"),
        ("XXXX-08-28", "2017-08-28", "contains"),
        ("XXXX-08-28", "2017-08-29", "disjoint"),
        ("XXXX-08", "2017-08-14", "contains"),
        ("XXXX-08-28", "2017-08", "overlaps"),
        ("XXXX-08", "2017", "overlaps"),
        ("XXXX-08-28", "XXXX-08", "inside"),
        ("soon", "2017", "unknown"),
    ],
)
def test_two_dates_stand_in_one_word(left: str, right: str, word: str) -> None:
    assert compare_date(left, right) == word


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2017-09-14", "14 September 2017"),
        ("2017-09", "September 2017"),
        ("2017", "2017"),
        ("2017-09-14/2017-09-15", "14 to 15 September 2017"),
        ("2017-08-28/2017-09-03", "28 August to 3 September 2017"),
        ("2016-12-30/2017-01-02", "30 December 2016 to 2 January 2017"),
        ("XXXX-08-28", "28 August, year not stated"),
        ("rel:thu;after=XXXX-08-28", "a Thursday after 28 August, year not stated"),
        ("rel:thu", "a Thursday, year not stated"),
        ("rel:-1d", "the day before publication"),
        ("rel:-3w", "3 weeks before publication"),
        ("rel:-1y-07", "July of the year before publication"),
        ("rel:-1y-07-14", "14 July of the year before publication"),
        ("rel:+fri", "the Friday after publication"),
    ],
)
def test_a_date_is_shown_in_words(value: str, words: str) -> None:
    assert show_date(value) == words


@pytest.mark.parametrize(
    ("value", "name", "ucdp", "acled"),
    [
        ("2017-09-14", "day", 1, 1),
        ("2017-09-14/2017-09-16", "days", 2, 2),
        ("2017-09-04/2017-09-10", "week", 3, 2),
        ("2017-09", "month", 4, 3),
        ("2016-05/2016-08", "months", 5, 3),
        ("2017", "year", 5, 3),
        ("2017-09-13/2017-09-14", "days", 2, 2),  # overnight, the past 24 hours, a weekend
        ("2017-09-09/2017-09-14", "days", 2, 2),
        ("2017-09-08/2017-09-15", "month", 4, 3),
        ("2017-08-21/2017-08-31", "month", 4, 3),  # late August
        ("2017-02", "month", 4, 3),
        ("2017-08-15/2017-09-15", "months", 5, 3),
        ("2017-06/2017-08", "months", 5, 3),  # the summer of 2017
        ("2011/2015", "year", 5, 3),
        ("1990/1999", "year", 5, 3),  # the 1990s
        ("2017-09-14/2017-09-01", "relative", None, None),
        ("rel:thu", "relative", None, None),
        ("rel:-1d/rel:0d", "relative", None, None),
        ("rel:thu;after=2017-08-28", "relative", None, None),
        ("XXXX-08-28", "relative", None, None),
    ],
)
def test_the_precision_of_a_date_has_its_codes(value: str, name: str, ucdp: int | None, acled: int | None) -> None:
    precision = date_precision(value)
    assert (precision.name, precision.ucdp, precision.acled) == (name, ucdp, acled)


def test_only_a_date_that_is_not_tied_to_the_calendar_takes_a_lower_bound() -> None:
    assert with_lower_bound("rel:thu", "XXXX-08-28") == "rel:thu;after=XXXX-08-28"
    assert with_lower_bound("rel:thu;after=XXXX-08-01", "XXXX-08-28") == "rel:thu;after=XXXX-08-28"
    assert with_lower_bound("2017-09-14", "XXXX-08-28") == "2017-09-14"
    assert with_lower_bound("rel:thu", "some day") == "rel:thu"


DAYS = st.dates(date(1900, 1, 1), date(2090, 1, 1))
ABSOLUTE = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    DAYS.map(lambda day: day.isoformat()[:4]),
    st.tuples(DAYS, DAYS).map(lambda pair: f"{min(pair)}/{max(pair)}"),
)
RELATIVE = st.sampled_from(
    [
        *("rel:mon", "rel:sun", "rel:+wed", "rel:thu-1w", "rel:0d", "rel:-1d", "rel:-2w", "rel:-1m", "rel:-1y"),
        *("rel:-2y-07", "rel:sat/rel:sun", "rel:-3d/rel:0d"),
        *("XXXX-08-28", "XXXX-02-29", "XXXX-08", "XXXX-12-30/XXXX-01-02"),
    ]
)
VALUES = st.one_of(ABSOLUTE, RELATIVE)


@given(RELATIVE, DAYS)
def test_every_relative_date_can_be_resolved(value: str, day: date) -> None:
    resolved = resolve_date(value, day.isoformat())
    assert is_absolute(resolved)
    assert interval_date(resolved) is not None


@given(RELATIVE.filter(lambda value: "+" not in value and "/" not in value), DAYS)
def test_a_resolved_date_begins_on_or_before_publication(value: str, day: date) -> None:
    bounds = interval_date(resolve_date(value, day.isoformat()))
    assert bounds is not None
    assert bounds[0] is not None
    assert bounds[0] <= day.isoformat()


@given(VALUES, VALUES)
def test_comparing_dates_the_other_way_mirrors_the_word(left: str, right: str) -> None:
    assert compare_date(right, left) == mirror(compare_date(left, right))


@given(ABSOLUTE)
def test_a_calendar_date_equals_itself(value: str) -> None:
    assert compare_date(value, value) == "equal"


@given(ABSOLUTE, DAYS)
def test_a_calendar_date_is_never_moved(value: str, day: date) -> None:
    assert resolve_date(value, day.isoformat()) == value


def test_a_relative_date_takes_the_lower_bound_that_another_report_of_it_knows() -> None:
    assert tighten_date("rel:wed", ["rel:wed", "rel:wed;after=XXXX-08-28"]) == "rel:wed;after=XXXX-08-28"


def test_a_lower_bound_of_another_weekday_is_not_taken_over() -> None:
    assert tighten_date("rel:wed", ["rel:thu;after=XXXX-08-28"]) == "rel:wed"
