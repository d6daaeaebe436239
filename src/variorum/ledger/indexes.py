"""Tables and indexes for looking things up in a large ledger, since version 5. Nothing is only here.

`event_index` and `event_place` hold of each event what a list asks for; pipeline/listing.py works it out.
Invariant: a row is of the event as it stands; whoever rewrites an event or its copies takes its row away.
"""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from variorum.ledger import seals, wordindex
from variorum.ledger.rows import digest_text
from variorum.ledger.tables import event_index, event_mention, event_place, mention, mention_index, meta, metadata

MOST_DAYS = 31  # that a mention can state and be looked up by them; one that states more is near any day
STAMP = "index"  # in meta: what the rows were worked out by


SINCE_5 = (event_index, event_place, mention_index)
# Of tables that are older: what was asked for by reading all of them until now.
MORE = (
    "CREATE INDEX article_printed ON article (number, published, outlet)",
    "CREATE INDEX article_outlet ON article (outlet)",
    "CREATE INDEX copy_original ON copy (original_id)",
    "CREATE INDEX related_right ON related (right_id)",
    "CREATE INDEX story_article_story ON story_article (story_id)",
)


def add_indexes(connection: sa.Connection) -> None:
    """Make the tables and the word index; the words are filled in here, the events by the next run."""
    metadata.create_all(connection, tables=list(SINCE_5), checkfirst=False)
    for statement in MORE:
        connection.execute(sa.text(statement))
    wordindex.create(connection)


def empty_indexes(connection: sa.Connection) -> None:
    """Take away the rows of all events; the next run makes them anew."""
    for table in SINCE_5:
        seals.delete(connection, table, sa.true())


def forget_events(connection: sa.Connection, event_ids: Collection[str]) -> None:
    """Take away the rows of events that change."""
    gone = [{"gone": id} for id in sorted(event_ids)]
    for table in SINCE_5 if gone else ():
        seals.delete(connection, table, table.c.event_id == sa.bindparam("gone"), gone)


def forget_articles(connection: sa.Connection, article_ids: Collection[str]) -> None:
    """Take away the rows of the events that these articles report: they are copies now, or no longer."""
    query = sa.select(event_mention.c.event_id).join(mention, mention.c.id == event_mention.c.mention_id)
    query = query.where(mention.c.article_id == sa.bindparam("article"))
    found: set[str] = set()
    for id in sorted(article_ids):
        found.update(connection.execute(query, {"article": id}).scalars())
    forget_events(connection, found)


def read_stamp(connection: sa.Connection) -> str | None:
    """Give what the rows were worked out by; None where they never were, or where the stamp was altered."""
    stored = connection.execute(sa.select(meta.c.value).where(meta.c.key == STAMP)).scalar()
    stamp = "" if stored is None else stored.rpartition(" ")[0]
    return stamp if stored is not None and stored == _with_digest(stamp) else None


def _with_digest(stamp: str) -> str:
    return f"{stamp} {digest_text(stamp)[:16]}"


def is_sound(connection: sa.Connection) -> bool:
    """Tell whether the stamp, where there is one, is as it was written."""
    written = connection.execute(sa.select(meta.c.value).where(meta.c.key == STAMP)).scalar() is not None
    return not written or read_stamp(connection) is not None


def write_stamp(connection: sa.Connection, stamp: str) -> None:
    """Say what the rows were worked out by; all are taken away when it is another program, or another gazetteer."""
    if read_stamp(connection) != stamp:
        empty_indexes(connection)
        connection.execute(sa.delete(meta).where(meta.c.key == STAMP))
        connection.execute(sa.insert(meta), {"key": STAMP, "value": _with_digest(stamp)})
