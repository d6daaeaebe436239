"""A small soak: `watch` as a program of its own, over sites that fail, killed twice."""

from __future__ import annotations

import sys

import pytest
from bench.soak import Plan, soak

from thorough import THOROUGH

pytestmark = [
    pytest.mark.slow,
    pytest.mark.file,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
    pytest.mark.skipif(not THOROUGH, reason="half a minute: kills of watch are tried one by one in tests/pipeline"),
]


def test_every_item_is_in_the_ledger_once_whatever_fails_and_stops() -> None:
    plan = Plan(seconds=12, items=24, feeds=3, kills=2, failing=0.15, stalling=0, every="1s", brief=True)
    found = soak(plan)["metrics"]
    assert found["items_in_the_ledger_once"] == 1.0
    assert (found["items_twice"], found["articles_that_are_no_item"]) == (0, 0)
    assert (found["faults_of_the_ledger"], found["problems_left"]) == (0, 0)
    assert (found["kills"], found["processes_left_by_kills"]) == (2, 0)
    assert found["exit_status_of_ctrl_c"] == 130
