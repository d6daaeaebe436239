"""What happened: runs of the program, and what could not be read.

Invariant: a run's row is written when it begins, or with its figures when it is done; a problem stands once a place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError
from variorum.ledger import rows, seals
from variorum.ledger.readings import next_number, stream
from variorum.ledger.records import Run
from variorum.ledger.seals import add_log
from variorum.ledger.tables import problem, run
from variorum.model import Problem


def start_run(connection: sa.Connection, command: str, program: str, at: str) -> int:
    """Write that a run begins; gives its number."""
    number = next_number(connection, run.c.number)
    row = {"number": number, "command": rows.storable(command), "program": program, "started_at": at, "figures": "{}"}
    seals.insert(connection, run, [row])
    add_log(connection, (at, "run.started", f"run {number}", program, command))
    return number


def finish_run(connection: sa.Connection, number: int, figures: Mapping[str, Any], at: str) -> None:
    """Write that a run came to its end, with its figures."""
    text = rows.canonical(dict(figures))
    if connection.execute(sa.select(run.c.number).where(run.c.number == number)).first() is None:
        raise LedgerError(f"no run {number} was started")
    seals.change(connection, run, number, finished_at=at, figures=text)
    add_log(connection, (at, "run.finished", f"run {number}", "", ""))


def read_runs(connection: sa.Connection) -> Iterator[Run]:
    """Yield runs, newest first."""

    def read(row: sa.RowMapping) -> Run:
        figures = json.loads(row["figures"])
        return Run(row["number"], row["command"], row["program"], row["started_at"], row["finished_at"], figures)

    return stream(connection, sa.select(run).order_by(run.c.number.desc()), read)


def add_problems(connection: sa.Connection, problems: Iterable[Problem]) -> int:
    """Write problems; gives how many are new. The same problem of the same place is written once."""
    number = next_number(connection, problem.c.number)
    new: list[rows.Row] = []
    known: set[tuple[str, str, str]] = set()
    for record in problems:
        row = {
            "number": number + len(new),
            "location": rows.storable(record.where),
            "code": record.code,
            "cause": rows.storable(record.cause),
            "remedy": rows.storable(record.remedy),
            "at": record.at,
        }
        key = (str(row["location"]), str(row["code"]), str(row["cause"]))
        same = sa.select(problem.c.number).where(
            problem.c.location == key[0], problem.c.code == key[1], problem.c.cause == key[2]
        )
        if key not in known and connection.execute(same).first() is None:
            known.add(key)
            new.append(row)
    seals.insert(connection, problem, new)
    return len(new)


def clear_problems(connection: sa.Connection, where: str) -> int:
    """Take away the problems of one place, once it can be read; gives how many there were."""
    return seals.delete(connection, problem, problem.c.location == rows.storable(where))


def clear_lost(connection: sa.Connection, start: str) -> int:
    """Take away what was listed as lost in words that begin so: the decision is taken back; gives how many."""
    lost = problem.c.code.in_(("judgement-lost", "ruling-lost"))
    return seals.delete(connection, problem, lost & problem.c.cause.startswith(rows.storable(start), autoescape=True))


def read_problems(connection: sa.Connection) -> Iterator[Problem]:
    """Yield problems in the order they were written."""
    return stream(connection, sa.select(problem).order_by(problem.c.number), rows.read_problem)
