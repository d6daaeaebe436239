"""One quantity at one place of a text: a figure with its unit, a range, one of a unit. Joins no conversions.

Invariant: what is read starts at the figure or the words that bound it, and `raw` is the text between its offsets.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.measure import unit_of
from variorum.values.number import (
    CANONICAL,
    Figure,
    find_figures,
    show_number,
    write_bounds,
)
from variorum.values.units import dimension, read_currency, read_unit

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
_PER = make_regex(
    r"(?:\b(?:times?|per|once|twice|each|every|what|such|many|not|quite|\d+|percent|%)\s+|[a-z]+s\s+)$", re.I
)
_MORE_HALF = re.compile(r"\s+and\s+a\s+half\b", re.IGNORECASE)
_SUFFIXED = re.compile(r"\b(?:thousand|million|billion|trillion|[km]|bn)$", re.IGNORECASE)
_MINUS = re.compile(r"(?:\bminus[\s-]|(?<![\w)\]])[-−–])$", re.IGNORECASE)
_SUB = re.compile(r"(?<![\w-])sub-$", re.IGNORECASE)  # "sub-300 sq m": below it
_JOINT = re.compile(r"\s*(?:-|–|—|to\s|or\s|(?P<and>and\s))\s*", re.IGNORECASE)
_LASTING = make_regex(
    r"(?:\bfor|lasted|lasting|last|takes?|took|taking|after|than|of|spent|spanning)\s+$", re.IGNORECASE
)


def read_at(text: str, position: int) -> Found | None:
    """Read the quantity that begins at or just after `position`, bounding words included."""
    window = text[position : position + 80]
    for figure in find_figures(window):
        if figure.start > 1:
            break
        one = read_quantity(window, figure)
        if one is None:
            return None
        return replace(one, start=one.start + position, end=one.end + position)
    single = next(iter(find_single(window)), None)
    if single is None or single.start > 1:
        return None
    return replace(single, start=single.start + position, end=single.end + position)


def join_range(text: str, one: Found) -> Found:
    """Join "10 km to 15 km" into one range; the unit is said twice."""
    low = CANONICAL.fullmatch(one.value.rpartition(" ")[0])
    joint = _JOINT.match(text, one.end)
    if low is None or low["only"] is None or joint is None:
        return one
    before = re.search(r"\bbetween\s+$", text[max(0, one.start - 12) : one.start], re.IGNORECASE)
    if (before is None) == (joint["and"] is not None):
        return one
    other = read_at(text, joint.end())
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


def read_quantity(text: str, figure: Figure) -> Found | None:
    """Read the unit of a figure; None when it has none, is an age, or says how long ago something was."""
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


def find_single(text: str) -> list[Found]:
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
