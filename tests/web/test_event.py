"""The page of one event, over the sample reports."""

from __future__ import annotations

import re

import lxml.html
from starlette.testclient import TestClient

from variorum.ledger import Ledger


def page(site: TestClient, path: str) -> lxml.html.HtmlElement:
    found = site.get(path)
    assert found.status_code == 200, found.text
    return lxml.html.fromstring(found.text)


def ids(site: TestClient) -> list[str]:
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    return [event.id for event in ledger.events()]


def test_every_event_has_its_page_and_its_json(site: TestClient) -> None:
    for id in ids(site):
        assert site.get(f"/events/{id}").status_code == 200
        assert site.get(f"/events/{id}.json").json()["event"]["id"] == id


def test_every_claim_stands_in_the_table_with_a_link_to_its_own_page(site: TestClient) -> None:
    for id in ids(site):
        claims = {claim["id"] for claim in site.get(f"/events/{id}.json").json()["event"]["claims"]}
        links = {href.rpartition("/")[2] for href in page(site, f"/events/{id}").xpath("//table//a/@href")}
        assert claims <= links


def test_every_report_of_an_event_is_a_chip_that_says_in_words_whether_it_is_a_copy(site: TestClient) -> None:
    for id in ids(site):
        told = site.get(f"/events/{id}.json").json()["reports"]
        chips = {
            chip.text_content().strip() for chip in page(site, f"/events/{id}").xpath("//*[contains(@class,'chip')]")
        }
        for report in told:
            assert f"{'copy' if report['copy_of'] else 'independent'} {report['label']}" in chips


def test_marked_words_are_the_quotes_of_the_claims(site: TestClient) -> None:
    for id in ids(site):
        data = site.get(f"/events/{id}.json").json()
        for passage in page(site, f"/events/{id}").xpath("//article[@class='passage']"):
            for note in passage.xpath(".//sup"):
                note.drop_tree()
            words = " ".join(passage.xpath(".//blockquote")[0].text_content().split())
            label = passage.get("id")
            report = next(row for row in data["reports"] if row["label"] == label)
            quotes = [claim["quote"] for claim in data["event"]["claims"] if claim["article"] == report["id"]]
            assert quotes
            for quote in quotes:
                assert " ".join(quote.split()) in words


def test_a_name_that_is_short_but_clear_leads_to_the_event(site: TestClient, menaka: str) -> None:
    assert site.get(f"/events/{menaka}").status_code == 200
    assert site.get(f"/events/{menaka.lower()}").status_code == 200


def test_a_day_before_the_last_report_leaves_it_out_and_says_so(site: TestClient, menaka: str) -> None:
    found = site.get(f"/events/{menaka}?as_of=2021-11-09")
    assert "2 later reports left out" in re.sub(r"\s+", " ", found.text)
    assert "R16" not in found.text
    assert {row["label"] for row in site.get(f"/events/{menaka}.json?as_of=2021-11-09").json()["reports"]} == {
        "R14",
        "R15",
    }


def test_links_keep_the_day(site: TestClient, menaka: str) -> None:
    links = page(site, f"/events/{menaka}?as_of=2021-11-09").xpath("//main//a/@href")
    assert [link for link in links if link.startswith("/reports/") and "as_of=2021-11-09" not in link] == []


def test_a_day_before_every_report_says_that_none_had_appeared(site: TestClient, menaka: str) -> None:
    found = site.get(f"/events/{menaka}?as_of=2021-01-01")
    assert found.status_code == 200
    assert f"No report of {menaka} had appeared by 2021-01-01" in found.text


def test_a_frozen_version_says_the_same_twice_and_nothing_of_today(site: TestClient, menaka: str) -> None:
    first, second = (site.get(f"/events/{menaka}@1").content for _ in range(2))
    assert first == second
    assert b"data-head" not in first


def test_what_no_source_states_is_listed(site: TestClient, menaka: str) -> None:
    assert site.get(f"/events/{menaka}.json").json()["not_stated"] == ["actor"]


def test_there_is_no_score_of_truth(site: TestClient) -> None:
    for id in ids(site):
        words = " ".join(page(site, f"/events/{id}").text_content().split())
        for percentage in re.findall(r"\d+ ?%[^.]{0,12}", words):
            assert "same text" in percentage


def test_every_event_leads_to_its_history_in_its_first_version_too(site: TestClient) -> None:
    for id in ids(site):
        label = site.get(f"/events/{id}.json").json()["label"]
        assert f"/events/{label}/history" in page(site, f"/events/{id}").xpath("//main//a/@href")
        assert site.get(f"/events/{label}/history").status_code == 200


def test_the_day_is_asked_for_above_the_claims(site: TestClient, menaka: str) -> None:
    (form,) = page(site, f"/events/{menaka}").xpath("//main//form[.//input[@name='as_of']]")
    assert form.get("action") == f"/events/{menaka}"
    assert form.getparent().getparent().xpath(".//h1")


def test_a_line_leads_from_where_it_was_fired_to_the_target(site: TestClient) -> None:
    found = 0
    for id in ids(site):
        values = site.get(f"/events/{id}.json").json()["event"]["values"]
        if {("place_from", "va:sea.red-sea"), ("place", "gn:79415")} <= {(row["prop"], row["value"]) for row in values}:
            found += 1
            assert len(page(site, f"/events/{id}").xpath("//figure//*[contains(@class, 'map-path')]")) == 1
    assert found


def test_a_single_figure_is_said_in_words_below_the_charts(site: TestClient, menaka: str) -> None:
    (section,) = page(site, f"/events/{menaka}").xpath("//section[@aria-labelledby='toll']")
    for head in section.xpath("./h3"):
        assert head.getnext().xpath("self::div//*[name()='svg']") or head.getnext().xpath("self::details")
    alone = [line.text_content() for line in section.xpath("./p")]
    assert any("killed (children): one figure alone, 5, said by" in line for line in alone)
    assert section.getchildren().index(section.xpath("./p")[0]) > section.getchildren().index(
        section.xpath("./div")[-1]
    )
