"""Lines that tease videos. All lines are invented."""

from __future__ import annotations

import pytest

from variorum.values.teasers import is_teaser, without_teasers


@pytest.mark.parametrize("line", ["1:23 Mayor opens the new bridge", "0:45 Sheep cross Main Street Pause"])
def test_a_running_time_with_a_title_is_a_teaser(line: str) -> None:
    assert is_teaser(line)


@pytest.mark.parametrize(
    "line",
    [
        "6:30 p.m.",
        "12:15 Shots were fired at the gate.",
        "Two hurt at the gate",
        "10:30 a.m. Police arrive",
        "11:20 Drone kills four in Orun",
        "9:05 “They are gone,” he said, “all of them”",
    ],
)
def test_a_line_of_the_report_is_none(line: str) -> None:
    assert not is_teaser(line)


def test_a_text_loses_its_teasers_alone() -> None:
    assert without_teasers("Two hurt\n1:23 Mayor opens the new bridge\nThey live.") == "Two hurt\nThey live."
