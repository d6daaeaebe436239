"""The table of packs, since version 10: which file or object holds the texts with this number. No queries in here.

It stands beside the other tables, as the word index does: where a text lies is no part of what a ledger says.
"""

from __future__ import annotations

import sqlalchemy as sa

from variorum.ledger.columns import TEXT, number

metadata = sa.MetaData()

pack = sa.Table(
    *("pack", metadata),
    number("number", key=True),
    sa.Column("name", TEXT, nullable=False),  # SHA-256 of its bytes, hexadecimal
    number("size"),  # in bytes
)


def outside() -> list[sa.Column[int]]:
    """Give the columns that say where the long part of a row lies, all empty where it lies in the row itself.

    They are no part of what is sealed, and nothing that two ledgers are compared by.
    """
    return [
        sa.Column(name, sa.BigInteger, nullable=True, info={"clock": True, "place": True})
        for name in ("pack", "pack_start", "pack_size")
    ]
