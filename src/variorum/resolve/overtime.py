"""Tolls over time: what each source said of the dead, hurt, missing, displaced and held, in order. No value is chosen.

Invariant: a figure that a copy only passes on is no new word of its source; what a copy changed stands apart as drift.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isinf
from typing import Literal

from variorum.model import Claim, Stance
from variorum.resolve.heads import add_heads
from variorum.resolve.relate import direction
from variorum.resolve.terms import bounds
from variorum.resolve.twice import second_figures
from variorum.resolve.voices import Said, add_up, find_drift, name_of
from variorum.schema import load_schema

PROPS = ("killed", "injured", "missing", "displaced", "detained")
Direction = Literal["first", "up", "down", "same", "drift", "denied"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that one source gave for one group of people on one day."""

    prop: str
    scope: str
    source: str  # for people: a name, or an outlet's own words
    lineage: str  # article id of the original
    article: str
    date: str | None  # publication; None when undated
    value: str
    low: float | None
    high: float | None
    direction: Direction  # beside the source's figure before it
    stance: Stance
    claim: str  # id


def tolls_over_time(said: Sequence[Said], texts: Mapping[str, str], printed: Mapping[str, str | None]) -> list[Figure]:
    """Give the figures by property, scope and source, each source's in order of publication, undated last.

    In: the claims of one event with their voices, the texts and days of publication by article id. Figures that one
    voice counts side by side are summed, and persons told one by one are counted, as where values are settled. A copy
    counts only where its original is silent; where it says something else, its figure stands last as drift.
    """
    summed = sorted(add_up(list(said), texts), key=lambda one: one.place)
    counted, outranked = add_heads(summed, texts)
    left_out = {one.claim.id for one in outranked} | set(second_figures(counted, texts))
    drift = find_drift(counted)
    original = {(one.root, one.claim.prop, one.scope) for one in counted if not one.copy}
    rows: dict[tuple[str, str, str], list[Said]] = {}
    for one in counted:
        if one.claim.prop not in PROPS or one.claim.id in left_out:
            continue
        if one.copy and one.claim.id not in drift and (one.root, one.claim.prop, one.scope) in original:
            continue
        rows.setdefault((one.claim.prop, one.scope, one.speaker), []).append(one)
    first = {key: min(one.place for one in found) for key, found in rows.items()}
    scopes = list(load_schema().scopes)
    found: list[Figure] = []
    for key in sorted(rows, key=lambda key: (PROPS.index(key[0]), _rank(key[1], scopes), first[key], key[2])):
        own = [one for one in rows[key] if one.claim.id not in drift]
        found.extend(_told(own, printed))
        changed = [one for one in rows[key] if one.claim.id in drift]
        found.extend(_figure(one, "drift", printed) for one in _once(changed, printed))
    return found


def _rank(scope: str, scopes: Sequence[str]) -> tuple[bool, int]:
    return (scope != "all", scopes.index(scope) if scope in scopes else len(scopes))


def _told(said: Sequence[Said], printed: Mapping[str, str | None]) -> list[Figure]:
    """Give one source's figures with the direction of each."""
    found: list[Figure] = []
    before: str | None = None
    for one in _once(said, printed):
        if one.claim.stance == "denies":
            found.append(_figure(one, "denied", printed))
            continue
        found.append(_figure(one, _direction(before, one.claim), printed))
        before = one.claim.value
    return found


def _once(said: Sequence[Said], printed: Mapping[str, str | None]) -> list[Said]:
    """Give what is said in order of publication, undated last; what one report says twice is said once."""
    kept: dict[tuple[str, str, bool], Said] = {}
    for one in sorted(said, key=lambda one: (printed.get(one.article_id) or "9999", one.place)):
        kept.setdefault((one.article_id, one.claim.value, one.claim.stance == "denies"), one)
    return list(kept.values())


def _direction(before: str | None, claim: Claim) -> Direction:
    if before is None:
        return "first"
    went = direction(claim.prop, before, claim.value)
    return "up" if went == "up" else "down" if went == "down" else "same"


def _figure(one: Said, direction: Direction, printed: Mapping[str, str | None]) -> Figure:
    claim = one.claim
    low, high = bounds("count", claim.value) or (float("-inf"), float("inf"))
    return Figure(
        claim.prop,
        one.scope,
        name_of(one),
        one.root,
        one.article_id,
        printed.get(one.article_id),
        claim.value,
        None if isinf(low) else low,
        None if isinf(high) else high,
        direction,
        claim.stance,
        claim.id,
    )
