"""Places that a text names without saying that anything is there: "Texas Rangers", "US officials", "Syrian".

Invariant: what the reader took for a place is never touched; a name is added only where its bearer has to do with the
article: its country or province is named, or other names lie near.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.values.gazetteer import Entry
from variorum.values.placename import exact_key
from variorum.values.placereader import THRESHOLD, Hit, Reader
from variorum.values.placesigns import STOPS, bearing_word
from variorum.values.placeworth import size_worth

# Nouns after a name that make it a road or a person's, not a place: Richmond Street, Lincoln Award.
_STREETS = frozenset(
    ("street", "st", "avenue", "ave", "road", "rd", "drive", "dr", "lane", "ln", "boulevard", "blvd", "way", "highway")
)
LONGEST = 4  # words
OWNER = 3.0  # the reasons asked of a name that no word beside it calls a place: set on half of LGL's articles


def find_owners(reader: Reader, hits: Sequence[Hit]) -> list[Hit]:
    """Give the names in parts of the text that no hit covers, in order."""
    taken = {index for hit in hits for index in range(hit.first, hit.last)}
    found: list[Hit] = []
    at = 0
    while at < len(reader.tokens):
        hit = None if at in taken or not reader.tokens[at].capital else next(_at(reader, at, taken), None)
        if hit is not None:
            found.append(hit)
        at = hit.last if hit is not None else at + 1
    return found


def _at(reader: Reader, first: int, taken: set[int]) -> Iterator[Hit]:
    """Yield what the name at a word can be, the longest name first."""
    token = reader.tokens[first]
    country = reader.cues.demonyms.get(token.low)
    if country is not None:
        yield from _hit(reader, first, first + 1, reader.book.entry(f"ne:{country}"))
        return
    for last in range(min(first + LONGEST, len(reader.tokens)), first, -1):
        if any(
            i in taken or not (reader.tokens[i].capital and (i == first or reader.tokens[i].joined))
            for i in range(first, last)
        ):
            continue
        name = reader.text[token.start : reader.tokens[last - 1].end]
        full = (
            reader.cues.abbreviations.get(name)
            if last == first + 1 and reader.signs.low(first - 1) in ("-", "(", ",")
            else None
        )
        matches = tuple(m for m in reader.book.matches(full or name) if m.exact)
        if not matches or (last == first + 1 and _is_other(reader, first)):
            continue
        choice = reader.choose(full or name, matches, "", None)
        if choice is not None and _has_to_do(reader, first, last, name, choice[0].entry):
            yield from _hit(reader, first, last, choice[0].entry)
            return


def _hit(reader: Reader, first: int, last: int, entry: Entry | None) -> Iterator[Hit]:
    if entry is not None:
        name = reader.text[reader.tokens[first].start : reader.tokens[last - 1].end]
        yield Hit(first, last, entry, name, THRESHOLD, "", True, False, False)


def _is_other(reader: Reader, first: int) -> bool:
    """Tell whether a single word is a person's name here, or no name at all."""
    low = reader.signs.low(first)
    return low in STOPS or low in reader.words["never"] or low in reader.context.persons or bearing_word(low)


def _has_to_do(reader: Reader, first: int, last: int, name: str, entry: Entry) -> bool:
    """Tell whether a bearer has to do with the article, and the words around are not a road's or a person's."""
    signs, tokens = reader.signs, reader.tokens
    if signs.low(last) in _STREETS or signs.on_street(first, strange=False):
        return False
    before = tokens[first - 1] if first and tokens[first].joined else None
    if before is not None and before.low in reader.words["titles"] and before.capital:
        return False
    worth = size_worth(entry)
    hint = reader.context.countries.get(entry.country, 0.0)
    worth += 1.5 if hint >= 0.7 else 1.0 if hint >= 0.25 else 0.0
    worth += 2.0 * bool(reader.context.resolved.get(exact_key(name)))
    worth += 0.7 * (last > first + 1)
    worth += min(1.0, reader.context.census.support(exact_key(name), entry))
    if last == first + 1:
        worth -= signs.doubt(tokens[first], entry)
        given = before is not None and before.capital and reader.book.is_given_name(before.text)
        initial = before is not None and before.text == "."
        worth -= 3.0 * (given or initial)
    return worth >= OWNER
