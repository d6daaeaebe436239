"""What a person typed as the value of a field, as the canonical string that a claim can have. No ledger in here.

Invariant: what comes back is a value that the reader itself could have found; anything else is refused with its remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

from variorum.errors import UsageError
from variorum.model import Stance
from variorum.pipeline.places import gazetteer
from variorum.schema import Property, load_schema
from variorum.values import interval
from variorum.values.area import Place, split_place
from variorum.values.count import parse_count
from variorum.values.date import parse_date
from variorum.values.gazetteer import Entry
from variorum.values.place import parse_place
from variorum.values.platform import parse_platform
from variorum.values.quantity import parse_quantity
from variorum.values.weapon import parse_weapon

MOST = 1e9  # of people or things in one event: more is a slip of the hand
TOO_LONG = re.compile(r"\d[\d,.]{30}")  # a number that no report prints
NEGATIVE = re.compile(r"(?:^|\s)[-−–]\s?\d")
RANGE = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(?:to|-|–|\.\.)\s*(\d[\d,]*(?:\.\d+)?)")
POINT = re.compile(r"geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")
EXAMPLES = {
    "count": "write it as 12, at least 12, 30 to 40 or about 400",
    "quantity": "write it as 500 km or 500 to 670 km",
    "date": "write it as 2017-09-14, 2017-09 or 2017-09-14/2017-09-15",
    "place": "write a name of the gazetteer, its id (gn:173480), or name:Tell Hamra;in=ne:SY; "
    "places of your own: variorum gazetteer add",
    "weapon": "write it as a report would (cruise missile) or as its path (missile.cruise)",
    "platform": "write it as a report would (two submarines) or as its path (2 vessel.submarine)",
}
_PARSERS: dict[str, Callable[[str], str | None]] = {
    "count": parse_count,
    "quantity": parse_quantity,
    "weapon": parse_weapon,
    "platform": parse_platform,
}


def parse_value(prop: Property, given: str, published: str | None = None) -> str:
    """Give the canonical value of a property that a person typed; a relative date is taken from the day of printing.

    Raises UsageError for what is no value of the property's type, and for a name that several places bear.
    """
    words = " ".join(given.split())
    if not words:
        raise UsageError(
            f"no value is given for {prop.code}", f"to take a claim out: variorum reject. Else {_how(prop)}"
        )
    if prop.type in EXAMPLES and TOO_LONG.search(words):
        raise UsageError(f"no {prop.type} has a number so long", _how(prop))
    if prop.type == "date":
        found = parse_date(words, published)
    elif prop.type == "place":
        found = _parse_place(words)
    elif prop.type in _PARSERS:
        found = _PARSERS[prop.type](words)
    else:
        found = words
    if found is None or not _can_be(prop, words, found):
        raise UsageError(f"“{words}” is no {prop.type}", _how(prop))
    return found


def _can_be(prop: Property, words: str, found: str) -> bool:
    """Tell whether a value that was typed is one: not negative, not backwards, not beyond what is counted."""
    if prop.type == "date":
        first, slash, last = found.partition("/")
        return not slash or "X" in found or ":" in found or first <= last
    if prop.type not in ("count", "quantity"):
        return True
    if NEGATIVE.search(words):
        return False
    told = RANGE.search(words)
    if told is not None and float(told[1].replace(",", "")) > float(told[2].replace(",", "")):
        return False
    bounds = interval(prop.type, found)
    return bounds is None or all(_is_told(one) for one in bounds)


def _is_told(bound: object) -> bool:
    """Tell whether a bound is one that somebody can mean: open, a day, or a number that is not beyond all counts."""
    # Compared, not converted: a number of 310 digits is no float.
    return not isinstance(bound, float | int) or bound <= MOST or bound == float("inf")


def _how(prop: Property) -> str:
    return EXAMPLES.get(prop.type, "write it as the report does")


def _parse_place(words: str) -> str | None:
    book = gazetteer()
    place = split_place(words)
    if place is not None:
        return _checked_place(words, place)
    towns = [row for row in book.find(words) if row.feature == "city"]
    named_so = [row for row in towns if row.name.casefold() == words.casefold()]
    if len(named_so or towns) > 1:
        # A name of several towns: the person says which; nothing is guessed.
        shown = [f"{row.id}  {row.name}, {_province(row)}{row.country}" for row in (named_so or towns)[:6]]
        raise UsageError(f"several places bear the name {words}", "name one by its id:\n  " + "\n  ".join(shown))
    return named_so[0].id if named_so else parse_place(words, book)


def _checked_place(words: str, place: Place) -> str | None:
    """Give a canonical place as it was typed; None where part of it cannot be read.

    Raises UsageError for an id that the gazetteer lacks.
    """
    point = POINT.fullmatch(place.base)
    if place.base.startswith("geo:") and (point is None or abs(float(point[1])) > 90 or abs(float(point[2])) > 180):
        return None
    if str(place) != words:
        return None
    for id in (place.base, place.within):
        if id and not id.startswith(("geo:", "name:")) and gazetteer().entry(id) is None:
            raise UsageError(f"the gazetteer has no place {id}", EXAMPLES["place"])
    return words


def _province(row: Entry) -> str:
    entry = gazetteer().entry(row.admin1) if row.admin1 else None
    return f"{entry.name}, " if entry is not None else ""


def parse_stance(given: str) -> str:
    """Give a stance. Raises UsageError for another word."""
    if given not in get_args(Stance):
        raise UsageError(f"“{given}” is no stance", f"one of {', '.join(get_args(Stance))}")
    return given


def parse_scope(given: str) -> str:
    """Give a scope of the schema. Raises UsageError for another word."""
    if given not in load_schema().scopes:
        raise UsageError(f"“{given}” is no scope", f"one of {', '.join(load_schema().scopes)}")
    return given


def parse_kind(given: str) -> str:
    """Give a kind of the schema. Raises UsageError for another word."""
    if given not in load_schema().kinds:
        from rapidfuzz import process

        near = process.extractOne(given, [*load_schema().kinds], score_cutoff=60)
        raise UsageError(f"“{given}” is no kind of event", f"did you mean {near[0]}?" if near else "variorum explain")
    return given
