"""Articles that a reader has still to read, a page at a time. Only reads.

Invariant: a page is asked for by the number after which it begins, so what is read or added between two pages neither
hides an article nor gives one twice, and only one page is in memory.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from variorum.ledger import rows, texts
from variorum.ledger.tables import article, reading
from variorum.model import Article

NEAR = 4  # pages looked through at first: of a run over fresh articles, every one is unread


@dataclass(frozen=True, slots=True)
class By:
    """A reader, and the languages that it reads."""

    extractor: str
    version: str
    langs: tuple[str, ...] | None = None  # BCP 47, as articles have them, "" for not known; None: all


def reader_of(extractor: str, version: str, langs: Collection[str] | None) -> By:
    """Give a reader with its languages in one order, so that a query is prepared once."""
    return By(extractor, version, None if langs is None else tuple(sorted(set(langs))))


def read_after(connection: sa.Connection, number: int, by: By, limit: int) -> list[tuple[int, Article]]:
    """Give the next unread articles after a number, each with its own, at most `limit`."""
    # Numbers first, out of the index alone: the rows of articles that were read are long, and are passed over.
    query = sa.select(article.c.number).where(article.c.number > number, *_unread(by))
    query = query.order_by(article.c.number).limit(limit)
    # The next few numbers alone are looked through first: asked for all, PostgreSQL would go through every reading.
    numbers = connection.execute(query.where(article.c.number <= number + NEAR * limit)).scalars().all()
    if len(numbers) < limit:
        numbers = connection.execute(query).scalars().all()
    if not numbers:
        return []
    wanted = sa.select(article).where(article.c.number.in_(numbers)).order_by(article.c.number)
    found = texts.fill(connection, article, connection.execute(wanted).mappings())
    return [(row["number"], rows.read_article(row)) for row in found]


def count_unread(connection: sa.Connection, by: By) -> int:
    """Give how many articles are unread, all from the first."""
    if by.langs is not None:
        return int(connection.execute(sa.select(sa.func.count(article.c.number)).where(*_unread(by))).scalar_one())
    # A reading is of one article, extractor and version: no article has two that are meant here.
    done = sa.select(sa.func.count()).select_from(reading).where(*_live(by)).scalar_subquery()
    return int(connection.execute(sa.select(sa.func.count(article.c.number) - done)).scalar_one())


def _unread(by: By) -> list[sa.ColumnElement[bool]]:
    read = sa.exists().where(reading.c.article_id == article.c.id, *_live(by))
    langs = [] if by.langs is None else [article.c.lang.in_(by.langs)]
    return [~read, *langs]


def _live(by: By) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        reading.c.extractor == by.extractor,
        reading.c.version == by.version,
        reading.c.superseded.is_(False),
    )
