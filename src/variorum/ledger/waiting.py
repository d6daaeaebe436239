"""What waits for a person, written and read: pairs of mentions, and what else of a ledger can be asked about.

Invariant: the rows are exactly those last given, and writing the same again touches none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from variorum.ledger import rows, seals
from variorum.ledger.records import Doubts, PlacedClaim, Waiting
from variorum.ledger.tables import (
    claim,
    claim_found,
    copy,
    event_mention,
    mention,
    reading,
    relation,
    ruling,
    waiting,
)

ASKED = ("contradicts", "impossible", "revised")  # relations that a person is asked about


def rewrite_waiting(connection: sa.Connection, given: Iterable[Waiting]) -> None:
    """Make the pairs that wait be exactly these, touching only those that differ."""
    wanted = {(record.left, record.right): record for record in given}
    stored = {(record.left, record.right): record for record in read_waiting(connection)}
    gone = [{"old_left": key[0], "old_right": key[1]} for key in stored if wanted.get(key) != stored[key]]
    if gone:
        pair = (waiting.c.left_id == sa.bindparam("old_left")) & (waiting.c.right_id == sa.bindparam("old_right"))
        seals.delete(connection, waiting, pair, gone)
    new = [wanted[key] for key in sorted(wanted) if wanted[key] != stored.get(key)]
    seals.insert(connection, waiting, [_row(record) for record in new])


def _row(record: Waiting) -> rows.Row:
    return {
        "left_id": record.left,
        "right_id": record.right,
        "score": record.score,
        "why": record.why,
        "note": rows.storable(record.note),
        "smaller": record.smaller,
    }


def read_waiting(connection: sa.Connection) -> list[Waiting]:
    """Give the pairs that wait, by ids."""
    query = sa.select(waiting).order_by(waiting.c.left_id, waiting.c.right_id)
    return [
        Waiting(row.left_id, row.right_id, row.score, row.why, row.note, row.smaller)
        for row in connection.execute(query)
    ]


def read_doubts(connection: sa.Connection) -> Doubts:
    """Give what a queue is made of, without a text of any report."""
    event_of: dict[str, str] = {}
    for column in (waiting.c.left_id, waiting.c.right_id):
        query = sa.select(event_mention.c.mention_id, event_mention.c.event_id)
        event_of |= {row[0]: row[1] for row in connection.execute(query.where(event_mention.c.mention_id == column))}
    asked = sa.select(relation).where(relation.c.name.in_(ASKED))
    asked = asked.order_by(relation.c.event_id, relation.c.position)
    ruled = sa.select(claim.c.id, claim.c.prop).where(claim.c.id.in_(sa.select(ruling.c.subject)))
    return Doubts(
        tuple(read_waiting(connection)),
        event_of,
        tuple((row["event_id"], rows.read_relation(row)) for row in connection.execute(asked).mappings()),
        tuple(_read_places(connection)),
        _read_sizes(connection),
        _read_reported(connection),
        {row.id: row.prop for row in connection.execute(ruled)},
    )


def _read_places(connection: sa.Connection) -> Iterable[PlacedClaim]:
    live = sa.select(claim_found.c.claim_id).join(reading).where(reading.c.superseded.is_(False))
    query = (
        sa.select(event_mention.c.event_id, mention.c.article_id, claim.c.id, claim.c.value, claim.c.quote)
        .join(mention, mention.c.id == claim.c.mention_id)
        .join(event_mention, event_mention.c.mention_id == claim.c.mention_id)
        .where(claim.c.prop == "place", claim.c.id.in_(live))
        .order_by(event_mention.c.event_id, claim.c.id)
    )
    return (PlacedClaim(*row) for row in connection.execute(query))


def _read_sizes(connection: sa.Connection) -> dict[str, tuple[int, int]]:
    reports = sa.func.count(mention.c.article_id.distinct())
    lineages = sa.func.count(sa.func.coalesce(copy.c.original_id, mention.c.article_id).distinct())
    query = (
        sa.select(event_mention.c.event_id, reports, lineages)
        .join(mention, mention.c.id == event_mention.c.mention_id)
        .outerjoin(copy, copy.c.article_id == mention.c.article_id)
        .group_by(event_mention.c.event_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def _read_reported(connection: sa.Connection) -> dict[str, tuple[str, ...]]:
    query = (
        sa.select(mention.c.article_id, event_mention.c.event_id)
        .join(event_mention, event_mention.c.mention_id == mention.c.id)
        .where(mention.c.article_id.in_(sa.select(copy.c.article_id)))
        .distinct()
        .order_by(mention.c.article_id, event_mention.c.event_id)
    )
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in connection.execute(query):
        found[row.article_id] += (row.event_id,)
    return dict(found)
