"""`variorum check`, `log`, `doctor`, `explain`, `sql`."""

from __future__ import annotations

import ast
import io
import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from cli.conftest import Cli, label
from variorum.ledger import Ledger
from variorum.model import Event, Judgement, RelatedName
from variorum.schema import load_schema

SOURCE = Path(__file__).parents[2] / "src" / "variorum"
CODES = re.compile(r"^Problem codes?: (?P<codes>.*?)\.$", re.M | re.S)


def test_a_whole_ledger_has_no_fault(cli: Cli, examples: Path) -> None:
    told = cli("check", examples)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("no fault: 27 articles, ")


@pytest.mark.file
def test_a_changed_quote_is_a_fault(cli: Cli, own_examples: Path) -> None:
    with closing(sqlite3.connect(own_examples)) as connection, connection:
        connection.execute("UPDATE claim SET quote = 'forged' WHERE id = (SELECT min(id) FROM claim)")
    told = cli("check", own_examples)
    assert told.code == 1
    assert "clm_" in told.out
    assert json.loads(cli("check", own_examples, "--json").out)["faults"] != []


@pytest.mark.file
def test_a_kept_hash_names_its_row_of_the_log(cli: Cli, own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        number, kept = ledger.head()
        ledger.note("noted", "", "later", at="2031-06-01T10:00:00Z")
    told = cli("check", own_examples, "--hash", kept.upper())
    assert told.code == 0
    assert f"the hash you kept is that of row {number} of {number + 1}, written at " in told.out


@pytest.mark.file
def test_a_log_cut_at_its_end_is_found_with_the_kept_hash(cli: Cli, own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        ledger.note("noted", "", "later", at="2031-06-01T10:00:00Z")
        kept = ledger.last_hash()
    with closing(sqlite3.connect(own_examples)) as connection, connection:
        connection.execute("DELETE FROM log WHERE kind = 'noted'")
    assert cli("check", own_examples).code == 0
    told = cli("check", own_examples, "--hash", kept)
    assert told.code == 1
    assert told.out.startswith(f"log: no row has the hash {kept}: rows were cut off or rewritten")


@pytest.mark.parametrize("given", ["abc", "0" * 64])
def test_what_is_no_hash_of_a_log_is_refused(cli: Cli, examples: Path, given: str) -> None:
    assert cli("check", examples, "--hash", given).code == 2


def test_the_log_gives_the_hash_of_every_row(cli: Cli, examples: Path) -> None:
    rows = json.loads(cli("log", examples, "--all", "--json").out)
    assert rows[0]["hash"] == json.loads(cli("check", examples, "--json").out)["log"]["last"]


def test_the_log_holds_the_run_with_its_figures(cli: Cli, examples: Path, events: list[Event]) -> None:
    rows = json.loads(cli("log", examples, "--json").out)
    assert [row["kind"] for row in rows] == ["run.finished", "run.started"]
    assert f"{len(events)} events" in rows[0]["note"]


def test_the_log_can_be_asked_for_one_author_and_one_event(cli: Cli, own_examples: Path, events: list[Event]) -> None:
    left, right = sorted(events[0].mentions)[:2]
    with Ledger.open(own_examples) as ledger:
        ledger.add_judgement(Judgement(left, right, "same", "ada", None, "one strike", "2031-06-01T10:00:00Z"))
    for options in (["--by", "ada"], ["--by", "Ada"], ["--event", label(events[0])]):
        rows = json.loads(cli("log", own_examples, "--json", *options).out)
        assert [(row["kind"], row["by"]) for row in rows] == [("judgement", "ada")]
    assert len(json.loads(cli("log", own_examples, "--json").out)) == 3
    assert len(json.loads(cli("log", own_examples, "--json", "--by", "variorum").out)) == 2


def test_an_author_nobody_knows_names_those_there_are(cli: Cli, examples: Path) -> None:
    told = cli("log", examples, "--by", "nobody")
    assert told.code == 0
    assert told.err.startswith("nothing by nobody; by: ")


def test_without_problems_the_list_is_empty(cli: Cli, examples: Path) -> None:
    told = cli("log", examples, "--problems")
    assert (told.code, told.err) == (0, "no problem\n")
    assert cli("log", examples, "--problems", "--json").out.strip() == "[]"


def test_problems_and_authors_do_not_mix(cli: Cli, examples: Path) -> None:
    assert cli("log", examples, "--problems", "--by", "ada").code == 2


def test_doctor_finds_every_part(cli: Cli, examples: Path) -> None:
    told = cli("doctor", examples)
    assert told.code == 0
    rows = {row["part"]: row["state"] for row in json.loads(cli("doctor", examples, "--json").out)}
    assert set(rows.values()) <= {"ok", "absent"}
    assert (rows["gazetteer"], rows["ledger"], rows["reader"]) == ("ok", "ok", "ok")


def test_doctor_without_a_ledger_finds_nothing_broken(cli: Cli) -> None:
    assert cli("doctor").code == 0


def test_doctor_tells_a_broken_ledger(cli: Cli) -> None:
    Path("bad.db").write_text("this is not a ledger" * 99, encoding="utf-8")
    told = cli("doctor", "bad.db")
    assert told.code == 1
    assert "broken" in told.out


def words() -> list[str]:
    schema = load_schema()
    return [
        *schema.kinds,
        *schema.properties,
        *schema.scopes,
        "contradicts",
        "drift in copies",
        "hedges",
        "bad-json",
        "3",
    ]


@pytest.mark.parametrize("word", words())
def test_every_word_of_the_schema_is_explained(cli: Cli, word: str) -> None:
    told = cli("explain", word)
    assert told.code == 0
    assert told.out.startswith(f"{word}  (")
    assert len(told.out.splitlines()) >= 2


def test_every_problem_code_that_reading_gives_is_explained(cli: Cli) -> None:
    said = [
        found["codes"]
        for path in sorted(SOURCE.rglob("*.py"))
        if (found := CODES.search(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""))
    ]
    codes = {code for row in said for code in re.split(r"\s·\s", re.split(r",? (?:· )?and ", row)[0])}
    assert len(codes) > 15
    explained = {row["word"] for row in json.loads(cli("explain", "--json").out) if row["group"] == "problem"}
    assert set(codes) <= explained


def test_a_word_nobody_knows_names_the_nearest(cli: Cli) -> None:
    told = cli("explain", "contradict")
    assert told.code == 2
    assert "did you mean contradicts?" in told.err


@pytest.mark.parametrize("word", get_args(RelatedName))
def test_every_tie_is_explained(cli: Cli, word: str) -> None:
    assert f"{word}  (tie)" in cli("explain", word).out


def test_explain_without_a_word_lists_them(cli: Cli) -> None:
    rows = json.loads(cli("explain", "--json").out)
    assert {row["group"] for row in rows} >= {"kind", "property", "scope", "relation", "stance", "rule", "problem"}
    assert len(cli("explain").out.splitlines()) == 1 + len(rows)


def test_sql_answers(cli: Cli, examples: Path, events: list[Event]) -> None:
    told = cli("sql", "SELECT count(*) AS events FROM v_events", examples)
    assert (told.code, told.out) == (0, f"EVENTS\n{len(events):>6}\n".replace("EVENTS", "events"))


def test_sql_takes_the_query_from_standard_input(cli: Cli, examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("SELECT 1 AS one, 2 AS one"))
    assert json.loads(cli("sql", "-", examples, "--json").out) == [{"one": 1, "one_2": 2}]


@pytest.mark.parametrize("query", ["DELETE FROM claim", "SELECT * FROM nothing", "PRAGMA user_version = 3", ""])
def test_sql_only_reads(cli: Cli, examples: Path, query: str) -> None:
    told = cli("sql", query, examples)
    assert (told.code, told.out) == (2, "")
    assert "views to ask: v_events" in told.err
    assert cli("check", examples).code == 0
