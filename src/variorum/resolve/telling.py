"""One report laid out: which events its words speak of, stretch by stretch. No comparing of events here.

Invariant: an event is spoken of where a live claim of one of its mentions stands, or where such a mention begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.model import Article, Claim, Mention

NEAR = 600  # characters back in which "the attack" finds what it stands for: the paragraph before


@dataclass(frozen=True, slots=True)
class Telling:
    """One report with its live mentions and standing claims, both in order of the text."""

    article: Article
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    event_of: Mapping[str, str]  # mention id -> event id

    def claims_in(self, first: int, last: int) -> Sequence[Claim]:
        """Give the claims whose words stand in a stretch; what is denied is not among them."""
        start = bisect_left(self.claims, first, key=lambda claim: claim.start)
        found = []
        for claim in self.claims[start:]:
            if claim.start >= last:
                break
            if claim.end <= last and claim.stance != "denies":
                found.append(claim)
        return found

    def spoken_of(self, first: int, last: int) -> Counter[str]:
        """Give the events spoken of in a stretch, with how much of them stands there."""
        found: Counter[str] = Counter()
        for mention in self.mentions:
            if first <= mention.start < last and mention.id in self.event_of:
                found[self.event_of[mention.id]] += 1
        for claim in self.claims_in(first, last):
            if claim.mention_id in self.event_of:
                found[self.event_of[claim.mention_id]] += 1
        return found

    def before(self, place: int, but: str | None) -> str | None:
        """Give the event spoken of last before a place in the text, near it or, where that is clear, anywhere."""
        first = max(0, place - NEAR)
        ends = [(claim.end, claim.mention_id) for claim in self.claims_in(first, place)]
        ends += [(mention.start, mention.id) for mention in self.mentions if first <= mention.start < place]
        near = [self.event_of[mention] for _, mention in sorted(ends, reverse=True) if mention in self.event_of]
        if near:
            return next((event for event in near if event != but), None)
        told = {self.event_of[mention.id] for mention in self.mentions if mention.id in self.event_of} - {but}
        return told.pop() if len(told) == 1 else None

    def mention_at(self, first: int, last: int) -> Mention | None:
        """Give the mention that a stretch belongs to: background before events, by its claims or its own span."""
        with_claims = {claim.mention_id for claim in self.claims_in(first, last)}
        here = [row for row in self.mentions if row.id in with_claims or (row.start < last and first < row.end)]
        return min(here, key=lambda row: (row.id in self.event_of, row.start, row.id), default=None)


def lay_out_tellings(
    articles: Mapping[str, Article], mentions: Iterable[Mention], claims: Iterable[Claim], event_of: Mapping[str, str]
) -> list[Telling]:
    """Lay out every report that has a mention, the earliest first."""
    of_article: dict[str, list[Mention]] = {}
    article_of: dict[str, str] = {}
    for mention in mentions:
        if mention.article_id in articles:
            of_article.setdefault(mention.article_id, []).append(mention)
            article_of[mention.id] = mention.article_id
    said: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.mention_id in article_of:
            said.setdefault(article_of[claim.mention_id], []).append(claim)
    return [
        Telling(
            articles[id],
            tuple(sorted(of_article[id], key=lambda row: (row.start, row.end, row.id))),
            tuple(sorted(said.get(id, ()), key=lambda row: (row.start, row.end, row.id))),
            event_of,
        )
        for id in sorted(of_article, key=lambda id: (articles[id].published or "9999", id))
    ]
