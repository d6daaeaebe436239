"""Words for time that name no date."""

from __future__ import annotations

from datetime import date

import pytest

from variorum.values.timewords import Setting, read_time_words, shift

NEWS = Setting(date(2017, 9, 14), told="2017-09-10")


def _longest(text: str, setting: Setting) -> tuple[str, str | None]:
    words = max(read_time_words(text), key=lambda one: one.end - one.start)
    return words.kind, words.read(setting)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("it is quiet now", "reference", "PRESENT_REF"),
        ("it currently holds the hill", "reference", "PRESENT_REF"),
        ("in the past they met", "reference", "PAST_REF"),
        ("in the near future", "reference", "FUTURE_REF"),
        ("the former mayor", "role", "PAST_REF"),
        ("days of shelling", "duration", "PXD"),
        ("for the past few weeks", "duration", "PXW"),
        ("the next couple of years", "duration", "P2Y"),
        ("a months-long siege", "duration", "PXM"),
        ("a day-long fight", "duration", "P1D"),
        ("daily patrols", "set", "P1D"),
        ("every two weeks", "set", "P2W"),
        ("each Friday", "set", "XXXX-WXX-5"),
        ("two days later", "date", "2017-09-12"),
        ("a week earlier", "date", "2017-W35"),
        ("the next morning", "date", "2017-09-11TMO"),
        ("that same day", "date", "2017-09-10"),
        ("the following year", "date", "2018"),
        ("the day before", "date", "2017-09-09"),
        ("by the end of the year", "date", "2017"),
        ("through the winter", "date", "2017-WI"),
        ("on the 8th.", "date", "2017-09-08"),
        ("in 218 BC", "date", "BC0218"),
        ("in the ninth century BC", "date", "BC08"),
        ("the 21st century", "date", "20"),
        ("in the '80s", "date", "198"),
        ("in the early eighties", "date", "198"),
        ("nineteen eighty-four", "date", "1984"),
        ("the second quarter", "date", "2017-Q2"),
        ("the fourth quarter", "date", "2016-Q4"),
        ("the 1988 third quarter", "date", "1988-Q3"),
    ],
)
def test_words_for_time_have_a_value(text: str, kind: str, value: str) -> None:
    assert _longest(text, NEWS) == (kind, value)


@pytest.mark.parametrize(
    "text", ["a second attack", "three-quarters of it", "winter quarters", "years old", "a future"]
)
def test_what_only_sounds_like_time_is_left_alone(text: str) -> None:
    assert [words for words in read_time_words(text) if words.read(NEWS) and words.kind != "date"] == []


def test_a_year_before_a_quarter_is_that_quarter_of_the_year_before() -> None:
    setting = Setting(date(2017, 9, 14), quarter="2017-Q2")
    assert _longest("from a year earlier", setting) == ("date", "2016-Q2")


def test_in_a_history_nothing_leans_on_the_day_of_publication() -> None:
    assert _longest("two years later", Setting(date(2017, 9, 14), story=True)) == ("date", "P2Y")


def test_a_distance_beside_a_date_tells_the_same_date() -> None:
    setting = Setting(None, told="1950-06-27", story=True)
    assert _longest("On 27 June, two days after the landing", setting) == ("date", "1950-06-27")


@pytest.mark.parametrize(
    ("moment", "number", "unit", "value"),
    [
        ("2017-09-14", -14, "day", "2017-08-31"),
        ("2017-09", 4, "month", "2018-01"),
        ("2017", 2, "year", "2019"),
        ("2017", 2, "day", None),
        ("2017-W36", 1, "day", None),
        ("9999-12-31", 1, "day", None),
    ],
)
def test_a_date_moves_only_as_far_as_it_is_known(moment: str, number: int, unit: str, value: str | None) -> None:
    assert shift(moment, number, unit) == value
