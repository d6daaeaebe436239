"""Draws sample maps and charts to one picture, to be looked at, and says which words a browser finds to overlap.

    python -m training.outlines.look out.png [--chromium /usr/bin/chromium]

It needs Playwright for Python and a Chromium; nothing is fetched.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

from variorum.show.charts import (
    EvidenceStep,
    Interval,
    Moment,
    TollPoint,
    draw_intervals,
    draw_timeline,
    draw_toll,
    draw_waterfall,
)
from variorum.show.map import MapView, draw_map
from variorum.show.spots import Spot, make_spot

ARGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll('text, .map-pin')].filter((n) => !n.classList.contains('map-number'))
    .map((n) => ({ t: n.textContent || 'pin', b: n.getBBox() }));
  return boxes.flatMap((p, i) => boxes.slice(i + 1).filter((q) => {
    const w = Math.min(p.b.x + p.b.width, q.b.x + q.b.width) - Math.max(p.b.x, q.b.x);
    const h = Math.min(p.b.y + p.b.height, q.b.y + q.b.height) - Math.max(p.b.y, q.b.y);
    return w > 1 && h > 4;
  }).map((q) => `${p.t} / ${q.t}`));
})"""


def maps() -> list[str]:
    """Give the sample maps."""
    sea = Spot("1", "launch area: “eastern Mediterranean”", "area", "launch", 34.6, 33.8, 70.0)
    many = [make_spot(f"gn:{id}", number=str(n)) for n, id in enumerate((170794, 169577, 173811, 170063, 169389), 1)]
    samples = [
        [make_spot("gn:170794;u=15000", number="1"), sea],
        [make_spot("ne:SY.idlib", number="2"), make_spot("gn:170063", number="1")],
        [make_spot("gn:1255634", number="1")],
        [make_spot("gn:281133", number="1")],
        [make_spot("gn:2988507", number="1"), make_spot("gn:756135", number="2")],
        [make_spot(f"gn:{id}", number=str(n)) for n, id in enumerate((3688689, 1138958, 2460596, 1701668), 1)],
    ]
    drawn = [draw_map(spots).svg for spots in samples]
    return [*drawn, draw_map(many, MapView(730, 380)).svg]


def charts() -> list[str]:
    """Give the sample charts."""
    toll = [
        TollPoint(datetime(2017, 9, 14, 12), 3, 3, "R4"),
        TollPoint(datetime(2017, 9, 14, 18), 3, 3, "R5", copy_of="R4"),
        TollPoint(datetime(2017, 9, 15, 8), 12, None, "R6"),
        TollPoint(datetime(2017, 9, 18, 10), 9, 11, "R9", revises="R6"),
    ]
    ranges = [Interval("500–670 km", 500, 670), Interval("500–650 km", 500, 650, settled=False)]
    steps = [
        EvidenceStep("before any evidence", -3.5),
        EvidenceStep("number of missiles: 7 and 7", 3.1),
        EvidenceStep("published two days apart", 1.2),
        EvidenceStep("weapon type: cruise and ballistic", -1.4),
    ]
    moments = [
        Moment("1", "a", date(2017, 9, 14), date(2017, 9, 14), lineages=4),
        Moment("2", "b", date(2017, 10, 5), date(2017, 10, 5), lineages=3),
        Moment("3", "c", date(2017, 9, 20), date(2017, 9, 24), "range"),
        Moment("4", "d", date(2017, 10, 10), date(2017, 10, 20), "about"),
        Moment("5", "e", date(2017, 9, 1), date(2017, 9, 30), "month"),
    ]
    return [draw_toll(toll), draw_intervals(ranges, unit="km"), draw_waterfall(steps, 1.4), draw_timeline(moments)]


def main() -> None:
    """Draw, look for words that overlap, write the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    args = parser.parse_args()
    page_text = "".join(f"<div>{svg}</div>" for svg in [*maps(), *charts()])
    css = "body{background:#fbfaf7;margin:8px}div{display:inline-block;margin:6px;border:1px solid #ccc;line-height:0}"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=args.chromium, args=ARGS)
        page = browser.new_page(viewport={"width": 1130, "height": 700})
        page.set_content(f"<!doctype html><meta charset=utf-8><style>{escape(css, quote=False)}</style>{page_text}")
        for overlap in page.evaluate(OVERLAPS):
            print("overlap:", overlap)
        page.screenshot(path=args.out, full_page=True)
        browser.close()
    print(args.out)


if __name__ == "__main__":
    main()
