"""The ledger of the sample reports, opened as the library does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import variorum

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
NOW = "2031-05-03T10:00:00+00:00"


@pytest.fixture(scope="session")
def place(examples: Path) -> Path:
    """The file of the ledger; no test writes to it."""
    return examples


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
