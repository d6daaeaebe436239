"""Texts that lie outside a ledger: nothing can be told from it but that the ledger is smaller."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

import factories as make
from conftest import DATABASES, NewPlace
from variorum.errors import ConfigError, LedgerError, LedgerWriteError, UsageError
from variorum.ledger import Ledger, moving, packs
from variorum.ledger.backups import back_up
from variorum.ledger.reportlist import Sought, list_reports
from variorum.ledger.search import Wanted, rebuild_index, search
from variorum.ledger.stores import check_choice
from variorum.model import Article, Capture, Extraction
from variorum.pipeline.merging import merge

PAGE = b"<html>" + bytes(range(256)) * 8


def fill(ledger: Ledger, count: int = 3) -> list[Extraction]:
    found = []
    for number in range(count):
        about = make.article(f"r{number}", f"{number} {make.TEXT}")
        page = PAGE + about.id.encode()
        capture = Capture(about.id, about.url, "", make.NOW, "test 1", hashlib.sha256(page).hexdigest(), len(page))
        with ledger.writing():
            ledger.add_article(about)
            ledger.add_captures([(capture, page)])
            found.append(make.extraction(about))
            ledger.add_extraction(found[-1])
    return found


def folder(tmp_path: Path) -> str:
    return (tmp_path / "texts").as_uri()


@pytest.fixture(params=DATABASES)
def outside(request: pytest.FixtureRequest, new_place: NewPlace, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger on each database whose texts lie in a folder."""
    with Ledger.open(new_place(request.param), create=True, keep_texts=folder(tmp_path)) as ledger:
        fill(ledger)
        yield ledger


def packs_of(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "texts").rglob("*.pack"))


def test_a_ledger_says_the_same_wherever_its_texts_lie(outside: Ledger, ledger: Ledger) -> None:
    fill(ledger)
    assert outside.dump() == ledger.dump()
    assert list(outside.articles()) == list(ledger.articles())
    assert outside.article("R2") == ledger.article("R2")
    assert [row for _, row in outside.unread_after(0, "rules", "2", 999)] == list(ledger.articles())
    assert [row for _, row in outside.unread_after(0, "rules", "2", 9)] == list(ledger.articles())
    for capture in ledger.captures():
        assert outside.raw(capture.sha256) == ledger.raw(capture.sha256) != None  # noqa: E711
    assert search(outside, Wanted("Qasr al-Wadi")).rows == search(ledger, Wanted("Qasr al-Wadi")).rows
    said = "SELECT article, characters FROM v_reports ORDER BY 1"
    assert outside.sql(said).rows == ledger.sql(said).rows
    assert outside.check() == ledger.check() == []


def test_a_ledger_holds_no_text_that_lies_outside(outside: Ledger, tmp_path: Path) -> None:
    assert outside.sql("SELECT DISTINCT text FROM article").rows == (("",),)
    assert {bytes(row[0]) for row in outside.sql("SELECT packed FROM raw").rows} == {b""}
    kept = outside.kept()
    assert (kept.place, kept.packs, kept.left_over) == (str(tmp_path / "texts"), 6, 0)
    assert kept.size == sum(path.stat().st_size for path in packs_of(tmp_path))
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in packs_of(tmp_path))


def test_an_article_without_a_title_is_listed_by_the_beginning_of_its_text(outside: Ledger) -> None:
    outside.add_article(make.article("untitled", "Nobody wrote a headline.\n\nText.", title=""))
    assert "Nobody wrote a headline." in {row.title[:24] for row in list_reports(outside, Sought(), limit=9)}


def test_a_reading_is_held_against_a_text_of_the_same_transaction_and_of_another(outside: Ledger) -> None:
    (about,) = list(outside.articles())[:1]
    good = make.extraction(about, version="2")
    wrong = make.extraction(make.article("r0", f"X {make.TEXT}"), version="2")
    assert outside.add_extraction(good)
    with pytest.raises(LedgerError):
        outside.add_extraction(Extraction(good.reading, wrong.mentions, ()))


def test_the_word_index_is_made_anew_from_texts_outside(outside: Ledger) -> None:
    rebuild_index(outside)
    assert search(outside, Wanted("shelling")).total == 3
    assert outside.check() == []


@pytest.mark.file
def test_the_place_is_kept_by_the_ledger_and_moves_with_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with Ledger.open(tmp_path / "a" / "ledger.db", create=True, keep_texts="beside") as ledger:
        fill(ledger)
        before = list(ledger.articles())
    (tmp_path / "a").rename(tmp_path / "b")
    with Ledger.open(tmp_path / "b" / "ledger.db", readonly=True) as ledger:
        assert list(ledger.articles()) == before
        assert ledger.kept().place == str(tmp_path / "b" / "ledger.db.texts")
    with Ledger.open(tmp_path / "b" / "ledger.db", create=True, keep_texts="inside") as ledger:
        ledger.add_article(make.article("more"))
        assert ledger.kept().packs == 7


@pytest.mark.file
def test_a_link_to_a_ledger_leads_to_the_texts_of_the_ledger(tmp_path: Path) -> None:
    file, link = tmp_path / "ledger.db", tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(file)
    with Ledger.open(file, create=True, keep_texts="beside") as ledger:
        fill(ledger)
    with Ledger.open(link) as ledger:
        ledger.add_article(make.article("more"))
        assert ledger.check() == []
    with Ledger.open(file, readonly=True) as ledger:
        assert (ledger.check(), ledger.kept().place) == ([], f"{file}.texts")
    assert [path.name for path in link.parent.iterdir()] == ["link.db"]


@pytest.mark.file
def test_a_backup_that_takes_the_place_of_a_link_has_its_texts_beside_it(tmp_path: Path) -> None:
    old, link = tmp_path / "old.db", tmp_path / "link.db"
    for place in (tmp_path / "ledger.db", old):
        with Ledger.open(place, create=True, keep_texts="beside") as ledger:
            fill(ledger, 1)
    link.symlink_to(old)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        back_up(ledger, link, whole=True, force=True)
    for place in (link, old):
        with Ledger.open(place, readonly=True) as ledger:
            assert ledger.check() == []


def test_a_database_is_told_of_places_that_it_can_have() -> None:
    with pytest.raises(UsageError, match="there is no place for texts") as raised:
        check_choice("beside", "postgresql://host/ledger")
    assert "beside" not in raised.value.remedy


def damage_missing(path: Path) -> None:
    path.unlink()


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5])


def damage_turned(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-9] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [damage_missing, damage_cut, damage_turned])
def test_a_pack_that_is_missing_cut_or_altered_is_named(
    outside: Ledger, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    number, name = outside.sql("SELECT a.number, p.name FROM article a JOIN pack p ON p.number = a.pack").rows[0]
    (path,) = (path for path in packs_of(tmp_path) if path.stem == name)
    damage(path)
    with pytest.raises(LedgerError, match=f"the text of R{number}") as raised:
        outside.article(f"R{number}")
    assert "variorum check" in raised.value.remedy
    faults = outside.check()
    assert any(name in line or f"the text of R{number}" in line for line in faults), faults
    assert [row.id for row in outside.claims()]  # what is in the ledger itself can be read
    others = {1, 2, 3} - {number}
    assert {outside.article_number(outside.article(f"R{other}").id) for other in others} == others


def test_where_texts_may_lack_offsets_still_lead_to_what_is_quoted(outside: Ledger, tmp_path: Path) -> None:
    whole = {row.id: row.text for row in outside.articles()}
    for path in packs_of(tmp_path):
        path.unlink()
    with Ledger.open(outside.place, readonly=True) as ledger, ledger.lacking_texts() as lacking:
        texts = {row.id: row.text for row in ledger.articles()}
        quoted = [(row.article_id, row.start, row.end, row.quote) for row in ledger.mentions()]
        assert search(ledger, Wanted("shelling")).total == 3
    assert quoted
    assert all(texts[id][start:end] == quote for id, start, end, quote in quoted)
    assert all(mine in ("\n", its) for id in texts for mine, its in zip(texts[id], whole[id]))
    assert set(lacking) == set(whole)


def test_what_a_failed_transaction_left_is_harmless_and_counted(
    outside: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "FULL", 1)  # each text is a pack at once

    def write_and_stop() -> None:
        with outside.writing():
            outside.add_article(make.article("lost", "Never written"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    kept = outside.kept()
    assert (kept.packs, kept.left_over) == (6, 1)
    assert outside.check() == []
    outside.add_article(make.article("lost", "Never written"))
    assert outside.article("R4").text == "Never written"
    assert outside.kept().left_over == 0


KILLED = """
import os, signal, sys
import factories as make
from variorum.ledger import Ledger
sync = os.fsync
left = [int(sys.argv[2])]
def count(handle):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)
os.fsync = count
with Ledger.open(sys.argv[1]) as ledger:
    for number in range(4):
        ledger.add_article(make.article(f"k{number}", f"{number} {make.TEXT}"))
        print(number, flush=True)
"""


@pytest.mark.file
def test_what_was_reported_as_written_is_there_after_a_kill_at_any_sync(tmp_path: Path) -> None:
    for at in (2, 5):
        place = tmp_path / f"{at}.db"
        Ledger.open(place, create=True, keep_texts="beside").close()
        command = [sys.executable, "-c", KILLED, str(place), str(at)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=Path(make.__file__).parent)
        assert done.returncode == -signal.SIGKILL, done.stderr
        with Ledger.open(place) as ledger:
            assert len(list(ledger.articles())) >= len(done.stdout.split())
            assert ledger.check() == []


def test_two_programs_write_at_once_without_harm(outside: Ledger) -> None:
    with Ledger.open(outside.place) as other:
        for number in range(4):
            (outside, other)[number % 2].add_article(make.article(f"both{number}", f"{number} both"))
        assert [row.text for row in other.articles()] == [row.text for row in outside.articles()]
    assert outside.check() == []


WAYS = [(old, new) for old in DATABASES for new in DATABASES if old != new or len(DATABASES) == 1]


@pytest.mark.parametrize(("old", "new"), WAYS)
def test_a_ledger_is_moved_with_its_texts_into_and_out_of_packs(
    new_place: NewPlace, tmp_path: Path, old: str, new: str
) -> None:
    with (
        Ledger.open(new_place(old), create=True) as inside,
        Ledger.open(new_place(new), create=True) as out,
        Ledger.open(new_place(old), create=True) as back,
        Ledger.open(new_place(new), create=True) as same,
    ):
        fill(inside)
        there = inside.copy_to(out, keep_texts=folder(tmp_path))
        assert (out.kept().packs, inside.kept().packs) == (
            2,
            0,
        )  # of texts, and of raw bytes: many small ones are joined
        again = out.copy_to(back, keep_texts="inside")
        out.copy_to(same)
        assert there.last_hash == again.last_hash == same.last_hash()
        assert inside.dump() == out.dump() == back.dump() == same.dump()
        assert (back.kept().packs, same.kept()) == (0, out.kept())


STOPPED = """
import os, signal, sys
from variorum.ledger import Ledger, packs
from variorum.ledger.stores import Folder
packs.FULL = 1
put = Folder.put
def put_and_die(self, name, data):
    put(self, name, data)
    os.kill(os.getpid(), signal.SIGKILL)
Folder.put = put_and_die
with Ledger.open(sys.argv[1], readonly=True) as old, Ledger.open(sys.argv[2], create=True) as new:
    old.copy_to(new, keep_texts=sys.argv[3])
"""


@pytest.mark.file
def test_a_move_to_an_address_that_was_killed_can_be_made_again(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with Ledger.open(old, create=True) as ledger:
        fill(ledger)
        before = ledger.dump()
    command = [sys.executable, "-c", STOPPED, str(old), str(new), folder(tmp_path)]
    assert subprocess.run(command, capture_output=True).returncode == -signal.SIGKILL
    assert len(packs_of(tmp_path)) == 1
    with Ledger.open(old, readonly=True) as ledger:
        with Ledger.open(tmp_path / "other.db", create=True) as other, pytest.raises(UsageError, match="of another"):
            ledger.copy_to(other, keep_texts=folder(tmp_path))
        with Ledger.open(new, create=True) as again:
            ledger.copy_to(again, keep_texts=folder(tmp_path))
            assert (again.dump(), again.check()) == (before, [])
    assert {path.is_dir() for path in (tmp_path / "texts").iterdir()} == {True}  # the mark is taken away


@pytest.mark.file
def test_a_copy_that_failed_on_an_object_store_can_be_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = pytest.importorskip("fsspec").filesystem("memory")
    address = f"memory://{tmp_path.name}/texts"
    with (
        Ledger.open(tmp_path / "old.db", create=True) as old,
        Ledger.open(tmp_path / "new.db", create=True) as new,
    ):
        fill(old)
        monkeypatch.setattr(moving, "prove", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            old.copy_to(new, keep_texts=address)
        monkeypatch.undo()
        old.copy_to(new, keep_texts=address)
        assert (new.kept().left_over, new.dump()) == (0, old.dump())
    assert not [place for place in files.find(f"/{tmp_path.name}") if not place.endswith(".pack")]


def test_a_copy_that_fails_leaves_no_place_for_texts_behind(outside: Ledger, ledger: Ledger) -> None:
    with outside.writing(), outside._writer() as connection:
        connection.execute(sa.text("UPDATE article SET outlet = 'altered' WHERE number = 2"))
    with pytest.raises(LedgerError, match="faults"):
        outside.copy_to(ledger)
    ledger.add_article(make.article())
    assert (ledger.texts_at, ledger.sql("SELECT text FROM article").rows) == ("", ((make.TEXT,),))


@pytest.mark.file
def test_texts_beside_a_file_do_not_go_beside_a_database_by_themselves(new_place: NewPlace, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="beside") as old:
        fill(old, 1)
        with Ledger.open(tmp_path / "new.db", create=True) as new:
            old.copy_to(new)
            assert new.kept().place == str(tmp_path / "new.db.texts")
        with Ledger.open(new_place("postgresql"), create=True) as new:
            with pytest.raises(UsageError, match="beside a database"):
                old.copy_to(new)
            old.copy_to(new, keep_texts="inside")
            assert new.article("R1") == old.article("R1")


@pytest.mark.file
def test_a_backup_takes_the_packs_beside_the_ledger_along(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    copy = tmp_path / "kept" / "backup.db"
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="beside") as ledger:
        fill(ledger)
        done = back_up(ledger, copy, whole=True, force=False)
        fill(ledger, 4)
        again = back_up(ledger, copy, whole=True, force=True)
        assert (done.packs, again.packs) == (6, 8)
    with Ledger.open(copy, readonly=True) as backup:
        assert backup.check() == []
        assert backup.article("R4").text.startswith("3 ")
        assert backup.kept().left_over == 0
    assert {path.name for path in copy.parent.iterdir()} - {"backup.db-wal", "backup.db-shm"} == {
        copy.name,
        f"{copy.name}.texts",
    }


@pytest.mark.file
@pytest.mark.parametrize("damage", [damage_missing, damage_cut, damage_turned])
def test_a_backup_of_a_ledger_whose_pack_is_bad_is_refused(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="beside") as ledger:
        fill(ledger, 1)
        damage(next((tmp_path / "ledger.db.texts").rglob("*.pack")))
        with pytest.raises(LedgerError, match=r"the pack [0-9a-f]{64} of .* is (missing|damaged); no file was kept"):
            back_up(ledger, tmp_path / "backup.db", whole=False, force=False)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("backup.db")]


@pytest.mark.file
@pytest.mark.parametrize("damage", [damage_missing, damage_cut, damage_turned])
def test_a_bad_pack_of_an_earlier_backup_is_copied_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    copy = tmp_path / "backup.db"
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="beside") as ledger:
        fill(ledger, 1)
        back_up(ledger, copy, whole=False, force=False)
        damage(next((tmp_path / "backup.db.texts").rglob("*.pack")))
        back_up(ledger, copy, whole=False, force=True)
    with Ledger.open(copy, readonly=True) as backup:
        assert backup.check() == []


@pytest.mark.file
def test_a_check_passes_while_another_program_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="beside") as ledger:
        fill(ledger, 1)
        pack = next((tmp_path / "ledger.db.texts").rglob("*.pack"))
        half = pack.with_name(".half.1")
        half.write_bytes(b"half")
        list_files = os.scandir

        @contextmanager
        def list_then_rename(path: str) -> Iterator[list[os.DirEntry[str]]]:
            with list_files(path) as found:
                listed = list(found)
            if path == str(half.parent):
                half.rename(half.with_name(f"{'f' * 64}.pack"))
            yield listed

        monkeypatch.setattr(os, "scandir", list_then_rename)
        assert (ledger.check(), half.exists()) == ([], False)


def test_a_ledger_is_merged_into_one_that_keeps_texts_otherwise(outside: Ledger, ledger: Ledger) -> None:
    outside.add_article(make.article("more"))
    assert merge(ledger, outside, now=make.LATER).articles == 4
    ledger.add_article(make.article("back"))
    assert merge(outside, ledger, now=make.LATER).articles == 1
    assert {row.id for row in outside.articles()} == {row.id for row in ledger.articles()}
    assert ledger.check() == outside.check() == []


@pytest.mark.parametrize(
    ("choice", "cause"),
    [
        ("somewhere", "no place for texts"),
        ("file://host/data", "no whole address"),
        ("s3://key:secret@bucket/texts", "name or password"),
        ("s3://", "no place"),
    ],
)
def test_a_place_that_cannot_be_used_is_refused(tmp_path: Path, choice: str, cause: str) -> None:
    with pytest.raises(UsageError, match=cause) as raised:
        Ledger.open(tmp_path / "ledger.db", create=True, keep_texts=choice)
    assert "secret" not in raised.value.cause + raised.value.remedy


def test_a_place_where_another_ledgers_texts_lie_is_refused(outside: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the texts of another ledger"):
        Ledger.open(tmp_path / "second.db", create=True, keep_texts=folder(tmp_path))


def test_a_place_of_an_unknown_kind_is_a_wrong_setting(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be reached"):
        Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="gopher://host/texts")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_one_clear_error(outside: Ledger, tmp_path: Path) -> None:
    (tmp_path / "texts").chmod(0o500)
    with pytest.raises(LedgerWriteError, match="the texts cannot be written"):
        outside.add_article(make.article("more"))


def test_texts_lie_on_an_object_store(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    address = f"memory://{tmp_path.name}/texts"
    with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts=address) as ledger:
        fill(ledger)
        assert ledger.check() == []
        fsspec.filesystem("memory").rm(f"/{tmp_path.name}/texts", recursive=True)
        with pytest.raises(LedgerError, match="the text of R1"):
            ledger.article("R1")
        assert len([line for line in ledger.check() if "it is missing" in line]) == 6


def test_texts_lie_on_a_store_that_speaks_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    threaded = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    threaded.start()
    try:
        host, port = threaded.get_host_and_port()
        for name, value in (
            ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
            ("AWS_ACCESS_KEY_ID", "any"),
            ("AWS_SECRET_ACCESS_KEY", "any"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
        ):
            monkeypatch.setenv(name, value)
        import s3fs

        s3fs.S3FileSystem(skip_instance_cache=True).mkdir("reports")
        with Ledger.open(tmp_path / "ledger.db", create=True, keep_texts="s3://reports/team a") as ledger:
            fill(ledger)
            before = list(ledger.articles())
        with Ledger.open(tmp_path / "ledger.db", readonly=True) as ledger:
            assert list(ledger.articles()) == before
            assert ledger.kept().place == "s3://reports/team a"
            assert ledger.check() == []
    finally:
        threaded.stop()


def test_a_row_that_leads_elsewhere_is_named(outside: Ledger) -> None:
    for column, value in (("pack_start", "0"), ("pack", "99"), ("characters", "1"), ("pack_size", "NULL")):
        with outside.writing(), outside._writer() as connection:
            before = dict(connection.execute(sa.text("SELECT * FROM article WHERE number = 1")).mappings().one())
            connection.execute(sa.text(f"UPDATE article SET {column} = {value} WHERE number = 1"))
        assert any("art" in line and before["id"] in line for line in outside.check()), column
        with outside.writing(), outside._writer() as connection:
            back = sa.text(f"UPDATE article SET {column} = :old WHERE number = 1")
            connection.execute(back, {"old": before[column]})
    assert outside.check() == []


def test_an_article_without_text_is_kept_in_the_row(outside: Ledger) -> None:
    empty: Article = make.article("empty", "", title="")
    outside.add_article(empty)
    assert outside.article("R4") == empty
    assert outside.check() == []
