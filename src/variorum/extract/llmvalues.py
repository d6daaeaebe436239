"""The value in quoted words, by the program's own parsers: a language model points at words, it never gives a value.

Invariant: a value is read from the text's words in their sentence, so "12" in "at least 12" is at least twelve.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.extract.canspeak import PRONOUN
from variorum.extract.sentences import Sentence, split_sentences
from variorum.model import Article, Found
from variorum.schema import Property
from variorum.values.count import find_counts
from variorum.values.date import find_dates, find_times
from variorum.values.gazetteer import Gazetteer
from variorum.values.name import parse_name
from variorum.values.place import PlaceContext, find_places, gather_context
from variorum.values.quantity import find_quantities, unit_of
from variorum.values.units import dimension
from variorum.values.weapon import find_platforms, find_weapons

NAME_WORDS = 12  # a name of more words is a clause
MEASURES = {"distance": "length", "duration": "time"}
# Of places named together the narrowest is where it happened: "the village of X in Y province".
BREADTH = {"country": 0, "region": 1, "admin1": 1, "admin2": 2}
NARROW = 3


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the parsers need to know of an article besides the words quoted."""

    article: Article
    sentences: tuple[Sentence, ...]
    gazetteer: Gazetteer
    places: PlaceContext


def look_around(article: Article, text: str, gazetteer: Gazetteer) -> Surroundings:
    """Read what a text says of countries and sentences, once for all values in it."""
    sentences = tuple(split_sentences(text, article.title))
    return Surroundings(
        article, sentences, gazetteer, gather_context(text, gazetteer, outlets=(article.outlet, article.url))
    )


def find_value(prop: Property, around: Surroundings, start: int, end: int) -> Found | str:
    """Give the value of a property in a stretch of the article, at the words it was read from; else the reason why not.

    The words can reach beyond the stretch ("at least 12" where "12 people" was quoted), never out of its sentences.
    """
    words = around.article.text[start:end]
    if prop.type == "name":
        return _name(words, start, end)
    if prop.type == "text" and prop.code != "time":
        return Found(start, end, words, " ".join(words.split()))
    left, right = _sentences(around.sentences, start, end)
    here = [
        replace(found, start=found.start + left, end=found.end + left)
        for found in _all(prop, around, around.article.text[left:right])
    ]
    return _choose(prop, [found for found in here if found.start < end and start < found.end])


def _name(words: str, start: int, end: int) -> Found | str:
    if len(words.split()) > NAME_WORDS:
        return "it is too long for a name"
    if PRONOUN.fullmatch(words.strip()):
        return "a pronoun names nobody"
    value = parse_name(words)
    return "no name stands in it" if value is None else Found(start, end, words, value)


def _sentences(sentences: Sequence[Sentence], start: int, end: int) -> tuple[int, int]:
    met = [sentence for sentence in sentences if sentence.start < end and start < sentence.end]
    return (min(start, met[0].start), max(end, met[-1].end)) if met else (start, end)


def _all(prop: Property, around: Surroundings, text: str) -> Iterable[Found]:
    match prop.type:
        case "count":
            return find_counts(text)
        case "quantity":
            return [one for one in _measures(text) if dimension(unit_of(one.value)) == MEASURES.get(prop.code)]
        case "date":
            return find_dates(text, around.article.published)
        case "place":
            found = find_places(text, around.gazetteer, around.places)
            return [one for one in found if not one.extra.get("metonym")]
        case "weapon":
            return find_weapons(text)
        case "platform":
            return find_platforms(text)
        case _:
            return find_times(text)


def _measures(text: str) -> Iterator[Found]:
    """Yield the quantities, and what stands in brackets behind them in another unit."""
    for found in find_quantities(text):
        yield found
        if "converted_span" in found.extra:
            start, end = (int(part) for part in found.extra["converted_span"].split(":"))
            yield Found(start, end, text[start:end], found.extra["converted"])


def _choose(prop: Property, found: Sequence[Found]) -> Found | str:
    """Give the one value that a stretch holds, of those that it touches."""
    if prop.type == "count":
        found = [one for one in found if not one.extra.get("article")] or found  # "a clinic said 12": 12
    if prop.type == "place" and found:
        narrowest = max(map(_narrow, found))
        found = [one for one in found if _narrow(one) == narrowest]
    if prop.type == "weapon":
        found = [one for one in found if not any(other.value.startswith(one.value + ".") for other in found)]
    if prop.type == "date" and any(one.extra.get("since") for one in found):
        return "it says since when, not when"
    values = list(dict.fromkeys(one.value for one in found))
    if not values:
        return f"no {_called(prop)} can be read from it"
    if len(values) > 1:
        return f"several values stand in it: {', '.join(values)}"
    return found[0]


def _narrow(found: Found) -> int:
    return BREADTH.get(found.extra.get("feature", ""), NARROW)


def _called(prop: Property) -> str:
    if prop.code in MEASURES:
        return prop.code
    return "time of day" if prop.type == "text" else re.sub("^quantity$", "measure", prop.type)
