"""From a ledger to what writers and faces need: editions, filtered and as known on a day.

Invariant: nothing here writes to a ledger.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Copy, Event, Mention
from variorum.pipeline.runs import gazetteer
from variorum.publish import Edition, make_edition, write
from variorum.publish.select import Selection, select
from variorum.resolve.asof import settle_event


def edition(
    ledger: Ledger,
    events: Sequence[Event] | None = None,
    *,
    chosen: Selection | None = None,
    as_of: str | None = None,
) -> Edition:
    """Give what writers need of a ledger: all events or those given, filtered, as known on a day."""
    rows = list(ledger.events()) if events is None else list(events)
    copies = list(ledger.copies())
    articles = {article.id: article for article in ledger.articles()}
    mentions = {mention.id: mention for mention in ledger.mentions()}
    claims = list(ledger.claims())
    if as_of is not None:
        late = {
            id for id, article in articles.items() if article.published is not None and article.published[:10] > as_of
        }
        rows = [
            event
            for event in (_as_of(event, late, mentions, claims, articles, copies, ledger) for event in rows)
            if event
        ]
    found = make_edition(
        rows,
        mentions=mentions.values(),
        claims=claims,
        articles=articles.values(),
        copies=copies,
        gazetteer=gazetteer(),
    )
    return found if chosen is None else select(found, chosen)


def _as_of(
    event: Event,
    late: Collection[str],
    mentions: Mapping[str, Mention],
    claims: Sequence[Claim],
    articles: Mapping[str, Article],
    copies: Sequence[Copy],
    ledger: Ledger,
) -> Event | None:
    """Give an event without what was published later: the grouping of today, settled from the words of that day."""
    kept = [id for id in event.mentions if mentions[id].article_id not in late]
    if not kept:
        return None
    own = set(kept)
    return settle_event(
        replace(event, mentions=tuple(kept)),
        articles=articles,
        mentions=[mentions[id] for id in kept],
        claims=[claim for claim in claims if claim.mention_id in own],
        copies=[copy for copy in copies if copy.original_id not in late],
        rulings=list(ledger.rulings()),
        gazetteer=gazetteer(),
    )


def write_edition(published: Edition, format: str, *, table: str = "events") -> Iterator[str]:
    """Give the pieces of text of one export in order. Raises UsageError for a format that no writer knows."""
    return write(published, format, table=table)
