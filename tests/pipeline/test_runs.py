"""Reading files into a ledger: each once, each bad one a row, nothing new nothing written."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import mishaps
from variorum.ledger import Ledger
from variorum.pipeline import gazetteer, run
from variorum.pipeline.engine import FEW
from variorum.pipeline.report import Report

NOW = mishaps.NOW
LATER = "2031-05-04T10:00:00+00:00"
TEXT = (
    "Shelling kills 4 in Homs\n\nFour people were killed on Thursday when shells hit a market in Homs, a clinic said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "reports"
    found.mkdir()
    (found / "a.txt").write_text(TEXT, encoding="utf-8")
    mishaps.write_reports(found / "b.jsonl", 3)
    return found


@pytest.fixture
def ledger(sqlite_file: Path) -> Iterator[Ledger]:
    with Ledger.open(sqlite_file) as opened:
        yield opened


def run_now(folder: Path, ledger: Ledger, now: str = NOW) -> Report:
    return run([folder], ledger, now=now, workers=1)


def dump(ledger: Ledger) -> list[str]:
    return ledger.dump().splitlines()


def test_every_article_of_a_folder_is_read(folder: Path, ledger: Ledger) -> None:
    report = run_now(folder, ledger)
    assert (report.files, report.articles, report.articles_new, report.problems) == (2, 4, 4, [])
    assert len(list(ledger.readings())) == 4
    assert list(ledger.check()) == []


def test_a_second_run_writes_nothing(folder: Path, ledger: Ledger) -> None:
    first = run_now(folder, ledger)
    before, runs = dump(ledger), list(ledger.runs())
    second = run_now(folder, ledger, LATER)
    assert dump(ledger) == before
    assert list(ledger.runs()) == runs
    assert (second.changed, second.files_skipped) == (False, 2)
    assert second.standing() == first.standing()


def test_a_second_run_needs_no_gazetteer_and_reads_no_file(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_now(folder, ledger)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a second run has no use for it")

    gazetteer.cache_clear()
    monkeypatch.setattr("variorum.pipeline.places.open_gazetteer", refuse)
    monkeypatch.setattr("variorum.pipeline.gathering.find_pieces", refuse)
    assert run_now(folder, ledger).changed is False


def test_a_touched_file_with_the_same_words_is_the_same_article(folder: Path, ledger: Ledger) -> None:
    run_now(folder, ledger)
    before = dump(ledger)
    os.utime(folder / "a.txt", (1, 1))
    report = run_now(folder, ledger, LATER)
    assert (report.files_skipped, report.articles_new) == (1, 0)
    assert dump(ledger) == before


def test_a_changed_file_is_another_article_and_the_earlier_one_stays(folder: Path, ledger: Ledger) -> None:
    run_now(folder, ledger)
    (folder / "a.txt").write_text(TEXT.replace("Four", "Five"), encoding="utf-8")
    assert run_now(folder, ledger, LATER).articles_new == 1
    texts = [article.text for article in ledger.articles() if article.url == "file:a.txt"]
    assert texts == [TEXT, TEXT.replace("Four", "Five")]


def test_a_new_file_is_added_to_what_is_there(folder: Path, ledger: Ledger) -> None:
    run_now(folder, ledger)
    (folder / "c.txt").write_text(TEXT.replace("Homs", "Aden"), encoding="utf-8")
    report = run_now(folder, ledger, LATER)
    assert (report.files_skipped, report.articles_new, report.articles) == (2, 1, 5)
    assert len(list(ledger.runs())) == 2


def test_the_ledger_and_the_settings_beside_the_reports_are_not_read(folder: Path) -> None:
    (folder / "variorum.toml").write_text("workers = 1\n", encoding="utf-8")
    with Ledger.open(folder / "ledger.db", create=True) as ledger, pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        report = run_now(Path(), ledger)
    assert (report.files, report.problems) == (2, [])


def test_problems_of_an_earlier_run_count_as_long_as_the_file_is_bad(folder: Path, ledger: Ledger) -> None:
    (folder / "bad.txt").write_bytes(b"")
    (folder / "b.jsonl").write_text(json.dumps({"text": TEXT}) + "\nno json\n", encoding="utf-8")
    first = run_now(folder, ledger)
    second = run_now(folder, ledger, LATER)
    assert {row.where for row in first.problems} == {"bad.txt", "b.jsonl, line 2"}
    assert [(row.where, row.code) for row in second.problems] == [("b.jsonl, line 2", "bad-json"), ("bad.txt", "empty")]
    assert second.changed is False


def test_a_mended_file_leaves_the_problem_list(folder: Path, ledger: Ledger) -> None:
    (folder / "b.jsonl").write_text("no json\n", encoding="utf-8")
    run_now(folder, ledger)
    mishaps.write_reports(folder / "b.jsonl", 2)
    report = run_now(folder, ledger, LATER)
    assert (report.problems, list(ledger.problems())) == ([], [])


def test_a_reader_that_fails_on_one_article_makes_a_row(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(article: object, gazetteer: object, parts: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("variorum.pipeline.readers.read_article", fail)
    report = run_now(folder, ledger)
    assert {row.code for row in report.problems} == {"reader-failed"}
    assert {row.cause for row in report.problems} == {"the reader failed: ZeroDivisionError: on purpose"}
    assert len(list(ledger.readings())) == 4
    assert len(run_now(folder, ledger, LATER).problems) == 4


def test_a_process_that_dies_on_one_article_loses_only_that_article(tmp_path: Path, ledger: Ledger) -> None:
    rows = mishaps.reports(FEW + 4)
    rows[9]["text"] += mishaps.DEADLY
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = run([tmp_path / "many.jsonl"], ledger, now=NOW, workers=2, reader=mishaps.Mortal())
    assert [(row.where, row.code) for row in report.problems] == [(rows[9]["url"], "reader-failed")]
    assert len(list(ledger.readings())) == len(rows)
    silent = {article.url for article in ledger.articles() if not list(ledger.claims(article.id))}
    assert rows[9]["url"] in silent
    assert len(silent) < 3


def test_one_process_and_two_give_the_same_ledger(tmp_path: Path, sqlite_file: Path) -> None:
    mishaps.write_reports(tmp_path / "many.jsonl", FEW)
    dumps = []
    for workers in (1, 2):
        with Ledger.open(tmp_path / f"{workers}.db", create=True) as ledger:
            run([tmp_path / "many.jsonl"], ledger, now=NOW, workers=workers)
            dumps.append(dump(ledger))
    assert dumps[0] == dumps[1]


def test_a_new_version_of_the_reader_reads_again_and_keeps_what_is_the_same(
    folder: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_now(folder, ledger)
    events = [event.id for event in ledger.events()]
    monkeypatch.setattr("variorum.extract.rules.VERSION", "next")
    report = run_now(folder, ledger, LATER)
    assert (report.files_skipped, report.readings_new) == (2, 4)
    assert {row.version for row in ledger.readings()} == {"next"}
    assert [event.id for event in ledger.events()] == events
    assert list(ledger.check()) == []


def test_a_text_read_only_in_part_is_a_problem_row(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "long.txt").write_text("The harvest was good.\n" * 6_000, encoding="utf-8")
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        report = run([tmp_path / "in"], ledger, now="2026-01-01T00:00:00+00:00", workers=1)
        assert [row.code for row in ledger.problems()] == ["long-text"]
    assert [row.code for row in report.problems] == ["long-text"]
