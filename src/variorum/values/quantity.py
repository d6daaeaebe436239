"""Quantities: a figure with a unit ("500-670 kilometres", "almost three-year"). Find, parse, bounds, compare, show.

Canonical: `500..670 km`, `~300 mi`, `2 year`. Invariant: `parse_quantity` gives a canonical form back unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.conversion import ABOUT, check_conversion, converts
from variorum.values.measure import VALUE, convert, ends_of, show_quantity, unit_of
from variorum.values.number import SMALL, TENS, find_figures
from variorum.values.order import Interval, Order, compare_intervals
from variorum.values.quantitytext import find_single, join_range, read_at, read_quantity
from variorum.values.units import UNITS, dimension

__all__ = [
    "Conversion",
    "check_conversion",
    "compare_quantity",
    "find_conversions",
    "find_quantities",
    "interval_quantity",
    "parse_quantity",
    "show_quantity",
    "unit_of",
]

HALF_STEP_BELOW = 5  # "almost three years" is meant to the half year; from five upwards a tenth is wider
# What stands between a figure and its conversion: "12 km (8 miles)", "12-km road [or 8 miles]", "12 km/8 miles",
# "8 miles, or 13 km,", "13 km – 8 miles –".
_OPENS = re.compile(
    r"(?:(?P<words>(?:[\s-]+[a-z][\w-]*){1,2})?\s*(?P<bracket>[(\[])|\s*(?P<slash>/)|,\s+(?P<loose>or)\s+|"
    r"\s*(?P<dash>[–—]|--|\s-\s)|(?P<comma>,)\s+)\s*(?:(?:or|i\.e\.|that\s+is|equal\s+to|equivalent\s+to|=),?\s+)?"
)
_CLOSED = {
    "bracket": re.compile(r"\s*[)\]]"),
    "dash": re.compile(r"\s*(?:[–—-])"),
    "comma": re.compile(r",(?!\s+(?:and|or)\b)"),
}
_THIRD = re.compile(r"\s*(?:[;,/]|or\b)\s*(?:or\s+)?")  # "20 nautical miles (37 km; 23 miles)"
_ALONG = re.compile(r"[\s-]+(?:long|wide|deep|high|tall|thick|across|broad)\b")
_NEVER_CONVERTED = ("other", "share", "data")
_ADDED = re.compile(r"\s*(?:,\s*|and\s+)?")  # "6 feet 2 inches (188 cm)": the bracket converts both together
# Where a pair may be, told cheaply, for every text of an event is asked: a bracket, slash, dash or comma, a number ...
_SECOND = re.compile(
    r"(?P<joint>--|[(\[/–—,]|\s-\s)\s*(?:(?:or|about|around|some|nearly|almost|roughly|approx\w*\.?|just|over|under|more|less|"
    r"than|at|least|up|to|that|is|i\.e\.|equal|equivalent|between|an?|the|=|~|≈|minus),?\s*){0,4}[-−]?"
    r"(?:\d|(?:half|hundred|" + "|".join((*SMALL, *TENS)) + r")\b)",
    re.IGNORECASE,
)
# ... and the word of a unit before it.
_FIRST = make_regex(
    r"(?:kilo|km|mi|met|met(?:re|er)|naut|nmi|feet|foot|ft|yard|inch|knot|acre|hectare|ha|square|lb|pound|ton|kg|gram|ounce|"
    r"oz|gallon|lit(?:re|er)|barrel|mph|kph|degree|celsius|fahrenheit|centi|milli|hour|day|week|month|minute|year|cm|mm|m|"
    r"(?<=\d)[CF]|[°º])[\w°²³./]*(?:[\s-]+[a-z][\w-]*){0,2}\s*$",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 70, 110  # how far the two figures of a pair reach, with the words that bound them


@dataclass(frozen=True, slots=True)
class Conversion:
    """One figure given twice, in two units: where each stands, what it says, and why they cannot both be right."""

    start: int
    end: int
    value: str
    second_start: int
    second_end: int
    second: str
    wrong: str | None


@lru_cache(maxsize=1024)  # asked again whenever an event of the text is settled or related
def find_conversions(text: str) -> tuple[Conversion, ...]:
    """Find every figure that a text gives in two units, side by side: "12 km (8 miles)", "8 miles, or 13 km,"."""
    found: dict[int, Conversion] = {}
    for mark in _SECOND.finditer(text):
        joint = mark.start("joint")
        if _FIRST.search(text, max(0, joint - 45), joint) is None:
            continue
        start = _word_start(text, max(0, joint - _BEFORE))
        around = text[start : joint + _AFTER]
        for one in find_quantities(around):
            for other in _read_converted(around, one) if "converted" in one.extra else ():
                value = _as_beside(one, other)
                wrong = check_conversion(value, other.value)
                ends = one.start + start, one.end + start, value, other.start + start, other.end + start
                found[other.start + start] = Conversion(*ends, other.value, wrong)
    return tuple(found[place] for place in sorted(found))


def _word_start(text: str, position: int) -> int:
    """Give where the first whole word at or after a position begins, so that no figure is cut."""
    space = re.compile(r"\s").search(text, position) if position else None
    return position if space is None else space.end()


def find_quantities(text: str) -> list[Found]:
    """Find every figure with a unit; `extra["converted"]` holds the second figure of "500 km (310 miles)"."""
    found: list[Found] = []
    floor = 0
    for figure in find_figures(text):
        if figure.start < floor:
            continue
        one = read_quantity(text, figure)
        if one is None:
            continue
        one = join_range(text, one)
        extra = dict(one.extra)
        added = bool(found) and _is_other_unit(found[-1], one) and _ADDED.fullmatch(text, found[-1].end, one.start)
        floor = one.end
        inner = [] if added else _read_converted(text, one)
        if inner:
            extra |= {"converted": inner[0].value, "converted_span": f"{inner[0].start}:{inner[0].end}"}
            floor = inner[-1].end
            one = replace(one, value=_as_beside(one, inner[0]))
        found.append(replace(one, extra=extra))
    for one in find_single(text):
        if any(one.start < _last(other) and other.start < one.end for other in found):
            continue
        inner = _read_converted(text, one)
        if inner:
            extra = {"converted": inner[0].value, "converted_span": f"{inner[0].start}:{inner[0].end}"}
            found = [other for other in found if not one.start < other.start < inner[-1].end]
            one = replace(one, extra=extra)
        found.append(one)
    return sorted(found, key=lambda one: one.start)


def _last(one: Found) -> int:
    """Give where a figure ends, its conversion included."""
    return int(one.extra.get("converted_span", f":{one.end}").rpartition(":")[2])


def _read_converted(text: str, one: Found) -> list[Found]:
    """Read what stands beside a figure as the same in other units: most often one figure, at sea often two."""
    opens = _OPENS.match(text, one.end)
    kind = dimension(unit_of(one.value))
    if opens is None or kind in _NEVER_CONVERTED:
        return []
    inner = read_at(text, opens.end())
    if inner is None:
        return []
    inner = replace(inner, value=_as_beside(inner, one))
    how = opens.lastgroup or ""
    needs = _CLOSED.get(how) if how != "bracket" or opens["words"] or kind == "time" else None
    if (
        (kind == "time" and how != "bracket")
        or (needs is not None and needs.match(text, inner.end) is None)
        or not _is_other_unit(one, inner)
        or (_ALONG.match(text, inner.end) and not _ALONG.match(text, one.end))
    ):
        return []
    third = _THIRD.match(text, inner.end) if how == "bracket" else None
    last = read_at(text, third.end()) if third else None
    if last is not None and _is_other_unit(one, last) and unit_of(last.value) != unit_of(inner.value):
        return [inner, last]
    return [inner]


def _is_other_unit(one: Found, other: Found) -> bool:
    left, right = unit_of(_as_beside(one, other)), unit_of(other.value)
    return left != right and dimension(left) == dimension(right)


def _as_beside(one: Found, other: Found) -> str:
    """Give a figure's value as what stands beside it shows its unit: pounds beside kg, bare degrees beside °C."""
    unit, beside = unit_of(one.value), unit_of(other.value)
    if unit == "GBP" and dimension(beside) == "mass" and re.search(r"pounds?$", one.raw, re.IGNORECASE):
        return one.value.replace("GBP", "pound")
    if unit == "degree" and beside in ("degC", "degF"):
        return one.value.replace("degree", "degF" if beside == "degC" else "degC")
    return one.value


def parse_quantity(raw: str) -> str | None:
    """Read one quantity from a phrase or a canonical string; None when it holds none."""
    raw = raw.strip()
    if VALUE.fullmatch(raw) and raw.rsplit(" ", 1)[1] in UNITS:
        return raw
    found = find_quantities(raw)
    return found[0].value if found else None


def interval_quantity(value: str, unit: str | None = None) -> Interval | None:
    """Give the bounds of a canonical quantity, in its own unit or in `unit`; None when it cannot be converted.

    "About" is a tenth either way, and half a unit for whole figures below five: "almost three years" is 2.5 to 3.5.
    """
    match = VALUE.fullmatch(value)
    if match is None:
        return None
    unit = match["unit"] if unit is None else unit
    if convert(1.0, match["unit"], unit) is None:
        return None
    if match["only"]:
        exact = float(match["only"])
        slack = 0.0
        if match["about"]:
            slack = abs(exact) * ABOUT
            if exact < HALF_STEP_BELOW and exact == int(exact):
                slack = max(slack, min(0.5, abs(exact) / 2))
        return (convert(exact - slack, match["unit"], unit), convert(exact + slack, match["unit"], unit))
    low, high = match["low"] or match["least"], match["high"] or match["most"]
    return (
        convert(float(low), match["unit"], unit) if low else None,
        convert(float(high), match["unit"], unit) if high else None,
    )


def compare_quantity(left: str, right: str) -> Order:
    """Say how two quantities stand; figures in different units are compared with the rounding people use."""
    if VALUE.fullmatch(left) is None or VALUE.fullmatch(right) is None:
        return "unknown"
    if unit_of(left) == unit_of(right):
        return compare_intervals(interval_quantity(left), interval_quantity(right))
    # One unit for both orders, so that the word is the same read either way.
    first, second = sorted((left, right), key=lambda value: (unit_of(value), value))
    if convert(1.0, unit_of(second), unit_of(first)) is None:
        return "unknown"
    if converts(first, second) and converts(second, first):
        a, b = ends_of(first), ends_of(second)
        if len(a) == len(b):
            return "equal"
    unit = unit_of(first)
    return compare_intervals(interval_quantity(left, unit), interval_quantity(right, unit))
