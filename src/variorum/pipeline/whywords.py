"""Why two mentions are one event or not, in the sentences that both faces print."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.pipeline.labels import Labels
from variorum.pipeline.reasons import Pair


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a pair stands, in sentences."""

    head: str  # "JOINED in EV-7K3Q."
    alone: str  # what the model alone gives
    people: str  # what people said of the pair, or that nobody did
    more: tuple[str, ...]  # the rule, and what else could be


def say_verdict(pair: Pair, labels: Labels, *, nearest: bool = True) -> Verdict:
    """Say whether two mentions are joined or kept apart, and by what; with `nearest`, what else the second is near."""
    found = pair.explanation
    left, right = (labels.events[id] if id else "no event" for id in (pair.left_event, pair.right_event))
    people = "; ".join(pair.people) or "No person has decided it."
    alone = f"The model alone gives {found.score:.2f}; it joins from {pair.needed:.2f}."
    more: list[str] = []
    if pair.joined:
        if found.score < pair.needed or found.rule:
            more.append("The two hang together through other reports of the event.")
        return Verdict(f"JOINED in {left}.", alone, people, tuple(more))
    if found.rule:
        more.append(f"Rule {found.rule}.")
    elif found.score >= pair.needed:
        more.append(
            "The two would join, but other reports of their events are known or said to be of different events."
        )
    if nearest and pair.nearest is not None:
        near = f"{labels.events[pair.nearest.event]}, {pair.nearest.score:.2f}"
        more.append(f"Nearest event that the second could also belong to: {near}.")
    elif nearest:
        more.append("The second is near no other event.")
    return Verdict(f"KEPT APART: {left} and {right}.", alone, people, tuple(more))
