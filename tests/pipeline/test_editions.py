"""Editions of a ledger: as known on a day, and of a version that was frozen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.model import Event
from variorum.pipeline import edition, event_object, run, write_edition

NOW = "2031-05-03T10:00:00+00:00"
FIRST = (
    "Shelling kills 4 in Homs\n\nHOMS, 3 April 2031 - Four people were killed on Thursday when shells hit a market in "
    "Homs, the Orontes clinic said. Twelve others were wounded.\n"
)
SECOND = (
    "Toll of Homs market shelling rises to 9\n\nNine people were killed on Thursday when shells hit a market in Homs, "
    "the Orontes clinic said on Saturday. Fourteen others were wounded.\n"
)


@pytest.fixture
def ledger(tmp_path: Path, sqlite_file: Path) -> Iterator[Ledger]:
    rows = [
        {"url": "https://tarn.invalid/1", "outlet": "Tarn Post", "published": "2031-04-03", "text": FIRST},
        {"url": "https://dove.invalid/2", "outlet": "Dove Daily", "published": "2031-04-05", "text": SECOND},
    ]
    (tmp_path / "two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Ledger.open(sqlite_file) as opened:
        run([tmp_path / "two.jsonl"], opened, now=NOW, workers=1)
        yield opened


def shelling(ledger: Ledger) -> Event:
    return max(ledger.events(), key=lambda event: len(event.mentions))


def killed(ledger: Ledger, as_of: str | None) -> list[str]:
    published = edition(ledger, [shelling(ledger)], as_of=as_of)
    return [
        row["value"]
        for event in published.events
        for row in event_object(published, event)["values"]
        if row["prop"] == "killed"
    ]


def test_two_reports_of_one_shelling_are_one_event(ledger: Ledger) -> None:
    assert len(shelling(ledger).mentions) == 2


@pytest.mark.parametrize(
    ("day", "values"), [("2031-04-02", []), ("2031-04-03", ["4"]), ("2031-04-04", ["4"]), ("2031-04-05", ["9"])]
)
def test_an_edition_as_of_a_day_leaves_out_later_reports(ledger: Ledger, day: str, values: list[str]) -> None:
    assert killed(ledger, day) == values


def test_without_a_day_everything_counts(ledger: Ledger) -> None:
    assert killed(ledger, None) == killed(ledger, "2031-12-31")


def test_a_frozen_version_keeps_claims_that_no_reading_finds_any_more(ledger: Ledger) -> None:
    event = shelling(ledger)
    before = event_object(edition(ledger, [event]), event)
    for reading in list(ledger.readings()):
        ledger.supersede(reading.id)
    frozen = edition(ledger, [ledger.event(event.id, 1)], frozen=True)
    after = event_object(frozen, frozen.events[0])
    assert after["values"] == before["values"]
    assert {id for row in after["values"] for id in row["support"]} <= {claim["id"] for claim in after["claims"]}


@pytest.mark.parametrize("format", ["jsonl", "csv", "geojson"])
def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, format: str) -> None:
    pieces = ["".join(write_edition(edition(ledger), format)) for _ in range(2)]
    assert pieces[0] == pieces[1]
    assert pieces[0].endswith("\n")
