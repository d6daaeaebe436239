"""Figures that no harm word governs are read as parts, or as the figure that a phrase sets."""

from __future__ import annotations

import pytest

from variorum.extract.tolls import find_tolls

Row = tuple[str, str, str]


@pytest.mark.parametrize(
    ("text", "told", "rows"),
    [
        (
            "Eleven people were killed: five women, four men and two children.",
            "",
            [("killed", "all", "11"), ("killed", "women", "5"), ("killed", "men", "4"), ("killed", "children", "2")],
        ),
        (
            "Eight of them were children and three were women.",
            "killed",
            [("killed", "children", "8"), ("killed", "women", "3")],
        ),
        ("Two of its patients are children.", "injured", [("injured", "children", "2")]),
        ("The press centre put the dead at eleven.", "", [("killed", "all", "11")]),
        ("A doctor put the wounded at 30 to 45.", "", [("injured", "all", "30..45")]),
        ("The union lowered its count of those killed in the attack to four.", "", [("killed", "all", "4")]),
        ("A list with the names of 22 dead was read out.", "", [("killed", "all", "22")]),
        ("Two of the trucks were destroyed and three were damaged.", "killed", []),
        ("Thousands marched on Tuesday; hundreds of them women.", "killed", []),
        ("The ministry employs 400 doctors; ninety of them are women.", "killed", []),
        ("Fifty of its patients were children.", "killed", []),
        ("The ministry put the dead of the ten-year war at 40,000.", "killed", []),
        ("They have three aims: two bridges, four roads and a port.", "killed", []),
    ],
)
def test_parts_and_set_figures(text: str, told: str, rows: list[Row]) -> None:
    assert [(toll.prop, toll.scope, toll.value) for toll in find_tolls(text, told)] == rows
