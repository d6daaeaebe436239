"""Records to rows and back, and the digest that an id must be. No connections in here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping

from variorum.model import (
    Article,
    Capture,
    Claim,
    Copy,
    Event,
    HeldBack,
    Judgement,
    Mention,
    Named,
    Problem,
    Reading,
    Redirect,
    Relation,
    Ruling,
    Settled,
    make_id,
)

Row = dict[str, Any]
AnyRow = Mapping[str, Any] | RowMapping


def digest_text(text: str) -> str:
    """Give the SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(value: Any) -> str:
    """Give the one JSON form of a value: sorted keys, no spaces, no escapes for letters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def id_of(record: Article | Reading | Mention | Claim) -> str:
    """Give the id that the content of a record calls for (ARCHITECTURE §4)."""
    if isinstance(record, Article):
        return make_id("art", record.url, record.text)
    if isinstance(record, Reading):
        return make_id("rdg", record.article_id, record.extractor, record.version)
    if isinstance(record, Mention):
        return make_id("men", record.article_id, record.kind, record.start, record.end)
    span = (record.start, record.end)
    said = (record.prop, record.value, record.scope, record.source, record.stance)
    return make_id("clm", record.mention_id, *said, *span)


def can_be_stored(text: str) -> bool:
    """Tell whether both databases can hold a text: no NUL, no half of a surrogate pair."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def storable(text: str) -> str:
    """Give a text that both databases can hold: what they cannot is written as an escape, as in \\udc80 or \\x00."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def article_row(article: Article, number: int) -> Row:
    """Map an article and its number to a row."""
    return {
        "id": article.id,
        "number": number,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "text": article.text,
        "text_sha256": digest_text(article.text),
        "published": article.published,
        "published_basis": article.published_basis,
        "lang": article.lang,
        "sha256": article.sha256,
        "fetched_at": article.fetched_at,
    }


def read_article(row: AnyRow) -> Article:
    """Map a row to an article."""
    return Article(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        published=row["published"],
        published_basis=row["published_basis"],
        lang=row["lang"],
        sha256=row["sha256"],
        fetched_at=row["fetched_at"],
    )


def reading_row(reading: Reading) -> Row:
    """Map a reading to a row."""
    return {
        "id": reading.id,
        "article_id": reading.article_id,
        "extractor": reading.extractor,
        "version": reading.version,
        "superseded": reading.superseded,
    }


def read_reading(row: AnyRow) -> Reading:
    """Map a row to a reading."""
    return Reading(row["id"], row["article_id"], row["extractor"], row["version"], bool(row["superseded"]))


def mention_row(mention: Mention) -> Row:
    """Map a mention to a row."""
    return {
        "id": mention.id,
        "article_id": mention.article_id,
        "reading_id": mention.reading_id,
        "kind": mention.kind,
        "span_start": mention.start,
        "span_end": mention.end,
        "quote": mention.quote,
    }


def read_mention(row: AnyRow) -> Mention:
    """Map a row to a mention."""
    return Mention(
        row["id"],
        row["article_id"],
        row["reading_id"],
        row["kind"],
        row["span_start"],
        row["span_end"],
        row["quote"],
    )


def claim_row(claim: Claim) -> Row:
    """Map a claim to a row."""
    return {
        "id": claim.id,
        "mention_id": claim.mention_id,
        "reading_id": claim.reading_id,
        "prop": claim.prop,
        "value": claim.value,
        "scope": claim.scope,
        "source": claim.source,
        "stance": claim.stance,
        "as_of": claim.as_of,
        "span_start": claim.start,
        "span_end": claim.end,
        "quote": claim.quote,
    }


def read_claim(row: AnyRow) -> Claim:
    """Map a row to a claim."""
    return Claim(
        id=row["id"],
        mention_id=row["mention_id"],
        reading_id=row["reading_id"],
        prop=row["prop"],
        value=row["value"],
        scope=row["scope"],
        source=row["source"],
        stance=row["stance"],
        as_of=row["as_of"],
        start=row["span_start"],
        end=row["span_end"],
        quote=row["quote"],
    )


def held_back_row(reading_id: str, position: int, held: HeldBack) -> Row:
    """Map a held-back claim to a row."""
    return {
        "reading_id": reading_id,
        "position": position,
        "article_id": held.article_id,
        "prop": held.prop,
        "value": storable(held.value),
        "quote": storable(held.quote),
        "why": storable(held.why),
    }


def read_held_back(row: AnyRow) -> HeldBack:
    """Map a row to a held-back claim."""
    return HeldBack(row["article_id"], row["prop"], row["value"], row["quote"], row["why"])


def judgement_row(judgement: Judgement, number: int, act: int) -> Row:
    """Map a judgement, its number and that of its decision to a row."""
    return {
        "number": number,
        "left_id": judgement.left,
        "right_id": judgement.right,
        "verdict": judgement.verdict,
        "author": storable(judgement.by),
        "score": judgement.score,
        "why": storable(judgement.why),
        "at": judgement.at,
        "retracted": judgement.retracted,
        "act": act,
        "blind": judgement.blind,
    }


def read_judgement(row: AnyRow) -> Judgement:
    """Map a row to a judgement."""
    return Judgement(
        row["left_id"],
        row["right_id"],
        row["verdict"],
        row["author"],
        row["score"],
        row["why"],
        row["at"],
        row["retracted"],
        bool(row["blind"]),
    )


def ruling_row(ruling: Ruling, number: int, act: int) -> Row:
    """Map a ruling, its number and that of its decision to a row."""
    return {
        "number": number,
        "subject": ruling.subject,
        "other": ruling.other,
        "field": ruling.field,
        "verdict": ruling.verdict,
        "value": None if ruling.value is None else storable(ruling.value),
        "author": storable(ruling.by),
        "note": storable(ruling.note),
        "at": ruling.at,
        "retracted": ruling.retracted,
        "act": act,
        "blind": ruling.blind,
    }


def read_ruling(row: AnyRow) -> Ruling:
    """Map a row to a ruling."""
    return Ruling(
        subject=row["subject"],
        verdict=row["verdict"],
        value=row["value"],
        by=row["author"],
        note=row["note"],
        at=row["at"],
        retracted=row["retracted"],
        other=row["other"],
        field=row["field"],
        blind=bool(row["blind"]),
    )


def capture_row(capture: Capture) -> Row:
    """Map a capture to a row."""
    return {
        "article_id": capture.article_id,
        "asked": storable(capture.asked),
        "final": storable(capture.final),
        "at": capture.at,
        "tool": capture.tool,
        "sha256": capture.sha256,
        "size": capture.size,
    }


def read_capture(row: AnyRow) -> Capture:
    """Map a row to a capture."""
    return Capture(row["article_id"], row["asked"], row["final"], row["at"], row["tool"], row["sha256"], row["size"])


def copy_row(copy: Copy) -> Row:
    """Map a copy to a row."""
    return {"article_id": copy.article_id, "original_id": copy.original_id, "share": copy.share, "how": copy.how}


def read_copy(row: AnyRow) -> Copy:
    """Map a row to a copy."""
    return Copy(row["article_id"], row["original_id"], row["share"], row["how"])


def read_named(row: AnyRow) -> Named:
    """Map a row to a row of the register of names."""
    return Named(row["event_id"], row["founder"], row["named_at"])


def read_redirect(row: AnyRow) -> Redirect:
    """Map a row to a redirect."""
    return Redirect(row["old_id"], row["new_id"], row["at"], row["why"])


def read_problem(row: AnyRow) -> Problem:
    """Map a row to a problem."""
    return Problem(row["location"], row["code"], row["cause"], row["remedy"], row["at"])


def settled_row(event_id: str, position: int, settled: Settled) -> Row:
    """Map a settled value to a row."""
    return {
        "event_id": event_id,
        "position": position,
        "prop": settled.prop,
        "scope": settled.scope,
        "value": settled.value,
        "status": settled.status,
        "support": canonical(settled.support),
        "against": canonical(settled.against),
        "lineages": settled.lineages,
        "sources": canonical(settled.sources),
        "copies": settled.copies,
        "basis": settled.basis,
    }


def read_settled(row: AnyRow) -> Settled:
    """Map a row to a settled value."""
    return Settled(
        prop=row["prop"],
        scope=row["scope"],
        value=row["value"],
        status=row["status"],
        support=tuple(json.loads(row["support"])),
        against=tuple(json.loads(row["against"])),
        lineages=row["lineages"],
        sources=tuple(json.loads(row["sources"])),
        copies=row["copies"],
        basis=row["basis"],
    )


def relation_row(event_id: str, position: int, relation: Relation) -> Row:
    """Map a relation to a row."""
    return {
        "event_id": event_id,
        "position": position,
        "name": relation.name,
        "prop": relation.prop,
        "left_id": relation.left,
        "right_id": relation.right,
        "note": relation.note,
    }


def read_relation(row: AnyRow) -> Relation:
    """Map a row to a relation."""
    return Relation(row["name"], row["prop"], row["left_id"], row["right_id"], row["note"])


def freeze_event(event: Event) -> str:
    """Give the canonical JSON of everything an event says, without its version."""
    values: Iterable[Row] = (settled_row("", 0, value) for value in event.values)
    relations: Iterable[Row] = (relation_row("", 0, relation) for relation in event.relations)
    return canonical(
        {
            "id": event.id,
            "kind": event.kind,
            "title": event.title,
            "mentions": list(event.mentions),
            "values": [_without_place(row) for row in values],
            "relations": [_without_place(row) for row in relations],
        }
    )


def _without_place(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("event_id", "position")}


def thaw_event(content: str, version: int) -> Event:
    """Give back the event that was frozen."""
    row = json.loads(content)
    return Event(
        row["id"],
        row["kind"],
        row["title"],
        tuple(row["mentions"]),
        tuple(read_settled(value) for value in row["values"]),
        tuple(read_relation(relation) for relation in row["relations"]),
        version,
    )
