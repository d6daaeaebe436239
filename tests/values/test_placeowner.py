"""Names that say whose or of where something is."""

from __future__ import annotations

import pytest

from variorum.values.place import find_place_names, find_places


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Syrian and US officials met in Damascus.", ["Syrian", "US", "Damascus"]),
        ("The Ohio Department of Health met in Columbus, Ohio.", ["Ohio", "Columbus", "Ohio"]),
        ("Police closed Georgia Avenue after the crash.", []),
    ],
)
def test_every_name_is_found(text: str, names: list[str]) -> None:
    assert [found.raw for found in find_place_names(text)] == names


def test_nothing_is_said_to_be_there() -> None:
    text = "Syrian and US officials met in Damascus."
    assert {f.raw for f in find_place_names(text) if f.extra.get("metonym")} == {"Syrian", "US"}
    assert [found.raw for found in find_places(text)] == ["Damascus"]
