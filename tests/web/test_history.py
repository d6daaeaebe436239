"""The pages of what was decided and run, and taking a decision back through a form."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.model import Problem
from variorum.pipeline import Report, follow
from variorum.pipeline.deciding import Who, decide, set_field, split

FIRST = Who("a.b.", "2031-05-04T10:00:00+00:00", "the agency <b>says</b> so")
SECOND = Who("m.k.", "2031-05-06T10:00:00+00:00")
BLIND = Who("c.d.", "2031-05-07T10:00:00+00:00", blind=True)


@pytest.fixture
def decided(own_examples: Path) -> Path:
    """Three decisions: a value of an event, one of its reports taken out, and a blind word."""
    with Ledger.open(own_examples) as ledger:
        event = max(ledger.events(), key=lambda event: len(event.mentions))
        decide(ledger, set_field(ledger, event, "date", "2017-09-15", FIRST))
        follow(ledger, Report(), command="set", now=FIRST.now)
        decide(ledger, split(ledger, event, event.mentions[:1], SECOND))
        follow(ledger, Report(), command="split", now=SECOND.now)
        decide(ledger, [BLIND.judge(event.mentions[1], event.mentions[2], "same")])
        ledger.add_problems([Problem("a<b>.txt", "empty", "there is no text", "give it some", "2031-05-01T10:00:00Z")])
    return own_examples


@pytest.fixture
def site(decided: Path, open_site) -> TestClient:  # type: ignore[no-untyped-def]
    return open_site(decided)  # type: ignore[no-any-return]


def page(site: TestClient, path: str) -> lxml.html.HtmlElement:
    found = site.get(path)
    assert found.status_code == 200, found.text
    return lxml.html.fromstring(found.text)


def names(site: TestClient, query: str = "") -> list[str]:
    return [row["name"] for row in site.get(f"/history.json{query}").json()["entries"]]


def test_decisions_and_runs_stand_newest_first(site: TestClient) -> None:
    assert names(site) == ["D3", "run 3", "D2", "run 2", "D1", "run 1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?what=decision", ["D3", "D2", "D1"]),
        ("?what=run", ["run 3", "run 2", "run 1"]),
        ("?by=a.b.", ["D1"]),
        ("?kind=value", ["D1"]),
        ("?kind=different", ["D2"]),
        ("?since=2031-05-05&until=2031-05-06", ["run 3", "D2"]),
        ("?as_of=2031-05-04", ["run 2", "D1", "run 1"]),
    ],
)
def test_the_history_is_filtered(site: TestClient, query: str, found: list[str]) -> None:
    assert names(site, query) == found


def test_the_decisions_on_one_event_are_found_by_its_name(site: TestClient) -> None:
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    events = sorted(ledger.events(), key=lambda event: -len(event.mentions))
    assert names(site, f"?event={events[0].id}") == ["D3", "D2", "D1"]
    assert names(site, f"?event={events[-1].id}") in ([], ["D2", "D1"])


def test_what_a_person_did_has_another_mark_than_what_the_machine_did(site: TestClient) -> None:
    entries = page(site, "/history").xpath("//ol[@class='entries']/li")
    marks = {one.get("id"): one.get("class") for one in entries}
    assert marks["D1"] == "by-person"
    assert marks["run-1"] == "by-machine"
    assert "blind" in next(one for one in entries if one.get("id") == "D3").text_content()


def test_reasons_are_words_and_never_markup(site: TestClient) -> None:
    assert not page(site, "/history").xpath("//ol//b")
    assert not page(site, "/history/problems").xpath("//main//b")
    assert "<b>says</b>" in page(site, "/history/D1").text_content()


def test_a_decision_shows_what_was_read_and_what_it_says_now(site: TestClient) -> None:
    told = site.get("/history/D1.json").json()
    assert told["row_count"] == len(told["stored"]) > 1
    assert all(row["after"] == "2017-09-15" and row["before"] != row["after"] for row in told["stored"])
    assert any("date:" in line and "15 September 2017" in line for line in told["followed"]["lines"])


def test_a_split_shows_the_event_that_it_made(site: TestClient) -> None:
    lines = site.get("/history/D2.json").json()["followed"]["lines"]
    assert any("is new" in line for line in lines)
    assert any("mentions, was" in line for line in lines)


def test_what_was_not_worked_out_says_so(site: TestClient) -> None:
    assert site.get("/history/D3.json").json()["followed"] is None
    assert "Not worked out yet" in page(site, "/history/D3").text_content()


def test_a_decision_is_taken_back_after_what_follows_was_shown(site: TestClient) -> None:
    assert not page(site, "/history/D2").xpath("//main//form[@method='post']")
    found = page(site, "/history/D2?undo=1")
    foreseen = site.get("/history/D2.json?undo=1").json()["undo"]["would_follow"]
    assert any("becomes part of" in line for line in foreseen)
    assert all(line in found.text_content() for line in foreseen)
    done = site.post(found.xpath("//main//form[@method='post']")[0].get("action"), data={"because": "one strike"})
    assert (done.status_code, done.headers["location"]) == (303, "/history/D2")
    told = site.get("/history/D2.json").json()
    assert told["taken_back"]
    assert told["decision"]["taken_back_by"] == "m.k."
    assert told["decision"]["taken_back_because"] == "one strike"
    assert any("becomes part of" in line for line in told["followed_back"]["lines"])
    assert "taken back" in page(site, "/history").xpath("//li[@id='D2']")[0].text_content()


def test_what_was_taken_back_is_not_taken_back_again(site: TestClient) -> None:
    site.post("/history/D1/undo")
    assert site.post("/history/D1/undo").status_code == 409
    assert not page(site, "/history/D1?undo=1").xpath("//main//form[@method='post']")


def test_a_decision_that_there_is_none_of_is_not_found(site: TestClient) -> None:
    assert site.get("/history/D99").status_code == 404
    assert site.get("/history/nothing").status_code == 404
    assert site.get("/history/D2?as_of=2031-05-05").status_code == 404


def test_what_could_not_be_read_has_cause_remedy_and_the_meaning_of_its_code(site: TestClient) -> None:
    (row,) = site.get("/history/problems.json").json()["problems"]
    assert (row["where"], row["cause"], row["remedy"]) == ("a<b>.txt", "there is no text", "give it some")
    assert row["means"].startswith("The file holds no text")
    assert site.get("/history/problems.json?as_of=2030-01-01").json()["problems"] == []
