"""Why two mentions are one event or not, in the sentences that both faces print; and whose mentions are asked about."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.ledger import Ledger
from variorum.model import Article, Event, Story
from variorum.pipeline.labels import Labels, find_record
from variorum.pipeline.reasons import Pair


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a pair stands, in sentences."""

    head: str  # "JOINED in EV-7K3Q."
    alone: str  # what the model alone gives
    people: str  # what people said of the pair, or that nobody did
    more: tuple[str, ...]  # the rule, and what else could be


def mentions_of(ledger: Ledger, given: str) -> list[str]:
    """Give the mentions of what a person named: a report, an event, a story, a claim or a mention."""
    if given.startswith("men_"):
        return [ledger.mention(given).id]
    record = find_record(ledger, given)
    if isinstance(record, Article):
        return [mention.id for mention in ledger.mentions(record.id)]
    if isinstance(record, Story):
        return [mention.id for id in record.articles for mention in ledger.mentions(id)]
    return list(record.mentions) if isinstance(record, Event) else [record.mention_id]


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
