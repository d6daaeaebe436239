"""A backup is whole, sound and holds all that was written before it began, whoever writes meanwhile."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import factories as make
from conftest import NewPlace
from variorum.errors import LedgerBusyError, LedgerError, UsageError
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


def test_no_other_file_is_touched(place: str, tmp_path: Path) -> None:
    fill(place)
    others = [tmp_path / name for name in ("backup.db.part", "backup.db-shm", "backup.db.1")]
    for other in others:
        other.write_text("mine", encoding="utf-8")
    with Ledger.open(place) as ledger:
        back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
    assert [other.read_text(encoding="utf-8") for other in others] == ["mine"] * 3
    assert len(list(tmp_path.iterdir())) == 4


def test_a_ledger_whose_name_ends_in_part_can_be_backed_up_beside_itself(tmp_path: Path) -> None:
    file = tmp_path / "backup.db.part"
    fill(str(file))
    with Ledger.open(file) as ledger:
        back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
        assert ledger.check() == []


def test_two_backups_to_one_name_at_once_both_end_whole(place: str, tmp_path: Path) -> None:
    fill(place)
    file = tmp_path / "backup.db"
    with Ledger.open(place) as ledger, ThreadPoolExecutor(4) as pool:
        made = [pool.submit(back_up, ledger, file, whole=True, force=True) for _ in range(4)]
        assert {one.result().copied.last_hash for one in made} == {ledger.last_hash()}
    with Ledger.open(file, readonly=True) as backup:
        assert backup.check() == []
    assert not list(tmp_path.glob("backup.db.*"))


def test_a_file_made_meanwhile_is_not_replaced_without_force(place: str, tmp_path: Path) -> None:
    fill(place)
    file = tmp_path / "backup.db"
    with Ledger.open(place) as ledger, pytest.raises(UsageError, match="exists already"):
        back_up(ledger, file, whole=False, force=False, tell=lambda *_: make_file(file))
    assert file.read_text(encoding="utf-8") == "mine"


def make_file(file: Path) -> None:
    file.write_text("mine", encoding="utf-8")


def copy_with_wal(source: Path, file: Path) -> None:
    """Leave a ledger as a program that was killed leaves it: its last writings are in the file beside."""
    with Ledger.open(source) as ledger:
        ledger.add_article(make.article("last", "Only in the log beside the file"))
        for ending in ("", "-wal"):
            shutil.copy(f"{source}{ending}", f"{file}{ending}")
    assert Path(f"{file}-wal").stat().st_size > 0


@pytest.mark.file
def test_what_lies_beside_an_old_backup_does_not_get_into_the_new_one(sqlite_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    copy_with_wal(sqlite_file, file)
    fill(str(tmp_path / "ledger.db"))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        back_up(ledger, file, whole=False, force=True)
        with Ledger.open(file, readonly=True) as backup:
            assert backup.dump() == ledger.dump()


@pytest.mark.file
def test_an_old_backup_keeps_its_last_writings_when_the_program_dies_before_the_new_one_has_its_name(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "backup.db"
    copy_with_wal(sqlite_file, file)
    fill(str(tmp_path / "ledger.db"))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", die)
    with Ledger.open(tmp_path / "ledger.db") as ledger, pytest.raises(KeyboardInterrupt):
        back_up(ledger, file, whole=False, force=True)
    with Ledger.open(file, readonly=True) as old:
        assert [article.text for article in old.articles()] == ["Only in the log beside the file"]


@pytest.mark.file
def test_a_backup_that_another_program_has_open_is_not_replaced(sqlite_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    shutil.copy(sqlite_file, file)
    fill(str(tmp_path / "ledger.db"))
    with Ledger.open(file) as old, Ledger.open(tmp_path / "ledger.db") as ledger:
        old.add_article(make.article("new", "Written by the other program"))
        with pytest.raises(LedgerBusyError, match="open; it was not replaced"):
            back_up(ledger, file, whole=False, force=True)
        assert old.check() == []
    with Ledger.open(file, readonly=True) as old:
        assert len(list(old.articles())) == 1


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_writings_of_another_ledger_beside_a_free_name_are_refused(
    sqlite_file: Path, tmp_path: Path, ending: str
) -> None:
    rest = tmp_path / f"backup.db{ending}"
    rest.write_text("mine", encoding="utf-8")
    with Ledger.open(sqlite_file) as ledger, pytest.raises(UsageError, match="would become a part of the backup"):
        back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
    assert rest.read_text(encoding="utf-8") == "mine"


@pytest.mark.file
@pytest.mark.parametrize("name", ["{0}", "{0}-wal", "{0}-shm", "{0}-journal", "soft.db", "hard.db", "soft-wal.db"])
@pytest.mark.parametrize("given", ["{0}", "sqlite:///{0}"])
def test_no_file_of_the_ledger_is_replaced_under_whatever_name(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, given: str
) -> None:
    monkeypatch.chdir(sqlite_file.parent)
    Path("soft.db").symlink_to(sqlite_file)
    Path("hard.db").hardlink_to(sqlite_file)
    Path("soft-wal.db").symlink_to(f"{sqlite_file}-wal")
    with Ledger.open(given.format(sqlite_file)) as ledger:
        with pytest.raises(UsageError, match="the ledger itself"):
            back_up(ledger, Path(name.format(sqlite_file.name)), whole=False, force=True)
        ledger.add_article(make.article())
        assert ledger.check() == []


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
