"""The few rows that one event or report needs, out of a large ledger: everything is asked for by id. Only reads.

Invariant: what is given is what a walk through the whole ledger gives of the same ids, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

import sqlalchemy as sa

from variorum.ledger import derived, rows, texts
from variorum.ledger.decisions import MATCHER
from variorum.ledger.records import Decision, LogEntry, Waiting
from variorum.ledger.store import Ledger
from variorum.ledger.structure import read_counted, read_related, read_stories
from variorum.ledger.tables import (
    article,
    claim,
    claim_found,
    copy,
    counted,
    event,
    event_mention,
    event_version,
    judgement,
    log,
    mention,
    mention_found,
    reading,
    register,
    related,
    ruling,
    story_article,
    waiting,
)
from variorum.model import Article, Claim, Copy, Event, Mention, Reading, Ruling, Story, Structure

Record = TypeVar("Record")
CHUNK = 500  # ids in one query
END = "~"  # sorts after every sign of an id


def _chunks(ids: Collection[str]) -> Iterator[list[str]]:
    given = sorted(set(ids))
    for start in range(0, len(given), CHUNK):
        yield given[start : start + CHUNK]


def _rows(
    ledger: Ledger, query: sa.Select[Any], column: sa.ColumnElement[str], ids: Collection[str]
) -> list[sa.RowMapping]:
    with ledger._reading() as connection:
        return [
            row for some in _chunks(ids) for row in connection.execute(query.where(column.in_(some))).mappings().all()
        ]


def pick_events(ledger: Ledger, ids: Collection[str]) -> list[Event]:
    """Give live events, by id."""
    with ledger._reading() as connection:
        return [found for some in _chunks(ids) for found in derived.read_events(connection, some)]


def pick_version_times(ledger: Ledger, ids: Collection[str]) -> dict[tuple[str, int], str]:
    """Give when each version of events was recorded, by event id and version; ISO 8601."""
    columns = event_version.c
    query = sa.select(columns.event_id, columns.version, columns.at)
    return {(row["event_id"], row["version"]): row["at"] for row in _rows(ledger, query, columns.event_id, ids)}


def pick_articles(ledger: Ledger, ids: Collection[str]) -> list[Article]:
    """Give articles by number."""
    found = sorted(_rows(ledger, sa.select(article), article.c.id, ids), key=lambda row: row["number"])
    with ledger._reading() as connection:
        return [rows.read_article(row) for row in texts.fill(connection, article, found)]


def count_articles(ledger: Ledger) -> int:
    """Give the number of articles, without counting anything else."""
    with ledger._reading() as connection:
        return int(connection.execute(sa.select(sa.func.max(article.c.number))).scalar() or 0)


def pick_numbers(ledger: Ledger, ids: Collection[str]) -> dict[str, int]:
    """Give the numbers of articles by id."""
    query = sa.select(article.c.id, article.c.number)
    return {row["id"]: row["number"] for row in _rows(ledger, query, article.c.id, ids)}


def pick_mentions(
    ledger: Ledger, ids: Collection[str] = (), *, articles: Collection[str] = (), live: bool = True
) -> list[Mention]:
    """Give mentions by their ids, and those of articles, by article number and span."""
    query = sa.select(mention, article.c.number).join(article, article.c.id == mention.c.article_id)
    if live:
        query = query.where(_is_found(mention_found, mention_found.c.mention_id == mention.c.id))
    found = [*_rows(ledger, query, mention.c.id, ids), *_rows(ledger, query, mention.c.article_id, articles)]
    order = ("number", "span_start", "span_end", "kind", "id")
    return _once([rows.read_mention(row) for row in sorted(found, key=lambda row: tuple(row[key] for key in order))])


def pick_claims(
    ledger: Ledger, mentions: Collection[str] = (), *, ids: Collection[str] = (), live: bool = True
) -> list[Claim]:
    """Give the claims of mentions, and those with the ids, by article number and span."""
    query = (
        sa.select(claim, article.c.number)
        .join(mention, mention.c.id == claim.c.mention_id)
        .join(article, article.c.id == mention.c.article_id)
    )
    if live:
        query = query.where(_is_found(claim_found, claim_found.c.claim_id == claim.c.id))
    found = [*_rows(ledger, query, claim.c.mention_id, mentions), *_rows(ledger, query, claim.c.id, ids)]
    order = ("number", "span_start", "span_end", "prop", "id")
    return _once([rows.read_claim(row) for row in sorted(found, key=lambda row: tuple(row[key] for key in order))])


def _once(found: list[Record]) -> list[Record]:
    return list(dict.fromkeys(found))


def _is_found(found: sa.Table, same: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Tell whether a reading that is not superseded found a row."""
    return sa.exists().where(same, found.c.reading_id == reading.c.id, reading.c.superseded.is_(False))


def pick_readings(ledger: Ledger, claim_id: str) -> list[Reading]:
    """Give the readings that found a claim, those too that were superseded, by extractor and version."""
    query = sa.select(reading).join(claim_found, claim_found.c.reading_id == reading.c.id)
    query = query.where(claim_found.c.claim_id == claim_id).order_by(reading.c.extractor, reading.c.version)
    with ledger._reading() as connection:
        return [rows.read_reading(row) for row in connection.execute(query).mappings()]


def pick_copies(ledger: Ledger, articles: Collection[str], *, reprints: bool = False) -> list[Copy]:
    """Give what articles are copies of, on to the original that is none; with `reprints`, also the copies of them."""
    found: dict[str, Copy] = {}
    asked, left = set(articles), set(articles)
    while left:
        new = [rows.read_copy(row) for row in _rows(ledger, sa.select(copy), copy.c.article_id, left)]
        found |= {row.article_id: row for row in new}
        left = {row.original_id for row in new} - asked
        asked |= left
    if reprints:
        of = [rows.read_copy(row) for row in _rows(ledger, sa.select(copy), copy.c.original_id, articles)]
        found |= {row.article_id: row for row in of}
    return [found[key] for key in sorted(found)]


def pick_rulings(ledger: Ledger, subjects: Collection[str], *, live: bool = True) -> list[Ruling]:
    """Give the rulings on claims, mentions and articles in the order written."""
    query = sa.select(ruling)
    if live:
        query = query.where(ruling.c.retracted.is_(None))
    found = _rows(ledger, query, ruling.c.subject, subjects)
    return [rows.read_ruling(row) for row in sorted(found, key=lambda row: int(row["number"]))]


def pick_decisions(ledger: Ledger, ids: Collection[str]) -> list[Decision]:
    """Give the live rows of people on pairs of mentions and on what else has one of these ids, in the order written."""
    pairs = sa.select(judgement).where(judgement.c.retracted.is_(None), judgement.c.author != MATCHER)
    found = [*_rows(ledger, pairs, judgement.c.left_id, ids), *_rows(ledger, pairs, judgement.c.right_id, ids)]
    words = [Decision(row["number"], rows.read_judgement(row), row["act"]) for row in found]
    on = sa.select(ruling).where(ruling.c.retracted.is_(None))
    words += [
        Decision(row["number"], rows.read_ruling(row), row["act"]) for row in _rows(ledger, on, ruling.c.subject, ids)
    ]
    return _once(sorted(words, key=lambda row: row.number))


def pick_notes(ledger: Ledger, kind: str, subjects: Collection[str]) -> list[LogEntry]:
    """Give the rows of the log of one kind on some subjects, oldest first."""
    found = _rows(ledger, sa.select(log).where(log.c.kind == kind), log.c.subject, subjects)
    return [LogEntry(*row.values()) for row in sorted(found, key=lambda row: int(row["number"]))]


def pick_titled(ledger: Ledger, words: str, most: int | None) -> list[tuple[str, str]]:
    """Give the ids and titles of events whose title has all these words, by title."""
    query = sa.select(event.c.id, event.c.title).order_by(event.c.title, event.c.id).limit(most)
    for word in words.split():
        query = query.where(event.c.title.icontains(word, autoescape=True))
    with ledger._reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]


def pick_events_of(ledger: Ledger, mentions: Collection[str]) -> dict[str, str]:
    """Lead mentions to the ids of their events; one that is in none is left out."""
    found = _rows(ledger, sa.select(event_mention), event_mention.c.mention_id, mentions)
    return {row["mention_id"]: row["event_id"] for row in found}


def pick_members(ledger: Ledger, events: Collection[str]) -> dict[str, list[str]]:
    """Lead events to their mentions."""
    members: dict[str, list[str]] = {}
    for row in _rows(ledger, sa.select(event_mention), event_mention.c.event_id, events):
        members.setdefault(row["event_id"], []).append(row["mention_id"])
    return {id: sorted(members[id]) for id in sorted(members)}


def pick_between(ledger: Ledger, events: Collection[str]) -> Structure:
    """Give the ties of events, and the counts that they are in; no stories."""
    ties = []
    counts = []
    with ledger._reading() as connection:
        for some in _chunks(events):
            ties += read_related(connection, sa.select(related).where(related.c.left_id.in_(some)))
            ties += read_related(connection, sa.select(related).where(related.c.right_id.in_(some)))
        for id in sorted(set(events)) if len(events) < CHUNK else ():
            counts += read_counted(connection, sa.select(counted).where(counted.c.events.contains(id)))
        if len(events) >= CHUNK:
            counts = read_counted(connection, sa.select(counted))
    ties.sort(key=lambda tie: (tie.left, tie.right, tie.name))
    counts.sort(key=lambda count: count.id)
    here = set(events)
    return Structure(tuple(_once(ties)), tuple(_once([count for count in counts if here & {*count.events}])), ())


def pick_stories(ledger: Ledger, start: str) -> list[Story]:
    """Give the stories whose ids begin so."""
    with ledger._reading() as connection:
        return list(read_stories(connection, story_article.c.story_id >= start, story_article.c.story_id < start + END))


def names_from(ledger: Ledger, start: str) -> list[str]:
    """Give the names in the register that begin so, sorted: of events that are live, and of those that are not."""
    column = register.c.event_id
    query = sa.select(column).where(column >= start, column < start + END).order_by(column)
    with ledger._reading() as connection:
        return list(connection.execute(query).scalars())


def names_beside(ledger: Ledger, event_id: str) -> list[str]:
    """Give the name itself, where it is in the register, between the one before and the one after it."""
    column = register.c.event_id
    with ledger._reading() as connection:
        before = connection.execute(sa.select(sa.func.max(column)).where(column < event_id)).scalar()
        after = connection.execute(sa.select(sa.func.min(column)).where(column > event_id)).scalar()
        there = connection.execute(sa.select(column).where(column == event_id)).scalar()
    return [name for name in (before, there, after) if name is not None]


def pick_story_articles(ledger: Ledger, story_id: str) -> list[str]:
    """Give the ids of the articles of a story."""
    query = sa.select(story_article.c.article_id).where(story_article.c.story_id == story_id)
    with ledger._reading() as connection:
        return sorted(connection.execute(query).scalars())


def pick_copied(ledger: Ledger, numbers: Collection[int]) -> set[int]:
    """Give those of the numbers of articles that are copies."""
    query = sa.select(article.c.number).join(copy, copy.c.article_id == article.c.id)
    with ledger._reading() as connection:
        return set(connection.execute(query.where(article.c.number.in_(sorted(numbers)))).scalars())


def pick_waiting(ledger: Ledger, mentions: Collection[str]) -> list[Waiting]:
    """Give the pairs that wait for a person in which one of these mentions stands, the likeliest first."""
    query = sa.select(waiting)
    found = [*_rows(ledger, query, waiting.c.left_id, mentions), *_rows(ledger, query, waiting.c.right_id, mentions)]
    pairs = {
        (row["left_id"], row["right_id"]): Waiting(
            row["left_id"], row["right_id"], row["score"], row["why"], row["note"], row["smaller"]
        )
        for row in found
    }
    return sorted(pairs.values(), key=lambda row: (-(row.score or 0.0), row.left, row.right))
