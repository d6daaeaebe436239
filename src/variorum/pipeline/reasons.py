"""Why two mentions are one event or not, from a ledger: the matcher's sum, people's word, and how they stand now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from variorum.ledger import Ledger
from variorum.pipeline.readers import gazetteer
from variorum.resolve.compare import Comparison, compare, load_weights, weigh
from variorum.resolve.explain import RULES, Explanation, explain
from variorum.resolve.view import MentionView, make_views

FAR = 0.05  # a score under this is no candidate worth naming


@dataclass(frozen=True, slots=True)
class Near:
    """Another event that a mention could belong to."""

    event: str  # event id
    score: float  # of its closest mention


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions held against each other."""

    left: str  # mention id
    right: str
    left_event: str | None
    right_event: str | None
    joined: bool  # in one event now
    needed: float  # the score at which the matcher joins
    people: tuple[str, ...]  # what people said of the pair, in words
    explanation: Explanation
    nearest: Near | None  # of the right mention, besides the events of the pair; only where it is kept apart


def find_pairs(ledger: Ledger, left: Collection[str], right: Collection[str], *, every: bool = True) -> list[Pair]:
    """Give the pairs of mentions across the two sides: joined pairs first, then by score, best first.

    Without `every` only the first of them.
    """
    views = {
        view.id: view
        for view in make_views(
            list(ledger.articles()),
            # All mentions: how rare a word is, and so what shared words weigh, follows from the whole ledger.
            ledger.mentions(),
            ledger.claims(),
            ledger.copies(),
            ledger.rulings(),
            gazetteer=gazetteer(),
        )
    }
    event_of = {mention: event.id for event in ledger.events() for mention in event.mentions}
    said = _said(ledger)
    pairs: dict[tuple[str, str], Pair] = {}
    for one in sorted(left):
        for other in sorted(right):
            if one == other or one not in views or other not in views:
                continue
            key = (min(one, other), max(one, other))
            event = event_of.get(one)
            pairs[key] = Pair(
                one,
                other,
                event,
                event_of.get(other),
                event is not None and event == event_of.get(other),
                load_weights()["join"],
                tuple(said.get(key, ())),
                explain(turned_to(one, compare(views[one], views[other]))),
                None,
            )
    found = sorted(pairs.values(), key=lambda pair: (not pair.joined, -pair.explanation.score, pair.left, pair.right))
    return [_with_nearest(pair, views, event_of) for pair in (found if every else found[:1])]


def _said(ledger: Ledger) -> dict[tuple[str, str], list[str]]:
    said: dict[tuple[str, str], list[str]] = {}
    for row in ledger.judgements():
        if row.by != "matcher":
            key = (min(row.left, row.right), max(row.left, row.right))
            said.setdefault(key, []).append(f"{row.by} said {row.verdict}" + (f": {row.why}" if row.why else ""))
    return said


def _with_nearest(pair: Pair, views: Mapping[str, MentionView], event_of: Mapping[str, str]) -> Pair:
    if pair.joined:
        return pair
    near: list[Near] = []
    for id, view in views.items():
        event = event_of.get(id)
        if event is None or event in (pair.left_event, pair.right_event):
            continue
        weighed = weigh(views[pair.right], view)
        if weighed.veto is None and weighed.score >= FAR:
            near.append(Near(event, weighed.score))
    return replace(pair, nearest=min(near, key=lambda row: (-row.score, row.event), default=None))


def turned_to(left: str, comparison: Comparison) -> Comparison:
    """Turn a comparison so that its left side is the one asked for first."""
    if comparison.left == left:
        return comparison
    reasons = tuple(replace(reason, left=reason.right, right=reason.left) for reason in comparison.reasons)
    return replace(comparison, left=comparison.right, right=comparison.left, reasons=reasons)


__all__ = ["RULES", "Pair", "find_pairs", "turned_to"]
