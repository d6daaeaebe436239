"""What is decided at the desk: the same rows as on the command line, once, on the question that was shown."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from variorum.cli import call
from variorum.ledger import Ledger
from variorum.model import Judgement
from variorum.pipeline import Answer, find_queue, is_finished, make_rows
from variorum.pipeline.deciding import Who, decide, undo
from variorum.pipeline.named import find_pair_item
from variorum.web.desk import item_key

Cli = Callable[..., None]
OpenSite = Callable[[Path], TestClient]
BY = "m.k."
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def card(site: TestClient, path: str = "/review") -> dict[str, Any]:
    """The fields of the form of the card at an address, and the heading."""
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    form = re.search(r'<form id="answers".*?</form>', answer.text, re.S)
    assert form is not None, answer.text
    head = re.search(r'<h1 id="card-head"[^>]*>(.*?)<small>', answer.text, re.S)
    assert head is not None
    return {"text": answer.text, "head": head[1].strip(), "fields": dict(HIDDEN.findall(form[0]))}


def press(site: TestClient, found: dict[str, Any], says: str, **fields: str) -> Any:
    data = {**found["fields"], "says": says, **fields}
    return site.post("/review/answer", data=data, follow_redirects=False)


def words_of(place: Path) -> list[tuple[str, ...]]:
    """Every row of every decision without its time, in the order written."""
    with Ledger.open(place, readonly=True) as ledger:
        rows = sorted(ledger.decisions(), key=lambda row: row.number)
    found = []
    for row in rows:
        what = row.what
        if isinstance(what, Judgement):
            parts = [what.left, what.right, what.verdict, what.by, f"{what.score}", what.why, f"{what.blind}"]
        else:
            parts = [what.subject, what.other, what.field, what.verdict, what.value or "", what.by, what.note]
            parts.append(f"{what.blind}")
        found.append((f"D{row.act}", *parts, "back" if what.retracted else ""))
    return found


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cli:
    """Call the command line in an empty folder, with keys on its standard input."""
    monkeypatch.chdir(tmp_path)

    def called(*args: str | Path, keys: str = "") -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(keys))
        code = call([str(arg) for arg in args])
        assert code == 0, capsys.readouterr().err

    return called


@pytest.fixture
def twin(own_examples: Path, tmp_path: Path) -> Path:
    """A second copy of the same ledger, for the command line."""
    with Ledger.open(own_examples):
        return Path(shutil.copy(own_examples, tmp_path / "twin.db"))


@pytest.mark.parametrize("kind", ["contradiction", "revision", "place", "copy"])
def test_yes_and_no_store_the_rows_that_the_command_line_stores(
    kind: str, own_site: TestClient, own_examples: Path, twin: Path, cli: Cli
) -> None:
    press(own_site, card(own_site, f"/review/{kind}"), "yes", because="looked at both")
    cli("review", twin, "--kind", kind, "--as", BY, "--because", "looked at both", keys="y\nq\n")
    assert words_of(own_examples) == words_of(twin)
    assert len(words_of(twin)) > 0


def test_two_reports_that_were_asked_for_are_decided_as_on_the_command_line(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Cli
) -> None:
    press(own_site, card(own_site, "/review?pair=R1,R7"), "no")
    cli("review", twin, "--pair", "R1,R7", "--as", BY, keys="n\n")
    assert words_of(own_examples) == words_of(twin)
    assert words_of(twin)[0][3] == "different"


def test_a_place_that_is_chosen_is_stored_as_on_the_command_line(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Cli
) -> None:
    found = card(own_site, "/review/place")
    choice = re.search(r'<button name="value" value="([^"]+)" data-choice="2"', found["text"])
    assert choice is not None
    press(own_site, found, "instead", value=choice[1])
    cli("review", twin, "--kind", "place", "--as", BY, keys="2\nq\n")
    assert words_of(own_examples) == words_of(twin)
    assert words_of(twin)[0][4] == "correct"


def test_related_is_kept_as_different_with_its_reason(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review?pair=R1,R7")
    press(own_site, found, "", related="response to", because="a day later")
    (row,) = words_of(own_examples)
    assert row[3] == "different"
    assert row[6] == "related: response to; a day later"


def test_the_next_card_follows_and_an_answered_one_does_not_come_back(own_site: TestClient) -> None:
    first = card(own_site)
    answer = press(own_site, first, "yes")
    assert answer.status_code == 303
    second = card(own_site, answer.headers["location"])
    assert second["fields"]["item"] != first["fields"]["item"]
    assert "D1 stored" in second["text"]
    assert card(own_site)["fields"]["item"] == second["fields"]["item"]


def test_what_is_skipped_comes_back_last(own_site: TestClient) -> None:
    first = card(own_site, "/review/place")
    at, seen = first, []
    for _ in range(5):
        seen.append(at["fields"]["item"])
        at = card(own_site, press(own_site, at, "skip").headers["location"])
    assert len(set(seen)) == 5
    assert at["fields"]["item"] == seen[0]


def test_undo_takes_back_the_last_decision_and_asks_again(own_site: TestClient, own_examples: Path) -> None:
    first = card(own_site)
    second = card(own_site, press(own_site, first, "yes").headers["location"])
    again = card(own_site, press(own_site, second, "undo").headers["location"])
    assert again["fields"]["item"] == first["fields"]["item"]
    assert [row[-1] for row in words_of(own_examples)] == ["back"]


def test_a_card_that_somebody_else_answered_meanwhile_is_refused(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review?pair=R1,R7")
    with Ledger.open(own_examples) as ledger:
        left, right = find_pair_item(ledger, "R1,R7").subjects
        decide(ledger, [Who("ada", "2031-05-04T10:00:00+00:00").judge(left, right, "same")])
    answer = press(own_site, found, "no")
    assert answer.status_code == 409
    assert "ada decided this first" in answer.text
    assert 'href="/history/D1"' in answer.text
    assert len(words_of(own_examples)) == 1


def test_the_place_that_somebody_chose_first_is_told_by_its_name(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review/place")
    choice = re.search(r'name="value" value="(gn:\d+)" data-choice="2".*?</kbd> ([^<,]+)', found["text"])
    assert choice is not None
    with Ledger.open(own_examples) as ledger:
        item = next(one for one in find_queue(ledger, by=BY) if item_key(one) == found["fields"]["item"])
        answer = Answer("instead", "ada", "2031-05-04T10:00:00+00:00", value=choice[1])
        decide(ledger, make_rows(ledger, item, answer))
    told = re.search(r'role="alert">(.*?)</p>', press(own_site, found, "no").text, re.S)
    assert told is not None
    assert f"ada decided this first (D1: correct {choice[2]}" in told[1]
    assert choice[1] not in told[1]


def test_a_question_that_is_not_asked_any_more_is_not_answered(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site)
    found["fields"]["item"] = "ask_0000000000000000"
    assert press(own_site, found, "yes").status_code == 410
    assert words_of(own_examples) == []


def test_a_form_without_what_was_known_stores_nothing(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site)
    found["fields"]["seen"] = ""
    assert press(own_site, found, "yes").status_code == 400
    assert words_of(own_examples) == []


def test_a_card_survives_the_server(own_site: TestClient, own_examples: Path, open_site: OpenSite) -> None:
    found = card(own_site, "/review/place")
    later = open_site(own_examples)
    assert press(later, found, "no").status_code == 303
    assert [row[4] for row in words_of(own_examples)] == ["reject"]


def test_a_reader_cannot_decide(own_site: TestClient, own_examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = card(own_site)
    monkeypatch.setattr("variorum.web.viewer.Viewer.may_decide", property(lambda viewer: False))
    assert press(own_site, found, "yes").status_code == 403
    assert words_of(own_examples) == []
    shown = own_site.get("/review").text
    assert "ask an admin for the role of a reviewer" in shown
    assert 'name="says" value="yes"' not in shown


def test_a_second_reviewer_is_shown_nothing_of_the_first_word(own_site: TestClient, own_examples: Path) -> None:
    with Ledger.open(own_examples) as ledger:
        item = next(one for one in find_queue(ledger) if one.kind == "contradiction")
        answer = Answer("no", "ada-the-first", "2031-05-04T10:00:00+00:00", "a reason that gives it away")
        decide(ledger, make_rows(ledger, item, answer))
    shown = own_site.get("/review?second=1")
    assert "Do these two contradict each other?" in shown.text
    for word in ("ada-the-first", "a reason that gives it away", "D1<", "by-person", "EV-"):
        assert word not in shown.text, word
    assert "your word beside another" in shown.text


def test_a_second_word_is_blind_and_never_refused(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Cli
) -> None:
    for place in (own_examples, twin):
        cli("review", place, "--kind", "contradiction", "--as", "ada", keys="y\nq\n")
    found = card(own_site, "/review?second=1")
    assert press(own_site, found, "no").status_code == 303
    cli("review", twin, "--second", "--as", BY, keys="n\nq\n")
    assert words_of(own_examples) == words_of(twin)
    assert words_of(twin)[-1][8] == "True"


def test_a_flag_leaves_two_reports_open_to_others_and_is_shown(own_site: TestClient, own_examples: Path) -> None:
    press(own_site, card(own_site, "/review?pair=R1,R7"), "flag", because="which submarine?")
    (row,) = words_of(own_examples)
    assert (row[3], row[6]) == ("unsure", "flagged: which submarine?")
    assert "flagged: which submarine?" in own_site.get("/review?pair=R1,R7").text


def test_a_flag_on_anything_else_is_kept_in_the_log_and_shown(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review/place")
    press(own_site, found, "flag", because="ask somebody from there")
    assert words_of(own_examples) == []
    shown = own_site.get(f"/review/place?item={found['fields']['item']}").text
    assert "asked for a second reviewer" in shown
    assert "ask somebody from there" in shown


def test_reports_are_split_off_as_on_the_command_line(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Cli
) -> None:
    found = card(own_site, "/review?pair=R1,R7")
    event = re.search(r'<input type="hidden" name="event" value="(EV-\w+)">', found["text"])
    assert event is not None
    press(own_site, found, "split", event=event[1], out="R7")
    cli("split", "R7", "--from", event[1], "--ledger", twin, "--as", BY)
    assert words_of(own_examples) == words_of(twin)


def test_a_claim_is_corrected_on_its_card_and_the_question_stays(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review/contradiction")
    claim = re.search(r'<option value="(clm_\w+)"', found["text"])
    assert claim is not None
    answer = press(own_site, found, "correct", claim=claim[1], field="source", value="own voice")
    assert found["fields"]["item"] in answer.headers["location"]
    (row,) = words_of(own_examples)
    assert row[1:5] == (claim[1], "", "source", "correct")


def test_what_cannot_be_used_is_said_and_what_was_typed_stays(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review/contradiction")
    claim = re.search(r'<option value="(clm_\w+)"', found["text"])
    assert claim is not None
    answer = press(own_site, found, "correct", claim=claim[1], field="scope", value="nobody at all", because="typed so")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "typed so" in answer.text
    assert words_of(own_examples) == []


def test_every_key_of_the_desk_has_a_button(own_site: TestClient) -> None:
    shown = own_site.get("/review?pair=R1,R7").text
    acts = {"accept", "reject", "skip", "undo", "flag", "related", "split", "merge", "correct"}
    assert acts <= set(re.findall(r'data-act="(\w+)"', shown))
    assert {"next", "previous"} <= set(re.findall(r'data-act="(\w+)"', own_site.get("/review").text))
    assert {*acts, "comment", "keys"} <= set(re.findall(r'data-key-of="(\w+)"', shown))


def test_the_events_are_worked_out_when_they_are_asked_for(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site, "/review?pair=R1,R7")
    event = re.search(r'<input type="hidden" name="event" value="(EV-\w+)">', found["text"])
    assert event is not None
    press(own_site, found, "no")
    assert "1 decision stored" in own_site.get("/review").text
    press(own_site, found, "settle")
    followup = own_site.app.state.desks.followup  # type: ignore[attr-defined]
    assert followup.wait(30)
    with Ledger.open(own_examples, readonly=True) as ledger:
        assert is_finished(ledger)
    assert "stored;" not in own_site.get("/review").text


def test_an_undone_decision_of_somebody_else_is_told(own_site: TestClient, own_examples: Path) -> None:
    found = card(own_site)
    press(own_site, found, "yes")
    with Ledger.open(own_examples) as ledger:
        undo(ledger, 1, Who("ada", "2031-05-04T10:00:00+00:00"))
    answer = own_site.post("/review/answer", data={**found["fields"], "says": "undo", "part": "1"})
    assert "D1 was taken back" in answer.text
