"""Decisions that people made, carried over to what a newer reading found. No decision is made or dropped here.

Invariant: every ruling and judgement given comes back either as carried or as lost, and what is lost says why.
A claim found again by the same words keeps its id and its rulings; this is for claims whose span or mention moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from variorum.model import Claim, Judgement, Mention, Ruling
from variorum.schema import load_schema


@dataclass(frozen=True, slots=True)
class LostRuling:
    """A ruling for which nothing in the new reading stands."""

    ruling: Ruling
    why: str


@dataclass(frozen=True, slots=True)
class LostJudgement:
    """A judgement of which a mention is not found again."""

    judgement: Judgement
    why: str


def carry_rulings(
    rulings: Iterable[Ruling],
    old_claims: Iterable[Claim],
    new_claims: Iterable[Claim],
    article_of: Mapping[str, str],
) -> tuple[tuple[Ruling, ...], tuple[LostRuling, ...]]:
    """Give each ruling the id of the claim that now stands for the one it was made on.

    `article_of` leads from mention id to article id, for old and new mentions. A claim of the same article, property
    and scope takes over when its words are the same or its span overlaps, the nearest first. "accept" and "reject"
    were said of one value, so they only go to a claim of that value; "correct" was said of the words.
    """
    new = sorted(new_claims, key=lambda claim: claim.id)
    ids = {claim.id for claim in new}
    old = {claim.id: claim for claim in old_claims}
    places: dict[tuple[str, str, str | None], list[Claim]] = {}
    for claim in new:
        places.setdefault((article_of.get(claim.mention_id, ""), claim.prop, claim.scope), []).append(claim)
    carried: list[Ruling] = []
    lost: list[LostRuling] = []
    for ruling in rulings:
        if ruling.claim_id in ids:
            carried.append(ruling)
            continue
        before = old.get(ruling.claim_id)
        if before is None:
            lost.append(LostRuling(ruling, "the claim it was made on is not known"))
            continue
        article_id = article_of.get(before.mention_id, "")
        heirs = [
            claim
            for claim in places.get((article_id, before.prop, before.scope), ())
            if article_id and _stands_for(claim, before)
        ]
        if not heirs:
            lost.append(LostRuling(ruling, "no claim of this property and scope stands at those words now"))
            continue
        if ruling.verdict != "correct":
            heirs = [claim for claim in heirs if claim.value == before.value]
            if not heirs:
                lost.append(LostRuling(ruling, "the words are now read as another value"))
                continue
        best = min(heirs, key=lambda claim: (*_distance(claim, before), claim.id))
        carried.append(replace(ruling, claim_id=best.id))
    return tuple(carried), tuple(lost)


def _stands_for(new: Claim, old: Claim) -> bool:
    return " ".join(new.quote.split()) == " ".join(old.quote.split()) or (new.start < old.end and old.start < new.end)


def _distance(new: Claim, old: Claim) -> tuple[bool, bool, int]:
    """Order heirs: same source, then same stance, then nearest span."""
    return new.source != old.source, new.stance != old.stance, abs(new.start - old.start) + abs(new.end - old.end)


def carry_mentions(old_mentions: Iterable[Mention], new_mentions: Iterable[Mention]) -> dict[str, str]:
    """Lead each old mention id to the mention that now stands there: same article, compatible kind, most overlap.

    A mention that stands unchanged leads to itself; one for which nothing stands is left out.
    """
    schema = load_schema()
    new = sorted(new_mentions, key=lambda mention: mention.id)
    ids = {mention.id for mention in new}
    in_article: dict[str, list[Mention]] = {}
    for mention in new:
        in_article.setdefault(mention.article_id, []).append(mention)
    heirs: dict[str, str] = {}
    for old in old_mentions:
        if old.id in ids:
            heirs[old.id] = old.id
            continue
        best: tuple[bool, int, str] | None = None
        for mention in in_article.get(old.article_id, ()):
            shared = min(mention.end, old.end) - max(mention.start, old.start)
            fits = mention.kind == old.kind or schema.compatible(mention.kind, old.kind)
            if shared > 0 and fits:
                rank = (mention.kind != old.kind, -shared, mention.id)
                best = rank if best is None else min(best, rank)
        if best is not None:
            heirs[old.id] = best[2]
    return heirs


def carry_judgements(
    judgements: Iterable[Judgement], old_mentions: Iterable[Mention], new_mentions: Iterable[Mention]
) -> tuple[tuple[Judgement, ...], tuple[LostJudgement, ...]]:
    """Give each judgement the ids of the mentions that now stand where its two stood."""
    now = list(new_mentions)
    heirs = carry_mentions(old_mentions, now)
    standing = {mention.id for mention in now}
    carried: list[Judgement] = []
    lost: list[LostJudgement] = []
    for row in judgements:
        left = row.left if row.left in standing else heirs.get(row.left)
        right = row.right if row.right in standing else heirs.get(row.right)
        if left is None or right is None:
            missing = row.left if left is None else row.right
            lost.append(LostJudgement(row, f"nothing stands now where mention {missing} stood"))
        elif left == right:
            lost.append(LostJudgement(row, "both mentions are read as one now"))
        else:
            carried.append(replace(row, left=min(left, right), right=max(left, right)))
    return tuple(carried), tuple(lost)
