"""The words people use for units, and the unit each stands for. Data and lookup only; conversion is in quantity.

Invariant: every unit but money is one that the units library knows under the same name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Dimension = Literal[
    "length",
    "area",
    "volume",
    "mass",
    "time",
    "speed",
    "share",
    "money",
    "temperature",
    "angle",
    "power",
    "data",
    "other",
]

# canonical unit: (dimension, the words for it as one pattern)
UNITS: dict[str, tuple[Dimension, str]] = {
    "km": ("length", r"kilomet(?:er|re)s?|kms?|klicks?"),
    "nautical_mile": ("length", r"nautical[ -]miles?|nmi"),
    "mi": ("length", r"miles?|mi"),
    "m": ("length", r"met(?:er|re)s?|m"),
    "cm": ("length", r"centimet(?:er|re)s?|cm"),
    "mm": ("length", r"millimet(?:er|re)s?|mm"),
    "foot": ("length", r"feet|foot|ft"),
    "inch": ("length", r"inch(?:es)?"),
    "yard": ("length", r"yards?"),
    "km**2": ("area", r"square[ -]kilomet(?:er|re)s?|sq\.? ?km|km²|km2"),
    "mi**2": ("area", r"square[ -]miles?|sq\.? ?mi(?:les?)?"),
    "m**2": ("area", r"square[ -]met(?:er|re)s?|sq\.? ?m|m²"),
    "foot**2": ("area", r"square[ -](?:feet|foot)|sq\.? ?ft"),
    "hectare": ("area", r"hectares?|ha"),
    "acre": ("area", r"acres?"),
    "liter": ("volume", r"lit(?:er|re)s?"),
    "gallon": ("volume", r"gallons?"),
    "oil_barrel": ("volume", r"barrels?(?![\s-]*bomb)(?: of (?:crude|oil)\b)?"),
    "m**3": ("volume", r"cubic[ -]met(?:er|re)s?|m³"),
    "tonne": ("mass", r"tonnes?|metric[ -]tons?"),
    "kilotonne": ("mass", r"kilotons?|kilotonnes?"),
    "ton": ("mass", r"(?:short[ -])?tons?"),
    "kg": ("mass", r"kilograms?|kilogrammes?|kilos?|kgs?"),
    "g": ("mass", r"grams?|grammes?"),
    "mg": ("mass", r"milligrams?|mg"),
    "pound": ("mass", r"lbs?|pounds? of (?=explosive|dynamite|TNT|heroin|cocaine|ammonium)"),
    "ounce": ("mass", r"ounces?|oz"),
    "second": ("time", r"seconds?|secs?"),
    "minute": ("time", r"minutes?|mins?"),
    "hour": ("time", r"hours?|hrs?"),
    "day": ("time", r"days?"),
    "week": ("time", r"weeks?"),
    "month": ("time", r"months?"),
    "year": ("time", r"years?|yrs?"),
    "decade": ("time", r"decades?"),
    "century": ("time", r"centur(?:y|ies)"),
    "km/hour": ("speed", r"kilomet(?:er|re)s? (?:per|an) hour|km/h|kph|kmh"),
    "mi/hour": ("speed", r"miles? (?:per|an) hour|mph"),
    "m/second": ("speed", r"met(?:er|re)s? (?:per|a) second|m/s"),
    "knot": ("speed", r"knots?"),
    "percent": ("share", r"%|per ?cent(?!age)|pct|percentage[ -]points?"),
    "degC": ("temperature", r"°C|degrees? (?:Celsius|centigrade|C)\b|Celsius"),
    "degF": ("temperature", r"°F|degrees? (?:Fahrenheit|F)\b|Fahrenheit"),
    "degree": ("angle", r"degrees?|°"),
    "MW": ("power", r"megawatts?|MW"),
    "GW": ("power", r"gigawatts?|GW"),
    "kW": ("power", r"kilowatts?|kW"),
    "horsepower": ("power", r"horsepower|bhp|hp"),
    "kilobyte": ("data", r"kilobytes?|KB"),
    "megabyte": ("data", r"megabytes?|MB"),
    "gigabyte": ("data", r"gigabytes?|GB"),
    "terabyte": ("data", r"terabytes?|TB"),
    "USD": ("money", r"(?:US |U\.S\. )?dollars?|USD|bucks?|cents?"),
    "EUR": ("money", r"euros?|EUR"),
    "GBP": ("money", r"(?:pounds? sterling|pounds?)|GBP|quid|pence"),
    "RUB": ("money", r"(?:Russian )?r(?:o)?ubles?|RUB"),
    "TRY": ("money", r"(?:Turkish )?liras?|TRY"),
    "IRR": ("money", r"(?:Iranian )?rials?"),
    "AED": ("money", r"(?:Emirati )?dirhams?"),
    "UAH": ("money", r"hryvnias?|hryvnas?"),
    "NGN": ("money", r"nairas?"),
    "INR": ("money", r"(?:Indian )?rupees?"),
    "CNY": ("money", r"(?:Chinese )?yuans?|renminbi"),
    "JPY": ("money", r"(?:Japanese )?yen"),
    "CAD": ("money", r"Canadian dollars?|CAD"),
    "AUD": ("money", r"Australian dollars?|AUD"),
    "ILS": ("money", r"shekels?"),
    "CHF": ("money", r"Swiss francs?|CHF"),
}
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "₺": "TRY", "₪": "ILS", "₴": "UAH"}
DOLLARS = {
    "US$": "USD",
    "U.S.$": "USD",
    "USD": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "$US": "USD",
    "$A": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
}
CASED = {"MW", "GW", "kW", "kilobyte", "megabyte", "gigabyte", "terabyte"}

_WORDS = sorted(UNITS.items(), key=lambda row: -max(len(word) for word in row[1][1].split("|")))
_GROUPS = {f"u{index}": unit for index, (unit, _) in enumerate(_WORDS)}
UNIT = re.compile(
    r"[\s\u00a0\u202f-]{0,2}(?:"
    + "|".join(
        f"(?P<u{index}>{f'(?-i:{words})' if unit in CASED else words})"
        for index, (unit, (_, words)) in enumerate(_WORDS)
    )
    + r")(?![A-Za-z²³]|/h|/s)",
    re.IGNORECASE,
)
SYMBOL_BEFORE = re.compile(r"((?:US|U\.S\.|AU|A|CA|C|NZ)?\$|[€£¥₽₹₺₪₴]|\$US|\$A|\b(?:USD|EUR|GBP))\s?$")


@lru_cache(maxsize=256)  # a figure is asked for its unit as a count and as a quantity
def read_unit(text: str, position: int) -> tuple[str, int] | None:
    """Read the unit word that follows a figure ending at `position`; give the unit and where the word ends."""
    match = UNIT.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    gap, word = text[position : match.start(match.lastgroup)], match.group(match.lastgroup)
    if word in ("in", "mi", "M") or (word in ("m", "ha", "hp") and "-" in gap):
        return None
    return _GROUPS[match.lastgroup], match.end()


def read_currency(text: str, position: int) -> tuple[str, int] | None:
    """Read the currency sign that stands before a figure starting at `position`; give the unit and where it starts."""
    match = SYMBOL_BEFORE.search(text[max(0, position - 6) : position])
    if match is None:
        return None
    sign = match.group(1)
    return SYMBOLS.get(sign) or DOLLARS.get(sign) or sign, position - len(match.group())


def dimension(unit: str) -> Dimension:
    """Say what a unit measures: length, time, mass …; "other" for a unit that is not known."""
    row = UNITS.get(unit)
    if row is not None:
        return row[0]
    return "money" if unit in DOLLARS.values() else "other"
