from __future__ import annotations

import time
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from variorum.show.timelinestrip import SINGLY, TIMELINE_HEADS, Moment, dot_radius, draw_timeline, timeline_rows

DAY = Moment("1", "Strike", date(2017, 9, 14), date(2017, 9, 14), lineages=4)
RANGE = Moment("2", "Shelling", date(2017, 9, 20), date(2017, 9, 24), "range")
ABOUT = Moment("3", "Raid", date(2017, 10, 10), date(2017, 10, 20), "about")
MONTH = Moment("4", "Blast", date(2017, 9, 1), date(2017, 9, 30), "month")


def of_class(svg: str, name: str) -> list[ElementTree.Element]:
    return [node for node in ElementTree.fromstring(svg).iter() if name in node.get("class", "").split()]


def many(count: int, days: int) -> list[Moment]:
    start = date(2012, 1, 1)
    return [Moment(str(i), "e", d, d) for i in range(count) for d in (start + timedelta(days=i * 7919 % days),)]


def test_how_exact_a_date_is_shows_in_its_form() -> None:
    svg = draw_timeline([DAY, RANGE, ABOUT, MONTH])
    assert len(of_class(svg, "chart-dot")) == 1
    assert len(of_class(svg, "chart-fade")) == 6
    assert of_class(svg, "chart-hollow")[0].get("fill") == "none"
    assert len(of_class(svg, "chart-bar")) == 2


def test_a_range_is_as_long_as_its_days() -> None:
    svg = draw_timeline([RANGE, MONTH])
    bar, hollow = of_class(svg, "chart-bar")[0], of_class(svg, "chart-hollow")[0]
    assert float(hollow.get("width", "0")) / float(bar.get("width", "0")) == pytest.approx(6, rel=0.02)


def test_a_dot_grows_with_its_lineages() -> None:
    assert dot_radius(1) < dot_radius(2) < dot_radius(9) == dot_radius(50)


def test_one_lineage_alone_is_a_hollow_dot() -> None:
    single = Moment("1", "x", DAY.first, DAY.last)
    assert of_class(draw_timeline([single]), "chart-dot")[0].get("fill") == "#fff"


def test_many_events_are_counted_and_none_is_lost() -> None:
    svg = draw_timeline(many(5000, 3000))
    assert not of_class(svg, "chart-dot")
    titles = [node[0].text or "" for node in of_class(svg, "chart-bin")]
    assert sum(int(title.rsplit(": ", 1)[1].split()[0]) for title in titles) == 5000
    assert len(svg) < 40_000


def test_up_to_sixty_events_are_drawn_one_by_one() -> None:
    assert len(of_class(draw_timeline(many(SINGLY, 90)), "chart-dot")) == SINGLY
    assert of_class(draw_timeline(many(SINGLY + 1, 90)), "chart-bin")


def test_five_thousand_events_are_drawn_in_well_under_a_second() -> None:
    start = time.process_time()
    draw_timeline(many(5000, 3000))
    assert time.process_time() - start < 0.5


def test_the_rows_hold_every_event_earliest_first() -> None:
    rows = timeline_rows([ABOUT, DAY, MONTH])
    assert [row[0] for row in rows] == ["4", "1", "3"]
    assert rows[0] == ("4", "Blast", "2017-09-01", "2017-09-30", "month", "1")
    assert len(rows[0]) == len(TIMELINE_HEADS)


def test_titles_are_escaped_and_links_make_it_a_group() -> None:
    svg = draw_timeline([Moment("1", "<script>", DAY.first, DAY.last, href="/events/E1")])
    assert "<script" not in svg
    assert ElementTree.fromstring(svg).get("role") == "group"
    assert ElementTree.fromstring(draw_timeline([DAY])).get("role") == "img"


@pytest.mark.parametrize(
    ("first", "last"),
    [(date.min, date.min), (date.max, date.max), (date.min, date.max), (date(2017, 1, 1), date(2017, 1, 1))],
)
def test_the_ends_of_the_calendar_do_not_break_it(first: date, last: date) -> None:
    assert draw_timeline([Moment("1", "x", first, last, "range")])
    assert draw_timeline([Moment(str(i), "x", first, last, "range") for i in range(100)])


def test_no_event_is_no_strip() -> None:
    assert draw_timeline([]) == ""
