"""What would follow from a decision, for a page that asks before it is made; and working out what was decided.

Invariant: on a large ledger nothing is worked out that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.pipeline.deciding import Word
from variorum.pipeline.wordlines import word_line
from variorum.web import foreseeing
from variorum.web.acting import Posted, make_refusal
from variorum.web.asking import Asked, Parameter
from variorum.web.followup import FEW

FORESEE = Parameter("foresee", "flag", "1: say what would follow, also where that takes long.")
ROWS = 6  # rows of a decision said one by one
WAIT_S = 5.0  # for the events to be worked out, before the page says that they are on their way


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a decision would store, and what would follow."""

    rows: tuple[str, ...]  # some of its rows in words
    count: int  # of its rows
    lines: tuple[str, ...] | None  # what would follow; None where nobody asked for it yet
    seen: int  # the last row decided when this was worked out


def foresee_words(asked: Asked, words: Sequence[Word], *, without: Collection[int] = ()) -> Foreseen:
    """Say what words would change, or taking rows back.

    Raises MayNotDecideError for a reader, LedgerBusyError while the same is being worked out for others.
    """
    check_may_decide(asked)
    seen = asked.ledger.last_decision()
    lines: tuple[str, ...] | None = None
    if asked.standing.size().reports <= FEW or asked.one("foresee") == "1":
        added = () if without else words
        (found,) = foreseeing.foresee_words(asked.standing.place, [added], without=without, now=asked.now)
        lines = lines_of(found)
    said = tuple(word_line(asked.ledger, word, asked.labels) for word in words[:ROWS])
    return Foreseen(said, len(words), lines, seen)


def check_may_decide(asked: Asked) -> None:
    """Raise MayNotDecideError for who cannot decide: working out what would follow is for those who can."""
    if not asked.viewer.may_decide:
        raise make_refusal()


def lines_of(found: foreseeing.Foreseen) -> tuple[str, ...]:
    """Give what is otherwise line by line."""
    more = (f"… and {found.more:,} more changes",) if found.more else ()
    return (*found.changes, *more, *found.refused)


def foreseen_data(foreseen: Foreseen) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "rows": list(foreseen.rows),
        "row_count": foreseen.count,
        "would_follow": None if foreseen.lines is None else list(foreseen.lines),
    }


def work_out(posted: Posted) -> None:
    """Have the events worked out from what was just stored, and wait a little for it."""
    followup = posted.state.desks.followup
    followup.stored(at_once=True)
    followup.wait(WAIT_S)
    posted.state.standing.forget()
