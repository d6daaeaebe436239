"""What a ledger had recorded by an earlier moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.model import Event, Redirect, Ruling
from variorum.pipeline import edition, event_object, over_time, recorded_by, run
from variorum.pipeline.recorded import read_time

MONDAY, TUESDAY, WEDNESDAY = (f"2031-05-0{day}T10:00:00+00:00" for day in (5, 6, 7))
HOMS = (
    "Shelling kills 4 in Homs\n\nHOMS, 3 April 2031 - Four people were killed on Thursday when shells hit a market in "
    "Homs, the Orontes clinic said. Twelve others were wounded.\n"
)
RISES = (
    "Toll of Homs market shelling rises to 9\n\nNine people were killed on Thursday when shells hit a market in Homs, "
    "the Orontes clinic said on Saturday. Fourteen others were wounded.\n"
)
TARTUS = (
    "Car bomb kills 3 in Tartus\n\nTARTUS, 20 April 2031 - Three people were killed on Sunday when a car bomb exploded "
    "in Tartus, police said.\n"
)


def read(ledger: Ledger, folder: Path, name: str, published: str, text: str, now: str) -> None:
    row = {"url": f"https://{name}.invalid/1", "outlet": name, "published": published, "text": text}
    (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    run([folder / f"{name}.jsonl"], ledger, now=now, workers=1)


@pytest.fixture
def ledger(tmp_path: Path, sqlite_file: Path) -> Iterator[Ledger]:
    """A report on Monday, another on it on Tuesday, one on something else on Wednesday."""
    with Ledger.open(sqlite_file) as opened:
        read(opened, tmp_path, "Tarn", "2031-04-03", HOMS, MONDAY)
        read(opened, tmp_path, "Dove", "2031-04-05", RISES, TUESDAY)
        read(opened, tmp_path, "Reed", "2031-04-20", TARTUS, WEDNESDAY)
        yield opened


def killed(ledger: Ledger, at: str) -> dict[str, list[str]]:
    published = edition(ledger, recorded=recorded_by(ledger, read_time(at)))
    return {
        event.title: [row["value"] for row in event_object(published, event)["values"] if row["prop"] == "killed"]
        for event in published.events
    }


def shelling(ledger: Ledger) -> Event:
    return max(ledger.events(), key=lambda event: len(event.mentions))


def test_before_the_first_run_nothing_was_recorded(ledger: Ledger) -> None:
    record = recorded_by(ledger, read_time("2031-05-04"))
    assert (record.events, record.first) == ({}, MONDAY)
    assert edition(ledger, recorded=record).events == []


@pytest.mark.parametrize(
    ("at", "tolls"),
    [
        (MONDAY, [["4"]]),
        ("2031-05-06T09:59:59", [["4"]]),
        (TUESDAY, [["9"]]),
        ("2031-05-07T11:59:59+02:00", [["9"]]),
        (WEDNESDAY, [["9"], ["3"]]),
    ],
)
def test_each_event_stands_in_its_latest_version_of_then(ledger: Ledger, at: str, tolls: list[list[str]]) -> None:
    assert list(killed(ledger, at).values()) == tolls


def test_by_now_it_is_the_ledger_of_today(ledger: Ledger) -> None:
    record = recorded_by(ledger, read_time("2040-01-01"))
    assert sorted(record.events.values(), key=lambda event: event.id) == list(ledger.events())


def merged(ledger: Ledger) -> tuple[str, str]:
    """Let one event go into the other on the day after, by a merge."""
    new = shelling(ledger).id
    old = next(event.id for event in ledger.events() if event.id != new)
    kept = [event for event in ledger.events() if event.id == new]
    gone = Redirect(old, new, "2031-05-08T10:00:00+00:00", "merged")
    ledger.replace_derived(events=kept, redirects=[gone], register=[], now="2031-05-08T10:00:00+00:00")
    return old, new


def test_a_name_leads_where_it_led_then(ledger: Ledger) -> None:
    old, new = merged(ledger)
    before, after = (recorded_by(ledger, read_time(at)) for at in (WEDNESDAY, "2031-05-09"))
    assert [getattr(record.follow(old), "id", None) for record in (before, after)] == [old, new]
    assert after.led[old] == (new, "merged")
    assert set(after.events) == {new}


def test_a_name_that_came_back_is_itself_again(ledger: Ledger) -> None:
    everything = list(ledger.events())
    old, new = merged(ledger)
    ledger.replace_derived(events=everything, redirects=[], register=[], now="2031-05-10T10:00:00+00:00")
    ids = [getattr(recorded_by(ledger, read_time(f"2031-05-{day}")).follow(old), "id", None) for day in ("09", "11")]
    assert ids == [new, old]


def test_what_nothing_reported_any_more_leads_nowhere(ledger: Ledger) -> None:
    id = shelling(ledger).id
    kept = [event for event in ledger.events() if event.id != id]
    gone = Redirect(id, "", "2031-05-08T10:00:00+00:00", "no report tells of it any more")
    ledger.replace_derived(events=kept, redirects=[gone], register=[], now="2031-05-08T10:00:00+00:00")
    record = recorded_by(ledger, read_time("2031-05-09"))
    assert record.follow(id) is None
    assert record.led[id] == ("", "no report tells of it any more")


def test_a_name_not_given_yet_leads_nowhere(ledger: Ledger) -> None:
    bomb = next(event.id for event in ledger.events() if event.id != shelling(ledger).id)
    assert recorded_by(ledger, read_time(TUESDAY)).follow(bomb) is None


@pytest.mark.parametrize(
    ("at", "retracted", "stood"),
    [
        ("2031-05-05T09:00:00Z", None, True),
        ("2031-05-05T11:00:00Z", None, False),
        ("2031-05-05T08:00:00Z", "2031-05-05T09:00:00Z", False),
        ("2031-05-05T08:00:00Z", "2031-05-05T11:00:00Z", True),
    ],
)
def test_a_decision_counts_from_its_writing_to_its_taking_back(
    ledger: Ledger, at: str, retracted: str | None, stood: bool
) -> None:
    assert recorded_by(ledger, read_time(MONDAY)).counts(at, retracted) is stood


def test_a_later_ruling_changes_no_earlier_day(ledger: Ledger) -> None:
    event = shelling(ledger)
    then = recorded_by(ledger, read_time(TUESDAY))
    tolls = over_time(edition(ledger, recorded=then), event)
    before = json.dumps(event_object(edition(ledger, recorded=recorded_by(ledger, read_time(TUESDAY))), event))
    for claim in ledger.claims(event_id=event.id):
        ledger.add_ruling(Ruling(claim.id, "reject", None, "mk", "no", WEDNESDAY))
    after = edition(ledger, recorded=recorded_by(ledger, read_time(TUESDAY)))
    assert json.dumps(event_object(after, event)) == before
    assert over_time(after, event) == tolls != []
    assert over_time(edition(ledger), event) == []
    assert [replace(row, version=0) for row in after.events] == [replace(event, version=0)]


def test_a_time_without_a_zone_is_utc() -> None:
    assert read_time("2031-05-05T10:00:00") == read_time("2031-05-05T12:00:00+02:00")
    assert isinstance(read_time("2031-05-05"), datetime)
