"""From a request to bytes: forms, statuses, tags and compression."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from variorum.config import Config
from variorum.ledger.accounts import Accounts
from variorum.web.answering import to_csv
from variorum.web.app import Site, make_app
from web.small_site import Clock, browse


def test_a_page_has_a_tag_and_is_not_sent_twice(site: TestClient, menaka: str) -> None:
    first = site.get(f"/events/{menaka}@1")
    again = site.get(f"/events/{menaka}@1", headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_page_on_ones_own_machine_is_compressed_for_who_takes_it(site: TestClient, menaka: str) -> None:
    plain = site.get(f"/events/{menaka}@1", headers={"Accept-Encoding": "identity"})
    small = site.get(f"/events/{menaka}@1", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.text == plain.text


def test_no_page_of_a_team_is_compressed(examples: Path, accounts: Accounts, clock: Clock) -> None:
    app = make_app(Site(str(examples), accounts=accounts), Config())
    reader = browse(app)
    reader.sign_in("Rita")
    told = reader.get("/", **{"Accept-Encoding": "gzip"})
    assert (told.status_code, len(told.content) > 800) == (200, True)
    assert "content-encoding" not in told.headers
    app.state.ledger.close()


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/events/EV-ZZZZ", 404, "no event EV-ZZZZ"),
        ("/events/MENAKA@99", 404, "no version 99"),
        ("/events/R7", 400, "R7 is not an event"),
        ("/events/MENAKA?nosuch=1", 400, "this page has no parameter nosuch"),
        ("/events/MENAKA?as_of=soon", 400, "as_of soon is not a day"),
        ("/nosuch", 404, "there is no page /nosuch"),
        ("/events/MENAKA.csv", 404, "this page has no .csv"),
    ],
)
def test_an_error_is_a_page_with_its_cause_and_the_right_status(
    site: TestClient, menaka: str, path: str, status: int, said: str
) -> None:
    found = site.get(path.replace("MENAKA", menaka))
    assert found.status_code == status
    assert said in found.text


def test_an_error_is_json_where_json_was_asked_for(site: TestClient) -> None:
    found = site.get("/events/EV-ZZZZ.json")
    assert found.status_code == 404
    assert found.json()["error"]["cause"].startswith("no event EV-ZZZZ")


def test_a_method_that_a_page_does_not_take_is_refused(site: TestClient, menaka: str) -> None:
    assert site.put(f"/events/{menaka}").status_code == 405


def test_a_cell_that_a_spreadsheet_would_run_is_text() -> None:
    rows = list(csv.reader(io.StringIO(to_csv([{"a": '=HYPERLINK("x")', "b": ["x", "y"], "c": None, "d": "-3"}]))))
    assert rows == [["a", "b", "c", "d"], ['\'=HYPERLINK("x")', "x; y", "", "-3"]]


@pytest.mark.parametrize(
    ("path", "some", "none"),
    [
        ("/events", "", "q=nosuchword"),
        ("/reports", "", "outlet=nobody"),
        ("/search", "q=killed", "q=nosuchword"),
        ("/search", "q=killed", ""),
        ("/sources", "", "named=nobody"),
        ("/sources", "kind=voices", "kind=voices&named=nobody"),
        ("/actors", "", "named=nobody"),
        ("/places", "", "named=nobody"),
        ("/history", "", "by=nobody"),
    ],
)
def test_a_list_without_rows_has_the_same_columns(path: str, some: str, none: str, demo_site: TestClient) -> None:
    full, empty = (list(csv.reader(io.StringIO(demo_site.get(f"{path}.csv?{query}").text))) for query in (some, none))
    assert len(full) > 1
    assert empty == full[:1]


@pytest.mark.parametrize("path", ["/review/same", "/history/problems"])
def test_a_list_that_is_empty_has_its_columns(path: str, site: TestClient) -> None:
    (head,) = csv.reader(io.StringIO(site.get(f"{path}.csv").text))
    assert len(head) > 5
