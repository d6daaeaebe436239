"""The table of pairs of mentions that wait for a person, since version 4. No queries in here.

Invariant: it follows from what was read and decided, and is made anew with the events.
"""

from __future__ import annotations

import sqlalchemy as sa

from variorum.ledger.columns import metadata, number, sealed, text

waiting = sa.Table(
    *("waiting", metadata),
    text("left_id", sa.ForeignKey("mention.id"), key=True),
    text("right_id", sa.ForeignKey("mention.id"), key=True),
    sa.Column("score", sa.Double, nullable=True),  # the matcher's, where it compared the two
    text("why"),  # unsure, bridge or refused
    text("note"),  # what kept a refused pair apart; "" for the others
    number("smaller", null=True),  # of a bridge: mentions on the smaller side
    *sealed(),
    sa.Index("waiting_right", "right_id"),  # since version 7: an event's page asks from both sides
)
