"""The whole step in one pure function: what was read and decided → events, their names and what was refused.

Invariant: the result does not depend on the order of anything given, and nothing but the arguments decides it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

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
from variorum.resolve.compare import Comparison, compare, load_weights
from variorum.resolve.identity import Identity, identify
from variorum.resolve.incremental import Standing
from variorum.resolve.relate import relate
from variorum.resolve.rulings import part_words, without_dismissed
from variorum.resolve.scoring import score_pairs
from variorum.resolve.settle import settle
from variorum.resolve.structure import find_structure
from variorum.resolve.title import make_title
from variorum.resolve.view import Gazetteer, MentionView, make_views
from variorum.resolve.voices import Said, make_said
from variorum.schema import load_schema


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
    unsure: tuple[Comparison, ...]  # pairs for a person, most uncertain first
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
    workers: int = 1,
) -> Resolution:
    """Resolve live mentions into named events with settled values and relations.

    `previous` leads from the id of each live event to its mentions, `now` is the time of naming (ISO 8601). Without a
    gazetteer a place is only the same as itself. `workers` are the processes that share the scoring of many pairs.
    """
    articles_by_id = {article.id: article for article in articles}
    mentions, claims, copies, rulings = list(mentions), list(claims), list(copies), list(rulings)
    decisions = list(judgements)
    views = make_views(articles_by_id.values(), mentions, claims, copies, rulings, gazetteer=gazetteer)
    by_id = {view.id: view for view in views}
    standing = Standing(partial(score_pairs, workers=workers))
    standing.judge(decisions)
    standing.add(views)
    links, grouping = standing.links(), standing.grouping()
    founded = [tuple(sorted(group, key=lambda mention: by_id[mention].order)) for group in grouping.groups]
    identity = identify(founded, register, previous or {}, redirects, now=now)
    events = tuple(_make_events(identity, by_id, articles_by_id, rulings))
    between = find_structure(events, articles_by_id, mentions, claims, copies, rulings, gazetteer=gazetteer)
    return Resolution(
        events=events,
        assignment=identity.assignment,
        register=identity.register,
        redirects=identity.redirects,
        refused=grouping.refused,
        bridges=grouping.bridges,
        links=tuple(links),
        unsure=tuple(_unsure(links, by_id, decisions, load_weights())),
        cut=tuple(standing.cut()),
        related=between.related,
        counted=between.counted,
    )


def _unsure(
    links: Iterable[Link],
    views: Mapping[str, MentionView],
    judgements: Iterable[Judgement],
    weights: Mapping[str, float],
) -> list[Comparison]:
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
    waiting.sort(key=lambda link: (abs(link.logit), link.left, link.right))
    return [compare(views[link.left], views[link.right]) for link in waiting]


def _make_events(
    identity: Identity, views: Mapping[str, MentionView], articles: Mapping[str, Article], rulings: Sequence[Ruling]
) -> list[Event]:
    texts = {article_id: article.text for article_id, article in articles.items()}
    ruled = [row for row in rulings if row.field == "relation"]
    events: list[Event] = []
    for event_id, mentions in identity.assignment.items():
        members = [views[mention] for mention in mentions]
        article_of = {view.id: view.article_id for view in members}
        roots = {view.article_id: view.root for view in members}
        said = make_said((claim for view in members for claim in view.claims), article_of, articles, roots)
        values, relations = work_out(said, texts, ruled)
        kind = kind_of(members)
        events.append(Event(event_id, kind, make_title(kind, values), mentions, values, relations))
    return events


def work_out(
    said: Sequence[Said], texts: Mapping[str, str], rulings: Collection[Ruling] = ()
) -> tuple[tuple[Settled, ...], tuple[Relation, ...]]:
    """Give the values and relations that follow from an event's claims and from what people said of relations."""
    said = part_words(said, rulings)
    return without_dismissed(settle(said, texts), relate(said, texts), said, rulings)


def kind_of(members: Sequence[MentionView]) -> str:
    """Give the kind that most lineages of an event report; a tie goes to the kind that the schema lists first."""
    lineages = Counter(kind for kind, _ in {(view.kind, view.root) for view in members})
    order = {kind: index for index, kind in enumerate(load_schema().kinds)}
    return min(lineages, key=lambda kind: (-lineages[kind], order[kind]))
