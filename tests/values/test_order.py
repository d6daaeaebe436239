"""How two intervals stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.values.order import Interval, compare_intervals, mirror

BOUND = st.one_of(st.none(), st.integers(-50, 50))
INTERVALS = st.tuples(BOUND, BOUND).filter(lambda pair: None in pair or pair[0] <= pair[1])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ((12, 12), (12, 12), "equal"),
        ((12, 12), (10, 15), "inside"),
        ((10, 15), (12, 12), "contains"),
        ((10, 15), (12, 20), "overlaps"),
        ((10, 12), (12, 20), "overlaps"),
        ((10, 11), (12, 20), "disjoint"),
        ((12, 12), (12, None), "inside"),
        ((None, 200), (200, None), "overlaps"),
        ((None, 10), (12, None), "disjoint"),
        ((None, None), (12, None), "contains"),
        (None, (1, 2), "unknown"),
    ],
)
def test_two_intervals_stand_in_one_word(left: Interval | None, right: Interval | None, word: str) -> None:
    assert compare_intervals(left, right) == word


@given(INTERVALS, INTERVALS)
def test_the_word_is_mirrored_when_the_sides_are(left: Interval, right: Interval) -> None:
    assert compare_intervals(right, left) == mirror(compare_intervals(left, right))


@given(INTERVALS)
def test_an_interval_equals_itself(interval: Interval) -> None:
    assert compare_intervals(interval, interval) == "equal"


@given(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_the_word_agrees_with_the_sets_of_numbers(left: tuple[int, int], right: tuple[int, int]) -> None:
    a, b = set(range(min(left), max(left) + 1)), set(range(min(right), max(right) + 1))
    expected = (
        "equal" if a == b else "disjoint" if not a & b else "inside" if a < b else "contains" if a > b else "overlaps"
    )
    assert compare_intervals((min(left), max(left)), (min(right), max(right))) == expected
