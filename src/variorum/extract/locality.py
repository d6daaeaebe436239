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
from variorum.extract.whereabouts import is_aside
from variorum.model import Found
from variorum.values.gazetteer import Entry, Gazetteer
from variorum.values.place import PlaceContext, distance_km, find_places

OPENING = 8  # sentences of a report's body in which it says where it plays
NEAR_KM = 60.0
LARGER, SMALL = 5, 10_000
NOT_HERE, DATELINE, TITLE = 0.0, 3.0, 2.0  # against 1 for a town named in a sentence
POLICE = re.compile(r"^(?:[’']s)? (?:County )?(?:Police|Sheriff|Fire|Medical|Department of)\b")
# "It happened Monday night in Dersa.": says when and where of the event told before it.
HAPPENED = re.compile(
    r"\b(?:it|this|that|(?:the|this) (?:[\w-]+ ){0,2}"
    r"(?:shooting|incident|attack|accident|stabbing|homicide|robbery|crime))"
    r" (?:was reported|happened|occurred|took place|unfolded|broke out|began|started)\b",
    re.I,
)


# A town by the company of its name, where the gazetteer alone cannot tell it from a surname: "Tarnville police",
# "a Tarnville woman", "late-night shooting in Tarnville".
_NAME = r"(?P<name>[A-Z][a-z]+(?: (?!Police|Fire|County|Sheriff)[A-Z][a-z]+){0,2})"
_TOWNS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (2.0, re.compile(_NAME + r"(?: [Pp]olice\b| PD\b| Fire\b| City Council\b)")),
    (
        1.0,
        re.compile(
            _NAME + r" (?:man|woman|boy|girl|toddler|teen(?:ager)?|mother|father|couple|family|home|house|apartment|bar"
            r"|nightclub|neighborhood|shooting|drive-by|hospital|resident)\b"
        ),
    ),
    (1.0, re.compile(r"\b(?:in|near|of) " + _NAME + r"(?! (?:Street|St|Avenue|Ave|Road|Rd|Drive|County|Park)\b)")),
    (3.0, re.compile(r"^(?P<name>[A-Z][A-Z .]{3,24}?)(?=, [A-Z]| ?\(| ?[-–—|]| –)", re.M)),
)
_SIDE_OF = re.compile(r"^(?:East|West|North|South|Downtown|EAST|WEST|NORTH|SOUTH|The) (?=[A-Z])")
# Words of the police and courts of one country, for a report that names none.
_AMERICAN = re.compile(r"\b(?:Sheriff|Police Department|911|[Dd]eputies|[Dd]eputy|[ap]\.m\.|Hwy)")


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

    def vote(value: str, weight: float, start: int, end: int, point: tuple[float, float]) -> None:
        votes[value] = votes.get(value, 0.0) + weight
        first.setdefault(value, Locality(value, start, end, point))

    opening = _opening(sentences)
    top = max(context.countries.values(), default=0.0)
    taken: set[tuple[int, int]] = set()
    country = max(context.countries, key=lambda code: (context.countries[code], code), default="")
    if not country and any(_AMERICAN.search(sentence.text) for sentence in sentences):
        country = "US"
    for weight, base, found in _named(opening, gazetteer, context):
        taken.add((base + found.start, base + found.end))
        if weight == NOT_HERE:
            continue
        if found.extra["feature"] not in {"city", "admin2"} or "lat" not in found.extra:
            continue
        if context.countries.get(found.extra["country"], 0.0) < top:
            continue
        point = float(found.extra["lat"]), float(found.extra["lon"])
        weight -= 0.5 * (found.extra["feature"] == "admin2")
        vote(found.value.partition(";")[0], weight, base + found.start, base + found.end, point)
    for weight, start, name in _by_company(opening):
        if any(begin <= start < end for begin, end in taken):
            continue
        town = (
            None
            if weight < TITLE and _is_doubtful(name, gazetteer, context)
            else _town(name, country, gazetteer, context)
        )
        if town is not None:
            vote(town.id, weight, start, start + len(name), (town.lat, town.lon))
    if not votes:
        return None
    return first[max(votes, key=lambda value: (votes[value], -first[value].start, value))]


def _opening(sentences: Sequence[Sentence]) -> list[Sentence]:
    body = [sentence for sentence in sentences if sentence.role == "body"][:OPENING]
    return [sentence for sentence in sentences if sentence.role == "title"] + body


def _by_company(sentences: Sequence[Sentence]) -> Iterable[tuple[float, int, str]]:
    for sentence in sentences:
        for weight, pattern in _TOWNS:
            for match in pattern.finditer(sentence.text):
                titled = TITLE - 1 if sentence.role == "title" else 0.0
                yield weight + titled, sentence.start + match.start("name"), match["name"].rstrip()


def _is_doubtful(name: str, gazetteer: Gazetteer, context: PlaceContext) -> bool:
    return gazetteer.is_word(name) or name.lower() in context.persons


def _town(name: str, country: str, gazetteer: Gazetteer, context: PlaceContext) -> Entry | None:
    """Give the town of a name in a country, one of the provinces that the article names before any other.

    Where the country is not known, a town many times as large as its namesakes abroad.
    """
    rows = [
        match.entry
        for match in gazetteer.matches(_SIDE_OF.sub("", name))
        if match.exact and match.own and match.entry.feature == "city"
    ]
    home = [entry for entry in rows if entry.country == country] if country else rows
    best = max(home, key=lambda e: (e.admin1 in context.provinces, e.population, e.id), default=None)
    if best is None or country:
        return best
    abroad = max((entry.population for entry in rows if entry.country != best.country), default=0)
    return best if best.population >= LARGER * max(abroad, SMALL) else None


def _named(
    sentences: Sequence[Sentence], gazetteer: Gazetteer, context: PlaceContext
) -> Iterable[tuple[float, int, Found]]:
    for sentence in sentences:
        filed = sentence.body_start - sentence.start
        for found in find_places(sentence.text, gazetteer, context):
            after = sentence.text[found.end :]
            if is_aside(sentence.text, found) or (ATTACHED.match(after) and not POLICE.match(after)):
                yield NOT_HERE, sentence.start, found
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
