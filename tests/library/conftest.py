"""The ledger of the sample reports, opened as the library does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import variorum
from variorum.ledger import Ledger as Store
from variorum.pipeline import run

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the ledger; no test writes to it."""
    place = tmp_path_factory.mktemp("library") / "examples.db"
    with Store.open(place, create=True) as store:
        run([EXAMPLES], store, now=NOW, workers=1)
    return place


@pytest.fixture(scope="session")
def ledger(place: Path) -> Iterator[variorum.Ledger]:
    """The ledger, read only."""
    with variorum.open(place) as opened:
        yield opened


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[variorum.Ledger]:
    """A ledger of one report."""
    with variorum.run(EXAMPLES / "18-sabha-gas.txt", out=tmp_path_factory.mktemp("small") / "own.db") as opened:
        yield opened


@pytest.fixture(scope="session")
def bombing(ledger: variorum.Ledger) -> variorum.Event:
    """An event of which a source revised its toll."""
    return ledger.events(place="Ménaka", kind="bombing")[0]


@pytest.fixture(scope="session")
def strike(ledger: variorum.Ledger) -> variorum.Event:
    """An event that several copies of one report tell of."""
    return ledger.events(place="Hodeidah", state="impossible")[0]
