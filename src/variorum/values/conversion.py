"""Whether one figure can be another in a second unit, with the rounding that people use. Finds nothing in text.

Either figure can be the original and the other its conversion, so the answer is the same both ways round. What people
do to a figure, and no more than that, is excused:

- it is rounded to the last place that it is written to: 416 to 420 or 400, 1.86 to 1.9;
- a last digit of five is the nearest five, or fifty: 46.6 to 45, 161 to 150;
- from ten upwards by an eighth at most, for nobody rounds 41 to 50; below ten by a fifth: 2 km is a mile;
- a figure of "about" by a tenth;
- the original may itself be rounded, by a twentieth at most, or a degree;
- the factor is rounded: 2.2 pounds to the kilogram, so that the longest figures are off by a hundredth.

So figures that differ by three tenths never pass. A nautical mile is no mile: they differ by so little that what is
converted from one has to be right without rounding of the original. Tons and gallons have several sizes, all excused.
"""

from __future__ import annotations

from decimal import Decimal

from variorum.values.measure import convert, ends_of, unit_of, unit_word
from variorum.values.units import dimension

ABOUT = 0.1  # "about 500 km": a tenth either way
ROUNDING_CAP = 0.125  # nobody rounds 41 miles to 50; from ten upwards rounding moves a figure by an eighth at most
SMALL_CAP = 0.19  # 2 km is 1.24 miles, written 1; with SOURCE_CAP figures three tenths apart stay apart
SOURCE_CAP = 0.05  # the figure that was converted may itself be rounded, but by less
DEGREES_CAP = 2.5  # temperatures are rounded to five degrees at most, whatever their size
SOURCE_DEGREES = 1.0
FACTOR_CAP = 0.01
# How many of a unit its word can also mean: a metric or a long ton, a short one, a British gallon.
SIZES = {"ton": (1.0, 1.1023, 1.12), "tonne": (1.0, 0.9072), "gallon": (1.0, 1.201)}


def check_conversion(value: str, converted: str) -> str | None:
    """Say why two figures for one thing cannot both be right, or None when rounding explains them.

    "500 km (310 miles)" and "about 500 km (300 miles)" are fine; "500-670 km (727 miles)" is not: 670 km is 416 mi.
    """
    source, target = unit_of(value), unit_of(converted)
    if source == target or dimension(source) != dimension(target):
        return None
    wrong = _misfit(value, converted, 1.0)
    if wrong is None:
        return None
    sizes = {one / other for one in SIZES.get(source, (1.0,)) for other in SIZES.get(target, (1.0,))}
    if any(_misfit(value, converted, size) is None or _misfit(converted, value, 1 / size) is None for size in sizes):
        return None
    end, true, stated = wrong
    return f"{end} {unit_word(source, 2)} is {_shown(true)} {unit_word(target, 2)}, not {stated}"


def converts(value: str, converted: str) -> bool:
    """Tell whether `converted` can be what somebody wrote for `value` in another unit, taken as the original."""
    return _misfit(value, converted, 1.0) is None


def _shown(number: float) -> str:
    return f"{number:.0f}" if abs(number) >= 10 else f"{number:.1f}".removesuffix(".0")


def _misfit(value: str, converted: str, size: float) -> tuple[str, float, str] | None:
    """Give the end of `value`, what it is in the unit of `converted`, and the figure it cannot be; None when all fit.

    `size` is how many of its unit a unit of `value` means.
    """
    source, target = unit_of(value), unit_of(converted)
    ends, stated = ends_of(value), ends_of(converted)
    true = [convert(float(end) * size, source, target) for end in ends]
    if not ends or not stated or None in true:
        return None
    about = ABOUT if "~" in value + converted else 0.0
    strict = "nautical_mile" in (source, target) or dimension(source) == "temperature"
    spans = []
    for end in ends:
        slack = 0.0 if "nautical_mile" in (source, target) else _source_slack(end, source)
        low, high = (convert((float(end) + way * slack) * size, source, target) or 0.0 for way in (-1, 1))
        spans.append((low, high))
    if len(stated) == len(ends):
        pairs = [(*spans[i], stated[i], i) for i in range(len(ends))]
    else:  # one figure for a range may stand anywhere in it
        pairs = [
            (min(low for low, _ in spans), max(high for _, high in spans), figure, len(ends) - 1) for figure in stated
        ]
    for low, high, figure, index in pairs:
        room = max(_rounding(figure, target), 0.0 if strict else abs(float(figure)) * about)
        if not low - room <= float(figure) + 1e-9 or not float(figure) <= high + room + 1e-9:
            return ends[index], true[index] or 0.0, figure
    return None


def _source_slack(number: str, unit: str) -> float:
    half = _half_place(number)
    return min(half, SOURCE_DEGREES) if dimension(unit) == "temperature" else min(half, abs(float(number)) * SOURCE_CAP)


def _rounding(number: str, unit: str) -> float:
    """Give how far rounding may have moved a written number."""
    half, size = _half_place(number), abs(float(number))
    if dimension(unit) == "temperature":
        return min(half, DEGREES_CAP)
    if size == 0:
        return half
    return max(min(half, size * (ROUNDING_CAP if size >= 10 else SMALL_CAP)), size * FACTOR_CAP)


def _half_place(number: str) -> float:
    """Give half of a written number's last place: 420 is to the ten, 45 to the five, 7 to the one, 1.9 to the tenth."""
    plain = number.lstrip("-")
    if float(plain) == 0:
        return 0.5
    if "." in plain:
        return float(Decimal(1).scaleb(-len(plain.partition(".")[2]))) / 2
    digits = plain.rstrip("0")
    half = 10.0 ** (len(plain) - len(digits)) / 2
    return half * 5 if digits.endswith("5") and len(plain) > 1 else half
