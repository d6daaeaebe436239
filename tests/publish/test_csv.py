"""Cells that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from variorum.publish.csv import line


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5 killed", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_a_spreadsheet_would_run_is_marked(text: str) -> None:
    assert next(csv.reader(io.StringIO(line([text]), newline=""))) == ["'" + text]


@pytest.mark.parametrize("value", [-5, 1.5, "plain", 'a "quote", a comma', "two\nlines", "٣ قتلى"])
def test_everything_else_is_read_back_as_it_was(value: object) -> None:
    assert next(csv.reader(io.StringIO(line([value]), newline=""))) == [str(value)]
