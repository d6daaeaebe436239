"""Rows that were altered, added or taken away behind the program's back, each named. Only reads.

Invariant: rows are held against their seals, seals against the batches of the log, and the log against its chain.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError
from variorum.ledger import indexes, schema_checks, texts
from variorum.ledger.decisions import read_log
from variorum.ledger.migrations import MIGRATIONS, VERSION_KEY
from variorum.ledger.readings import stream
from variorum.ledger.seals import FIRST_HASH, changing_columns, hash_log, key_of, sealer, state_of
from variorum.ledger.tables import ADDED, REBUILT, article, meta, metadata, raw

State = dict[str, Any]
_KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], frozenset[type]], ...] = (
    (sa.Boolean, frozenset({bool, int})),  # of which 0 and 1 are looked at below
    (sa.BigInteger, frozenset({int})),
    (sa.Double, frozenset({float, int})),
    (sa.LargeBinary, frozenset({bytes})),
    (sa.Text, frozenset({str})),
)


def find_altered(connection: sa.Connection) -> Iterator[str]:
    """Yield one line per altered row, and per table or batch that misses or has too many; none for a sound ledger."""
    with _any_bytes(connection):
        yield from _structure(connection)
        yield from schema_checks.find_faults(connection)
        yield from _meta(connection)
        told = _Told()
        yield from told.read(connection)
        lost: dict[int, str] = {}
        try:
            lost = texts.find_lost(connection)
        except LedgerError as error:  # the whole place is out of reach: each text says so too
            yield f"texts: {error.cause}"
        yield from lost.values()
        for table in sorted(metadata.tables.values(), key=lambda table: table.name):
            if "seal" in table.columns:
                yield from _rows(connection, table, told, lost)
        for table in REBUILT:
            yield from _rebuilt(connection, table, told.state.get(table.name))


@contextmanager
def _any_bytes(connection: sa.Connection) -> Iterator[None]:
    """Read texts of SQLite whose bytes are no UTF-8 any more as what they are, so that the row can be named."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    before, driver.text_factory = driver.text_factory, lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


def _structure(connection: sa.Connection) -> Iterator[str]:
    """Ask SQLite whether its pages hang together; PostgreSQL looks after its own."""
    if connection.dialect.name == "sqlite":
        for row in connection.execute(sa.text("PRAGMA integrity_check(20)")).scalars().all():
            if row != "ok":
                yield f"the file is damaged: {row}"


def _meta(connection: sa.Connection) -> Iterator[str]:
    """Look that the rows without a seal are as they must be: the version, and the stamp of the index, if any."""
    wanted = {VERSION_KEY: str(len(MIGRATIONS))}
    found = {row.key: row.value for row in connection.execute(sa.select(meta))}
    found.pop(texts.CHOICE, None)  # an altered one leads to texts that are not there
    if indexes.is_sound(connection):
        found.pop(indexes.STAMP, None)
    for key in sorted(wanted.keys() | found.keys(), key=str):
        if found.get(key) != wanted.get(key):
            yield f"meta {key}: the value is {found.get(key)!r:.60}, and not {wanted.get(key)!r}"


class _Told:
    """What the log tells of each table."""

    def __init__(self) -> None:
        self.added: dict[tuple[str, int], tuple[int, str]] = {}  # table and batch -> number and hash of its rows
        self.changed: dict[str, dict[str, State]] = defaultdict(dict)  # table -> key -> columns as last changed
        self.state: dict[str, tuple[int, str]] = {}  # table that is made again -> number and hash of its rows

    def read(self, connection: sa.Connection) -> Iterator[str]:
        """Walk along the chain; yields its faults."""
        previous, number = FIRST_HASH, 0
        for entry in read_log(connection, newest_first=False):
            number += 1
            draft = (entry.at, entry.kind, entry.subject, entry.by, entry.note)
            if entry.number != number or entry.previous != previous:
                yield f"log {entry.number}: a row before it is missing or was changed"
            try:
                sound = entry.hash == hash_log(entry.number, draft, entry.previous, entry.content)
                content = json.loads(entry.content) if entry.content else {}
            except (TypeError, ValueError, UnicodeError):
                sound, content = False, {}
            if not sound:
                yield f"log {entry.number}: the row is not the one that was written"
            elif content:
                self._take(content)
            previous, number = entry.hash, entry.number

    def _take(self, content: Mapping[str, Any]) -> None:
        for name, (count, digest) in content["added"].items():
            self.added[name, content["batch"]] = (count, digest)
        for name, changes in content["changed"].items():
            for key, values in changes.items():
                self.changed[name].setdefault(key, {}).update(values)
        for name, (count, digest) in content["state"].items():
            self.state[name] = (count, digest)


def _stored_rows(
    connection: sa.Connection, table: sa.Table, lost: Collection[int]
) -> Iterator[tuple[dict[str, Any], LedgerError | None]]:
    """Yield the rows of a table as they are stored, with their texts from outside, or with why there is none.

    Of a row whose pack is lost, which was named, the error says nothing.
    """
    query = _as_stored(table).order_by(*table.primary_key.columns)
    if table is not article and table is not raw:
        yield from ((row, None) for row in stream(connection, query, dict))
        return
    found = stream(connection, query, dict)
    while part := list(islice(found, texts.CHUNK)):
        there = [row for row in part if row["pack"] not in lost]
        whole = iter(texts.try_fill(connection, table, there))
        for row in part:
            if row["pack"] in lost:
                yield row, LedgerError("")
                continue
            got = next(whole)
            yield (row, got) if isinstance(got, LedgerError) else (got, None)


def _rows(connection: sa.Connection, table: sa.Table, told: _Told, lost: Collection[int]) -> Iterator[str]:
    seal, first = sealer(table), changing_columns(table)
    truths = [column.name for column in table.columns if isinstance(column.type, sa.Boolean)]
    kinds = [(column.name, _kinds(column)) for column in table.columns]
    changed = told.changed.get(table.name, {})
    batches: dict[int, list[Any]] = {}
    altered: set[int] = set()
    for row, missing in _stored_rows(connection, table, lost):
        batch = row["batch"] if isinstance(row.get("batch"), int) else None
        sound = (missing is not None or _is_sealed(seal, row)) and (batch is not None or table not in ADDED)
        if missing is not None and missing.cause:
            yield f"{_name(table, row)}: {missing.cause}"
        if table in (article, raw) and not texts.is_placed(table, row):
            yield f"{_name(table, row)}: it does not say where its text lies"
        sound = sound and all(type(row[name]) in kind for name, kind in kinds)
        if not sound or any(row[name] not in (0, 1) for name in truths):
            altered.add(batch or 0)
            yield f"{_name(table, row)}: the row is not the one that was written"
        if first:
            wanted = first | changed.get(str(key_of(table, row)[0]), {})
            for column, value in wanted.items():
                if row[column] != value:
                    yield f"{_name(table, row)}: {column} is {row[column]!r:.60}, and the log says {value!r:.60}"
        if batch is not None:
            counted = batches.setdefault(batch, [0, hashlib.sha256()])
            counted[0] += 1
            counted[1].update(row["seal"] if isinstance(row["seal"], bytes) else b"")
    if table in ADDED:
        yield from _batches(table, {batch: (n, d.hexdigest()) for batch, (n, d) in batches.items()}, told, altered)


def _as_stored(table: sa.Table) -> sa.Select[Any]:
    """Ask for rows as they are stored: SQLite keeps any value in any column, and 3 would be read as True."""
    plain = sa.types.NullType()
    return sa.select(
        *(sa.type_coerce(column, plain).label(column.name) if _is_made(column) else column for column in table.columns)
    )


def _is_made(column: sa.Column[Any]) -> bool:
    """Tell whether what is stored is made into something else when it is read."""
    return isinstance(column.type, sa.Boolean | sa.Double | sa.LargeBinary)


def _kinds(column: sa.Column[Any]) -> frozenset[type]:
    """Give the types that a value of a column can be of: a seal takes bytes for the text or number that they spell."""
    found = next(kinds for kind, kinds in _KINDS if isinstance(column.type, kind))
    return found | {type(None)} if column.nullable else found


def _is_sealed(seal: Any, row: Mapping[str, Any]) -> bool:
    try:
        return bool(seal(row) == row["seal"])
    except (TypeError, ValueError, UnicodeError):  # what stands there is of another type now
        return False


def _batches(table: sa.Table, found: Mapping[int, tuple[int, str]], told: _Told, altered: set[int]) -> Iterator[str]:
    wanted = {batch: row for (name, batch), row in told.added.items() if name == table.name}
    for batch in sorted(found.keys() | wanted.keys()):
        there, said = found.get(batch, (0, "")), wanted.get(batch, (0, ""))
        if there[0] != said[0]:
            yield f"{table.name}: {there[0]} rows of batch {batch} are there, {said[0]} were written"
        elif there != said and batch not in altered:
            yield f"{table.name}: the rows of batch {batch} are not those that were written"


def _rebuilt(connection: sa.Connection, table: sa.Table, said: tuple[int, str] | None) -> Iterator[str]:
    count, digest = state_of(connection, table)
    wanted = said or (0, hashlib.sha256().hexdigest())
    if count != wanted[0]:
        yield f"{table.name}: {count} rows are there, {wanted[0]} were written"
    elif digest != wanted[1]:
        yield f"{table.name}: the rows are not those that were written"


def _name(table: sa.Table, row: Mapping[str, Any]) -> str:
    return f"{table.name} {' '.join(str(part) for part in key_of(table, row))}".encode("utf-8", "replace").decode()
