"""What was read: articles, readings, mentions and claims, going in and coming out.

Invariant: `article.text[claim.start:claim.end] == claim.quote`, checked before anything is written.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

import sqlalchemy as sa

from variorum.errors import LedgerError, QuoteMismatchError, UnreadableError
from variorum.ledger import packs, rows, seals, texts, wordindex
from variorum.ledger.records import InputSeen
from variorum.ledger.tables import (
    article,
    capture,
    claim,
    claim_found,
    event_mention,
    held_back,
    input_seen,
    mention,
    mention_found,
    raw,
    reading,
)
from variorum.model import Article, Capture, Claim, Extraction, HeldBack, Mention, Reading

Record = TypeVar("Record")
CHUNK = 500  # rows fetched at a time: a ledger of 100,000 articles never lies in memory whole


def stream(
    connection: sa.Connection, query: sa.Select[Any], read: Callable[[sa.RowMapping], Record]
) -> Iterator[Record]:
    """Yield the records of a query, a chunk of rows at a time."""
    with connection.execute(query, execution_options={"yield_per": CHUNK}) as result:
        for row in result.mappings():
            yield read(row)


def next_number(connection: sa.Connection, *columns: sa.Column[Any]) -> int:
    """Give the number after the largest in the given columns; safe because there is one writer at a time."""
    return 1 + max(connection.execute(sa.select(sa.func.max(column))).scalar() or 0 for column in columns)


def add_articles(connection: sa.Connection, articles: Iterable[Article]) -> int:
    """Write articles that are not there yet, numbered in the order given; gives how many are new.

    Raises UnreadableError for a text no database can hold, LedgerError for an id that is not the digest of its content.
    """
    number = next_number(connection, article.c.number)
    given: dict[str, Article] = {}
    for record in articles:
        fields = (record.url, record.outlet, record.title, record.text, record.published_basis, record.published or "")
        if not all(rows.can_be_stored(text) for text in fields):
            raise UnreadableError(
                f"{rows.storable(record.url)}: the text holds a NUL or half a character",
                "save the file as UTF-8 text",
                code="unstorable-text",
            )
        _check_id(record)
        given.setdefault(record.id, record)
    there: set[str] = set()
    for part in _chunks([*given]):
        there.update(connection.execute(sa.select(article.c.id).where(article.c.id.in_(part))).scalars())
    new = [record for id, record in given.items() if id not in there]
    seals.insert(connection, article, [rows.article_row(record, number + place) for place, record in enumerate(new)])
    wordindex.add_articles(connection, enumerate(new, start=number))
    return len(new)


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    yield from (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def add_captures(connection: sa.Connection, captures: Iterable[tuple[Capture, bytes | None]]) -> int:
    """Write how articles came here, with their raw bytes where those are kept; gives how many captures are new.

    The same bytes taken from the same place are one capture, and bytes are stored once. Raises LedgerError for bytes
    that do not have the hash of their capture.
    """
    given = list(captures)
    packed: dict[str, rows.Row] = {}
    for record, data in given:
        if data is None:
            continue
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise LedgerError(f"{record.asked}: the raw bytes do not have the hash {record.sha256}")
        if record.sha256 not in packed:
            row = {"sha256": record.sha256, "size": len(data), "packed": zlib.compress(data, 6)}
            packed[record.sha256] = row
    seals.insert_new(connection, raw, packed.values())
    return seals.insert_new(connection, capture, (rows.capture_row(record) for record, _ in given))


def read_captures(connection: sa.Connection, article_id: str | None) -> Iterator[Capture]:
    """Yield how articles came here, by article, time and place."""
    query = sa.select(capture).order_by(capture.c.article_id, capture.c.at, capture.c.asked, capture.c.sha256)
    if article_id is not None:
        query = query.where(capture.c.article_id == article_id)
    return stream(connection, query, rows.read_capture)


def read_raw(connection: sa.Connection, sha256: str) -> bytes | None:
    """Give raw bytes by their hash; None where they were not kept. Raises LedgerError where they are damaged."""
    row = connection.execute(sa.select(raw).where(raw.c.sha256 == sha256)).mappings().first()
    if row is None:
        return None
    (whole,) = texts.fill(connection, raw, [row])
    if whole["pack"] is not None:
        try:
            return packs.expand(whole["packed"], sha256, whole["size"])
        except LedgerError as error:
            raise LedgerError(f"the raw bytes {sha256} cannot be read: {error.cause}", error.remedy) from error
    try:
        return zlib.decompress(whole["packed"])
    except (zlib.error, TypeError) as error:  # TypeError: what stands there is no bytes at all
        raise LedgerError(
            f"the raw bytes {sha256} are damaged ({error})", "see what else is: variorum check"
        ) from error


def has_raw(connection: sa.Connection, sha256: str) -> bool:
    """Tell whether raw bytes were kept."""
    return connection.execute(sa.select(raw.c.sha256).where(raw.c.sha256 == sha256)).first() is not None


def add_extraction(connection: sa.Connection, extraction: Extraction) -> bool:
    """Write one reading with everything it found; gives False when the ledger has it already.

    An earlier reading by another version of the same extractor is superseded; one that comes back is live again.
    Raises QuoteMismatchError when a quote is not at its span, LedgerError when a row refers to nothing.
    """
    found = extraction.reading
    text = texts.read_text(connection, found.article_id)
    if text is None:
        raise LedgerError(f"{found.id} reads {found.article_id}, which is not in the ledger", "add the article first")
    check_extraction(extraction, text)
    before = connection.execute(sa.select(reading.c.superseded).where(reading.c.id == found.id)).scalar()
    if before is False:
        return False
    own = (reading.c.article_id == found.article_id) & (reading.c.extractor == found.extractor)
    others = sa.select(reading.c.id).where(own, reading.c.id != found.id, reading.c.superseded.is_(False))
    for other in connection.execute(others.order_by(reading.c.id)).scalars().all():
        seals.change(connection, reading, other, superseded=True)
    if before is True:
        seals.change(connection, reading, found.id, superseded=False)
        return True
    live = Reading(found.id, found.article_id, found.extractor, found.version)
    seals.insert(connection, reading, [rows.reading_row(live)])
    _add_finds(connection, extraction)
    return True


def add_past(connection: sa.Connection, extraction: Extraction) -> int:
    """Write a reading that another ledger made, as superseded; of one that is here, what it found and is not here.

    Gives how many rows are new. Two passes of a language model under one version can find different things.
    """
    found = extraction.reading
    text = texts.read_text(connection, found.article_id)
    if text is None:
        raise LedgerError(f"{found.id} reads {found.article_id}, which is not in the ledger", "add the article first")
    check_extraction(extraction, text)
    new = 0
    if connection.execute(sa.select(reading.c.id).where(reading.c.id == found.id)).first() is None:
        live = Reading(found.id, found.article_id, found.extractor, found.version)
        seals.insert(connection, reading, [rows.reading_row(live)])
        seals.change(connection, reading, found.id, superseded=True)
        new = 1
    return new + _add_finds(connection, extraction)


def _add_finds(connection: sa.Connection, extraction: Extraction) -> int:
    """Write what a reading found and is not told of it yet; gives how many rows are new."""
    found = extraction.reading
    seals.insert_new(connection, mention, (rows.mention_row(record) for record in extraction.mentions))
    told = [{"reading_id": found.id, "mention_id": record.id} for record in extraction.mentions]
    new = seals.insert_new(connection, mention_found, told)
    seals.insert_new(connection, claim, (rows.claim_row(record) for record in extraction.claims))
    said = [{"reading_id": found.id, "claim_id": record.id} for record in extraction.claims]
    new += seals.insert_new(connection, claim_found, said)
    there = list(_held_back_by(connection, found.id))
    held = [record for record in extraction.held_back if record not in there]
    new_rows = [rows.held_back_row(found.id, len(there) + place, record) for place, record in enumerate(held)]
    seals.insert(connection, held_back, new_rows)
    return new + len(held)


def _held_back_by(connection: sa.Connection, reading_id: str) -> Iterator[HeldBack]:
    query = sa.select(held_back).where(held_back.c.reading_id == reading_id).order_by(held_back.c.position)
    return stream(connection, query, rows.read_held_back)


def read_extractions(connection: sa.Connection, article_id: str) -> Iterator[Extraction]:
    """Yield every reading of an article with what it found, superseded ones too, in the order written."""
    query = sa.select(reading).where(reading.c.article_id == article_id)
    order = (reading.c.batch, reading.c.extractor, reading.c.version)
    for found in [rows.read_reading(row) for row in connection.execute(query.order_by(*order)).mappings()]:
        spoken = sa.select(mention).join(mention_found).where(mention_found.c.reading_id == found.id)
        said = sa.select(claim).join(claim_found).where(claim_found.c.reading_id == found.id)
        mentions = stream(connection, spoken.order_by(mention.c.id), rows.read_mention)
        claims = stream(connection, said.order_by(claim.c.id), rows.read_claim)
        yield Extraction(
            found,
            tuple(replace(record, reading_id=found.id) for record in mentions),
            tuple(replace(record, reading_id=found.id) for record in claims),
            tuple(_held_back_by(connection, found.id)),
        )


def check_extraction(extraction: Extraction, text: str) -> None:
    """Refuse an extraction whose quotes, ids or references do not hold.

    Raises QuoteMismatchError for a quote that is not at its span, LedgerError for the rest.
    """
    found = extraction.reading
    _check_id(found)
    known = {record.id for record in extraction.mentions}
    for record in extraction.mentions:
        check_quote(record, text)
        _check_id(record)
        if record.article_id != found.article_id or record.reading_id != found.id:
            raise LedgerError(f"{record.id} belongs to another article or reading than {found.id}")
    for stated in extraction.claims:
        check_quote(stated, text)
        _check_id(stated)
        if stated.mention_id not in known or stated.reading_id != found.id:
            raise LedgerError(f"{stated.id} belongs to a mention or reading that is not in {found.id}")


def check_quote(record: Mention | Claim, text: str) -> None:
    """Refuse a mention or claim whose quote is not at its span.

    Raises QuoteMismatchError.
    """
    inside = 0 <= record.start < record.end <= len(text)
    if not inside or text[record.start : record.end] != record.quote:
        there = text[record.start : record.end] if inside else "nothing"
        raise QuoteMismatchError(
            f"{record.id}: “{_short(record.quote)}” is not at {record.start}–{record.end}, “{_short(there)}” is",
            "cut the quote from the article's text; spans count code points",
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _check_id(record: Article | Reading | Mention | Claim) -> None:
    if record.id != rows.id_of(record):
        raise LedgerError(f"{record.id} is not the digest of its content", "build records with the make_ functions")


def supersede(connection: sa.Connection, reading_id: str) -> bool:
    """Mark one reading as superseded; gives False when it was already, or is unknown."""
    live = sa.select(reading.c.id).where(reading.c.id == reading_id, reading.c.superseded.is_(False))
    if connection.execute(live).first() is None:
        return False
    seals.change(connection, reading, reading_id, superseded=True)
    return True


def read_articles(connection: sa.Connection) -> Iterator[Article]:
    """Yield all articles by number."""
    return texts.stream(connection, article, sa.select(article).order_by(article.c.number), rows.read_article)


def read_heads(connection: sa.Connection) -> Iterator[Article]:
    """Yield all articles by number, each with an empty text: none is read, wherever texts lie."""
    columns = [column for column in article.c if column.name != "text"]
    query = sa.select(*columns, sa.literal("").label("text")).order_by(article.c.number)
    return stream(connection, query, rows.read_article)


def read_readings(connection: sa.Connection, article_id: str | None, live: bool) -> Iterator[Reading]:
    """Yield readings by article number, extractor and version."""
    query = sa.select(reading).join(article, article.c.id == reading.c.article_id)
    if live:
        query = query.where(reading.c.superseded.is_(False))
    if article_id is not None:
        query = query.where(reading.c.article_id == article_id)
    return stream(
        connection, query.order_by(article.c.number, reading.c.extractor, reading.c.version), rows.read_reading
    )


def read_mentions(
    connection: sa.Connection, article_id: str | None, event_id: str | None, live: bool
) -> Iterator[Mention]:
    """Yield mentions by article number and span."""
    query = sa.select(mention).join(article, article.c.id == mention.c.article_id)
    if live:
        query = query.where(
            sa.exists().where(
                mention_found.c.mention_id == mention.c.id,
                mention_found.c.reading_id == reading.c.id,
                reading.c.superseded.is_(False),
            )
        )
    if article_id is not None:
        query = query.where(mention.c.article_id == article_id)
    if event_id is not None:
        query = query.where(mention.c.id.in_(_members(event_id)))
    order = (article.c.number, mention.c.span_start, mention.c.span_end, mention.c.kind, mention.c.id)
    return stream(connection, query.order_by(*order), rows.read_mention)


def read_claims(connection: sa.Connection, article_id: str | None, event_id: str | None, live: bool) -> Iterator[Claim]:
    """Yield claims by article number and span."""
    query = (
        sa.select(claim)
        .join(mention, mention.c.id == claim.c.mention_id)
        .join(article, article.c.id == mention.c.article_id)
    )
    if live:
        query = query.where(
            sa.exists().where(
                claim_found.c.claim_id == claim.c.id,
                claim_found.c.reading_id == reading.c.id,
                reading.c.superseded.is_(False),
            )
        )
    if article_id is not None:
        query = query.where(mention.c.article_id == article_id)
    if event_id is not None:
        query = query.where(mention.c.id.in_(_members(event_id)))
    order = (article.c.number, claim.c.span_start, claim.c.span_end, claim.c.prop, claim.c.id)
    return stream(connection, query.order_by(*order), rows.read_claim)


def _members(event_id: str) -> sa.Select[Any]:
    return sa.select(event_mention.c.mention_id).where(event_mention.c.event_id == event_id)


def read_held_back(connection: sa.Connection, article_id: str | None, live: bool) -> Iterator[HeldBack]:
    """Yield what readings held back, by article number."""
    query = (
        sa.select(held_back)
        .join(article, article.c.id == held_back.c.article_id)
        .join(reading, reading.c.id == held_back.c.reading_id)
    )
    if live:
        query = query.where(reading.c.superseded.is_(False))
    if article_id is not None:
        query = query.where(held_back.c.article_id == article_id)
    order = (article.c.number, held_back.c.reading_id, held_back.c.position)
    return stream(connection, query.order_by(*order), rows.read_held_back)


def add_seen(connection: sa.Connection, seen: Iterable[InputSeen]) -> None:
    """Remember inputs; an input whose bytes changed takes the place of what was remembered."""
    new = [
        {
            "path": rows.storable(record.path),
            "size": record.size,
            "mtime_ns": record.mtime_ns,
            "sha256": record.sha256,
            "article_ids": rows.canonical(record.article_ids),
        }
        for record in seen
    ]
    if new:
        old = [{"gone": row["path"]} for row in new]
        seals.delete(connection, input_seen, input_seen.c.path == sa.bindparam("gone"), old)
        seals.insert(connection, input_seen, [*{row["path"]: row for row in new}.values()])


def read_seen(connection: sa.Connection) -> Iterator[InputSeen]:
    """Yield every input that was read before, by path."""
    return stream(connection, sa.select(input_seen).order_by(input_seen.c.path), _seen)


def find_seen(connection: sa.Connection, paths: Iterable[str]) -> Iterator[InputSeen]:
    """Yield those of some inputs that were read before."""
    for keys in _chunks([rows.storable(path) for path in paths]):
        yield from stream(connection, sa.select(input_seen).where(input_seen.c.path.in_(keys)), _seen)


def _seen(row: sa.RowMapping) -> InputSeen:
    ids = tuple(json.loads(row["article_ids"]))
    return InputSeen(row["path"], row["size"], row["mtime_ns"], row["sha256"], ids)
