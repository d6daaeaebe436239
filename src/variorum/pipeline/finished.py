"""Whether the events of a ledger follow from all it holds. Nothing is worked out here."""

from __future__ import annotations

from variorum.ledger import Ledger
from variorum.ledger.acts import count_words
from variorum.ledger.picked import count_articles
from variorum.resolve.version import RESOLVER, WAITING


def is_finished(ledger: Ledger) -> bool:
    """Tell whether the events of a ledger follow from all it holds; after a run that was stopped they do not yet."""
    last = max(ledger.runs(), key=lambda row: row.number, default=None)
    if last is None or last.figures.get("state") != state_of(ledger):
        return count_articles(ledger) == 0
    return True


def count_waiting(ledger: Ledger) -> int:
    """Give how many decisions were stored or taken back since the events were worked out last."""
    last = next((run for run in ledger.runs() if run.finished_at is not None), None)
    known = int(str(last.figures.get("state", "0")).partition(" ")[0] or 0) if last is not None else 0
    return count_words(ledger, known)


def state_of(ledger: Ledger) -> str:
    """Name all that events follow from: what was read and decided, and the versions that work them out."""
    return f"{ledger.state()} {RESOLVER} {WAITING}"
