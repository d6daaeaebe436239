"""The page of one claim."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench.addresses import Known
from starlette.testclient import TestClient

from factories import NOW
from variorum.ledger import Ledger
from variorum.pipeline.citing import find_cited_claim, write_citations
from variorum.pipeline.deciding import Who, decide, reject
from web.conftest import OpenSite


def test_a_claim_says_words_place_report_reading_and_event(site: TestClient, known: Known) -> None:
    told = site.get(f"/claims/{known.claim}.json").json()
    report = site.get(f"/reports/{told['report']['number']}.json").json()
    assert report["text"][told["start"] : told["end"]] == told["quote"]
    assert told["report"]["sha256"] == report["sha256"]
    assert told["event"]["label"] == known.event
    assert told["live"]
    assert [row["reader"] for row in told["readings"]] != []
    page = site.get(f"/claims/{known.claim}").text
    assert f"Characters {told['start']} to {told['end']} (code points, half-open)" in page
    assert report["sha256"] in page


def test_its_annotation_points_at_the_quote_in_the_report(site: TestClient, known: Known) -> None:
    told = site.get(f"/claims/{known.claim}.json").json()
    quote, position = told["annotation"]["target"]["selector"]
    text = site.get(f"/reports/{told['report']['number']}.json").json()["text"]
    assert text[position["start"] : position["end"]] == quote["exact"] == told["quote"]
    assert told["annotation"]["target"]["source"]["id"] == f"/reports/{told['report']['number']}"
    assert told["annotation"]["creator"]["type"] == "Software"


def test_relations_lead_to_the_other_claim_and_back(site: TestClient) -> None:
    ledger = site.app.state.ledger  # type: ignore[attr-defined]
    relation = next(row for event in ledger.events() for row in event.relations if row.right is not None)
    left = site.get(f"/claims/{relation.left}.json").json()
    right = site.get(f"/claims/{relation.right}.json").json()
    assert relation.right in [row["other"]["id"] for row in left["relations"]]
    assert relation.left in [row["other"]["id"] for row in right["relations"]]


def test_as_of_a_day_relations_to_later_reports_are_left_out(site: TestClient, known: Known) -> None:
    ledger = site.app.state.ledger  # type: ignore[attr-defined]
    for event in ledger.events():
        for row in event.relations:
            told = site.get(f"/claims/{row.left}.json").json()
            day = (told["published"] or "")[:10]
            later = [
                one
                for one in told["relations"]
                if one["other"]
                and (site.get(f"/reports/{one['other']['report']}.json").json()["published"] or "")[:10] > day
            ]
            if day and later:
                then = site.get(f"/claims/{row.left}.json?as_of={day}").json()
                assert not {one["other"]["id"] for one in later} & {
                    one["other"]["id"] for one in then["relations"] if one["other"]
                }
                return
    pytest.fail("no claim of the sample reports stands to one of a later day")


def test_a_claim_of_a_later_report_does_not_say_its_words(site: TestClient, known: Known) -> None:
    told = site.get(f"/claims/{known.claim}.json?as_of=1990-01-01").json()
    assert "quote" not in told
    assert "appeared later" in site.get(f"/claims/{known.claim}?as_of=1990-01-01").text


def test_decisions_on_it_are_told_those_taken_back_too(own_examples: Path, known: Known, open_site: OpenSite) -> None:
    from variorum.pipeline.deciding import undo

    with Ledger.open(own_examples) as ledger:
        claim = ledger.claim(known.claim)
        first = decide(ledger, reject(ledger, claim, Who("m.k.", NOW, "misread")))
        undo(ledger, first[0].act, Who("m.k.", NOW))
    page = open_site(own_examples).get(f"/claims/{known.claim}").text
    assert "misread" in page
    assert "taken back" in page


def test_a_claim_that_no_reading_finds_any_more_says_so(own_examples: Path, known: Known, open_site: OpenSite) -> None:
    with Ledger.open(own_examples) as ledger:
        claim = ledger.claim(known.claim)
        for reading in list(ledger.readings(ledger.mention(claim.mention_id).article_id)):
            ledger.supersede(reading.id)
    site = open_site(own_examples)
    assert not site.get(f"/claims/{known.claim}.json").json()["live"]
    assert "No live reading finds this claim any more" in site.get(f"/claims/{known.claim}").text


@pytest.mark.parametrize("id", ["clm_", "clm_ZZZZZZ", "R1", "x"])
def test_what_is_no_claim_is_not_found(site: TestClient, id: str) -> None:
    told = site.get(f"/claims/{id}")
    assert told.status_code in (400, 404)
    assert 'role="alert"' in told.text


def test_a_mistyped_id_is_answered_with_near_ones(site: TestClient, known: Known) -> None:
    typed = known.claim[:-1] + ("0" if known.claim[-1] != "0" else "1")
    told = site.get(f"/claims/{typed}")
    assert told.status_code == 404
    assert known.claim in told.text


def test_a_claim_is_cited_on_its_page_as_on_the_command_line(site: TestClient) -> None:
    ledger = site.app.state.ledger  # type: ignore[attr-defined]
    claim = next(claim for claim in ledger.claims() if claim.source)
    given = site.get(f"/claims/{claim.id}.json").json()["citations"]
    told = write_citations(find_cited_claim(ledger, claim.id, accessed=datetime.now(UTC).date().isoformat()))
    assert given == dict(told)
    assert "clm_" in given["bibtex"]
