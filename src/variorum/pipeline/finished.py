"""Whether the events of a ledger follow from all it holds. Nothing is worked out here."""

from __future__ import annotations

from variorum.ledger import Ledger
from variorum.ledger.picked import count_articles
from variorum.resolve.version import RESOLVER, WAITING


def is_finished(ledger: Ledger) -> bool:
    """Tell whether the events of a ledger follow from all it holds; after a run that was stopped they do not yet."""
    last = max(ledger.runs(), key=lambda row: row.number, default=None)
    if last is None or last.figures.get("state") != state_of(ledger):
        return count_articles(ledger) == 0
    return True


def state_of(ledger: Ledger) -> str:
    """Name all that events follow from: what was read and decided, and the versions that work them out."""
    return f"{ledger.state()} {RESOLVER} {WAITING}"
