"""Files to take along: the same as `variorum export` writes, under a name, with what was chosen."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline import Selection, edition, with_all_articles, write_edition
from variorum.web.pages import exports


def told(place: Path, format: str, table: str = "events", chosen: Selection | None = None) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        published = edition(ledger, chosen=chosen)
        if table == "reports":
            published = with_all_articles(ledger, published)
        return "".join(write_edition(published, format, table=table))


@pytest.mark.parametrize(
    ("path", "format", "table"),
    [
        ("/exports/jsonl", "jsonl", "events"),
        ("/exports/geojson", "geojson", "events"),
        *((f"/exports/csv?table={table}", "csv", table) for table in ("events", "claims", "values", "reports")),
    ],
)
def test_a_file_is_what_the_command_line_writes(
    site: TestClient, examples: Path, path: str, format: str, table: str
) -> None:
    found = site.get(path)
    assert found.text == told(examples, format, table)
    assert found.headers["content-disposition"].startswith("attachment; filename*=UTF-8''variorum-")
    assert "row" in found.headers["content-disposition"]


def test_a_file_holds_what_was_chosen(site: TestClient, examples: Path) -> None:
    found = site.get("/exports/csv?place=Yemen&state=contradicts")
    assert found.text == told(examples, "csv", chosen=Selection(place="Yemen", state="contradicts"))
    assert 1 < len(found.text.splitlines()) < len(told(examples, "csv").splitlines())


def test_one_event_can_be_taken_along(site: TestClient, menaka: str) -> None:
    (line,) = site.get(f"/exports/jsonl?event={menaka}").text.splitlines()
    assert "Ménaka" in json.loads(line)["title"]


def test_as_of_a_day_later_events_are_left_out(site: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/exports/csv?table=claims&as_of=2019-12-31").text)))
    assert rows
    assert all(row["as_of"][:10] <= "2019-12-31" for row in rows if row["as_of"])


def test_a_redacted_file_says_so_in_its_name_and_its_rows(site: TestClient, menaka: str) -> None:
    found = site.get(f"/exports/csv?table=claims&redact=1&event={menaka}")
    assert "redacted" in found.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert rows
    assert all(row["redacted"] for row in rows)


def test_a_large_ledger_is_redacted_on_the_command_line(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.web.pages.exports.REDACTED_AT_MOST", 5)
    found = site.get("/exports/csv?redact=1")
    assert found.status_code == 400
    assert "variorum export csv --redact" in found.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/exports/xlsx", 404), ("/exports/jsonl?table=claims", 400), ("/exports/csv?table=nothing", 400)],
)
def test_what_there_is_no_export_of_is_refused(site: TestClient, path: str, status: int) -> None:
    assert site.get(path).status_code == status


def test_every_column_of_every_table_has_its_type_and_meaning(site: TestClient) -> None:
    columns = site.get("/exports.json").json()["columns"]
    for table, rows in columns.items():
        first = site.get(f"/exports/csv?table={table}").text.splitlines()[0].split(",")
        assert [row["column"] for row in rows] == first
        assert all(row["type"] and row["means"] for row in rows)


def test_the_files_of_the_page_hold_what_its_form_chose(site: TestClient) -> None:
    links = [row["href"] for row in site.get("/exports.json?place=Mali&redact=1&as_of=2022-12-31").json()["files"]]
    assert len(links) > 20
    assert all("place=Mali" in href and "redact=1" in href and "as_of=2022-12-31" in href for href in links)


def test_the_page_names_the_state_of_the_ledger(site: TestClient) -> None:
    number, hash = site.app.state.ledger.head()  # type: ignore[attr-defined]
    told = site.get("/exports.json").json()["ledger"]
    assert (told["row"], told["hash"]) == (number, hash)


def test_who_asks_while_enough_files_are_made_is_told_to_come_again(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PATIENCE_S", 0.05)
    with exports._MAKING, exports._MAKING:
        told = site.get("/exports/geojson")
        assert (told.status_code, "try again in a minute" in told.text) == (503, True)
    assert site.get("/exports/geojson").status_code == 200


def test_events_that_a_format_does_not_hold_are_counted_in_the_answer(site: TestClient) -> None:
    found = site.get("/exports/ucdp")
    assert re.match(
        r"\d+ of 27 events are left out, which UCDP GED does not hold: ", found.headers["x-variorum-left-out"]
    )
    assert "x-variorum-left-out" not in site.get("/exports/jsonl").headers


@pytest.mark.parametrize("query", ["place=Nowhereville", "kind=nonsense"])
def test_what_no_file_can_be_chosen_by_is_refused_on_the_page_too(site: TestClient, query: str) -> None:
    assert site.get(f"/exports?{query}").status_code == 400
