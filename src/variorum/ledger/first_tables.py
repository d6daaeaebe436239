"""The tables as versions 1 and 2 of a ledger had them, for migrations to begin with. Never edited."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _text(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, TEXT, *constraints, nullable=null, primary_key=key)


def _number(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, *constraints, nullable=null, primary_key=key, autoincrement=False)


meta = sa.Table("meta", metadata, _text("key", key=True), _text("value"))


article = sa.Table(
    "article",
    metadata,
    _text("id", key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    _text("url"),
    _text("outlet"),
    _text("title"),
    _text("text"),
    _text("text_sha256"),
    _text("published", null=True),
    _text("published_basis"),
    _text("lang"),
    _text("sha256"),
    _text("fetched_at"),
)

input_seen = sa.Table(
    "input_seen",
    metadata,
    _text("path", key=True),
    _number("size"),
    sa.Column("mtime_ns", sa.BigInteger, nullable=False),
    _text("sha256"),
    _text("article_ids"),
)

reading = sa.Table(
    "reading",
    metadata,
    _text("id", key=True),
    _text("article_id", sa.ForeignKey("article.id")),
    _text("extractor"),
    _text("version"),
    sa.Column("superseded", sa.Boolean, nullable=False),
    sa.Index("reading_article", "article_id"),
)

mention = sa.Table(
    "mention",
    metadata,
    _text("id", key=True),
    _text("article_id", sa.ForeignKey("article.id")),
    _text("reading_id", sa.ForeignKey("reading.id")),
    _text("kind"),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    sa.Index("mention_article", "article_id"),
)

claim = sa.Table(
    "claim",
    metadata,
    _text("id", key=True),
    _text("mention_id", sa.ForeignKey("mention.id")),
    _text("reading_id", sa.ForeignKey("reading.id")),
    _text("prop"),
    _text("value"),
    _text("scope", null=True),
    _text("source"),
    _text("stance"),
    _text("as_of", null=True),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    sa.Index("claim_mention", "mention_id"),
)

mention_found = sa.Table(
    "mention_found",
    metadata,
    _text("reading_id", sa.ForeignKey("reading.id"), key=True),
    _text("mention_id", sa.ForeignKey("mention.id"), key=True),
    sa.Index("mention_found_by", "mention_id"),
)

claim_found = sa.Table(
    "claim_found",
    metadata,
    _text("reading_id", sa.ForeignKey("reading.id"), key=True),
    _text("claim_id", sa.ForeignKey("claim.id"), key=True),
    sa.Index("claim_found_by", "claim_id"),
)

held_back = sa.Table(
    "held_back",
    metadata,
    _text("reading_id", sa.ForeignKey("reading.id"), key=True),
    _number("position", key=True),
    _text("article_id", sa.ForeignKey("article.id")),
    _text("prop"),
    _text("value"),
    _text("quote"),
    _text("why"),
)


judgement = sa.Table(
    "judgement",
    metadata,
    _number("number", key=True),
    _text("left_id", sa.ForeignKey("mention.id")),
    _text("right_id", sa.ForeignKey("mention.id")),
    _text("verdict"),
    _text("author"),
    sa.Column("score", sa.Double, nullable=True),
    _text("why"),
    _text("at"),
    _text("retracted", null=True),
    sa.CheckConstraint("left_id < right_id", name="judgement_in_order"),
)
sa.Index(
    "judgement_one_live",
    judgement.c.left_id,
    judgement.c.right_id,
    judgement.c.author,
    unique=True,
    sqlite_where=judgement.c.retracted.is_(None),
    postgresql_where=judgement.c.retracted.is_(None),
)

ruling = sa.Table(
    "ruling",
    metadata,
    _number("number", key=True),
    _text("claim_id", sa.ForeignKey("claim.id")),
    _text("verdict"),
    _text("value", null=True),
    _text("author"),
    _text("note"),
    _text("at"),
    _text("retracted", null=True),
    sa.Index("ruling_claim", "claim_id"),
)


copy = sa.Table(
    "copy",
    metadata,
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("original_id", sa.ForeignKey("article.id")),
    sa.Column("share", sa.Double, nullable=False),
    _text("how"),
)

register = sa.Table(
    "register",
    metadata,
    _text("event_id", key=True),
    _text("founder", sa.ForeignKey("mention.id")),
    _text("named_at"),
)

redirect = sa.Table(
    "redirect",
    metadata,
    _text("old_id", key=True),
    _text("new_id"),
    _text("at"),
    _text("why"),
)

event = sa.Table(
    "event",
    metadata,
    _text("id", sa.ForeignKey("register.event_id"), key=True),
    _text("kind"),
    _text("title"),
    _number("version"),
    _text("digest"),
)

event_mention = sa.Table(
    "event_mention",
    metadata,
    _text("event_id", sa.ForeignKey("event.id"), key=True),
    _text("mention_id", sa.ForeignKey("mention.id"), key=True),
    sa.UniqueConstraint("mention_id", name="event_mention_once"),
)

settled = sa.Table(
    "settled",
    metadata,
    _text("event_id", sa.ForeignKey("event.id"), key=True),
    _number("position", key=True),
    _text("prop"),
    _text("scope", null=True),
    _text("value"),
    _text("status"),
    _text("support"),
    _text("against"),
    _number("lineages"),
    _text("sources"),
    _number("copies"),
    _text("basis"),
)

relation = sa.Table(
    "relation",
    metadata,
    _text("event_id", sa.ForeignKey("event.id"), key=True),
    _number("position", key=True),
    _text("name"),
    _text("prop"),
    _text("left_id", sa.ForeignKey("claim.id")),
    _text("right_id", sa.ForeignKey("claim.id"), null=True),
    _text("note"),
)

event_version = sa.Table(
    "event_version",
    metadata,
    _text("event_id", sa.ForeignKey("register.event_id"), key=True),
    _number("version", key=True),
    _text("at"),
    _text("content"),
)


problem = sa.Table(
    "problem",
    metadata,
    _number("number", key=True),
    _text("location"),
    _text("code"),
    _text("cause"),
    _text("remedy"),
    _text("at"),
    sa.UniqueConstraint("location", "code", "cause", name="problem_once"),
)

run = sa.Table(
    "run",
    metadata,
    _number("number", key=True),
    _text("command"),
    _text("program"),
    _text("started_at"),
    _text("finished_at", null=True),
    sa.Column("figures", TEXT, nullable=False),
)

log = sa.Table(
    "log",
    metadata,
    _number("number", key=True),
    _text("at"),
    _text("kind"),
    _text("subject"),
    _text("author"),
    _text("note"),
    _text("previous"),
    _text("hash"),
)


related = sa.Table(
    "related",
    metadata,
    _text("left_id", sa.ForeignKey("register.event_id"), key=True),
    _text("right_id", sa.ForeignKey("register.event_id"), key=True),
    _text("name", key=True),
    _text("why"),
    _text("article_id", sa.ForeignKey("article.id")),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    _text("articles"),
)
counted = sa.Table(
    "counted",
    metadata,
    _text("id", key=True),
    _text("mention_id", sa.ForeignKey("mention.id")),
    _text("stated"),
    _text("what"),
    _text("since"),
    _text("until"),
    _text("places"),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    _text("events"),
)
story_article = sa.Table(
    "story_article",
    metadata,
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("story_id"),
)
SINCE_2 = (related, counted, story_article)
