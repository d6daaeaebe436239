"""The lines of a decision: what is stored, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from variorum.config import said, settings
from variorum.ledger import Ledger
from variorum.pipeline.changewords import change_lines, refusal_lines
from variorum.pipeline.foresight import changes
from variorum.pipeline.labels import Labels, make_labels, with_new_events
from variorum.pipeline.wordlines import word_line

if TYPE_CHECKING:
    from variorum.cli.deciding import Told

SHOWN = 12  # changes told one by one; the rest is counted
ROWS = 4  # rows of a decision told one by one


def told_lines(ledger: Ledger, told: Told, *, later: bool) -> Iterator[str]:
    """Say what a decision is and what it changed, or would change."""
    labels = make_labels(ledger)
    if told.done is not None:  # what is only foreseen has no name yet
        labels = with_new_events(labels, told.after.events)
    yield from decision_lines(ledger, told, labels)
    place = said(ledger.name)
    if later:
        yield f"The events are worked out with the next decision, or by: variorum run FOLDER{place and f' -o{place}'}"
        return
    found = changes(told.before, told.after)
    head = "Would follow" if told.done is None else "Followed"
    yield click.style(f"{head}:", bold=True) + ("" if found else " nothing else changes")
    yield from (f"  {line}" for line in change_lines(found[:SHOWN], told.after, labels))
    if len(found) > SHOWN:
        yield f"  … and {len(found) - SHOWN} more; all of them: --json"
    if not told.back:
        yield from (f"  {line}" for line in refusal_lines(ledger, told.words, told.after, labels))
    if told.done and not told.back:
        option = "" if ledger.name == settings().ledger else f" --ledger{place}"
        yield f"Next:  variorum undo {told.done[0].name}{option}    variorum log{place}"


def decision_lines(ledger: Ledger, told: Told, labels: Labels) -> Iterator[str]:
    """Say a decision in words: its number, and each of its rows, a few of many."""
    name = told.done[0].name if told.done else ""
    if told.done is None:
        head = "Would be taken back" if told.back else "Would be stored"
    else:
        head = f"{name} {'taken back' if told.back else 'stored'}" if name else "Nothing stored"
    rows = f" {len(told.words)} rows of one decision" if len(told.words) > 1 else ""
    yield click.style(f"{head}:", bold=True) + rows
    yield from (f"  {word_line(ledger, word, labels)}" for word in told.words[:ROWS])
    if len(told.words) > ROWS:
        yield f"  … and {len(told.words) - ROWS} more"
