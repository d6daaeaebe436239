"""The full walk through a ledger: does every row keep the promises? Only reads.

Invariant: a ledger written through this package passes; whoever changed it by other means is found out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, QuoteMismatchError
from variorum.ledger import derived, rows, texts, wordindex
from variorum.ledger.altered import find_altered
from variorum.ledger.readings import check_quote, read_raw, read_readings, stream
from variorum.ledger.structure import read_structure
from variorum.ledger.tables import (
    article,
    claim,
    counted,
    event,
    event_version,
    held_back,
    mention,
    metadata,
    raw,
    ruling,
    settled,
)
from variorum.model import make_id


def find_faults(connection: sa.Connection) -> Iterator[str]:
    """Yield one line per fault; none for a sound ledger."""
    altered = list(find_altered(connection))
    yield from altered
    try:
        yield from _find_faults(connection)
    except Exception as error:
        if not altered:
            raise
        yield f"what follows from the rows above could not be checked ({type(error).__name__}: {error})"


def _find_faults(connection: sa.Connection) -> Iterator[str]:
    yield from _texts(connection)
    yield from _readings(connection)
    yield from _references(connection)
    yield from _events(connection)
    yield from _between(connection)
    yield from _names(connection)
    yield from _subjects(connection)
    yield from wordindex.find_faults(connection)


def _texts(connection: sa.Connection) -> Iterator[str]:
    """Look at every text and at all that is quoted from it, some articles at a time: each text is read once."""
    tied = _tied(connection)
    last = 0
    while part := _next_articles(connection, last):
        last = part[-1]["number"]
        whole = [row for row in texts.try_fill(connection, article, part) if not isinstance(row, LedgerError)]
        for row in whole:
            record = rows.read_article(row)
            if rows.digest_text(record.text) != row["text_sha256"]:
                yield f"{record.id}: the text is not the one that was hashed"
            if rows.id_of(record) != record.id:
                yield f"{record.id}: the id is not the digest of url and text"
            for name, start, end, quote in tied.get(record.id, ()):
                if record.text[start:end] != quote:
                    yield f"{name}: “{quote}” is not at {record.id} [{start}:{end}]"
        yield from _quotes(connection, (part[0]["number"], last), {row["id"]: row["text"] for row in whole})


def _next_articles(connection: sa.Connection, number: int) -> list[rows.Row]:
    query = sa.select(article).where(article.c.number > number).order_by(article.c.number).limit(texts.CHUNK)
    return [dict(row) for row in connection.execute(query).mappings()]


def _quotes(connection: sa.Connection, numbers: tuple[int, int], text_of: Mapping[str, str]) -> Iterator[str]:
    """Look at the quotes from articles whose numbers lie between two, both included; one without a text was named."""
    within = article.c.number.between(*numbers)
    spoken = sa.select(mention).join(article, article.c.id == mention.c.article_id).where(within)
    for row in stream(connection, spoken.order_by(article.c.number, mention.c.id), dict):
        if row["article_id"] in text_of:
            yield from _quote(rows.read_mention(row), text_of[row["article_id"]])
    said = (
        sa.select(claim, mention.c.article_id)
        .join(mention, mention.c.id == claim.c.mention_id)
        .join(article, article.c.id == mention.c.article_id)
    )
    for row in stream(connection, said.where(within).order_by(article.c.number, claim.c.id), dict):
        if row["article_id"] in text_of:
            yield from _quote(rows.read_claim(row), text_of[row["article_id"]])


def _quote(record: Any, text: str) -> Iterator[str]:
    try:
        check_quote(record, text)
    except QuoteMismatchError as error:
        yield error.cause
    if rows.id_of(record) != record.id:
        yield f"{record.id}: the id is not the digest of its content"


def _readings(connection: sa.Connection) -> Iterator[str]:
    for record in read_readings(connection, None, live=False):
        if rows.id_of(record) != record.id:
            yield f"{record.id}: the id is not the digest of its content"


def _references(connection: sa.Connection) -> Iterator[str]:
    """Look for references to nothing: another program can write to a database without looking at foreign keys."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                target = key.column
                there = sa.select(target).where(target == column).exists()
                query = sa.select(column).where(column.is_not(None), ~there).order_by(column)
                for value in connection.execute(query).scalars():
                    yield f"{table.name}.{column.name}: {value} is not in the ledger"
    claims = set(connection.execute(sa.select(claim.c.id)).scalars())
    for row in connection.execute(sa.select(settled).order_by(settled.c.event_id, settled.c.position)).mappings():
        value = rows.read_settled(row)
        for claim_id in (*value.support, *value.against):
            if claim_id not in claims:
                yield f"{row['event_id']}: {value.prop} rests on {claim_id}, which is not in the ledger"


def _events(connection: sa.Connection) -> Iterator[str]:
    digests = {row.id: row.digest for row in connection.execute(sa.select(event.c.id, event.c.digest))}
    versions = {(row.event_id, row.version): row.content for row in connection.execute(sa.select(event_version))}
    for record in derived.read_events(connection):
        content = rows.freeze_event(record)
        if rows.digest_text(content) != digests[record.id]:
            yield f"{record.id}: the event is not the one that was written"
        if versions.get((record.id, record.version)) != content:
            yield f"{record.id}: version {record.version} is not frozen as it stands"


def _between(connection: sa.Connection) -> Iterator[str]:
    """Look that what stands between events is of live events."""
    live = set(connection.execute(sa.select(event.c.id)).scalars())
    known = read_structure(connection)
    for tie in known.related:
        name = f"{tie.left} {tie.name} {tie.right}"
        yield from (f"{name}: {id} is no live event" for id in (tie.left, tie.right) if id not in live)
    for count in known.counted:
        yield from (f"{count.id}: {id} is no live event" for id in count.events if id not in live)
        if make_id("cnt", count.mention_id, count.start, count.end) != count.id:
            yield f"{count.id}: the id is not the digest of its content"


def _tied(connection: sa.Connection) -> dict[str, list[tuple[str, int, int, str]]]:
    """Lead articles to the words of them that say what stands between events: name, first and last place, words."""
    known = read_structure(connection)
    spoken = sa.select(mention.c.id, mention.c.article_id).join(counted, counted.c.mention_id == mention.c.id)
    article_of = {row.id: row.article_id for row in connection.execute(spoken)}
    quoted: dict[str, list[tuple[str, int, int, str]]] = {}
    for tie in known.related:
        name = f"{tie.left} {tie.name} {tie.right}"
        quoted.setdefault(tie.article_id, []).append((name, tie.start, tie.end, tie.quote))
    for count in known.counted:
        words = (count.id, count.start, count.end, count.quote)
        quoted.setdefault(article_of.get(count.mention_id, ""), []).append(words)
    return quoted


def _names(connection: sa.Connection) -> Iterator[str]:
    live = set(connection.execute(sa.select(event.c.id)).scalars())
    redirects = {record.old: record for record in derived.read_redirects(connection)}
    names = {record.event_id for record in derived.read_register(connection)}
    for name in derived.lost_names(live, names | set(redirects), redirects):
        yield f"{name}: the id was given and leads nowhere"


def _subjects(connection: sa.Connection) -> Iterator[str]:
    """Look that what people ruled on is there, and that raw bytes have their hash."""
    known: dict[str, set[str]] = {
        tag: set(connection.execute(sa.select(table.c.id)).scalars())
        for tag, table in (("clm", claim), ("men", mention), ("art", article))
    }
    known["hld"] = {row.id for row in stream(connection, sa.select(held_back), rows.read_held_back)}
    query = sa.select(ruling.c.number, ruling.c.subject, ruling.c.other).order_by(ruling.c.number)
    for number, *ids in connection.execute(query):
        for id in filter(None, ids):
            if id not in known.get(id[:3], ()):
                yield f"D{number}: it is about {id}, which is not in the ledger"
    for sha256 in connection.execute(sa.select(raw.c.sha256).order_by(raw.c.sha256)).scalars().all():
        yield from _raw(connection, sha256)


def _raw(connection: sa.Connection, sha256: str) -> Iterator[str]:
    try:
        data = read_raw(connection, sha256)
    except LedgerError:
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        yield f"raw {sha256}: the bytes are not those that were hashed"
