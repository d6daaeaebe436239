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
    "energy",
    "pressure",
    "frequency",
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
    "micrometer": ("length", r"micromet(?:er|re)s?|microns?|µm|μm"),
    "nanometer": ("length", r"nanomet(?:er|re)s?"),
    "foot": ("length", r"feet|foot|ft"),
    "inch": ("length", r"inch(?:es)?"),
    "yard": ("length", r"yards?"),
    "km**2": ("area", r"square[ -]kilomet(?:er|re)s?|sq\.? ?km|km²|km2"),
    "mi**2": ("area", r"square[ -]miles?|sq\.? ?mi(?:les?)?"),
    "m**2": ("area", r"square[ -]met(?:er|re)s?|sq\.? ?m(?:et(?:er|re)s?)?|sqm|m²|m2"),
    "foot**2": ("area", r"square[ -](?:feet|foot)|sq\.? ?(?:ft|feet)"),
    "yard**2": ("area", r"square[ -]yards?"),
    "hectare": ("area", r"hectares?|ha"),
    "acre": ("area", r"acres?"),
    "liter": ("volume", r"lit(?:er|re)s?"),
    "milliliter": ("volume", r"millilit(?:er|re)s?|ml"),
    "foot**3": ("volume", r"cubic[ -](?:feet|foot)"),
    "yard**3": ("volume", r"cubic[ -]yards?"),
    "gallon": ("volume", r"gallons?"),
    "oil_barrel": ("volume", r"barrels?(?![\s-]*bomb)(?: of (?:crude|oil)\b)?"),
    "m**3": ("volume", r"cubic[ -]met(?:er|re)s?|m³"),
    "tonne": ("mass", r"tonnes?|metric[ -]tons?"),
    "kilotonne": ("mass", r"kilotons?|kilotonnes?"),
    "ton": ("mass", r"(?:short[ -])?tons?"),
    "kg": ("mass", r"kilograms?|kilogrammes?|kilos?|kgs?"),
    "g": ("mass", r"grams?|grammes?"),
    "mg": ("mass", r"milligrams?|mg"),
    "pound": (
        "mass",
        r"lbs?|pounds?(?=[ -](?:of (?:explosive|dynamite|TNT|heroin|cocaine|ammonium|C-?4)|(?:[a-z]+ )?(?:bombs?"
        r"|warheads?|mines?|munitions?|shells?|charges?|devices?|projectiles?|explosives?)))",
    ),
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
    "km/hour": ("speed", r"kilomet(?:er|re)s?[ -](?:per|an)[ -]hour|km/hr?|kph|kmh"),
    "mi/hour": ("speed", r"miles?[ -](?:per|an)[ -]hour|mph"),
    "m/second": ("speed", r"met(?:er|re)s?[ -](?:per|a)[ -]second|m/s"),
    "knot": ("speed", r"knots?"),
    "mi/gallon": ("other", r"miles?[ -]per[ -]gallon|mpg"),
    "point": ("other", r"points?"),  # of an index, a game or a vote
    "percent": ("share", r"%|per ?cent(?!age)|pct|percentage[ -]points?"),
    "degC": ("temperature", r"[°º] ?C|deg(?:rees?)?\.?[ -]?(?:Celsius|centigrade|C)\b|Celsius|(?<=\d)(?-i:C)"),
    "degF": ("temperature", r"[°º] ?F|deg(?:rees?)?\.?[ -]?(?:Fahrenheit|F)\b|Fahrenheit|(?<=\d)(?-i:F)"),
    "degree": ("angle", r"degrees?|°"),
    "MW": ("power", r"megawatts?|MW"),
    "GW": ("power", r"gigawatts?|GW"),
    "kW": ("power", r"kilowatts?|kW"),
    "watt": ("power", r"watts?"),
    "horsepower": ("power", r"horsepower|bhp|hp"),
    "kilowatt_hour": ("energy", r"kilowatt[ -]hours?|kWh"),
    "megawatt_hour": ("energy", r"megawatt[ -]hours?|MWh"),
    "gigawatt_hour": ("energy", r"gigawatt[ -]hours?|GWh"),
    "joule": ("energy", r"joules?"),
    "calorie": ("energy", r"calories?"),
    "kilopascal": ("pressure", r"kilopascals?|kPa"),
    "megapascal": ("pressure", r"megapascals?|MPa"),
    "gigapascal": ("pressure", r"gigapascals?|GPa"),
    "psi": ("pressure", r"psi|pounds? per square inch"),
    "hertz": ("frequency", r"hertz|Hz"),
    "kilohertz": ("frequency", r"kilohertz|kHz"),
    "megahertz": ("frequency", r"megahertz|MHz"),
    "gigahertz": ("frequency", r"gigahertz|GHz"),
    "revolutions_per_minute": ("frequency", r"rpm|revolutions per minute"),
    "volt": ("other", r"volts?"),
    "decibel": ("other", r"decibels?"),
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
    "HKD": ("money", r"Hong Kong dollars?|HKD"),
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
    "HK$": "HKD",
    "S$": "SGD",
    "PS": "GBP",  # what a pound sign becomes where a text was cut down to ASCII
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
SYMBOL_BEFORE = re.compile(
    r"(?P<sign>(?:US|U\.S\.|AU|A|CA|C|NZ|HK|S)?\$|[€£¥₽₹₺₪₴]|\$US|\$A|\b(?:USD|EUR|GBP))\s?$|\b(?P<glued>PS)$"
)


@lru_cache(maxsize=256)  # a figure is asked for its unit as a count and as a quantity
def read_unit(text: str, position: int) -> tuple[str, int] | None:
    """Read the unit word that follows a figure ending at `position`; give the unit and where the word ends."""
    match = UNIT.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    gap, word = text[position : match.start(match.lastgroup)], match.group(match.lastgroup)
    if word in ("in", "M", "Mi", "MI") or (word in ("m", "mi", "ha", "hp") and "-" in gap):
        return None  # "two Mi-8", "5 M"
    return _GROUPS[match.lastgroup], match.end()


def read_currency(text: str, position: int) -> tuple[str, int] | None:
    """Read the currency sign that stands before a figure starting at `position`; give the unit and where it starts."""
    match = SYMBOL_BEFORE.search(text[max(0, position - 6) : position])
    if match is None:
        return None
    sign = match["sign"] or match["glued"]
    return SYMBOLS.get(sign) or DOLLARS.get(sign) or sign, position - len(match.group())


def dimension(unit: str) -> Dimension:
    """Say what a unit measures: length, time, mass …; "other" for a unit that is not known."""
    row = UNITS.get(unit)
    if row is not None:
        return row[0]
    return "money" if unit in DOLLARS.values() else "other"
