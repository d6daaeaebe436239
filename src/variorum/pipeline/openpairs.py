"""From a resolution to the pairs of mentions that wait for a person: one for each two events, and each weak bridge.

Invariant: two events that a person told apart do not wait, and neither do mentions that are one event already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from variorum.ledger import Waiting
from variorum.model import Judgement
from variorum.resolve.cluster import MATCHER
from variorum.resolve.explain import RULES
from variorum.resolve.resolution import Resolution


def open_pairs(resolution: Resolution, judgements: Iterable[Judgement]) -> list[Waiting]:
    """Give the pairs to ask a person about, sorted by ids.

    Of many pairs between two events one is asked: one that a person was unsure of before others, then the likeliest.
    """
    event_of = {mention: event for event, mentions in resolution.assignment.items() for mention in mentions}

    def events_of(left: str, right: str) -> tuple[str, str] | None:
        if left not in event_of or right not in event_of or event_of[left] == event_of[right]:
            return None
        one, other = sorted((event_of[left], event_of[right]))
        return one, other

    told: set[tuple[str, str]] = set()
    doubted: set[tuple[str, str]] = set()
    for row in judgements:
        if row.retracted is None and row.by != MATCHER and not row.blind:
            events = events_of(row.left, row.right)
            if row.verdict == "unsure":
                doubted.add((row.left, row.right))
            elif events is not None:
                told.add(events)
    best: dict[tuple[str, str], tuple[bool, float, Waiting]] = {}
    for found in sorted(_between_events(resolution), key=lambda one: (one.left, one.right, one.why)):
        events = events_of(found.left, found.right)
        if events is None or events in told:
            continue
        rank = ((found.left, found.right) in doubted, found.score or 0.0)
        if events not in best or rank > best[events][:2]:
            best[events] = (*rank, found)
    bridges = [Waiting(row.left, row.right, row.score, "bridge", smaller=min(row.sizes)) for row in resolution.bridges]
    return sorted([*(row[2] for row in best.values()), *bridges], key=lambda row: (row.left, row.right))


def _between_events(resolution: Resolution) -> Iterator[Waiting]:
    for pair in resolution.unsure:
        yield Waiting(pair.left, pair.right, pair.score, "unsure")
    for refused in resolution.refused:
        if refused.wanted_by == MATCHER:
            yield Waiting(refused.left, refused.right, refused.score, "refused", RULES.get(refused.why, refused.why))
