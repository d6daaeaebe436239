"""One record by its id, the start of its id, or its number; and how many there are. Only reads."""

from __future__ import annotations

import re

import sqlalchemy as sa

from variorum.errors import UnknownIdError, UsageError
from variorum.ledger import derived, rows, texts
from variorum.ledger.seals import INPUTS, WRITTEN
from variorum.ledger.tables import (
    article,
    claim,
    claim_found,
    event_mention,
    log,
    mention,
    mention_found,
    metadata,
    reading,
    register,
)
from variorum.model import Article, Claim, Event, Mention

NUMBER = re.compile(r"[Rr](\d{1,12})")
NEAR = 3  # ids offered after "did you mean"
NEAR_SCORE = 60  # of 100, rapidfuzz ratio: ids of one table share four of twenty characters by their tag alone


def find_id(connection: sa.Connection, column: sa.Column[str], given: str, word: str) -> str:
    """Give the one id that is, or begins with, what was given.

    Raises UnknownIdError with near ids when there is none, UsageError when several begin so.
    """
    if connection.execute(sa.select(column).where(column == given)).first() is not None:
        return given
    begins = connection.execute(
        sa.select(column).where(column >= given, column < given + "~").order_by(column).limit(NEAR + 1)
    )
    found = [row[0] for row in begins] if len(given) > len("evt_") else []
    if len(found) == 1:
        return str(found[0])
    if found:
        raise UsageError(f"several {word}s begin with {given}: {', '.join(found[:NEAR])} …", "give more of the id")
    ids = connection.execute(sa.select(column).order_by(column)).scalars().all()
    from rapidfuzz import process  # 30 ms to import, and only a mistyped id needs it

    near = [match[0] for match in process.extract(given, ids, limit=NEAR, score_cutoff=NEAR_SCORE)]
    remedy = f"did you mean {near[0]}?" if near else f"{len(ids)} {word}s are in the ledger"
    raise UnknownIdError(f"no {word} {given}", remedy, near)


def find_article(connection: sa.Connection, given: str) -> Article:
    """Give one article by its id, the start of its id, or its number (`R7`)."""
    match = NUMBER.fullmatch(given)
    if match is None:
        where = article.c.id == find_id(connection, article.c.id, given, "report")
    else:
        where = article.c.number == int(match[1])
    row = connection.execute(sa.select(article).where(where)).mappings().first()
    if row is None:
        last = connection.execute(sa.select(sa.func.max(article.c.number))).scalar() or 0
        raise UnknownIdError(
            f"no report {given}", f"reports run from R1 to R{last}" if last else "there are no reports"
        )
    return rows.read_article(texts.fill(connection, article, [row])[0])


def find_number(connection: sa.Connection, given: str) -> int:
    """Give the number of an article."""
    record = find_article(connection, given)
    return int(connection.execute(sa.select(article.c.number).where(article.c.id == record.id)).scalar_one())


def find_printings(connection: sa.Connection, url: str) -> list[str]:
    """Give the ids of all articles of one address, in the order in which they came."""
    query = sa.select(article.c.id).where(article.c.url == url).order_by(article.c.number)
    return list(connection.execute(query).scalars())


def read_numbers(connection: sa.Connection) -> dict[str, int]:
    """Give the number of every article by id."""
    query = sa.select(article.c.id, article.c.number).order_by(article.c.number)
    return {row.id: row.number for row in connection.execute(query)}


def find_mention(connection: sa.Connection, given: str) -> Mention:
    """Give one mention by id or the start of its id."""
    key = find_id(connection, mention.c.id, given, "mention")
    return rows.read_mention(connection.execute(sa.select(mention).where(mention.c.id == key)).mappings().one())


def find_claim(connection: sa.Connection, given: str) -> Claim:
    """Give one claim by id or the start of its id."""
    key = find_id(connection, claim.c.id, given, "claim")
    return rows.read_claim(connection.execute(sa.select(claim).where(claim.c.id == key)).mappings().one())


def find_event(connection: sa.Connection, given: str, version: int | None) -> Event:
    """Give one event, following redirects; with a version, the frozen one of that very id."""
    key = find_id(connection, register.c.event_id, given, "event")
    if version is not None:
        frozen = {row.event.version: row.event for row in derived.read_versions(connection, key)}
        if version not in frozen:
            last = max(frozen, default=0)
            raise UnknownIdError(f"no version {version} of {key}", f"its versions run from 1 to {last}")
        return frozen[version]
    led = derived.follow(connection, key)
    if led == "":
        last = max((row.event.version for row in derived.read_versions(connection, key)), default=0)
        raise UnknownIdError(f"nothing reports {key} any more", f"its last version is kept: {key}@{last}")
    return next(derived.read_events(connection, [led]))


def find_event_of(connection: sa.Connection, mention_id: str) -> str | None:
    """Give the id of the event that holds a mention."""
    query = sa.select(event_mention.c.event_id).where(event_mention.c.mention_id == mention_id)
    found = connection.execute(query).scalar()
    return None if found is None else str(found)


def find_state(connection: sa.Connection) -> int:
    """Give the number of the last row of the log that tells of something read or decided; 0 for none."""
    told = sa.select(log.c.number).where(log.c.kind == WRITTEN, log.c.subject == INPUTS)
    return int(connection.execute(told.order_by(log.c.number.desc()).limit(1)).scalar() or 0)


def count_rows(connection: sa.Connection) -> dict[str, int]:
    """Give the number of rows of every table, and of live mentions and claims."""
    counts = {
        table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in sorted(metadata.tables.values(), key=lambda table: table.name)
    }
    for name, found, column in (
        ("live mentions", mention_found, mention_found.c.mention_id),
        ("live claims", claim_found, claim_found.c.claim_id),
    ):
        query = sa.select(sa.func.count(column.distinct())).select_from(found.join(reading))
        counts[name] = int(connection.execute(query.where(reading.c.superseded.is_(False))).scalar_one())
    return counts
