"""Mentions laid out by batches of articles, anywhere: rows for the index, and views packed until a pair asks for them.

Invariant: what is laid out follows from the articles of a batch and their claims, so that how they are cut into batches
and who lays them out changes nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from variorum.model import Claim, Mention
from variorum.resolve.gists import Gist, open_story
from variorum.resolve.probe import Sheet, lay_out, stack
from variorum.resolve.steady import cut_steadily
from variorum.resolve.view import NO_STORY, MentionView, Reports, lay_out_views

Share = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]  # like the built-in map: in order, each once

ARTICLES = 400  # of one batch on average, some tenths of a second
OPEN = 2_000  # views that lie open at a time: some 40 MB


class PackedViews(Mapping[str, MentionView]):
    """Views by mention, a fifth of their size until they are asked for; without their claims, which no pair needs."""

    def __init__(self, packed: Mapping[str, bytes], article_of: Mapping[str, str], gists: Mapping[str, Gist]) -> None:
        """Take views packed without their stories, which the gists of their articles hold."""
        self._packed = packed
        self._article_of = article_of
        self._gists = gists
        self._view = lru_cache(OPEN)(self._open)
        self._story = lru_cache(OPEN)(lambda article: open_story(gists[article]))

    def __getitem__(self, mention: str) -> MentionView:
        """Give a view."""
        return self._view(mention)

    def __iter__(self) -> Iterator[str]:
        """Go through the mentions."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Give the number of mentions."""
        return len(self._packed)

    def __contains__(self, mention: object) -> bool:
        """Tell whether a mention is among them, without opening it."""
        return mention in self._packed

    def some(self, mentions: Collection[str]) -> PackedViews:
        """Give some of them, to be sent elsewhere."""
        chosen = sorted(mentions)  # one order, whoever asks: the same views are the same bytes
        article_of = {mention: self._article_of[mention] for mention in chosen}
        gists = {id: self._gists[id] for id in sorted(set(article_of.values())) if id in self._gists}
        return PackedViews({mention: self._packed[mention] for mention in chosen}, article_of, gists)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel without what lies open."""
        return PackedViews, (self._packed, self._article_of, self._gists)

    def _open(self, mention: str) -> MentionView:
        view: MentionView = pickle.loads(self._packed[mention])
        article = self._article_of[mention]
        return replace(view, story=self._story(article)) if article in self._gists else view


@dataclass(frozen=True, slots=True)
class Laid:
    """Mentions laid out."""

    ids: tuple[str, ...]  # sorted
    sheet: Sheet  # a row for each, with its keys
    views: PackedViews


Batch = tuple[Reports, Mapping[str, Gist]]


def lay_out_all(told: Reports, gists: Mapping[str, Gist], share: Share = map) -> Laid:
    """Lay out all mentions; `told` needs no stories, since the gists hold them."""
    packed: dict[str, bytes] = {}
    sheets: list[Sheet] = [lay_out([])]
    for ids, sheet, views in share(_lay, _batches(told, gists)):
        sheets.append(sheet)
        packed.update(zip(ids, views))
    ids = sorted(packed)
    row = {id: number for number, id in enumerate(packed)}
    sheet = stack(sheets).taken(np.array([row[id] for id in ids], np.int64))
    return Laid(
        tuple(ids), sheet, PackedViews(packed, {mention.id: mention.article_id for mention in told.mentions}, gists)
    )


def _batches(told: Reports, gists: Mapping[str, Gist]) -> Iterator[Batch]:
    """Cut reports into batches, all of an article in one."""
    by_article: dict[str, list[Mention]] = {}
    for mention in told.mentions:
        by_article.setdefault(mention.article_id, []).append(mention)
    # In the order in which they came: what is new stands at the end, and the pieces before it stay as they are.
    came = {id: place for place, id in enumerate(told.articles)}
    for some in cut_steadily(sorted(by_article, key=lambda id: (came.get(id, -1), id)), str, ARTICLES):
        yield _batch(told, gists, [mention for id in some for mention in by_article[id]])


def _batch(told: Reports, gists: Mapping[str, Gist], mentions: Sequence[Mention]) -> Batch:
    articles = sorted({mention.article_id for mention in mentions})
    claims: dict[str, Sequence[Claim]] = {one.id: told.claims[one.id] for one in mentions if one.id in told.claims}
    places = sorted({claim.value for rows in claims.values() for claim in rows if claim.prop == "place"})
    return Reports(
        sorted(mentions, key=lambda mention: mention.id),
        claims,
        {id: told.articles[id] for id in articles if id in told.articles},
        {},
        {id: told.roots[id] for id in articles if id in told.roots},
        {value: told.places[value] for value in places},
    ), {id: gists[id] for id in articles if id in gists}


def _lay(batch: Batch) -> tuple[list[str], Sheet, list[bytes]]:
    told, gists = batch
    views = lay_out_views(replace(told, stories={id: open_story(gist) for id, gist in gists.items()}))
    bare = (replace(view, claims=(), story=NO_STORY) for view in views)
    return [view.id for view in views], lay_out(views), [pickle.dumps(view, pickle.HIGHEST_PROTOCOL) for view in bare]
