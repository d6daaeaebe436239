"""A backup put in the place of the ledger that is served: nothing is shown of one and decided in the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from variorum.errors import LedgerError, LedgerReplacedError
from variorum.ledger import Ledger
from variorum.web.followup import Followup
from variorum.web.served import Served

REPLACED = "the ledger was replaced while it was shown"


def dump(place: Path) -> str:
    with Ledger.open(place, readonly=True) as ledger:
        return ledger.dump()


@pytest.fixture
def replaced(own_site: TestClient, own_examples: Path, tmp_path: Path) -> TestClient:
    """A site whose ledger was replaced by a copy of it after a first page."""
    assert own_site.get("/").status_code == 200
    copy = Path(shutil.copy(own_examples, tmp_path / "backup.db"))
    copy.replace(own_examples)
    return own_site


@pytest.mark.parametrize("path", ["/", "/reports/R1", "/review", "/sources.csv"])
def test_no_page_is_shown_of_a_ledger_that_was_replaced(replaced: TestClient, path: str) -> None:
    told = replaced.get(path)
    assert told.status_code == 503
    assert REPLACED in told.text
    assert "start the server again" in told.text


def test_nothing_is_decided_in_the_ledger_that_took_its_place(replaced: TestClient, own_examples: Path) -> None:
    before = dump(own_examples)
    told = replaced.post("/reports/R1/claims", data={"words": "a repair shop", "prop": "target", "seen": 0})
    assert told.status_code == 503
    assert REPLACED in told.text
    assert dump(own_examples) == before


def test_no_events_are_worked_out_in_the_ledger_that_took_its_place() -> None:
    calls: list[str] = []

    def check() -> None:
        raise LedgerReplacedError(REPLACED)

    followup = Followup("x.db", quiet_s=0.0, work=lambda place, command: calls.append(command), check=check)
    followup.stored(at_once=True)
    assert followup.wait(10)
    assert calls == []
    assert REPLACED in followup.words()


def test_a_ledger_that_is_gone_is_no_ledger_and_one_that_grows_is_the_same(tmp_path: Path) -> None:
    place = tmp_path / "a.db"
    place.write_bytes(b"a")
    served = Served(str(place))
    place.write_bytes(b"ab")
    served.check()
    place.unlink()
    with pytest.raises(LedgerError):
        served.check()


def test_a_ledger_on_a_server_is_no_file() -> None:
    Served("postgresql://db.example.org/ledger", is_file=False).check()
