"""From an event of an edition to who says what: sources by one name, tolls over time, views by named rules.

Invariant: nothing here writes to a ledger; everything follows from the claims and rulings alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from variorum.ledger import Ledger
from variorum.model import Article, Claim, Event, Ruling
from variorum.pipeline.voices import give_voices
from variorum.publish import Edition, event_object
from variorum.publish.rules import RULES, Account, Printed, RuleView, Statement, make_view
from variorum.resolve.onevoice import OWN_VOICE
from variorum.resolve.overtime import Figure, tolls_over_time
from variorum.resolve.rulings import standing_rulings
from variorum.resolve.standing import standing
from variorum.resolve.voices import Said
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
    last = {row.subject: row for row in standing_rulings(rulings) if row.field == "value"}
    words = []
    for row in last.values():
        claim = read.get(row.subject)
        if claim is None or row.verdict == "accept" or claim.prop not in ("killed", "injured"):
            continue
        change = "rejected" if row.verdict == "reject" else f"corrected to {show('count', row.value or '')}"
        words.append(f"{claim.prop} {show('count', claim.value)} ({claim.source or 'own voice'}): {change} by {row.by}")
    return list(dict.fromkeys(words))
