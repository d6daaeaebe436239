"""Full text in the browser, and ids that lead straight to their page."""

from __future__ import annotations

import csv
import io

import pytest
from bench.addresses import Known
from lxml import html
from starlette.testclient import TestClient


def test_found_words_are_marked_where_they_stand(site: TestClient) -> None:
    told = site.get("/search.json?q=submarine+halcyon").json()
    assert told["total"] == len(told["results"]) > 1
    for row in told["results"]:
        text = site.get(f"/reports/{row['report']}.json").json()["text"]
        assert {text[start:end].casefold() for start, end in row["offsets"]} == {"submarine", "halcyon"}
    page = html.fromstring(site.get("/search?q=submarine").text)
    marks = [mark.text.casefold() for mark in page.xpath("//ol[@class='found']//mark")]
    assert set(marks) == {"submarine"}


def test_results_name_the_claims_whose_quotes_hold_the_words(site: TestClient) -> None:
    told = site.get("/search.json?q=submarine").json()
    claims = {row["id"] for row in site.get("/reports/R1.json").json()["claims"]}
    (row,) = [one for one in told["results"] if one["report"] == "R1"]
    assert row["claims"]
    assert set(row["claims"]) <= claims


def test_results_have_pages_and_csv(site: TestClient) -> None:
    every = [row["report"] for row in site.get("/search.json?q=submarine").json()["results"]]
    some = [site.get(f"/search.json?q=submarine&limit=3&page={page}").json() for page in (1, 2, 3)]
    assert [row["report"] for page in some for row in page["results"]] == every
    rows = list(csv.DictReader(io.StringIO(site.get("/search.csv?q=submarine").text)))
    assert [row["report"] for row in rows] == every


def test_as_of_a_day_only_reports_that_had_appeared_are_found(site: TestClient) -> None:
    told = site.get("/search.json?q=submarine&as_of=2019-03-07").json()
    assert {row["report"] for row in told["results"]} == {"R1", "R2"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [("R7", "/reports/R7"), ("r7", "/reports/R7"), ("EV", "/events/{event}"), ("VERSION", "/events/{event}@1")],
)
def test_an_id_that_is_typed_leads_to_its_page(site: TestClient, known: Known, typed: str, place: str) -> None:
    words = {"EV": known.event, "VERSION": f"{known.event}@1"}.get(typed, typed)
    for address in (f"/search?q={words}", f"/go?id={words}"):
        told = site.get(address)
        assert (told.status_code, told.headers["location"]) == (307, place.format(event=known.event))


def test_a_claim_leads_to_its_page_and_keeps_the_day(site: TestClient, known: Known) -> None:
    told = site.get(f"/go?id={known.claim}&as_of=2019-03-08")
    assert told.headers["location"] == f"/claims/{known.claim}?as_of=2019-03-08"
    assert site.get("/go?id=D12").headers["location"] == "/history/D12"


def test_an_id_that_is_none_is_looked_for_as_words(site: TestClient) -> None:
    told = site.get("/search?q=R99")
    assert told.status_code == 200
    assert "No report holds these words" in told.text
    assert site.get("/go?id=R99").status_code == 404
    assert site.get("/go").status_code == 400


@pytest.mark.parametrize("words", ['"', "…", "()", "AND"])
def test_signs_are_no_query(site: TestClient, words: str) -> None:
    told = site.get("/search", params={"q": words})
    assert told.status_code in (200, 400)
    assert ("holds no word" in told.text) == (told.status_code == 400)


def test_without_words_the_form_is_shown(site: TestClient) -> None:
    assert "Case and marks do not count" in site.get("/search").text
