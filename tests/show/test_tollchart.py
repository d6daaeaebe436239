from __future__ import annotations

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

from variorum.show.tollchart import TOLL_HEADS, TollPoint, draw_toll, toll_rows

SVG = "{http://www.w3.org/2000/svg}"


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2017, 9, day, hour)


DOCTOR = TollPoint(at(14, 12), 3, 3, "R4", said_by="a doctor")
COPY = TollPoint(at(14, 18), 3, 3, "R5", copy_of="R4")
MONITOR = TollPoint(at(15, 8), 12, None, "R6")
UPDATE = TollPoint(at(18, 10), 9, 11, "R9", revises="R6")
ALL = [UPDATE, COPY, DOCTOR, MONITOR]


def drawn(points: list[TollPoint]) -> ElementTree.Element:
    return ElementTree.fromstring(draw_toll(points))


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def number(node: ElementTree.Element, name: str) -> float:
    return float(node.get(name, "nan"))


def test_the_rows_hold_every_figure_in_the_order_of_publication() -> None:
    rows = toll_rows(ALL)
    assert [row[2] for row in rows] == ["R4", "R5", "R6", "R9"]
    assert [row[1] for row in rows] == ["3", "3", "at least 12", "9–11"]
    assert [row[4] for row in rows] == ["", "copy of R4", "", "revises R6"]
    assert all(len(row) == len(TOLL_HEADS) for row in rows)


def test_a_copy_is_a_hollow_dot_and_moves_no_line() -> None:
    root = drawn(ALL)
    assert len(of_class(root, "chart-dot")) == 4
    (copy,) = of_class(root, "chart-copy")
    assert copy.get("fill") == "#fff"
    assert len(of_class(drawn([DOCTOR, MONITOR, UPDATE]), "chart-line")) == len(of_class(root, "chart-line"))


def test_a_revision_is_a_dashed_drop() -> None:
    (drop,) = of_class(drawn(ALL), "chart-revision")
    assert drop.get("stroke-dasharray")
    assert number(drop, "y2") > number(drop, "y1")


def test_a_range_is_a_band_as_high_as_the_range() -> None:
    root = drawn([*ALL, TollPoint(at(19), 4, 14, "R10")])
    heights = [number(node, "height") for node in of_class(root, "chart-band")]
    assert len(heights) == 2
    assert abs(heights[1] / heights[0] - 5) < 0.1


def test_at_least_is_open_above() -> None:
    assert len(of_class(drawn(ALL), "chart-open")) == 1


def test_every_figure_is_labelled_with_its_report() -> None:
    words = ["".join(node.itertext()) for node in of_class(drawn(ALL), "chart-label")]
    assert sorted(words) == ["3 R4", "R5", "at least 12 R6", "↻ 9–11 R9"]


def test_more_people_are_higher_and_later_is_to_the_right() -> None:
    dots = of_class(drawn([DOCTOR, MONITOR]), "chart-dot")
    assert number(dots[0], "cy") > number(dots[1], "cy")
    assert number(dots[0], "cx") < number(dots[1], "cx")


def test_reports_names_are_escaped() -> None:
    svg = draw_toll([TollPoint(at(14), 1, 1, "<script>alert(1)</script>")])
    assert "<script" not in svg
    assert not re.search(r"style=|url\(", svg)


def test_one_figure_none_and_many_do_not_break_it() -> None:
    assert draw_toll([]) == ""
    assert len(of_class(drawn([DOCTOR]), "chart-dot")) == 1
    many = [TollPoint(at(1) + timedelta(hours=i), i, i + 3, f"R{i}") for i in range(400)]
    assert len(of_class(drawn(many), "chart-dot")) == 400
    assert draw_toll([TollPoint(at(1), 0, 0, "R1")])
    assert draw_toll([TollPoint(at(1), 1_000_000, 2_000_000, "R1"), TollPoint(datetime(2020, 1, 1), 5, 5, "R2")])


def test_no_line_strikes_a_label_through() -> None:
    first, second = TollPoint(at(8), 30, None, "R14"), TollPoint(at(9), 36, 44, "R15", revises="R14")
    injured = [first, second, TollPoint(at(10), 44, 44, "R5"), TollPoint(at(15), 44, 44, "R16")]
    killed = [TollPoint(at(8), 12, None, "R14"), TollPoint(at(9), 19, 19, "R15"), TollPoint(at(15), 21, 21, "R16")]
    for root in (drawn(injured), drawn(killed), drawn(ALL)):
        lines = [[number(line, name) for name in ("x1", "y1", "x2", "y2")] for line in of_class(root, "chart-line")]
        assert len(of_class(root, "chart-label")) >= 3
        for label in of_class(root, "chart-label"):
            wide = 6.6 * len("".join(label.itertext()))
            left = number(label, "x") - {"start": 0.0, "middle": wide / 2, "end": wide}[label.get("text-anchor", "")]
            low, high = number(label, "y") - 9, number(label, "y") + 2
            for x1, y1, x2, y2 in lines:
                beside = max(x1, x2) <= left or min(x1, x2) >= left + wide
                assert beside or max(y1, y2) <= low or min(y1, y2) >= high, "".join(label.itertext())
