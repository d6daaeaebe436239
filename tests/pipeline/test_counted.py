"""The problems of an archive's pages go by the archive."""

from __future__ import annotations

import pytest

from variorum.model import Problem
from variorum.pipeline.counted import file_of


@pytest.mark.parametrize(
    "inside",
    ["line 3", "byte 3", "pages", "page https://osk.example/a", "page https://osk.example/a b, page c", "page "],
)
def test_a_row_is_of_the_file_in_which_its_place_lies(inside: str) -> None:
    assert file_of(Problem(f"a.warc.gz, {inside}", "no-text", "", "", "2031-04-01T00:00:00Z")) == "a.warc.gz"
