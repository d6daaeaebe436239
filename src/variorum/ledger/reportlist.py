"""The reports of a ledger in a list: a few rows at a time, without their texts. Only reads.

Invariant: the latest published stands first, undated ones last; both databases give the same rows in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from variorum.errors import LedgerError
from variorum.ledger import texts
from variorum.ledger.picked import CHUNK
from variorum.ledger.store import Ledger
from variorum.ledger.tables import article, copy, event, event_mention, mention

Copies = Literal["all", "originals", "only"]
OPENING = 160  # characters of a text that stand for a title that is not there


@dataclass(frozen=True, slots=True)
class Sought:
    """Which reports are wanted; None means any."""

    outlet: str | None = None  # as the reports name it
    lang: str | None = None  # ISO 639-1
    since: str | None = None  # ISO day of publication, included
    until: str | None = None
    copies: Copies = "all"
    known_by: str | None = None  # ISO day: published by then, or undated


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of a list."""

    id: str
    number: int  # 7 for R7
    url: str
    outlet: str  # "" when unknown
    title: str  # the beginning of the text where there is no title
    published: str | None
    lang: str
    copy_of: int | None  # number of its original
    share: float | None
    how: str | None
    original_published: str | None
    events: tuple[str, ...]  # ids, in the order in which the report tells of them


def count_reports(ledger: Ledger, sought: Sought) -> int:
    """Give how many reports are wanted."""
    query = sa.select(sa.func.count()).select_from(article).where(*_conditions(sought))
    with ledger._reading() as connection:
        return int(connection.execute(query).scalar_one())


def list_reports(ledger: Ledger, sought: Sought, *, limit: int, offset: int = 0) -> list[Listed]:
    """Give some of the reports that are wanted, latest published first, undated ones last."""
    order = (article.c.published.is_(None), article.c.published.desc(), article.c.number)
    query = sa.select(article.c.number).where(*_conditions(sought)).order_by(*order).limit(limit).offset(offset)
    with ledger._reading() as connection:
        numbers = list(connection.execute(query).scalars())
        rows: dict[int, sa.RowMapping] = {}
        for start in range(0, len(numbers), CHUNK):
            for row in connection.execute(_details(numbers[start : start + CHUNK])).mappings():
                rows[row["number"]] = row
        openings = _openings(connection, [number for number, row in rows.items() if row["outside"]])
        events = _events_of(connection, [row["id"] for row in rows.values()])
    found = ({**rows[number], "opening": openings.get(number, rows[number]["opening"])} for number in numbers)
    return [_listed(row, events.get(row["id"], ())) for row in found]


def _openings(connection: sa.Connection, numbers: list[int]) -> dict[int, str]:
    """Give the beginnings of texts that lie outside the ledger, of articles that have no title; none that lacks."""
    query = sa.select(article).where(article.c.number.in_(numbers)).order_by(article.c.number)
    found = [dict(row) for row in connection.execute(query).mappings()] if numbers else []
    whole = texts.try_fill(connection, article, found)
    return {row["number"]: row["text"][:OPENING] for row in whole if not isinstance(row, LedgerError)}


def list_outlets(ledger: Ledger) -> list[str]:
    """Give every outlet that printed a report, by name."""
    query = sa.select(article.c.outlet).distinct().where(article.c.outlet != "").order_by(article.c.outlet)
    with ledger._reading() as connection:
        return list(connection.execute(query).scalars())


def titles_of(ledger: Ledger, events: Collection[str]) -> dict[str, str]:
    """Lead live events to their titles."""
    ids = sorted(set(events))
    found: dict[str, str] = {}
    with ledger._reading() as connection:
        for start in range(0, len(ids), CHUNK):
            query = sa.select(event.c.id, event.c.title).where(event.c.id.in_(ids[start : start + CHUNK]))
            found |= {row.id: row.title for row in connection.execute(query)}
    return found


def _conditions(sought: Sought) -> list[sa.ColumnElement[bool]]:
    day = sa.func.substr(article.c.published, 1, 10)
    found: list[sa.ColumnElement[bool]] = []
    if sought.outlet is not None:
        found.append(article.c.outlet == sought.outlet)
    if sought.lang is not None:
        found.append(article.c.lang == sought.lang)
    if sought.since is not None:
        found.append(day >= sought.since)
    if sought.until is not None:
        found.append(day <= sought.until)
    if sought.known_by is not None:
        found.append(article.c.published.is_(None) | (day <= sought.known_by))
    if sought.copies != "all":
        are = article.c.id.in_(sa.select(copy.c.article_id))
        found.append(are if sought.copies == "only" else ~are)
    return found


def _details(numbers: Collection[int]) -> sa.Select[Any]:
    original = article.alias("original")
    return (
        sa.select(
            *(article.c[name] for name in ("id", "number", "url", "outlet", "title", "published", "lang")),
            # Of a long text nothing but its beginning is read.
            sa.case((article.c.title == "", sa.func.substr(article.c.text, 1, OPENING)), else_="").label("opening"),
            ((article.c.title == "") & article.c.pack.is_not(None)).label("outside"),
            original.c.number.label("copy_of"),
            original.c.published.label("original_published"),
            copy.c.share,
            copy.c.how,
        )
        .select_from(article)
        .join(copy, copy.c.article_id == article.c.id, isouter=True)
        .join(original, original.c.id == copy.c.original_id, isouter=True)
        .where(article.c.number.in_(numbers))
    )


def _events_of(connection: sa.Connection, articles: list[str]) -> dict[str, tuple[str, ...]]:
    """Lead articles to the ids of their events."""
    found: dict[str, dict[str, None]] = {}
    order = (mention.c.article_id, mention.c.span_start, mention.c.span_end, mention.c.id)
    for start in range(0, len(articles), CHUNK):
        query = (
            sa.select(mention.c.article_id, event_mention.c.event_id)
            .join(event_mention, event_mention.c.mention_id == mention.c.id)
            .where(mention.c.article_id.in_(articles[start : start + CHUNK]))
        )
        for article_id, event_id in connection.execute(query.order_by(*order)):
            found.setdefault(article_id, {})[event_id] = None
    return {id: tuple(events) for id, events in found.items()}


def _listed(row: Mapping[str, Any], events: tuple[str, ...]) -> Listed:
    return Listed(
        id=row["id"],
        number=row["number"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"] or row["opening"],
        published=row["published"],
        lang=row["lang"],
        copy_of=row["copy_of"],
        share=row["share"],
        how=row["how"],
        original_published=row["original_published"],
        events=events,
    )
