"""`variorum export`."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from cli.conftest import Cli, label
from variorum.model import Event


def table_in(path: Path) -> list[list[str]]:
    """Give the rows of a file."""
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


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


@pytest.mark.parametrize("place", ["copy.db", "./copy.db", "link.db"])
def test_the_ledger_itself_is_never_written_over(cli: Cli, examples: Path, place: str) -> None:
    shutil.copy(examples, "copy.db")
    Path("link.db").symlink_to("copy.db")
    before = Path("copy.db").read_bytes()
    told = cli("export", "jsonl", "copy.db", "-o", place)
    assert (told.code, told.err.split(" is ")[0]) == (2, f"error: {place}")
    assert Path("copy.db").read_bytes() == before


def test_a_link_stays_a_link(cli: Cli, examples: Path) -> None:
    Path("link").symlink_to("real.jsonl")
    cli("export", "jsonl", examples, "-o", "link")
    assert Path("link").is_symlink()
    assert Path("real.jsonl").read_text(encoding="utf-8") == cli("export", "jsonl", examples).out


def test_a_pipe_is_written_to_as_it_is(cli: Cli, examples: Path, events: list[Event]) -> None:
    os.mkfifo("pipe")
    ours = os.open("pipe", os.O_RDWR)
    cli("export", "jsonl", examples, label(events[0]), "-o", "pipe")
    assert Path("pipe").is_fifo()
    assert json.loads(os.read(ours, 1 << 20))["id"] == events[0].id
    os.close(ours)


def test_as_of_a_day_leaves_out_later_reports(cli: Cli, examples: Path) -> None:
    def reports(*options: str) -> set[str]:
        lines = cli("export", "jsonl", examples, *options).out.splitlines()
        return {id for line in lines for id in json.loads(line)["articles"]}

    assert reports("--as-of", "2019-12-31") < reports()


def test_an_unknown_format_is_wrong_usage_and_names_the_known(cli: Cli, examples: Path) -> None:
    told = cli("export", "xml", examples)
    assert told.code == 2
    assert "jsonl, csv, " in told.err


def test_a_redacted_export_says_what_was_left_out_and_that_names_can_be_missed(cli: Cli, examples: Path) -> None:
    told = cli("export", "jsonl", examples, "--redact")
    assert told.code == 0
    assert re.match(r"Redacted: the names of \d+ persons?, 0 long quotes cut, 0 reports withheld\.\n", told.err)
    assert "names are found by rules" in told.err
    assert "Sarrafi" in cli("export", "jsonl", examples).out
    assert "Sarrafi" not in told.out
    assert "Tihama Observatory" in told.out


def test_the_settings_say_what_is_redacted(cli: Cli, examples: Path) -> None:
    Path("variorum.toml").write_text(
        'public_people = ["Ahmed Sarrafi"]\nprivate_names = ["Tomas Reiv"]\nwithheld = ["Sahel Wire", "R1"]\n',
        encoding="utf-8",
    )
    told = cli("export", "jsonl", examples, "--redact")
    assert "2 reports withheld" in told.err
    assert "of the same wording as a withheld one go out" in told.err
    assert "Ahmed Sarrafi" in told.out
    assert "Reiv" not in told.out
    assert "Sahel Wire" not in told.out


def test_a_withheld_report_that_is_not_there_stops_the_export(cli: Cli, examples: Path) -> None:
    Path("variorum.toml").write_text('withheld = ["R999"]', encoding="utf-8")
    told = cli("export", "jsonl", examples, "--redact", "-o", "out.jsonl")
    assert told.code != 0
    assert "R999" in told.err
    assert not Path("out.jsonl").exists()


def test_one_event_is_redacted_like_all(cli: Cli, examples: Path) -> None:
    lines = cli("export", "jsonl", examples, "--redact").out.splitlines()
    whole = next(row for row in map(json.loads, lines) if any("[person" in c["source"] for c in row["claims"]))
    one = json.loads(cli("export", "jsonl", examples, whole["id"], "--redact").out)
    numbers = re.compile(r"\[person \d+\]")
    assert numbers.sub("", json.dumps(one)) == numbers.sub("", json.dumps(whole))


def test_a_folder_gets_all_tables_and_what_their_columns_mean(cli: Cli, examples: Path) -> None:
    told = cli("export", "csv", examples, "-o", "tables/")
    assert told.code == 0
    names = sorted(path.name for path in Path("tables").iterdir())
    assert names == ["claims.csv", "columns.csv", "events.csv", "reports.csv", "values.csv"]
    meanings = {(row[0], row[1]): row[3] for row in table_in(Path("tables/columns.csv"))}
    for table in ("events", "claims", "values", "reports"):
        rows = table_in(Path(f"tables/{table}.csv"))
        assert len(rows) > 20
        assert all(meanings[table, column] for column in rows[0])


def test_events_can_be_chosen_by_what_they_are(cli: Cli, examples: Path) -> None:
    told = cli("export", "jsonl", examples, "--kind", "strike", "--since", "2019-01-01", "--until", "2019-12-31")
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert rows
    assert {row["kind"] for row in rows} == {"strike"}
    assert all(row["date"]["low"].startswith("2019") for row in rows)


def test_events_are_named_or_chosen(cli: Cli, examples: Path, events: list[Event]) -> None:
    assert cli("export", "jsonl", examples, label(events[0]), "--kind", "strike").code == 2


def test_of_events_that_were_chosen_only_their_reports_go_out(cli: Cli, examples: Path) -> None:
    of = {
        article
        for line in cli("export", "jsonl", examples, "--kind", "clash").out.splitlines()
        for article in json.loads(line)["articles"]
    }
    told = cli("export", "csv", examples, "--kind", "clash", "--table", "reports")
    rows = list(csv.DictReader(io.StringIO(told.out, newline="")))
    assert of <= {row["id"] for row in rows}
    assert len(rows) < len(list(csv.reader(io.StringIO(cli("export", "csv", examples, "--table", "reports").out)))) - 1


def test_a_mark_for_excel_stands_first_in_a_file(cli: Cli, examples: Path) -> None:
    cli("export", "csv", examples, "--bom", "-o", "events.csv")
    assert Path("events.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_as_of_a_day_no_version_is_named_and_the_day_is(cli: Cli, examples: Path) -> None:
    rows = [json.loads(line) for line in cli("export", "jsonl", examples, "--as-of", "2021-11-08").out.splitlines()]
    assert rows
    assert {(row["version"], row["as_of"]) for row in rows} == {(None, "2021-11-08")}
    table = list(csv.DictReader(io.StringIO(cli("export", "csv", examples, "--as-of", "2021-11-08").out)))
    assert {(row["version"], row["known_on"]) for row in table} == {("", "2021-11-08")}
    assert json.loads(cli("export", "geojson", examples, "--as-of", "2021-11-08").out)["as_of"] == "2021-11-08"
    assert "As known on 8 November 2021" in cli("export", "digest", examples, "--as-of", "2021-11-08").out


def test_a_reference_is_of_a_version_and_not_of_a_day(cli: Cli, examples: Path) -> None:
    told = cli("export", "bibtex", examples, "--as-of", "2021-11-08")
    assert told.code == 2
    assert "--recorded" in told.err


def test_an_event_that_is_named_twice_goes_out_once(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("export", "jsonl", examples, label(events[0]), label(events[0]))
    assert len(told.out.splitlines()) == 1


@pytest.mark.parametrize("given", [["csv", "-o", ""], ["jsonl", "-o", "folder/"]])
def test_a_name_that_is_no_file_is_refused(cli: Cli, examples: Path, given: list[str]) -> None:
    assert cli("export", given[0], examples, *given[1:]).code == 2
    assert list(Path().iterdir()) == []


def test_what_stood_in_a_folder_and_was_replaced_is_named(cli: Cli, examples: Path) -> None:
    Path("tables").mkdir()
    Path("tables/events.csv").write_text("mine", encoding="utf-8")
    assert "events.csv stood there and was replaced" in cli("export", "csv", examples, "-o", "tables/").err


def test_what_a_person_keeps_beside_a_file_stays(cli: Cli, examples: Path) -> None:
    Path("a.csv.part").write_text("mine", encoding="utf-8")
    cli("export", "csv", examples, "-o", "a.csv")
    assert Path("a.csv.part").read_text(encoding="utf-8") == "mine"
