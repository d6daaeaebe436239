"""The page that a methods section is written from."""

from __future__ import annotations

import lxml.html
from starlette.testclient import TestClient

from variorum.config import Config
from variorum.pipeline.explained import explain_words
from variorum.web.pages.about import data_parts


def test_the_policy_has_the_anchor_that_every_event_links_to(site: TestClient, menaka: str) -> None:
    href = lxml.html.fromstring(site.get(f"/events/{menaka}").text).xpath("//a[contains(@href, '#policy')]/@href")[0]
    path, _, anchor = href.partition("#")
    assert lxml.html.fromstring(site.get(path).text).xpath(f"//*[@id='{anchor}']")


def test_every_word_that_the_command_line_explains_is_there(site: TestClient) -> None:
    told = {(row["group"], row["word"], row["means"]) for row in site.get("/about.json").json()["rules"]}
    assert told == set(explain_words())


def test_every_anchor_is_there_once(site: TestClient) -> None:
    ids = lxml.html.fromstring(site.get("/about").text).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_it_says_with_what_the_reports_were_read_and_pins_the_ledger_down(site: TestClient) -> None:
    told = site.get("/about.json").json()
    assert told["read_with"]
    assert told["resolver"]
    assert told["ledger"]["hash"] == site.app.state.ledger.head()[1]  # type: ignore[attr-defined]
    assert {"gazetteer", "reader", "weights"} <= {row["part"] for row in told["parts"]}


def test_it_says_why_there_is_no_truth_score(site: TestClient) -> None:
    found = lxml.html.fromstring(site.get("/about").text).xpath("//section[@aria-labelledby='score']")[0]
    assert "no truth score" in found.text_content()


def test_no_folder_of_the_server_is_named(site: TestClient) -> None:
    details = " ".join(row["detail"] for row in site.get("/about.json").json()["parts"])
    assert "/" not in details.replace("variorum/1", "").replace("resolve/2", "")


def test_a_language_model_is_not_asked_whether_it_is_there() -> None:
    parts = {part.part: part for part in data_parts(Config(llm_url="http://192.0.2.1:9/v1", llm_model="small"))}
    assert parts["reader"].state == "ok"
    assert "192.0.2.1" in parts["reader"].detail
