"""The site over the ledger of the sample reports, asked in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.addresses import Known, read_known
from bench.demo import make_demo
from starlette.testclient import TestClient

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.ledger.accounts import Accounts
from variorum.model import Event
from variorum.pipeline.labels import make_labels
from variorum.web.app import Site, make_app
from variorum.web.guard import guard
from variorum.web.signin import CSRF_HEADER, FORM_COOKIE, FormTokens
from web.small_site import CHEAP, GOOD, Browser, Clock, browse, local_app, team_app
from web.small_site import NOW as THEN

NOW = "2031-05-03T10:00:00+00:00"
SECRET, COOKIE = b"s" * 32, "c" * 43
OpenSite = Callable[[Path], TestClient]


@pytest.fixture(scope="session")
def demo(made_once: Callable[..., Path]) -> Path:
    """The ledger of the sample reports after a few decisions, so that every page has something to show; to read."""
    return made_once("demo", lambda place: make_demo(place, now=NOW))


@pytest.fixture(scope="session")
def known(demo: Path) -> Known:
    """What of that ledger is put into addresses."""
    with Ledger.open(demo, readonly=True) as ledger:
        return read_known(ledger)


@pytest.fixture
def open_site() -> Iterator[OpenSite]:
    """Open the site over a ledger, as on this machine, decided by m.k."""
    opened: list[TestClient] = []

    def open_one(place: Path) -> TestClient:
        app = make_app(Site(str(place), "m.k.", secret=SECRET), Config())
        client = TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)
        # As a browser that has opened a page with a form: it has the cookie, and sends the token that goes with it.
        client.cookies.set(FORM_COOKIE, COOKIE)
        client.headers[CSRF_HEADER] = FormTokens(SECRET).token(COOKIE)
        opened.append(client)
        return client

    yield open_one
    for client in opened:
        client.app.state.ledger.close()  # type: ignore[attr-defined]


@pytest.fixture
def site(examples: Path, open_site: OpenSite) -> TestClient:
    """The site over the sample reports, to read."""
    return open_site(examples)


@pytest.fixture
def own_site(own_examples: Path, open_site: OpenSite) -> TestClient:
    """The site over a copy of the sample reports, to decide in."""
    return open_site(own_examples)


@pytest.fixture
def open_guarded(open_site: OpenSite) -> OpenSite:
    """Open the site over a ledger as a server runs it, with the guard around; what breaks in it is raised."""

    def open_one(place: Path) -> TestClient:
        site = open_site(place)
        client = TestClient(guard(site.app), str(site.base_url), headers=site.headers, follow_redirects=False)
        client.cookies.update(site.cookies)
        return client

    return open_one


@pytest.fixture
def own_demo(demo: Path, tmp_path: Path) -> Path:
    """A copy of the ledger of reports and decisions to write to."""
    with Ledger.open(demo):
        return Path(shutil.copy(demo, tmp_path / "own-demo.db"))


@pytest.fixture
def demo_site(demo: Path, open_guarded: OpenSite) -> TestClient:
    """The site over the reports and decisions, as a server runs it."""
    return open_guarded(demo)


@pytest.fixture
def menaka(site: TestClient) -> str:
    """The label of an event of four lineages whose toll was revised: EV-….  What it is called hangs on the day."""
    ledger = site.app.state.ledger  # type: ignore[attr-defined]
    return next(label_of(ledger, event) for event in ledger.events() if "car bombs in Ménaka" in event.title)


def label_of(ledger: Ledger, event: Event) -> str:
    """Name an event for people."""
    return make_labels(ledger).events[event.id]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    with Accounts.open(tmp_path / "ledger.db.accounts.db", create=True, rules=CHEAP) as opened:
        for name, role in (("Ada", "admin"), ("Maria", "reviewer"), ("Rita", "reader")):
            opened.add_account(name, role, GOOD, now=THEN)  # type: ignore[arg-type]
        yield opened


@pytest.fixture
def team(accounts: Accounts, clock: Clock) -> Browser:
    """A browser of somebody who is not signed in."""
    return browse(team_app(accounts, clock))


@pytest.fixture
def local() -> Browser:
    """A browser on one's own machine."""
    return browse(local_app(), "http://127.0.0.1:8000", "127.0.0.1")
