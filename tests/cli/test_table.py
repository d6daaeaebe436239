"""Tables on a terminal and in a pipe; short names."""

from __future__ import annotations

import json

import pytest

from variorum.cli.table import emit, lay_out
from variorum.pipeline.labels import shorten
from variorum.show.textcells import fit, width
from variorum.show.words import plain


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("戦争", 4), ("", 0), ("حلب", 3)])
def test_width_counts_columns_and_not_characters(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "size", "shown"),
    [("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("戦争と", 4, "戦… "), ("abc", 3, "abc"), ("", 2, "  ")],
)
def test_fit_pads_or_cuts(text: str, size: int, shown: str) -> None:
    assert fit(text, size) == shown


def test_numbers_stand_on_the_right(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"a": 5, "b": "x"}, {"a": 12, "b": "y"}], {"a": "A", "b": "B"}, None)
    assert capsys.readouterr().out == " A  B\n 5  x\n12  y\n"


def test_nothing_is_cut_in_a_pipe() -> None:
    long = "word " * 200
    assert long.strip() in list(lay_out([["a", long]], ["A", "B"]))[1]


@pytest.mark.parametrize("sign", ["\x1b[31m", "\u202e", "\x07", "\u2066"])
def test_a_title_cannot_send_control_characters_to_the_terminal(sign: str) -> None:
    assert sign[0] not in plain(f"a{sign}b")


def test_a_line_break_in_a_cell_does_not_break_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"a": "one\ntwo"}], {"a": "A"}, None)
    assert capsys.readouterr().out == "A\none two\n"


def test_json_keeps_what_the_table_cannot_show(capsys: pytest.CaptureFixture[str]) -> None:
    emit([{"a": "one\ntwo", "more": [1]}], {"a": "A"}, "json")
    assert json.loads(capsys.readouterr().out) == [{"a": "one\ntwo", "more": [1]}]


def test_a_label_is_the_shortest_beginning_that_no_other_has() -> None:
    assert shorten(["evt_AAAA1111", "evt_AAAA2222", "evt_BBBB3333"]) == {
        "evt_AAAA1111": "EV-AAAA1",
        "evt_AAAA2222": "EV-AAAA2",
        "evt_BBBB3333": "EV-BBBB",
    }
