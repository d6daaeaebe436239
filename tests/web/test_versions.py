"""The history of an event, what changed between two versions, and how it is cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.addresses import Known
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline import Report, follow
from variorum.pipeline.deciding import Who, decide, join, set_field
from variorum.pipeline.labels import find_one_event
from web.conftest import OpenSite

LATER = "2031-05-04T10:00:00+00:00"


@pytest.fixture
def changed(own_examples: Path, open_site: OpenSite, known: Known) -> TestClient:
    """The sample reports after a person corrected a value and joined two events."""
    with Ledger.open(own_examples) as ledger:
        event = find_one_event(ledger, known.event)
        claim = next(row for row in ledger.claims(event_id=event.id) if row.prop == "injured" and row.value == "9")
        decide(ledger, set_field(ledger, claim, "value", "11", Who("m.k.", LATER, "nine was the dead")))
        other = find_one_event(ledger, known.other)
        decide(ledger, join(ledger, event, other, Who("m.k.", LATER, "one raid")))
        follow(ledger, Report(), command="set", now=LATER)
    return open_site(own_examples)


def test_a_history_lists_versions_with_what_changed_and_who_decided(changed: TestClient, known: Known) -> None:
    told = changed.get(f"/events/{known.event}/history.json").json()
    assert [row["version"] for row in told["versions"]] == [2, 1]
    assert any("injured" in line for line in told["versions"][0]["changes"])
    page = changed.get(f"/events/{known.event}/history").text
    assert "nine was the dead" in page
    assert "recorded 2031-05-04 10:00 UTC" in page
    assert f'href="/events/{known.event}@1"' in page


def test_a_joined_event_keeps_its_history_and_leads_on(changed: TestClient, known: Known) -> None:
    kept = changed.get(f"/events/{known.event}/history.json").json()
    gone = changed.get(f"/events/{known.other}/history.json").json()
    names = {row["label"] for row in (*kept["names"], *gone["names"])}
    leads = [row["leads_to"]["label"] for row in (kept, gone) if row["leads_to"]]
    assert len(leads) == 1
    assert len(names) == 1
    assert names | set(leads) == {known.event, known.other}


def test_an_event_that_never_changed_says_so(site: TestClient, known: Known) -> None:
    page = site.get(f"/events/{known.event}/history").text
    assert "first recorded" in page
    assert "No person has decided anything on it" in page
    assert "It has had no other name" in page


def test_a_history_as_of_a_day_explains_that_it_goes_by_recording(site: TestClient, known: Known) -> None:
    assert (
        "A history tells when things were recorded here"
        in site.get(f"/events/{known.event}/history?as_of=1990-01-01").text
    )


def test_two_versions_stand_side_by_side_with_words(changed: TestClient, known: Known) -> None:
    told = changed.get(f"/events/{known.event}/diff.json?from=1&to=2").json()
    assert (told["before"]["version"], told["after"]["version"]) == (1, 2)
    (row,) = [one for one in told["changes"] if one["field"] == "injured:combatants" or one["field"] == "injured"]
    assert "11" in row["after"]
    assert "11" not in row["before"]
    assert all(one["words"] for one in told["changes"])
    assert told["reports"]["new"]
    page = changed.get(f"/events/{known.event}/diff").text
    assert "<del>" in page
    assert "<ins>" in page


def test_days_are_sides_too_by_recording_or_by_printing(site: TestClient, known: Known) -> None:
    recorded = site.get(f"/events/{known.event}/diff.json?from=2019-03-07").json()
    assert recorded["before"] is None
    assert "not known on the earlier side" in site.get(f"/events/{known.event}/diff?from=2019-03-07").text
    printed = site.get(f"/events/{known.event}/diff.json?from=2019-03-07&printed=1").json()
    assert printed["before"]["mentions"] == 2
    assert set(printed["reports"]["new"]) == set(known.reports) - {"R1", "R2"}


@pytest.mark.parametrize(("query", "status"), [("from=99", 404), ("from=x", 400), ("to=2019-13-01", 400)])
def test_a_side_that_is_none_is_refused(site: TestClient, known: Known, query: str, status: int) -> None:
    assert site.get(f"/events/{known.event}/diff?{query}").status_code == status


def test_a_citation_names_the_version_that_was_asked_for(changed: TestClient, known: Known) -> None:
    told = changed.get(f"/events/{known.event}@1/cite.json").json()
    head = changed.app.state.ledger.head()[1]  # type: ignore[attr-defined]
    assert (told["version"], told["version_day"], told["ledger"]) == (1, "2031-05-03", head)
    assert told["permalink"] == f"/events/{known.event}@1"
    assert changed.get(f"/events/{known.event}/cite.json").json()["version"] == 2
    page = changed.get(f"/events/{known.event}/cite").text
    for name in ("Text", "BibTeX", "RIS", "CSL-JSON"):
        assert f"<strong>{name}</strong>" in page
    assert set(told["citations"]) == {"text", "bibtex", "ris", "csl"}


def test_an_event_not_known_by_a_day_is_not_cited_for_it(site: TestClient, known: Known) -> None:
    assert "had appeared by 1990-01-01" in site.get(f"/events/{known.event}/cite?as_of=1990-01-01").text
    assert site.get(f"/events/{known.event}@1/cite?as_of=1990-01-01").status_code == 404
