from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum.cli import call


@pytest.mark.parametrize("pair", [("R1", "R8"), ("R14", "R16")])
def test_printed_it_says_what_the_command_line_says(
    ledger: variorum.Ledger, place: Path, capfd: pytest.CaptureFixture[str], pair: tuple[str, str]
) -> None:
    assert call(["why", *pair, str(place)]) == 0
    theirs = [line.rstrip() for line in capfd.readouterr().out.splitlines() if not line.startswith("Next:")]
    event = ledger.report(pair[0]).events[0]
    assert str(event.why(*pair)).splitlines() == theirs


def test_what_an_event_is_asked_is_answered_of_that_event(ledger: variorum.Ledger) -> None:
    told = ledger.report("R10").events
    other = ledger.report("R1")
    for event in told:
        assert event.label in event.why("R10", other).verdict


def test_it_holds_the_evidence_as_rows_and_as_a_picture(strike: variorum.Event) -> None:
    why = strike.why("R1", "R8")
    assert why.joined
    assert why.score >= why.needed
    assert abs(sum(row["weight"] for row in why.evidence) - why._pair.explanation.total) < 1e-9
    assert all(row["name"].split("…")[0] in why.svg for row in why.evidence)


def test_a_report_that_is_not_there_is_refused(strike: variorum.Event, ledger: variorum.Ledger) -> None:
    with pytest.raises(variorum.VariorumError):
        strike.why("R1", "R999")
    early = ledger.as_of("2019-03-07").event(strike.id)
    with pytest.raises(variorum.VariorumError, match="appeared after"):
        early.why("R1", "R8")
