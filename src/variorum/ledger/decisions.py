"""What was decided: judgements, rulings and the log.

Invariant: rows are only added; taking one back stamps it and keeps it. Each log row's hash covers the row before.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, UnknownIdError
from variorum.ledger import rows
from variorum.ledger.dialects import insert_new
from variorum.ledger.readings import next_number, stream
from variorum.ledger.records import Decision, LogEntry, Run
from variorum.ledger.tables import judgement, log, problem, ruling, run
from variorum.model import Judgement, Problem, Ruling

MATCHER = "matcher"  # its judgements are many and explain themselves; only those of people are logged
FIRST_HASH = "0" * 64


def add_judgements(connection: sa.Connection, judgements: Iterable[Judgement]) -> int:
    """Write judgements; gives how many are new.

    A live judgement by the same author on the same pair is taken back first, unless it says the same.
    """
    given = list(judgements)
    number = next_number(connection, judgement.c.number, ruling.c.number)
    live = _live_judgements(connection, given)
    new: list[rows.Row] = []
    stale: list[rows.Row] = []
    for record in given:
        if not record.left < record.right:
            raise LedgerError(
                f"a judgement on {record.left} and {record.right} is not in order", "put the smaller left"
            )
        row = rows.judgement_row(record, number + len(new))
        pair = (record.left, record.right, row["author"])
        before = live.get(pair)
        if before is not None:
            if all(before[key] == row[key] for key in ("verdict", "score", "why")):
                continue
            if before["number"] >= number:
                raise LedgerError(f"two judgements on {record.left} and {record.right} by {record.by} at once")
            stale.append({"taken_back": before["number"], "time": record.at})
        live[pair] = row
        new.append(row)
    if stale:
        query = sa.update(judgement).where(judgement.c.number == sa.bindparam("taken_back"))
        connection.execute(query.values(retracted=sa.bindparam("time")), stale)
    if new:
        connection.execute(sa.insert(judgement), new)
    for row in new:
        if row["author"] != MATCHER:
            note = f"D{row['number']} {row['verdict']} {row['right_id']}: {row['why']}"
            add_log(connection, (row["at"], "judgement", row["left_id"], row["author"], note))
    return len(new)


def _live_judgements(connection: sa.Connection, given: list[Judgement]) -> dict[tuple[str, str, str], Any]:
    query = sa.select(judgement).where(judgement.c.retracted.is_(None))
    if len(given) < 50:
        query = query.where(judgement.c.left_id.in_({record.left for record in given}))
    found = connection.execute(query).mappings()
    return {(row["left_id"], row["right_id"], row["author"]): row for row in found}


def add_ruling(connection: sa.Connection, record: Ruling) -> bool:
    """Write a ruling; gives False when the author's latest live ruling on the claim says the same."""
    number = next_number(connection, judgement.c.number, ruling.c.number)
    row = rows.ruling_row(record, number)
    latest = (
        connection.execute(
            sa.select(ruling)
            .where(ruling.c.claim_id == row["claim_id"], ruling.c.author == row["author"], ruling.c.retracted.is_(None))
            .order_by(ruling.c.number.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    if latest is not None and all(latest[key] == row[key] for key in ("verdict", "value", "note")):
        return False
    connection.execute(sa.insert(ruling), row)
    said = record.verdict if record.value is None else f"{record.verdict} {record.value}"
    note = f"D{number} {said}: {record.note}"
    add_log(connection, (record.at, "ruling", record.claim_id, record.by, note))
    return True


def retract(connection: sa.Connection, number: int, by: str, at: str, why: str = "") -> Decision:
    """Take back one decision by its number; gives the decision with its stamp. The log says why.

    Raises UnknownIdError when there is no such decision, LedgerError when it was taken back before.
    """
    decision = find_decision(connection, number)
    if decision.what.retracted is not None:
        raise LedgerError(f"D{number} was taken back on {decision.what.retracted}", "variorum log")
    table = judgement if isinstance(decision.what, Judgement) else ruling
    connection.execute(sa.update(table).where(table.c.number == number).values(retracted=at))
    subject = decision.what.left if isinstance(decision.what, Judgement) else decision.what.claim_id
    note = f"D{number} {decision.what.verdict}" + (f": {why}" if why else "")
    add_log(connection, (at, "retracted", subject, by, note))
    return Decision(number, replace(decision.what, retracted=at))


def find_decision(connection: sa.Connection, number: int) -> Decision:
    """Give one decision by its number.

    Raises UnknownIdError when there is none.
    """
    row = connection.execute(sa.select(judgement).where(judgement.c.number == number)).mappings().first()
    if row is not None:
        return Decision(number, rows.read_judgement(row))
    row = connection.execute(sa.select(ruling).where(ruling.c.number == number)).mappings().first()
    if row is not None:
        return Decision(number, rows.read_ruling(row))
    raise UnknownIdError(f"no decision D{number}", "list them: variorum log")


def read_judgements(connection: sa.Connection, live: bool) -> Iterator[Judgement]:
    """Yield judgements in the order they were written."""
    query = sa.select(judgement).order_by(judgement.c.number)
    if live:
        query = query.where(judgement.c.retracted.is_(None))
    return stream(connection, query, rows.read_judgement)


def read_rulings(connection: sa.Connection, live: bool) -> Iterator[Ruling]:
    """Yield rulings in the order they were written; the latest live one per claim and person counts."""
    query = sa.select(ruling).order_by(ruling.c.number)
    if live:
        query = query.where(ruling.c.retracted.is_(None))
    return stream(connection, query, rows.read_ruling)


def read_decisions(connection: sa.Connection, with_matcher: bool) -> Iterator[Decision]:
    """Yield numbered decisions, newest first."""
    pairs = sa.select(judgement).order_by(judgement.c.number.desc())
    if not with_matcher:
        pairs = pairs.where(judgement.c.author != MATCHER)
    words = sa.select(ruling).order_by(ruling.c.number.desc())
    return heapq.merge(
        stream(connection, pairs, lambda row: Decision(row["number"], rows.read_judgement(row))),
        stream(connection, words, lambda row: Decision(row["number"], rows.read_ruling(row))),
        key=lambda decision: -decision.number,
    )


# ---------------------------------------------------------------- the log

LogDraft = tuple[str, str, str, str, str]


def hash_log(number: int, draft: LogDraft, previous: str) -> str:
    """Give the hash of a log row: SHA-256 of the canonical JSON of the row with the hash before it."""
    return hashlib.sha256(rows.canonical([number, *draft, previous]).encode("utf-8")).hexdigest()


def add_log(connection: sa.Connection, draft: LogDraft) -> None:
    """Append one row to the log."""
    last = connection.execute(sa.select(log.c.number, log.c.hash).order_by(log.c.number.desc()).limit(1)).first()
    number, previous = (1, FIRST_HASH) if last is None else (last[0] + 1, last[1])
    at, kind, subject, by, note = (rows.storable(part) for part in draft)
    row = {
        "number": number,
        "at": at,
        "kind": kind,
        "subject": subject,
        "author": by,
        "note": note,
        "previous": previous,
        "hash": hash_log(number, (at, kind, subject, by, note), previous),
    }
    connection.execute(sa.insert(log), row)


def read_log(connection: sa.Connection, newest_first: bool = True) -> Iterator[LogEntry]:
    """Yield log rows."""
    order = log.c.number.desc() if newest_first else log.c.number
    return stream(connection, sa.select(log).order_by(order), lambda row: LogEntry(*row.values()))


# ---------------------------------------------------------------- runs and problems


def start_run(connection: sa.Connection, command: str, program: str, at: str) -> int:
    """Write that a run begins; gives its number."""
    number = next_number(connection, run.c.number)
    row = {"number": number, "command": rows.storable(command), "program": program, "started_at": at, "figures": "{}"}
    connection.execute(sa.insert(run), row)
    add_log(connection, (at, "run.started", f"run {number}", program, command))
    return number


def finish_run(connection: sa.Connection, number: int, figures: Mapping[str, Any], at: str) -> None:
    """Write that a run came to its end, with its figures."""
    text = rows.canonical(dict(figures))
    done = connection.execute(sa.update(run).where(run.c.number == number).values(finished_at=at, figures=text))
    if done.rowcount == 0:
        raise LedgerError(f"no run {number} was started")
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
    new = 0
    for record in problems:
        row = {
            "number": number + new,
            "location": rows.storable(record.where),
            "code": record.code,
            "cause": rows.storable(record.cause),
            "remedy": rows.storable(record.remedy),
            "at": record.at,
        }
        new += connection.execute(insert_new(connection, problem), row).rowcount
    return new


def clear_problems(connection: sa.Connection, where: str) -> int:
    """Take away the problems of one place, once it can be read; gives how many there were."""
    return connection.execute(sa.delete(problem).where(problem.c.location == rows.storable(where))).rowcount


def read_problems(connection: sa.Connection) -> Iterator[Problem]:
    """Yield problems in the order they were written."""
    return stream(connection, sa.select(problem).order_by(problem.c.number), rows.read_problem)
