"""A backup is whole, sound and holds all that was written before it began, whoever writes meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import factories as make
from conftest import NewPlace
from variorum.errors import LedgerError, UsageError
from variorum.ledger import Ledger
from variorum.ledger.backups import back_up
from variorum.ledger.tables import metadata

# Adds articles and decisions for as long as it is let, and says after each what was reported as written.
WRITER = """
import sys, time
import factories as make
from variorum.ledger import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    first = make.extraction(make.article("r0", "0 " + make.TEXT)).mentions[0]
    for number in range(1, 100000):
        about = make.article(f"r{number}", f"{number} " + make.TEXT)
        found = make.extraction(about)
        ledger.add_article(about)
        ledger.add_extraction(found)
        ledger.add_judgement(make.judgement(first, found.mentions[0]))
        ledger.add_ruling(make.ruling(found.claims[0]))
        print(about.id, flush=True)
"""


def fill(place: str) -> None:
    with Ledger.open(place, create=True) as ledger:
        about = make.article("r0", f"0 {make.TEXT}")
        ledger.add_article(about)
        ledger.add_extraction(make.extraction(about))


def test_a_backup_holds_what_was_written_before_it_began_though_another_writes(place: str, tmp_path: Path) -> None:
    fill(place)
    command = [sys.executable, "-c", WRITER, place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(make.__file__).parent) as writer:
        assert writer.stdout is not None
        try:
            reported = [writer.stdout.readline().strip() for _ in range(30)]
            with Ledger.open(place, readonly=True) as ledger:
                done = back_up(ledger, tmp_path / "backup.db", whole=True, force=False)
            during = [writer.stdout.readline().strip() for _ in range(3)]
        finally:
            writer.kill()
    assert all(during)  # the writer went on
    with Ledger.open(tmp_path / "backup.db", readonly=True) as backup:
        assert backup.check() == []
        kept = {article.id for article in backup.articles()}
        assert set(reported) <= kept
        assert {backup.claim(row.subject).mention_id for row in backup.rulings()} >= {
            mention.id for mention in backup.mentions() if mention.article_id in reported
        }
        assert len(list(backup.judgements())) >= len(reported)
        assert backup.last_hash() == done.copied.last_hash


def test_a_backup_is_the_ledger_row_by_row(place: str, tmp_path: Path) -> None:
    fill(place)
    with Ledger.open(place) as ledger:
        done = back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
        with Ledger.open(tmp_path / "backup.db", readonly=True) as backup:
            assert backup.dump() == ledger.dump()
            assert backup.last_hash() == ledger.last_hash() == done.copied.last_hash
    assert set(done.copied.rows) == {table.name for table in metadata.sorted_tables}


def test_a_file_that_is_there_is_replaced_only_when_told_to(place: str, tmp_path: Path) -> None:
    fill(place)
    file = tmp_path / "backup.db"
    fill(str(file))
    with Ledger.open(file) as old:
        old.add_article(make.article("old", "Only in the old backup"))
    before = file.read_bytes()
    with Ledger.open(place) as ledger:
        with pytest.raises(UsageError, match="exists already"):
            back_up(ledger, file, whole=False, force=False)
        assert file.read_bytes() == before
        back_up(ledger, file, whole=False, force=True)
        with Ledger.open(file, readonly=True) as backup:
            assert backup.dump() == ledger.dump()


def test_a_ledger_is_never_its_own_backup(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger, pytest.raises(UsageError, match="the ledger itself"):
        back_up(ledger, sqlite_file, whole=False, force=True)


def test_a_backup_that_does_not_pass_leaves_no_file(place: str, tmp_path: Path) -> None:
    fill(place)
    with Ledger.open(place) as ledger:
        with ledger.writing(), ledger._writer() as connection:
            connection.execute(metadata.tables["article"].update().values(outlet="altered"))
        with pytest.raises(LedgerError, match="fault"):
            back_up(ledger, tmp_path / "backup.db", whole=True, force=False)
        assert list(tmp_path.iterdir()) == []
        back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["backup.db"]


def test_a_backup_of_a_ledger_in_a_database_is_a_file(new_place: NewPlace, tmp_path: Path) -> None:
    place = new_place("postgresql")
    fill(place)
    with Ledger.open(place) as ledger:
        back_up(ledger, tmp_path / "backup.db", whole=True, force=False)
    assert (tmp_path / "backup.db").read_bytes().startswith(b"SQLite format 3")
