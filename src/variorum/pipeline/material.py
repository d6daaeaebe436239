"""What an edition is made of, read from a ledger: all of it, or of a few events only what they need.

Invariant: an edition of a few events says the same, whichever way its rows were read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.ledger import Ledger
from variorum.ledger.picked import (
    pick_articles,
    pick_between,
    pick_claims,
    pick_copies,
    pick_members,
    pick_mentions,
    pick_rulings,
)
from variorum.model import Article, Claim, Copy, Event, Mention, Ruling, Structure

FEW = 2_000  # events: from here on it costs less to walk through the whole ledger than to ask for each row


@dataclass(frozen=True, slots=True)
class Material:
    """Rows of a ledger; of a few events, those of the articles that report them and of the originals of these."""

    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    articles: Sequence[Article]
    copies: Sequence[Copy]
    rulings: Sequence[Ruling]  # those that were not taken back
    between: Structure
    members: Mapping[str, Sequence[str]]  # the mentions of the events that the rows between events name
    every_ruling: Callable[[], Sequence[Ruling]]


def read_whole(ledger: Ledger, events: Sequence[Event], *, frozen: bool) -> Material:
    """Read everything; `frozen` takes what no reading finds any more too, and of claims those that the events name."""
    claims = list(ledger.claims(live=not frozen))
    if frozen:
        named = {id for event in events for id in _claim_ids(event)}
        claims = [claim for claim in claims if claim.id in named]
    return Material(
        list(ledger.mentions(live=not frozen)),
        claims,
        list(ledger.articles()),
        list(ledger.copies()),
        list(ledger.rulings()),
        Structure() if frozen else ledger.structure(),
        {event.id: event.mentions for event in ledger.events()},
        lambda: list(ledger.rulings(live=False)),
    )


def read_few(ledger: Ledger, events: Sequence[Event], *, frozen: bool, dated: bool) -> Material:
    """Read what a few events need: all that the articles that report them say, and the originals of copies.

    `dated` also takes what tells since when the events are known that stand beside them.
    """
    between = Structure() if frozen else pick_between(ledger, [event.id for event in events])
    wanted = {id for event in events for id in event.mentions} | {count.mention_id for count in between.counted}
    members: dict[str, list[str]] = {}
    if dated:
        beside = {id for tie in between.related for id in (tie.left, tie.right)}
        members = pick_members(ledger, beside.union(*(count.events for count in between.counted)))
        wanted.update(*members.values())
    known = pick_mentions(ledger, wanted, live=not frozen)
    reports = {mention.article_id for mention in known}
    mentions = pick_mentions(ledger, articles=reports, live=not frozen)
    if frozen:
        claims = pick_claims(ledger, ids={id for event in events for id in _claim_ids(event)}, live=False)
    else:
        claims = pick_claims(ledger, [mention.id for mention in mentions])
    copies = pick_copies(ledger, reports)
    printed = {id for tie in between.related for id in (tie.article_id, *tie.articles)}
    articles = pick_articles(ledger, reports | printed | {copy.original_id for copy in copies})
    subjects = {claim.id for claim in claims} | {mention.id for mention in mentions} | {one.id for one in articles}
    return Material(
        mentions,
        claims,
        articles,
        copies,
        pick_rulings(ledger, subjects),
        between,
        members,
        lambda: pick_rulings(ledger, subjects, live=False),
    )


def _claim_ids(event: Event) -> Iterator[str]:
    for settled in event.values:
        yield from settled.support
        yield from settled.against
    for relation in event.relations:
        yield from (id for id in (relation.left, relation.right) if id is not None)
