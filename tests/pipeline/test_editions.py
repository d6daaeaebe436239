"""Editions of a ledger: as known on a day, and of a version that was frozen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.ledger import Ledger
from variorum.model import Event, Judgement
from variorum.pipeline import Report, edition, event_object, follow, run, write_edition

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


BOMB = (
    "Grain depot burns\n\nTADMUR, 5 April 2031 - A drone struck a grain depot in Tadmur, its owner said. Two guards "
    "were wounded.\n"
)
LATER = (
    "Toll of Homs market shelling rises\n\nNine people were killed on Thursday when shells hit a market in Homs, the "
    "Orontes clinic said.\n"
)


@pytest.fixture
def joined(tmp_path: Path, sqlite_file: Path) -> Iterator[Ledger]:
    """Two reports of two things, and a later one to which a person joined both."""
    rows = [("Tarn", "2031-04-03", FIRST), ("Dove", "2031-04-05", BOMB), ("Reed", "2031-04-06", LATER)]
    lines = [
        json.dumps({"url": f"https://{name}.invalid/1", "outlet": name, "published": day, "text": text})
        for name, day, text in rows
    ]
    (tmp_path / "three.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with Ledger.open(sqlite_file) as opened:
        run([tmp_path / "three.jsonl"], opened, now=NOW, workers=1)
        outlet = {article.id: article.outlet for article in opened.articles()}
        of = {outlet[mention.article_id]: mention.id for mention in opened.mentions()}
        for name in ("Tarn", "Dove"):
            left, right = sorted((of[name], of["Reed"]))
            opened.add_judgement(Judgement(left, right, "same", "mk", None, "", NOW))
        follow(opened, Report(), command="join", now="2031-05-04T10:00:00+00:00")
        yield opened


@pytest.mark.parametrize(
    ("day", "together", "apart"),
    [
        ("2031-04-03", {"Tarn"}, set()),
        ("2031-04-05", {"Tarn"}, {"Dove"}),
        ("2031-04-06", {"Tarn", "Dove", "Reed"}, set()),
    ],
)
def test_what_only_a_later_report_brought_together_stood_apart(
    joined: Ledger, day: str, together: set[str], apart: set[str]
) -> None:
    published = edition(joined, as_of=day)
    (event,) = published.events
    assert {article.outlet for article in published.articles_of(event)} == together
    assert {published.articles[id].outlet for id in published.apart.get(event.id, ())} == apart


def test_values_of_what_stood_apart_are_not_the_event_s(joined: Ledger) -> None:
    published = edition(joined, as_of="2031-04-05")
    places = [row["value"] for row in event_object(published, published.events[0])["values"] if row["prop"] == "place"]
    assert len(places) == 1


def test_every_claim_has_the_one_name_of_its_source(ledger: Ledger) -> None:
    published = edition(ledger)
    (event,) = (row for row in published.events if len(row.mentions) == 2)
    found = event_object(published, event)
    assert found["outlets"] == ["Dove Daily", "Tarn Post"]
    assert {claim["voice"] for claim in found["claims"] if claim["source"]} == {"Orontes clinic"}
    for row in found["values"]:
        behind = [claim for claim in found["claims"] if claim["id"] in row["support"]]
        assert row["outlets"] == len({claim["outlet"] for claim in behind})
        assert set(row["sources"]) == {claim["voice"] for claim in behind}
