"""A whole ledger copied into another place, row by row, and the proof that both are one. No row is made here.

Invariant: a copy is written in one transaction, which ends only when every table has the same rows under the same seals
and the copy passes its own check; a copy that was stopped leaves an empty ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from variorum.errors import LedgerError, UsageError
from variorum.ledger import seals, texts, wordindex
from variorum.ledger.seals import FIRST_HASH
from variorum.ledger.tables import article, log, meta, metadata, raw

CHUNK = 500  # rows in memory at a time; of articles about 2 MB
Tell = Callable[[str, int, int], None]

# What stands beside the tables and follows from their rows, such as an index of words: each function fills one of them
# anew, and is called once after all rows are in. Nothing else has to be done for an index to move.
INDEXES: tuple[Callable[[sa.Connection], None], ...] = (wordindex.rebuild,)


def tell_nobody(table: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy of a ledger holds."""

    rows: Mapping[str, int]  # by table
    last_hash: str  # of the log: with it everything is pinned down; 64 zeros for an empty log


def copy_rows(old: sa.Connection, new: sa.Connection, name: str, tell: Tell) -> Copied:
    """Copy every row of every table, parents before children; gives what was copied, and proves that it is the same.

    Texts go where the new ledger keeps its own; where both keep them at one address, they stay as they are.
    Raises UsageError when there are rows already, LedgerError when the copy is not what it was copied from.
    """
    refuse_rows(new, name)
    new.execute(sa.delete(meta).where(meta.c.key != texts.CHOICE))
    shared = texts.are_shared(old, new)
    if shared:
        texts.copy_packs(old, new)
    total, done = count_all(old), 0
    for table in metadata.sorted_tables:
        tell(table.name, done, total)
        for rows in _read(old, table):
            if table in (article, raw) and not shared:
                new.execute(sa.insert(table), texts.put_out(new, table, texts.fill(old, table, rows)))
            else:
                new.execute(sa.insert(table), rows)
            done += len(rows)
            tell(table.name, done, total)
    texts.write_out(new)
    for fill in INDEXES:
        fill(new)
    return prove(old, new, name)


def _read(connection: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    order = [article.c.number] if table is article else [*table.primary_key.columns]  # as they are read most
    query = sa.select(table).order_by(*order)
    if table is meta:
        query = query.where(meta.c.key != texts.CHOICE)
    with connection.execute(query, execution_options={"yield_per": CHUNK}) as result:
        for rows in result.mappings().partitions():
            yield [dict(row) for row in rows]


def refuse_rows(connection: sa.Connection, name: str) -> None:
    """Refuse a place where a ledger with rows is."""
    for table in metadata.sorted_tables:
        if table is not meta and connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise UsageError(
                f"{name} holds a ledger already (its table {table.name} has rows); nothing was written",
                "name a new file, or an empty database; to bring two ledgers together: variorum merge",
            )


def count_all(connection: sa.Connection) -> int:
    """Give the number of all rows."""
    return sum(_count(connection, table) for table in metadata.sorted_tables)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def prove(old: sa.Connection, new: sa.Connection, name: str) -> Copied:
    """Hold a copy against what it was copied from: rows and seals of each table, and the last hash of the log.

    Raises LedgerError where they differ.
    """
    found: dict[str, int] = {}
    for table in metadata.sorted_tables:
        found[table.name], there = _count(new, table), _count(old, table)
        same = found[table.name] == there or table is meta  # which says where texts lie, each ledger in its own way
        if "seal" in table.columns:
            same = same and seals.state_of(old, table) == seals.state_of(new, table)
        if not same:
            raise LedgerError(f"{name}: the copy of table {table.name} is not what was copied; nothing was kept")
    if last_hash(old) != last_hash(new):
        raise LedgerError(f"{name}: the log of the copy does not end as the one that was copied; nothing was kept")
    return Copied(found, last_hash(new))


def last_hash(connection: sa.Connection) -> str:
    """Give the hash of the log's last row; 64 zeros where nothing was written."""
    query = sa.select(log.c.hash).order_by(log.c.number.desc()).limit(1)
    return str(connection.execute(query).scalar() or FIRST_HASH)
