"""What a decision changes: the events before it and after it, side by side. Nothing is stored here.

Invariant: what is foreseen is worked out by the function that works the events out, from the same rows and those asked
about; so what is said beforehand is what comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from variorum.ledger import Ledger
from variorum.model import Event, Judgement, Redirect, Ruling, Settled
from variorum.pipeline.byhand import foresee_by_hand
from variorum.pipeline.finished import is_finished
from variorum.pipeline.resolving import copies_of, hold, read_texts, resolve_held
from variorum.resolve.cluster import Refused, live_verdicts

Word = Judgement | Ruling
What = Literal["new event", "joined", "no event", "reports", "kind", "value", "relation", "refused"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise after a decision."""

    what: What
    event: str  # event id
    before: str  # in words; "" where there was nothing
    after: str
    field: str = ""  # property, with its scope where that is not all
    other: str = ""  # the event that an id leads to now


@dataclass(frozen=True, slots=True)
class State:
    """The events at one time."""

    events: Mapping[str, Event]
    redirects: Mapping[str, Redirect]
    refused: tuple[Refused, ...] = ()


def now_state(ledger: Ledger) -> State:
    """Give the events as they stand."""
    return State({event.id: event for event in ledger.events()}, {row.old: row for row in ledger.redirects()})


def follow_state(ledger: Ledger, *, now: str) -> State:
    """Give the events as they follow from all that is stored, also where that is not worked out yet."""
    return now_state(ledger) if is_finished(ledger) else foresee(ledger, now=now)


def foresee(ledger: Ledger, words: Sequence[Word] = (), *, without: Collection[int] = (), now: str) -> State:
    """Give the events as they would follow with more words, and without the rows of some decisions. Stores nothing."""
    rows = [row for row in ledger.decisions() if row.what.retracted is None and row.number not in without]
    every = [*(row.what for row in reversed(rows)), *words]
    judgements = [word for word in every if isinstance(word, Judgement)]
    rulings = [word for word in every if isinstance(word, Ruling)]
    held = hold(ledger)
    claims = foresee_by_hand(ledger, held.claims, rulings)
    held = replace(held, claims=claims, judgements=judgements, rulings=rulings)
    texts = read_texts(held)
    found = resolve_held(held, texts, copies_of(held, texts), now=now)
    return State({event.id: event for event in found.events}, {row.old: row for row in found.redirects}, found.refused)


def told_apart(ledger: Ledger) -> list[Judgement]:
    """Give the words by which people keep two mentions apart: of each person and pair the last, where it is that."""
    return live_verdicts(ledger.judgements())[1]


def changes(before: State, after: State) -> list[Change]:
    """Give what is otherwise in the second state, event by event."""
    found: list[Change] = []
    for id in sorted(before.events.keys() - after.events.keys()):
        led = after.redirects[id].new if id in after.redirects else ""
        found.append(Change("joined" if led else "no event", id, before.events[id].title, "", other=led))
    for id in sorted(after.events.keys() - before.events.keys()):
        found.append(Change("new event", id, "", after.events[id].title))
    for id in sorted(before.events.keys() & after.events.keys()):
        found += _in_event(before.events[id], after.events[id])
    return found


def _in_event(old: Event, new: Event) -> Iterator[Change]:
    if old.mentions != new.mentions:
        yield Change("reports", old.id, f"{len(old.mentions)}", f"{len(new.mentions)}")
    if old.kind != new.kind:
        yield Change("kind", old.id, old.kind, new.kind)
    mine, theirs = _values(old.values), _values(new.values)
    for key in sorted(mine.keys() | theirs.keys()):
        if mine.get(key) != theirs.get(key):
            before, after = mine.get(key, ()), theirs.get(key, ())
            status = [value for value, _ in before] == [value for value, _ in after]  # nothing but that changed
            yield Change("value", old.id, _shown(before, status), _shown(after, status), field=_field(*key))
    was, is_now = _relations(old), _relations(new)
    for name in sorted(was.keys() | is_now.keys()):
        if was.get(name, 0) != is_now.get(name, 0):
            yield Change("relation", old.id, f"{was.get(name, 0)}", f"{is_now.get(name, 0)}", field=name)


def _values(rows: Iterable[Settled]) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    found: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for row in rows:
        key = row.prop, row.scope or "all"
        found[key] = tuple(sorted((*found.get(key, ()), (row.value, row.status))))
    return found


def _shown(values: Sequence[tuple[str, str]], always: bool) -> str:
    return "; ".join(f"{value} ({status})" if always or status == "contested" else value for value, status in values)


def _field(prop: str, scope: str) -> str:
    return prop if scope == "all" else f"{prop}:{scope}"


def _relations(event: Event) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in event.relations:
        found[row.name] = found.get(row.name, 0) + 1
    return found
