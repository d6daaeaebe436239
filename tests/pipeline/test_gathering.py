"""Archives into the ledger: in order, in bounded memory, gone on with after a stop, and each page once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import mishaps
from archive_server import Server, running
from archives import Archive, page, url
from variorum.gather import records, remote
from variorum.gather.files import find_inputs
from variorum.gather.piece import Piece
from variorum.ledger import Ledger
from variorum.pipeline import gathering
from variorum.pipeline.engine import open_engine
from variorum.pipeline.gathering import gather, tell_nobody
from variorum.pipeline.report import Report

NOW = "2031-04-01T00:00:00Z"
TOWNS = [f"Town{number}" for number in range(12)]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(tmp_path / "x.db"), create=True) as opened:
        yield opened


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the pages that are worked on."""
    monkeypatch.setattr(gathering, "BATCH", 4)
    worked: list[str] = []
    real = gathering.read_pieces

    def count(pieces: Any) -> Any:
        worked.extend(piece.asked or piece.where for piece in pieces if isinstance(piece, Piece))
        return real(pieces)

    monkeypatch.setattr(gathering, "read_pieces", count)
    return worked


def take(ledger: Ledger, *paths: Path | str, **how: Any) -> Report:
    report = Report()
    gather(list(find_inputs(paths)), ledger, report, now=NOW, tell=tell_nobody, **how)
    return report


def urls(ledger: Ledger) -> list[str]:
    return [article.url for article in ledger.articles()]


def stopping(number: int) -> Callable[[gathering.Batch], None]:
    """Give a writing that is stopped at that call, before anything of it is written."""
    real, calls = gathering.Batch.write, []

    def write(batch: gathering.Batch) -> None:
        calls.append(1)
        if len(calls) == number:
            raise KeyboardInterrupt
        real(batch)

    return write


def test_an_archive_that_was_read_is_passed_by(tmp_path: Path, ledger: Ledger, pages: list[str]) -> None:
    path = Archive().towns("Osk").add("https://osk.example/x", "", status="404 Gone").write(tmp_path / "a.warc.gz")
    first = take(ledger, path)
    again = take(ledger, path)
    assert (pages, again.files_skipped, again.changed) == ([url("Osk")], 1, False)
    assert [row.code for row in again.problems] == [row.code for row in first.problems] == ["not-article"]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, ledger: Ledger, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive()
    for town in TOWNS:
        archive.towns(town).add(f"https://{town}.example/gone", page(town), status="404 Not Found")
    path = archive.write(tmp_path / "a.warc.gz")
    with monkeypatch.context() as patch:
        patch.setattr(gathering.Batch, "write", stopping(3))
        with pytest.raises(KeyboardInterrupt):
            take(ledger, path)
    before = len(urls(ledger))
    pages.clear()
    report = take(ledger, path)
    assert before == 8
    assert pages == [url(town) for town in TOWNS[before:]]
    assert urls(ledger) == [url(town) for town in TOWNS]
    # What was counted before the stop counts.
    (row,) = report.problems
    assert row.cause.startswith("12 of its pages: no article")
    assert [known.cause for known in ledger.problems()] == [row.cause]


def test_an_archive_that_grew_is_gone_on_with(tmp_path: Path, ledger: Ledger, pages: list[str]) -> None:
    whole = Archive().towns("Osk", "Tarran", "Lio").data
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[:-200])
    assert [row.code for row in take(ledger, path).problems] == ["cut-off"]
    path.write_bytes(whole)
    assert take(ledger, path).problems == []
    assert pages == [url("Osk"), url("Tarran"), url("Lio")]
    assert list(ledger.problems()) == []


@pytest.mark.parametrize("apart", [True, False])
def test_of_two_archives_of_one_name_the_rows_of_both_stay(tmp_path: Path, ledger: Ledger, apart: bool) -> None:
    paths = []
    for town in ("Osk", "Lio"):
        (tmp_path / town).mkdir()
        archive = Archive().add(f"https://{town}.example/x", "", status="404 Gone").add(url(town), b"\x00" * 99)
        paths.append(archive.write(tmp_path / town / "a.warc.gz"))
    for given in [[path] for path in paths] if apart else [paths]:
        take(ledger, *given)
    lost = [row.where for row in ledger.problems() if row.code != "not-article"]
    assert [url(town) in "".join(lost) for town in ("Osk", "Lio")] == [True, True]
    assert [row.cause[:2] for row in ledger.problems() if row.code == "not-article"] == ["2 "]


def test_an_archive_that_was_replaced_is_read_anew(tmp_path: Path, ledger: Ledger, pages: list[str]) -> None:
    path = Archive().towns("Osk", "Tarran").write(tmp_path / "a.warc.gz")
    take(ledger, path)
    Archive().towns("Lio", "Varda", "Ardan", "Port").write(path)
    take(ledger, path)
    assert pages[2:] == [url("Lio"), url("Varda"), url("Ardan"), url("Port")]


def test_a_long_file_of_lines_goes_on_where_it_was_and_keeps_no_list_of_ids(
    tmp_path: Path, ledger: Ledger, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MANY_IDS", 6)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": number, "text": f"{number} hurt."}) + "\n" for number in range(20)))
    with monkeypatch.context() as patch:
        patch.setattr(gathering.Batch, "write", stopping(4))
        with pytest.raises(KeyboardInterrupt):
            take(ledger, path)
    pages.clear()
    take(ledger, path)
    assert pages == [f"a.jsonl, line {number}" for number in range(13, 21)]
    assert urls(ledger) == [f"file:a.jsonl#{number}" for number in range(20)]
    assert [row.article_ids for row in ledger.seen().values()] == [(), ()]


def test_an_archive_elsewhere_goes_on_when_its_server_is_there_again(
    ledger: Ledger, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "PAUSES_S", ())
    monkeypatch.setattr(remote, "BLOCK", 1_500)
    monkeypatch.setattr(records, "BLOCK", 500)
    monkeypatch.setattr(Server, "fails", 0)
    real = gathering.Batch.write

    def hang_up(batch: gathering.Batch) -> None:
        real(batch)
        Server.fails = 10**6

    with running() as server:
        address = f"{server}/parts/a.warc.gz"
        with monkeypatch.context() as patch:
            patch.setattr(gathering.Batch, "write", hang_up)
            first = take(ledger, address)
        Server.fails = 0
        second = take(ledger, address)
        third = take(ledger, address)
    assert [row.code for row in first.problems] == ["remote-failed"]
    assert pages == [url(f"Town{number}") for number in range(12)]
    assert (first.remote, second.problems, third.files_skipped) == ([address], [], 1)


def test_pages_shared_out_come_in_the_order_of_the_archive(tmp_path: Path) -> None:
    path = Archive().towns(*(f"Town{number}" for number in range(60))).write(tmp_path / "a.warc.gz")
    ledgers = []
    for count in (1, 2):
        with Ledger.open(str(tmp_path / f"{count}.db"), create=True) as ledger, open_engine(workers=count) as engine:
            take(ledger, path, engine=engine)
            ledgers.append(ledger.dump())
    assert ledgers[0] == ledgers[1]


def test_a_page_that_kills_its_process_is_a_row_and_its_bytes_are_kept(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "read_pieces", mishaps.die_of_town_7)
    towns = [f"Town{number}" for number in range(42)]
    path = Archive().towns(*towns).write(tmp_path / "a.warc.gz")
    with open_engine(workers=2) as engine:
        report = take(ledger, path, engine=engine)
    assert urls(ledger) == [url(town) for town in towns if town != "Town7"]
    (row,) = report.problems
    assert (row.code, row.where) == ("page-failed", f"a.warc.gz, page {url('Town7')}")
    (kept,) = (tmp_path / "x.db.lost").iterdir()
    assert kept.read_bytes() == page("Town7").encode()
    assert str(kept) in row.remedy
