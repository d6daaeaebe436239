"""The canonical form of a quantity, `500..670 km`: its parts, its unit, conversion and wording. Finds nothing in text.

Invariant: nothing is rounded here; what rounding explains is for `values.conversion` to say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from variorum.values.number import CANONICAL
from variorum.values.units import dimension

# A temperature can lie below zero, which no count can.
_SIGNED = CANONICAL.pattern.replace(r"\d+(?:", r"-?\d+(?:")
VALUE = re.compile(rf"(?P<number>{_SIGNED}) (?P<unit>[A-Za-z_*/0-9]+)", re.ASCII)
_FREEZING_F = 32
_SPELLED = {
    "mi": "mile",
    "nautical_mile": "nautical mile",
    "oil_barrel": "barrel",
    "percent": "%",
    "km**2": "km²",
    "mi**2": "square mile",
    "m**2": "m²",
    "m**3": "m³",
    "foot**2": "square foot",
    "yard**2": "square yard",
    "km/hour": "km/h",
    "mi/hour": "mph",
    "m/second": "m/s",
    "mi/gallon": "mpg",
    "degC": "°C",
    "degF": "°F",
}
SYMBOLS = {"km", "m", "cm", "mm", "kg", "g", "mg", "kW", "mph", "mpg"}  # written the same for one and for many
_PLURAL = {"foot": "feet", "century": "centuries", "inch": "inches", "square foot": "square feet"}


@cache
def _registry() -> Any:
    """Open the units library once, on first need: importing it costs a third of a second."""
    import pint

    return pint.UnitRegistry()


@cache
def factor(source: str, target: str) -> float | None:
    """Give what one `source` is in `target`, or None when no factor leads from one to the other."""
    if source == target:
        return 1.0
    if dimension(source) != dimension(target) or dimension(source) in ("money", "temperature", "other"):
        return None
    registry = _registry()
    return float(registry.Quantity(1, source).to(target).magnitude)


def convert(number: float, source: str, target: str) -> float | None:
    """Give a number of `source` in `target`; None when the two do not measure the same thing."""
    if (source, target) == ("degC", "degF"):
        return number * 1.8 + _FREEZING_F
    if (source, target) == ("degF", "degC"):
        return (number - _FREEZING_F) / 1.8
    one = factor(source, target)
    return None if one is None else number * one


def unit_of(value: str) -> str:
    """Give the unit of a canonical quantity."""
    return value.rpartition(" ")[2]


def ends_of(value: str) -> list[str]:
    """Give the figures that a canonical quantity is written with: two of a range, else one."""
    match = VALUE.fullmatch(value)
    if match is None:
        return []
    names = ("only", "low", "high", "least", "most")
    return [match[name] for name in names if match[name]]


def show_quantity(value: str) -> str:
    """Write a canonical quantity for people: "500 to 670 km", "about 3 years", "at least 5 hours"."""
    match = VALUE.fullmatch(value)
    if match is None:
        return value
    unit = match["unit"]
    if match["only"]:
        about = "about " if match["about"] else ""
        return f"{about}{match['only']} {unit_word(unit, float(match['only']))}"
    if match["low"]:
        return f"{match['low']} to {match['high']} {unit_word(unit, 2)}"
    if match["least"]:
        return f"at least {match['least']} {unit_word(unit, float(match['least']))}"
    return f"up to {match['most']} {unit_word(unit, float(match['most']))}"


def unit_word(unit: str, number: float) -> str:
    """Write a unit after a number for people: "mile", "miles", "km"."""
    word = _SPELLED.get(unit, unit)
    if number == 1 or not word.replace(" ", "").isalpha() or word in SYMBOLS or word.isupper():
        return word
    return _PLURAL.get(word, f"{word}s")
