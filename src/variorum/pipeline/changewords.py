"""What is otherwise between two states of events, in words: after a decision, between versions, dates, ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.pipeline.foresight import Change, State
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
