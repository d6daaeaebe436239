"""Who says what in an event of an edition: its claims with their voices, each source by one name.

Invariant: nothing here writes to a ledger; everything follows from the claims and rulings alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Article, Copy, Event, Ruling
from variorum.publish import Edition
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.rulings import apply_rulings, part_words
from variorum.resolve.view import lineage_roots
from variorum.resolve.voices import Said, make_said


@dataclass(frozen=True, slots=True)
class Voiced:
    """The claims of one event with their voices, and the articles that they stand in."""

    said: list[Said]  # earliest first, with people's rulings applied
    articles: dict[str, Article]  # those that report the event
    originals: dict[str, Article]  # the same with the originals of copies
    roots: Mapping[str, str]  # article id -> the original of its lineage

    @property
    def texts(self) -> dict[str, str]:
        """The texts of the articles, by article id."""
        return {id: article.text for id, article in self.articles.items()}


def give_voices(
    published: Edition, event: Event, rulings: Sequence[Ruling] = (), copies: Mapping[str, Copy] | None = None
) -> Voiced:
    """Give the claims of an event with who says them; `copies`, by article id, are the edition's unless given."""
    articles = {article.id: article for article in published.articles_of(event)}
    claims, _ = apply_rulings(published.claims_of(event), rulings)
    known = {copy.article_id: copy for copy in published.copies} if copies is None else copies
    # An edition of an earlier day holds no later article of the event; a later original makes no copy of it yet.
    latest = max((article.published or "" for article in articles.values()), default="")
    kept = [
        copy
        for id in articles
        if (copy := known.get(id)) is not None
        and (copy.original_id in articles or (published.articles[copy.original_id].published or "") <= latest)
    ]
    roots = lineage_roots(articles, kept)
    article_of = {id: published.mentions[id].article_id for id in event.mentions}
    originals = {**articles, **{id: published.articles[id] for id in roots.values() if id in published.articles}}
    said = part_words(make_said(claims, article_of, originals, roots), rulings)
    return Voiced(said, articles, originals, roots)


def name_sources(published: Edition, rulings: Sequence[Ruling]) -> dict[str, str]:
    """Lead each claim of an edition to the one name that its source has in the event; "" is an outlet's own voice."""
    copies = {copy.article_id: copy for copy in published.copies}
    return {
        one.claim.id: "" if one.speaker.startswith(OWN_VOICE) else one.speaker
        for event in published.events
        for one in give_voices(published, event, rulings, copies).said
    }
