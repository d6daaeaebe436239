"""How far a long command is, as it is said."""

from __future__ import annotations

import io
import json

import click
import pytest

from variorum.cli import progress
from variorum.cli.progress import Meter, Step, make_progress, memory_mb


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def meter(clock: Clock) -> Meter:
    return Meter(clock=clock, memory=lambda: 312)


def test_a_rate_is_that_of_the_last_half_minute() -> None:
    clock = Clock()
    told = meter(clock)
    told.step("Claims", 0, 20_000)
    for _ in range(60):  # a minute at 10 a second, then one at 40
        clock.now += 1
        told.step("Claims", round((clock.now - 100) * 10), 20_000)
    for second in range(60):
        clock.now += 1
        step = told.step("Claims", 600 + 40 * (second + 1), 20_000)
    assert (step.rate, step.left_s) == (40.0, (20_000 - 3_000) / 40)


def test_no_rate_is_told_before_it_is_known() -> None:
    clock = Clock()
    told = meter(clock)
    told.step("Claims", 0, 100)
    clock.now += 1
    assert told.step("Claims", 8, 100).words() == "Claims    8 of 100 · 312 MB"


def test_a_new_stage_begins_anew() -> None:
    clock = Clock()
    told = meter(clock)
    told.step("Reading", 0, 10)
    clock.now += 60
    told.step("Reading", 10, 10)
    assert told.step("Claims", 0, 500).rate is None


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("Claims", 12, 900, 41.2, 455.4, 312), "Claims    12 of 900 · 41 a second · 7 m 35 s left · 312 MB"),
        (Step("Reading", 412_300_000, 5_120_000_000, 14e6, 336, None),
         "Reading   412.3 of 5,120.0 MB · 14 MB a second · 5 m 36 s left"),
        (Step("Claims", 3, 40, 0.5, 74.0, None), "Claims    3 of 40 · 0.5 a second · 1 m 14 s left"),
        (Step("Claims", 3, 40, 0.1, 7_380, None), "Claims    3 of 40 · 0.1 a second · 2 h 03 m left"),
    ],
)  # fmt: skip
def test_a_step_is_said_in_one_line(step: Step, words: str) -> None:
    assert step.words() == words


def test_a_pipe_is_told_seldom_and_in_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, out = Clock(), io.StringIO()
    monkeypatch.setattr(progress, "Meter", lambda: meter(clock))
    with click.Context(click.Command("run")):
        tell = make_progress(stream=out)
    for done in range(0, 1_000, 10):
        tell("Claims", done, 1_000)
        clock.now += 1
    assert [line.split(" · ")[0] for line in out.getvalue().splitlines()] == [
        "Claims    300 of 1,000",
        "Claims    600 of 1,000",
        "Claims    900 of 1,000",
    ]


def test_programs_are_told_in_objects_once_a_second_and_at_each_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(progress, "Meter", lambda: meter(clock))
    tell = make_progress(jsonl=True)
    for done in range(101):
        tell("Claims", done, 100)
        clock.now += 0.125
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["done"] for row in rows] == [*range(0, 97, 8), 100]
    assert rows[-1] == {
        "event": "progress", "stage": "Claims", "done": 100, "total": 100, "unit": "reports",
        "per_second": 8.0, "seconds_left": 0, "memory_mb": 312,
    }  # fmt: skip


def test_the_memory_is_that_of_this_process() -> None:
    before = memory_mb()
    held = bytes(bytearray(200_000_000))
    after = memory_mb()
    assert before is not None
    assert after is not None
    assert 150 <= after - before <= 250
    assert len(held) == 200_000_000
