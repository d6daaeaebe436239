"""`variorum export`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.model import Event


def test_jsonl_holds_every_event_once(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("export", "jsonl", examples)
    assert (told.code, told.err) == (0, "")
    ids = [json.loads(line)["id"] for line in told.out.splitlines()]
    assert sorted(ids) == sorted(event.id for event in events)


@pytest.mark.parametrize("table", ["events", "claims", "values", "reports"])
def test_csv_gives_the_table_asked_for(cli: Cli, examples: Path, table: str) -> None:
    rows = list(csv.reader(io.StringIO(cli("export", "csv", examples, "--table", table).out)))
    assert len(rows) > 20
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_table_of_another_format_is_wrong_usage(cli: Cli, examples: Path) -> None:
    assert cli("export", "jsonl", examples, "--table", "claims").code == 2


def test_events_can_be_named(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("export", "jsonl", examples, label(events[0]), label(events[1]))
    assert {json.loads(line)["id"] for line in told.out.splitlines()} == {events[0].id, events[1].id}


def test_a_report_is_no_event(cli: Cli, examples: Path) -> None:
    assert cli("export", "jsonl", "R1", "--ledger", examples).code == 2


def test_a_file_is_written_whole_or_not_at_all(cli: Cli, examples: Path) -> None:
    told = cli("export", "jsonl", examples, "-o", "out.jsonl")
    assert (told.code, told.out) == (0, "")
    assert Path("out.jsonl").read_text(encoding="utf-8") == cli("export", "jsonl", examples, "-o", "-").out
    assert [path.name for path in Path().iterdir()] == ["out.jsonl"]


def test_a_place_that_cannot_be_written_is_said(cli: Cli, examples: Path) -> None:
    told = cli("export", "csv", examples, "-o", "nowhere/out.csv")
    assert told.code == 2
    assert told.err.startswith("error: cannot write nowhere/out.csv")


def test_as_of_a_day_leaves_out_later_reports(cli: Cli, examples: Path) -> None:
    def reports(*options: str) -> set[str]:
        lines = cli("export", "jsonl", examples, *options).out.splitlines()
        return {id for line in lines for id in json.loads(line)["articles"]}

    assert reports("--as-of", "2019-12-31") < reports()


def test_an_unknown_format_is_wrong_usage_and_names_the_known(cli: Cli, examples: Path) -> None:
    told = cli("export", "xml", examples)
    assert told.code == 2
    assert "'jsonl', 'csv', 'geojson'" in told.err
