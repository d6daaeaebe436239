"""Which event a report is about, for the gates that group reports: one event a report, that of its principal mention.

Invariant: the choice looks at what was read in the report alone, never at the people's codes or at other reports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from variorum.model import Article, Claim, Event, Mention


def index_events(events: Iterable[Event]) -> dict[str, str]:
    """Lead each mention to the event that holds it."""
    return {mention: event.id for event in events for mention in event.mentions}


def principal_mention(
    article: Article, mentions: Iterable[Mention], claims: Iterable[Claim], events: Mapping[str, str]
) -> Mention | None:
    """Give the mention that a report is about: in the title, else with the most claims; the first where several are.

    Mentions that are in no event (`events` leads a mention to its event) are passed over: background is no event.
    """
    own = [mention for mention in mentions if mention.article_id == article.id and mention.id in events]
    counted = Counter(claim.mention_id for claim in claims)
    headed = len(article.title)
    return min(own, key=lambda row: (row.start >= headed, -counted[row.id], row.start, row.id), default=None)


def principal_event(
    article: Article, mentions: Iterable[Mention], claims: Iterable[Claim], events: Mapping[str, str]
) -> str | None:
    """Give the id of the event that a report is about, that of its principal mention; None when it tells of none."""
    found = principal_mention(article, mentions, claims, events)
    return events[found.id] if found is not None else None
