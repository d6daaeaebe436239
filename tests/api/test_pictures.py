from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import variorum

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_is_an_svg_that_stands_alone(
    ledger: variorum.Ledger, bombing: variorum.Event, tmp_path: Path
) -> None:
    for picture in (ledger.map(), ledger.timeline(), bombing.plot()):
        root = ElementTree.parse(picture.save(tmp_path / "out.svg")).getroot()
        assert root.tag == SVG + "svg"
        assert root[0].tag == SVG + "rect"  # the paper: ink on a dark page could not be read
        assert "\n" not in repr(picture)
        assert picture.caption


def test_a_plot_has_a_chart_for_each_toll_and_a_map(bombing: variorum.Event) -> None:
    root = ElementTree.fromstring(bombing.plot()._repr_svg_())
    parts = [one.get("class") for one in root.iter(SVG + "svg")]
    assert parts == [None, None, "chart chart-toll", "chart chart-toll", "map"]


def test_the_number_on_a_mark_is_the_place_in_the_list(ledger: variorum.Ledger, bombing: variorum.Event) -> None:
    place = list(ledger.events()).index(bombing)
    assert f">{place} · 8 Nov<" in ledger.timeline().svg
    assert "2 events without a day" in ledger.timeline().caption


def test_what_has_no_place_is_told_beside_the_map(ledger: variorum.Ledger) -> None:
    placeless = sum(event.place is None for event in ledger.events())
    assert placeless
    assert f"{placeless} events of no stated place" in ledger.map().caption


def test_where_there_is_nothing_to_draw_that_is_said(ledger: variorum.Ledger) -> None:
    nowhere = next(event for event in ledger.events() if event.place is None and not event.toll)
    assert nowhere.plot().svg == ""
    assert "Nothing to draw" in nowhere.plot()._repr_html_()
    assert ElementTree.fromstring(nowhere.plot()._repr_svg_()).tag == SVG + "svg"
