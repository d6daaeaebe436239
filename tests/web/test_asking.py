"""The parameters of an address: what is given in, what the page sees out."""

from __future__ import annotations

import pytest

from variorum.errors import UsageError
from variorum.web.asking import Page, Parameter, Route, read_query

ROUTE = Route(
    "/x",
    "x",
    "",
    lambda asked: Page("x.html", "x", {}),
    (
        Parameter("q", "text", ""),
        Parameter("since", "day", ""),
        Parameter("page", "count", ""),
        Parameter("state", "choice", "", ("revised", "single")),
        Parameter("kind", "text", "", many=True),
    ),
)


def test_parameters_are_given_as_they_are_checked() -> None:
    given = [("q", " a b "), ("since", "20170914"), ("kind", "strike"), ("kind", "clash"), ("as_of", "2017-09-20")]
    assert read_query(ROUTE, given) == {
        "q": ("a b",),
        "since": ("2017-09-14",),
        "kind": ("strike", "clash"),
        "as_of": ("2017-09-20",),
    }


def test_an_empty_parameter_is_as_if_not_given() -> None:
    assert read_query(ROUTE, [("since", ""), ("q", "  ")]) == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nosuch", "1"),
        ("since", "yesterday"),
        ("since", "2017-13-01"),
        ("page", "-1"),
        ("page", "٣"),
        ("page", "9" * 40),
        ("state", "<script>"),
        ("q", "a\0b"),
        ("q", "x" * 301),
        ("as_of", "2017"),
    ],
)
def test_what_cannot_be_used_is_refused(name: str, value: str) -> None:
    with pytest.raises(UsageError):
        read_query(ROUTE, [(name, value)])


def test_a_parameter_that_stands_once_is_refused_twice() -> None:
    with pytest.raises(UsageError, match="twice"):
        read_query(ROUTE, [("q", "a"), ("q", "b")])
