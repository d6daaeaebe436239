"""`variorum list`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from cli.conftest import Cli
from variorum.model import Event


def test_every_event_is_one_row(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("list", examples)
    assert told.code == 0
    assert len(told.out.splitlines()) == 1 + len(events)
    assert told.err.startswith(f"\n{len(events)} events.")


def test_the_columns_are_named(cli: Cli, examples: Path) -> None:
    assert cli("list", examples).out.split()[:6] == ["EVENT", "DATE", "KILLED", "REPORTS", "LINEAGES", "WHAT"]


def test_the_last_line_names_an_event_to_show(cli: Cli, examples: Path) -> None:
    step = cli("list", examples).err.splitlines()[-1].removeprefix("Next:").split()
    assert cli(*step[1:]).code == 0


def test_events_come_by_date_and_undated_last(cli: Cli, examples: Path) -> None:
    dates = [row["date"] for row in json.loads(cli("list", examples, "--json").out)]
    known = [date for date in dates if date is not None and date[:1].isdigit()]
    assert known == sorted(known, key=lambda date: date[:7])
    assert [date for date in dates[len(known) :] if date is not None and date[:1].isdigit()] == []


def test_every_form_has_the_same_rows(cli: Cli, examples: Path, events: list[Event]) -> None:
    rows = json.loads(cli("list", examples, "--json").out)
    lines = [json.loads(line) for line in cli("list", examples, "--jsonl").out.splitlines()]
    table = list(csv.DictReader(io.StringIO(cli("list", examples, "--csv").out)))
    features = json.loads(cli("list", examples, "--geojson").out)["features"]
    assert lines == rows
    assert [row["id"] for row in table] == [row["id"] for row in rows] == [one["id"] for one in features]
    assert {row["id"] for row in rows} == {event.id for event in events}


def test_the_same_call_gives_the_same_bytes(cli: Cli, examples: Path) -> None:
    assert cli("list", examples).out == cli("list", "--ledger", examples).out


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--kind", "strike"], lambda row: row["kind"] == "strike"),
        (["--kind", "territory"], lambda row: row["kind"].startswith("territory.")),
        (["--state", "single"], lambda row: row["lineages"] == 1),
        (["--min-indep", "2"], lambda row: row["lineages"] >= 2),
        (["--since", "2022-01-01"], lambda row: row["date"][:4] >= "2022"),
        (["--until", "2019-12-31"], lambda row: row["date"][:4] <= "2019"),
        (["--place", "Hudaydah"], lambda row: row["place"] is not None),
    ],
)
def test_a_filter_keeps_what_fits_and_only_that(cli: Cli, examples: Path, options: list[str], holds: object) -> None:
    rows = json.loads(cli("list", examples, "--json", *options).out)
    assert callable(holds)
    assert rows != []
    assert [row["id"] for row in rows if not holds(row)] == []
    assert len(rows) < len(json.loads(cli("list", examples, "--json").out))


def test_spellings_of_one_place_give_the_same_events(cli: Cli, examples: Path) -> None:
    found = [cli("list", examples, "--json", "--place", name).out for name in ("Hodeidah", "Hudaydah", "Al Hudaydah")]
    assert len(set(found)) == 1


def test_no_later_report_counts_as_of_a_day(cli: Cli, examples: Path) -> None:
    rows = json.loads(cli("list", examples, "--json", "--as-of", "2019-03-07").out)
    first = next(row for row in rows if row["date"] == "2019-03-07" and row["kind"] == "strike")
    now = {row["id"]: row["reports"] for row in json.loads(cli("list", examples, "--json").out)}
    assert first["reports"] < now[first["id"]]
    assert [row for row in rows if (row["date"] or "").startswith("202")] == []


def test_no_event_is_said_and_is_no_error(cli: Cli, examples: Path) -> None:
    told = cli("list", examples, "--since", "2090-01-01")
    assert told.code == 0
    assert len(told.out.splitlines()) == 1
    assert told.err.startswith("no event fits; all: variorum list ")
    assert cli("list", examples, "--since", "2090-01-01", "--json").out.strip() == "[]"


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--kind", "strik"], "did you mean strike?"),
        (["--place", "Qwertyuiopburg"], "try another spelling"),
        (["--since", "yesterday"], "write it as 2017-09-14"),
        (["--as-of", "2020-02-30"], "write it as 2017-09-14"),
    ],
)
def test_what_cannot_be_filtered_by_is_wrong_usage(cli: Cli, examples: Path, options: list[str], hint: str) -> None:
    told = cli("list", examples, *options)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("error: ")
    assert hint in told.err


def test_quiet_leaves_only_the_rows(cli: Cli, examples: Path) -> None:
    assert cli("list", examples, "-q").err == ""
