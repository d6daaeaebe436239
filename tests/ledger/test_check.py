from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import factories as make
from variorum.errors import LedgerError
from variorum.ledger import Ledger
from variorum.model import Capture, Redirect

EVENT = make.event(make.extraction(make.article("one")))
SECOND = make.event(make.extraction(make.article("two")))


@pytest.fixture
def full(sqlite_file: Path) -> Path:
    with Ledger.open(sqlite_file) as ledger:
        readings = []
        for name in ("one", "two"):
            article = make.article(name)
            ledger.add_article(article)
            readings.append(make.extraction(article))
            ledger.add_extraction(readings[-1])
        register = [make.named(EVENT, readings[0]), make.named(SECOND, readings[1])]
        ledger.replace_derived(events=[EVENT, SECOND], redirects=[], register=register, now=make.NOW)
        merged = Redirect(SECOND.id, EVENT.id, make.LATER, "merged")
        ledger.replace_derived(events=[EVENT], redirects=[merged], register=[], now=make.LATER)
        ledger.add_judgement(make.judgement(readings[0].mentions[0], readings[1].mentions[0]))
        ledger.add_ruling(make.ruling(readings[0].claims[0]))
    return sqlite_file


def tamper(path: Path, statement: str) -> list[str]:
    connection = sqlite3.connect(path)
    changed = connection.execute(statement).rowcount
    connection.commit()
    connection.close()
    assert changed > 0, "the test changes nothing"
    with Ledger.open(path, readonly=True) as ledger:
        return ledger.check()


def test_a_ledger_as_written_has_no_fault(full: Path) -> None:
    with Ledger.open(full, readonly=True) as ledger:
        assert ledger.check() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE article SET text = replace(text, '12', '13') WHERE number = 1", "text is not the one that was hashed"),
        ("UPDATE article SET text = replace(text, '12', '13') WHERE number = 1", "“12” is not at"),
        ("UPDATE article SET url = 'file:x' WHERE number = 1", "not the digest of url and text"),
        ("UPDATE claim SET quote = '13' WHERE quote = '12'", "“13” is not at"),
        ("UPDATE claim SET value = '13' WHERE quote = '12'", "not the digest of its content"),
        ("UPDATE claim SET span_start = span_start - 1", "is not at"),
        ("UPDATE mention SET kind = 'clash'", "not the digest of its content"),
        ("UPDATE reading SET version = '9'", "not the digest of its content"),
        ("DELETE FROM reading", "mention.reading_id"),
        ("DELETE FROM claim", "rests on"),
        ("UPDATE judgement SET left_id = 'men_0'", "judgement.left_id: men_0"),
        ("UPDATE event SET title = 'Nothing happened'", "not the one that was written"),
        ("UPDATE settled SET value = '11'", "not the one that was written"),
        ("UPDATE event_version SET content = '{}'", "version 1 is not frozen"),
        ("DELETE FROM redirect", f"{SECOND.id}: the id was given and leads nowhere"),
        ("UPDATE redirect SET new_id = old_id", "leads nowhere"),
        ("UPDATE log SET note = 'D1 different'", "log 2: the row is not the one that was written"),
        ("DELETE FROM log WHERE number = 2", "log 3: a row before it is missing"),
        ("DELETE FROM log WHERE number = 1", "log 2: a row before it is missing"),
    ],
)
def test_a_change_by_other_means_is_found_out(full: Path, statement: str, fault: str) -> None:
    assert any(fault in line for line in tamper(full, statement))


@pytest.mark.parametrize("damage", ["substr(packed, 1, 20)", "'no bytes'"])
def test_damaged_raw_bytes_are_refused_with_a_remedy(full: Path, damage: str) -> None:
    with Ledger.open(full) as ledger:
        article_id = next(iter(ledger.articles())).id
        capture = Capture(article_id, "file:a", "", make.NOW, "test 1", make.SHA_OF_RAW, len(make.RAW))
        ledger.add_captures([(capture, make.RAW)])
    faults = tamper(full, f"UPDATE raw SET packed = {damage}")
    assert f"raw {make.SHA_OF_RAW}: the bytes are not those that were hashed" in faults
    with Ledger.open(full, readonly=True) as ledger, pytest.raises(LedgerError, match="are damaged") as refused:
        ledger.raw(make.SHA_OF_RAW)
    assert refused.value.remedy.endswith("variorum check")
