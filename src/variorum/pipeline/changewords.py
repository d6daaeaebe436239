"""What is otherwise between two states of events, in words: after a decision, between versions, dates, ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.ledger import Ledger
from variorum.model import Judgement
from variorum.pipeline.deciding import Word
from variorum.pipeline.foresight import Change, State, told_apart
from variorum.pipeline.labels import Labels
from variorum.schema import load_schema
from variorum.show.words import plain, plural
from variorum.values import show


def change_lines(found: Sequence[Change], after: State, labels: Labels) -> Iterator[str]:
    """Say in words what is otherwise."""
    for row in found:
        name = labels.events.get(row.event, "a new event")
        if row.what == "joined":
            yield f"{name} becomes part of {labels.events.get(row.other, 'a new event')}"
        elif row.what == "no event":
            yield f"{name} is no event any more: {plain(row.before)}"
        elif row.what == "new event":
            count = plural(len(after.events[row.event].mentions), "mention")
            yield f"{f'{name} is new' if row.event in labels.events else 'A new event'}: {plain(row.after)} ({count})"
        elif row.what == "reports":
            yield f"{name} has {plural(int(row.after), 'mention')}, was {row.before}"
        elif row.what == "relation":
            yield f"{name} has {plural(int(row.after), 'relation')} “{row.field}”, was {row.before}"
        elif row.what == "kind":
            yield f"{name} is of kind {row.after}, was {row.before}"
        else:
            old, new = (value_words(row, values) for values in (row.before, row.after))
            yield f"{name} {row.field.replace('_', ' ')}: {old} → {new}"


def value_words(row: Change, values: str) -> str:
    """Write the values of a property for people; each is `value (status)` or a value alone."""
    kind = load_schema().properties[row.field.partition(":")[0]].type
    shown = []
    for one in filter(None, values.split("; ")):
        value, bracket, status = one.partition(" (")
        shown.append(f"{plain(show(kind, value))}{bracket}{status}")
    return "; ".join(shown) or "–"


def refusal_lines(ledger: Ledger, words: Sequence[Word], after: State, labels: Labels) -> Iterator[str]:
    """Say of two mentions that a person put together and that stay apart, who told them apart."""
    event_of = {mention: event.id for event in after.events.values() for mention in event.mentions}
    others = told_apart(ledger)
    for word in words:
        if not isinstance(word, Judgement) or word.verdict != "same" or word.retracted is not None:
            continue
        one, other = event_of.get(word.left), event_of.get(word.right)
        if one == other or one is None or other is None:
            continue
        mine, theirs = set(after.events[one].mentions), set(after.events[other].mentions)
        against = [row for row in others if {row.left, row.right} & mine and {row.left, row.right} & theirs]
        names = ", ".join(dict.fromkeys(row.by for row in against))
        why = f"{names} told them apart" if names else "another decision keeps them apart"
        left, right = (labels.events.get(id, "a new event") for id in (one, other))
        yield f"NOT joined: {left} and {right} stay two, for {why}. Both words stand."
        return
