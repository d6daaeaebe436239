"""Reports read and resolved, and which event each is about, for the gates that group reports.

Invariant: which event a report is about follows from what was read in it, never from people's codes.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from bench.reader import parts, use
from variorum.extract.rules import read_article
from variorum.gather.copies import find_copies
from variorum.model import Article, Claim, Copy, Event, Extraction, Mention
from variorum.pipeline.places import gazetteer
from variorum.resolve.resolution import Resolution, resolve

NOW = "2000-01-01T00:00:00Z"  # time of reading and naming; no figure depends on it
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """A collection of reports with what was read in them and what follows."""

    articles: tuple[Article, ...]  # each once, in the order given
    readings: Mapping[str, Extraction]  # article id → what was read in it
    copies: tuple[Copy, ...]
    resolution: Resolution

    def principals(self) -> dict[str, str]:
        """Lead each article to the event it is about, or to itself where it tells of none."""
        events = index_events(self.resolution.events)
        return {
            article.id: principal_event(article, told.mentions, told.claims, events) or article.id
            for article in self.articles
            for told in (self.readings[article.id],)
        }

    def compared(self, gold: Mapping[str, object]) -> dict[str, float]:
        """Give the share of the pairs of articles of one group of which mentions were compared, and pairs per mention.

        `gold` leads an article to its group; pairs of articles that tell of no event count too.
        """
        article_of = {m.id: id for id, told in self.readings.items() for m in told.mentions}
        links = self.resolution.links
        met = {frozenset((article_of[link.left], article_of[link.right])) for link in links}
        groups: dict[object, list[str]] = {}
        for id in sorted(gold):
            groups.setdefault(gold[id], []).append(id)
        pairs = [frozenset(pair) for group in groups.values() for pair in combinations(group, 2)]
        mentions = sum(len(event.mentions) for event in self.resolution.events)
        return {
            "candidate_recall": round(sum(pair in met for pair in pairs) / max(1, len(pairs)), 4),
            "pairs_per_mention": round(len(links) / max(1, mentions), 2),
        }


def read_and_resolve(articles: Sequence[Article]) -> Resolved:
    """Read articles in two processes and resolve all that they tell; an article given twice counts once."""
    unique = tuple({article.id: article for article in articles}.values())
    with multiprocessing.get_context("spawn").Pool(PROCESSES, use, (parts(),)) as pool:
        return resolve_readings(unique, pool.map(_read, unique, chunksize=16))


def resolve_readings(articles: Sequence[Article], readings: Sequence[Extraction]) -> Resolved:
    """Resolve all that was read in articles, each given once with its reading."""
    copies = find_copies(articles)
    resolution = resolve(
        articles,
        [mention for told in readings for mention in told.mentions],
        [claim for told in readings for claim in told.claims],
        copies,
        gazetteer=gazetteer(),
        now=NOW,
    )
    by_article = {article.id: told for article, told in zip(articles, readings, strict=True)}
    return Resolved(tuple(articles), by_article, tuple(copies), resolution)


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


def _read(article: Article) -> Extraction:
    return read_article(article, gazetteer(), parts())
