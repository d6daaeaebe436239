"""Whether the ledger grows: asked by every open page every five seconds, so nothing is counted for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from variorum.ledger.acts import last_written
from variorum.pipeline.finished import count_waiting, state_of
from variorum.web.asking import Asked, Page

WRITING = timedelta(seconds=60)  # of the last batch: a run writes one every few seconds while it reads


def read_live(asked: Asked) -> Page:
    """Read where the ledger stands: its last row, how large it is, what waits to be worked out."""
    ledger = asked.ledger
    number, _ = ledger.head()
    size = asked.standing.size()
    last = next((run for run in ledger.runs() if run.finished_at is not None), None)
    finished = number == 0 or (last is not None and last.figures.get("state") == state_of(ledger))
    data = {
        "head": number,
        "reports": size.reports,
        "events": size.events,
        "decisions": ledger.last_decision(),
        # Events are worked out after all is read, so until then a run is on its way, or one was stopped.
        "writing": not finished and _is_recent(last_written(ledger), asked.now),
        "worked_out": finished,
        "waiting_to_be_worked_out": 0 if finished else count_waiting(ledger),
    }
    return Page("", "live", data)


def _is_recent(at: str | None, now: str) -> bool:
    if at is None:
        return False
    try:
        return datetime.fromisoformat(now) - datetime.fromisoformat(at) < WRITING
    except (ValueError, TypeError):  # a time without a zone, of an older program
        return False
