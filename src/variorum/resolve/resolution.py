"""The whole step in one pure function: what was read and decided → events, their names and what was refused.

Invariant: the result does not depend on the order of anything given, and nothing but the arguments decides it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter, itemgetter

from variorum.model import (
    Article,
    Claim,
    Copy,
    Counted,
    Event,
    Judgement,
    Mention,
    Named,
    Redirect,
    Related,
    Relation,
    Ruling,
    Settled,
)
from variorum.resolve.candidates import Cut
from variorum.resolve.cluster import Bridge, Link, Refused, live_verdicts
from variorum.resolve.compare import load_weights
from variorum.resolve.gists import Gist, make_gist
from variorum.resolve.identity import identify
from variorum.resolve.incremental import Standing
from variorum.resolve.laid import Share, lay_out_all
from variorum.resolve.relate import relate
from variorum.resolve.rulings import apply_rulings, part_words, without_dismissed
from variorum.resolve.scoring import share_scoring
from variorum.resolve.settle import settle
from variorum.resolve.steady import cut_steadily
from variorum.resolve.structure import find_structure
from variorum.resolve.title import make_title
from variorum.resolve.view import (
    Extent,
    Gazetteer,
    MentionView,
    Reports,
    founding_order,
    group_claims,
    lineage_roots,
    make_extent,
    rule_events,
)
from variorum.resolve.voices import Said, make_said
from variorum.schema import load_schema

EVENTS = 200  # settled in one go, some tenths of a second


@dataclass(frozen=True, slots=True)
class Abroad:
    """How a large collection is resolved: who works, and where the texts are, so that they need not lie in memory.

    The result is the same whatever is given here.
    """

    share: Share = map
    gists: Mapping[str, Gist] | None = None  # by article id; made from the articles where not given
    # From article ids to the articles with their texts, where those given have none.
    fetch: Callable[[Collection[str]], Iterable[Article]] | None = None


HERE = Abroad()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What follows from the material."""

    events: tuple[Event, ...]  # sorted by id
    assignment: Mapping[str, tuple[str, ...]]  # event id -> mention ids: the next call's `previous`
    register: tuple[Named, ...]
    redirects: tuple[Redirect, ...]
    refused: tuple[Refused, ...]  # merges that something wanted and something forbade
    bridges: tuple[Bridge, ...]  # single links by which an event hangs together
    links: tuple[Link, ...]  # every pair that was scored
    unsure: tuple[Link, ...]  # pairs for a person, most uncertain first
    cut: tuple[Cut, ...]  # pairs not looked at because a mention had too many
    related: tuple[Related, ...] = ()  # how events stand to each other in the words of reports
    counted: tuple[Counted, ...] = ()  # counts of several events, with the events found


def resolve(
    articles: Iterable[Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy] = (),
    judgements: Iterable[Judgement] = (),
    rulings: Iterable[Ruling] = (),
    register: Iterable[Named] = (),
    previous: Mapping[str, Collection[str]] | None = None,
    *,
    redirects: Iterable[Redirect] = (),
    gazetteer: Gazetteer | None = None,
    now: str,
    abroad: Abroad = HERE,
) -> Resolution:
    """Resolve live mentions into named events with settled values and relations.

    `previous` leads from the id of each live event to its mentions, `now` is the time of naming (ISO 8601). Without a
    gazetteer a place is only the same as itself. `abroad` shares the work out among processes.
    """
    heads = {article.id: article for article in articles}
    mentions, claims, copies, rulings = list(mentions), list(claims), list(copies), list(rulings)
    decisions = list(judgements)
    gists = _make_gists(heads, mentions) if abroad.gists is None else abroad.gists
    told = _reports(heads, mentions, claims, copies, rulings, gazetteer)
    printed = {one.id: founding_order(one, heads.get(one.article_id)) for one in told.mentions}
    standing = Standing(share_scoring(printed.__getitem__, abroad.share), share=abroad.share)
    standing.judge(decisions)
    standing.begin(lay_out_all(told, gists, abroad.share))
    links, grouping = standing.links(), standing.grouping()
    cut = standing.cut()
    del standing
    founded = [tuple(sorted(group, key=printed.__getitem__)) for group in grouping.groups]
    identity = identify(founded, register, previous or {}, redirects, now=now)
    fetch = abroad.fetch or (lambda ids: [heads[id] for id in ids])
    # By time: what is new changes late events, and the pieces before them stay as they are.
    in_time = sorted(identity.assignment.items(), key=lambda item: min(map(printed.__getitem__, item[1])))
    batches = _event_batches(in_time, told, rulings, fetch)
    events = tuple(sorted(chain.from_iterable(abroad.share(make_events, batches)), key=attrgetter("id")))
    linked = {article.id: article for article in fetch([id for id in heads if id in gists and gists[id].linked])}
    between = find_structure(events, linked, mentions, claims, copies, rulings, gazetteer=gazetteer)
    return Resolution(
        events=events,
        assignment=identity.assignment,
        register=identity.register,
        redirects=identity.redirects,
        refused=grouping.refused,
        bridges=grouping.bridges,
        links=tuple(links),
        unsure=tuple(_unsure(links, decisions, load_weights())),
        cut=tuple(cut),
        related=between.related,
        counted=between.counted,
    )


def _make_gists(articles: Mapping[str, Article], mentions: Iterable[Mention]) -> dict[str, Gist]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for mention in mentions:
        spans.setdefault(mention.article_id, []).append((mention.start, mention.end))
    return {id: make_gist(articles[id], spans[id]) for id in spans.keys() & articles.keys()}


def _reports(
    articles: Mapping[str, Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy],
    rulings: Sequence[Ruling],
    gazetteer: Gazetteer | None,
) -> Reports:
    """Put together what views and events follow from, without the texts."""
    standing, _ = apply_rulings(claims, rulings)
    places: dict[str, Extent] = {}
    for value in {claim.value for claim in standing if claim.prop == "place"}:
        make_extent(value, gazetteer, places)
    roots = lineage_roots(articles, copies)
    heads = {id: replace(article, text="") for id, article in articles.items()}
    return Reports(rule_events(mentions, rulings), group_claims(standing), heads, {}, roots, places)


def _unsure(links: Iterable[Link], judgements: Iterable[Judgement], weights: Mapping[str, float]) -> list[Link]:
    """Give the pairs that a person should look at, those nearest to even odds first; decided ones do not come back."""
    same, different = live_verdicts(judgements)
    decided = {(min(row.left, row.right), max(row.left, row.right)) for row in (*same, *different)}
    waiting = [
        link
        for link in links
        if link.veto is None
        and weights["unsure"] <= link.score < weights["join"]
        and (link.left, link.right) not in decided
    ]
    return sorted(waiting, key=lambda link: (abs(link.logit), link.left, link.right))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Some events before their values are settled, with what these follow from."""

    events: Sequence[tuple[str, Sequence[Mention]]]
    claims: Mapping[str, Sequence[Claim]]  # standing ones by mention, in the order of the text
    articles: Mapping[str, Article]  # with texts those that tell of the events, without those that they copy
    roots: Mapping[str, str]
    rulings: Sequence[Ruling]  # on relations


def _event_batches(
    assignment: Iterable[tuple[str, Sequence[str]]],
    told: Reports,
    rulings: Iterable[Ruling],
    fetch: Callable[[Collection[str]], Iterable[Article]],
) -> Iterator[Unsettled]:
    """Cut the events into batches, in their order."""
    ruled = [row for row in rulings if row.field == "relation"]
    by_id = {mention.id: mention for mention in told.mentions}
    for some in cut_steadily(assignment, itemgetter(0), EVENTS):
        events = [(id, [by_id[mention] for mention in members]) for id, members in some]
        claims = {one.id: told.claims.get(one.id, ()) for _, members in events for one in members}
        own = {one.article_id for _, members in events for one in members}
        roots = {id: told.roots.get(id, id) for id in sorted(own)}
        articles = {id: told.articles[id] for id in roots.values() if id in told.articles}
        articles |= {article.id: article for article in fetch([id for id in roots if id in told.articles])}
        yield Unsettled(events, claims, articles, roots, ruled)


def make_events(batch: Unsettled) -> list[Event]:
    """Settle the values and relations of some events."""
    texts = {article_id: article.text for article_id, article in batch.articles.items()}
    events: list[Event] = []
    for event_id, members in batch.events:
        article_of = {mention.id: mention.article_id for mention in members}
        roots = {id: batch.roots[id] for id in article_of.values()}
        claims = (claim for mention in members for claim in batch.claims[mention.id])
        said = make_said(claims, article_of, batch.articles, roots)
        values, relations = work_out(said, texts, batch.rulings)
        kind = _most_reported(Counter(kind for kind, _ in {(one.kind, roots[one.article_id]) for one in members}))
        ids = tuple(mention.id for mention in members)
        events.append(Event(event_id, kind, make_title(kind, values), ids, values, relations))
    return events


def work_out(
    said: Sequence[Said], texts: Mapping[str, str], rulings: Collection[Ruling] = ()
) -> tuple[tuple[Settled, ...], tuple[Relation, ...]]:
    """Give the values and relations that follow from an event's claims and from what people said of relations."""
    said = part_words(said, rulings)
    return without_dismissed(settle(said, texts), relate(said, texts), said, rulings)


def kind_of(members: Sequence[MentionView]) -> str:
    """Give the kind that most lineages of an event report; a tie goes to the kind that the schema lists first."""
    return _most_reported(Counter(kind for kind, _ in {(view.kind, view.root) for view in members}))


def _most_reported(lineages: Mapping[str, int]) -> str:
    order = {kind: index for index, kind in enumerate(load_schema().kinds)}
    return min(lineages, key=lambda kind: (-lineages[kind], order[kind]))
