"""The site over the ledger of the sample reports, asked in this process."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bench.addresses import Known, read_known
from filelock import FileLock
from starlette.testclient import TestClient

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.pipeline import run
from variorum.web.app import Site, make_app

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"
OpenSite = Callable[[Path], TestClient]
MadeOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Give a copy of a ledger that one process makes for all: reading reports takes seconds."""
    base = tmp_path_factory.getbasetemp()
    home = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        shared = home / f"{name}-of-the-web.db"
        own = tmp_path_factory.mktemp(name) / f"{name}.db"
        with FileLock(f"{shared}.lock"):
            if not shared.exists():
                make(own)
                with Ledger.open(own):  # moves what stands beside the file into it
                    shutil.copy(own, shared)
            else:
                shutil.copy(shared, own)
        return own

    return make_once


@pytest.fixture(scope="session")
def examples(made_once: MadeOnce) -> Path:
    """The ledger of the sample reports; no test writes to it."""

    def make(place: Path) -> None:
        with Ledger.open(place, create=True) as ledger:
            run([EXAMPLES], ledger, now=NOW, workers=1)

    return made_once("examples", make)


@pytest.fixture(scope="session")
def known(examples: Path) -> Known:
    """What of the sample reports is put into addresses."""
    with Ledger.open(examples, readonly=True) as ledger:
        return read_known(ledger)


@pytest.fixture
def own_examples(examples: Path, tmp_path: Path) -> Path:
    """A copy of that ledger to write to."""
    with Ledger.open(examples):  # moves what stands beside the file into it
        return Path(shutil.copy(examples, tmp_path / "own.db"))


@pytest.fixture
def open_site() -> Iterator[OpenSite]:
    """Open the site over a ledger, as on this machine, decided by m.k."""
    opened: list[TestClient] = []

    def open_one(place: Path) -> TestClient:
        client = TestClient(make_app(Site(str(place), "m.k."), Config()), base_url="http://127.0.0.1:8745")
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
def csrf(own_site: TestClient) -> str:
    """The token that forms of `own_site` carry; empty where they need none."""
    found = re.search(r'name="csrf" value="([^"]*)"', own_site.get("/review").text)
    return found[1] if found else ""
