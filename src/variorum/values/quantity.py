"""Quantities: a figure with a unit ("500-670 kilometres", "almost three-year"). Find, parse, bounds, compare, show.

Canonical: `500..670 km`, `~300 mi`, `2 year`. Invariant: `parse_quantity` gives a canonical form back unchanged.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from variorum.model import Found
from variorum.values.number import (
    CANONICAL,
    Figure,
    find_figures,
    write_bounds,
)
from variorum.values.order import Interval, Order, compare_intervals
from variorum.values.units import UNITS, dimension, read_currency, read_unit

ABOUT = 0.1  # "about 500 km": a tenth either way
HALF_STEP_BELOW = 5  # "almost three years" is meant to the half year; from five upwards a tenth is wider
ROUNDING_CAP = 0.125  # nobody rounds 41 miles to 50; from ten upwards rounding moves a figure by an eighth at most
SOURCE_CAP = 0.05  # the figure outside the brackets may itself be rounded, but by less

_VALUE = re.compile(rf"(?P<number>{CANONICAL.pattern}) (?P<unit>[A-Za-z_*/0-9]+)", re.ASCII)
_OLD = re.compile(r"[\s-]+olds?\b|[\s-]+of[\s-]age\b", re.IGNORECASE)
_AGO = re.compile(r"\s+(?:ago|hence)\b", re.IGNORECASE)
_OFFSET = re.compile(r"\s+(later|earlier|before|after|on)\b", re.IGNORECASE)
_TAIL = re.compile(r"\s+or\s+(?P<least>more)\b|\s+or\s+(?P<most>less|fewer)\b|\s+or\s+(?P<about>so)\b", re.IGNORECASE)
_HALF_MORE = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_ONE = re.compile(
    r"(?<![\w-])(?P<half>half\s+(?:an?|of\s+an?)\s+|half-an?-|half-)?(?P<a>an?\s+)?(?P<unit>hour|week|month|year|decade|century|"
    r"mile|kilomet(?:er|re)|nautical\s+mile|ton|tonne|day|minute)(?P<long>[\s-]long)?\b(?!['’]s|-old)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:\b(?:times?|per|once|twice|each|every|what|such|many|not|quite|\d+|percent|%)\s+|[a-z]+s\s+)$", re.I
)
_MORE_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*(?:[(\[]|,\s+or\s+|/)\s*")
_JOINT = re.compile(r"\s*(?:-|–|—|to\s|or\s|(?P<and>and\s))\s*", re.IGNORECASE)
_LASTING = re.compile(
    r"(?:\bfor|lasted|lasting|last|takes?|took|taking|after|than|of|spent|spanning)\s+$", re.IGNORECASE
)


@cache
def _registry() -> Any:
    """Open the units library once, on first need: importing it costs a third of a second."""
    import pint

    return pint.UnitRegistry()


@cache
def _factor(source: str, target: str) -> float | None:
    """Give what one `source` is in `target`, or None when they do not measure the same thing."""
    if source == target:
        return 1.0
    if dimension(source) != dimension(target) or dimension(source) in ("money", "temperature", "other"):
        return None
    registry = _registry()
    return float(registry.Quantity(1, source).to(target).magnitude)


def find_quantities(text: str) -> list[Found]:
    """Find every figure with a unit; `extra["converted"]` holds the bracketed figure of "500 km (310 miles)"."""
    found: list[Found] = []
    floor = 0
    for figure in find_figures(text):
        if figure.start < floor:
            continue
        one = _read_quantity(text, figure)
        if one is None:
            continue
        one = _join_range(text, one)
        extra = dict(one.extra)
        floor = one.end
        bracket = _BRACKET.match(text, one.end)
        if bracket:
            inner = _read_at(text, bracket.end())
            if inner is not None and unit_of(inner.value) != unit_of(one.value) and _same_kind(inner.value, one.value):
                extra |= {"converted": inner.value, "converted_span": f"{inner.start}:{inner.end}"}
                floor = inner.end
        found.append(replace(one, extra=extra))
    taken = [(one.start, one.end) for one in found]
    for one in _find_single(text):
        if all(one.end <= start or end <= one.start for start, end in taken):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _join_range(text: str, one: Found) -> Found:
    """Join "10 km to 15 km" into one range; the unit is said twice."""
    low = CANONICAL.fullmatch(one.value.rpartition(" ")[0])
    joint = _JOINT.match(text, one.end)
    if low is None or low["only"] is None or joint is None:
        return one
    before = re.search(r"\bbetween\s+$", text[max(0, one.start - 12) : one.start], re.IGNORECASE)
    if (before is None) == (joint["and"] is not None):
        return one
    other = _read_at(text, joint.end())
    high = CANONICAL.fullmatch(other.value.rpartition(" ")[0]) if other else None
    if other is None or high is None or high["only"] is None or unit_of(other.value) != unit_of(one.value):
        return one
    if Decimal(low["only"]) >= Decimal(high["only"]):
        return one
    start = one.start - len(before.group()) if before else one.start
    value = f"{low['only']}..{high['only']} {unit_of(one.value)}"
    return replace(one, start=start, end=other.end, raw=text[start : other.end], value=value)


def _same_kind(left: str, right: str) -> bool:
    return dimension(unit_of(left)) == dimension(unit_of(right))


def _read_at(text: str, position: int) -> Found | None:
    """Read the quantity that begins at or just after `position`, bounding words included."""
    window = text[position : position + 80]
    for figure in find_figures(window):
        if figure.start > 1:
            return None
        one = _read_quantity(window, figure)
        if one is None:
            return None
        return replace(one, start=one.start + position, end=one.end + position)
    return None


def _read_quantity(text: str, figure: Figure) -> Found | None:
    start, end = figure.start, figure.end
    before = text[max(0, figure.first - 2) : figure.first]
    if re.search(r"[A-Za-z]-$|[./:]$", before) or figure.how in ("article", "none"):
        return None
    currency = read_currency(text, figure.first)
    extra: dict[str, str] = {}
    if currency:
        unit, start = currency[0], min(start, currency[1])
        figure = _bound_money(text, figure, currency[1])
        start = min(start, figure.start)
    else:
        read = read_unit(text, figure.end if figure.end > figure.last and text[figure.last] == "+" else figure.last)
        if read is None and figure.end > figure.last:
            read = read_unit(text, figure.end)
        if read is None:
            middle = re.compile(r"\s+(?:of|more|full|straight|consecutive|additional|long|whole)(?=\s)", re.I).match(
                text, figure.last
            )
            read = read_unit(text, middle.end()) if middle else None
        if read is None:
            return None
        unit, end = read
        if dimension(unit) == "time":
            if _OLD.match(text, end) or _AGO.match(text, end) or re.match(r"-old", text[end:]):
                return None
            if figure.prefix == "over" and not _LASTING.search(text[: figure.start]):
                # "over two days" is during two days, not longer than two days
                figure = replace(figure, low=figure.low, high=figure.low, start=figure.first)
                start = figure.start
            offset = _OFFSET.match(text, end)
            if offset:
                extra["offset"] = offset.group(1).lower()
    if _HALF_MORE.match(text, end) and figure.low == figure.high and figure.low is not None:
        end = _HALF_MORE.match(text, end).end()  # type: ignore[union-attr]
        figure = replace(figure, low=figure.low + Decimal("0.5"), high=figure.low + Decimal("0.5"))
    tail = _TAIL.match(text, end)
    if tail:
        end = tail.end()
        if tail["least"]:
            figure = replace(figure, high=None)
        elif tail["most"]:
            figure = replace(figure, low=None)
        elif figure.low == figure.high:
            figure = replace(figure, about=True)
    if unit == "USD" and re.search(r"cents?$", text[figure.last : end], re.I):
        figure = _scaled(figure, Decimal("0.01"))
    return Found(start, end, text[start:end], f"{write_bounds(figure)} {unit}", extra)


def _scaled(figure: Figure, factor: Decimal) -> Figure:
    return replace(
        figure,
        low=None if figure.low is None else figure.low * factor,
        high=None if figure.high is None else figure.high * factor,
    )


def _bound_money(text: str, figure: Figure, sign: int) -> Figure:
    """Read the bounding words that stand before the currency sign: "more than $5 million"."""
    head = text[max(0, sign - 40) : sign]
    for other in find_figures(head + text[figure.first : figure.last]):
        if other.last == len(head) + figure.last - figure.first:
            return replace(
                other, start=sign - len(head) + other.start, end=figure.end, first=figure.first, last=figure.last
            )
    return figure


def _find_single(text: str) -> list[Found]:
    """Find one of a unit without a figure: "an hour", "half an hour", "a year and a half", "a month-long siege"."""
    found: list[Found] = []
    for match in _ONE.finditer(text):
        if match["a"] is None and match["half"] is None:
            continue
        before = text[max(0, match.start() - 24) : match.start()]
        if match["half"] is None and (_PER.search(before) or match["unit"].lower() == "day"):
            continue
        read = read_unit(text, match.start("unit"))
        if read is None or _AGO.match(text, match.end()):
            continue
        value, end = Decimal("0.5") if match["half"] else Decimal(1), match.end("unit")
        more = _MORE_HALF.match(text, end)
        if more:
            value, end = value + Decimal("0.5"), more.end()
        figure = Figure(match.start(), end, match.start(), end, value, value)
        bound = re.search(
            r"(?:\b(?P<least>at least|more than|over|upwards of)|\b(?P<most>up to|less than|under|no more than)|"
            r"\b(?P<about>about|around|nearly|almost|close to|roughly|some))\s+$",
            before,
            re.IGNORECASE,
        )
        start = match.start()
        if bound:
            start -= len(bound.group())
            if bound["least"]:
                figure = replace(figure, high=None)
            elif bound["most"]:
                figure = replace(figure, low=None)
            else:
                figure = replace(figure, about=True)
        found.append(Found(start, end, text[start:end], f"{write_bounds(figure)} {read[0]}"))
    return found


def parse_quantity(raw: str) -> str | None:
    """Read one quantity from a phrase or a canonical string; None when it holds none."""
    raw = raw.strip()
    if _VALUE.fullmatch(raw) and raw.rsplit(" ", 1)[1] in UNITS:
        return raw
    found = find_quantities(raw)
    return found[0].value if found else None


def unit_of(value: str) -> str:
    """Give the unit of a canonical quantity."""
    return value.rpartition(" ")[2]


def interval_quantity(value: str, unit: str | None = None) -> Interval | None:
    """Give the bounds of a canonical quantity, in its own unit or in `unit`; None when it cannot be converted.

    "About" is a tenth either way, and half a unit for whole figures below five: "almost three years" is 2.5 to 3.5.
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    factor = 1.0 if unit is None else _factor(match["unit"], unit)
    if factor is None:
        return None
    if match["only"]:
        exact = float(match["only"])
        slack = 0.0
        if match["about"]:
            slack = exact * ABOUT
            if exact < HALF_STEP_BELOW and exact == int(exact):
                slack = max(slack, min(0.5, exact / 2))
        return ((exact - slack) * factor, (exact + slack) * factor)
    low, high = match["low"] or match["least"], match["high"] or match["most"]
    return (float(low) * factor if low else None, float(high) * factor if high else None)


def compare_quantity(left: str, right: str) -> Order:
    """Say how two quantities stand; figures in different units are compared with the rounding people use."""
    if _VALUE.fullmatch(left) is None or _VALUE.fullmatch(right) is None:
        return "unknown"
    if unit_of(left) == unit_of(right):
        return compare_intervals(interval_quantity(left), interval_quantity(right))
    # One unit for both orders, so that the word is the same read either way.
    first, second = sorted((left, right), key=lambda value: (unit_of(value), value))
    if _factor(unit_of(second), unit_of(first)) is None:
        return "unknown"
    if check_conversion(first, second) is None and check_conversion(second, first) is None:
        a, b = _ends(first), _ends(second)
        if len(a) == len(b):
            return "equal"
    unit = unit_of(first)
    return compare_intervals(interval_quantity(left, unit), interval_quantity(right, unit))


def _ends(value: str) -> list[str]:
    match = _VALUE.fullmatch(value)
    if match is None:
        return []
    names = ("only", "low", "high", "least", "most")
    return [match[name] for name in names if match[name]]


def _rounding(number: str, cap: float) -> float:
    """Give how far rounding may have moved a written number: half of its last significant place, capped."""
    value = Decimal(number)
    if value == 0:
        return 0.5
    digits = number.replace(".", "").lstrip("0")
    if "." in number:
        place = Decimal(1).scaleb(-len(number.partition(".")[2]))
    else:
        place = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    half = float(place) / 2
    return half if value < 10 else min(half, float(value) * cap)


def check_conversion(value: str, converted: str) -> str | None:
    """Say why a bracketed conversion cannot be right, or None when rounding explains it.

    "500 km (310 miles)" and "about 500 km (300 miles)" are fine; "500-670 km (727 miles)" is not: 670 km is 416 mi.
    """
    source, target = unit_of(value), unit_of(converted)
    ends, stated = _ends(value), _ends(converted)
    factor = _factor(source, target)
    if factor is None or not ends or not stated:
        return None
    if {source, target} == {"ton", "tonne"}:
        return None  # "ton" is short, long or metric in the news
    true = [float(end) * factor for end in ends]
    slack = [_rounding(end, SOURCE_CAP) * factor for end in ends]
    if len(stated) == len(ends):
        pairs = [(true[i] - slack[i], true[i] + slack[i], stated[i], i) for i in range(len(ends))]
    else:  # one figure for a range may stand anywhere in it
        pairs = [(min(true) - max(slack), max(true) + max(slack), figure, len(ends) - 1) for figure in stated]
    about = ABOUT if "~" in value + converted else 0.0
    for low, high, figure, index in pairs:
        room = max(_rounding(figure, ROUNDING_CAP), float(figure) * about)
        if not low - room <= float(figure) <= high + room:
            return f"{ends[index]} {_word(source, 2)} is {round(true[index])} {_word(target, 2)}, not {figure}"
    return None


def show_quantity(value: str) -> str:
    """Write a canonical quantity for people: "500 to 670 km", "about 3 years", "at least 5 hours"."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return value
    unit = match["unit"]
    if match["only"]:
        about = "about " if match["about"] else ""
        return f"{about}{match['only']} {_word(unit, float(match['only']))}"
    if match["low"]:
        return f"{match['low']} to {match['high']} {_word(unit, 2)}"
    if match["least"]:
        return f"at least {match['least']} {_word(unit, float(match['least']))}"
    return f"up to {match['most']} {_word(unit, float(match['most']))}"


_SPELLED = {
    "mi": "mile",
    "nautical_mile": "nautical mile",
    "oil_barrel": "barrel",
    "percent": "%",
    "km**2": "km²",
    "mi**2": "square mile",
}
_SPELLED |= {
    "m**2": "m²",
    "m**3": "m³",
    "km/hour": "km/h",
    "mi/hour": "mph",
    "degC": "°C",
    "degF": "°F",
    "foot": "foot",
}
SYMBOLS = {"km", "m", "cm", "mm", "kg", "g", "mg", "kW", "mph"}  # written the same for one and for many
_PLURAL = {"foot": "feet", "century": "centuries", "inch": "inches"}


def _word(unit: str, number: float) -> str:
    word = _SPELLED.get(unit, unit)
    if number == 1 or not word.replace(" ", "").isalpha() or word in SYMBOLS or word.isupper():
        return word
    return _PLURAL.get(word, f"{word}s")
