"""Cells of a table, and what a spreadsheet would make of them."""

from __future__ import annotations

import pytest

from variorum.values.sheetcell import guard_cell


@pytest.mark.parametrize(
    "text", ["-2+3+cmd|' /C calc'!A0", "=1+1", "+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-", "--1", "-1e", "-1-1"]
)
def test_a_cell_that_would_be_run_is_made_text(text: str) -> None:
    assert guard_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-3", "-3.25", "-1e-05", "0", "Radio Sahel", "a=b", "2017-09-14"])
def test_a_number_and_words_stay_as_they_are(text: str) -> None:
    assert guard_cell(text) == text
