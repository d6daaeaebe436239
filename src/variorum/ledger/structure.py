"""What stands between events and around them, written and read: ties, counts of events, stories.

Invariant: the rows are exactly those last given, and writing the same again touches none.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from variorum.ledger import seals
from variorum.ledger.rows import Row, canonical
from variorum.ledger.tables import article, counted, related, story_article
from variorum.model import Counted, Related, RelatedName, Story, Structure


def write_structure(connection: sa.Connection, structure: Structure) -> None:
    """Make the rows exactly these, touching only those that differ; the events are written before."""
    wanted: dict[sa.Table, list[Row]] = {
        related: [_related_row(row) for row in structure.related],
        counted: [_counted_row(row) for row in structure.counted],
        story_article: [
            {"article_id": article_id, "story_id": story.id}
            for story in structure.stories
            for article_id in sorted(story.articles)
        ],
    }
    for table, rows in wanted.items():
        keys = [column.name for column in table.primary_key.columns]
        given = {tuple(row[key] for key in keys): row for row in rows}
        columns = [column for column in table.columns if column.name != "seal"]
        query = sa.select(*columns)
        stored = {tuple(row[key] for key in keys): dict(row) for row in connection.execute(query).mappings()}
        gone = [
            {f"old_{name}": part for name, part in zip(keys, key)} for key in stored if given.get(key) != stored[key]
        ]
        new = [row for key, row in given.items() if row != stored.get(key)]
        if gone:
            same = sa.and_(*(table.c[name] == sa.bindparam(f"old_{name}") for name in keys))
            seals.delete(connection, table, same, gone)
        seals.insert(connection, table, new)


def read_structure(connection: sa.Connection) -> Structure:
    """Give all ties, counts and stories, sorted."""
    ties = read_related(connection, sa.select(related))
    counts = read_counted(connection, sa.select(counted))
    return Structure(tuple(ties), tuple(counts), tuple(read_stories(connection)))


def read_related(connection: sa.Connection, query: sa.Select[Any]) -> list[Related]:
    """Give the ties of a query on their table, sorted."""
    return [
        Related(
            row.left_id,
            row.right_id,
            _name(row.name),
            row.why,
            row.article_id,
            row.span_start,
            row.span_end,
            row.quote,
            tuple(json.loads(row.articles)),
        )
        for row in connection.execute(query.order_by(related.c.left_id, related.c.right_id, related.c.name))
    ]


def read_counted(connection: sa.Connection, query: sa.Select[Any]) -> list[Counted]:
    """Give the counts of a query on their table, sorted."""
    return [
        Counted(
            row.id,
            row.mention_id,
            row.stated,
            row.what,
            row.since,
            row.until,
            tuple(json.loads(row.places)),
            row.span_start,
            row.span_end,
            row.quote,
            tuple(json.loads(row.events)),
        )
        for row in connection.execute(query.order_by(counted.c.id))
    ]


def read_stories(connection: sa.Connection, *chosen: sa.ColumnElement[bool]) -> Iterable[Story]:
    """Give the stories, each titled as its earliest article; `chosen` are conditions on the story's id."""
    query = (
        sa.select(story_article.c.story_id, article.c.id, article.c.title, article.c.published)
        .join(article, article.c.id == story_article.c.article_id)
        .where(*chosen)
        .order_by(story_article.c.story_id, article.c.id)
    )
    members: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in connection.execute(query):
        members[row.story_id].append((row.published or "9999", row.id, row.title))
    for key in sorted(members):
        yield Story(key, tuple(sorted(id for _, id, _ in members[key])), min(members[key])[2])


def _name(text: str) -> RelatedName:
    name: RelatedName = text  # type: ignore[assignment]
    return name


def _related_row(row: Related) -> Row:
    return {
        "left_id": row.left,
        "right_id": row.right,
        "name": row.name,
        "why": row.why,
        "article_id": row.article_id,
        "span_start": row.start,
        "span_end": row.end,
        "quote": row.quote,
        "articles": canonical(row.articles),
    }


def _counted_row(row: Counted) -> Row:
    return {
        "id": row.id,
        "mention_id": row.mention_id,
        "stated": row.stated,
        "what": row.what,
        "since": row.since,
        "until": row.until,
        "places": canonical(row.places),
        "span_start": row.start,
        "span_end": row.end,
        "quote": row.quote,
        "events": canonical(row.events),
    }
