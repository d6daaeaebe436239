"""Which place a name at a given span is, whatever the words around it say of its being one.

Invariant: nothing is searched for here; the answer depends on the span, the text and the article's context alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.values.gazetteer import Entry, Match
from variorum.values.placename import exact_key
from variorum.values.placereader import Hit, Reader
from variorum.values.placesigns import bearing_word
from variorum.values.placeworth import is_held

# Endings of those who live somewhere -> endings of where that is: Ossetians, Minnesotan, Texan, Londoners.
_PEOPLE = (("ns", ""), ("n", ""), ("an", ""), ("ans", ""), ("ans", "as"), ("an", "as"), ("ers", ""), ("er", ""))
_COUNTIES = frozenset(["county", "counties", "parish", "parishes"])
# Words of a longer name that leave the town in it: Metro Vancouver, Port of Los Angeles, Jenin refugee camp.
_GENERIC = frozenset(
    ["metro", "metropolitan", "greater", "downtown", "inner", "mid", "the", "of", "city", "town", "village"]
)


def span_entry(reader: Reader, hits: Sequence[Hit], start: int, end: int) -> Entry | None:
    """Give the entry of the name at [start, end), or None; `hits` are the places that the reader found in the text."""
    span = token_span(reader, start, end)
    if span is None:
        return None
    first, last = span
    name = reader.text[start:end].strip()
    entry = _people(reader, name) or _abbreviation(reader, name)
    if entry is not None:
        return entry
    same = next((hit.entry for hit in hits if (hit.first, hit.last) == span), None)
    if same is not None:
        return same
    for at, to in _parts(reader, first, last):
        part = name if (at, to) == span else reader.text[reader.tokens[at].start : reader.tokens[to - 1].end]
        entry = _entry(reader, at, to, part)
        if entry is not None:
            return entry
    return None


def token_span(reader: Reader, start: int, end: int) -> tuple[int, int] | None:
    """Give the tokens [first, last) that a span of the text touches."""
    first = next((i for i, token in enumerate(reader.tokens) if token.end > start), None)
    if first is None:
        return None
    last = next((i for i in range(first, len(reader.tokens)) if reader.tokens[i].start >= end), len(reader.tokens))
    return (first, last) if last > first else None


def _people(reader: Reader, name: str) -> Entry | None:
    """Give the place of those who live there, or of what is of there: Syrian, Sri Lankan, Minnesotans."""
    country = reader.cues.demonyms.get(name.lower()) or reader.cues.demonyms.get(name.lower().replace(" ", "-"))
    if country is not None:
        return reader.book.entry(f"ne:{country}")
    if any(match.exact for match in reader.book.matches(name)):
        return None
    for ending, place in _PEOPLE:
        if name.endswith(ending) and len(name) - len(ending) > 3:
            for match in reader.book.matches(name.removesuffix(ending) + place):
                if match.exact and match.entry.feature in ("country", "admin1", "region") and match.own:
                    return match.entry
    return None


def _abbreviation(reader: Reader, name: str) -> Entry | None:
    full = reader.cues.abbreviations.get(name.rstrip(".").replace(". ", "."))
    matches = reader.book.matches(full) if full is not None else ()
    return next((m.entry for m in matches if m.exact and m.own and m.entry.feature == "admin1"), None)


def _parts(reader: Reader, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the name, and without what says only which part or what thing of a place is meant."""
    yield first, last
    at = first
    while at < last - 1 and (bearing_word(reader.signs.low(at)) or reader.signs.low(at) in _GENERIC):
        at += 1
    if at > first:
        yield at, last
    to = last
    things = reader.words["facility"] | reader.words["body"] | reader.words["civic"] | reader.words["settlement"]
    while to > at + 1 and reader.signs.low(to - 1) in things:
        to -= 1
    if to < last:
        yield at, to
    if reader.signs.low(last - 2) == "of" and last - first > 2:  # Port of Los Angeles; University of Texas
        yield last - 1, last


def _entry(reader: Reader, first: int, last: int, name: str) -> Entry | None:
    matches = reader.book.matches(name) or reader.book.swapped(name)
    if name.replace(".", "").isupper() and len(name.replace(".", "")) < 4:
        matches = tuple(match for match in matches if match.entry.feature == "country")
    counties = _counties(reader, name)
    holder = _before(reader, first)
    if holder is not None and any(m.exact and m.entry.id == holder.id for m in matches):
        return holder
    if not matches and not counties:
        return None
    holder = reader.container(last, matches)
    if counties and holder is None and not any(is_held_somewhere(m, reader) for m in matches):
        return counties[0].entry
    choice = reader.choose(name, matches, reader.signs.kind(first, last), holder)
    return choice[0].entry if choice is not None else None


def is_held_somewhere(match: Match, reader: Reader) -> bool:
    """Tell whether a town lies in a province that the article names."""
    return match.exact and match.entry.feature == "city" and match.entry.admin1 in reader.context.provinces


def _counties(reader: Reader, name: str) -> list[Match]:
    """Give the counties that a bare name can mean in an article that speaks of counties of their province."""
    if " " in name or not reader.context.provinces or not any(t.low in _COUNTIES for t in reader.tokens):
        return []
    found = [m for kind in ("County", "Parish") for m in reader.book.matches(f"{name} {kind}") if m.exact]
    return [m for m in found if m.entry.admin1 in reader.context.provinces]


def _before(reader: Reader, first: int) -> Entry | None:
    """Give the province that a name after a comma is: Rego Park, New York."""
    if reader.signs.low(first - 1) != "," or first < 2 or not reader.tokens[first - 2].capital:
        return None
    for start in range(max(0, first - 4), first - 1):
        name = reader.text[reader.tokens[start].start : reader.tokens[first - 2].end]
        if reader.tokens[start].capital and exact_key(name):
            matches = tuple(m for m in reader.book.matches(name) if m.exact and m.entry.feature in ("city", "admin2"))
            holder = reader.container(first - 1, matches) if matches else None
            if holder is not None and holder.feature == "admin1" and any(is_held(m.entry, holder) for m in matches):
                return holder
    return None
