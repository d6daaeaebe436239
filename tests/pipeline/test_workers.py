"""Several processes work through a list; one that dies costs only the piece it was on."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

import mishaps
from variorum.errors import ConfigError, VariorumError
from variorum.pipeline.workers import Died, work_through


def test_the_answers_come_in_the_order_of_the_pieces() -> None:
    assert list(work_through(range(50), mishaps.square, 2, prepare=mishaps.nothing)) == [n * n for n in range(50)]


def test_pieces_larger_than_any_pipe_come_through() -> None:
    texts = [str(number) * 600_000 for number in range(4)]
    found = list(work_through(texts, mishaps.length, 2, prepare=mishaps.nothing))
    assert found == [(len(text), text) for text in texts]


def test_without_pieces_no_process_starts() -> None:
    assert list(work_through([], mishaps.square, 2, prepare=mishaps.die)) == []


@pytest.mark.parametrize(
    ("work", "words"), [(mishaps.die_on_seven, "exit status 5"), (mishaps.be_killed_on_seven, "SIGKILL")]
)
def test_a_process_that_dies_costs_only_its_piece(work: Callable[[int], int], words: str) -> None:
    found = list(work_through(range(12), work, 2, prepare=mishaps.nothing))
    died = found[7]
    assert isinstance(died, Died)
    assert died.words == words
    assert [*found[:7], *found[8:]] == [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11]


def test_a_process_that_cannot_start_is_said_and_not_tried_for_ever() -> None:
    with pytest.raises(VariorumError) as told:
        list(work_through(range(3), mishaps.square, 2, prepare=mishaps.die))
    assert "exit status 4" in told.value.cause
    assert "--workers 1" in told.value.remedy


def test_an_error_raised_on_purpose_reaches_the_caller_with_its_remedy() -> None:
    with pytest.raises(ConfigError) as told:
        list(work_through(range(3), mishaps.refuse, 2, prepare=mishaps.nothing))
    assert told.value.remedy == "give another"


def test_no_process_is_left_when_the_caller_stops() -> None:
    results: Any = work_through(range(50), mishaps.square, 2, prepare=mishaps.nothing)
    with closing(results):
        assert next(results) == 0
        assert multiprocessing.active_children() != []
    assert multiprocessing.active_children() == []
