"""Quantities: a figure with a unit ("500-670 kilometres", "almost three-year"). Find, parse, bounds, compare, show.

Canonical: `500..670 km`, `~300 mi`, `2 year`. Invariant: `parse_quantity` gives a canonical form back unchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from variorum.model import Found
from variorum.values.conversion import ABOUT, check_conversion, converts
from variorum.values.measure import VALUE, convert, ends_of, show_quantity, unit_of
from variorum.values.number import (
    CANONICAL,
    Figure,
    find_figures,
    show_number,
    write_bounds,
)
from variorum.values.order import Interval, Order, compare_intervals
from variorum.values.units import UNITS, dimension, read_currency, read_unit

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
# What stands between a figure and its conversion: "12 km (8 miles)", "12-km road [or 8 miles]", "12 km/8 miles",
# "8 miles, or 13 km,", "13 km – 8 miles –".
_OPENS = re.compile(
    r"(?:(?P<words>(?:\s+[a-z][\w-]*){1,2})?\s*(?P<bracket>[(\[])|\s*(?P<slash>/)|,?\s+(?P<loose>or)\s+|"
    r"\s*(?P<dash>[–—]|--|\s-\s)|(?P<comma>,)\s+)\s*(?:(?:or|i\.e\.|that\s+is|equal\s+to|equivalent\s+to|=),?\s+)?"
)
_CLOSED = {"bracket": re.compile(r"\s*[)\]]"), "dash": re.compile(r"\s*(?:[–—-])"), "comma": re.compile(r",")}
_THIRD = re.compile(r"\s*(?:[;,/]|or\b)\s*(?:or\s+)?")  # "20 nautical miles (37 km; 23 miles)"
_ALONG = re.compile(r"[\s-]+(?:long|wide|deep|high|tall|thick|across|broad)\b")
_NEVER_CONVERTED = ("other", "share", "data", "angle")
_SUFFIXED = re.compile(r"\b(?:thousand|million|billion|trillion|[km]|bn)$", re.IGNORECASE)
_MINUS = re.compile(r"(?:\bminus[\s-]|(?<![\w)\]])[-−–])$", re.IGNORECASE)
_SUB = re.compile(r"(?<![\w-])sub-$", re.IGNORECASE)  # "sub-300 sq m": below it
_JOINT = re.compile(r"\s*(?:-|–|—|to\s|or\s|(?P<and>and\s))\s*", re.IGNORECASE)
_LASTING = re.compile(
    r"(?:\bfor|lasted|lasting|last|takes?|took|taking|after|than|of|spent|spanning)\s+$", re.IGNORECASE
)


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
    found: list[Conversion] = []
    for line in re.finditer(r"[^\n]+", text):
        if _TWICE.search(line.group()) is None:
            continue
        for one in find_quantities(line.group()):
            for other in _read_converted(line.group(), one) if "converted" in one.extra else ():
                value = _as_beside(one, other)
                found.append(
                    Conversion(
                        one.start + line.start(),
                        one.end + line.start(),
                        value,
                        other.start + line.start(),
                        other.end + line.start(),
                        other.value,
                        check_conversion(value, other.value),
                    )
                )
    return tuple(found)


# Cheap to ask of a whole text: a unit's last letter or sign, what may part a pair, words that bound, and a number.
_TWICE = re.compile(r"[a-z°²%CF]\.?(?:\s*[(\[/–—,-]|,?\s+or\s)[\s-]*(?:[a-z.]+,?\s+){0,4}[\w~≈]")


def find_quantities(text: str) -> list[Found]:
    """Find every figure with a unit; `extra["converted"]` holds the second figure of "500 km (310 miles)"."""
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
        compound = found and unit_of(found[-1].value) != unit_of(one.value) and _ADDED.fullmatch(text, found[-1].end, one.start)
        floor = one.end
        inner = [] if compound else _read_converted(text, one)
        if inner:
            extra |= {"converted": inner[0].value, "converted_span": f"{inner[0].start}:{inner[0].end}"}
            floor = inner[-1].end
            one = replace(one, value=_as_beside(one, inner[0]))
        found.append(replace(one, extra=extra))
    taken = [(one.start, one.end) for one in found]
    for one in _find_single(text):
        if all(one.end <= start or end <= one.start for start, end in taken):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


_ADDED = re.compile(r"\s*(?:,\s*|and\s+)?")  # "6 feet 2 inches (188 cm)": the bracket converts both together


def _read_converted(text: str, one: Found) -> list[Found]:
    """Read what stands beside a figure as the same in other units: most often one figure, at sea often two."""
    opens = _OPENS.match(text, one.end)
    kind = dimension(unit_of(one.value))
    if opens is None or kind in _NEVER_CONVERTED:
        return []
    inner = _read_at(text, opens.end())
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
    last = _read_at(text, third.end()) if third else None
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
    least, most = Decimal(low["only"]), Decimal(high["only"])
    if least < 1000 and most >= 1000 and _SUFFIXED.search(other.raw) and not _SUFFIXED.search(one.raw):
        # "$2 to $3 million": the scale belongs to both ends
        least *= next(scale for scale in (10**12, 10**9, 10**6, 10**3) if scale <= most)
    if least >= most:
        return one
    start = one.start - len(before.group()) if before else one.start
    value = f"{show_number(least)}..{high['only']} {unit_of(one.value)}"
    return replace(one, start=start, end=other.end, raw=text[start : other.end], value=value)


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
    before = text[max(0, figure.first - 7) : figure.first]
    below = _SUB.search(before)
    if (re.search(r"[A-Za-z]-$|[./:]$", before) and not below and not _MINUS.search(before)) or figure.how in (
        "article",
        "none",
    ):
        return None
    if below and figure.low == figure.high:
        figure, start = replace(figure, low=None), figure.first - len(below.group())
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
        if dimension(unit) in ("temperature", "angle"):
            figure = _below_zero(text, figure)
            start = figure.start
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


def _below_zero(text: str, figure: Figure) -> Figure:
    """Read the sign of a temperature: "about -5 °C", "minus 5 degrees"."""
    minus = _MINUS.search(text[max(0, figure.first - 7) : figure.first])
    if minus is None or figure.low is None or figure.low != figure.high:
        return figure
    sign = figure.first - len(minus.group())
    figure = _bound_money(text, replace(figure, start=sign), sign)
    return replace(_scaled(figure, Decimal(-1)), start=min(figure.start, sign))


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
