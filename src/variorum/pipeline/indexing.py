"""Fills the index of events: their rows in a list, their places, and what forbids a mention to be of another event.

Invariant: what stands in the index follows from the events, articles, claims and rulings of the ledger alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from variorum.ledger import Ledger
from variorum.ledger.indexes import MOST_DAYS
from variorum.ledger.listing import Indexed, Placed, Told, index_events, ruled_events, unlisted
from variorum.model import Claim, Mention, Ruling
from variorum.pipeline.editions import edition
from variorum.pipeline.listing import place_of, read_events, stamp
from variorum.publish.jsonl import Edition, event_object
from variorum.resolve.days import read_days
from variorum.resolve.rulings import apply_rulings, rule_mentions
from variorum.show.table import make_row


def index_ledger(ledger: Ledger) -> None:
    """Work out the rows of the index that are missing, and those of events with a claim that somebody ruled on."""
    now = stamp()
    missing = unlisted(ledger, now)
    with ledger.writing():
        if missing is None:
            index_events(ledger, _rows_of(edition(ledger)), now)
        else:
            events = read_events(ledger, {*missing, *ruled_events(ledger)})
            index_events(ledger, _rows_of(edition(ledger, events)), now)


def _rows_of(published: Edition) -> Iterator[Indexed]:
    known: dict[str, Placed] = {}
    ruled: dict[str, list[Ruling]] = {}
    for ruling in published.rulings:
        ruled.setdefault(ruling.subject, []).append(ruling)
    mentions = {mention.id: mention for mention in rule_mentions(published.mentions.values(), published.rulings)}
    for event in published.events:
        found = event_object(published, event)
        days = [found["date"][key] for key in ("low", "high")] if found["date"] else [None, None]
        settled = frozenset(row["value"] for row in found["values"] if row["prop"] == "place")
        claims = _standing(published.claims_of(event), ruled)
        places = sorted(settled.union(claim.value for claim in claims if claim.prop == "place"))
        yield Indexed(
            event.id,
            event.kind,
            days[0],
            days[1],
            len(found["lineages"]),
            tuple(known[value] if value in known else known.setdefault(value, place_of(value)) for value in places),
            settled,
            tuple(_told(published, mentions[id], ruled) for id in event.mentions if id in mentions),
            make_row(found),
        )


def _told(published: Edition, mention: Mention, ruled: Mapping[str, Sequence[Ruling]]) -> Told:
    """Say what the rules look at that forbid a mention to be of another event."""
    claims = _standing(published.by_mention.get(mention.id, ()), ruled)
    outright = {(claim.prop, claim.value) for claim in claims if claim.stance == "asserts"}
    hedged = {(claim.prop, claim.value) for claim in claims if claim.stance == "hedges"} - outright
    sure = {prop for prop, _ in outright} - {prop for prop, _ in hedged}
    days = _stated([value for prop, value in outright if prop == "date"]) if "date" in sure else None
    printed = (published.articles[mention.article_id].published or "")[:10]
    return Told(mention.id, mention.kind, "place" in sure, days, printed or None)


def _stated(values: Sequence[str]) -> tuple[str, str] | None:
    """Give the first and last of the days stated; None where one is open, or they are many."""
    found = [read_days(value) for value in values]
    first = [days.low for days in found if days is not None and days.low is not None]
    last = [days.high for days in found if days is not None and days.high is not None]
    if not len(first) == len(last) == len(found) or max(last) - min(first) >= MOST_DAYS:
        return None
    return date.fromordinal(min(first)).isoformat(), date.fromordinal(max(last)).isoformat()


def _standing(claims: Sequence[Claim], ruled: Mapping[str, Sequence[Ruling]]) -> Sequence[Claim]:
    """Give claims as people left them."""
    own = [ruling for claim in claims for ruling in ruled.get(claim.id, ())]
    return apply_rulings(claims, own)[0] if own else claims
