from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import variorum
from variorum.cli import call
from variorum.show.states import STATES


def printed(capfd: pytest.CaptureFixture[str], *args: str | Path) -> str:
    capfd.readouterr()
    assert call([str(arg) for arg in args]) == 0
    return capfd.readouterr().out


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ({}, []),
        ({"place": "Menaka"}, ["--place", "Menaka"]),
        ({"kind": "strike", "since": date(2019, 1, 1)}, ["--kind", "strike", "--since", "2019-01-01"]),
        ({"until": "2019-12-31", "min_lineages": 2}, ["--until", "2019-12-31", "--min-indep", "2"]),
        ({"state": "contradict"}, ["--state", "contradicts"]),
    ],
)
def test_events_are_those_that_the_command_line_lists(
    ledger: variorum.Ledger,
    place: Path,
    capfd: pytest.CaptureFixture[str],
    given: dict[str, object],
    options: list[str],
) -> None:
    listed = json.loads(printed(capfd, "list", place, "--json", *options))
    assert [event.id for event in ledger.events(**given)] == [row["id"] for row in listed]  # type: ignore[arg-type]
    assert listed


def test_what_nobody_knows_is_refused_with_what_there_is(ledger: variorum.Ledger) -> None:
    wrong = [
        (lambda: ledger.events(state="wrong"), "no state", STATES),
        (lambda: ledger.events(since="yesterday"), "not a day", ("2017-09-14",)),
        (lambda: ledger.claims(field="kiled"), "no field", ("killed",)),
        (lambda: ledger.queue("nothing"), "no kind of question", ("place",)),
        (lambda: ledger.columns("nothing"), "no table", ("claims",)),
        (lambda: ledger.export("csv", "x.csv", table="nothing"), "no table", ("claims",)),
    ]
    for ask, cause, offered in wrong:
        with pytest.raises(variorum.VariorumError, match=cause) as told:
            ask()
        assert all(word in told.value.remedy for word in offered)


def test_a_day_hides_what_was_published_later(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    then = ledger.as_of("2021-11-09")
    assert {report.published[:10] for report in then.reports() if report.published} <= {
        report.published[:10] for report in ledger.reports() if report.published and report.published <= "2021-11-09"
    }
    known = then.event(bombing.label)
    assert len(known.reports) < len(bombing.reports)
    assert [str(known.fields["killed"].headline), str(bombing.fields["killed"].headline)] == ["19", "21"]
    assert all(claim.published is None or claim.published[:10] <= "2021-11-09" for claim in then.claims())
    late = bombing.reports[-1]
    with pytest.raises(variorum.VariorumError, match="appeared after"):
        then.report(late.label)
    with pytest.raises(variorum.VariorumError, match="no report of"):
        ledger.as_of("2021-01-01").event(bombing.label)


def test_sql_answers_and_cannot_write(ledger: variorum.Ledger) -> None:
    rows = ledger.sql("SELECT kind, count(*) AS events FROM v_events GROUP BY kind ORDER BY 2 DESC, 1 LIMIT 2")
    assert rows[0] == {"kind": "strike", "events": 6}
    assert rows.to_pandas()["events"].dtype == "Int64"
    with pytest.raises(variorum.VariorumError):
        ledger.sql("DELETE FROM event")


@pytest.mark.parametrize(("fmt", "table"), [("jsonl", ""), ("csv", "values"), ("geojson", "")])
def test_an_export_is_that_of_the_command_line(
    ledger: variorum.Ledger, place: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], fmt: str, table: str
) -> None:
    path = ledger.export(fmt, tmp_path / "ours", table=table)
    theirs = tmp_path / "theirs"
    printed(capfd, "export", fmt, place, "-o", theirs, *(["--table", table] if table else []))
    assert path.read_bytes() == theirs.read_bytes()


def test_a_redacted_export_says_so(small: variorum.Ledger, tmp_path: Path) -> None:
    path = small.export("jsonl", tmp_path / "out.jsonl", redacted=True)
    assert all(json.loads(line)["redacted"] for line in path.read_text().splitlines())


def test_a_file_that_cannot_be_written_is_one_cause(ledger: variorum.Ledger, tmp_path: Path) -> None:
    with pytest.raises(variorum.VariorumError, match="cannot write"):
        ledger.export("csv", tmp_path / "no folder" / "out.csv")


def test_the_ledger_itself_is_never_overwritten(ledger: variorum.Ledger, place: Path) -> None:
    before = place.read_bytes()
    with pytest.raises(variorum.VariorumError, match="is the ledger itself"):
        ledger.export("csv", place)
    assert place.read_bytes() == before


def test_the_queue_is_that_of_the_command_line(
    ledger: variorum.Ledger, place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads(printed(capfd, "review", place, "--json"))
    assert [(row["kind"], row["reports"], row["why"]) for row in ledger.queue()] == [
        (row["kind"], row["reports"], row["why"]) for row in listed
    ]
    assert {row["kind"] for row in ledger.queue("place")} == {"place"}


def test_reports_are_found_by_outlet_language_and_day(ledger: variorum.Ledger) -> None:
    wire = ledger.reports(outlet="sahel wire")
    assert {report.outlet for report in wire} == {"Sahel Wire"}
    assert len(ledger.reports(lang="en", since="2023-01-01")) < len(ledger.reports(lang="en"))


def test_claims_are_found_by_field_speaker_and_report(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    found = ledger.claims(field="killed", speaker="Malian health ministry")
    assert {claim.event.id for claim in found if claim.event} == {bombing.id}
    assert {claim.report.label for claim in ledger.claims(report="R1")} == {"R1"}


def test_values_are_the_settled_ones(ledger: variorum.Ledger) -> None:
    contested = ledger.values(field="killed", status="contested")
    assert {(value.prop, value.status) for value in contested} == {("killed", "contested")}
    assert all(value.claims for value in contested)


def test_a_ledger_is_one_line_and_closes(place: Path) -> None:
    with variorum.open(place) as ledger:
        assert "\n" not in repr(ledger)
        assert "27 events, 27 reports" in repr(ledger)


def test_a_ledger_that_was_closed_answers_no_more(own_examples: Path) -> None:
    with variorum.open(own_examples) as ledger:
        day = ledger.as_of("2022-01-01")
        event = ledger.events()[0]
    for ask in (ledger.events, ledger.check, day.events, lambda: event.cite()):
        with pytest.raises(variorum.VariorumError, match="was closed"):
            ask()


def test_a_view_of_a_day_tells_nothing_of_today(ledger: variorum.Ledger) -> None:
    day = ledger.as_of("2021-11-10")
    event = day.events()[0]
    for ask in (day.queue, day.problems, lambda: day.sql("SELECT 1"), lambda: event.history, event.cite):
        with pytest.raises(variorum.VariorumError, match="of today, and this view is of 2021-11-10"):
            ask()
