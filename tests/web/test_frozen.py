"""The page of one version of an event says the same for ever, to the byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.addresses import Known
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline import run

LATER = "2031-06-03T10:00:00+00:00"
UNRELATED = {
    "url": "https://elsewhere.example/1",
    "outlet": "Elsewhere",
    "title": "Bomb kills two in Cali",
    "published": "1999-05-04",
    "text": "CALI, 4 May 1999 - Two people were killed when a car bomb exploded outside a bank in Cali, police said.",
}


@pytest.mark.parametrize("form", ["", ".json"])
def test_a_version_has_the_same_bytes_after_another_report_was_read(
    form: str, open_guarded: Callable[[Path], TestClient], own_demo: Path, known: Known, tmp_path: Path
) -> None:
    own_site = open_guarded(own_demo)
    address, current = f"/events/{known.event}@{known.version}{form}", f"/events/{known.event}{form}"
    plain = {"accept-encoding": "identity"}
    before = [own_site.get(one, headers=plain) for one in (address, current)]
    assert own_site.get(address, headers=plain).content == before[0].content
    (tmp_path / "later.jsonl").write_text(json.dumps(UNRELATED) + "\n", encoding="utf-8")
    with Ledger.open(own_demo) as ledger:
        number = ledger.head()[0]
        run([tmp_path / "later.jsonl"], ledger, now=LATER, workers=1)
        assert ledger.head()[0] > number
    after = [own_site.get(one, headers=plain) for one in (address, current)]
    assert after[0].status_code == 200
    assert after[0].content == before[0].content
    assert after[0].headers["etag"] == before[0].headers["etag"]
    if not form:  # the page of today tells of the ledger as it stands: the test would see a change
        assert after[1].content != before[1].content


def test_compressed_it_has_the_same_bytes_too(demo_site: TestClient, known: Known) -> None:
    found = []
    for _ in range(2):
        with demo_site.stream("GET", f"/events/{known.event}@{known.version}") as told:
            assert told.headers["content-encoding"] == "gzip"
            found.append(b"".join(told.iter_raw()))
    assert found[0] == found[1]
