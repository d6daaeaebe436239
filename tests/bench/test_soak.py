"""A small soak: `watch` as a program of its own, over sites that fail, killed twice."""

from __future__ import annotations

import sys

import pytest
from bench.soak import Plan, soak

pytestmark = [
    pytest.mark.slow,
    pytest.mark.file,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]


def test_every_item_is_in_the_ledger_once_whatever_fails_and_stops() -> None:
    plan = Plan(seconds=12, items=24, feeds=3, kills=2, failing=0.15, stalling=0, every="1s", brief=True)
    found = soak(plan)["metrics"]
    assert found["items in the ledger once"] == 1.0
    assert (found["items twice"], found["articles that are no item"]) == (0, 0)
    assert (found["faults of the ledger"], found["problems left"]) == (0, 0)
    assert (found["kills"], found["processes left by kills"]) == (2, 0)
    assert found["exit status of Ctrl-C"] == 130
