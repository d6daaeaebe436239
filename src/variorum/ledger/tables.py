"""All tables and views of a ledger, for both databases. No queries in here.

Invariant: what was read and what was decided is only ever added to; what follows (`copy`, `event`, `event_mention`,
`settled`, `relation`, `related`, `counted`, `story_article`) can be thrown away and rebuilt.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

metadata = sa.MetaData()

# Collation "C" makes PostgreSQL order and compare by code point, as SQLite does: promise 8 needs one order.
TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def _text(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, TEXT, *constraints, nullable=null, primary_key=key)


def _clock(name: str, null: bool = False) -> sa.Column[Any]:
    """A time at which something was done: left out when two ledgers are compared."""
    return sa.Column(name, TEXT, nullable=null, info={"clock": True})


def _number(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger, *constraints, nullable=null, primary_key=key, autoincrement=False)


meta = sa.Table("meta", metadata, _text("key", key=True), _text("value"))

# ---------------------------------------------------------------- what was read

article = sa.Table(
    "article",
    metadata,
    _text("id", key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),  # R1, R2 …: given at the first writing
    _text("url"),
    _text("outlet"),
    _text("title"),
    _text("text"),
    _text("text_sha256"),
    _text("published", null=True),
    _text("published_basis"),
    _text("lang"),
    _text("sha256"),
    _clock("fetched_at"),
)

input_seen = sa.Table(
    "input_seen",
    metadata,
    _text("path", key=True),
    _number("size"),
    sa.Column("mtime_ns", sa.BigInteger, nullable=False, info={"clock": True}),
    _text("sha256"),
    _text("article_ids"),  # JSON list
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

# A find keeps its id under a better extractor, so which readings found it is kept beside it: a mention or claim
# is live while a reading that is not superseded found it.
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

# ---------------------------------------------------------------- what was decided

judgement = sa.Table(
    "judgement",
    metadata,
    _number("number", key=True),  # one sequence with ruling: D1, D2 …
    _text("left_id", sa.ForeignKey("mention.id")),
    _text("right_id", sa.ForeignKey("mention.id")),
    _text("verdict"),
    _text("author"),
    sa.Column("score", sa.Double, nullable=True),
    _text("why"),
    _clock("at"),
    _clock("retracted", null=True),
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
    _clock("at"),
    _clock("retracted", null=True),
    sa.Index("ruling_claim", "claim_id"),
)

# ---------------------------------------------------------------- what follows

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
    _clock("named_at"),
)

redirect = sa.Table(
    "redirect",
    metadata,
    _text("old_id", key=True),
    _text("new_id"),  # "" when nothing reports the event any more: its frozen versions stay
    _clock("at"),
    _text("why"),
)

event = sa.Table(
    "event",
    metadata,
    _text("id", sa.ForeignKey("register.event_id"), key=True),
    _text("kind"),
    _text("title"),
    _number("version"),
    _text("digest"),  # of everything but the version: tells whether a rewriting changes it
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
    _text("support"),  # JSON list of claim ids
    _text("against"),  # JSON list of claim ids
    _number("lineages"),
    _text("sources"),  # JSON list
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
    _clock("at"),
    _text("content"),  # canonical JSON of the event, frozen
)

# ---------------------------------------------------------------- what happened

problem = sa.Table(
    "problem",
    metadata,
    _number("number", key=True),
    _text("location"),
    _text("code"),
    _text("cause"),
    _text("remedy"),
    _clock("at"),
    sa.UniqueConstraint("location", "code", "cause", name="problem_once"),
)

run = sa.Table(
    "run",
    metadata,
    _number("number", key=True),
    _text("command"),
    _text("program"),
    _clock("started_at"),
    _clock("finished_at", null=True),
    sa.Column("figures", TEXT, nullable=False, info={"clock": True}),  # JSON; holds durations
)

log = sa.Table(
    "log",
    metadata,
    _number("number", key=True),
    _clock("at"),
    _text("kind"),
    _text("subject"),
    _text("author"),
    _text("note"),
    _clock("previous"),  # hashes cover the times
    _clock("hash"),
)

# ---------------------------------------------------------------- between events, since version 2

related = sa.Table(
    "related",
    metadata,
    _text("left_id", sa.ForeignKey("event.id"), key=True),
    _text("right_id", sa.ForeignKey("event.id"), key=True),
    _text("name", key=True),
    _text("why"),
    _text("article_id", sa.ForeignKey("article.id")),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    _text("articles"),  # JSON list of ids
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
    _text("places"),  # JSON list of place values
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    _text("events"),  # JSON list of event ids
)
story_article = sa.Table(
    "story_article",
    metadata,
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("story_id"),
)
SINCE_2 = (related, counted, story_article)

# ---------------------------------------------------------------- views for people

VIEWS = {
    "v_events": """
        SELECT e.id AS event, e.kind, e.title, e.version,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'date') AS date,
               (SELECT MIN(s.value) FROM settled s WHERE s.event_id = e.id AND s.prop = 'place') AS place,
               (SELECT COUNT(DISTINCT m.article_id) FROM event_mention em JOIN mention m ON m.id = em.mention_id
                 WHERE em.event_id = e.id) AS reports,
               (SELECT COUNT(DISTINCT COALESCE(c.original_id, m.article_id)) FROM event_mention em
                  JOIN mention m ON m.id = em.mention_id LEFT JOIN copy c ON c.article_id = m.article_id
                 WHERE em.event_id = e.id) AS lineages,
               (SELECT COUNT(*) FROM relation r WHERE r.event_id = e.id AND r.name = 'contradicts') AS contradictions
          FROM event e""",
    "v_claims": """
        SELECT c.id AS claim, em.event_id AS event, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, m.kind, c.prop,
               c.scope, c.value, c.source, c.stance, c.as_of, c.span_start, c.span_end, c.quote, a.id AS article,
               m.id AS mention
          FROM claim c JOIN mention m ON m.id = c.mention_id JOIN article a ON a.id = m.article_id
          LEFT JOIN event_mention em ON em.mention_id = m.id
         WHERE EXISTS (SELECT 1 FROM claim_found f JOIN reading r ON r.id = f.reading_id
                        WHERE f.claim_id = c.id AND NOT r.superseded)""",
    "v_values": """
        SELECT s.event_id AS event, e.kind, e.title, s.prop, s.scope, s.value, s.status, s.lineages, s.copies,
               s.sources, s.support, s.against, s.basis
          FROM settled s JOIN event e ON e.id = s.event_id""",
    "v_reports": """
        SELECT 'R' || CAST(a.number AS TEXT) AS report, a.id AS article, a.outlet, a.title, a.published, a.lang, a.url,
               (SELECT 'R' || CAST(o.number AS TEXT) FROM copy c JOIN article o ON o.id = c.original_id
                 WHERE c.article_id = a.id) AS copy_of,
               (SELECT COUNT(DISTINCT em.event_id) FROM mention m JOIN event_mention em ON em.mention_id = m.id
                 WHERE m.article_id = a.id) AS events,
               LENGTH(a.text) AS characters, a.sha256
          FROM article a""",
    "v_lineages": """
        SELECT 'R' || CAST(o.number AS TEXT) AS original, 'R' || CAST(a.number AS TEXT) AS report, a.outlet,
               a.published, c.share, c.how, o.id AS original_article, a.id AS article
          FROM article a LEFT JOIN copy c ON c.article_id = a.id
          JOIN article o ON o.id = COALESCE(c.original_id, a.id)""",
    "v_decisions": """
        SELECT 'D' || CAST(j.number AS TEXT) AS decision, 'judgement' AS what, j.left_id AS subject,
               j.right_id AS other, j.verdict, NULL AS value, j.author, j.score, j.why, j.at, j.retracted
          FROM judgement j
        UNION ALL
        SELECT 'D' || CAST(r.number AS TEXT), 'ruling', r.claim_id, NULL, r.verdict, r.value, r.author, NULL, r.note,
               r.at, r.retracted
          FROM ruling r""",
    "v_related": """
        SELECT r.left_id AS event, e.title, r.name, r.right_id AS other, o.title AS other_title, r.why,
               'R' || CAST(a.number AS TEXT) AS report, r.quote
          FROM related r JOIN event e ON e.id = r.left_id JOIN event o ON o.id = r.right_id
          JOIN article a ON a.id = r.article_id""",
    "v_stories": """
        SELECT s.story_id AS story, 'R' || CAST(a.number AS TEXT) AS report, a.outlet, a.title, a.published,
               a.id AS article
          FROM story_article s JOIN article a ON a.id = s.article_id""",
}
