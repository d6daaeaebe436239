"""What people ruled, applied to what was read and to what follows. No decision is made here.

Invariant: a blind word decides nothing; of the others on one thing the last one stands, whoever said it; what nobody
ruled on is as it was read. Everything follows from the rows alone, in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

from variorum.model import Claim, Copy, Mention, Relation, Ruling, Settled, Stance
from variorum.resolve.voices import Said
from variorum.schema import load_schema

OF_CLAIMS = frozenset({"value", "source", "scope", "stance"})
BY_A_PERSON = "a person"  # how a copy is known that the texts do not show
NOT_KNOWN = ""


def standing_rulings(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Give the rulings that decide, the earliest first: neither taken back nor blind."""
    live = [row for row in rulings if row.retracted is None and not row.blind]
    return sorted(live, key=lambda row: (row.at, row.by, row.verdict, row.value or "", row.field))


def apply_rulings(claims: Iterable[Claim], rulings: Iterable[Ruling]) -> tuple[list[Claim], frozenset[str]]:
    """Give the claims that stand, corrected where a person corrected them, and the ids that a person ruled on.

    Words on one claim are taken in the order in which they were said, whoever said them: *reject* takes the claim out,
    *accept* brings back what was read, *correct* sets one field and leaves the others. A corrected claim keeps its id.
    """
    corrected: dict[str, dict[str, str]] = {}
    rejected: set[str] = set()
    for row in standing_rulings(rulings):
        if row.field not in OF_CLAIMS:
            continue
        fields = corrected.setdefault(row.subject, {})
        rejected.discard(row.subject)
        if row.verdict == "accept":
            fields.clear()
        elif row.verdict == "reject":
            rejected.add(row.subject)
        elif row.value is not None:
            fields[row.field] = row.value
    standing = [_corrected(claim, corrected.get(claim.id, {})) for claim in claims if claim.id not in rejected]
    return standing, frozenset(corrected)


def _corrected(claim: Claim, fields: Mapping[str, str]) -> Claim:
    if not fields:
        return claim
    stance: Stance = fields.get("stance", claim.stance)  # type: ignore[assignment]
    return replace(
        claim,
        value=fields.get("value", claim.value),
        source=fields.get("source", claim.source),
        scope=fields.get("scope", claim.scope),
        stance=stance,
    )


def rule_mentions(mentions: Iterable[Mention], rulings: Iterable[Ruling]) -> list[Mention]:
    """Give the mentions that stand, each of the kind that a person gave it; none of a withdrawn report."""
    kinds: dict[str, str] = {}
    gone: set[str] = set()
    for row in standing_rulings(rulings):
        if row.field not in ("kind", "report"):
            continue
        gone.discard(row.subject)
        if row.verdict == "reject":
            gone.add(row.subject)
        elif row.verdict == "accept":
            kinds.pop(row.subject, None)
        elif row.value is not None and row.value in load_schema().kinds:
            kinds[row.subject] = row.value
    return [
        replace(mention, kind=kinds[mention.id]) if mention.id in kinds else mention
        for mention in mentions
        if mention.id not in gone and mention.article_id not in gone
    ]


def rule_copies(copies: Iterable[Copy], rulings: Iterable[Ruling]) -> list[Copy]:
    """Give the copies that stand: without those that a person said are none, with those that a person found.

    A person's copy belongs to the lineage of its original, and brings its own copies along. A person outranks the
    texts: who says that an article copies another takes it out of the lineage that it was in, and of two that are said
    to copy each other the one said last does.
    """
    last: dict[tuple[str, str], str] = {}
    for row in standing_rulings(rulings):
        if row.field == "copy":
            last.pop((row.subject, row.other), None)
            last[row.subject, row.other] = row.verdict
    standing = {copy.article_id: copy for copy in copies if last.get((copy.article_id, copy.original_id)) != "reject"}
    for (copied, original), verdict in last.items():
        if verdict != "accept" or copied == original:
            continue
        root = standing[original].original_id if original in standing else original
        if copied in standing and standing[copied].original_id == root:
            continue
        if root == copied:  # the original was taken for a copy of its copy
            del standing[original]
            root = original
        for id, copy in standing.items():
            if copy.original_id == copied:
                standing[id] = replace(copy, original_id=root)
        standing[copied] = Copy(copied, root, 1.0, BY_A_PERSON)
    return [standing[id] for id in sorted(standing)]


def part_words(said: Sequence[Said], rulings: Iterable[Ruling]) -> list[Said]:
    """Mark the words of which a person said that the later does not revise the earlier."""
    apart: dict[str, set[str]] = {}
    for left, right in _pairs(said, dismissed(rulings, "revised")):
        apart.setdefault(left, set()).add(right)
    return [replace(one, apart=frozenset(apart[one.claim.id])) if one.claim.id in apart else one for one in said]


def dismissed(rulings: Iterable[Ruling], name: str) -> list[tuple[str, str]]:
    """Give the pairs of claims of which a person said last that a relation of this name does not hold."""
    last: dict[tuple[str, str], str] = {}
    for row in standing_rulings(rulings):
        if row.field == "relation" and row.value == name:
            last[row.subject, row.other] = row.verdict
    return sorted(pair for pair, verdict in last.items() if verdict == "reject")


def _pairs(said: Sequence[Said], pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Give, for pairs of claims, all pairs of claims that say the same: one pair stands for two statements."""
    by_id = {one.claim.id: one for one in said}
    alike: dict[tuple[str, ...], list[str]] = {}
    for one in said:
        alike.setdefault(_statement(one), []).append(one.claim.id)
    for left, right in pairs:
        if left in by_id and right in by_id:
            yield from product(alike[_statement(by_id[left])], alike[_statement(by_id[right])])
        elif left in by_id and not right:
            yield from ((id, NOT_KNOWN) for id in alike[_statement(by_id[left])])


def _statement(one: Said) -> tuple[str, ...]:
    return one.claim.prop, one.scope, one.claim.value, one.speaker, str(one.claim.stance == "denies")


def without_dismissed(
    values: Iterable[Settled], relations: Iterable[Relation], said: Sequence[Said], rulings: Collection[Ruling]
) -> tuple[tuple[Settled, ...], tuple[Relation, ...]]:
    """Give an event's values and relations without what a person said does not hold.

    A claim of which it was said that it contradicts none of those behind a value does not stand against that value.
    """
    wrong = {
        name: {frozenset(pair) for pair in _pairs(said, dismissed(rulings, name))}
        for name in ("contradicts", "impossible")
    }
    if not any(wrong.values()):
        return tuple(values), tuple(relations)
    gone = {name: pairs for name, pairs in wrong.items() if pairs}
    kept = [row for row in relations if frozenset((row.left, row.right or NOT_KNOWN)) not in gone.get(row.name, ())]
    return tuple(_without(row, wrong["contradicts"]) for row in values), tuple(kept)


def _without(row: Settled, fine: Collection[frozenset[str]]) -> Settled:
    against = tuple(id for id in row.against if not any(frozenset((id, other)) in fine for other in row.support))
    if against == row.against:
        return row
    several = row.lineages > 1 or len(row.sources) > 1
    status = row.status if against else "agreed" if several else "single"
    return replace(row, against=against, status=status)
