"""Seals: how an altered, added or missing row is found. Every row of a ledger is written through here.

A row's *seal* is half the SHA-256 of its canonical form, so a changed row is named; a text that lies outside the ledger
(`texts.py`) is sealed like one in the row. What one transaction writes is a *batch*, and the log has one row for it,
which holds the number and hash of the rows added to each table, each change of a row that may change, and the state of
each table that was made again. The log's rows are chained (`hash_log`), so with the last hash everything is pinned
down. Method: hash chain and digest per batch as in RFC 9162 (Certificate Transparency), without the tree, since a
ledger is always checked whole.

Invariant: a transaction that wrote anything ends with its row in the log.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from variorum.ledger import rows, texts
from variorum.ledger.tables import ADDED, REBUILT, log

SEAL_BYTES = 16
WRITTEN = "written"  # kind of the log's row for a batch
INPUTS = "inputs"  # its subject where something was read or decided, so that events may follow otherwise
CHUNK = 500  # keys asked for in one query
FIRST_HASH = "0" * 64
LogDraft = tuple[str, str, str, str, str]
_READ_OR_DECIDED = frozenset({"article", "reading", "mention", "claim", "judgement", "ruling"})
_BATCH = "variorum batch"


@dataclass
class Batch:
    """What one transaction wrote so far."""

    number: int
    added: dict[sa.Table, list[tuple[tuple[Any, ...], bytes]]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    rebuilt: set[sa.Table] = field(default_factory=set)
    inputs: bool = False  # events may follow otherwise, though no row was read or decided


def begin(connection: sa.Connection) -> None:
    """Begin the batch of a transaction."""
    connection.info.pop(_BATCH, None)


def batch_of(connection: sa.Connection) -> Batch:
    """Give the batch of a transaction; its number follows the last one of the log."""
    found = connection.info.get(_BATCH)
    if isinstance(found, Batch):
        return found
    query = sa.select(log.c.content).where(log.c.kind == WRITTEN).order_by(log.c.number.desc()).limit(1)
    last = connection.execute(query).scalar()
    batch = Batch(1 if last is None else json.loads(last)["batch"] + 1)
    connection.info[_BATCH] = batch
    return batch


def end(connection: sa.Connection, at: str) -> None:
    """Write the log's row for what the transaction wrote; nothing where it wrote nothing."""
    batch = connection.info.pop(_BATCH, None)
    if not isinstance(batch, Batch) or not (batch.added or batch.changed or batch.rebuilt):
        return
    content = {
        "batch": batch.number,
        "added": {table.name: _digest(seal for _, seal in sorted(new)) for table, new in batch.added.items()},
        "changed": batch.changed,
        "state": {table.name: state_of(connection, table) for table in batch.rebuilt},
    }
    touched = {table.name for table in batch.added} | batch.changed.keys()
    subject = INPUTS if batch.inputs or touched & _READ_OR_DECIDED else ""
    add_log(connection, (at, WRITTEN, subject, "", ""), rows.canonical(content))


def _digest(seals: Iterable[bytes]) -> list[Any]:
    count, found = 0, hashlib.sha256()
    for seal in seals:
        count += 1
        found.update(seal)
    return [count, found.hexdigest()]


def state_of(connection: sa.Connection, table: sa.Table) -> list[Any]:
    """Give the number of rows of a table and the hash of their seals in the order of their keys."""
    query = sa.select(table.c.seal).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": 10_000}) as result:
        return _digest(seal if isinstance(seal, bytes) else b"" for seal in result.scalars())


@cache
def sealer(table: sa.Table) -> Callable[[Mapping[str, Any]], bytes]:
    """Give the function that seals a row of a table; columns that may change later are left out."""
    # Both databases give back what was written, but for the type of a truth value and of a whole number among doubles.
    kinds = ((sa.Boolean, bool), (sa.Double, float))
    columns = [
        (column.name, next((make for kind, make in kinds if isinstance(column.type, kind)), None))
        for column in table.columns
        if _is_sealed(column)
    ]
    head = table.name

    def seal(row: Mapping[str, Any]) -> bytes:
        values = [row[name] if make is None or row[name] is None else make(row[name]) for name, make in columns]
        text = json.dumps([head, *values], ensure_ascii=False, separators=(",", ":"), default=_plain)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:SEAL_BYTES]

    return seal


def _is_sealed(column: sa.Column[Any]) -> bool:
    return column.name != "seal" and not column.info.get("changing", False) and not column.info.get("place", False)


def _plain(value: object) -> str:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else str(value)


@cache
def _keys(table: sa.Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)


def key_of(table: sa.Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give the key of a row."""
    return tuple(row[name] for name in _keys(table))


def insert(connection: sa.Connection, table: sa.Table, new: Sequence[rows.Row]) -> None:
    """Write new rows with their seals."""
    if not new:
        return
    batch = batch_of(connection)
    seal = sealer(table)
    nothing = {column.name: None for column in table.columns if column.nullable}
    for row in new:
        for name in nothing:
            row.setdefault(name, None)
        if table in ADDED:
            row["batch"] = batch.number
        row["seal"] = seal(row)
    connection.execute(sa.insert(table), texts.put_out(connection, table, new))
    if table in ADDED:
        batch.added[table] += [(key_of(table, row), row["seal"]) for row in new]
    elif table in REBUILT:
        batch.rebuilt.add(table)


def insert_new(connection: sa.Connection, table: sa.Table, given: Iterable[rows.Row]) -> int:
    """Write those rows whose key is not there yet, the first of each key; gives how many were new."""
    by_key: dict[tuple[Any, ...], rows.Row] = {}
    for row in given:
        by_key.setdefault(key_of(table, row), row)
    columns = [*table.primary_key.columns]
    keys = [*by_key]
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        # One column of the key narrows it down enough: those of a table of pairs share their first.
        near = columns[0].in_({key[0] for key in chunk})
        for found in connection.execute(sa.select(*columns).where(near)):
            by_key.pop(tuple(found), None)
    insert(connection, table, [*by_key.values()])
    return len(by_key)


def delete(connection: sa.Connection, table: sa.Table, where: Any, given: Sequence[rows.Row] = ()) -> int:
    """Take rows of a table away that can be made again, or of the program's own notes; gives how many.

    Raises ValueError for a table whose rows are only ever added.
    """
    if table in ADDED:
        raise ValueError(f"rows of {table.name} are never taken away")
    done = connection.execute(sa.delete(table).where(where), list(given) if given else None)
    if table in REBUILT and done.rowcount != 0:  # where nothing was there, what the log says of the table still holds
        batch_of(connection).rebuilt.add(table)
    return done.rowcount


def change(connection: sa.Connection, table: sa.Table, key: str | int, **values: Any) -> None:
    """Change columns of a row that may change, and tell the log; the log holds `values` as they are."""
    column = next(iter(table.primary_key.columns))
    connection.execute(sa.update(table).where(column == key).values(**values))
    batch_of(connection).changed[table.name][str(key)] = values


def changing_columns(table: sa.Table) -> dict[str, Any]:
    """Give the columns of a table that may change, each with what stands in a row when it is written."""
    first = {"superseded": False, "retracted": None, "finished_at": None, "figures": "{}"}
    return {column.name: first[column.name] for column in table.columns if column.info.get("changing", False)}


def seal_all(connection: sa.Connection, table: sa.Table) -> None:
    """Seal rows that were written before there were seals, as one batch with all that had changed in them."""
    batch = batch_of(connection)
    seal = sealer(table)
    first = changing_columns(table)
    found: list[rows.Row] = []
    columns = [column for column in table.columns if not column.info.get("place", False)]  # since a later version
    for row in connection.execute(sa.select(*columns)).mappings():
        sealed = {**row, "batch": batch.number} if table in ADDED else dict(row)
        found.append({f"key_{name}": row[name] for name in _keys(table)} | {"new_seal": seal(sealed)})
        now = {name: row[name] for name, value in first.items() if row[name] != value}
        if now:
            batch.changed[table.name][str(row[_keys(table)[0]])] = now
    if not found:
        return
    same = sa.and_(*(table.c[name] == sa.bindparam(f"key_{name}") for name in _keys(table)))
    values: dict[str, Any] = {"seal": sa.bindparam("new_seal")}
    if table in ADDED:
        values["batch"] = batch.number
        batch.added[table] += [(tuple(row[f"key_{name}"] for name in _keys(table)), row["new_seal"]) for row in found]
    elif table in REBUILT:
        batch.rebuilt.add(table)
    connection.execute(sa.update(table).where(same).values(**values), found)


# ---------------------------------------------------------------- the log


def hash_log(number: int, draft: LogDraft, previous: str, content: str = "") -> str:
    """Give the hash of a log row: SHA-256 of the canonical JSON of the row with the hash before it."""
    form = [number, *draft, previous, content] if content else [number, *draft, previous]  # as before version 3
    return hashlib.sha256(rows.canonical(form).encode("utf-8")).hexdigest()


def add_log(connection: sa.Connection, draft: LogDraft, content: str = "") -> None:
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
        "hash": hash_log(number, (at, kind, subject, by, note), previous, content),
        "content": content,
    }
    connection.execute(sa.insert(log), row)
