"""Events by day, place and kind, asked of the index of events (indexes.py) and not of the events. One list at a time.

Invariant: what is listed from the index is what would be listed from the events.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from variorum.ledger import seals
from variorum.ledger.indexes import SINCE_5, forget_events, read_stamp, write_stamp
from variorum.ledger.store import Ledger
from variorum.ledger.tables import (
    claim,
    event,
    event_index,
    event_mention,
    event_place,
    mention,
    mention_index,
    relation,
    ruling,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A settled place with its country and circle; None for what is not known."""

    value: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of an event: what the rules that forbid it to be of another event look at."""

    mention_id: str
    kind: str
    placed: bool  # states a place outright
    days: tuple[str, str] | None  # first and last that it states outright; None where they are open or many
    printed: str | None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a list asks of one event."""

    event_id: str
    kind: str
    first_day: str | None
    last_day: str | None
    lineages: int
    places: tuple[Placed, ...]  # every one that a claim states
    settled: frozenset[str]  # those of them that are settled values
    mentions: tuple[Told, ...]
    listed: Mapping[str, Any]  # its row in a list


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which events are wanted; None means any."""

    kinds: Collection[str] | None = None
    since: str | None = None
    until: str | None = None
    places: Collection[str] | None = None  # settled values, one of which it has
    relation: str | None = None  # one that its claims have
    lineages: tuple[int, int | None] = (1, None)  # at least, at most
    articles: Collection[str] | None = None  # one of which reports it


def unlisted(ledger: Ledger, stamp: str) -> list[str] | None:
    """Give the ids of the events that have no row yet; None where the rows are those of another stamp."""
    with ledger._reading() as connection:
        if read_stamp(connection) != stamp:
            return None
        query = sa.select(event.c.id).where(event.c.id.not_in(sa.select(event_index.c.event_id)))
        return list(connection.execute(query.order_by(event.c.id)).scalars())


def is_listed(ledger: Ledger, stamp: str) -> bool:
    """Tell whether every event has its row, by this stamp."""
    with ledger._reading() as connection:
        if read_stamp(connection) != stamp:
            return False
        counts = (connection.execute(sa.select(sa.func.count()).select_from(t)).scalar() for t in (event, event_index))
        return len(set(counts)) == 1


def ruled_events(ledger: Ledger) -> list[str]:
    """Give the ids of the events with a claim, mention or report that somebody ruled on."""
    with ledger._reading() as connection:
        subjects = sa.select(ruling.c.subject)
        of_claims = sa.select(claim.c.mention_id).where(claim.c.id.in_(subjects))
        of_articles = sa.select(mention.c.id).where(mention.c.article_id.in_(subjects))
        found: set[str] = set()
        for ids in (subjects, of_claims, of_articles):
            query = sa.select(event_mention.c.event_id).where(event_mention.c.mention_id.in_(ids))
            found.update(connection.execute(query).scalars())
        return sorted(found)


def index_events(ledger: Ledger, rows: Iterable[Indexed], stamp: str) -> None:
    """Write the rows of events, in place of those that they have; those that stay as they are are not touched."""
    with ledger._writer() as connection:
        write_stamp(connection, stamp)
        made = {row.event_id: _rows_of(row) for row in rows}
        stored = _seals_of(connection, made)
        new = {id: made[id] for id in made if _seals(made[id]) != stored[id]}
        forget_events(connection, [id for id in new if stored[id]])
        for table in SINCE_5:
            seals.insert(connection, table, [row for found in new.values() for row in found[table]])


def _rows_of(row: Indexed) -> dict[sa.Table, list[dict[str, Any]]]:
    """Give the rows of one event, by table."""
    listed = {
        "event_id": row.event_id,
        "kind": row.kind,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "lineages": row.lineages,
        "listed": json.dumps(dict(row.listed), ensure_ascii=False),
    }
    places = [
        {
            "event_id": row.event_id,
            "value": place.value,
            "settled": place.value in row.settled,
            "name": place.name,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "radius_km": place.radius_km,
        }
        for place in row.places
    ]
    told = [
        {
            "mention_id": one.mention_id,
            "event_id": row.event_id,
            "kind": one.kind,
            "placed": one.placed,
            "first_day": None if one.days is None else one.days[0],
            "last_day": None if one.days is None else one.days[1],
            "printed": one.printed,
        }
        for one in row.mentions
    ]
    return {event_index: [listed], event_place: places, mention_index: told}


def _seals(made: Mapping[sa.Table, Iterable[Mapping[str, Any]]]) -> set[bytes]:
    return {seals.sealer(table)(row) for table, new in made.items() for row in new}


def _seals_of(connection: sa.Connection, event_ids: Collection[str]) -> dict[str, set[bytes]]:
    """Give the seals of the rows that events have."""
    found: dict[str, set[bytes]] = {id: set() for id in event_ids}
    ids = sorted(event_ids)
    for start in range(0, len(ids), seals.CHUNK):
        chunk = ids[start : start + seals.CHUNK]
        for table in SINCE_5:
            query = sa.select(table.c.event_id, table.c.seal).where(table.c.event_id.in_(chunk))
            for id, seal in connection.execute(query):
                found[id].add(seal)
    return found


def list_places(ledger: Ledger, *, settled: bool) -> list[Placed]:
    """Give every place that a claim states, or that is a settled value, once."""
    columns = [event_place.c[name] for name in ("value", "name", "country", "lat", "lon", "radius_km")]
    query = sa.select(*columns).distinct().order_by(*columns)
    if settled:
        query = query.where(event_place.c.settled)
    with ledger._reading() as connection:
        return [Placed(*row) for row in connection.execute(query)]


def list_events(ledger: Ledger, chosen: Chosen) -> list[dict[str, Any]]:
    """Give the rows of the events that are wanted, by day, kind and id; undated ones last."""
    query = sa.select(event_index.c.listed).where(*conditions(chosen))
    order = (sa.func.coalesce(event_index.c.first_day, "9999"), event_index.c.kind, event_index.c.event_id)
    with ledger._reading() as connection:
        return [json.loads(row) for row in connection.execute(query.order_by(*order)).scalars()]


def conditions(chosen: Chosen) -> list[sa.ColumnElement[bool]]:
    """Give what a row of the index of events must fulfil."""
    columns, own = event_index.c, event_index.c.event_id
    at_least, at_most = chosen.lineages
    found: list[sa.ColumnElement[bool]] = [columns.lineages >= at_least]
    if at_most is not None:
        found.append(columns.lineages <= at_most)
    if chosen.kinds is not None:
        found.append(columns.kind.in_(sorted(chosen.kinds)))
    if chosen.since is not None or chosen.until is not None:
        found += [columns.first_day.is_not(None), columns.last_day.is_not(None)]
    if chosen.since is not None:
        found.append(columns.last_day >= chosen.since)
    if chosen.until is not None:
        found.append(columns.first_day <= chosen.until)
    if chosen.places is not None:
        found.append(
            own.in_(
                sa.select(event_place.c.event_id).where(
                    event_place.c.settled, event_place.c.value.in_(sorted(chosen.places))
                )
            )
        )
    if chosen.relation is not None:
        found.append(own.in_(sa.select(relation.c.event_id).where(relation.c.name == chosen.relation)))
    if chosen.articles is not None:
        told = sa.select(event_mention.c.event_id).join(mention, mention.c.id == event_mention.c.mention_id)
        found.append(own.in_(told.where(mention.c.article_id.in_(sorted(chosen.articles)))))
    return found
