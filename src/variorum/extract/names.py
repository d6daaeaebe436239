"""Names in a text: what the tagger marks, and what lists know better: nationalities, places, dates, sums of money.

Invariant: names come in order and do not overlap. Which body or person a name stands for is asked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import repeat

from variorum.extract.peoplewords import load_cues, load_nouns
from variorum.extract.tagged import find_names
from variorum.extract.tagger import Tagged, Tags
from variorum.values.date import find_dates
from variorum.values.name import find_demonyms
from variorum.values.quantity import find_quantities, unit_of
from variorum.values.units import dimension

# Mean probability asked of a name that only the tagger finds: lists know most places, and bodies are its weak side.
LEAST = {"LOC": 0.75, "ORG": 0.6, "MISC": 0.6}
SURE = 0.9  # mean probability from which a name of the tagger holds against a list
_SINGULAR = re.compile(r"(?:s|es)$")
_LEAD = re.compile(r"(?:on|in|at|by|since|for|from|during|until|of|early|late) ", re.I)


@cache
def _peoples() -> frozenset[str]:
    return load_nouns().peoples | frozenset(load_cues("names")["peoples"].split())


def read_names(text: str, tags: Tags, places: Sequence[Tagged] = ()) -> list[Tagged]:
    """Give the names of a text with their sort: PER ORG LOC NORP FAC MISC DATE MONEY.

    `places` are gazetteer places found by rules, as spans of the text. A list's find gives way to a longer name, and to
    one that the tagger is sure of.
    """
    marked = [one for one in find_names(tags, 0.5) if one.score >= LEAST.get(one.label, 0.5)]
    tagged = [one for one in map(_trimmed, marked, repeat(text)) if one is not None]
    listed = [*_peoples_in(text), *_dates(text), *_money(text), *places]
    kept: list[Tagged] = []
    for one in sorted(listed, key=lambda row: (row.start - row.end, row.start)):
        near = [row for row in tagged if row.start < one.end and one.start < row.end]
        wider = [row for row in near if row.end - row.start > one.end - one.start]
        surer = [row for row in near if (row.start, row.end) == (one.start, one.end) and row.score >= SURE]
        if not wider and not surer and not any(row.start < one.end and one.start < row.end for row in kept):
            kept.append(one)
    rest = [row for row in tagged if not any(row.start < one.end and one.start < row.end for one in kept)]
    return sorted((*kept, *rest), key=lambda row: row.start)


def _trimmed(one: Tagged, text: str) -> Tagged | None:
    """Leave out marks at the edges of a name; what has no capital in a text that has them is no name."""
    match = re.search(r"[^\W_].*[^\W_.]\.?|[^\W_]", text[one.start : one.end], re.S)
    if match is None or re.fullmatch(r"[’']?s|the|The", match.group()):
        return None
    plain = one.label not in {"DATE", "MONEY"} and not re.search(r"[A-Z\u0080-\uffff]|\d", match.group())
    if plain and any(letter.isupper() for letter in text):
        return None
    words = match.group()
    end = match.end() - (1 if words.endswith(".") and words.count(".") == 1 and one.label != "PER" else 0)
    return replace(one, start=one.start + match.start(), end=one.start + end)


def _peoples_in(text: str) -> Iterator[Tagged]:
    words = list(re.finditer(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text))
    cues = load_cues("names")
    known = {found.start for found in find_demonyms(text) if text[found.start : found.end] not in cues["countries"]}
    start = end = -1
    for at, word in enumerate(words):
        low = word.group().lower()
        people = word.group()[0].isupper() and (
            word.start() in known or low in _peoples() or _SINGULAR.sub("", low) in _peoples()
        )
        if not people:
            continue
        first = word.start()
        if at and words[at - 1].group() in cues["before"] and text[words[at - 1].end() : first] == " ":
            first = words[at - 1].start()
        if start >= 0 and text[end:first] == " ":
            end = word.end()
            continue
        if start >= 0:
            yield Tagged(start, end, "NORP", 1.0)
        start, end = first, word.end()
    if start >= 0:
        yield Tagged(start, end, "NORP", 1.0)


def _dates(text: str) -> Iterator[Tagged]:
    for found in find_dates(text, None):
        match = _LEAD.match(text, found.start, found.end)
        yield Tagged(match.end() if match is not None else found.start, found.end, "DATE", 1.0)


def _money(text: str) -> Iterator[Tagged]:
    for found in find_quantities(text):
        if dimension(unit_of(found.value)) == "money":
            yield Tagged(found.start, found.end, "MONEY", 1.0)
