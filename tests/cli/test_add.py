"""`variorum add`, and `variorum run` without a path after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archives import Archive
from cli.conftest import Cli
from variorum.ledger import Ledger

TEXT = (
    "Shelling kills 4 in Homs\n\nFour people were killed on Thursday when shells hit a market in Homs, a clinic said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "reports"
    found.mkdir()
    (found / "good.txt").write_text(TEXT, encoding="utf-8")
    return found


def dump(place: str) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        return ledger.dump()


def test_what_is_added_is_not_read_until_a_run(cli: Cli, folder: Path) -> None:
    told = cli("add", folder, "-o", "x.db")
    assert (told.code, told.out) == (0, "")
    assert "1 file; 1 new report" in told.err
    assert told.err.splitlines()[-1] == "Next:  variorum run --ledger x.db"
    with Ledger.open("x.db", readonly=True) as ledger:
        assert (ledger.counts()["article"], ledger.counts()["reading"]) == (1, 0)


def test_adding_and_running_comes_to_the_same_as_running(cli: Cli, folder: Path) -> None:
    cli("add", folder, "-o", "two.db")
    cli("run", "--ledger", "two.db")
    cli("run", folder, "-o", "one.db")
    with Ledger.open("two.db", readonly=True) as two, Ledger.open("one.db", readonly=True) as one:
        assert [event.values for event in two.events()] == [event.values for event in one.events()] != []


def test_adding_twice_adds_nothing(cli: Cli, folder: Path) -> None:
    cli("add", folder, "-o", "x.db")
    before = dump("x.db")
    told = cli("add", folder, "-o", "x.db")
    assert told.err.splitlines()[2].startswith("Nothing new: x.db is as it was")
    assert dump("x.db") == before


def test_a_run_without_a_path_needs_a_ledger(cli: Cli) -> None:
    told = cli("run", "--ledger", "none.db")
    assert told.code == 2
    assert "none.db" in told.err
    assert not Path("none.db").exists()


def test_events_for_programs_end_with_the_figures(cli: Cli, folder: Path) -> None:
    rows = [json.loads(line) for line in cli("run", folder, "-o", "x.db", "--jsonl").out.splitlines()]
    assert {row["event"] for row in rows[:-1]} == {"progress"}
    assert (rows[-1]["event"], rows[-1]["articles"]) == ("done", 1)


def test_a_cluster_that_is_not_there_is_said(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pipeline.cluster.CONNECTING_S", 0.2)
    told = cli("run", folder, "-o", "x.db", "--engine", "tcp://127.0.0.1:9")
    assert told.code == 1
    assert "no scheduler answers at tcp://127.0.0.1:9" in told.err


def test_an_address_of_no_engine_is_said(cli: Cli, folder: Path) -> None:
    told = cli("run", folder, "-o", "x.db", "--engine", "spark://here")
    assert told.code == 2
    assert "no engine is known at spark://here" in told.err


def test_a_front_page_in_an_archive_is_counted_and_no_failure(cli: Cli, tmp_path: Path) -> None:
    links = "".join(f'<li><a href="/{number}">Story number {number} of the day</a></li>' for number in range(60))
    archive = (
        Archive().towns("Orvend").add("https://www.orvend.example/", f"<html><body><ul>{links}</ul></body></html>")
    )
    told = cli("run", archive.write(tmp_path / "day.warc.gz"), "-o", "x.db")
    assert told.code == 0, told.err
    assert "1 new report" in told.err
    assert "no article but a front page" in cli("log", "--ledger", "x.db", "--problems").out


@pytest.mark.file
def test_a_run_over_the_folder_of_its_ledger_passes_over_what_belongs_to_that(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARIORUM_TEXTS", "beside")
    (folder / "x.db.lost").mkdir()
    (folder / "x.db.lost" / "0123.bin").write_bytes(b"\x00")
    for new in ("1 file; 1 new report", "0 files, 1 read before; 0 new reports"):
        told = cli("run", folder, "-o", folder / "x.db")
        assert (told.code, new in told.err) == (0, True), told.err
