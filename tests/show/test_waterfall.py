from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from variorum.show.waterfall import EVIDENCE_HEADS, EvidenceStep, draw_waterfall, signed, waterfall_rows

STEPS = [
    EvidenceStep("before any evidence", -3.5),
    EvidenceStep("number of missiles", 3.1, "7", "7"),
    EvidenceStep("published", 1.2),
    EvidenceStep("weapon type", -1.4, "cruise", "ballistic"),
]


def of_class(svg: str, name: str) -> list[ElementTree.Element]:
    return [node for node in ElementTree.fromstring(svg).iter() if name in node.get("class", "").split()]


def test_each_bar_starts_where_the_one_before_ended() -> None:
    bars = of_class(draw_waterfall(STEPS), "chart-bar")
    edges = [(float(b.get("x", "0")), float(b.get("x", "0")) + float(b.get("width", "0"))) for b in bars]
    for (before, first), (after, second) in pairwise(zip(edges, STEPS)):
        end = before[1] if first.weight > 0 else before[0]
        start = after[0] if second.weight > 0 else after[1]
        assert end == pytest.approx(start, abs=0.2)


def test_for_and_against_differ_by_sign_and_by_class() -> None:
    svg = draw_waterfall(STEPS)
    assert len(of_class(svg, "chart-for")) == 2
    assert len(of_class(svg, "chart-against")) == 2
    assert [node.text for node in of_class(svg, "chart-weight")] == ["−3.5", "+3.1", "+1.2", "−1.4"]


def test_the_line_of_what_is_needed_is_dashed_and_named() -> None:
    svg = draw_waterfall(STEPS, needs=1.4)
    assert of_class(svg, "chart-needs")[0].get("stroke-dasharray")
    assert of_class(svg, "chart-total")[0].text == "total −0.6; joined from +1.4 on"


def test_no_share_of_a_hundred_is_shown() -> None:
    assert "%" not in draw_waterfall(STEPS)


def test_the_rows_end_in_the_total() -> None:
    rows = waterfall_rows(STEPS)
    assert rows[1] == ("number of missiles", "7", "7", "+3.1")
    assert rows[-1] == ("total", "", "", "−0.6")
    assert {len(row) for row in rows} == {len(EVIDENCE_HEADS)}


def test_nothing_and_hostile_words_do_not_break_it() -> None:
    assert draw_waterfall([]) == ""
    assert "<i>" not in draw_waterfall([EvidenceStep("<i>" * 40, 0.0)])
    assert signed(0.01) == "0.0"


def test_no_number_stands_on_the_dashed_line() -> None:
    svg = draw_waterfall([EvidenceStep("before any evidence", -4.3), EvidenceStep("place", 5.5)], needs=1.4)
    (line,) = of_class(svg, "chart-needs")
    for number in of_class(svg, "chart-weight"):
        left = float(number.get("x", "nan"))
        assert not left - 1 < float(line.get("x1", "nan")) < left + 30
