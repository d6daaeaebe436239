"""Many readings written at once: as one by one, in a tenth of the statements.

Invariant: what is written is what `readings.add_extraction` writes of the same readings in the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sqlalchemy as sa

from variorum.errors import LedgerError
from variorum.ledger import readings, rows, seals, texts
from variorum.ledger.tables import article, claim, claim_found, held_back, mention, mention_found, reading
from variorum.model import Extraction

CHUNK = 500  # articles in one query


def add_extractions(connection: sa.Connection, extractions: Iterable[Extraction]) -> int:
    """Write readings with everything that they found; gives how many are new, or live again.

    Raises what `readings.add_extraction` raises; nothing of the transaction is kept then.
    """
    given = list(extractions)
    ids = sorted({found.reading.article_id for found in given})
    text_of = dict(_texts(connection, ids))
    read = set(_read(connection, ids))
    first: list[Extraction] = []
    again: list[Extraction] = []
    for found in given:
        key = (found.reading.article_id, found.reading.extractor)
        if key in read:  # another version was here before, or comes in this very batch
            again.append(found)
            continue
        read.add(key)
        text = text_of.get(found.reading.article_id)
        if text is None:
            raise LedgerError(
                f"{found.reading.id} reads {found.reading.article_id}, which is not in the ledger",
                "add the article first",
            )
        readings.check_extraction(found, text)
        first.append(found)
    _write(connection, first)
    return len(first) + sum(readings.add_extraction(connection, found) for found in again)


def _texts(connection: sa.Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(ids), CHUNK):
        query = sa.select(*texts.TEXT_COLUMNS).where(article.c.id.in_(ids[start : start + CHUNK]))
        for row in texts.fill(connection, article, connection.execute(query).mappings()):
            yield row["id"], row["text"]


def _read(connection: sa.Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(ids), CHUNK):
        query = sa.select(reading.c.article_id, reading.c.extractor)
        for row in connection.execute(query.where(reading.c.article_id.in_(ids[start : start + CHUNK]))):
            yield row.article_id, row.extractor


def _write(connection: sa.Connection, found: Sequence[Extraction]) -> None:
    """Write readings of which none has been before."""
    live = (replace(one.reading, superseded=False) for one in found)
    seals.insert(connection, reading, [rows.reading_row(one) for one in live])
    seals.insert_new(connection, mention, (rows.mention_row(row) for one in found for row in one.mentions))
    seals.insert_new(
        connection,
        mention_found,
        ({"reading_id": one.reading.id, "mention_id": row.id} for one in found for row in one.mentions),
    )
    seals.insert_new(connection, claim, (rows.claim_row(row) for one in found for row in one.claims))
    seals.insert_new(
        connection,
        claim_found,
        ({"reading_id": one.reading.id, "claim_id": row.id} for one in found for row in one.claims),
    )
    held = [rows.held_back_row(one.reading.id, place, row) for one in found for place, row in enumerate(one.held_back)]
    seals.insert(connection, held_back, held)
