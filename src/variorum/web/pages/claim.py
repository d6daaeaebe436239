"""The page of one claim: its words where they stand, who said them, what was read from them, what was decided."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from variorum.errors import UnknownIdError
from variorum.ledger.picked import pick_articles, pick_claims, pick_events_of, pick_mentions, pick_readings
from variorum.model import Article, Claim, Event, Reading, Relation
from variorum.pipeline.byhand import is_by_hand, reader_of
from variorum.pipeline.citing import find_cited_claim, write_citations
from variorum.pipeline.tracing import find_decided
from variorum.schema import load_schema
from variorum.show.annotation import make_annotation
from variorum.show.marks import Mark, cut_at_marks, find_source, make_windows
from variorum.show.words import OWN_VOICE, SIGN_WORDS, SIGNS, outlet_of
from variorum.values import show
from variorum.web.asking import Asked, Page
from variorum.web.pages.cite import make_areas
from variorum.web.pages.report import is_late

Row = dict[str, Any]
AROUND = 400  # characters on either side of the quote
MOST = 100  # relations told one by one


def read_claim(asked: Asked) -> Page:
    """Read one claim, whether a reading still finds it or not. Raises UnknownIdError with near ids."""
    given = asked.names["id"]
    if not given.startswith("clm_"):
        raise UnknownIdError(f"{given} is no claim", "claims are named clm_…")
    claim = asked.ledger.claim(given)
    (mention,) = pick_mentions(asked.ledger, [claim.mention_id], live=False)
    article = asked.ledger.article(mention.article_id)
    number = asked.labels.articles[article.id]
    if is_late(article, asked.as_of):
        data: Row = {"number": number, "id": article.id, "published": article.published, "as_of": asked.as_of}
        return Page("report-not-yet.html", claim.id, data | {"title": claim.id, "claim": claim.id})
    readings = pick_readings(asked.ledger, claim.id)
    words = claim_words(claim)
    event = _event_of(asked, claim)
    data = {
        **asdict(claim),
        "shown": shown_value(claim),
        "words": words,
        "as_of": asked.as_of,
        "published": claim.as_of,
        "report": _report(article, number),
        "mention": {name: getattr(mention, name) for name in ("id", "kind", "start", "end", "quote")},
        "background": load_schema().kinds[mention.kind].background,
        "event": None
        if event is None
        else {"id": event.id, "label": asked.labels.events[event.id], "title": event.title},
        "readings": [_reading(row) for row in readings],
        "live": any(not row.superseded for row in readings),
        "settled": [] if event is None else _settled(claim, event),
        "relations": [] if event is None else _relations(asked, claim, event),
        "decisions": [asdict(row) for row in find_decided(asked.ledger, [claim.id], asked.labels, taken_back=True)],
        "annotation": make_annotation(claim, article, number=number, words=words, reader=_reader(readings)),
    }
    data["citations"] = dict(write_citations(find_cited_claim(asked.ledger, claim.id, accessed=asked.now[:10])))
    shown = {"passage": _passage(claim, article), "areas": make_areas(data["citations"])}
    return Page("claim.html", f"{words} ({number})", data, shown)


def shown_value(claim: Claim) -> str:
    """Give the value of a claim for people."""
    return show(load_schema().properties[claim.prop].type, claim.value)


def claim_words(claim: Claim) -> str:
    """Say a claim: "killed (civilians) = at least 12, said by the ministry, hedged"."""
    scope = f" ({claim.scope})" if claim.scope and claim.scope != "all" else ""
    voice = f"said by {claim.source}" if claim.source else OWN_VOICE
    stance = {"asserts": "", "hedges": ", hedged", "denies": ", denied"}[claim.stance]
    return f"{claim.prop.replace('_', ' ')}{scope} = {shown_value(claim)}, {voice}{stance}"


def _event_of(asked: Asked, claim: Claim) -> Event | None:
    id = pick_events_of(asked.ledger, [claim.mention_id]).get(claim.mention_id)
    return None if id is None else asked.ledger.event(id)


def _report(article: Article, number: str) -> Row:
    kept = ("id", "url", "outlet", "title", "published", "lang", "sha256", "fetched_at")
    return {"number": number, "name": outlet_of(article), **{name: getattr(article, name) for name in kept}}


def _reading(reading: Reading) -> Row:
    return asdict(reading) | {"reader": reader_of(reading), "by_person": is_by_hand(reading.extractor)}


def _reader(readings: list[Reading]) -> tuple[str, str]:
    live = [row for row in readings if not row.superseded] or readings
    if not live:
        return "Software", "unknown"
    return ("Person" if is_by_hand(live[0].extractor) else "Software"), reader_of(live[0])


def _settled(claim: Claim, event: Event) -> list[Row]:
    return [
        {
            "prop": row.prop,
            "scope": row.scope,
            "value": row.value,
            "shown": show(load_schema().properties[row.prop].type, row.value),
            "status": row.status,
            "stands": "behind" if claim.id in row.support else "against",
        }
        for row in event.values
        if claim.id in row.support or claim.id in row.against
    ]


def _relations(asked: Asked, claim: Claim, event: Event) -> list[Row]:
    """Give how the claim stands to others of its event; those in reports of a later day are left out."""
    rows = [row for row in event.relations if claim.id in (row.left, row.right)]
    others = {other for row in rows if (other := _other(row, claim.id)) is not None}
    claims = {one.id: one for one in pick_claims(asked.ledger, ids=others, live=False)}
    mentions = {m.id: m for m in pick_mentions(asked.ledger, {c.mention_id for c in claims.values()}, live=False)}
    articles = {a.id: a for a in pick_articles(asked.ledger, {m.article_id for m in mentions.values()})}
    found: list[Row] = []
    for row in rows:
        told: Row = {"name": row.name, "sign": SIGNS[row.name], "word": SIGN_WORDS[row.name], "note": row.note}
        one = claims.get(_other(row, claim.id) or "")
        if one is not None:
            article = articles[mentions[one.mention_id].article_id]
            if is_late(article, asked.as_of):
                continue
            told["other"] = {
                "id": one.id,
                "shown": shown_value(one),
                "quote": one.quote,
                "source": one.source,
                "report": asked.labels.articles[article.id],
            }
        else:
            told["other"] = None
        found.append(told)
    return found[:MOST]


def _other(row: Relation, id: str) -> str | None:
    return row.right if row.left == id else row.left


def _passage(claim: Claim, article: Article) -> Row:
    text = article.text
    marks = [Mark(claim.start, claim.end, claim.id)]
    span = find_source(text, claim.source, claim.start, (0, len(text)))
    if span is not None:
        marks.append(Mark(*span, claim.id, "source"))
    windows = make_windows(text, [(claim.start, claim.end)], AROUND)
    return {
        "lang": article.lang,
        "windows": [
            {"pieces": cut_at_marks(text, marks, *window), "opens": window[0] > 0, "ends": window[1] < len(text)}
            for window in windows
        ],
    }
