"""From what a ledger holds to copies, events and stories. Nothing is written here.

Invariant: each text is read once, by whoever has time, and let go; in memory stay the articles without their texts and
what is needed of these. The result is the same however the work is shared out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from variorum.gather.copies import find_copies_by_imprint
from variorum.gather.imprints import Imprint, make_imprints
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_articles
from variorum.model import Article, Claim, Copy, Judgement, Mention, Named, Redirect, Ruling, Story, story_id
from variorum.pipeline.carrying import names_so_far
from variorum.pipeline.gathering import Progress, tell_nobody
from variorum.pipeline.places import gazetteer
from variorum.resolve.gists import Gist, Span, make_gist
from variorum.resolve.resolution import Abroad, Resolution, resolve
from variorum.resolve.rulings import rule_copies
from variorum.resolve.stories import group_stories
from variorum.resolve.storywords import Counts, count_words, weigh_words

Share = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]  # like the built-in map: in order, each once

TEXTS = 100  # articles read in one go, half a second
# Articles under which all is done in this process. With fewer, starting two others (1.5 s until the tables of words are
# loaded) takes longer than the half that they would do of some 6 ms an article.
WORTH_SHARING = 1_000


@dataclass(frozen=True)
class Held:
    """What a ledger held at one moment: all that its events follow from."""

    articles: Sequence[Article]  # by number, without their texts
    fetch: Callable[[Collection[str]], Iterable[Article]]  # from ids to articles with their texts, by number
    mentions: Sequence[Mention]
    claims: Sequence[Claim]
    judgements: Sequence[Judgement]
    rulings: Sequence[Ruling]
    names: tuple[Collection[Named], Mapping[str, Collection[str]]]
    redirects: Sequence[Redirect]
    state: str = ""
    run: int = 0  # number of the last run; another one means that other events and names were written


def hold(ledger: Ledger) -> Held:
    """Read what the events of a ledger follow from; an article never changes, so texts can be fetched later."""
    return Held(
        [_with_one_copy(article) for article in ledger.heads()],
        partial(pick_articles, ledger),
        [_with_one_copy(mention) for mention in ledger.mentions()],
        [_with_one_copy(claim) for claim in ledger.claims()],
        list(ledger.judgements()),
        list(ledger.rulings()),
        names_so_far(ledger),
        list(ledger.redirects()),
    )


# Fields whose strings stand in many rows. Each string is kept once: that halves what the rows of a large ledger take.
_REPEATED = {
    Mention: ("id", "article_id", "reading_id", "kind"),
    Claim: ("mention_id", "reading_id", "prop", "value", "scope", "source", "stance", "as_of"),
    Article: ("id", "outlet", "published", "published_basis", "lang", "fetched_at"),
}
Row = TypeVar("Row", Mention, Claim, Article)


def _with_one_copy(row: Row) -> Row:
    texts = {name: getattr(row, name) for name in _REPEATED[type(row)]}
    once: dict[str, Any] = {name: sys.intern(text) for name, text in texts.items() if text is not None}
    return replace(row, **once)


@dataclass(frozen=True)
class Texts:
    """What is needed of the texts of all articles."""

    imprints: Sequence[Imprint]  # for copies
    gists: Mapping[str, Gist]  # for events, by article id
    counts: Sequence[Counts]  # for stories, by batches


def read_texts(held: Held, share: Share = map, tell: Progress = tell_nobody) -> Texts:
    """Read every text once."""
    imprints: list[Imprint] = []
    gists: dict[str, Gist] = {}
    counts: list[Counts] = []
    for some, more, counted in sharing(held, share)(_read_batch, _batches(held)):
        imprints += some
        gists.update(more)
        counts.append(counted)
        tell("Copies", len(imprints), len(held.articles))
    return Texts(imprints, gists, counts)


def sharing(held: Held, share: Share) -> Share:
    """Give how to share out what is worth it."""
    return share if len(held.articles) >= WORTH_SHARING else map


Batch = Sequence[tuple[Article, Sequence[Span]]]


def _batches(held: Held) -> Iterator[Batch]:
    spans: dict[str, list[Span]] = {}
    for mention in held.mentions:
        spans.setdefault(mention.article_id, []).append((mention.start, mention.end))
    for start in range(0, len(held.articles), TEXTS):
        ids = [article.id for article in held.articles[start : start + TEXTS]]
        yield [(article, spans.get(article.id, ())) for article in held.fetch(ids)]


def _read_batch(batch: Batch) -> tuple[list[Imprint], dict[str, Gist], Counts]:
    articles = [article for article, _ in batch]
    gists = {article.id: make_gist(article, spans) for article, spans in batch if spans}
    return make_imprints(articles), gists, count_words(articles)


def copies_of(held: Held, texts: Texts, share: Share = map) -> list[Copy]:
    """Give which articles copy which, by their texts and by what people said."""
    return rule_copies(find_copies_by_imprint(texts.imprints, sharing(held, share)), held.rulings)


def resolve_held(held: Held, texts: Texts, copies: Sequence[Copy], share: Share = map, *, now: str) -> Resolution:
    """Give the events that follow from what a ledger held."""
    register, had_last = held.names
    return resolve(
        held.articles,
        held.mentions,
        held.claims,
        copies,
        held.judgements,
        held.rulings,
        register=register,
        previous=had_last,
        redirects=held.redirects,
        gazetteer=gazetteer(),
        now=now,
        abroad=Abroad(sharing(held, share), texts.gists, held.fetch),
    )


def make_stories(articles: Iterable[Article], counts: Iterable[Counts] | None = None) -> tuple[Story, ...]:
    """Group articles into stories, sorted by id; `articles` are in the order in which the ledger numbered them.

    A story is named by the article that came into the ledger first, so a late one never renames it; of two stories that
    it brings together the older name stays. Its title is that of the earliest published. `counts` are of the words of
    all articles; where they are given, the articles need no text.
    """
    by_id = {article.id: article for article in articles}
    came = {id: place for place, id in enumerate(by_id)}
    found = []
    for group in group_stories(weigh_words([count_words(by_id.values())] if counts is None else counts)):
        first = min(group, key=lambda id: (by_id[id].published or "9999", id))
        found.append(Story(story_id(min(group, key=came.__getitem__)), tuple(sorted(group)), by_id[first].title))
    return tuple(sorted(found, key=lambda story: story.id))
