"""From a ledger to what writers and faces need: editions, filtered and as known on a day.

Invariant: nothing here writes to a ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Copy, Event, Judgement, Mention, Ruling, Structure
from variorum.pipeline.material import FEW, Material, read_few, read_whole
from variorum.pipeline.places import gazetteer
from variorum.pipeline.recorded import Recorded
from variorum.pipeline.voices import name_sources
from variorum.publish import Edition, make_edition
from variorum.publish.select import Selection, select


def edition(
    ledger: Ledger,
    events: Sequence[Event] | None = None,
    *,
    chosen: Selection | None = None,
    as_of: str | None = None,
    frozen: bool = False,
    recorded: Recorded | None = None,
) -> Edition:
    """Give what writers need of a ledger: all events or those given, filtered, as known on a day.

    With `frozen`, the events given are earlier versions: they keep the claims that they were settled from, also where
    a later reading no longer finds them. With `recorded`, all is as the ledger had it at that moment.
    """
    if recorded is not None:
        events, frozen = list(recorded.events.values()) if events is None else events, True
    rows = list(ledger.events()) if events is None else list(events)
    if events is None or len(rows) > FEW:
        read = read_whole(ledger, rows, frozen=frozen)
    else:
        read = read_few(ledger, rows, frozen=frozen, dated=as_of is not None)
    mentions = {mention.id: mention for mention in read.mentions}
    articles = {article.id: article for article in read.articles}
    copies, rulings, claims = read.copies, read.rulings, read.claims
    if recorded is not None:
        copies = _held(copies, articles, recorded)
        rulings = [row for row in read.every_ruling() if recorded.counts(row.at, row.retracted)]
    day: _Day | None = None
    apart: dict[str, tuple[str, ...]] = {}
    if as_of is not None:
        day = _Day(ledger, as_of, articles, mentions, _by_mention(claims), copies, rulings)
        known = [row for row in map(day.settle, rows) if row is not None]
        rows = [event for event, _ in known]
        apart = {event.id: away for event, away in known if away}
    found = make_edition(
        rows,
        mentions=mentions.values(),
        claims=claims,
        articles=articles.values(),
        copies=copies,
        gazetteer=gazetteer(),
        between=_between(read, mentions, day),
    )
    found = found if chosen is None else select(found, chosen)
    return replace(found, voices=name_sources(found, rulings), rulings=rulings, apart=apart)


def with_all_articles(ledger: Ledger, published: Edition, recorded: Recorded | None = None) -> Edition:
    """Give an edition with every article of the ledger, also those that report none of its events."""
    articles = {article.id: article for article in ledger.articles()}
    copies: Sequence[Copy] = list(ledger.copies())
    if recorded is not None:
        copies = _held(copies, articles, recorded)
    return replace(published, articles=articles, copies=copies)


def _held(copies: Sequence[Copy], articles: Mapping[str, Article], recorded: Recorded) -> list[Copy]:
    return [copy for copy in copies if recorded.holds(articles[copy.original_id].fetched_at)]


def _between(read: Material, mentions: Mapping[str, Mention], day: _Day | None) -> Structure:
    """Give what stands between events in the words of the reports of a day; of an event not known by then, nothing."""
    known = read.between
    if day is None:
        return known
    there = {
        id
        for id, members in read.members.items()
        if any(not day.late(mentions[member].article_id) for member in members if member in mentions)
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


def _by_mention(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.mention_id].append(claim)
    return found


@dataclass(frozen=True)
class _Day:
    """What was known at the end of a day: undated reports, and all that was published by then."""

    ledger: Ledger
    day: str
    articles: dict[str, Article]
    mentions: dict[str, Mention]
    claims: dict[str, list[Claim]]
    copies: Sequence[Copy]
    rulings: Sequence[Ruling]

    def late(self, article_id: str) -> bool:
        """Tell whether an article was published after the day."""
        published = self.articles[article_id].published
        return published is not None and published[: len(self.day)] > self.day

    @cached_property
    def founders(self) -> dict[str, str]:
        """The founding mention of every event, by id."""
        return {row.event_id: row.founder for row in self.ledger.register()}

    @cached_property
    def by_article(self) -> dict[str, list[Mention]]:
        """The mentions of every article."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions.values():
            found[mention.article_id].append(mention)
        return found

    @cached_property
    def judgements(self) -> list[Judgement]:
        """People's words on pairs of mentions, as of today."""
        return list(self.ledger.judgements())

    @cached_property
    def known_copies(self) -> list[Copy]:
        """The copies of originals that were there."""
        return [copy for copy in self.copies if not self.late(copy.original_id)]

    def settle(self, event: Event) -> tuple[Event, tuple[str, ...]] | None:
        """Give an event without what was published later, and the articles that only a later one brought to it."""
        known = [id for id in event.mentions if not self.late(self.mentions[id].article_id)]
        if len(known) == len(event.mentions):
            return event, ()
        if not known:
            return None
        from variorum.resolve.asof import settle_event  # the matcher: 100 ms to import

        together = self._together(event, known)
        kept = [id for id in known if id in together]
        here = {self.mentions[id].article_id for id in kept}
        away = {self.mentions[id].article_id for id in known} - here
        settled = settle_event(
            replace(event, mentions=tuple(kept)),
            articles=self.articles,
            mentions=[self.mentions[id] for id in kept],
            claims=[claim for id in kept for claim in self.claims.get(id, ())],
            copies=self.known_copies,
            rulings=self.rulings,
            gazetteer=gazetteer(),
        )
        return settled, tuple(sorted(away))

    def _together(self, event: Event, known: Sequence[str]) -> frozenset[str]:
        from variorum.resolve.asof import stood_together

        reports = {self.mentions[id].article_id for id in known}
        around = [mention for id in sorted(reports) for mention in self.by_article[id]]
        return stood_together(
            known,
            self.founders.get(event.id, ""),
            [self.articles[id] for id in sorted(reports)],
            around,
            [claim for mention in around for claim in self.claims.get(mention.id, ())],
            [copy for copy in self.known_copies if copy.article_id in reports],
            self.judgements,
            self.rulings,
            gazetteer=gazetteer(),
        )
