"""Comparison words over closed intervals: how one value stands to another. Nothing here knows a value type.

Invariant: `compare_intervals(a, b)` and `compare_intervals(b, a)` are one word, but inside and contains swap.
"""

from __future__ import annotations

import math
from typing import Literal

Order = Literal["equal", "inside", "contains", "overlaps", "disjoint", "unknown"]
Bound = float | int | None
Interval = tuple[Bound, Bound]

MIRRORED: dict[Order, Order] = {"inside": "contains", "contains": "inside"}


def mirror(order: Order) -> Order:
    """Give the word for the same two values the other way round."""
    return MIRRORED.get(order, order)


def compare_intervals(left: Interval | None, right: Interval | None) -> Order:
    """Say how `left` stands to `right`: "inside" means left is the more precise and lies within right.

    A bound of None is an open end. An interval of None is a value that cannot be read: "unknown".
    """
    if left is None or right is None:
        return "unknown"
    left_low, left_high = _closed(left)
    right_low, right_high = _closed(right)
    if (left_low, left_high) == (right_low, right_high):
        return "equal"
    if left_high < right_low or right_high < left_low:
        return "disjoint"
    if right_low <= left_low and left_high <= right_high:
        return "inside"
    if left_low <= right_low and right_high <= left_high:
        return "contains"
    return "overlaps"


def _closed(interval: Interval) -> tuple[float, float]:
    low, high = interval
    return (-math.inf if low is None else low, math.inf if high is None else high)
