"""Fills the index of events of a ledger, and lists events by it.

Invariant: a list says the same whether it is asked of the index or made of the events; where the index does not hold
every event as it stands, by this program and this gazetteer, nothing is asked of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from variorum import __version__
from variorum.ledger import Ledger
from variorum.ledger.indexes import MOST_DAYS
from variorum.ledger.listing import (
    Chosen,
    Indexed,
    Placed,
    Told,
    index_events,
    is_listed,
    list_events,
    list_places,
    ruled_events,
    unlisted,
)
from variorum.ledger.picked import pick_story_articles
from variorum.model import Event, Mention
from variorum.pipeline.material import FEW
from variorum.pipeline.readers import gazetteer
from variorum.publish.jsonl import Edition
from variorum.publish.select import Selection, check_kind, find_place, is_near
from variorum.resolve.days import read_days
from variorum.resolve.view import apply_rulings
from variorum.schema import load_schema
from variorum.values.area import extent
from variorum.values.gazetteer import distance_km

INDEX = "list/1"  # raised with every change of what a list says of an event
SURE = 1.001  # a circle is rounded nowhere, but computed twice


def _stamp() -> str:
    """Name what the rows of the index follow from besides the ledger."""
    return " ".join((INDEX, __version__, gazetteer().own_digest)).strip()


def index_ledger(ledger: Ledger) -> None:
    """Work out the rows of the index that are missing, and those of events with a claim that somebody ruled on."""
    from variorum.pipeline.editions import edition

    stamp = _stamp()
    missing = unlisted(ledger, stamp)
    with ledger.writing():
        if missing is None:
            index_events(ledger, _rows_of(edition(ledger)), stamp)
        else:
            index_events(
                ledger, _rows_of(edition(ledger, read_events(ledger, {*missing, *ruled_events(ledger)}))), stamp
            )


def read_events(ledger: Ledger, ids: Collection[str]) -> list[Event]:
    """Give live events by their ids, sorted."""
    if len(ids) > FEW:
        return [event for event in ledger.events() if event.id in ids]
    return [ledger.event(id) for id in sorted(ids)]


def has_index(ledger: Ledger) -> bool:
    """Tell whether the index holds every event."""
    return is_listed(ledger, _stamp())


def _rows_of(published: Edition) -> Iterator[Indexed]:
    from variorum.publish import event_object
    from variorum.show.table import make_row

    known: dict[str, Placed] = {}
    for event in published.events:
        found = event_object(published, event)
        days = [found["date"][key] for key in ("low", "high")] if found["date"] else [None, None]
        settled = frozenset(row["value"] for row in found["values"] if row["prop"] == "place")
        claims, _ = apply_rulings(published.claims_of(event), published.rulings)
        places = sorted(settled.union(claim.value for claim in claims if claim.prop == "place"))
        yield Indexed(
            event.id,
            event.kind,
            days[0],
            days[1],
            len(found["lineages"]),
            tuple(known[value] if value in known else known.setdefault(value, _placed(value)) for value in places),
            settled,
            tuple(_told(published, published.mentions[id]) for id in event.mentions),
            make_row(found),
        )


def _told(published: Edition, mention: Mention) -> Told:
    """Say what the rules look at that forbid a mention to be of another event."""
    claims, _ = apply_rulings(published.by_mention.get(mention.id, ()), published.rulings)
    outright = {(claim.prop, claim.value) for claim in claims if claim.stance == "asserts"}
    hedged = {(claim.prop, claim.value) for claim in claims if claim.stance == "hedges"} - outright
    sure = {prop for prop, _ in outright} - {prop for prop, _ in hedged}
    days = _stated([value for prop, value in outright if prop == "date"]) if "date" in sure else None
    printed = (published.articles[mention.article_id].published or "")[:10]
    return Told(mention.id, mention.kind, "place" in sure, days, printed or None)


def _stated(values: Sequence[str]) -> tuple[str, str] | None:
    """Give the first and last of the days stated; None where one is open, or they are many."""
    found = [read_days(value) for value in values]
    first = [days.low for days in found if days is not None and days.low is not None]
    last = [days.high for days in found if days is not None and days.high is not None]
    if not len(first) == len(last) == len(found) or max(last) - min(first) >= MOST_DAYS:
        return None
    return date.fromordinal(min(first)).isoformat(), date.fromordinal(max(last)).isoformat()


def _placed(value: str) -> Placed:
    from variorum.publish.where import describe_place

    circle = extent(value, gazetteer())
    known = describe_place(value, gazetteer())
    return Placed(value, known["name"], known["country"], *(circle if circle is not None else (None, None, None)))


def list_rows(ledger: Ledger, chosen: Selection) -> list[dict[str, Any]] | None:
    """Give the rows of the events that fit, in the order of a list; None where the index does not hold every event.

    Raises UsageError for a place the gazetteer does not know and a kind the schema does not have.
    """
    if not has_index(ledger):
        return None
    check_kind(chosen.kind)
    kinds = None
    if chosen.kind is not None:
        schema = load_schema()
        kinds = [code for code in schema.kinds if chosen.kind in (code, schema.family(code))]
    single = chosen.state == "single"
    return list_events(
        ledger,
        Chosen(
            kinds=kinds,
            since=chosen.since,
            until=chosen.until,
            places=None if chosen.place is None else _places_near(ledger, chosen.place),
            relation=None if single else chosen.state,
            lineages=(1, 1) if single else (chosen.min_lineages, None),
            articles=None if chosen.story is None else pick_story_articles(ledger, chosen.story),
        ),
    )


def _places_near(ledger: Ledger, given: str) -> list[str]:
    """Give the settled places that lie in or near a place; only those are looked at closely that can."""
    book = gazetteer()
    where = find_place(given, book)
    here = _placed(where)
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
