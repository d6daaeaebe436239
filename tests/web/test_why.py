"""Why reports are one event or two."""

from __future__ import annotations

from pathlib import Path

from bench.addresses import Known
from starlette.testclient import TestClient

from factories import NOW
from variorum.ledger import Ledger
from variorum.pipeline.deciding import Who, decide, join
from web.conftest import OpenSite


def test_two_reports_of_an_event_are_joined_by_evidence_that_adds_up(site: TestClient, known: Known) -> None:
    told = site.get(f"/events/{known.event}/why.json?a=R1&b=R8").json()
    (pair,) = told["pairs"]
    assert pair["joined"]
    assert pair["head"] == f"JOINED in {known.event}."
    assert abs(sum(row["weight"] for row in pair["evidence"]) - pair["total"]) < 1e-6
    page = site.get(f"/events/{known.event}/why?a=R1&b=R8").text
    assert "By the model alone" in page
    assert 'class="verdict by-machine"' in page
    assert "<svg" in page
    for reason in pair["evidence"]:
        assert f'<th scope="row">{reason["name"]}</th>' in page


def test_two_reports_of_two_events_are_kept_apart_with_the_rule(site: TestClient, known: Known) -> None:
    told = site.get(f"/events/{known.event}/why.json?a=R1&b=R9").json()
    (pair,) = told["pairs"]
    assert not pair["joined"]
    assert pair["head"].startswith("KEPT APART")
    assert pair["rule"]


def test_what_a_person_said_looks_otherwise(own_examples: Path, open_site: OpenSite, known: Known) -> None:
    with Ledger.open(own_examples) as ledger:
        decide(ledger, join(ledger, ledger.article("R1"), ledger.article("R8"), Who("m.k.", NOW, "read both")))
    page = open_site(own_examples).get(f"/events/{known.event}/why?a=R1&b=R8").text
    assert 'class="verdict by-person"' in page
    assert "m.k. said same: read both" in page


def test_with_one_named_the_others_of_the_event_are_offered(site: TestClient, known: Known) -> None:
    page = site.get(f"/events/{known.event}/why?a=R1").text
    assert f"/events/{known.event}/why?a=R1&amp;b=R8" in page
    assert [row["number"] for row in site.get(f"/events/{known.event}/why.json").json()["reports"]][:2] == ["R1", "R2"]


def test_two_events_are_held_against_each_other(site: TestClient, known: Known) -> None:
    told = site.get(f"/events/{known.event}/why.json?a={known.event}&b={known.other}&all=1").json()
    assert len(told["pairs"]) > 1
    assert not any(pair["joined"] for pair in told["pairs"])


def test_a_report_of_a_later_day_is_not_weighed(site: TestClient, known: Known) -> None:
    told = site.get(f"/events/{known.event}/why?a=R1&b=R8&as_of=2019-03-07")
    assert told.status_code == 404
    assert "R8 appeared after 2019-03-07" in told.text
    early = site.get(f"/events/{known.event}/why.json?as_of=2019-03-07").json()
    assert [row["number"] for row in early["reports"]] == ["R1", "R2"]
    assert early["later"] == len(known.reports) - 2
    pair = site.get(f"/events/{known.event}/why.json?a=R1&b=R2&as_of=2019-03-07").json()["pairs"][0]
    assert pair["nearest"] is None


def test_what_cannot_be_compared_is_refused_with_a_reason(site: TestClient, known: Known) -> None:
    assert site.get(f"/events/{known.event}/why?a=R1&b=R99").status_code == 404
    assert site.get(f"/events/{known.event}/why?a=R1&b=nonsense").status_code == 404
    assert site.get("/events/EV-0000/why?a=R1&b=R2").status_code == 404
