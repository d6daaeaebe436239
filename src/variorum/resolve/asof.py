"""One event settled again from some of its mentions: how it stood on an earlier day. No grouping here.

Invariant: the grouping is today's; only values, relations and title follow from the mentions given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from variorum.model import Article, Claim, Copy, Event, Mention, Ruling
from variorum.resolve.relate import relate
from variorum.resolve.resolution import kind_of
from variorum.resolve.settle import settle
from variorum.resolve.title import make_title
from variorum.resolve.view import Gazetteer, make_views
from variorum.resolve.voices import make_said


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
    rows = list(mentions)
    own = {row.article_id: articles[row.article_id] for row in rows}
    views = make_views(own.values(), rows, claims, copies, rulings, gazetteer=gazetteer)
    texts = {id: article.text for id, article in own.items()}
    said = make_said(
        (claim for view in views for claim in view.claims),
        {view.id: view.article_id for view in views},
        own,
        {view.article_id: view.root for view in views},
    )
    values = tuple(settle(said, texts))
    kind = kind_of(views)
    return replace(
        event,
        kind=kind,
        title=make_title(kind, values),
        mentions=tuple(sorted(view.id for view in views)),
        values=values,
        relations=relate(said, texts),
    )
