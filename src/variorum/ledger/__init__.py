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

__all__ = [
    "Decision",
    "Doubts",
    "EventVersion",
    "InputSeen",
    "Ledger",
    "LogEntry",
    "Pointed",
    "Rewritten",
    "Run",
    "SqlResult",
    "Waiting",
]
