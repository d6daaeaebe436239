"""Promise 8: SQLite and PostgreSQL give the same ledger, through the pipeline."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from conftest import DATABASES, NewPlace
from invented import Deed, Story, at, deeds, do, exported, stories, take, tries, work_out
from variorum.ledger import Ledger


@tries(5)
@given(stories(min_size=2), deeds(min_size=3, max_size=8))
def test_sqlite_and_postgresql_give_the_same_export(
    empty_place: NewPlace, told: list[Story], history: list[Deed]
) -> None:
    folder = Path(empty_place("sqlite")).parent / "in"
    exports = []
    for database in DATABASES:
        with Ledger.open(empty_place(database)) as ledger:
            take(ledger, folder, "first", told, at(0))
            for step, deed in enumerate(history, start=1):
                do(ledger, folder, told, deed, step)
            work_out(ledger, at(100))
            exports.append(exported(ledger).encode())
            assert ledger.check() == []
    assert exports[0]
    assert exports[0] == exports[1]
