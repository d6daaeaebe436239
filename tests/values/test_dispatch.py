"""Values by schema type."""

from __future__ import annotations

import pytest

from variorum.schema import ValueType
from variorum.values import compare, interval, show


@pytest.mark.parametrize(
    ("type", "value", "bounds"),
    [
        ("count", "12..", (12, None)),
        ("quantity", "500..670 km", (500.0, 670.0)),
        ("date", "2017-09", ("2017-09-01", "2017-09-30")),
        ("text", "gas leak", None),
        ("name", "Islamic State", None),
    ],
)
def test_bounds_are_asked_of_the_module_of_the_type(type: ValueType, value: str, bounds: object) -> None:
    assert interval(type, value) == bounds


@pytest.mark.parametrize(
    ("type", "left", "right", "word"),
    [
        ("count", "39", "39..", "inside"),
        ("quantity", "2 year", "~3 year", "disjoint"),
        ("date", "2017-09-14", "2017-09", "inside"),
        ("text", "Gas leak", "gas leak ", "equal"),
        ("text", "gas leak", "a leak of gas", "unknown"),
    ],
)
def test_comparison_is_asked_of_the_module_of_the_type(type: ValueType, left: str, right: str, word: str) -> None:
    assert compare(type, left, right) == word


@pytest.mark.parametrize(
    ("type", "value", "words"),
    [
        ("count", "39..", "at least 39"),
        ("quantity", "~3 year", "about 3 years"),
        ("date", "2017-09-14", "14 September 2017"),
        ("text", "gas leak", "gas leak"),
    ],
)
def test_wording_is_asked_of_the_module_of_the_type(type: ValueType, value: str, words: str) -> None:
    assert show(type, value) == words
