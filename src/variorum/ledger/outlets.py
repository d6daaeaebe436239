"""What outlets of a ledger printed, and in which languages. Only reads.

Invariant: an outlet is counted by what it printed, as the articles name it; one that is not named is not counted.
"""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from variorum.ledger.store import Ledger
from variorum.ledger.tables import article, event_index, event_mention, event_place, mention

LONGEST = timedelta(days=92)


def count_beside(ledger: Ledger, country: str, since: str, until: str) -> dict[str, int]:
    """Give the outlets that report events of a country in some days, each with the number of these events.

    In: ISO 3166-1 alpha-2 and two ISO days. Asked of the index of events; an event without a place is not counted, nor
    one whose days are so wide open that it begins more than LONGEST before: without that bound half the index is read.
    """
    begins = (date.fromisoformat(since) - min(LONGEST, date.fromisoformat(since) - date.min)).isoformat()
    events = (
        sa.select(event_index.c.event_id)
        .join(event_place, event_place.c.event_id == event_index.c.event_id)
        .where(event_place.c.settled, event_place.c.country == country)
        .where(event_index.c.first_day >= begins, event_index.c.first_day <= until, event_index.c.last_day >= since)
    )
    query = (
        sa.select(article.c.outlet, sa.func.count(event_mention.c.event_id.distinct()))
        .join(mention, mention.c.article_id == article.c.id)
        .join(event_mention, event_mention.c.mention_id == mention.c.id)
        .where(event_mention.c.event_id.in_(events), article.c.outlet != "")
        .group_by(article.c.outlet)
    )
    with ledger._reading() as connection:
        return {str(name): int(count) for name, count in connection.execute(query)}


def count_languages(ledger: Ledger) -> dict[str, int]:
    """Give the number of articles in each language, by ISO 639-1; "" is not known."""
    query = sa.select(article.c.lang, sa.func.count()).group_by(article.c.lang)
    with ledger._reading() as connection:
        return {str(lang): int(count) for lang, count in connection.execute(query)}
