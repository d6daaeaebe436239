"""The tables that hold of each event what a list asks for, since version 5. No queries in here.

Invariant: a row follows from an event as it stands and is made anew with it; pipeline/indexing.py works it out.
"""

from __future__ import annotations

import sqlalchemy as sa

from variorum.ledger.columns import metadata, number, sealed, text

event_index = sa.Table(
    *("event_index", metadata),
    text("event_id", sa.ForeignKey("event.id"), key=True),
    text("kind"),
    text("first_day", null=True),  # ISO; of the settled date
    text("last_day", null=True),
    number("lineages"),
    text("listed"),  # JSON: its row in a list
    *sealed(),
    sa.Index("event_index_day", "first_day", "kind", "event_id"),
)
event_place = sa.Table(
    *("event_place", metadata),
    text("event_id", sa.ForeignKey("event.id"), key=True),
    text("value", key=True),  # a place that a claim of it states
    sa.Column("settled", sa.Boolean, nullable=False),
    text("name"),
    text("country", null=True),  # ISO 3166-1 alpha-2, and the circle that stands for it; None: not known
    sa.Column("lat", sa.Double, nullable=True),
    sa.Column("lon", sa.Double, nullable=True),
    sa.Column("radius_km", sa.Double, nullable=True),
    *sealed(),
    sa.Index("event_place_value", "value", "settled", "name", "country", "lat", "lon", "radius_km"),
)
mention_index = sa.Table(
    *("mention_index", metadata),
    text("mention_id", sa.ForeignKey("mention.id"), key=True),
    text("event_id", sa.ForeignKey("event.id")),
    text("kind"),
    sa.Column("placed", sa.Boolean, nullable=False),  # states a place outright
    text("first_day", null=True),  # ISO; days stated outright, where they are few
    text("last_day", null=True),
    text("printed", null=True),
    *sealed(),
    sa.Index("mention_index_event", "event_id"),
    sa.Index("mention_index_day", "first_day", "printed", "last_day", "kind", "placed", "event_id", "mention_id"),
)
