"""The ledger: the only SQL of the project. SQLite by default, PostgreSQL by URL."""

from variorum.ledger.records import (
    Decision,
    Doubts,
    EventVersion,
    InputSeen,
    LogEntry,
    Pointed,
    Rewritten,
    Run,
    SqlResult,
    Waiting,
)
from variorum.ledger.store import Ledger
from variorum.ledger.texts import Kept

__all__ = [
    "Decision",
    "Doubts",
    "EventVersion",
    "InputSeen",
    "Kept",
    "Ledger",
    "LogEntry",
    "Pointed",
    "Rewritten",
    "Run",
    "SqlResult",
    "Waiting",
]
