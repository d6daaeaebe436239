"""Mentions near another one in kind, time and place, asked of the index of mentions (indexes.py). Only reads.

Invariant: what is left away cannot be of one event with the other by the rules on kinds, days and places, or was
printed longer before or after than asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from variorum.ledger.indexes import MOST_DAYS
from variorum.ledger.store import Ledger
from variorum.ledger.tables import event_place, mention_index

Days = tuple[str, str]  # first and last, ISO


@dataclass(frozen=True, slots=True)
class Around:
    """What is near a mention; None means any."""

    kinds: Collection[str]
    stated: Days | None  # of mentions that state their days
    printed: Days | None  # of mentions that do not
    places: Collection[str] | None  # values, as claims state them; a mention that states none outright is near any


def near_mentions(ledger: Ledger, around: Around) -> dict[str, str]:
    """Lead mentions near another to their events."""
    columns = mention_index.c
    dated: list[sa.ColumnElement[bool]] = [columns.first_day.is_not(None)]
    undated: list[sa.ColumnElement[bool]] = [columns.first_day.is_(None)]
    if around.stated is not None:
        first, last = around.stated
        dated = [columns.first_day >= _before(first), columns.first_day <= last, columns.last_day >= first]
    if around.printed is not None:
        first, last = around.printed  # BETWEEN takes no collation in PostgreSQL
        undated.append(columns.printed.is_(None) | (columns.printed >= first) & (columns.printed <= last))
    chosen: list[sa.ColumnElement[bool]] = [columns.kind.in_(sorted(around.kinds))]
    if around.places is not None:
        here = sa.select(event_place.c.event_id).where(event_place.c.value.in_(sorted(around.places)))
        chosen.append(~columns.placed | columns.event_id.in_(here))
    found: dict[str, str] = {}
    with ledger._reading() as connection:
        for when in (dated, undated):
            query = sa.select(columns.mention_id, columns.event_id).where(*when, *chosen)
            found.update({row.mention_id: row.event_id for row in connection.execute(query)})
    return found


def _before(day: str) -> str:
    """Give the first day on which a mention can begin whose days reach as far as this one."""
    start = date.fromisoformat(day)
    return (start - min(timedelta(days=MOST_DAYS), start - date.min)).isoformat()
