"""What two mentions state, field by field, side by side with how it stands to each other. Nothing is weighed here.

Invariant: a field that only one of the two states has its row, with nothing on the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.model import Article, Claim, Copy, RelationName
from variorum.resolve.onevoice import has_own_name
from variorum.resolve.relate import relate
from variorum.resolve.voices import Said, make_said
from variorum.schema import load_schema
from variorum.values import show

# Of several relations in one field that one is named which a reader should know first.
WORST: tuple[RelationName, ...] = (
    "impossible",
    "contradicts",
    "revised",
    "drift in copies",
    "overlaps",
    "refines",
    "agrees",
    "other scope",
)


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of two mentions."""

    name: str  # of the property, with its scope where that is not all
    left: tuple[str, ...]  # values for people, in the order of the text
    right: tuple[str, ...]
    relation: RelationName | None  # the worst between the two; None where they cannot be held side by side


def set_beside(
    left: Sequence[Claim],
    right: Sequence[Claim],
    article_of: Mapping[str, str],
    articles: Mapping[str, Article],
    copies: Iterable[Copy],
) -> list[Beside]:
    """Give the fields of two mentions in the order of the schema; `article_of` leads from mention to article."""
    roots = {copy.article_id: copy.original_id for copy in copies}
    said = [_told_apart(one) for one in make_said([*left, *right], article_of, articles, roots)]
    worst: dict[tuple[str, str], RelationName] = {}
    field_of = {claim.id: _field(claim) for claim in (*left, *right)}
    sides = {claim.id: place for place, claims in enumerate((left, right)) for claim in claims}
    for row in relate(said, {id: article.text for id, article in articles.items()}):
        if row.left not in sides or row.right not in sides or sides[row.left] == sides[row.right]:
            continue
        for key in {field_of[row.left], field_of[row.right]}:
            if key not in worst or WORST.index(row.name) < WORST.index(worst[key]):
                worst[key] = row.name
    order = list(load_schema().properties)
    keys = sorted({*field_of.values()}, key=lambda key: (order.index(key[0]), key[1]))
    return [Beside(_name(key), _words(left, key), _words(right, key), worst.get(key)) for key in keys]


def _told_apart(one: Said) -> Said:
    """Give a role without a name, "police", as a voice of its report alone: the two may tell of two events."""
    return one if has_own_name(one.speaker) else replace(one, speaker=f"{one.speaker} in {one.root}")


def _field(claim: Claim) -> tuple[str, str]:
    return claim.prop, (claim.scope or "all") if load_schema().properties[claim.prop].scoped else ""


def _name(key: tuple[str, str]) -> str:
    prop, scope = key
    return prop.replace("_", " ") + (f" ({scope})" if scope not in ("", "all") else "")


def _words(claims: Iterable[Claim], key: tuple[str, str]) -> tuple[str, ...]:
    kind = load_schema().properties[key[0]].type
    denied = {"asserts": "", "hedges": " (hedged)", "denies": " (denied)"}
    return tuple(dict.fromkeys(show(kind, c.value) + denied[c.stance] for c in claims if _field(c) == key))
