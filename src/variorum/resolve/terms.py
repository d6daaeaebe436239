"""Values asked the same question many times: comparison words, bounds and shown forms, remembered.

Invariant: nothing here decides what a value means; that is `variorum.values`.
"""

from __future__ import annotations

from functools import lru_cache

from variorum import values
from variorum.schema import ValueType, load_schema
from variorum.values.order import Order, mirror


@lru_cache(maxsize=262144)
def _order(kind: ValueType, left: str, right: str) -> Order:
    return values.compare(kind, left, right)


def order(kind: ValueType, left: str, right: str) -> Order:
    """Say how two canonical values of one type stand to each other; text is only equal or unknown."""
    if left == right:
        return "equal"
    if kind == "text":
        return "equal" if left.casefold() == right.casefold() else "unknown"
    # Asked in one direction only, so that no type can answer the two directions differently.
    return _order(kind, left, right) if left < right else mirror(_order(kind, right, left))


@lru_cache(maxsize=65536)
def bounds(kind: ValueType, value: str) -> tuple[float, float] | None:
    """Give the numeric bounds of a count or quantity, open ends as infinities; None for any other type."""
    interval = values.interval(kind, value) if kind in ("count", "quantity") else None
    if interval is None:
        return None
    low, high = interval
    return (float("-inf") if low is None else float(low), float("inf") if high is None else float(high))


@lru_cache(maxsize=65536)
def shown(kind: ValueType, value: str) -> str:
    """Give a value as people read it."""
    return values.show(kind, value)


def shown_claim(prop: str, value: str) -> str:
    """Give a property's value as people read it."""
    return shown(load_schema().properties[prop].type, value)


# Classes of weapon of which one attack has one kind: cruise and ballistic missile are rivals for one missile, sarin
# and chlorine for one gas; shells and rockets fall side by side, and a bomb can be in a car and a suicide bomb too.
RIVALS = frozenset({"missile", "chemical"})


def side_by_side(kind: ValueType, left: str, right: str) -> bool:
    """Tell whether one attack can have both of two weapons or platforms that are not one."""
    classes = {value.rpartition(" ")[2].partition(".")[0] for value in (left, right)}
    if kind == "platform":
        return len(classes) > 1
    return kind == "weapon" and (len(classes) > 1 or not classes <= RIVALS)
