"""The decisions of people and the runs of the program in one list, newest first, a page at a time. Only reads.

Invariant: a decision is one entry, however many rows it has; what the matcher judged is no decision.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from variorum.ledger.decisions import MATCHER
from variorum.ledger.records import LogEntry
from variorum.ledger.store import Ledger
from variorum.ledger.tables import event_version, judgement, log, redirect, ruling, run

What = Literal["decision", "run"]
OF_PEOPLE = ("judgement", "ruling", "retracted")  # kinds of log rows that a person's word makes


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision or run in the list."""

    at: str
    what: What
    number: int  # D12 or run 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted; None means any."""

    what: What | None = None
    by: str | None = None
    kind: str | None = None  # of a decision: a verdict on two mentions, or the field of a ruling; of a run its command
    since: str | None = None  # ISO day, included
    until: str | None = None
    subjects: Collection[str] | None = None  # ids, of which a decision names one


def list_acts(ledger: Ledger, wanted: Wanted) -> list[Entry]:
    """Give the decisions and runs that are wanted, newest first."""
    found: list[Entry] = []
    with ledger._reading() as connection:
        if wanted.what != "run":
            acts: dict[int, str] = {}
            for table in (judgement, ruling):
                query = sa.select(table.c.act, sa.func.min(table.c.at)).where(*_conditions(table, wanted))
                for act, at in connection.execute(query.group_by(table.c.act)):
                    acts[act] = min(at, acts.get(act, at))
            found += [Entry(at, "decision", act) for act, at in acts.items()]
        if wanted.what != "decision" and wanted.subjects is None:
            rows = connection.execute(sa.select(run.c.started_at, run.c.number).where(*_of_runs(wanted)))
            found += [Entry(row[0], "run", row[1]) for row in rows]
    kept = [row for row in found if _within(row.at, wanted)]
    return sorted(kept, key=lambda row: (row.at, row.what == "run", row.number), reverse=True)


def _within(at: str, wanted: Wanted) -> bool:
    return (wanted.since is None or at[:10] >= wanted.since) and (wanted.until is None or at[:10] <= wanted.until)


def _conditions(table: sa.Table, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [table.c.author != MATCHER]
    if wanted.by is not None:
        found.append(sa.func.lower(table.c.author) == wanted.by.lower())
    if wanted.kind is not None:
        found.append((table.c.verdict if table is judgement else table.c.field) == wanted.kind)
    if wanted.subjects is not None:
        ids = sorted(wanted.subjects)
        columns = (table.c.left_id, table.c.right_id) if table is judgement else (table.c.subject, table.c.other)
        found.append(sa.or_(*(column.in_(ids) for column in columns)))
    return found


def _of_runs(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.by is not None:
        found.append(sa.func.lower(run.c.program).startswith(wanted.by.lower(), autoescape=True))
    if wanted.kind is not None:
        found.append(run.c.command == wanted.kind)
    return found


def list_people(ledger: Ledger) -> dict[str, int]:
    """Give who decided, each with the number of decisions."""
    acts: dict[str, set[int]] = {}
    with ledger._reading() as connection:
        for table in (judgement, ruling):
            query = sa.select(table.c.author, table.c.act).where(table.c.author != MATCHER).distinct()
            for author, act in connection.execute(query):
                acts.setdefault(author, set()).add(act)
    return {author: len(acts[author]) for author in sorted(acts)}


def read_retractions(ledger: Ledger, acts: Collection[int]) -> dict[int, LogEntry]:
    """Give the row of the log in which each of some decisions was taken back last, by the number of the decision."""
    wanted = {f"D{act}": act for act in acts}
    found: dict[int, LogEntry] = {}
    query = sa.select(log).where(log.c.kind == "retracted").order_by(log.c.number)
    with ledger._reading() as connection:
        for row in connection.execute(query):
            entry = LogEntry(*row)
            act = wanted.get(entry.note.partition(" ")[0])
            if act is not None:
                found[act] = entry
    return found


def run_after(ledger: Ledger, row: int) -> int | None:
    """Give the number of the first run that came to its end after a row of the log; None where none did."""
    query = sa.select(log.c.subject).where(log.c.number > row, log.c.kind == "run.finished")
    with ledger._reading() as connection:
        subject = connection.execute(query.order_by(log.c.number).limit(1)).scalar()
    return None if subject is None else int(subject.removeprefix("run "))


def logged_at(ledger: Ledger, act: int) -> int | None:
    """Give the row of the log that tells of a decision first; None where it came with another ledger's log."""
    told = log.c.kind.in_(("judgement", "ruling")) & log.c.note.startswith(f"D{act} ", autoescape=True)
    with ledger._reading() as connection:
        return connection.execute(sa.select(sa.func.min(log.c.number)).where(told)).scalar()


def count_words(ledger: Ledger, after: int) -> int:
    """Give how many decisions and takings-back the log has after a row."""
    query = sa.select(sa.func.count()).where(log.c.number > after, log.c.kind.in_(OF_PEOPLE))
    with ledger._reading() as connection:
        return int(connection.execute(query).scalar_one())


def last_written(ledger: Ledger) -> str | None:
    """Give when the last row of the log was written; None where there is none."""
    with ledger._reading() as connection:
        return connection.execute(sa.select(log.c.at).order_by(log.c.number.desc()).limit(1)).scalar()


def versions_made(ledger: Ledger, events: Collection[str], at: str) -> list[tuple[str, int]]:
    """Give which of some events were rewritten at a time: their ids with the versions that were written then."""
    columns = (event_version.c.event_id, event_version.c.version)
    query = sa.select(*columns).where(event_version.c.event_id.in_(sorted(events)), event_version.c.at == at)
    with ledger._reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query.order_by(*columns))]


def redirects_made(ledger: Ledger, at: str) -> list[tuple[str, str]]:
    """Give the event ids that were retired at a time, and where they lead; "" where nothing reports them any more."""
    query = sa.select(redirect.c.old_id, redirect.c.new_id).where(redirect.c.at == at).order_by(redirect.c.old_id)
    with ledger._reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]
