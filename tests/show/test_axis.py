from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from variorum.show.axis import nice_steps, time_ticks


@pytest.mark.parametrize(("most", "step"), [(0, 1), (3, 1), (12, 5), (100, 50), (1234, 500)])
def test_steps_are_round_and_hold_the_most(most: int, step: int) -> None:
    found, top = nice_steps(most, 4)
    assert found == step
    assert top >= most
    assert top % step == 0


@pytest.mark.parametrize("days", [0.5, 3, 20, 90, 400, 3000, 100_000])
def test_there_are_some_ticks_and_not_too_many(days: float) -> None:
    first = datetime(1700, 3, 5, 7, 30)
    ticks = list(time_ticks(first, first + timedelta(days=days), 9))
    assert 1 <= len(ticks) <= 11
    assert all(first <= at <= first + timedelta(days=days) for at, _ in ticks)
    assert all(before != after for (_, before), (_, after) in pairwise(ticks))
