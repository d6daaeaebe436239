"""From an event of an edition to its views by named rules: ACLED, UCDP, Airwars, Iraq Body Count.

Invariant: nothing here writes to a ledger; a view follows from the claims and rulings alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event, Ruling
from variorum.publish import Edition, event_object
from variorum.publish.rules import RULES, Account, Printed, RuleView, Statement, make_view
from variorum.resolve.standing import standing
from variorum.resolve.view import apply_rulings, lineage_roots
from variorum.resolve.voices import OWN_VOICE, Said, make_said
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


def account(published: Edition, event: Event, rulings: Sequence[Ruling] = ()) -> Account:
    """Lay out what stands of an event, who says it and where it was printed, with people's rulings applied."""
    articles = {article.id: article for article in published.articles_of(event)}
    read = published.claims_of(event)
    claims, _ = apply_rulings(read, rulings)
    # An edition of an earlier day holds no later article of the event; a later original makes no copy of it yet.
    latest = max((article.published or "" for article in articles.values()), default="")
    copies = [
        copy
        for copy in published.copies
        if copy.original_id in articles or (published.articles[copy.original_id].published or "") <= latest
    ]
    roots = lineage_roots(articles, copies)
    article_of = {id: published.mentions[id].article_id for id in event.mentions}
    texts = {id: article.text for id, article in articles.items()}
    originals = {**articles, **{id: published.articles[id] for id in roots.values() if id in published.articles}}
    said = make_said(claims, article_of, originals, roots)
    by_id = {claim.id: claim for claim in read}
    return Account(
        event_object(published, event),
        _statements(standing(said, texts, event), by_id, originals),
        tuple(
            Printed(
                article.id, _outlet(article), (article.published or "")[:10], article.title, roots.get(id, article.id)
            )
            for id, article in articles.items()
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
    last = {row.claim_id: row for row in sorted(rulings, key=lambda row: row.at) if row.retracted is None}
    words = []
    for row in last.values():
        claim = read.get(row.claim_id)
        if claim is None or row.verdict == "accept" or claim.prop not in ("killed", "injured"):
            continue
        change = "rejected" if row.verdict == "reject" else f"corrected to {show('count', row.value or '')}"
        words.append(f"{claim.prop} {show('count', claim.value)} ({claim.source or 'own voice'}): {change} by {row.by}")
    return list(dict.fromkeys(words))
