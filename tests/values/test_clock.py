"""Times of day."""

from __future__ import annotations

import pytest

from variorum.values.clock import find_times


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("at 3:40 a.m. on Monday", ["03:40"]),
        ("at 12.05am", ["00:05"]),
        ("about 11pm", ["~23:00"]),
        ("at 14:30", ["14:30"]),
        ("at 0300 GMT", ["03:00"]),
        ("between 2 and 4 a.m.", ["02:00..04:00"]),
        ("at dawn", ["dawn"]),
        ("before sunrise", ["dawn"]),
        ("overnight", ["overnight"]),
        ("in the early hours of Thursday", ["early hours"]),
        ("on Monday morning", ["morning"]),
        ("late in the evening", ["evening"]),
        ("last night", ["night"]),
        ("shortly before midnight", ["~midnight"]),
        ("a pre-dawn raid", ["dawn"]),
        ("at 25:00", []),
        ("beaten 3-2 by 14 pm", []),
        ("a ratio of 1:1000", []),
        ("the morning paper said 12 people", ["morning"]),
        ("it cost $3.40", []),
    ],
)
def test_a_time_of_day_is_found(text: str, values: list[str]) -> None:
    found = find_times(text)
    assert [one.value for one in found] == values
    assert all(text[one.start : one.end] == one.raw for one in found)


@pytest.mark.parametrize(
    ("text", "value", "zone"),
    [
        ("at 0735 GMT", "07:35", "GMT"),
        ("at 0600 GMT", "06:00", "GMT"),
        ("at 5 a.m. local time", "05:00", "local time"),
        ("at 7:30 p.m. Sella time", "19:30", "Sella time"),
        ("at 11 p.m. EAT", "23:00", "EAT"),
    ],
)
def test_a_zone_is_kept_beside_the_time(text: str, value: str, zone: str) -> None:
    (one,) = find_times(text)
    assert (one.value, one.extra) == (value, {"zone": zone})
