"""The explorer in a real browser: map, list and line of time are of the same events and lead to each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from bench.browsing import Noticed
from playwright.sync_api import Page, expect

from looking import OpenPage

READY = "body[data-explorer=ready] #map[data-ready='1']"
Explore = Callable[..., Page]


@pytest.fixture
def explore(open_page: OpenPage, noticed: Noticed) -> Explore:
    """Open a page of the explorer and wait for its map."""
    noticed.forgive(r"/live\.json")

    def opened(path: str, **options: bool) -> Page:
        page = open_page(path, **options)
        page.wait_for_selector(READY)
        return page

    return opened


def numbers(page: Page) -> list[str]:
    return page.locator(".events tbody tr").evaluate_all("rows => rows.map(row => row.dataset.number)")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_the_map_of_the_browser_takes_the_place_of_the_drawn_one(explore: Explore) -> None:
    page = explore("/")
    assert page.locator("#map canvas").count() == 1
    assert not page.locator("#drawn").is_visible()
    pins = page.evaluate("fetch('/map.json').then(answer => answer.json()).then(data => data.events.length)")
    assert page.locator("#map").get_attribute("data-pins") == str(pins)


def test_without_scripts_there_is_a_drawn_map_and_the_form_filters(open_page: OpenPage, noticed: Noticed) -> None:
    page = open_page("/", scripts=False)
    assert page.locator("#drawn svg").is_visible()
    page.locator("#filters summary").click()
    page.locator("#f-kind").select_option("strike")
    page.get_by_role("button", name="Show", exact=True).click()
    assert query(page)["kind"] == ["strike"]
    assert 0 < len(numbers(page)) < 27


def test_a_filter_changes_the_list_in_place_and_keeps_the_focus(explore: Explore) -> None:
    page = explore("/")
    page.evaluate("window.same = true")
    page.locator("#filters summary").click()
    page.locator("#f-q").fill("strike")
    page.locator("#f-q").press("Enter")
    expect(page.locator("#off-q")).to_be_visible()
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement.id") == "f-q"
    assert query(page) == {"q": ["strike"]}
    expect(page.locator("#said")).to_contain_text(f"{len(numbers(page))} events")
    pins = page.evaluate("fetch('/map.json?q=strike').then(answer => answer.json()).then(data => data.events.length)")
    expect(page.locator("#map")).to_have_attribute("data-pins", str(pins))
    page.go_back()
    expect(page.locator("#off-q")).to_have_count(0)
    assert len(numbers(page)) == 27


def test_what_cannot_be_used_is_told_beside_the_form(explore: Explore, noticed: Noticed) -> None:
    noticed.forgive("400")
    page = explore("/")
    page.locator("#filters summary").click()
    page.locator("#f-place").fill("Nowhereville")
    page.locator("#f-place").press("Enter")
    expect(page.locator("#notes")).to_contain_text("the gazetteer knows no place Nowhereville")
    assert page.locator("#f-place").input_value() == "Nowhereville"


def test_a_row_that_is_looked_at_is_marked_on_the_line_of_time(explore: Explore) -> None:
    page = explore("/")
    page.locator("#e3").hover()
    assert page.locator("#strip a.on").evaluate_all("links => links.map(link => link.getAttribute('href'))") == ["#e3"]
    page.locator("#e4 a").focus()
    assert page.locator("#strip a.on").evaluate_all("links => links.map(link => link.getAttribute('href'))") == ["#e4"]


def test_a_mark_on_the_line_of_time_leads_to_its_row(explore: Explore) -> None:
    page = explore("/")
    page.locator("#strip a[href='#e20']").click()
    assert "on" in (page.locator("#e20").get_attribute("class") or "")
    assert page.locator("#e20").evaluate("row => row.contains(document.activeElement)")


def test_a_pin_leads_to_its_row_also_on_another_page_of_the_list(explore: Explore) -> None:
    data = explore("/map").evaluate("fetch('/map.json').then(answer => answer.json())")
    number, _, lat, lon, *_ = data["events"][-1]
    page = explore(f"/?size=5#map=9/{lat}/{lon}")
    box = page.locator("#map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(f"#e{number}")).to_have_class("on")
    assert query(page)["page"] == [str(-(-number // 5))]


def test_the_view_stands_in_the_address_and_comes_back_with_it(explore: Explore) -> None:
    page = explore("/")
    page.locator(".leaflet-control-zoom-in").click()
    expect(page).to_have_url(re.compile("#map="))
    hash = page.evaluate("location.hash")
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == hash
    page.reload()
    page.wait_for_selector(READY)
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == hash


def test_only_what_is_in_view_is_a_filter_in_the_address(explore: Explore) -> None:
    page = explore("/#map=6/35/38")
    page.get_by_label("Only what is in view").check()
    expect(page.locator("#off-bbox")).to_be_visible()
    west, south, east, north = (float(part) for part in query(page)["bbox"][0].split(","))
    assert west < 38 < east
    assert south < 35 < north
    found = len(numbers(page))
    assert 0 < found < 27
    page.reload()
    page.wait_for_selector(READY)
    assert len(numbers(page)) == found
    page.locator("#off-bbox").click()
    expect(page.locator("#off-bbox")).to_have_count(0)
    assert not page.get_by_label("Only what is in view").is_checked()


def test_a_stretch_drawn_on_the_line_of_time_is_kept(explore: Explore) -> None:
    page = explore("/")
    box = page.locator("#strip svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 24, steps=5)
    page.mouse.up()
    expect(page.locator("#off-since")).to_be_visible()
    days = query(page)["since"][0], query(page)["until"][0]
    assert days[0] < days[1]
    listed = page.locator(".events .day").all_inner_texts()
    assert listed
    assert all(days[0][:7] <= day[:7] <= days[1][:7] for day in listed)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/map"])
def test_nothing_on_the_page_is_wider_than_a_narrow_window(explore: Explore, path: str, dark: bool) -> None:
    page = explore(path, narrow=True, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= 480
