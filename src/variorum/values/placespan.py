"""Which place a name at a given span is, whatever the words around it say of its being one.

Invariant: nothing is searched for here; the answer depends on the span, the text and the article's context alone.
"""

from __future__ import annotations

from variorum.values.area import Place
from variorum.values.gazetteer import Entry, Gazetteer, Match
from variorum.values.placereader import Reader


def span_value(reader: Reader, start: int, end: int) -> str | None:
    """Give the place value of the name at [start, end), or None where nothing says where it lies."""
    first = next((i for i, t in enumerate(reader.tokens) if t.end > start), None)
    if first is None:
        return None
    last = next((i for i, t in enumerate(reader.tokens) if i >= first and t.start >= end), len(reader.tokens))
    name = reader.text[start:end].strip()
    entry = _adjective(reader, name) or _abbreviation(reader, name)
    if entry is None:
        entry = _entry(reader, first, last, name)
    return None if entry is None else str(Place(entry.id))


def _adjective(reader: Reader, name: str) -> Entry | None:
    country = reader.cues.demonyms.get(name.lower()) or reader.cues.demonyms.get(name.lower().replace(" ", "-"))
    return reader.book.entry(f"ne:{country}") if country is not None else None


def _abbreviation(reader: Reader, name: str) -> Entry | None:
    full = reader.cues.abbreviations.get(name.rstrip(".").replace(". ", "."))
    matches = reader.book.matches(full) if full is not None else ()
    return next((m.entry for m in matches if m.exact and m.own and m.entry.feature == "admin1"), None)


def _entry(reader: Reader, first: int, last: int, name: str) -> Entry | None:
    matches = reader.book.matches(name)
    if not matches:
        return None
    holder = reader.container(last, matches)
    choice = reader.choose(name, matches, reader.signs.kind(first, last), holder)
    return choice[0].entry if choice is not None else None
