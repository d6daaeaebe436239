"""Titles of events."""

from __future__ import annotations

import pytest

from told import Fact, Happening, said_in, tell
from variorum.resolve.settle import settle
from variorum.resolve.title import make_title

DAY, CRUISE = Fact("date", "2031-09-14"), Fact("weapon", "missile.cruise")
TOWN = Fact("place", "geo:35.3,40.1;u=15000")


@pytest.mark.parametrize(
    ("kind", "facts", "title"),
    [
        ("strike", [], "Strike"),
        ("strike", [DAY], "Strike, 14 September 2031"),
        ("strike", [CRUISE, Fact("munitions", "7"), DAY], "Strike with cruise missiles, 14 September 2031"),
        ("strike", [CRUISE, Fact("munitions", "1")], "Strike with a cruise missile"),
        ("strike", [CRUISE, TOWN], "Strike with cruise missiles in 35.3,40.1"),
        ("talks", [CRUISE, DAY], "Talks, 14 September 2031"),
        ("strike", [Fact("date", "2031-09-14", stance="denies")], "Strike"),
    ],
)  # fmt: skip
def test_a_title(kind: str, facts: list[Fact], title: str) -> None:
    assert make_title(kind, settle(said_in(tell("One", Happening(kind, facts))))) == title
