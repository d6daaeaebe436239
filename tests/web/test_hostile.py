"""Reports that try to get into the pages: none breaks one, and none leaves a byte in it that is not text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bench.addresses import FILES, Known, find_addresses, read_known, with_form
from starlette.testclient import TestClient

from hostile import MARK, TAGS, find_intruders, own_elements, write_reports
from variorum.ledger import Ledger
from variorum.pipeline import run
from variorum.web.asking import Route
from variorum.web.routes import ROUTES

NOW = "2031-05-03T10:00:00+00:00"
OWN = own_elements()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, made_once: Callable[..., Path]) -> Path:
    """A ledger of hostile reports."""

    def make(place: Path) -> None:
        with Ledger.open(place, create=True) as ledger:
            run(write_reports(tmp_path_factory.mktemp("hostile")), ledger, now=NOW, workers=1)

    return made_once("hostile", make)


@pytest.fixture
def hostile_site(hostile: Path, open_guarded: Callable[[Path], TestClient]) -> TestClient:
    return open_guarded(hostile)


@pytest.fixture(scope="session")
def hostile_known(hostile: Path) -> Known:
    with Ledger.open(hostile, readonly=True) as ledger:
        assert len(list(ledger.events())) > 0
        return read_known(ledger)


def test_what_intrudes_is_found() -> None:
    for tag in TAGS[:8]:
        page = f'<p title="{tag}">{tag}</p><textarea>{tag}</textarea>' + f"<p title='{tag}'>"
        assert find_intruders(page, OWN), tag
    assert find_intruders(f'<a href="javascript:{MARK}()">a</a>', OWN)
    assert find_intruders("<script>1</script>", OWN)
    assert find_intruders('<p style="color: red">', OWN)
    assert not find_intruders('<p><a href="/events/EV-7K3Q">a</a> &lt;script&gt;</p>', OWN)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_page_of_hostile_reports_holds_no_more_than_its_template(
    route: Route, hostile_site: TestClient, hostile_known: Known
) -> None:
    for address in find_addresses(route, hostile_known):
        for form in route.forms:
            told = hostile_site.get(address if form == "html" else with_form(address, form))
            assert told.status_code < 500, f"{address} as {form}"
            if route.path in FILES:
                assert told.headers["content-disposition"].startswith("attachment")
            elif form == "html":
                assert find_intruders(told.text, OWN) == [], address
            elif form != "csv":
                assert told.headers["content-type"].startswith("application/")
                told.json()
            else:
                assert told.headers["content-type"].startswith("text/csv")


def test_every_report_and_event_of_hostile_words_is_drawn_as_text(hostile_site: TestClient, hostile: Path) -> None:
    from variorum.pipeline.labels import make_labels

    with Ledger.open(hostile, readonly=True) as ledger:
        labels = make_labels(ledger)
        paths = [f"/events/{label}" for label in labels.events.values()]
        if any(route.path == "/reports/{id}" for route in ROUTES):
            paths += [f"/reports/{label}" for label in labels.articles.values()]
    shown = ""
    for path in paths:
        told = hostile_site.get(path, follow_redirects=True)
        assert told.status_code == 200, path
        assert find_intruders(told.text, OWN) == [], path
        shown += told.text
    assert MARK in shown
    assert not [sign for sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u0000" if sign in shown]


@pytest.mark.parametrize("form", ["html", "json"])
def test_every_answer_forbids_foreign_scripts(form: str, hostile_site: TestClient, hostile_known: Known) -> None:
    address = f"/events/{hostile_known.event}"
    for path in (address if form == "html" else with_form(address, form), "/nothing-here", f"/events/{TAGS[0]}"):
        policy = hostile_site.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
