"""Every page of the site in a real browser: no error, no other machine asked, nothing that hinders people."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from bench.addresses import PAGES, Known, find_addresses
from bench.browsing import NARROW, WIDE
from playwright.sync_api import Page

from looking import OpenPage
from variorum.web.asking import Route

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
def test_axe_finds_nothing_light_and_dark_wide_and_narrow(route: Route, page: Page, known: Known) -> None:
    faults: list[str] = []
    axe = AXE.read_text(encoding="utf-8")
    for place, address in enumerate(find_addresses(route, known)):
        look(page, "light", WIDE)
        page.goto(address)
        page.evaluate(axe)
        # The colours of a page are those of its classes: of further examples of it they are looked at once.
        first = (("dark", WIDE, LOOKS), ("light", NARROW, LOOKS), ("dark", NARROW, EVERY))
        for scheme, size, options in (("light", WIDE, EVERY), *(first if place == 0 else (("dark", NARROW, LOOKS),))):
            look(page, scheme, size)
            faults += [f"{address} {scheme} {size[0]} px: {one}" for one in find_violations(page, options)]
    assert not faults, "\n".join(faults)


@pages
def test_a_page_fits_a_narrow_window(route: Route, open_page: OpenPage, known: Known) -> None:
    page = open_page("about:blank", narrow=True)
    for address in find_addresses(route, known):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW[0], f"{address} is {width} pixels wide"


# The records that a page names and the headings over them: what a person reads it for. Not what chooses keys.
NAMED = """main => [...main.querySelectorAll("h1, h2, h3, a[href^='/'], td, th")]
  .filter(one => one.checkVisibility() && one.closest("svg, .leaflet-container, .choose") === null)
  .map(one => one.tagName + " " + (one.pathname || "") + " " + (one.pathname ? "" : one.innerText.trim()))"""


@pages
def test_a_page_is_read_with_scripts_off(route: Route, open_page: OpenPage, known: Known) -> None:
    on, off = open_page("about:blank"), open_page("about:blank", scripts=False)
    for address in find_addresses(route, known):
        said = []
        for page in (on, off):
            page.goto(address)
            said.append(set(page.locator("main").evaluate(NAMED)))
        assert off.locator("h1").count() == 1, f"{address} has not one heading"
        assert said[0] - said[1] - {"A /keys "} == set(), f"{address} needs scripts"
