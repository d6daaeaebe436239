"""How alike two mentions are in what they count and name: levels of evidence, each the same for both sides."""

from __future__ import annotations

import pytest

from variorum.resolve.likeness import compare_names, compare_values, level_of


@pytest.mark.parametrize(
    ("value", "level"), [(0.5, "50"), (0.49, "25"), (0.0999, "3"), (0.1, "10"), (0.0, "none"), (1.0, "50")]
)
def test_a_level_is_named_after_its_lower_bound(value: float, level: str) -> None:
    assert level_of(value, (50, 25, 10, 3)) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("7",), ("7",), "equal"),
        (("2",), ("2",), "equal_small"),
        (("7",), ("3",), "disjoint"),
        (("5..9",), ("7",), "refines"),
        (("7",), (), ""),
    ],
)
def test_the_level_of_two_counts(left: tuple[str, ...], right: tuple[str, ...], level: str) -> None:
    assert compare_values("number of munitions", "munitions", "count", left, right).level == level
    assert compare_values("number of munitions", "munitions", "count", right, left).level == level


def test_a_shared_body_is_named_in_the_note() -> None:
    sign = compare_names(
        "who did it", "actor", frozenset({"Tihama Brigades"}), frozenset({"Tihama Brigades", "police"})
    )
    assert (sign.level, sign.note) == ("shared", "both: Tihama Brigades")


def test_what_one_side_does_not_state_says_nothing() -> None:
    sign = compare_names("target", "target", frozenset(), frozenset({"convoy"}))
    assert (sign.level, sign.note) == ("", "the first states none")
