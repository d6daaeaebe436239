"""Where a local report plays, for an event that it names no place for: its dateline, title and the towns it opens with.

Invariant: a place found so is hedged by whoever claims it, and it lies in the country the report is about. A report
that names other places for its events has none: what is filed from a capital happened elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.extract.realis import VIOLENT, Frame
from variorum.extract.sentences import Sentence
from variorum.extract.sites import ATTACHED
from variorum.model import Found
from variorum.values.gazetteer import Gazetteer
from variorum.values.place import PlaceContext, distance_km, find_places

OPENING = 8  # sentences of a report's body in which it says where it plays
NEAR_KM = 60.0
DATELINE, TITLE = 3.0, 2.0  # against 1 for a town named in a sentence
POLICE = re.compile(r"^(?:[’']s)? (?:County )?(?:Police|Sheriff|Fire|Medical|Department of)\b")
# "It happened Monday night in Dersa.": says when and where of the event told before it.
HAPPENED = re.compile(
    r"\b(?:it|this|that|(?:the|this) (?:[\w-]+ ){0,2}"
    r"(?:shooting|incident|attack|accident|stabbing|homicide|robbery|crime))"
    r" (?:was reported|happened|occurred|took place|unfolded|broke out|began|started)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Locality:
    """The town a report plays in, with the words that name it; offsets in the article."""

    value: str
    start: int
    end: int
    point: tuple[float, float]


def find_locality(sentences: Sequence[Sentence], gazetteer: Gazetteer, context: PlaceContext) -> Locality | None:
    """Give the town that the opening of one story names most, its dateline and title before its sentences."""
    votes: dict[str, float] = {}
    first: dict[str, Locality] = {}
    top = max(context.countries.values(), default=0.0)
    for weight, base, found in _named(sentences, gazetteer, context):
        if found.extra["feature"] not in {"city", "admin2"} or "lat" not in found.extra:
            continue
        if context.countries.get(found.extra["country"], 0.0) < top:
            continue
        value = found.value.partition(";")[0]
        point = float(found.extra["lat"]), float(found.extra["lon"])
        votes[value] = votes.get(value, 0.0) + weight - 0.5 * (found.extra["feature"] == "admin2")
        first.setdefault(value, Locality(value, base + found.start, base + found.end, point))
    if not votes:
        return None
    return first[max(votes, key=lambda value: (votes[value], -first[value].start, value))]


def _named(
    sentences: Sequence[Sentence], gazetteer: Gazetteer, context: PlaceContext
) -> Iterable[tuple[float, int, Found]]:
    body = 0
    for sentence in sentences:
        filed = sentence.body_start - sentence.start
        body += sentence.role == "body"
        if body > OPENING:
            return
        for found in find_places(sentence.text, gazetteer, context):
            after = sentence.text[found.end :]
            if ATTACHED.match(after) and not POLICE.match(after):
                continue
            dated = found.end <= filed
            yield DATELINE if dated else TITLE if sentence.role == "title" else 1.0, sentence.start, found


def plays_at(locality: Locality, frames: Iterable[Frame]) -> bool:
    """Tell whether no violent event of the story names a place far from where the report plays."""
    points = [
        (float(found.extra["lat"]), float(found.extra["lon"]))
        for frame in frames
        if frame.family in VIOLENT and frame.realis == "event"
        for found in frame.places
        if found.extra.get("feature") in {"city", "admin2"} and "lat" in found.extra
    ]
    return all(distance_km(point, locality.point) <= NEAR_KM for point in points)
