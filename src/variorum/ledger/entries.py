"""Which events fit, in the order of a list, and what a map and a timeline ask of them: all from the index. Only reads.

Invariant: an entry holds no words; rows of a list are read for the entries that are shown.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from variorum.ledger.listing import Chosen, conditions
from variorum.ledger.store import Ledger
from variorum.ledger.tables import (
    copy,
    event,
    event_index,
    event_mention,
    mention,
    mention_index,
    register,
    relation,
    settled,
)

CHUNK = 5_000  # ids in one query; SQLite takes 32,766
MOST = 15_000  # from here on all rows are read, and those that are asked for kept


@dataclass(frozen=True, slots=True)
class Entry:
    """One event that fits."""

    id: str
    kind: str
    first_day: str | None  # ISO; of the settled date
    last_day: str | None
    lineages: int

    @property
    def order(self) -> tuple[str, str, str]:
        """What a list goes by: undated ones last."""
        return (self.first_day or "9999", self.kind, self.id)


def find_entries(ledger: Ledger, chosen: Chosen) -> list[Entry]:
    """Give the events that are wanted, by day, kind and id; undated ones last."""
    columns = event_index.c
    query = sa.select(columns.event_id, columns.kind, columns.first_day, columns.last_day, columns.lineages)
    with ledger._reading() as connection:
        rows = connection.execute(query.where(*conditions(chosen))).all()
    return sorted((Entry(*row) for row in rows), key=lambda entry: entry.order)


def read_listed(ledger: Ledger, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Give the rows of a list by event id."""
    query = sa.select(event_index.c.event_id, event_index.c.listed)
    return {id: json.loads(listed) for id, listed in _picked(ledger, query, event_index.c.event_id, ids)}


def read_titles(ledger: Ledger, ids: Collection[str]) -> dict[str, str]:
    """Give the titles of events."""
    return dict(_picked(ledger, sa.select(event.c.id, event.c.title), event.c.id, ids))


def read_settled(ledger: Ledger, prop: str, ids: Collection[str]) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """Give the settled values of one property with their scopes, by event id, in the order of the event."""
    columns = settled.c
    query = sa.select(columns.event_id, columns.position, columns.value, columns.scope).where(columns.prop == prop)
    found: dict[str, list[tuple[int, str, str | None]]] = {}
    for id, *row in _picked(ledger, query, columns.event_id, ids):
        found.setdefault(id, []).append((row[0], row[1], row[2]))
    return {
        id: tuple((value, scope) for _, value, scope in sorted(rows, key=lambda row: row[0]))
        for id, rows in found.items()
    }


def read_contested(ledger: Ledger, ids: Collection[str]) -> dict[str, list[str]]:
    """Give the properties in which claims of an event contradict each other, sorted."""
    query = sa.select(relation.c.event_id, relation.c.prop).where(relation.c.name == "contradicts").distinct()
    found: dict[str, list[str]] = {}
    for id, prop in _picked(ledger, query, relation.c.event_id, ids):
        found.setdefault(id, []).append(prop)
    return {id: sorted(props) for id, props in found.items()}


def read_printed(ledger: Ledger, ids: Collection[str]) -> dict[str, str | None]:
    """Give the first day on which events were reported; None for one whose reports are all undated."""
    columns = mention_index.c
    query = sa.select(columns.event_id, sa.func.min(columns.printed)).group_by(columns.event_id)
    return dict(_picked(ledger, query, columns.event_id, ids))


def read_named(ledger: Ledger, ids: Collection[str]) -> dict[str, str]:
    """Give when the ledger first held an event, by event id."""
    return dict(_picked(ledger, sa.select(register.c.event_id, register.c.named_at), register.c.event_id, ids))


def split_at(ledger: Ledger, day: str) -> tuple[set[str], set[str]]:
    """Give the events all of whose reports had been printed by a day, and those of which some were printed later.

    A report without a day counts as printed before any.
    """
    columns = mention_index.c
    late = sa.func.count(sa.case((columns.printed > day, 1)))
    query = sa.select(columns.event_id, late == 0, late < sa.func.count()).group_by(columns.event_id)
    before, across = set(), set()
    with ledger._reading() as connection:
        for id, whole, some in connection.execute(query):
            if whole:
                before.add(id)
            elif some:
                across.add(id)
    return before, across


def read_neighbours(ledger: Ledger, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Give the names in the register just before and after each event's, with its own: what a short label hangs on."""
    own, other = register.c.event_id, register.alias()
    before = sa.select(sa.func.max(other.c.event_id)).where(other.c.event_id < own).scalar_subquery()
    after = sa.select(sa.func.min(other.c.event_id)).where(other.c.event_id > own).scalar_subquery()
    found: dict[str, tuple[str, ...]] = {}
    for id, left, right in _picked(ledger, sa.select(own, before, after), own, ids):
        found[id] = tuple(name for name in (left, id, right) if name is not None)
    return found


def count_told(ledger: Ledger, chosen: Chosen) -> tuple[int, int]:
    """Count the reports that tell of the events that are wanted, and the independent texts among them, each once."""
    here = event_mention.c.event_id.in_(sa.select(event_index.c.event_id).where(*conditions(chosen)))
    reports = sa.select(mention.c.article_id).distinct().select_from(_TOLD).where(here).subquery()
    root = sa.func.coalesce(copy.c.original_id, reports.c.article_id)
    query = sa.select(sa.func.count(), sa.func.count(root.distinct()))
    with ledger._reading() as connection:
        row = connection.execute(
            query.select_from(reports.outerjoin(copy, copy.c.article_id == reports.c.article_id))
        ).one()
    return int(row[0]), int(row[1])


def read_reports(ledger: Ledger, ids: Collection[str]) -> dict[str, str]:
    """Lead the reports that tell of events to the text each is a copy of: itself where it is none."""
    told = _TOLD.outerjoin(copy, copy.c.article_id == mention.c.article_id)
    root = sa.func.coalesce(copy.c.original_id, mention.c.article_id)
    query = sa.select(event_mention.c.event_id, mention.c.article_id, root).select_from(told)
    return {article: root for _, article, root in _picked(ledger, query, event_mention.c.event_id, ids)}


_TOLD = event_mention.join(mention, mention.c.id == event_mention.c.mention_id)


def _picked(ledger: Ledger, query: sa.Select[Any], own: sa.ColumnElement[str], ids: Collection[str]) -> Iterator[Any]:
    """Yield the rows of some events; the first column of a query is the event's id where all rows are read."""
    with ledger._reading() as connection:
        if len(ids) > MOST:
            wanted = set(ids)
            yield from (row for row in connection.execute(query) if row[0] in wanted)
            return
        listed = sorted(ids)
        for start in range(0, len(listed), CHUNK):
            yield from connection.execute(query.where(own.in_(listed[start : start + CHUNK])))
