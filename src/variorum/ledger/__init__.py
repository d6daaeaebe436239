"""The ledger: the only SQL of the project. SQLite by default, PostgreSQL by URL."""

from variorum.ledger.records import (
    Decision,
    EventVersion,
    InputSeen,
    LogEntry,
    Rewritten,
    Run,
    SqlResult,
)
from variorum.ledger.store import Ledger

__all__ = ["Decision", "EventVersion", "InputSeen", "Ledger", "LogEntry", "Rewritten", "Run", "SqlResult"]
