from __future__ import annotations

import re

import numpy as np

from variorum.show.clip import MARGIN, clip_lines, clip_ring, path_of, thin


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=float)


def test_a_ring_around_the_map_becomes_the_map() -> None:
    cut = clip_ring(ring((-500, -500), (500, -500), (500, 500), (-500, 500)), 100, 50)
    assert cut.min(axis=0).tolist() == [-MARGIN, -MARGIN]
    assert cut.max(axis=0).tolist() == [100 + MARGIN, 50 + MARGIN]


def test_a_ring_within_stays_as_it_is() -> None:
    inner = ring((10, 10), (20, 10), (20, 20))
    assert np.array_equal(clip_ring(inner, 100, 50), inner)


def test_a_ring_outside_is_nothing() -> None:
    assert len(clip_ring(ring((200, 10), (220, 10), (220, 20)), 100, 50)) == 0


def test_a_line_that_leaves_and_comes_back_is_two_runs() -> None:
    line = ring((10, 10), (90, 10), (300, 10), (300, 40), (90, 40), (10, 40))
    assert [len(run) for run in clip_lines([line], (100, 50), 0.1)] == [3, 3]


def test_lines_are_not_joined_to_each_other() -> None:
    lines = [ring((10, 10), (20, 10)), ring((30, 30), (40, 30))]
    assert [run.tolist() for run in clip_lines(lines, (100, 50), 0.1)] == [line.tolist() for line in lines]
    assert clip_lines([], (100, 50), 0.1) == []


def test_thinning_keeps_the_ends() -> None:
    line = np.stack([np.linspace(0, 10, 1000), np.zeros(1000)], axis=1)
    kept = thin(line, 1.0)
    assert 9 < len(kept) < 15
    assert kept[0].tolist() == [0, 0]
    assert kept[-1].tolist() == [10, 0]


def test_the_steps_of_a_path_add_up_to_its_end() -> None:
    line = np.array([[0.04 * i, 0.033 * i * (-1) ** i] for i in range(200)])
    path = path_of([line], closed=False)
    start, steps = path[1:].split("l")
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", steps)]
    x = float(start.split()[0]) + sum(numbers[::2])
    assert abs(x - line[-1, 0]) < 0.06


def test_a_path_has_one_decimal_at_most() -> None:
    path = path_of([ring((0.123, 1.987), (5.52, 6.04), (-3.3, 2))], closed=True)
    assert path == "M.1 2l5.4 4-8.8-4z"
