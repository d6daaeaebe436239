"""Why two mentions were joined or kept apart, in lines to print. No weighing here.

Invariant: the lines add up to the total, and every "without … it would be" is the same sum with one line left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from variorum.resolve.compare import (
    KINDS_CANNOT_BE_ONE,
    PLACES_CANNOT_BE_ONE,
    PUBLISHED_BEFORE,
    STATED_DATES_DIFFER,
    Comparison,
    Reason,
    load_weights,
    logistic,
)

PRIOR = "before any evidence"
RULES: Mapping[str, str] = {
    STATED_DATES_DIFFER: "the two state days that cannot be one day",
    PLACES_CANNOT_BE_ONE: "the two places lie further apart than both reach",
    PUBLISHED_BEFORE: "one was printed before the day that the other states",
    KINDS_CANNOT_BE_ONE: "the two kinds of event cannot be one event",
}
_MENTIONED = 0.02  # a change of the score smaller than this is not worth a line


@dataclass(frozen=True, slots=True)
class Explanation:
    """A comparison laid out for people."""

    total: float  # log-odds, the sum of all weights
    score: float  # 0..1
    verdict: str  # "same", "unsure" or "different", by the matcher alone
    used: tuple[Reason, ...]  # with weight, strongest first after the prior
    not_used: tuple[str, ...]  # "date of event (neither states any)"
    changes: tuple[str, ...]  # what would change the answer, strongest first
    rule: str | None  # the veto in words


def verdict_of(score: float, veto: str | None) -> str:
    """Give the matcher's verdict for a score: "same", "unsure" or "different"."""
    weights = load_weights()
    if veto is not None or score < weights["unsure"]:
        return "different"
    return "same" if score >= weights["join"] else "unsure"


def explain(comparison: Comparison) -> Explanation:
    """Lay out a comparison: the sum, what would change the answer, and what was not used."""
    used = [reason for reason in comparison.reasons if reason.weight != 0]
    used.sort(key=lambda reason: (reason.name != PRIOR, -abs(reason.weight), reason.name))
    not_used = [
        f"{reason.name} ({reason.note})" if reason.note else reason.name
        for reason in comparison.reasons
        if reason.weight == 0
    ]
    return Explanation(
        total=comparison.logit,
        score=comparison.score,
        verdict=verdict_of(comparison.score, comparison.veto),
        used=tuple(used),
        not_used=tuple(not_used),
        changes=tuple(_changes(comparison, used)),
        rule=None if comparison.veto is None else f"{comparison.veto}: {RULES[comparison.veto]}",
    )


def _changes(comparison: Comparison, used: list[Reason]) -> list[str]:
    """Say which single piece of evidence, left out, would turn the answer."""
    needed: float = load_weights()["join"]
    if comparison.veto is not None:
        if comparison.score >= needed:
            return [f"Without the rule {comparison.veto} it would be {comparison.score:.2f} and they would be joined."]
        return [
            f"Without the rule {comparison.veto} it would be {comparison.score:.2f} and they would still stay apart."
        ]
    joined = comparison.score >= needed
    found: list[tuple[float, str]] = []
    for reason in used:
        if reason.name == PRIOR:
            continue
        score = logistic(comparison.logit - reason.weight)
        if (score >= needed) != joined and abs(score - comparison.score) >= _MENTIONED:
            outcome = "stay apart" if joined else "be joined"
            found.append(
                (abs(reason.weight), f"Without the {reason.name} it would be {score:.2f} and they would {outcome}.")
            )
    found.sort(key=lambda row: (-row[0], row[1]))
    if found:
        return [line for _, line in found]
    pull = max(
        (r for r in used if r.name != PRIOR and (r.weight > 0) == joined), key=lambda r: abs(r.weight), default=None
    )
    if pull is None:
        return ["No single piece of evidence decides it."]
    score = logistic(comparison.logit - pull.weight)
    outcome = "still be joined" if joined else "still stay apart"
    without = f"without the {pull.name} it would be {score:.2f} and they would {outcome}"
    return [f"No single piece of evidence decides it: {without}."]
