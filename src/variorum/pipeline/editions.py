"""From a ledger to what writers and faces need: editions, filtered and as known on a day.

Invariant: nothing here writes to a ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Copy, Event, Mention, Ruling, Structure
from variorum.pipeline.readers import gazetteer
from variorum.publish import Edition, make_edition, write
from variorum.publish.select import Selection, select
from variorum.resolve.asof import settle_event


def edition(
    ledger: Ledger,
    events: Sequence[Event] | None = None,
    *,
    chosen: Selection | None = None,
    as_of: str | None = None,
    frozen: bool = False,
) -> Edition:
    """Give what writers need of a ledger: all events or those given, filtered, as known on a day.

    With `frozen`, the events given are earlier versions: they keep the claims that they were settled from, also where
    a later reading no longer finds them.
    """
    rows = list(ledger.events()) if events is None else list(events)
    mentions = {mention.id: mention for mention in ledger.mentions(live=not frozen)}
    claims = list(ledger.claims(live=not frozen))
    if frozen:
        named = {id for event in rows for id in _claim_ids(event)}
        claims = [claim for claim in claims if claim.id in named]
    articles = {article.id: article for article in ledger.articles()}
    copies = list(ledger.copies())
    day: _Day | None = None
    if as_of is not None:
        day = _Day(as_of, articles, mentions, _by_mention(claims), copies, list(ledger.rulings()))
        rows = [event for event in map(day.settle, rows) if event is not None]
    found = make_edition(
        rows,
        mentions=mentions.values(),
        claims=claims,
        articles=articles.values(),
        copies=copies,
        gazetteer=gazetteer(),
        between=Structure() if frozen else _between(ledger, mentions, day),
    )
    return found if chosen is None else select(found, chosen)


def _between(ledger: Ledger, mentions: Mapping[str, Mention], day: _Day | None) -> Structure:
    """Give what stands between events in the words of the reports of a day; of an event not known by then, nothing."""
    known = ledger.structure()
    if day is None:
        return known
    there = {
        event.id
        for event in ledger.events()
        if any(not day.late(mentions[id].article_id) for id in event.mentions if id in mentions)
    }
    return Structure(
        tuple(
            replace(tie, articles=tuple(id for id in tie.articles if not day.late(id)))
            for tie in known.related
            if {tie.left, tie.right} <= there and not day.late(tie.article_id)
        ),
        tuple(
            replace(count, events=tuple(id for id in count.events if id in there))
            for count in known.counted
            if not day.late(mentions[count.mention_id].article_id)
        ),
        tuple(
            replace(story, articles=tuple(id for id in story.articles if not day.late(id))) for story in known.stories
        ),
    )


def _claim_ids(event: Event) -> Iterator[str]:
    for settled in event.values:
        yield from settled.support
        yield from settled.against
    for relation in event.relations:
        yield from (id for id in (relation.left, relation.right) if id is not None)


def _by_mention(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.mention_id].append(claim)
    return found


@dataclass(frozen=True, slots=True)
class _Day:
    """What was known at the end of a day: undated reports, and all that was published by then."""

    day: str
    articles: dict[str, Article]
    mentions: dict[str, Mention]
    claims: dict[str, list[Claim]]
    copies: list[Copy]
    rulings: list[Ruling]

    def late(self, article_id: str) -> bool:
        """Tell whether an article was published after the day."""
        published = self.articles[article_id].published
        return published is not None and published[: len(self.day)] > self.day

    def settle(self, event: Event) -> Event | None:
        """Give an event without what was published later: the grouping of today, settled from the words of that day."""
        kept = [id for id in event.mentions if not self.late(self.mentions[id].article_id)]
        if len(kept) == len(event.mentions):
            return event
        if not kept:
            return None
        return settle_event(
            replace(event, mentions=tuple(kept)),
            articles=self.articles,
            mentions=[self.mentions[id] for id in kept],
            claims=[claim for id in kept for claim in self.claims.get(id, ())],
            copies=[copy for copy in self.copies if not self.late(copy.original_id)],
            rulings=self.rulings,
            gazetteer=gazetteer(),
        )


def write_edition(published: Edition, format: str, *, table: str = "events") -> Iterator[str]:
    """Give the pieces of text of one export in order. Raises UsageError for a format that no writer knows."""
    return write(published, format, table=table)
