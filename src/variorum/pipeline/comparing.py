"""Two states of events side by side: versions, dates, ledgers. Nothing is stored here.

Invariant: what both sides share is passed over; every difference is of something that one side holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from variorum.ledger import Decision, Ledger
from variorum.model import Event, Judgement, Redirect, Ruling
from variorum.pipeline.editions import edition
from variorum.pipeline.foresight import Change, State, changes, now_state
from variorum.pipeline.recorded import recorded_by

Said = tuple[str, ...]  # one person's word on something, without the time at which it was said


@dataclass(frozen=True, slots=True)
class Differences:
    """What two ledgers do not share."""

    only_left: tuple[str, ...]  # ids of articles, sorted
    only_right: tuple[str, ...]
    said_left: tuple[Decision, ...]  # live rows of people's decisions that only one has, in the order decided
    said_right: tuple[Decision, ...]
    changes: tuple[Change, ...]  # from the left one's events to the right one's, by the left one's ids


def state_recorded(ledger: Ledger, at: datetime) -> State:
    """Give the events as a ledger had them recorded at a moment."""
    record = recorded_by(ledger, at)
    led = {old: Redirect(old, new, "", why) for old, (new, why) in record.led.items()}
    return State(record.events, led)


def state_printed(ledger: Ledger, day: str) -> State:
    """Give the events as they follow from what had been printed by the end of a day (ISO 8601)."""
    return State({event.id: event for event in edition(ledger, as_of=day).events}, {})


def one_event(event: Event | None) -> State:
    """Give one event, or none, as a state."""
    return State({} if event is None else {event.id: event}, {})


def compare_ledgers(left: Ledger, right: Ledger) -> Differences:
    """Give what two ledgers do not share: articles, people's words, and events.

    Two ledgers name an event each in its own way, so events are matched by the mentions they share: each of the right
    one goes by the id of the one on the left with which it shares most.
    """
    ours = {article.id for article in left.articles()}
    theirs = {article.id for article in right.articles()}
    before, after = now_state(left), now_state(right)
    names = _match(before.events, after.events)
    renamed = {names.get(id, id): replace(event, id=names.get(id, id)) for id, event in after.events.items()}
    return Differences(
        tuple(sorted(ours - theirs)),
        tuple(sorted(theirs - ours)),
        _only(left, right),
        _only(right, left),
        tuple(changes(before, State(renamed, _led(before.events, renamed)))),
    )


def _match(ours: Mapping[str, Event], theirs: Mapping[str, Event]) -> dict[str, str]:
    """Lead ids of the right to ids of the left, each to one: where most mentions are shared first."""
    home = {mention: event.id for event in ours.values() for mention in event.mentions}
    shared: Counter[tuple[str, str]] = Counter()
    for event in theirs.values():
        shared.update((home[mention], event.id) for mention in event.mentions if mention in home)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for (left, right), _ in sorted(shared.items(), key=lambda row: (-row[1], row[0][0] != row[0][1], row[0])):
        if right not in names and left not in taken:
            names[right] = left
            taken.add(left)
    return names


def _led(before: Mapping[str, Event], after: Mapping[str, Event]) -> dict[str, Redirect]:
    """Say of events that the right one lacks in which of its events their mentions are."""
    home = {mention: event.id for event in after.values() for mention in event.mentions}
    led: dict[str, Redirect] = {}
    for id in before.keys() - after.keys():
        found = Counter(home[mention] for mention in before[id].mentions if mention in home)
        if found:
            led[id] = Redirect(id, min(found, key=lambda other: (-found[other], other)), "", "")
    return led


def _only(left: Ledger, right: Ledger) -> tuple[Decision, ...]:
    there = {_said(row.what) for row in _live(right)}
    return tuple(row for row in _live(left) if _said(row.what) not in there)


def _live(ledger: Ledger) -> list[Decision]:
    return [row for row in reversed(list(ledger.decisions())) if row.what.retracted is None]


def _said(word: Judgement | Ruling) -> Said:
    if isinstance(word, Judgement):
        return word.left, word.right, word.verdict, word.by
    return word.subject, word.other, word.field, word.verdict, word.value or "", word.by
