"""Events as JSON lines: the contract every other format is a view of (docs/model.md, schema `variorum/1`).

Invariant: the same ledger gives the same bytes; every value names the claims behind it, every claim its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from variorum.model import Article, Claim, Copy, Counted, Event, Mention, Related, Ruling, Settled, Story, Structure
from variorum.publish.profile import Redacted
from variorum.publish.where import describe_place
from variorum.schema import load_schema
from variorum.values import interval
from variorum.values.date import date_precision
from variorum.values.gazetteer import Gazetteer
from variorum.values.quantity import unit_of

if TYPE_CHECKING:  # an issue is made of editions
    from variorum.publish.issue import Issue

Row = TypeVar("Row", Related, Counted)


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything a writer needs of a ledger, in memory: the events and the rows they follow from."""

    events: Sequence[Event]
    mentions: Mapping[str, Mention]
    claims: Mapping[str, Claim]
    articles: Mapping[str, Article]
    copies: Sequence[Copy]
    gazetteer: Gazetteer
    by_mention: Mapping[str, Sequence[Claim]]
    stories: Sequence[Story] = ()
    related: Mapping[str, Sequence[Related]] = field(default_factory=dict)  # by the ids of both events
    counted: Mapping[str, Sequence[Counted]] = field(default_factory=dict)  # by the id of each event counted
    voices: Mapping[str, str] = field(default_factory=dict)  # claim id -> the one name of its source, "" own voice
    rulings: Sequence[Ruling] = ()  # people's words on claims that count
    apart: Mapping[str, Sequence[str]] = field(default_factory=dict)  # event id -> articles not yet joined on the day
    redacted: Redacted | None = None  # what was left out for sharing; None: nothing
    as_of: str | None = None  # ISO day whose knowledge an export is of: then no version of the ledger says the same

    def claims_of(self, event: Event) -> list[Claim]:
        """Give the claims of an event's mentions in order of article and place in the text."""
        rows = [claim for mention in event.mentions for claim in self.by_mention.get(mention, ())]
        return sorted(
            rows, key=lambda claim: (self.mentions[claim.mention_id].article_id, claim.start, claim.end, claim.id)
        )

    def outlet_of(self, article_id: str) -> str:
        """Name who printed an article; its address where no outlet is named."""
        article = self.articles[article_id]
        return article.outlet or article.url or article.id

    def articles_of(self, event: Event) -> list[Article]:
        """Give the articles that report an event: earliest published first, undated last."""
        ids = {self.mentions[mention].article_id for mention in event.mentions}
        return sorted((self.articles[id] for id in ids), key=lambda article: (article.published or "9999", article.id))

    def lineages_of(self, event: Event) -> list[list[str]]:
        """Give the article ids of an event by lineage, each original first where it reports the event."""
        root = {copy.article_id: copy.original_id for copy in self.copies}
        groups: dict[str, list[str]] = {}
        for article in self.articles_of(event):
            groups.setdefault(root.get(article.id, article.id), []).append(article.id)
        return [sorted(ids, key=lambda id: (id != key, ids.index(id))) for key, ids in groups.items()]


def make_edition(
    events: Sequence[Event],
    *,
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    articles: Iterable[Article],
    copies: Iterable[Copy],
    gazetteer: Gazetteer,
    between: Structure | None = None,
) -> Edition:
    """Build an edition of these events, sorted by date, then kind and id; undated events come last."""
    between = between or Structure()
    by_mention: dict[str, list[Claim]] = {}
    by_id: dict[str, Claim] = {}
    for claim in claims:
        by_id[claim.id] = claim
        by_mention.setdefault(claim.mention_id, []).append(claim)

    def order(event: Event) -> tuple[str, str, str]:
        settled = find_settled(event, "date")
        low = (interval("date", settled.value) or (None, None))[0] if settled else None
        return (str(low or "9999"), event.kind, event.id)

    return Edition(
        sorted(events, key=order),
        {mention.id: mention for mention in mentions},
        by_id,
        {article.id: article for article in articles},
        list(copies),
        gazetteer,
        by_mention,
        between.stories,
        _by_event((id, tie) for tie in between.related for id in (tie.left, tie.right)),
        _by_event((id, count) for count in between.counted for id in count.events),
    )


def _by_event(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for id, row in rows:
        found.setdefault(id, []).append(row)
    return found


def write_jsonl(issue: Issue, table: str = "") -> Iterator[str]:
    """Give one line an event, in the order of the issue, each ending in a line break."""
    for part in issue.parts():
        for event in objects(part):
            yield json.dumps(event, ensure_ascii=False) + "\n"


def event_object(edition: Edition, event: Event) -> dict[str, Any]:
    """Give one event as the JSON object of the contract."""
    claims = edition.claims_of(event)
    by_id = {claim.id: claim for claim in claims}
    return {
        "schema": load_schema().version,
        "id": event.id,
        "version": event.version if edition.as_of is None else None,
        "kind": event.kind,
        "title": event.title,
        "date": date_object(edition, event, by_id),
        "place": place_object(edition, event, by_id),
        "values": [_value_object(edition, settled, by_id) for settled in event.values],
        "relations": [
            {"name": row.name, "prop": row.prop, "left": row.left, "right": row.right, "note": row.note}
            for row in event.relations
        ],
        "related": [
            {
                "name": row.name,
                "left": row.left,
                "right": row.right,
                "why": row.why,
                "article": row.article_id,
                "start": row.start,
                "end": row.end,
                "quote": row.quote,
                "articles": list(row.articles),
            }
            for row in edition.related.get(event.id, ())
        ],
        "counted": [
            {
                "id": row.id,
                "stated": row.stated,
                "found": len(row.events),
                "what": row.what,
                "since": row.since,
                "until": row.until,
                "article": edition.mentions[row.mention_id].article_id,
                "start": row.start,
                "end": row.end,
                "quote": row.quote,
            }
            for row in edition.counted.get(event.id, ())
        ],
        "articles": [article.id for article in edition.articles_of(event)],
        "lineages": edition.lineages_of(event),
        "outlets": sorted({edition.outlet_of(article.id) for article in edition.articles_of(event)}),
        "claims": [
            {
                "id": claim.id,
                "prop": claim.prop,
                "scope": claim.scope,
                "value": claim.value,
                "source": claim.source,
                "voice": edition.voices.get(claim.id, claim.source),
                "stance": claim.stance,
                "as_of": claim.as_of,
                "article": edition.mentions[claim.mention_id].article_id,
                "outlet": edition.outlet_of(edition.mentions[claim.mention_id].article_id),
                "start": claim.start,
                "end": claim.end,
                "quote": claim.quote,
            }
            for claim in claims
        ],
        **({} if edition.as_of is None else {"as_of": edition.as_of}),
        **_redaction(edition, event),
    }


def _redaction(edition: Edition, event: Event) -> dict[str, Any]:
    """Give the fields that only a redacted event has."""
    told = edition.redacted
    if told is None:
        return {}
    ids = [article.id for article in edition.articles_of(event)]
    return {
        "redacted": True,
        "redaction": {
            "profile": told.profile,
            "quote_limit": told.quote_limit,
            "offsets": "of the words before redaction",
            "withheld": [id for id in ids if id in told.withheld],
        },
    }


def find_settled(event: Event, prop: str) -> Settled | None:
    """Give the first settled value of a property, the one to print."""
    return next((settled for settled in event.values if settled.prop == prop), None)


def date_object(edition: Edition, event: Event, claims: Mapping[str, Claim]) -> dict[str, Any] | None:
    """Give the event date with its bounds, precision and the words it rests on; None when no report states one."""
    settled = find_settled(event, "date")
    if settled is None:
        return None
    bounds = interval("date", settled.value) or (None, None)
    return {
        "value": settled.value,
        "low": bounds[0],
        "high": bounds[1],
        "precision": precision.name if (precision := date_precision(settled.value)) else None,
        "basis": _basis(edition, settled, claims),
    }


def _basis(edition: Edition, settled: Settled, claims: Mapping[str, Claim]) -> str:
    words: dict[str, None] = {}
    for id in settled.support:
        claim = claims.get(id)
        if claim is not None:
            article = edition.articles[edition.mentions[claim.mention_id].article_id]
            when = f"published {article.published[:10]}" if article.published else "undated report"
            said = ", date of the statement" if claim.stance == "hedges" else ""
            words.setdefault(f"“{claim.quote}”{said}, {when}")
    return "; ".join(words)


def place_object(edition: Edition, event: Event, claims: Mapping[str, Claim]) -> dict[str, Any] | None:
    """Give the event place with coordinates, radius and every spelling met; None when no report names one."""
    settled = find_settled(event, "place")
    if settled is None:
        return None
    written = {
        claims[id].quote
        for row in event.values
        if row.prop == "place"
        for id in row.support
        if id in claims and row.value == settled.value
    }
    return {**describe_place(settled.value, edition.gazetteer), "as_written": sorted(written)}


def _value_object(edition: Edition, settled: Settled, claims: Mapping[str, Claim]) -> dict[str, Any]:
    behind = {edition.mentions[claims[id].mention_id].article_id for id in settled.support if id in claims}
    kind = load_schema().properties[settled.prop].type
    bounds = interval(kind, settled.value) or (None, None)
    return {
        "prop": settled.prop,
        "scope": settled.scope,
        "value": settled.value,
        "low": bounds[0],
        "high": bounds[1],
        "unit": unit_of(settled.value) if kind == "quantity" else None,
        "status": settled.status,
        "basis": settled.basis,
        "support": list(settled.support),
        "against": list(settled.against),
        "outlets": len({edition.outlet_of(id) for id in behind}),
        "lineages": settled.lineages,
        "copies": settled.copies,
        "sources": list(settled.sources),
    }


def objects(edition: Edition) -> Iterable[dict[str, Any]]:
    """Give every event as an object, for writers that are views of this one."""
    return (event_object(edition, event) for event in edition.events)
