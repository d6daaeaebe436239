"""What a whole ledger holds of outlets, speakers and names, in rows small enough for 100,000 articles. Only reads.

Invariant: no text of a report is read; only what a reading that is not superseded found is given.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from variorum.ledger import rows
from variorum.ledger.store import Ledger
from variorum.ledger.tables import (
    article,
    claim,
    claim_found,
    copy,
    event_index,
    event_mention,
    mention,
    reading,
    ruling,
)
from variorum.model import Claim

OF_CLAIMS = ("value", "source", "scope", "stance")  # fields of a ruling that are of a claim


class Printed(NamedTuple):
    """One article: who printed it and when, and what it is a copy of."""

    id: str
    number: int
    outlet: str
    lang: str
    published: str | None
    original: str | None  # article id


class Spoken(NamedTuple):
    """What one source says of one property in one article."""

    source: str
    article_id: str
    prop: str
    claims: int


class NamedClaim(NamedTuple):
    """One claim whose value is a name, and the words that say it."""

    id: str
    prop: str
    value: str
    quote: str
    article_id: str
    event_id: str | None  # None: background


class StoodClaim(NamedTuple):
    """One claim as it was read, and where it stands."""

    claim: Claim
    article_id: str
    event_id: str | None


def read_printed(ledger: Ledger) -> list[Printed]:
    """Give every article by number, without its text."""
    columns = (article.c.id, article.c.number, article.c.outlet, article.c.lang, article.c.published)
    query = sa.select(*columns, copy.c.original_id).outerjoin(copy, copy.c.article_id == article.c.id)
    with ledger._reading() as connection:
        return [Printed(*row) for row in connection.execute(query.order_by(article.c.number))]


def read_told(ledger: Ledger) -> list[tuple[str, str]]:
    """Give every event with every article that reports it, as ids, each pair once."""
    query = (
        sa.select(event_mention.c.event_id, mention.c.article_id)
        .join(mention, mention.c.id == event_mention.c.mention_id)
        .distinct()
    )
    with ledger._reading() as connection:
        return sorted((row[0], row[1]) for row in connection.execute(query))


def read_days(ledger: Ledger) -> list[str]:
    """Give the first day of every event that has one, sorted; ISO."""
    query = sa.select(event_index.c.first_day).where(event_index.c.first_day.is_not(None))
    with ledger._reading() as connection:
        return sorted(connection.execute(query).scalars())


def read_spoken(ledger: Ledger) -> list[Spoken]:
    """Give what named sources say in each article, without the claims that a person ruled on."""
    query = (
        sa.select(claim.c.source, mention.c.article_id, claim.c.prop, sa.func.count())
        .join(mention, mention.c.id == claim.c.mention_id)
        .where(claim.c.source != "", _live(), claim.c.id.not_in(_ruled()))
        .group_by(claim.c.source, mention.c.article_id, claim.c.prop)
    )
    with ledger._reading() as connection:
        return sorted(Spoken(row[0], row[1], row[2], int(row[3])) for row in connection.execute(query))


def read_named(ledger: Ledger, props: Collection[str]) -> list[NamedClaim]:
    """Give the claims of some properties, by id, without those that a person ruled on."""
    query = (
        sa.select(
            claim.c.id, claim.c.prop, claim.c.value, claim.c.quote, mention.c.article_id, event_mention.c.event_id
        )
        .join(mention, mention.c.id == claim.c.mention_id)
        .outerjoin(event_mention, event_mention.c.mention_id == claim.c.mention_id)
        .where(claim.c.prop.in_(sorted(props)), _live(), claim.c.id.not_in(_ruled()))
        .order_by(claim.c.id)
    )
    with ledger._reading() as connection:
        return [NamedClaim(*row) for row in connection.execute(query)]


def read_ruled(ledger: Ledger) -> list[StoodClaim]:
    """Give the claims that a person ruled on, as they were read, by id."""
    return _read_claims(ledger, claim.c.id.in_(_ruled()))


def read_said(ledger: Ledger, source: str) -> list[StoodClaim]:
    """Give the claims of one source, by id, without those that a person ruled on."""
    return _read_claims(ledger, (claim.c.source == source) & claim.c.id.not_in(_ruled()))


def _read_claims(ledger: Ledger, wanted: sa.ColumnElement[bool]) -> list[StoodClaim]:
    query = (
        sa.select(claim, mention.c.article_id, event_mention.c.event_id)
        .join(mention, mention.c.id == claim.c.mention_id)
        .outerjoin(event_mention, event_mention.c.mention_id == claim.c.mention_id)
        .where(wanted, _live())
        .order_by(claim.c.id)
    )
    with ledger._reading() as connection:
        return [
            StoodClaim(rows.read_claim(row), row["article_id"], row["event_id"])
            for row in connection.execute(query).mappings()
        ]


def read_quoted(ledger: Ledger, outlet: str) -> dict[str, int]:
    """Give whom the articles of an outlet give as sources, each with the number of its claims there as read."""
    query = (
        sa.select(claim.c.source, sa.func.count())
        .join(mention, mention.c.id == claim.c.mention_id)
        .join(article, article.c.id == mention.c.article_id)
        .where(article.c.outlet == outlet, claim.c.source != "", _live())
        .group_by(claim.c.source)
    )
    with ledger._reading() as connection:
        return {str(name): int(count) for name, count in connection.execute(query)}


def _live() -> sa.ColumnElement[bool]:
    superseded = sa.select(reading.c.id).where(reading.c.superseded)
    return sa.exists().where(claim_found.c.claim_id == claim.c.id, claim_found.c.reading_id.not_in(superseded))


def _ruled() -> sa.Select[tuple[str]]:
    return sa.select(ruling.c.subject).where(
        ruling.c.field.in_(OF_CLAIMS), ruling.c.retracted.is_(None), ruling.c.blind.is_(False)
    )
