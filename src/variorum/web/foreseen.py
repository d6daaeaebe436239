"""What would follow from a decision, for a page that asks before it is made; and working out what was decided.

Invariant: on a large ledger nothing is worked out that nobody asked for, and only one at a time, beside the pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.errors import UsageError
from variorum.pipeline import Report, follow
from variorum.pipeline.deciding import Word
from variorum.pipeline.foretold import FEW, foretell, foretell_beside
from variorum.pipeline.wordlines import word_line
from variorum.web.acting import Posted
from variorum.web.asking import Asked, Parameter

FORESEE = Parameter("foresee", "flag", "1: say what would follow, also where that takes long.")
SHOWN = 40  # lines on a page
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
    """Say what words would change, or taking rows back. Raises UsageError while another is being worked out."""
    seen = asked.ledger.last_decision()
    lines: list[str] | None = None
    added = () if without else words
    if asked.standing.size().reports <= FEW:
        lines = foretell(asked.ledger, added, without=without, now=asked.now)
    elif asked.one("foresee") == "1":
        if not asked.standing.foretelling.acquire(blocking=False):
            raise UsageError("what another decision would change is being worked out", "try again in a minute")
        try:
            lines = foretell_beside(asked.standing.place, added, without=without, now=asked.now)
        finally:
            asked.standing.foretelling.release()
    said = tuple(word_line(asked.ledger, word, asked.labels) for word in words[:ROWS])
    return Foreseen(said, len(words), None if lines is None else tuple(lines), seen)


def foreseen_data(foreseen: Foreseen) -> dict[str, Any]:
    """Give the same as data."""
    return {
        "rows": list(foreseen.rows),
        "row_count": foreseen.count,
        "would_follow": None if foreseen.lines is None else list(foreseen.lines),
    }


def work_out(posted: Posted, verb: str) -> None:
    """Have the events worked out from what was just stored: beside the pages where something does that, else here."""
    followup = getattr(posted.state, "followup", None)
    if followup is not None:
        followup.stored(at_once=True)
        followup.wait(WAIT_S)
    else:
        with posted.open() as ledger:
            follow(ledger, Report(), command=verb, now=posted.now)
    posted.state.standing.forget()
