"""Full text in the reports of a ledger: which hold the words, and where. How words are kept is in wordindex.py.

Invariant: a query is words and nothing else, whatever signs stand in it; both databases give the same reports in the
same order, the latest published first, undated ones last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, UsageError
from variorum.ledger import texts, wordindex
from variorum.ledger.rows import read_article
from variorum.ledger.store import Ledger
from variorum.ledger.tables import article
from variorum.ledger.words import Query, Span, find_terms, parse_query
from variorum.model import Article


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person looks for; None means any."""

    words: str  # every word has to occur; words in quotation marks, one after another
    outlet: str | None = None  # in any case
    since: str | None = None  # ISO day of publication, included
    until: str | None = None
    known_by: str | None = None  # ISO day: published by then, or undated


@dataclass(frozen=True, slots=True)
class Hit:
    """One report that holds the words."""

    number: int  # 7 for R7
    article: Article
    spans: tuple[Span, ...]  # where the words stand in the text, in order
    in_title: tuple[Span, ...]  # where they stand in a title that is not in the text; in neither where the text lacks


@dataclass(frozen=True, slots=True)
class Hits:
    """The first reports that hold the words, and how many there are."""

    rows: tuple[Hit, ...]
    total: int


def search(ledger: Ledger, wanted: Wanted, *, limit: int = 20, offset: int = 0) -> Hits:
    """Give the reports that hold all the words, latest published first, without the first `offset` of them.

    Raises UsageError where there is no word to look for, no such outlet or a limit below 1, LedgerError where the index
    is damaged.
    """
    if limit < 1:
        raise UsageError(f"no report is asked for: the limit is {limit}", "give a limit of 1 or more")
    query = parse_query(wanted.words)
    with ledger._reading() as connection:
        chosen = _chosen(connection, wanted)
        try:
            found, total = _find(connection, query, chosen, (limit, offset))
        except sa.exc.DatabaseError as error:
            raise _damaged(ledger, str(error.orig).partition("\n")[0]) from error
        rows = []
        for number in found:
            (record,) = texts.read_some(connection, sa.select(article).where(article.c.number == number))
            hit = _hit(query, number, record)
            if hit is None and _lacks(connection, record):
                hit = Hit(number, record, (), ())
            if hit is None:
                raise _damaged(ledger, f"R{number} does not hold the words")
            rows.append(hit)
    return Hits(tuple(rows), total)


def count_found(ledger: Ledger, wanted: Wanted) -> int:
    """Give how many reports hold all the words, without reading one. Raises what `search` raises."""
    query = parse_query(wanted.words)
    with ledger._reading() as connection:
        try:
            return _find(connection, query, _chosen(connection, wanted), (0, 0))[1]
        except sa.exc.DatabaseError as error:
            raise _damaged(ledger, str(error.orig).partition("\n")[0]) from error


def rebuild_index(ledger: Ledger) -> None:
    """Make the word index of a ledger anew from its articles."""
    with ledger._writer() as connection:
        wordindex.rebuild(connection)


def _damaged(ledger: Ledger, reason: str) -> LedgerError:
    return LedgerError(f"the word index of {ledger.name} is damaged: {reason}", wordindex.REBUILD)


def _chosen(connection: sa.Connection, wanted: Wanted) -> sa.ColumnElement[bool]:
    """Give the condition on the article."""
    day = sa.func.substr(article.c.published, 1, 10)
    chosen: list[sa.ColumnElement[bool]] = []
    if wanted.outlet is not None:
        chosen.append(article.c.outlet.in_(_outlets(connection, wanted.outlet)))
    if wanted.since is not None:
        chosen.append(day >= wanted.since)
    if wanted.until is not None:
        chosen.append(day <= wanted.until)
    if wanted.known_by is not None:
        chosen.append(article.c.published.is_(None) | (day <= wanted.known_by))
    return sa.and_(sa.true(), *chosen)


def _outlets(connection: sa.Connection, given: str) -> list[str]:
    known = connection.execute(sa.select(article.c.outlet).distinct().order_by(article.c.outlet)).scalars().all()
    found = [outlet for outlet in known if outlet.casefold() == given.casefold()]
    if found:
        return found
    from rapidfuzz import process  # 30 ms to import, and only a mistyped name needs it

    near = process.extractOne(given, known, score_cutoff=60)
    raise UsageError(f"no report is of the outlet {given}", f"did you mean {near[0]}?" if near else "variorum list")


def _find(
    connection: sa.Connection, query: Query, chosen: sa.ColumnElement[bool], part: tuple[int, int]
) -> tuple[list[int], int]:
    """Give the numbers of some articles, so many after so many, and how many there are in all."""
    hits = sa.select(article.c.number, article.c.published).where(chosen)
    if connection.dialect.name == "sqlite":
        asked = " AND ".join(f'"{" ".join(term)}"' for term in query.terms)
        hits = hits.join(INDEX, INDEX.c.rowid == article.c.number)
        hits = hits.where(sa.literal_column(wordindex.NAME).op("MATCH")(asked))
    else:
        hits = hits.join(INDEX, INDEX.c.number == article.c.number)
        phrases = ("(" + " <-> ".join(f"'{word}'" for word in term) + ")" for term in query.terms)
        looked_into = list(_look_into(connection, query, hits))
        exact = (INDEX.c.form == wordindex.EXACT) & _holds(" & ".join(phrases))
        hits = hits.where(exact | article.c.number.in_(looked_into) if looked_into else exact)
    total = connection.execute(sa.select(sa.func.count()).select_from(hits.subquery())).scalar_one()
    order = (article.c.published.is_(None), article.c.published.desc(), article.c.number)
    limit, offset = part
    return list(connection.execute(hits.order_by(*order).limit(limit).offset(offset)).scalars()), int(total)


INDEX = sa.table(wordindex.NAME, sa.column("rowid"), sa.column("number"), sa.column("words"), sa.column("form"))


def _holds(asked: str) -> sa.ColumnElement[bool]:
    from sqlalchemy.dialects import postgresql  # 30 ms, and only that database needs it

    return INDEX.c.words.op("@@")(sa.cast(asked, postgresql.TSQUERY))


def _look_into(connection: sa.Connection, query: Query, hits: sa.Select[Any]) -> Iterator[int]:
    """Yield the articles too long for a `tsvector` whose text holds the words."""
    every = " & ".join(f"'{word}'" for word in query.words)
    many = (INDEX.c.form == wordindex.MANY) & _holds(every)
    long = hits.where(many | (INDEX.c.form == wordindex.TOO_MANY)).with_only_columns(article)
    for row in texts.stream(connection, article, long, dict):
        record = read_article(row)
        if _lacks(connection, record) or _hit(query, row["number"], record) is not None:
            yield row["number"]


def _lacks(connection: sa.Connection, record: Article) -> bool:
    return record.id in (texts.held(connection).lacking or ())


def _hit(query: Query, number: int, record: Article) -> Hit | None:
    """Say where an article holds the words; None where it does not hold them all."""
    text = find_terms(query, record.text)
    title = [] if record.title in record.text else find_terms(query, record.title)
    if not all(any(rows) for rows in zip(text, title or text)):
        return None
    return Hit(number, record, _in_order(text), _in_order(title))


def _in_order(terms: list[list[Span]]) -> tuple[Span, ...]:
    return tuple(sorted({span for spans in terms for span in spans}))
