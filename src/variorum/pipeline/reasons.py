"""Why two mentions are one event or not, from a ledger: the matcher's sum, people's word, and how they stand now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from variorum.ledger import Ledger
from variorum.pipeline.reading import gazetteer
from variorum.resolve.compare import Comparison, compare, load_weights
from variorum.resolve.explain import RULES, Explanation, explain
from variorum.resolve.view import make_views


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


def find_pairs(ledger: Ledger, left: Collection[str], right: Collection[str]) -> list[Pair]:
    """Give every pair of mentions across the two sides: joined pairs first, then by score, best first."""
    ids = {*left, *right}
    articles = {article.id: article for article in ledger.articles()}
    views = {
        view.id: view
        for view in make_views(
            articles.values(),
            # All mentions: how rare a word is, and so what shared words weigh, follows from the whole ledger.
            ledger.mentions(),
            ledger.claims(),
            ledger.copies(),
            ledger.rulings(),
            gazetteer=gazetteer(),
        )
    }
    event_of = {id: ledger.event_of(id) for id in ids}
    said: dict[tuple[str, str], list[str]] = {}
    for row in ledger.judgements():
        if row.by != "matcher":
            key = (min(row.left, row.right), max(row.left, row.right))
            said.setdefault(key, []).append(f"{row.by} said {row.verdict}" + (f": {row.why}" if row.why else ""))
    pairs: dict[tuple[str, str], Pair] = {}
    for one in sorted(left):
        for other in sorted(right):
            if one == other or one not in views or other not in views:
                continue
            key = (min(one, other), max(one, other))
            event = event_of[one]
            pairs[key] = Pair(
                one,
                other,
                event,
                event_of[other],
                event is not None and event == event_of[other],
                load_weights()["join"],
                tuple(said.get(key, ())),
                explain(_in_order(one, compare(views[one], views[other]))),
            )
    return sorted(pairs.values(), key=lambda pair: (not pair.joined, -pair.explanation.score, pair.left, pair.right))


def _in_order(left: str, comparison: Comparison) -> Comparison:
    """Turn a comparison so that its left side is the one asked for first."""
    if comparison.left == left:
        return comparison
    reasons = tuple(replace(reason, left=reason.right, right=reason.left) for reason in comparison.reasons)
    return replace(comparison, left=comparison.right, right=comparison.left, reasons=reasons)


__all__ = ["RULES", "Pair", "find_pairs"]
