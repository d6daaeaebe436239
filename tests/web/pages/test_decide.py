"""The forms of decisions: what would follow is said first, what is stored is what the command line stores."""

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
from variorum.pipeline.deciding import Who, decide
from variorum.pipeline.labels import make_labels

BY = "m.k."


@pytest.fixture
def twin(own_examples: Path, tmp_path: Path) -> Path:
    """A second copy of the same ledger, for the command line."""
    with Ledger.open(own_examples):
        return Path(shutil.copy(own_examples, tmp_path / "twin.db"))


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """Call the command line in an empty folder; gives what it prints."""
    monkeypatch.chdir(tmp_path)

    def called(*args: str | Path) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        capsys.readouterr()
        assert call([str(arg) for arg in args]) == 0
        return capsys.readouterr().out

    return called


def rows(place: Path) -> list[tuple[str, ...]]:
    """Every row of every decision without its time, and whether it was taken back."""
    with Ledger.open(place, readonly=True) as ledger:
        decided = sorted(ledger.decisions(), key=lambda row: row.number)
    found: list[tuple[str, ...]] = []
    for row in decided:
        what = row.what
        if isinstance(what, Judgement):
            said = (what.left, what.right, what.verdict, what.by, what.why)
        else:
            said = (what.subject, f"{what.other} {what.field} {what.value}", what.verdict, what.by, what.note)
        found.append((row.name, *said, "back" if what.retracted is not None else ""))
    return found


def largest(place: Path) -> tuple[str, list[str]]:
    """The event of most reports, and the labels of these."""
    with Ledger.open(place, readonly=True) as ledger:
        event = max(ledger.events(), key=lambda event: (len(event.mentions), event.id))
        labels = make_labels(ledger)
        reports = {labels.articles[ledger.mention(id).article_id] for id in event.mentions}
        return labels.events[event.id], sorted(reports, key=lambda label: int(label[1:]))


def lone_two(place: Path) -> tuple[str, str]:
    with Ledger.open(place, readonly=True) as ledger:
        lone = [event for event in ledger.events() if len(event.mentions) == 1 and event.kind.startswith("ceasefire")]
        labels = make_labels(ledger).events
        return labels[lone[0].id], labels[lone[1].id]


def send(site: TestClient, deed: str, **fields: Any) -> Any:
    form = site.get(f"/decide/{deed}").text
    seen = re.search(r'name="seen" value="(\d+)"', form)
    assert seen is not None
    return site.post(f"/decide/{deed}", data={"seen": seen[1], **fields}, follow_redirects=False)


def test_join_stores_what_the_command_line_stores(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Callable[..., str]
) -> None:
    one, other = lone_two(own_examples)
    answer = send(own_site, "join", left=one, right=other, because="one truce, told twice")
    cli("join", one, other, "--ledger", twin, "--as", BY, "--because", "one truce, told twice")
    assert rows(own_examples) == rows(twin)
    assert "becomes part of" in own_site.get(answer.headers["location"]).text
    with Ledger.open(own_examples, readonly=True) as ours, Ledger.open(twin, readonly=True) as theirs:
        assert {event.id: event.mentions for event in ours.events()} == {e.id: e.mentions for e in theirs.events()}


def test_split_stores_what_the_command_line_stores_copies_with_them(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Callable[..., str]
) -> None:
    event, reports = largest(own_examples)
    send(own_site, "split", event=event, out=[reports[-1]])
    cli("split", reports[-1], "--from", event, "--ledger", twin, "--as", BY)
    assert rows(own_examples) == rows(twin)
    assert len(rows(twin)) > 1


def test_set_reject_copy_and_undo_store_what_the_command_line_stores(
    own_site: TestClient, own_examples: Path, twin: Path, cli: Callable[..., str]
) -> None:
    event, reports = largest(own_examples)
    send(own_site, "set", id=event, field="kind", value="bombing")
    cli("set", event, "kind=bombing", "--ledger", twin, "--as", BY)
    send(own_site, "reject", id=reports[0])
    cli("reject", reports[0], "--ledger", twin, "--as", BY)
    send(own_site, "copy", copy="R12", original="R1", **{"is": "yes"})
    cli("set", "R12", "copy=R1", "--ledger", twin, "--as", BY)
    send(own_site, "copy", copy="R12", original="R1", **{"is": "no"})
    cli("reject", "R12", "R1", "--ledger", twin, "--as", BY)
    send(own_site, "undo", decision="D2", because="it was no forgery")
    cli("undo", "D2", "--ledger", twin, "--as", BY, "--because", "it was no forgery")
    assert rows(own_examples) == rows(twin)
    assert rows(twin)[-1][-1] == ""
    assert any(row[-1] == "back" for row in rows(twin))


def test_what_would_follow_is_said_and_nothing_is_stored(
    own_site: TestClient, own_examples: Path, cli: Callable[..., str]
) -> None:
    one, other = lone_two(own_examples)
    answer = send(own_site, "join", left=one, right=other, preview="1")
    assert rows(own_examples) == []
    told = cli("join", one, other, "--ledger", own_examples, "--as", BY, "--dry-run")
    line = next(line.strip() for line in told.splitlines() if "becomes part of" in line)
    assert line in answer.text
    assert f'value="{one}"' in answer.text


def test_what_was_decided_before_and_waits_is_no_consequence_of_the_next_decision(
    own_site: TestClient, own_examples: Path
) -> None:
    one, other = lone_two(own_examples)
    _, reports = largest(own_examples)
    with Ledger.open(own_examples) as ledger:  # stored, and not worked out
        mentions = [ledger.event(label.replace("EV-", "evt_")).mentions[0] for label in (one, other)]
        decide(ledger, [Who("ada", "2031-05-04T10:00:00+00:00").judge(*mentions, "same")])
    answer = send(own_site, "reject", id=reports[0], preview="1")
    assert "mention" in answer.text
    assert "becomes part of" not in answer.text
    undone = own_site.get("/history/D1?undo=1").text
    assert "is new" in undone or "A new event" in undone


def test_events_that_wait_for_decisions_are_not_said_to_wait_for_a_run(
    own_site: TestClient, own_examples: Path
) -> None:
    event, _ = largest(own_examples)
    with Ledger.open(own_examples) as ledger:
        mentions = ledger.event(event.replace("EV-", "evt_")).mentions
        decide(ledger, [Who("ada", "2031-05-04T10:00:00+00:00").rule(mentions[0], "kind", "bombing")])
    shown = own_site.get("/").text
    assert "1 decision is stored that the events do not follow from yet" in shown
    assert "a run was stopped" not in shown


def test_a_mistake_is_said_and_what_was_entered_stays(own_site: TestClient, own_examples: Path) -> None:
    answer = send(own_site, "join", left="EV-0000", right="R1", because="as I wrote")
    assert answer.status_code == 400
    assert re.search(r'role="alert"[^>]*>Not stored: no event EV-0000', answer.text)
    assert 'value="EV-0000"' in answer.text
    assert "as I wrote" in answer.text
    assert rows(own_examples) == []


def test_a_word_that_somebody_said_meanwhile_is_a_conflict(own_site: TestClient, own_examples: Path) -> None:
    form = own_site.get("/decide/set").text
    seen = re.search(r'name="seen" value="(\d+)"', form)
    event, _ = largest(own_examples)
    with Ledger.open(own_examples) as ledger:
        mentions = ledger.event(event.replace("EV-", "evt_")).mentions
        decide(ledger, [Who("ada", "2031-05-04T10:00:00+00:00").rule(mentions[0], "kind", "bombing")])
    assert seen is not None
    fields = {"seen": seen[1], "id": event, "field": "kind", "value": "strike"}
    answer = own_site.post("/decide/set", data=fields)
    assert answer.status_code == 409
    assert "ada decided this first" in answer.text
    assert [row[4] for row in rows(own_examples)] == ["ada"]


def test_the_address_fills_a_form_in(own_site: TestClient, own_examples: Path) -> None:
    event, reports = largest(own_examples)
    form = own_site.get(f"/decide/split?event={event}&out={reports[1]}").text
    ticked = re.findall(r'type="checkbox" name="out" value="(R\d+)"( checked)?', form)
    assert [label for label, _ in ticked] == reports
    assert [label for label, checked in ticked if checked] == [reports[1]]


def test_a_reader_sees_no_way_to_store(
    own_site: TestClient, own_examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("variorum.web.viewer.Viewer.may_decide", property(lambda viewer: False))
    assert send(own_site, "join", left="R1", right="R7").status_code == 403
    assert own_site.get("/decide/join").text.count(" disabled") == 2
    assert rows(own_examples) == []


def test_there_are_no_other_decisions(own_site: TestClient) -> None:
    assert own_site.get("/decide/erase").status_code == 404
