"""`variorum gazetteer`: places of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.conftest import Cli
from variorum.config import Config
from variorum.pipeline import own_places

TABLE = "name,lat,lon,country\nTell Zarbun,35.91,38.44,SY\n"
REPORT = (
    "Raid on village\nIDLIB, March 7 2019 - An air strike on Tell Zarbun in Syria killed four civilians on Monday.\n"
)


@pytest.fixture(autouse=True)
def _no_places_stay_open(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    own_places(Config())


def test_a_file_is_added_listed_and_removed(cli: Cli) -> None:
    Path("places.csv").write_text(TABLE, encoding="utf-8")
    assert cli("gazetteer", "add", "places.csv").code == 0
    assert json.loads(cli("gazetteer", "list", "--json").out)[0]["places"] == 1
    assert cli("gazetteer", "remove", "places.csv").code == 0
    assert json.loads(cli("gazetteer", "list", "--json").out) == []


def test_bad_rows_are_listed_and_the_others_kept(cli: Cli) -> None:
    Path("places.csv").write_text(TABLE + "Nowhere,here,there,SY\n", encoding="utf-8")
    told = cli("gazetteer", "add", "places.csv")
    assert told.code == 3
    assert "1 places of places.csv" in told.out
    assert "row 3: its lat is here; give degrees" in told.err


def test_json_gives_every_rejected_row(cli: Cli) -> None:
    Path("places.csv").write_text(TABLE + "Nowhere,here,there,SY\n" * 30, encoding="utf-8")
    told = json.loads(cli("gazetteer", "add", "places.csv", "--json").out)
    assert (told["added"], len(told["rejected"])) == (1, 30)


def test_a_file_without_places_and_one_that_is_not_there_are_refused(cli: Cli) -> None:
    Path("empty.csv").write_text("name,lat,lon\n", encoding="utf-8")
    for name in ("empty.csv", "none.csv"):
        told = cli("gazetteer", "add", name)
        assert told.code == 2
        assert told.err.startswith("error: ")


def test_a_file_that_was_not_added_cannot_be_removed(cli: Cli) -> None:
    Path("places.csv").write_text(TABLE, encoding="utf-8")
    cli("gazetteer", "add", "places.csv")
    told = cli("gazetteer", "remove", "other.csv")
    assert told.code == 2
    assert "added: places.csv" in told.err


def test_the_setting_says_where_they_are_kept(cli: Cli) -> None:
    Path("variorum.toml").write_text('gazetteer = "mine.sqlite"\n', encoding="utf-8")
    Path("places.csv").write_text(TABLE, encoding="utf-8")
    cli("gazetteer", "add", "places.csv")
    assert Path("mine.sqlite").exists()


def test_doctor_names_what_was_added(cli: Cli) -> None:
    states = {row["part"]: row for row in json.loads(cli("doctor", "--json").out)}
    assert states["own places"]["state"] == "absent"
    Path("places.csv").write_text(TABLE, encoding="utf-8")
    cli("gazetteer", "add", "places.csv")
    states = {row["part"]: row for row in json.loads(cli("doctor", "--json").out)}
    assert states["own places"]["state"] == "ok"
    assert "places.csv 1" in states["own places"]["detail"]


def test_reports_are_read_again_with_what_was_added_and_readable_without_it(cli: Cli) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(REPORT, encoding="utf-8")
    Path("places.csv").write_text(TABLE, encoding="utf-8")
    run = ("run", "in", "-o", "l.db", "--workers", "1", "-q")
    assert cli(*run).code == 0
    assert "own:" not in cli("export", "jsonl", "l.db").out
    cli("gazetteer", "add", "places.csv")
    assert cli(*run).code == 0
    assert "own:tellzarbun-" in cli("export", "jsonl", "l.db").out
    cli("gazetteer", "remove", "places.csv")
    for words in (["list", "l.db"], ["export", "jsonl", "l.db"]):
        told = cli(*words)
        assert told.code == 0, told.err
        assert "Tell Zarbun" in told.out or words[0] == "list"
