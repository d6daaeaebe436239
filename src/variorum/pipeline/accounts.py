"""From an event of an edition to who says what: sources by one name, tolls over time, views by named rules.

Invariant: nothing here writes to a ledger; everything follows from the claims and rulings alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Copy, Event, Ruling
from variorum.publish import Edition, event_object
from variorum.publish.rules import RULES, Account, Printed, RuleView, Statement, make_view
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.overtime import Figure, tolls_over_time
from variorum.resolve.standing import standing
from variorum.resolve.view import apply_rulings, lineage_roots
from variorum.resolve.voices import Said, make_said
from variorum.values import show


def rule_views(
    ledger: Ledger,
    published: Edition,
    event: Event,
    rules: Sequence[str] = tuple(RULES),
    *,
    credible: Collection[str] = (),
) -> dict[str, RuleView]:
    """Give an event of an edition as each of the rules would code it, by the name of the rule.

    In: the ledger with its rulings, the edition, one of its events, names of rules, and the sources that the user holds
    credible. Out: one frozen record a rule. Method: docs/rules. Raises UsageError for a rule nobody knows.
    """
    found = account(published, event, list(ledger.rulings()))
    return {name: make_view(name, found, credible) for name in rules}


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
    return Voiced(make_said(claims, article_of, originals, roots), articles, originals, roots)


def name_sources(published: Edition, rulings: Sequence[Ruling]) -> dict[str, str]:
    """Lead each claim of an edition to the one name that its source has in the event; "" is an outlet's own voice."""
    copies = {copy.article_id: copy for copy in published.copies}
    return {
        one.claim.id: "" if one.speaker.startswith(OWN_VOICE) else one.speaker
        for event in published.events
        for one in give_voices(published, event, rulings, copies).said
    }


def over_time(published: Edition, event: Event) -> list[Figure]:
    """Give the tolls of an event of an edition over time, source by source."""
    voiced = give_voices(published, event, published.rulings)
    printed = {id: article.published for id, article in voiced.articles.items()}
    return tolls_over_time(voiced.said, voiced.texts, printed)


def account(published: Edition, event: Event, rulings: Sequence[Ruling] = ()) -> Account:
    """Lay out what stands of an event, who says it and where it was printed, with people's rulings applied."""
    voiced = give_voices(published, event, rulings)
    by_id = {claim.id: claim for claim in published.claims_of(event)}
    return Account(
        event_object(published, event),
        _statements(standing(voiced.said, voiced.texts, event), by_id, voiced.originals),
        tuple(
            Printed(
                article.id,
                _outlet(article),
                (article.published or "")[:10],
                article.title,
                voiced.roots.get(id, article.id),
            )
            for id, article in voiced.articles.items()
        ),
        tuple(_ruled(rulings, by_id)),
    )


def _statements(said: Sequence[Said], read: dict[str, Claim], articles: dict[str, Article]) -> tuple[Statement, ...]:
    """Turn what stands into statements: claims of one voice, lineage and value are one."""
    found: dict[tuple[str, ...], Statement] = {}
    for one in said:
        original = articles[one.root]
        own = one.speaker.startswith(OWN_VOICE)
        voice = _outlet(original) if own else one.speaker
        claim = one.claim
        key = (claim.prop, one.scope, claim.value, claim.stance, voice, one.root)
        if key in found:
            found[key] = replace(found[key], claims=(*found[key].claims, claim.id))
            continue
        machine = read.get(claim.id)
        quote = claim.quote if machine is not None and machine.value == claim.value else ""
        found[key] = Statement(
            claim.prop, one.scope, claim.value, claim.stance, voice, own,
            _outlet(original), one.root, one.when, quote, (claim.id,),
        )  # fmt: skip
    return tuple(found.values())


def _outlet(article: Article) -> str:
    return article.outlet or article.url.rpartition("/")[2].removeprefix("file:") or article.id


def _ruled(rulings: Sequence[Ruling], read: dict[str, Claim]) -> list[str]:
    """Say which figures a person rejected or corrected: of each claim the last live ruling."""
    last = {row.subject: row for row in sorted(rulings, key=lambda row: row.at) if row.retracted is None}
    words = []
    for row in last.values():
        claim = read.get(row.subject)
        if claim is None or row.verdict == "accept" or claim.prop not in ("killed", "injured"):
            continue
        change = "rejected" if row.verdict == "reject" else f"corrected to {show('count', row.value or '')}"
        words.append(f"{claim.prop} {show('count', claim.value)} ({claim.source or 'own voice'}): {change} by {row.by}")
    return list(dict.fromkeys(words))
