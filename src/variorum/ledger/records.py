"""Records that only a ledger has: numbers, versions, log rows and runs. No SQL in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from variorum.model import Event, Judgement, Ruling


@dataclass(frozen=True, slots=True)
class InputSeen:
    """One input file or line that was read before, so that a second run can pass it by."""

    path: str  # as given by the caller; for a line of a file PATH#LINE
    size: int  # bytes
    mtime_ns: int
    sha256: str  # of the bytes, hexadecimal
    article_ids: tuple[str, ...]  # what it yielded; empty when it yielded none


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of what was decided. A decision can have several rows, and go on in another row after a new reading."""

    number: int  # of the row
    what: Judgement | Ruling
    act: int  # of the decision: `D12` in print

    @property
    def name(self) -> str:
        """What it goes by in print."""
        return f"D{self.act}"


@dataclass(frozen=True, slots=True)
class EventVersion:
    """One frozen version of an event; it stays when the event changes or is retired."""

    at: str  # ISO 8601 date-time of the writing
    event: Event  # with its version number


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row of the log. Its hash covers the row and the hash of the row before."""

    number: int
    at: str
    kind: str  # run.started, run.finished, judgement, ruling, retracted, event.retired, written
    subject: str  # id of what it is about
    by: str
    note: str
    previous: str  # hash of the row before; 64 zeros for the first
    hash: str
    content: str = ""  # JSON: what a batch wrote (`seals.py`); "" in rows of other kinds


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over some input; `finished_at` is None when it was stopped or killed."""

    number: int
    command: str
    program: str  # name and version
    started_at: str
    finished_at: str | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a rewriting of the derived rows changed, as sorted event ids and a count of copies."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    copies: int = 0  # rows of copies added or taken away


@dataclass(frozen=True, slots=True)
class SqlResult:
    """The answer to a read-only query: column names and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
