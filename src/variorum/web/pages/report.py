"""The page of one report: its whole text with every quote marked, what was read in it, and how it came here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from variorum.errors import LedgerError, UnknownIdError, UsageError
from variorum.ledger.picked import pick_articles, pick_claims, pick_copies, pick_events_of, pick_mentions
from variorum.ledger.reportlist import titles_of
from variorum.ledger.search import Wanted, count_found
from variorum.model import Article, Claim, Mention
from variorum.pipeline.byhand import is_by_hand
from variorum.pipeline.labels import REPORT
from variorum.pipeline.tracing import find_decided, find_trace
from variorum.schema import load_schema
from variorum.show.blocks import cut_into_blocks
from variorum.show.marks import Mark, find_source
from variorum.show.words import short
from variorum.values import show
from variorum.web.asking import Asked, Page

Row = dict[str, Any]
SOURCES = 5  # named in a report, of which it is counted where else they are named: 60 ms each in 100,000 reports
FAR = 20_000  # characters from a claim within which its source is marked: a text of 1 MB is not one account


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in one report."""

    article: Article
    label: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]  # in the order in which they stand in the text
    event_of: dict[str, str]  # mention id -> event id
    titles: dict[str, str]  # of events, by id
    by_hand: frozenset[str]  # ids of readings that are a person's


def find_report(asked: Asked, given: str) -> Article:
    """Give the report that an address names: R7 or art_…. Raises UnknownIdError with near ids."""
    if not REPORT.fullmatch(given) and not given.startswith("art_"):
        raise UnknownIdError(f"{given} is no report", "reports are named R7 or art_…")
    return asked.ledger.article(given)


def is_late(article: Article, as_of: str | None) -> bool:
    """Tell whether a report was published after a day; one without a date was not."""
    return as_of is not None and article.published is not None and article.published[: len(as_of)] > as_of


def read_parts(asked: Asked, article: Article) -> Read:
    """Read what was found in a report."""
    mentions = pick_mentions(asked.ledger, articles=[article.id])
    claims = pick_claims(asked.ledger, [mention.id for mention in mentions])
    event_of = pick_events_of(asked.ledger, [mention.id for mention in mentions])
    return Read(
        article,
        asked.labels.articles[article.id],
        tuple(mentions),
        tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.prop, claim.id))),
        event_of,
        titles_of(asked.ledger, set(event_of.values())),
        frozenset(row.id for row in asked.ledger.readings(article.id) if is_by_hand(row.extractor)),
    )


def read_report(asked: Asked) -> Page:
    """Read one report, with all that was read in it."""
    article = find_report(asked, asked.names["id"])
    label = asked.labels.articles[article.id]
    title = short(article.title or article.text[:80], 100)
    if is_late(article, asked.as_of):
        data: Row = {"number": label, "id": article.id, "published": article.published, "as_of": asked.as_of}
        return Page("report-not-yet.html", label, data | {"title": label})
    read = read_parts(asked, article)
    numbers = find_numbers(read.claims)
    rows = claim_rows(asked, read, numbers)
    data = {
        "number": label,
        **asdict(article),
        "as_of": asked.as_of,
        "events": [
            {"id": id, "label": asked.labels.events[id], "title": read.titles[id]}
            for id in dict.fromkeys(read.event_of[m.id] for m in read.mentions if m.id in read.event_of)
        ],
        "mentions": [_mention_row(asked, read, mention) for mention in read.mentions],
        "claims": rows,
        **_lineage(asked, article),
        **_history(asked, read),
        "sources": _sources(asked, read),
    }
    shown = {
        "title": title,
        "blocks": _blocks(read),
        "numbers": numbers,
        "claim_of": {row["id"]: row for row in rows},
        "no_claims_in": article.lang if article.lang not in ("", "en") and not read.mentions else None,
        "form_seen": asked.ledger.last_decision(),
        **_form_choices(asked, read),
    }
    return Page("report.html", f"{label} {title}", data, shown, secret=bool(asked.viewer.csrf))


def claim_rows(asked: Asked, read: Read, numbers: dict[str, str]) -> list[Row]:
    """Give the claims of a report in order, each with the event that it leads to."""
    properties, kinds = load_schema().properties, load_schema().kinds
    kind_of = {mention.id: mention.kind for mention in read.mentions}
    rows = []
    for claim in read.claims:
        event = read.event_of.get(claim.mention_id)
        rows.append(
            {
                "number": numbers[claim.id],
                **asdict(claim),
                "shown": show(properties[claim.prop].type, claim.value),
                "event": event,
                "label": None if event is None else asked.labels.events[event],
                "background": kinds[kind_of[claim.mention_id]].background,
                "kind": kind_of[claim.mention_id],
                "by_person": claim.reading_id in read.by_hand,
            }
        )
    return rows


def _mention_row(asked: Asked, read: Read, mention: Mention) -> Row:
    event = read.event_of.get(mention.id)
    return {
        "id": mention.id,
        "kind": mention.kind,
        "start": mention.start,
        "end": mention.end,
        "event": event,
        "label": None if event is None else asked.labels.events[event],
        "background": load_schema().kinds[mention.kind].background,
        "claims": sum(claim.mention_id == mention.id for claim in read.claims),
    }


def _blocks(read: Read) -> list[Any]:
    text = read.article.text
    marks = [Mark(claim.start, claim.end, claim.id) for claim in read.claims]
    for claim in read.claims:
        around = (max(0, claim.start - FAR), min(len(text), claim.start + FAR))
        span = find_source(text, claim.source, claim.start, around)
        if span is not None:
            marks.append(Mark(*span, claim.id, "source"))
    return cut_into_blocks(text, marks)


def _lineage(asked: Asked, article: Article) -> Row:
    """Say what a report is a copy of, and what copies it, as far as was printed by the day asked for."""
    found = {copy.article_id: copy for copy in pick_copies(asked.ledger, [article.id], reprints=True)}
    own = found.pop(article.id, None)
    ids = {copy.original_id for copy in found.values()} | {*found} | ({own.original_id} if own else set())
    known = {one.id for one in pick_articles(asked.ledger, ids) if not is_late(one, asked.as_of)}
    copies = sorted(
        (asked.labels.articles[id] for id, copy in found.items() if copy.original_id == article.id and id in known),
        key=lambda name: int(name[1:]),
    )
    origin: Row | None = None
    if own is not None and own.original_id in known:
        original = asked.labels.articles[own.original_id]
        origin = {"number": original, "id": own.original_id, "share": round(own.share, 4), "how": own.how}
    return {"copy_of": origin, "copied_by": copies}


def _history(asked: Asked, read: Read) -> Row:
    """Say how a report came here, what was held back in it, and what people decided on it."""
    ledger, article = asked.ledger, read.article
    trace = find_trace(ledger, article, asked.labels)
    ids = [article.id, *(claim.id for claim in read.claims), *(mention.id for mention in read.mentions)]
    return {
        "captures": [asdict(row) | {"raw_kept": kept} for row, kept in trace.captures],
        "same_address": list(trace.printings),
        "withdrawn": [{"by": row.by, "at": row.at, "because": row.note} for row in trace.withdrawn],
        "held_back": [
            {"id": row.id, "prop": row.prop, "value": row.value, "quote": row.quote, "why": row.why}
            for row in ledger.held_back(article.id)
        ],
        "decisions": [asdict(row) for row in find_decided(ledger, ids, asked.labels)],
    }


def _sources(asked: Asked, read: Read) -> list[Row]:
    """Give the people and bodies that the report lets speak, and in how many other reports they are named."""
    counts: dict[str, int] = {}
    for claim in read.claims:
        if claim.source:
            counts[claim.source] = counts.get(claim.source, 0) + 1
    rows = []
    for place, (source, claims) in enumerate(sorted(counts.items(), key=lambda row: (-row[1], row[0]))):
        words = f'"{source}"'
        others: int | None = None
        if place < SOURCES:
            try:
                others = max(0, count_found(asked.ledger, Wanted(words, known_by=asked.as_of)) - 1)
            except (UsageError, LedgerError):  # a source of signs alone, or a damaged index: the page does not fail
                others = None
        rows.append({"source": source, "claims": claims, "named_in_others": others, "words": words})
    return rows


def _form_choices(asked: Asked, read: Read) -> Row:
    """Give what a new claim can be of."""
    schema = load_schema()
    return {
        "form_properties": [(prop.code, prop.help) for prop in schema.properties.values()],
        "form_scopes": ["", *(scope.code for scope in schema.scopes.values())],
        "form_mentions": [
            {"id": mention.id, "kind": mention.kind, "quote": mention.quote, "label": asked.labels.events[event]}
            for mention in read.mentions
            if (event := read.event_of.get(mention.id)) is not None
        ],
    }


def find_numbers(claims: Sequence[Claim]) -> dict[str, str]:
    """Number the claims of a report in the order in which they stand in it: c1, c2, …"""
    order = sorted(claims, key=lambda claim: (claim.start, claim.end, claim.prop, claim.id))
    return {claim.id: f"c{place}" for place, claim in enumerate(order, start=1)}
