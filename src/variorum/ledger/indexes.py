"""Tables and indexes for looking things up in a large ledger, since version 4. Nothing is only here.

`event_index` and `event_place` hold of each event what a list asks for; pipeline/listing.py works it out.
Invariant: a row is of the event as it stands; whoever rewrites an event or its copies takes its row away.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from variorum.ledger import wordindex
from variorum.ledger.columns import TEXT
from variorum.ledger.rows import digest_text
from variorum.ledger.tables import event_mention, mention, meta, metadata

MOST_DAYS = 31  # that a mention can state and be looked up by them; one that states more is near any day
STAMP = "index"  # in meta: what the rows were worked out by


def _seal() -> sa.Column[Any]:
    return sa.Column("seal", sa.LargeBinary(16), nullable=True, info={"clock": True})


event_index = sa.Table(
    "event_index",
    metadata,
    sa.Column("event_id", TEXT, sa.ForeignKey("event.id"), primary_key=True),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("first_day", TEXT, nullable=True),  # ISO; of the settled date
    sa.Column("last_day", TEXT, nullable=True),
    sa.Column("lineages", sa.BigInteger, nullable=False),
    sa.Column("listed", TEXT, nullable=False),  # JSON: its row in a list
    _seal(),
    sa.Index("event_index_day", "first_day", "kind", "event_id"),
)
event_place = sa.Table(
    "event_place",
    metadata,
    sa.Column("event_id", TEXT, sa.ForeignKey("event.id"), primary_key=True),
    sa.Column("value", TEXT, primary_key=True),  # a place that a claim of it states
    sa.Column("settled", sa.Boolean, nullable=False),
    sa.Column("name", TEXT, nullable=False),
    sa.Column("country", TEXT, nullable=True),  # ISO 3166-1 alpha-2, and the circle that stands for it; None: not known
    sa.Column("lat", sa.Double, nullable=True),
    sa.Column("lon", sa.Double, nullable=True),
    sa.Column("radius_km", sa.Double, nullable=True),
    _seal(),
    sa.Index("event_place_value", "value", "settled", "name", "country", "lat", "lon", "radius_km"),
)
mention_index = sa.Table(
    "mention_index",
    metadata,
    sa.Column("mention_id", TEXT, sa.ForeignKey("mention.id"), primary_key=True),
    sa.Column("event_id", TEXT, sa.ForeignKey("event.id"), nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("placed", sa.Boolean, nullable=False),  # states a place outright
    sa.Column("first_day", TEXT, nullable=True),  # ISO; days stated outright, where they are few
    sa.Column("last_day", TEXT, nullable=True),
    sa.Column("printed", TEXT, nullable=True),
    _seal(),
    sa.Index("mention_index_event", "event_id"),
    sa.Index("mention_index_day", "first_day", "printed", "last_day", "kind", "placed", "event_id", "mention_id"),
)
SINCE_4 = (event_index, event_place, mention_index)
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
    metadata.create_all(connection, tables=list(SINCE_4), checkfirst=False)
    for statement in MORE:
        connection.execute(sa.text(statement))
    wordindex.create(connection)


def forget_events(connection: sa.Connection, event_ids: Collection[str]) -> None:
    """Take away the rows of events that change."""
    gone = [{"gone": id} for id in sorted(event_ids)]
    for table in SINCE_4 if gone else ():
        connection.execute(sa.delete(table).where(table.c.event_id == sa.bindparam("gone")), gone)


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
        for table in SINCE_4:
            connection.execute(sa.delete(table))
        connection.execute(sa.delete(meta).where(meta.c.key == STAMP))
        connection.execute(sa.insert(meta), {"key": STAMP, "value": _with_digest(stamp)})
