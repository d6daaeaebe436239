"""What stands in a ledger of a text that lies outside and cannot be had: the words that are quoted of it. Only reads.

Invariant: every quote stands in its place, so offsets lead to the words that they led to; all between is empty lines.
"""

from __future__ import annotations

import sqlalchemy as sa

from variorum.ledger.tables import claim, mention

GAP = "\n"


def read_quoted(connection: sa.Connection, article_id: str) -> str:
    """Give the text of an article up to its last quote, with empty lines for what nothing quotes."""
    found: list[str] = []
    said = sa.select(claim.c.span_start, claim.c.quote).join(mention, mention.c.id == claim.c.mention_id)
    told = sa.select(mention.c.span_start, mention.c.quote)
    for query in (told, said):
        for start, quote in connection.execute(query.where(mention.c.article_id == article_id)):
            found += GAP * (start + len(quote) - len(found))
            found[start : start + len(quote)] = quote
    return "".join(found)
