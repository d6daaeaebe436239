"""The kinds of columns that tables are made of, and what holds all tables. No tables in here.

Invariant: both databases order and compare text alike, and a sealed row has its seal in a column of that name.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

# The general type, since importing that of PostgreSQL costs every start 30 ms. Collation "C" makes PostgreSQL order and
# compare by code point, as SQLite does: promise 8 needs one order.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    """A text; `key` makes it part of the key of its table."""
    return sa.Column(name, TEXT, *constraints, nullable=null, primary_key=key)


def clock(name: str, null: bool = False) -> sa.Column[Any]:
    """A time at which something was done: left out when two ledgers are compared."""
    return sa.Column(name, TEXT, nullable=null, info={"clock": True})


def number(name: str, *constraints: Any, null: bool = False, key: bool = False) -> sa.Column[Any]:
    """A whole number that the program gives, never the database."""
    return sa.Column(name, sa.BigInteger, *constraints, nullable=null, primary_key=key, autoincrement=False)


def changing(column: sa.Column[Any]) -> sa.Column[Any]:
    """Mark a column that changes after its row was written: the log has each change, the seal leaves it out."""
    column.info["changing"] = True
    return column


def sealed(*, added: bool = False) -> list[sa.Column[Any]]:
    """Give the columns of a sealed row; of one that is never taken away also the batch in which it was added."""
    seal = sa.Column("seal", sa.LargeBinary(16), nullable=True, info={"clock": True})
    batch = sa.Column("batch", sa.BigInteger, nullable=True, info={"clock": True})
    return [batch, seal] if added else [seal]
