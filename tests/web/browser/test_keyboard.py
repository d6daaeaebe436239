"""Every page by the keyboard alone: Tab reaches all that can be used, in order, and each is seen to be reached."""

from __future__ import annotations

import pytest
from bench.addresses import PAGES, Known, find_addresses
from playwright.sync_api import Page

from looking import OpenPage
from thorough import THOROUGH
from variorum.web.asking import Route

MOST = 60  # presses of Tab on one page
WITHIN_A_DATE = 3  # stops of Tab that Chromium adds in the field of a day: month, year, calendar
# Those on which people work; the others are lists and texts in the same frame.
WORKED_ON = ("event", "review", "report", "search", "decide")
some_pages = pytest.mark.parametrize(
    "route", [one for one in PAGES if THOROUGH or one.name in WORKED_ON], ids=lambda route: route.name
)

# Numbers what Tab should reach, in the order of the document, and notes what it does reach. A group of radio buttons is
# one stop. Beside the number: whether the focus is drawn, and whether what has it is within the window.
WATCH = """() => {
  const usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(one => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility({
      visibilityProperty: true }));
  const groups = new Set();
  const stops = usable.filter(one => {
    if (one.type !== "radio") { return true; }
    const first = !groups.has(one.name);
    groups.add(one.name);
    return first;
  });
  usable.forEach(one => { one.dataset.stop = String(stops.findIndex(
    stop => stop === one || (one.type === "radio" && stop.type === "radio" && stop.name === one.name))); });
  window.reached = [];
  document.addEventListener("focusin", event => {
    const style = getComputedStyle(event.target), box = event.target.getClientRects()[0];
    const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    const within = box !== undefined && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth;
    const name = event.target.outerHTML.slice(0, 120);
    window.reached.push([Number(event.target.dataset.stop ?? -1), drawn, within, name]);
  });
  const dates = document.querySelectorAll("input[type=date]").length;
  return [stops.length, usable.filter(one => one.tabIndex > 0).length, dates];
}"""


@some_pages
def test_tab_reaches_everything_in_reading_order_and_is_seen(route: Route, page: Page, known: Known) -> None:
    address = find_addresses(route, known)[0]
    page.goto(address)
    count, reordered, dates = page.evaluate(WATCH)
    assert reordered == 0, f"{address} changes the order of Tab"
    count = min(count, MOST)
    for _ in range(count + dates * WITHIN_A_DATE):
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")[:count]  # after the last it begins anew
    order = [stop for stop, *_ in reached]
    astray = next((place for place, stop in enumerate(order) if place != stop), len(order))
    assert order == list(range(count)), f"{address}: after {reached[max(0, astray - 1) :][:2]}"
    assert [name for _, drawn, _, name in reached if not drawn] == [], f"{address}: the focus is not seen"
    assert [name for _, _, within, name in reached if not within] == [], f"{address}: the focus is out of sight"


@some_pages
def test_nothing_holds_the_keyboard(route: Route, page: Page, known: Known) -> None:
    page.goto(find_addresses(route, known)[0])
    page.evaluate(WATCH)
    for _ in range(3):
        page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    order = [stop for stop, *_ in page.evaluate("window.reached")]
    assert order == [0, 1, 2, 1, 0]


def test_the_first_link_leads_past_the_head_of_the_page(open_page: OpenPage, known: Known) -> None:
    page = open_page(f"/events/{known.event}")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "To the page itself"
    assert skip.bounding_box() is not None
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
