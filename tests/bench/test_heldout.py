"""Tests of what is kept apart for measuring: the same answer each time, and about one part in three."""

from __future__ import annotations

from bench.heldout import held_out


def test_the_same_text_is_always_on_the_same_side() -> None:
    assert {held_out("Rain fell on Deraqa.") for _ in range(3)} in ({True}, {False})


def test_about_a_third_is_kept_apart() -> None:
    share = sum(held_out(f"text {number}") for number in range(3000)) / 3000
    assert 0.3 < share < 0.37
