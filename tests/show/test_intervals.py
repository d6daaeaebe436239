from __future__ import annotations

from xml.etree import ElementTree

from variorum.show.intervals import INTERVAL_HEADS, Interval, draw_intervals, interval_rows

MINISTRY = Interval("500–670 km", 500, 670, "R1, R4")
ANALYST = Interval("500–650 km", 500, 650, "R7", settled=False)
OPEN = Interval("at least 600 km", 600, None)


def bars(intervals: list[Interval]) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(draw_intervals(intervals, unit="km"))
    return [node for node in root.iter() if "chart-bar" in node.get("class", "").split()]


def test_bars_are_as_long_as_their_ranges() -> None:
    first, second = (float(bar.get("width", "0")) for bar in bars([MINISTRY, ANALYST]))
    assert abs(first / second - 170 / 150) < 0.01


def test_bars_lie_on_one_axis() -> None:
    first, second, third = bars([MINISTRY, ANALYST, OPEN])
    assert first.get("x") == second.get("x")
    assert float(third.get("x", "0")) > float(first.get("x", "0"))


def test_what_stands_against_the_settled_value_differs_in_form_too() -> None:
    settled, against = bars([MINISTRY, ANALYST])
    assert settled.get("stroke-dasharray") is None
    assert against.get("stroke-dasharray")


def test_an_open_range_ends_in_an_arrow() -> None:
    assert "chart-open" in draw_intervals([MINISTRY, OPEN])
    assert "chart-open" not in draw_intervals([MINISTRY])


def test_the_ends_of_the_axis_are_written() -> None:
    svg = draw_intervals([MINISTRY, ANALYST], unit="km")
    assert ">500<" in svg
    assert ">670 km<" in svg


def test_the_rows_say_the_same() -> None:
    rows = interval_rows([MINISTRY, OPEN])
    assert rows == [("500–670 km", "500", "670", "R1, R4"), ("at least 600 km", "600", "open", "")]
    assert len(rows[0]) == len(INTERVAL_HEADS)


def test_points_and_hostile_words_do_not_break_it() -> None:
    assert draw_intervals([]) == ""
    assert draw_intervals([Interval("7", 7, 7), Interval("7", 7, 7)])
    assert draw_intervals([Interval("0", 0, 0)])
    assert "<b>" not in draw_intervals([Interval("<b>", 1, 2)], labels=True, width=300)
