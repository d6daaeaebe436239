"""Feeds: articles of another package go into the ledger like files, and its faults are rows of the problem list."""

from __future__ import annotations

from pathlib import Path

import pytest

import plugged
from variorum.cli import call
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.pipeline import run
from variorum.pipeline.feeds import find_feed, read_feed
from variorum.pipeline.report import Report

NOW, LATER = "2031-05-05T00:00:00Z", "2031-05-06T00:00:00Z"
BAD = "odd:here"


@pytest.fixture(autouse=True)
def feeds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plugged.install(monkeypatch, feeds="three breaks odd")
    monkeypatch.chdir(tmp_path)


def run_once(ledger: Ledger, *words: str, now: str = NOW) -> Report:
    return run(words, ledger, now=now, workers=1)


def rows(ledger: Ledger) -> list[str]:
    return [f"{row.where}: {row.code}" for row in ledger.problems()]


def test_a_feed_is_told_from_a_path() -> None:
    assert find_feed("-") is None
    assert find_feed(Path("three:here")) is None
    found = find_feed("three:C:\\mail")
    assert found is not None
    assert (found.feed, found.place) == ("three", "C:\\mail")
    assert find_feed("three:") is not None


def test_what_exists_is_a_path_whatever_its_name() -> None:
    Path("three:here").write_text("Bridge falls")
    assert find_feed("three:here") is None


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("nowhere", "no such file or folder: nowhere"),
        ("C:\\reports", r"no such file or folder: C:\\reports$"),
        ("rss:there", "no feed is called rss"),
        ("https://osk.example", "no such file or folder: https"),
    ],
)
def test_what_is_neither_is_refused(word: str, cause: str) -> None:
    with pytest.raises(UsageError, match=cause):
        find_feed(word)


def test_the_articles_of_a_feed_are_read_like_others(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        report = run_once(ledger, "three:here")
        assert (report.articles_new, report.files, len(report.problems)) == (3, 1, 1)
        assert {claim.value for claim in ledger.claims() if claim.prop == "killed"} == {"12"}
        assert rows(ledger) == ["three:here, page 7: no-text"]
        assert {(row.asked, row.final[:4], row.tool) for row in ledger.captures()} == {
            ("three:here", "mid:", "plugged")
        }
        assert list(ledger.check()) == []


def test_a_second_run_over_a_feed_writes_nothing(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        run_once(ledger, "three:here", "odd:here", "breaks:here")
        before = [row.hash for row in ledger.log()]
        report = run_once(ledger, "three:here", "odd:here", "breaks:here", now=LATER)
        assert not report.changed
        assert len(report.problems) == 7
        assert [row.hash for row in ledger.log()] == before


def test_what_a_feed_gave_before_it_failed_is_kept(sqlite_file: Path) -> None:
    with Ledger.open(sqlite_file) as ledger:
        run_once(ledger, "breaks:there")
        assert ledger.counts()["article"] == 1
        (row,) = ledger.problems()
        assert (row.where, row.code) == ("breaks:there", "feed-failed")
        assert "ConnectionError: there hung up" in row.cause


def test_a_fault_that_is_mended_leaves_the_list(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger.open(sqlite_file) as ledger:
        run_once(ledger, "breaks:there")
        monkeypatch.setattr(plugged, "breaks", plugged.three)
        run_once(ledger, "breaks:there", now=LATER)
        assert rows(ledger) == ["breaks:there, page 7: no-text"]


def test_what_no_ledger_can_hold_is_a_row_of_its_own() -> None:
    place = find_feed(BAD)
    assert place is not None
    *bad, good = read_feed(place, now=NOW)
    assert [getattr(row, "code", "") for row in bad] == ["feed-article"] * 5
    causes = ["a str and no article", "half a character", "without text", "'yesterday'", "id is not that of its text"]
    for row, cause in zip(bad, causes, strict=True):
        assert cause in row.cause  # type: ignore[union-attr]
    assert good.lang == "en"  # type: ignore[union-attr]


def test_the_command_line_names_whose_network_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["run", "three:here", "-o", "here.db", "--workers", "1"]) == 3
    assert "is for who makes three to say" in capsys.readouterr().err


def test_a_feed_that_nobody_brings_makes_no_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["run", "rss:there", "-o", "here.db"]) == 2
    assert "feeds: breaks, odd, three" in capsys.readouterr().err
    assert not Path("here.db").exists()
