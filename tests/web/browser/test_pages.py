"""Every page of the site in a real browser: no error, no other machine asked, nothing that hinders people."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from bench.addresses import PAGES, Known, find_addresses
from bench.browsing import NARROW, WIDE
from playwright.sync_api import Page

from looking import OpenPage, ServeLedger, SharedPage
from thorough import THOROUGH, some
from variorum.ledger import Ledger
from variorum.pipeline import run
from variorum.pipeline.labels import make_labels
from variorum.web.asking import Route

NARROWEST = (320, 640)  # pixels: WCAG 1.4.10, reflow
AXE = files("axe_playwright_python") / "axe.min.js"
EVERY = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# What depends on colours or on the width: the rest cannot differ between two looks of one page.
LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"],
    }
}

pages = pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)


def find_violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Give what axe finds on a page, a line for every element."""
    found = page.evaluate("options => axe.run(document, options)", {**options, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {one['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"][:5]
    ]


def look(page: Page, scheme: Any, size: tuple[int, int]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})


@pages
def test_axe_finds_nothing_light_and_dark_wide_and_narrow(route: Route, shared_page: SharedPage, known: Known) -> None:
    page = shared_page()
    faults: list[str] = []
    axe = AXE.read_text(encoding="utf-8")
    for place, address in enumerate(some(find_addresses(route, known))):
        look(page, "light", WIDE)
        page.goto(address)
        page.evaluate(axe)
        # The colours of a page are those of its classes: of further examples of it they are looked at once.
        first = [("dark", NARROW, EVERY if THOROUGH else LOOKS), ("dark", WIDE, LOOKS), ("light", NARROW, LOOKS)]
        others = some(first) if place == 0 else [("dark", NARROW, LOOKS)]
        for scheme, size, options in (("light", WIDE, EVERY), *others):
            look(page, scheme, size)
            faults += [f"{address} {scheme} {size[0]} px: {one}" for one in find_violations(page, options)]
    assert not faults, "\n".join(faults)


@pages
def test_a_page_fits_a_narrow_window(route: Route, shared_page: SharedPage, known: Known) -> None:
    page = shared_page(narrow=True)
    for address in some(find_addresses(route, known)):
        look(page, "light", NARROW)
        page.goto(address)
        for size in (NARROW, NARROWEST):
            look(page, "light", size)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size[0], f"{address} is {width} pixels wide in a window of {size[0]}"


def test_a_title_without_a_space_makes_no_page_wider(
    open_page: OpenPage, serve_ledger: ServeLedger, tmp_path: Path
) -> None:
    text = "HODEIDAH, 3 June 2018 - Seven people were killed in an airstrike in Hodeidah on Saturday, medics said.\n"
    row = {"url": "https://a.example/1", "outlet": "o" * 900, "published": "2018-06-04", "title": "W" * 3000}
    given = tmp_path / "own.jsonl"
    given.write_text(json.dumps({**row, "text": text + "x" * 3000}) + "\n", encoding="utf-8")
    place = tmp_path / "own.db"
    with Ledger.open(place, create=True) as ledger:
        run([given], ledger, now="2031-05-03T10:00:00+00:00", workers=1)
        label = make_labels(ledger).events[next(iter(ledger.events())).id]
    page = open_page("about:blank", at=serve_ledger(place), narrow=True)
    for address in ("/", f"/events/{label}", "/reports", "/reports/R1", "/search?q=killed", "/sources"):
        look(page, "light", NARROWEST)
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST[0], address


# The records that a page names and the headings over them: what a person reads it for. Not what chooses keys.
NAMED = """main => [...main.querySelectorAll("h1, h2, h3, a[href^='/'], td, th")]
  .filter(one => one.checkVisibility() && one.closest("svg, .leaflet-container, .choose") === null)
  .map(one => one.tagName + " " + (one.pathname || "") + " " + (one.pathname ? "" : one.innerText.trim()))"""


@pages
def test_a_page_is_read_with_scripts_off(route: Route, shared_page: SharedPage, known: Known) -> None:
    on, off = shared_page(), shared_page(scripts=False)
    look(on, "light", WIDE)
    for address in some(find_addresses(route, known)):
        said = []
        for page in (on, off):
            page.goto(address)
            said.append(set(page.locator("main").evaluate(NAMED)))
        assert off.locator("h1").count() == 1, f"{address} has not one heading"
        assert said[0] - said[1] - {"A /keys "} == set(), f"{address} needs scripts"
