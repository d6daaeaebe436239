"""What a copy says otherwise: claims of both in, differences out."""

from __future__ import annotations

from typing import Any

from variorum.show.rewrites import find_rewrites


def claim(prop: str, value: str, scope: str | None = None, stance: str = "asserts") -> dict[str, Any]:
    return {"prop": prop, "value": value, "scope": scope, "stance": stance}


def words(original: list[dict[str, Any]], copy: list[dict[str, Any]], **options: bool) -> list[str]:
    return [row.words for row in find_rewrites(original, copy, **options)]


def test_another_value_is_told_with_both() -> None:
    assert words([claim("killed", "12", "all")], [claim("killed", "21", "all")]) == ["killed: 12 → 21"]


def test_what_both_say_is_not_told() -> None:
    assert words([claim("killed", "12", "all")], [claim("killed", "12")]) == []


def test_scopes_are_held_apart() -> None:
    original = [claim("killed", "12", "all"), claim("killed", "3", "children")]
    assert words(original, [claim("killed", "12", "all"), claim("killed", "5", "children")]) == [
        "killed (children): 3 → 5"
    ]


def test_what_a_copy_leaves_out_is_told_only_when_asked_for() -> None:
    original = [claim("killed", "12", "all"), claim("duration", "2 hour")]
    assert words(original, [claim("killed", "12", "all")]) == []
    assert words(original, [claim("killed", "12", "all")], left_out=True) == ["duration: 2 hours → left out"]


def test_a_denial_is_another_word_than_the_assertion() -> None:
    assert words([claim("killed", "12", "all")], [claim("killed", "12", "all", "denies")]) == [
        "killed: 12 → 12 (denied)"
    ]


def test_of_several_values_only_those_that_differ_are_told() -> None:
    original = [claim("target", "market"), claim("target", "school")]
    assert words(original, [claim("target", "market"), claim("target", "depot")]) == ["target: school → depot"]


def test_what_only_the_copy_states_is_added() -> None:
    assert words([], [claim("killed", "12", "all")]) == ["killed: 12 added"]
