"""Which events a person looks at, in a list, on a map and along a line of time: the same ones in all three.

Invariant: the events of an earlier day are those that `edition` gives for it, in the same order; what the index can say
is asked of the index, and only events whose reports lie on both sides of that day are worked out anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from variorum.errors import UsageError
from variorum.ledger import Ledger, entries
from variorum.ledger.entries import Entry
from variorum.ledger.listing import Chosen
from variorum.ledger.picked import pick_story_articles
from variorum.model import Event
from variorum.pipeline.editions import edition
from variorum.pipeline.finished import is_finished
from variorum.pipeline.listing import find_chosen, has_index, read_events
from variorum.pipeline.places import gazetteer
from variorum.pipeline.recorded import recorded_by
from variorum.publish import Edition, event_object
from variorum.publish.select import Selection, check_kind, find_place, is_near
from variorum.publish.where import describe_place
from variorum.show.spots import Spot, make_spot
from variorum.show.table import make_row, scope_rank
from variorum.values import interval
from variorum.values.gazetteer import distance_km
from variorum.values.place import extent

Sort = Literal["date", "lineages", "killed"]
BATCH = 1_000  # events worked out anew at once: fewer than are read with the whole ledger


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the globe in degrees; where west lies east of east, it crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in it."""
        across = self.west <= lon <= self.east if self.west <= self.east else lon >= self.west or lon <= self.east
        return across and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None means any."""

    chosen: Selection = field(default_factory=Selection)
    within_km: int | None = None  # of the chosen place, beside what lies in or near it
    box: Box | None = None  # in which the place to print lies
    words: str | None = None  # each of them in the title
    sort: Sort = "date"
    as_of: str | None = None  # ISO day: what had been published by then
    recorded: datetime | None = None  # UTC: what the ledger held by then


@dataclass(frozen=True, slots=True)
class _Told:
    """What is known of an event that was worked out for an earlier day."""

    entry: Entry
    row: Mapping[str, Any]
    places: tuple[str, ...]
    killed: tuple[tuple[str, str | None], ...]  # with the scope of each
    contested: list[str]
    roots: Mapping[str, str]  # the id of each report -> of the text that it is a copy of
    printed: str | None


@dataclass(frozen=True, slots=True)
class Explored:
    """The events that fit, in order, and what is asked of them."""

    ledger: Ledger
    entries: tuple[Entry, ...]
    finished: bool  # whether the events follow from all that the ledger holds
    apart: Mapping[str, Sequence[str]]  # event id -> articles that had not joined it on the day
    nothing_yet: bool  # that the ledger held nothing at the time asked for
    _told: Mapping[str, _Told]
    _index: Chosen | None = None  # what the index was asked for, where the entries are its answer as it stands

    @property
    def ids(self) -> list[str]:
        """The ids of the events, in order."""
        return [entry.id for entry in self.entries]

    def _rest(self, ids: Collection[str]) -> list[str]:
        return [id for id in ids if id not in self._told]

    def rows(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        """Give rows of the list, in the order of the ids."""
        known = entries.read_listed(self.ledger, self._rest(ids))
        return [dict(self._told[id].row) if id in self._told else known[id] for id in ids]

    def places(self, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Give the settled places of events, the one to print first; an event without one is left out."""
        told = {id: self._told[id].places for id in ids if id in self._told and self._told[id].places}
        known = entries.read_settled(self.ledger, "place", self._rest(ids))
        return told | {id: tuple(value for value, _ in rows) for id, rows in known.items()}

    def contested(self, ids: Collection[str]) -> dict[str, list[str]]:
        """Give the properties of events in which accounts contradict each other."""
        told = {id: self._told[id].contested for id in ids if id in self._told}
        return told | entries.read_contested(self.ledger, self._rest(ids))

    def published(self, ids: Collection[str]) -> dict[str, str]:
        """Give the day on which events were first reported; one whose reports are all undated is left out."""
        found = entries.read_printed(self.ledger, self._rest(ids))
        found |= {id: self._told[id].printed for id in ids if id in self._told}
        return {id: day for id, day in found.items() if day}

    def named(self, ids: Collection[str]) -> dict[str, str]:
        """Give the time at which the ledger first held events."""
        return entries.read_named(self.ledger, ids)

    def killed_at_least(self, ids: Collection[str]) -> dict[str, float]:
        """Give the least that the figure of the killed means which a list shows; -1 where there is none."""
        killed = entries.read_settled(self.ledger, "killed", self._rest(ids))
        killed |= {id: self._told[id].killed for id in ids if id in self._told}
        return {id: _at_least(killed.get(id, ())) for id in ids}

    def counts(self) -> tuple[int, int]:
        """Count the reports that tell of these events, and the independent texts among them, each once."""
        if self._index is not None:
            return entries.count_told(self.ledger, self._index)
        roots = entries.read_reports(self.ledger, self._rest(self.ids))
        for entry in self.entries:
            if entry.id in self._told:
                roots |= self._told[entry.id].roots
        return len(roots), len({*roots.values()})


def explore(ledger: Ledger, wanted: Wanted) -> Explored:
    """Find the events that fit.

    Raises UsageError for a place the gazetteer does not know, a kind the schema does not have, and two ways back.
    """
    if wanted.as_of and wanted.recorded:
        raise UsageError(
            "as_of and recorded ask for two different things",
            "give one: as_of for what had been published by a day, recorded for what this ledger held by then",
        )
    if wanted.chosen.story and wanted.recorded:
        raise UsageError("story goes by the stories of today, recorded by an earlier time", "leave one out")
    if wanted.within_km is not None and wanted.chosen.place is None:
        raise UsageError("within is a distance from a place", "give place too, or leave out within")
    finished = wanted.recorded is not None or is_finished(ledger)
    chosen = wanted.chosen if wanted.within_km is None else replace(wanted.chosen, place=None)
    found = _find(ledger, replace(wanted, chosen=chosen), finished)
    kept = _fit(found, wanted)
    index = found._index if len(kept) == len(found.entries) else None
    return replace(found, entries=tuple(_sorted(found, kept, wanted.sort)), _index=index)


def explore_parts(ledger: Ledger, parts: Iterable[Edition]) -> Explored:
    """Give the events of editions, each seen once, as one set to look at; what they were made from is let go."""
    told: dict[str, _Told] = {}
    for published in parts:
        told |= {event.id: _tell(published, event) for event in published.events}
    found = sorted((one.entry for one in told.values()), key=lambda entry: entry.order)
    return Explored(ledger, tuple(found), is_finished(ledger), {}, False, told)


def _find(ledger: Ledger, wanted: Wanted, finished: bool) -> Explored:
    check_kind(wanted.chosen.kind)
    if wanted.recorded is not None:
        record = recorded_by(ledger, wanted.recorded)
        nothing = record.first is None or not record.holds(record.first)
        return _of_edition(ledger, edition(ledger, chosen=wanted.chosen, recorded=record), finished, nothing)
    if not finished or not has_index(ledger):
        return _of_edition(ledger, edition(ledger, chosen=wanted.chosen, as_of=wanted.as_of), finished)
    if wanted.as_of is None:
        index = find_chosen(ledger, wanted.chosen)
        return Explored(ledger, tuple(entries.find_entries(ledger, index)), True, {}, False, {}, index)
    return _of_day(ledger, wanted, wanted.as_of)


def _of_day(ledger: Ledger, wanted: Wanted, day: str) -> Explored:
    """Find the events of an earlier day: those whose reports had all been printed are as they stand today."""
    fit = entries.find_entries(ledger, find_chosen(ledger, wanted.chosen))
    before, across = entries.split_at(ledger, day)
    story = wanted.chosen.story
    chosen = replace(wanted.chosen, story=None)  # an edition of a few events knows no stories
    told: dict[str, _Told] = {}
    apart: dict[str, Sequence[str]] = {}
    ids = sorted(across)
    for start in range(0, len(ids), BATCH):
        published = edition(ledger, read_events(ledger, ids[start : start + BATCH]), chosen=chosen, as_of=day)
        told |= {event.id: _tell(published, event) for event in published.events}
        apart |= published.apart
    if story is not None:
        of_story = set(pick_story_articles(ledger, story))
        told = {id: one for id, one in told.items() if one.roots.keys() & of_story}
    whole = [*(entry for entry in fit if entry.id in before), *(one.entry for one in told.values())]
    return Explored(ledger, tuple(sorted(whole, key=lambda entry: entry.order)), True, apart, False, told)


def _of_edition(ledger: Ledger, published: Edition, finished: bool, nothing: bool = False) -> Explored:
    told = {event.id: _tell(published, event) for event in published.events}
    found = tuple(told[event.id].entry for event in published.events)
    return Explored(ledger, found, finished, published.apart, nothing, told)


def _tell(published: Edition, event: Event) -> _Told:
    found = event_object(published, event)
    date = found["date"] or {"low": None, "high": None}
    articles = published.articles_of(event)
    return _Told(
        Entry(event.id, event.kind, date["low"], date["high"], len(found["lineages"])),
        make_row(found),
        tuple(row["value"] for row in found["values"] if row["prop"] == "place"),
        tuple((row["value"], row["scope"]) for row in found["values"] if row["prop"] == "killed"),
        sorted({row["prop"] for row in found["relations"] if row["name"] == "contradicts"}),
        {id: ids[0] for ids in found["lineages"] for id in ids},
        min((article.published[:10] for article in articles if article.published), default=None),
    )


def _fit(found: Explored, wanted: Wanted) -> list[Entry]:
    """Keep the entries that fit what only places and titles can say."""
    kept = list(found.entries)
    if wanted.words is not None:
        words = wanted.words.casefold().split()
        titles = entries.read_titles(found.ledger, found._rest([entry.id for entry in kept]))
        titles |= {id: str(told.row["title"]) for id, told in found._told.items()}
        kept = [entry for entry in kept if all(word in titles[entry.id].casefold() for word in words)]
    if wanted.within_km is not None and wanted.chosen.place is not None:
        fits = _near_places(wanted.chosen.place, wanted.within_km, places := found.places([row.id for row in kept]))
        kept = [entry for entry in kept if fits.intersection(places.get(entry.id, ()))]
    if wanted.box is not None:
        places = found.places([entry.id for entry in kept])
        kept = [entry for entry in kept if _in_box(places.get(entry.id, ()), wanted.box)]
    return kept


def _in_box(values: Sequence[str], box: Box) -> bool:
    if not values:
        return False
    spot = spot_of(values[0])
    return spot.placed and box.holds(spot.lat, spot.lon)


def _near_places(given: str, km: int, places: Mapping[str, Sequence[str]]) -> set[str]:
    """Give the places that lie in or near the chosen one, or so far from its middle."""
    where = find_place(given, gazetteer())
    circle = extent(where, gazetteer())
    assert circle is not None  # find_place refuses one without
    found = set()
    for value in {value for values in places.values() for value in values}:
        spot = spot_of(value)
        pointed = spot.placed and spot.kind != "province"
        close = pointed and distance_km((spot.lat, spot.lon), circle[:2]) <= km
        if close or is_near(value, where, gazetteer()):
            found.add(value)
    return found


def _sorted(found: Explored, kept: list[Entry], sort: Sort) -> list[Entry]:
    """Sort by what is asked for; what is equal in it stays by date."""
    if sort == "lineages":
        return sorted(kept, key=lambda entry: -entry.lineages)
    if sort == "killed":
        least = found.killed_at_least([entry.id for entry in kept])
        return sorted(kept, key=lambda entry: -least[entry.id])
    return kept


def _at_least(killed: Sequence[tuple[str, str | None]]) -> float:
    """Give the least that the figure means which a list shows: of the widest scope; -1 where there is none."""
    if not killed:
        return -1.0
    value, _ = min(killed, key=lambda row: scope_rank(row[1]))
    low = (interval("count", value) or (None, None))[0]
    return float(low) if low is not None else 0.0


@lru_cache(maxsize=20_000)
def spot_of(value: str) -> Spot:
    """Give the spot of a settled place on a map."""
    return make_spot(value, gazetteer=gazetteer())


@lru_cache(maxsize=20_000)
def place_words(value: str) -> Mapping[str, Any]:
    """Give a settled place as exports have it: name, coordinates, radius, precision, country and province."""
    return describe_place(value, gazetteer())
