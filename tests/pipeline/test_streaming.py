"""A stream of pieces through an engine; one that kills its worker costs only itself. The same on processes and Dask."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import closing

import pytest
from bench.dask_cluster import running_cluster

import pieces
from variorum.errors import ConfigError, VariorumError
from variorum.pipeline.engine import FEW, Engine, open_engine
from variorum.pipeline.streaming import AHEAD, Lost, map_over, work_through


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with open_engine(workers=2) as opened:
        yield opened


@pytest.fixture(scope="module")
def cluster() -> Iterator[Engine]:
    """A real one: a scheduler and two workers."""
    with running_cluster(2) as running, open_engine(running.address) as opened:
        yield opened


def squares(engine: Engine, count: int) -> list[object]:
    return [result for _, result in work_through(engine, pieces.square, range(count), batch=4)]


def test_each_piece_comes_with_its_answer_in_order(engine: Engine) -> None:
    assert list(work_through(engine, pieces.square, range(50), batch=4)) == [(n, n * n) for n in range(50)]


def test_pieces_larger_than_any_pipe_come_through(engine: Engine) -> None:
    texts = [str(number) * 600_000 for number in range(4)]
    found = list(work_through(engine, pieces.length, texts, batch=1, few=2))
    assert [result for _, result in found] == [len(text) for text in texts]


def test_no_more_is_drawn_than_is_under_way(engine: Engine) -> None:
    drawn: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(10_000):
            drawn.append(number)
            yield number

    with closing(work_through(engine, pieces.square, numbers(), batch=4)) as results:
        for _ in range(60):
            next(results)
        assert len(drawn) <= FEW + 60 + 4 * (AHEAD * engine.count + 1)


def test_without_pieces_nothing_is_done(engine: Engine) -> None:
    assert list(work_through(engine, pieces.die, [], batch=4)) == []


def test_a_worker_that_dies_costs_only_its_piece(engine: Engine) -> None:
    found = [result for _, result in work_through(engine, pieces.die_on_seven, range(60), batch=4)]
    assert isinstance(found[7], Lost)
    assert [*found[:7], *found[8:]] == [n for n in range(60) if n != 7]


def test_a_cluster_gives_the_same_and_loses_only_the_piece_that_kills_its_worker(cluster: Engine) -> None:
    assert squares(cluster, 50) == [n * n for n in range(50)]
    found = [result for _, result in work_through(cluster, pieces.die_on_seven, range(24), batch=4)]
    assert isinstance(found[7], Lost)
    assert [*found[:7], *found[8:]] == [n for n in range(24) if n != 7]


def test_a_cluster_hands_on_an_error_raised_on_purpose(cluster: Engine) -> None:
    with pytest.raises(ConfigError) as told:
        list(work_through(cluster, pieces.refuse, range(9), batch=4))
    assert told.value.remedy == "give another"


def test_the_workers_go_on_after_a_death(engine: Engine) -> None:
    for _ in range(2):
        found = list(work_through(engine, pieces.die_on_seven, range(60), batch=4))
        assert [number for number, one in found if isinstance(one, Lost)] == [7]
    assert squares(engine, 50) == [n * n for n in range(50)]


def test_workers_that_cannot_start_are_said_and_not_tried_for_ever(engine: Engine) -> None:
    with pytest.raises(VariorumError) as told:
        list(work_through(engine, pieces.die, range(60), batch=4))
    assert "could not start" in told.value.cause
    assert told.value.remedy == engine.start_remedy


def test_an_error_raised_on_purpose_reaches_the_caller_with_its_remedy(engine: Engine) -> None:
    with pytest.raises(ConfigError) as told:
        list(work_through(engine, pieces.refuse, range(60), batch=4))
    assert told.value.remedy == "give another"


def test_a_map_is_shared_out_and_stays_in_order(engine: Engine) -> None:
    assert list(map_over(engine, abs, range(-9, 0))) == [*range(9, 0, -1)]


def test_a_map_cannot_lose_a_piece(engine: Engine) -> None:
    with pytest.raises(VariorumError, match="ended"):
        list(map_over(engine, pieces.die_on_a_seven, range(9)))


def test_few_pieces_start_no_process() -> None:
    before = multiprocessing.active_children()
    with open_engine(workers=2) as opened:
        assert squares(opened, FEW - 1) == [n * n for n in range(FEW - 1)]
        assert multiprocessing.active_children() == before


@pytest.mark.parametrize(
    ("work", "words"), [(pieces.die_on_seven, "exit status 5"), (pieces.be_killed_on_seven, "SIGKILL")]
)
def test_how_a_process_ended_is_said(work: object, words: str) -> None:
    with open_engine(workers=2) as opened:
        found = dict(work_through(opened, work, range(60), batch=4))  # type: ignore[arg-type]
    assert found[7] == Lost(words)


def test_worn_processes_are_replaced_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pipeline.processes.WORN_AFTER", 2)
    with open_engine(workers=2) as opened:
        pids = [pid for _, pid in work_through(opened, pieces.who, range(80), batch=8)]
    assert len(pids) == 80
    assert len(set(pids)) > 2


def test_no_process_is_left_when_the_caller_stops() -> None:
    before = multiprocessing.active_children()
    with open_engine(workers=2) as opened, closing(work_through(opened, pieces.square, range(100), batch=4)) as results:
        assert next(results) == (0, 0)
        assert multiprocessing.active_children() != before
    assert multiprocessing.active_children() == before


def test_a_worker_that_runs_another_program_does_nothing(cluster: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pipeline.streaming.fingerprint", lambda: "of another day")
    with pytest.raises(VariorumError, match="another version"):
        squares(cluster, 9)


def test_a_cluster_whose_workers_are_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pipeline.streaming.LOOK_S", 0.2)
    with running_cluster(1) as running, open_engine(running.address) as opened:
        monkeypatch.setattr("variorum.pipeline.cluster.WORKERS_S", 0.5)
        results = work_through(opened, pieces.wait_a_moment, range(500), batch=1)
        next(results)
        running.processes[1].terminate()
        with pytest.raises(VariorumError, match="no worker"):
            list(results)


def test_work_that_ends_the_program_costs_only_its_piece() -> None:
    with open_engine(workers=2) as opened:
        found = dict(work_through(opened, pieces.exit_on_seven, range(60), batch=4))
    assert found[7] == Lost("exit status 0")
    assert [number for number, one in found.items() if isinstance(one, Lost)] == [7]


def test_a_result_that_cannot_come_back_is_said_as_what_it_is() -> None:
    with open_engine(workers=2) as opened:
        found = dict(work_through(opened, pieces.give_a_riddle_for_seven, range(60), batch=4))
    lost = found[7]
    assert isinstance(lost, Lost)
    assert "SIGTERM" not in lost.cause
