"""All tables of a ledger, for both databases. No queries in here.

Invariant: what was read and what was decided is only ever added to (ADDED); what follows (REBUILT) can be thrown away
and made again. Every row but those of `meta` and `log` carries its seal; `seals.py` says what that is.
"""

from __future__ import annotations

import sqlalchemy as sa

from variorum.ledger.columns import changing as _changing
from variorum.ledger.columns import clock as _clock
from variorum.ledger.columns import metadata as metadata
from variorum.ledger.columns import number as _number
from variorum.ledger.columns import sealed as _sealed
from variorum.ledger.columns import text as _text
from variorum.ledger.index_tables import event_index as event_index
from variorum.ledger.index_tables import event_place as event_place
from variorum.ledger.index_tables import mention_index as mention_index
from variorum.ledger.pack_table import outside as _outside
from variorum.ledger.waiting_table import waiting as waiting

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
    *_sealed(added=True),
    *_outside(),  # of the text, which is "" here then
    sa.Column("characters", sa.BigInteger, nullable=True, info={"clock": True, "place": True}),  # of a text outside
    sa.Index("article_url", "url"),
    sa.Index("article_unread", "number", "lang", "id"),
)

input_seen = sa.Table(
    "input_seen",
    metadata,
    _text("path", key=True),
    _number("size"),
    sa.Column("mtime_ns", sa.BigInteger, nullable=False, info={"clock": True}),
    _text("sha256"),
    _text("article_ids"),  # JSON list
    *_sealed(),
)

reading = sa.Table(
    "reading",
    metadata,
    _text("id", key=True),
    _text("article_id", sa.ForeignKey("article.id")),
    _text("extractor"),
    _text("version"),
    _changing(sa.Column("superseded", sa.Boolean, nullable=False)),
    *_sealed(added=True),
    sa.Index("reading_live", "article_id", "extractor", "version", "superseded"),
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
    *_sealed(added=True),
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
    *_sealed(added=True),
    sa.Index("claim_mention", "mention_id"),
)

# A find keeps its id under a better extractor, so which readings found it is kept beside it: a mention or claim
# is live while a reading that is not superseded found it.
mention_found = sa.Table(
    "mention_found",
    metadata,
    _text("reading_id", sa.ForeignKey("reading.id"), key=True),
    _text("mention_id", sa.ForeignKey("mention.id"), key=True),
    *_sealed(added=True),
    sa.Index("mention_found_by", "mention_id"),
)

claim_found = sa.Table(
    "claim_found",
    metadata,
    _text("reading_id", sa.ForeignKey("reading.id"), key=True),
    _text("claim_id", sa.ForeignKey("claim.id"), key=True),
    *_sealed(added=True),
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
    *_sealed(added=True),
)

# ---------------------------------------------------------------- what was decided

judgement = sa.Table(
    "judgement",
    metadata,
    _number("number", key=True),  # one sequence with ruling
    _text("left_id", sa.ForeignKey("mention.id")),
    _text("right_id", sa.ForeignKey("mention.id")),
    _text("verdict"),
    _text("author"),
    sa.Column("score", sa.Double, nullable=True),
    _text("why"),
    _clock("at"),
    _changing(_clock("retracted", null=True)),
    _number("act"),  # the number of the decision, D12, that the row belongs to
    sa.Column("blind", sa.Boolean, nullable=False),
    *_sealed(added=True),
    sa.CheckConstraint("left_id < right_id", name="judgement_in_order"),
    sa.Index("judgement_pair", "left_id", "right_id"),
)
ruling = sa.Table(
    "ruling",
    metadata,
    _number("number", key=True),
    _text("subject"),  # the id of a claim, mention, article or held-back claim: `check` looks that it is there
    _text("other"),  # the second id; "" where the word is on one thing
    _text("field"),
    _text("verdict"),
    _text("value", null=True),
    _text("author"),
    _text("note"),
    _clock("at"),
    _changing(_clock("retracted", null=True)),
    _number("act"),
    sa.Column("blind", sa.Boolean, nullable=False),
    *_sealed(added=True),
    sa.Index("ruling_subject", "subject"),
)

# ---------------------------------------------------------------- what follows

copy = sa.Table(
    "copy",
    metadata,
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("original_id", sa.ForeignKey("article.id")),
    sa.Column("share", sa.Double, nullable=False),
    _text("how"),
    *_sealed(),
)

register = sa.Table(
    "register",
    metadata,
    _text("event_id", key=True),
    _text("founder", sa.ForeignKey("mention.id")),
    _clock("named_at"),
    *_sealed(added=True),
)

redirect = sa.Table(
    "redirect",
    metadata,
    _text("old_id", key=True),
    _text("new_id"),  # "" when nothing reports the event any more: its frozen versions stay
    _clock("at"),
    _text("why"),
    *_sealed(),
)

event = sa.Table(
    "event",
    metadata,
    _text("id", sa.ForeignKey("register.event_id"), key=True),
    _text("kind"),
    _text("title"),
    _number("version"),
    _text("digest"),  # of everything but the version: tells whether a rewriting changes it
    *_sealed(),
)

event_mention = sa.Table(
    "event_mention",
    metadata,
    _text("event_id", sa.ForeignKey("event.id"), key=True),
    _text("mention_id", sa.ForeignKey("mention.id"), key=True),
    *_sealed(),
    sa.UniqueConstraint("mention_id", name="event_mention_once"),
)

settled = sa.Table(
    *("settled", metadata),
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
    *_sealed(),
)

relation = sa.Table(
    *("relation", metadata),
    _text("event_id", sa.ForeignKey("event.id"), key=True),
    _number("position", key=True),
    _text("name"),
    _text("prop"),
    _text("left_id", sa.ForeignKey("claim.id")),
    _text("right_id", sa.ForeignKey("claim.id"), null=True),
    _text("note"),
    *_sealed(),
)

event_version = sa.Table(
    "event_version",
    metadata,
    _text("event_id", sa.ForeignKey("register.event_id"), key=True),
    _number("version", key=True),
    _clock("at"),
    _text("content"),  # canonical JSON of the event, frozen
    *_sealed(added=True),
)

# ---------------------------------------------------------------- what happened

problem = sa.Table(
    *("problem", metadata),
    _number("number", key=True),
    _text("location"),
    _text("code"),
    _text("cause"),
    _text("remedy"),
    _clock("at"),
    *_sealed(),
    sa.UniqueConstraint("location", "code", "cause", name="problem_once"),
)

run = sa.Table(
    *("run", metadata),
    _number("number", key=True),
    _text("command"),
    _text("program"),
    _clock("started_at"),
    _changing(_clock("finished_at", null=True)),
    _changing(_clock("figures")),  # JSON; holds durations
    *_sealed(added=True),
)

log = sa.Table(
    *("log", metadata),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False, info={"clock": True}),
    _clock("at"),
    _text("kind"),
    _text("subject"),
    _text("author"),
    _text("note"),
    _clock("previous"),  # hashes cover the times
    _clock("hash"),
    _clock("content"),  # JSON: what a batch wrote, see seals.py; "" in rows that wrote nothing
)

# ---------------------------------------------------------------- between events, since version 2

# Events are rewritten before what stands between them, so the ids lead to the register of names; that each is of a live
# event is a promise that `check` looks after.
related = sa.Table(
    *("related", metadata),
    _text("left_id", sa.ForeignKey("register.event_id"), key=True),
    _text("right_id", sa.ForeignKey("register.event_id"), key=True),
    _text("name", key=True),
    _text("why"),
    _text("article_id", sa.ForeignKey("article.id")),
    _number("span_start"),
    _number("span_end"),
    _text("quote"),
    _text("articles"),  # JSON list of ids
    *_sealed(),
)
counted = sa.Table(
    *("counted", metadata),
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
    *_sealed(),
)
story_article = sa.Table(
    *("story_article", metadata),
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("story_id"),
    *_sealed(),
)

# ---------------------------------------------------------------- how the bytes came here, since version 3

capture = sa.Table(
    *("capture", metadata),
    _text("article_id", sa.ForeignKey("article.id"), key=True),
    _text("asked", key=True),
    _text("sha256", key=True),
    _text("final"),
    _clock("at"),
    _text("tool"),
    _number("size"),
    *_sealed(added=True),
)
raw = sa.Table(
    *("raw", metadata),
    _text("sha256", key=True),
    _number("size"),
    sa.Column("packed", sa.LargeBinary, nullable=False),  # zlib; no bytes where they lie in a pack
    *_sealed(added=True),
    *_outside(),
)

REBUILT = (
    *(copy, redirect, event, event_mention, settled, relation, related, counted, story_article, waiting),
    *(event_index, event_place, mention_index),
)
ADDED = (
    *(article, reading, mention, claim, mention_found, claim_found, held_back, judgement, ruling),
    *(register, event_version, run, capture, raw),
)
NOTES = (input_seen, problem)  # the program's own notes: replaced and cleared, sealed row by row
