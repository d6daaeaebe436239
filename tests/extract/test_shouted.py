"""Names of several words in lines without case. Every name is invented."""

from __future__ import annotations

from variorum.extract.shouted import find_lines, find_shouted

LOWER = ["baker", "killed", "in", "bombing"]


def test_a_name_in_capitals_is_found() -> None:
    found = find_shouted(["BAKER VIKTOR HALVORSEN KILLED IN HOMS BOMBING"], LOWER)
    assert [one.words for one in found] == ["Viktor Halvorsen"]


def test_a_headline_without_a_name_has_none() -> None:
    assert find_shouted(["CAR BOMB KILLS FIVE IN HOMS MARKET", "five killed in homs market"], LOWER) == []


def test_the_lines_are_the_title_and_those_in_capitals() -> None:
    assert find_lines("A title", "ONE LINE\nTwo lines\nONE LINE") == ["A title", "ONE LINE"]
