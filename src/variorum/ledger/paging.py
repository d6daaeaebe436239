"""Events and articles a page at a time, in the order of an export: what is on one page is all that is in memory.

Invariant: the pages together are the whole list, each row once, in its order.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from variorum.ledger.listing import Chosen, conditions
from variorum.ledger.readings import stream
from variorum.ledger.store import Ledger
from variorum.ledger.tables import article, event_index

PAGE = 500  # events or articles: some 10 MB with all that is said of them


def page_events(ledger: Ledger, chosen: Chosen, size: int = PAGE) -> Iterator[list[str]]:
    """Give the ids of the events that are wanted by first day, kind and id, undated ones last, a page at a time."""
    columns = event_index.c
    order = (columns.first_day.is_(None), columns.first_day, columns.kind, columns.event_id)
    # The database sorts, in a file where they are many; a list of all ids would grow with the ledger.
    return _pages(ledger, sa.select(columns.event_id.label("id")).where(*conditions(chosen)).order_by(*order), size)


def page_articles(ledger: Ledger, size: int = PAGE) -> Iterator[list[str]]:
    """Give the ids of all articles by time of publication and id, undated ones last, a page at a time."""
    columns = article.c
    query = sa.select(columns.id).order_by(columns.published.is_(None), columns.published, columns.id)
    return _pages(ledger, query, size)


def _pages(ledger: Ledger, query: sa.Select[tuple[str]], size: int) -> Iterator[list[str]]:
    page: list[str] = []
    with ledger._reading() as connection:
        for id in stream(connection, query, lambda row: str(row["id"])):
            page.append(id)
            if len(page) == size:
                yield page
                page = []
    if page:
        yield page
