"""One event as Iraq Body Count enters it: the least and the largest figure for civilians."""

from __future__ import annotations

import pytest

from publish.rules.told_account import account, says
from variorum.publish.rules import Statement, ibc_view

RANGES = [
    ("bombing", [says("12")], (12, 12)),
    ("bombing", [says("12"), says("9", "mayor", outlet="Hill Wire")], (9, 12)),
    ("bombing", [says("9", scope="civilians"), says("12", "mayor")], (9, 12)),
    ("bombing", [says("12..")], (12, 12)),
    ("bombing", [says("..20"), says("12", "mayor")], (12, 20)),
    ("bombing", [says("12"), says("4", scope="combatants")], (0, 12)),
    ("bombing", [says("12"), says("4", scope="combatants"), says("8", scope="civilians")], (8, 12)),
    ("clash", [says("12")], (0, 12)),
    ("clash", [says("4", scope="combatants")], (None, None)),
    ("bombing", [says("2", scope="children")], (2, 2)),
    ("bombing", [says("12", stance="denies")], (None, None)),
    ("bombing", [], (None, None)),
]


@pytest.mark.parametrize(("kind", "statements", "span"), RANGES)
def test_deaths_of_civilians_are_a_range(
    kind: str, statements: list[Statement], span: tuple[int | None, int | None]
) -> None:
    view = ibc_view(account(*statements, kind=kind))
    assert (view.min_deaths, view.max_deaths) == span


def test_injuries_are_a_range_of_their_own() -> None:
    view = ibc_view(account(says("12"), says("30", prop="injured"), says("..50", "mayor", prop="injured")))
    assert (view.min_injuries, view.max_injuries) == (30, 50)


def test_who_is_left_out_is_said() -> None:
    view = ibc_view(account(says("12", scope="civilians"), says("3", scope="police")))
    assert "killed: 3 police (clinic, in Tarn Post) are in no figure" in view.remarks


def test_one_source_in_two_outlets_is_one() -> None:
    view = ibc_view(account(says("12"), says("12", outlet="Hill Wire")))
    assert any("one independent source" in words for words in view.remarks)
    assert view.media_sources == "Tarn Post; Hill Wire"


def test_witnesses_are_those_who_are_quoted() -> None:
    assert ibc_view(account(says("12"), says("12", "", outlet="Hill Wire"))).primary_witnesses == "clinic"
