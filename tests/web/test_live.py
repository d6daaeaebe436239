"""Pages while the ledger is written: they stay up, and every open page learns that it grew."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import lxml.html
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline.deciding import Who, decide, set_field

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"
PAGES = ("/sources", "/actors", "/places", "/history", "/exports", "/about", "/sources?kind=voices")


def test_a_page_holds_what_live_says_of_the_same_state(site: TestClient) -> None:
    body = lxml.html.fromstring(site.get("/history").text).xpath("//body")[0]
    told = site.get("/live.json").json()
    assert [body.get(f"data-{name}") for name in ("head", "reports", "events")] == [
        str(told[name]) for name in ("head", "reports", "events")
    ]
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    counts = ledger.counts()
    assert (told["reports"], told["events"]) == (counts["article"], counts["event"])
    assert told["worked_out"]
    assert not told["writing"]
    assert told["waiting_to_be_worked_out"] == 0


def test_a_decision_that_is_not_worked_out_yet_is_told(own_site: TestClient) -> None:
    with Ledger.open(own_site.app.state.site.ledger) as ledger:  # type: ignore[attr-defined]
        event = next(iter(ledger.events()))
        decide(ledger, set_field(ledger, event, "kind", "clash", Who("m.k.", "2031-05-04T10:00:00+00:00")))
    told = own_site.get("/live.json").json()
    assert (told["worked_out"], told["waiting_to_be_worked_out"]) == (False, 1)


def test_pages_stay_up_while_a_run_writes_and_learn_what_is_new(open_site, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    place, first, more = tmp_path / "grown.db", tmp_path / "first", tmp_path / "more"
    files = sorted(EXAMPLES.iterdir())
    for folder, some in ((first, files[:4]), (more, files)):
        folder.mkdir()
        for file in some:
            shutil.copy(file, folder)
    command = [sys.executable, "-m", "variorum", "run", "-o", str(place)]
    subprocess.run([*command, str(first)], check=True, capture_output=True)
    site: TestClient = open_site(place)
    before = site.get("/live.json").json()
    asked = 0
    with subprocess.Popen([*command, str(more)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        while running.poll() is None:
            for path in PAGES:
                found = site.get(path)
                assert found.status_code == 200, (path, found.text)
                asked += 1
            now = site.get("/live.json").json()
            assert now["reports"] >= before["reports"]
            time.sleep(0.02)
        assert running.returncode == 0
    after = site.get("/live.json").json()
    assert asked > len(PAGES)
    assert after["head"] > before["head"]
    assert after["reports"] > before["reports"]
    assert after["events"] > before["events"]
    assert after["worked_out"]
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    assert sum(row["reports"] for row in site.get("/sources.json").json()["outlets"]) == sum(
        bool(article.outlet) for article in ledger.articles()
    )
