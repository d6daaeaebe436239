"""What is worked out once for a state of the ledger."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.web import standing
from variorum.web.standing import Standing

NOW = "2031-05-03T10:00:00+00:00"


@pytest.fixture
def ledger(own_examples: Path) -> Iterator[Ledger]:
    with Ledger.open(own_examples) as opened:
        yield opened


def test_a_piece_is_worked_out_once_for_a_state_and_anew_for_the_next(ledger: Ledger) -> None:
    made: list[int] = []
    kept = Standing(ledger)
    for _ in range(3):
        kept.keep(("piece",), lambda: made.append(1))
    ledger.note("test", "", "grown", at=NOW)
    last = kept.keep(("piece",), lambda: made.append(1))
    assert len(made) == 2
    assert last.number == ledger.head()[0]


def test_days_and_lists_are_kept_apart(ledger: Ledger) -> None:
    kept = Standing(ledger)
    assert kept.keep(("list", None), lambda: 1).what == 1
    assert kept.keep(("list", "2031-05-03"), lambda: 2).what == 2


def test_what_takes_long_is_shown_as_of_its_row_while_a_newer_one_is_made(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "SLOW_S", -1.0)
    kept, done = Standing(ledger), threading.Event()
    first = kept.keep(("piece",), lambda: "old")
    ledger.note("test", "", "grown", at=NOW)

    def make() -> str:
        done.set()
        return "new"

    shown = kept.keep(("piece",), make)
    assert (shown.what, shown.number) == ("old", first.number)
    assert done.wait(10)
    deadline = time.monotonic() + 10
    while kept.keep(("piece",), make).what != "new" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert kept.keep(("piece",), make).number > first.number


def test_who_decided_sees_no_old_piece(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "SLOW_S", -1.0)
    kept = Standing(ledger)
    kept.keep(("piece",), lambda: "old")
    ledger.note("test", "", "decided", at=NOW)
    kept.forget()
    assert kept.keep(("piece",), lambda: "new").what == "new"


def test_two_who_ask_at_once_have_it_worked_out_once(ledger: Ledger) -> None:
    kept, made, go = Standing(ledger), [], threading.Event()

    def make() -> int:
        go.wait(10)
        made.append(1)
        return len(made)

    asking = [threading.Thread(target=lambda: kept.keep(("piece",), make)) for _ in range(4)]
    for one in asking:
        one.start()
    go.set()
    for one in asking:
        one.join(10)
    assert made == [1]


def test_what_cannot_be_made_leaves_nothing_behind(ledger: Ledger) -> None:
    kept = Standing(ledger)

    def fail() -> None:
        raise UsageError("cannot be made")

    for number in range(100):
        with pytest.raises(UsageError):
            kept.keep(("outlet", number), fail)
    assert not kept._making


def test_only_the_last_few_are_kept_and_each_is_made_once(ledger: Ledger) -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    kept = Standing(ledger)
    for number in (1, 2, 1, 3, 1, 2):
        assert kept.keep_lately(number, lambda number=number: make(number), 2) == number  # type: ignore[misc]
    assert made == [1, 2, 3, 2]
