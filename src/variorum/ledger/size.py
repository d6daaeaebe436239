"""How large a ledger is, without counting: articles are numbered one by one and never taken away. Only reads."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from variorum.ledger.store import Ledger
from variorum.ledger.tables import article, event


@dataclass(frozen=True, slots=True)
class Size:
    """How many reports and events a ledger holds."""

    reports: int
    events: int


def read_size(ledger: Ledger) -> Size:
    """Give how many reports and events there are; the events are counted, by their key alone."""
    with ledger._reading() as connection:
        reports = connection.execute(sa.select(sa.func.max(article.c.number))).scalar()
        events = connection.execute(sa.select(sa.func.count(event.c.id))).scalar()
    return Size(int(reports or 0), int(events or 0))
