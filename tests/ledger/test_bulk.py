from __future__ import annotations

import pytest

import factories as make
from conftest import DATABASES, NewPlace
from variorum.errors import LedgerError, QuoteMismatchError
from variorum.ledger import Ledger
from variorum.model import Extraction


def readings() -> list[Extraction]:
    one, two = make.article("one"), make.article("two")
    return [
        make.extraction(one, held=2),
        make.extraction(two),
        make.extraction(two, extractor="other"),
        make.extraction(one, version="2"),
        make.extraction(two),
    ]


@pytest.mark.parametrize("database", DATABASES)
def test_readings_written_at_once_are_those_written_one_by_one(new_place: NewPlace, database: str) -> None:
    with Ledger.open(new_place(database), create=True) as single, Ledger.open(new_place("sqlite"), create=True) as many:
        for ledger in (single, many):
            ledger.add_articles([make.article("one"), make.article("two")])
        new = sum(single.add_extraction(found) for found in readings())
        assert many.add_extractions(readings()) == new == 4
        assert many.dump() == single.dump()
        assert many.add_extractions(readings()[1:3]) == 0
        assert many.check() == []


def test_one_wrong_quote_among_many_keeps_all_out(ledger: Ledger) -> None:
    ledger.add_articles([make.article("one"), make.article("two", f"Another. {make.TEXT}")])
    good = make.extraction(make.article("one"))
    wrong = make.extraction(make.article("two"))
    with pytest.raises((QuoteMismatchError, LedgerError)):
        ledger.add_extractions([good, wrong])
    assert ledger.counts()["reading"] == 0
