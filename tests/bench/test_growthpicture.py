"""The picture of growth is an SVG that says its figures in words."""

from __future__ import annotations

from xml.etree import ElementTree

from bench.growthpicture import draw

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_says_every_figure() -> None:
    time = {"reading": {1000: 40.0, 10_000: 400.0}, "resolving": {1000: 7.0, 10_000: 70.0, 100_000: 750.0}}
    memory = {"reading": {1000: 150.0, 10_000: 160.0}, "resolving": {1000: 160.0, 10_000: 400.0, 100_000: 2200.0}}
    root = ElementTree.fromstring(draw(time, memory))
    said = root.findtext(f"{SVG}desc") or ""
    assert "resolving, MB, peak of the main process: 1,000 articles 160, 10,000 articles 400" in said
    assert len(root.findall(f"{SVG}circle")) == 10
    assert {"1,000", "10,000", "100,000", "reading"} <= {one.text for one in root.iter(f"{SVG}text")}
