"""The pages of a server for several people: who is not signed in sees nothing, and a reader decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.addresses import Known, find_addresses, with_form
from starlette.testclient import TestClient

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.ledger.accounts import Accounts
from variorum.web.acting import Act
from variorum.web.app import Site, make_server
from variorum.web.asking import Route
from variorum.web.guard import team_doors
from variorum.web.routes import ACTS, ROUTES
from web.small_site import SITE, Browser, browse

routes = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
acts = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


@pytest.fixture
def place(own_demo: Path) -> Path:
    return own_demo


@pytest.fixture
def server(place: Path, accounts: Accounts) -> Iterator[Browser]:
    """A browser at the server of a team over the reports and decisions; nobody is signed in."""
    site = Site(str(place), doors=team_doors(["variorum.example.org"]), accounts=accounts)
    browser = browse(make_server(site, Config()))
    assert isinstance(browser.client, TestClient)
    return browser


def said_of(place: Path) -> list[str]:
    """Give words that only the ledger has: titles, outlets, ids, names of who decided."""
    with Ledger.open(place, readonly=True) as ledger:
        events = list(ledger.events())
        articles = [ledger.article(id) for id in ledger.article_numbers()]
        found = {event.title for event in events} | {event.id[4:12] for event in events}
        found |= {article.outlet for article in articles} | {article.title for article in articles}
        return sorted(word for word in found if len(word) > 6)


@routes
def test_who_is_not_signed_in_sees_nothing_of_a_page(route: Route, server: Browser, known: Known, place: Path) -> None:
    words = said_of(place)
    assert len(words) > 20
    for address in (*find_addresses(route, known), route.path.replace("{", "no-").replace("}", "")):
        for form in route.forms:
            asked = address if form == "html" else with_form(address, form)
            told = server.get(asked)
            assert told.status_code in (303, 401), asked
            if told.status_code == 303:
                assert told.headers["location"].startswith("/sign-in"), asked
            assert [word for word in words if word in told.text] == [], asked


@acts
def test_who_is_not_signed_in_can_do_nothing(act: Act, server: Browser, place: Path) -> None:
    before = _dump(place)
    told = server.post(re.sub(r"\{[^}]*\}", "D1", act.path), {"says": "yes", "because": "x"})
    assert told.status_code in (303, 401, 403)
    assert _dump(place) == before


@routes
def test_a_reader_sees_every_page(route: Route, server: Browser, known: Known) -> None:
    server.sign_in("Rita")
    for address in find_addresses(route, known):
        form = "html" if "html" in route.forms else "json"
        told = server.get(address if form == "html" else with_form(address, form))
        assert told.status_code in (200, 303, 307, 403), address
        assert "/sign-in" not in told.headers.get("location", ""), address


@pytest.mark.parametrize(
    "address",
    [
        "/review/foresee?pair=R1,R7",
        "/actors/correct?name=Wadai+Front&to=Front+of+Wadai",
        "/places/correct?wording=Hodeidah&base=gn:79415&to=gn:69500",
        "/history/D1?undo=1",
    ],
)
def test_a_reader_has_nothing_worked_out_that_nobody_decided(address: str, server: Browser) -> None:
    server.sign_in("Rita")
    assert server.get(address).status_code == 403
    server.client.cookies.clear()
    server.sign_in("Maria")
    assert server.get(address).status_code != 403


@acts
def test_a_reader_can_do_nothing(act: Act, server: Browser, known: Known, place: Path) -> None:
    server.sign_in("Rita")
    before = _dump(place)
    token = server.csrf("/account")
    for named in ("D1", known.event, known.reports[0], "join", "set"):
        fields = {"csrf": token, "says": "no", "left": known.event, "right": known.other, "id": known.claim}
        told = server.client.post(
            re.sub(r"\{[^}]*\}", named, act.path), data={**fields, "store": "1"}, headers={"Origin": SITE}
        )
        assert told.status_code == 403, named
    assert _dump(place) == before


@acts
def test_a_reviewer_is_not_turned_away(act: Act, server: Browser) -> None:
    server.sign_in("Maria")
    token = server.csrf("/account")
    path = re.sub(r"\{[^}]*\}", "D1", act.path)
    told = server.client.post(path, data={"csrf": token}, headers={"Origin": SITE})
    assert told.status_code != 403


def _dump(place: Path) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        return ledger.dump()
