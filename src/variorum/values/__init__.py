"""What a value can be: bounds, comparison and wording for every value type of the schema, by type name.

Importing this package is cheap: the module of a type is imported when a value of that type is first asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from variorum.schema import ValueType
from variorum.values.order import Interval, Order, compare_intervals, mirror

__all__ = ["Interval", "Order", "compare", "compare_intervals", "interval", "mirror", "show"]

DateInterval = tuple[str | None, str | None]


@cache
def _function(verb: str, type: ValueType) -> Callable[..., object]:
    return cast(Callable[..., object], getattr(import_module(f"variorum.values.{type}"), f"{verb}_{type}"))


def interval(type: ValueType, value: str) -> Interval | DateInterval | None:
    """Give the bounds of a value: numbers for a count or quantity, ISO days for a date, else None."""
    if type in ("count", "quantity", "date"):
        return cast(Interval | DateInterval | None, _function("interval", type)(value))
    return None


def compare(type: ValueType, left: str, right: str) -> Order:
    """Say how `left` stands to `right`; free text is "equal" when it differs in case only, else "unknown"."""
    if type == "text":
        return "equal" if left.strip().casefold() == right.strip().casefold() else "unknown"
    return cast(Order, _function("compare", type)(left, right))


def show(type: ValueType, value: str) -> str:
    """Write a canonical value for people."""
    if type == "text":
        return value
    return cast(str, _function("show", type)(value))
