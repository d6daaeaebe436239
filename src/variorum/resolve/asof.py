"""One event settled again from some of its mentions: how it stood on an earlier day. No names are given here.

Invariant: what today's event does not hold never comes in; what only a later report brought together stands apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from variorum.model import Article, Claim, Copy, Event, Judgement, Mention, Ruling
from variorum.resolve.incremental import Standing
from variorum.resolve.resolution import kind_of, work_out
from variorum.resolve.title import make_title
from variorum.resolve.view import Gazetteer, make_views
from variorum.resolve.voices import make_said


def stood_together(
    kept: Collection[str],
    founder: str,
    articles: Iterable[Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy],
    judgements: Iterable[Judgement],
    rulings: Iterable[Ruling],
    *,
    gazetteer: Gazetteer,
) -> frozenset[str]:
    """Give those of an event's mentions that hang together without its later reports, with the founder or the earliest.

    In: the ids of the mentions kept and of the founding one, and of the articles of the kept all mentions and claims,
    since a mention is compared with what its report tells around it.
    """
    views = {view.id: view for view in make_views(articles, mentions, claims, copies, rulings, gazetteer=gazetteer)}
    there = [views[id] for id in sorted(kept) if id in views]
    if len(there) < 2:
        return frozenset(kept)
    standing = Standing()
    standing.judge(judgements)
    standing.add(there)
    first = founder if founder in kept else min(there, key=lambda view: view.order).id
    return frozenset(next((group for group in standing.grouping().groups if first in group), tuple(kept)))


def settle_event(
    event: Event,
    articles: Mapping[str, Article],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    copies: Iterable[Copy],
    rulings: Iterable[Ruling],
    *,
    gazetteer: Gazetteer,
) -> Event:
    """Give the event with the values, relations and title that these mentions bear out.

    `articles` leads from id to article; only those of the mentions count.
    """
    rows, rulings = list(mentions), list(rulings)
    own = {row.article_id: articles[row.article_id] for row in rows}
    views = make_views(own.values(), rows, claims, copies, rulings, gazetteer=gazetteer)
    texts = {id: article.text for id, article in own.items()}
    said = make_said(
        (claim for view in views for claim in view.claims),
        {view.id: view.article_id for view in views},
        own,
        {view.article_id: view.root for view in views},
    )
    values, relations = work_out(said, texts, list(rulings))
    kind = kind_of(views)
    return replace(
        event,
        kind=kind,
        title=make_title(kind, values),
        mentions=tuple(sorted(view.id for view in views)),
        values=values,
        relations=relations,
    )
