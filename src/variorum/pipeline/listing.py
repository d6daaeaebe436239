"""Lists events by the index of a ledger. How the index is filled is in indexing.py.

Invariant: a list says the same whether it is asked of the index or made of the events; where the index does not hold
every event as it stands, by this program and this gazetteer, nothing is asked of it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from variorum import __version__
from variorum.ledger import Ledger
from variorum.ledger.listing import Chosen, Placed, is_listed, list_events, list_places
from variorum.ledger.picked import pick_story_articles
from variorum.model import Event
from variorum.pipeline.material import FEW
from variorum.pipeline.places import gazetteer, own_digest
from variorum.publish.select import Selection, check_kind, find_place, is_near
from variorum.publish.where import describe_place
from variorum.schema import load_schema
from variorum.values.area import extent
from variorum.values.gazetteer import distance_km

INDEX = "list/1"  # raised with every change of what a list says of an event
SURE = 1.001  # a circle is rounded nowhere, but computed twice


def stamp() -> str:
    """Name what the rows of the index follow from besides the ledger."""
    return " ".join((INDEX, __version__, own_digest())).strip()


def read_events(ledger: Ledger, ids: Collection[str]) -> list[Event]:
    """Give live events by their ids, sorted."""
    if len(ids) > FEW:
        return [event for event in ledger.events() if event.id in ids]
    return [ledger.event(id) for id in sorted(ids)]


def has_index(ledger: Ledger) -> bool:
    """Tell whether the index holds every event."""
    return is_listed(ledger, stamp())


def list_rows(ledger: Ledger, chosen: Selection) -> list[dict[str, Any]] | None:
    """Give the rows of the events that fit, in the order of a list; None where the index does not hold every event.

    Raises UsageError for a place the gazetteer does not know and a kind the schema does not have.
    """
    if not has_index(ledger):
        return None
    return list_events(ledger, find_chosen(ledger, chosen))


def find_chosen(ledger: Ledger, chosen: Selection) -> Chosen:
    """Give a filter in the words of the index.

    Raises UsageError for a place the gazetteer does not know and a kind the schema does not have.
    """
    check_kind(chosen.kind)
    kinds = None
    if chosen.kind is not None:
        schema = load_schema()
        kinds = [code for code in schema.kinds if chosen.kind in (code, schema.family(code))]
    single = chosen.state == "single"
    return Chosen(
        kinds=kinds,
        since=chosen.since,
        until=chosen.until,
        places=None if chosen.place is None else _places_near(ledger, chosen.place),
        relation=None if single else chosen.state,
        lineages=(1, 1) if single else (chosen.min_lineages, None),
        articles=None if chosen.story is None else pick_story_articles(ledger, chosen.story),
    )


def _places_near(ledger: Ledger, given: str) -> list[str]:
    """Give the settled places that lie in or near a place; only those are looked at closely that can."""
    book = gazetteer()
    where = find_place(given, book)
    here = place_of(where)
    return [
        place.value
        for place in list_places(ledger, settled=True)
        if _can_be_near(place, here) and is_near(place.value, where, book)
    ]


def _can_be_near(place: Placed, here: Placed) -> bool:
    if place.value == here.value or place.country == here.country or None in (place.country, here.country):
        return True
    if place.lat is None or place.lon is None or here.lat is None or here.lon is None:
        return False
    apart = distance_km((place.lat, place.lon), (here.lat, here.lon))
    return apart <= SURE * ((place.radius_km or 0) + (here.radius_km or 0)) + 1


def place_of(value: str) -> Placed:
    """Give a place with its country and circle, as the index has it."""
    circle = extent(value, gazetteer())
    known = describe_place(value, gazetteer())
    return Placed(value, known["name"], known["country"], *(circle if circle is not None else (None, None, None)))
