"""The events are worked out beside the pages: once for many decisions, again for those that came meanwhile."""

from __future__ import annotations

import threading

from variorum.errors import LedgerError
from variorum.web.followup import Followup

SOON_S = 10.0


def test_decisions_that_follow_each_other_are_worked_out_once() -> None:
    calls: list[str] = []
    followup = Followup("x.db", quiet_s=0.3, work=lambda place, command: calls.append(command))
    for _ in range(3):
        followup.stored()
    assert followup.words() == "3 decisions stored; the events are worked out when you pause."
    assert followup.wait(SOON_S)
    assert calls == ["review"]
    assert followup.words() == ""


def test_a_decision_while_events_are_worked_out_is_worked_out_after() -> None:
    began, go_on = threading.Event(), threading.Event()
    calls: list[str] = []

    def work(place: str, command: str) -> None:
        calls.append(command)
        began.set()
        assert go_on.wait(SOON_S)

    followup = Followup("x.db", quiet_s=0.0, work=work)
    followup.stored()
    assert began.wait(SOON_S)
    followup.stored()
    assert followup.words() == "1 decision stored, the events are being worked out; 1 more wait."
    go_on.set()
    assert followup.wait(SOON_S)
    assert len(calls) == 2


def test_what_goes_wrong_is_said_until_it_is_tried_again() -> None:
    faults = [LedgerError("the disk is full")]

    def work(place: str, command: str) -> None:
        if faults:
            raise faults.pop()

    followup = Followup("x.db", quiet_s=0.0, work=work)
    followup.stored()
    assert followup.wait(SOON_S)
    assert "the disk is full" in followup.words()
    followup.ask()
    assert followup.wait(SOON_S)
    assert followup.words() == ""


def test_nobody_waits_for_the_pause_who_asks() -> None:
    calls: list[str] = []
    followup = Followup("x.db", quiet_s=600.0, work=lambda place, command: calls.append(command))
    followup.stored()
    followup.ask()
    assert followup.wait(SOON_S)
    assert calls == ["review"]
