"""A site in a folder in a real browser, from file://: it runs, finds, and asks nobody anything."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from bench.browsing import NARROW, NO_FILE, WIDE, Noticed, context_options, watch
from playwright.sync_api import Browser, Page, expect

from variorum.config import Config
from variorum.ledger import Ledger
from variorum.pipeline import run
from variorum.web.folder.site import write_site
from web.browser.test_pages import AXE, EVERY, LOOKS, find_violations, look

NOW = "2031-05-03T10:00:00+00:00"
READY = "body[data-explorer=ready] #map[data-ready='1']"
ARABIC = {
    "url": "https://sahifa.example/1",
    "outlet": "Sahifa",
    "lang": "ar",
    "published": "2023-11-02",
    "title": "مقتل سبعة في انفجار قرب الحُديدة",
    "text": "قتل سبعة أشخاص في انفجار سيارة مفخخة قرب الحديدة يوم الخميس.",
}
AS_SERVED = ("map.html", "timeline.html", "sources.html", "voices.html")  # of the same elements as the server's pages
OpenFile = Callable[..., Page]


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample reports and of one in Arabic."""
    folder = tmp_path_factory.mktemp("of files")  # a space in the path, as on many a stick
    (folder / "more.jsonl").write_text(json.dumps(ARABIC), encoding="utf-8")
    with Ledger.open(demo):
        place = Path(shutil.copy(demo, folder / "own.db"))
    with Ledger.open(place) as ledger:
        run([folder / "more.jsonl"], ledger, now=NOW, workers=1)
        write_site(ledger, Config(), str(folder / "site"), title="Two & more", tell=lambda _: None)
    # The second page of the list, as if pages were of ten rows.
    first = (folder / "site" / "index.html").read_text(encoding="utf-8")
    second = first.replace('data-size="100"', 'data-size="10"').replace('data-page="1"', 'data-page="2"')
    (folder / "site" / "events-2.html").write_text(second, encoding="utf-8")
    return folder / "site"


@pytest.fixture
def open_file(chromium: Browser, noticed: Noticed, site: Path) -> Iterator[OpenFile]:
    """Open a file of the site in a context of its own."""
    with ExitStack() as stack:

        def open_one(name: str, **options: bool) -> Page:
            context = chromium.new_context(**context_options(**options))
            stack.callback(context.close)
            context.set_default_timeout(10_000)
            watch(context, noticed, NO_FILE)
            page = context.new_page()
            page.goto(f"{site.as_uri()}/{name}")
            return page

        yield open_one


def largest(site: Path, folder: str) -> str:
    """Give the largest page of a folder: it has most on it."""
    path = max((site / folder).iterdir(), key=lambda path: (path.stat().st_size, path.name))
    return f"{folder}/{path.name}"


def numbers(page: Page) -> list[str]:
    return page.locator(".events tbody tr").evaluate_all("rows => rows.map(row => row.dataset.number)")


def pins(page: Page) -> int:
    return int(page.locator("#map").get_attribute("data-pins") or 0)


def test_every_kind_of_page_runs_without_an_error_and_axe_finds_nothing(open_file: OpenFile, site: Path) -> None:
    page = open_file("index.html")
    axe = AXE.read_text(encoding="utf-8")
    quiet = {"preload": False}  # axe would fetch the stylesheets, which no page of a file may
    names = [f"{name}.html" for name in ("index", "map", "timeline", "reports", "sources", "voices", "search", "about")]
    faults = []
    for name in (*names, largest(site, "events"), largest(site, "reports")):
        look(page, "light", WIDE)
        page.goto(f"{site.as_uri()}/{name}")
        assert page.locator("h1").count() == 1, name
        page.evaluate(axe)
        dark = ("dark", NARROW, LOOKS)
        for scheme, size, options in [dark] if name in AS_SERVED else [("light", WIDE, EVERY), dark]:
            look(page, scheme, size)
            faults += [f"{name} {scheme}: {one}" for one in find_violations(page, options | quiet)]
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], name
    assert not faults, "\n".join(faults)


def test_a_filter_is_of_list_map_and_timeline_and_stands_in_the_address(open_file: OpenFile, site: Path) -> None:
    page = open_file("index.html")
    page.wait_for_selector(READY)
    whole, heading = len(numbers(page)), page.locator("#counts h1").inner_text()
    assert re.fullmatch(r"\d+ events · \d+ reports · \d+ lineages", heading)
    assert 0 < pins(page) < whole
    page.locator("#set-single").click()
    expect(page.locator("#off-state")).to_be_visible()
    kept = len(numbers(page))
    assert 0 < kept < whole
    assert page.url.endswith("#state=single")
    beside = page.locator("#beside li a").count()
    assert pins(page) + beside == kept
    assert (
        page.locator("#strip a").count() + int(re.findall(r"\d+", page.locator(".time-said").inner_text())[0]) == kept
    )
    assert set(page.locator(".events .tag").all_inner_texts()) == {"· one lineage"}
    page.emulate_media(media="print")
    assert not page.locator("#drawn").is_visible()  # it shows other numbers than the list
    assert page.locator(".not-drawn").is_visible()
    page.go_back()
    expect(page.locator("#off-state")).to_have_count(0)
    assert len(numbers(page)) == whole
    assert page.locator("#counts h1").inner_text() == heading
    assert page.locator("#drawn").is_visible()
    page.emulate_media(media="screen")
    # Without a filter the list is that of the file, on a later page too.
    page.goto(f"{site.as_uri()}/events-2.html#state=single")
    page.wait_for_selector(READY)
    assert numbers(page)[0] == "1"
    page.locator("#off-state").click()
    expect(page.locator("#e11")).to_be_visible()
    assert numbers(page) == [str(number) for number in range(11, 21)]
    page.go_back()
    expect(page.locator("#off-state")).to_be_visible()
    page.evaluate("location.hash = ''")
    expect(page.locator("#e11")).to_be_visible()


def test_the_form_filters_by_words_kind_place_and_day(open_file: OpenFile) -> None:
    # What cannot be used is as if it were not there.
    page = open_file(
        "index.html#place=yemen&since=2019-03-10&bbox=1,2,3&min_lineages=abc&until=spring&state=none&sort=up"
    )
    page.wait_for_selector(READY)
    assert page.locator(".chips-set .set bdi").all_inner_texts() == ["in yemen", "since 2019-03-10"]
    assert page.locator("#f-place").input_value() == "yemen"
    found = page.locator(".events .day").all_inner_texts()
    assert found
    assert min(found) >= "2019-03-10"
    page.locator("#filters summary").click()
    page.locator("#f-q").fill("hudaydah nobody")
    page.locator("#f-q").press("Enter")
    expect(page.locator(".none-fits")).to_be_visible()
    page.locator("#off-all").click()
    page.locator("#f-kind").select_option("strike")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#off-kind")).to_be_visible()
    assert page.locator("#strip a").count() >= 2


def test_a_pin_a_row_and_a_mark_are_one_event(open_file: OpenFile, site: Path) -> None:
    page = open_file("index.html")
    page.wait_for_selector(READY)
    page.locator("#strip a").first.click()
    on = page.locator(".events tr.on")
    expect(on).to_have_count(1)
    number = on.get_attribute("data-number")
    assert page.locator("#strip a.on").get_attribute("href") == f"#e{number}"
    assert page.evaluate("document.activeElement.closest('tr').dataset.number") == number
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/events/EV-[0-9A-Z]+\.html$"))
    page.locator("table.claims .wording a").first.click()
    page.wait_for_url(re.compile(r"/reports/R\d+\.html#clm_"))
    assert page.evaluate("document.querySelector(':target') !== null")


@pytest.mark.parametrize(
    ("typed", "marked", "leads"),
    [("HUDAYDAH", "Ḩudaydah", "events/"), ("الحديدة", "الحُديدة", "reports/"), ("sub", "submarine", "reports/")],
)
def test_search_finds_words_however_they_are_written(open_file: OpenFile, typed: str, marked: str, leads: str) -> None:
    page = open_file("index.html")
    page.locator("#search").fill(typed)
    page.locator("#search").press("Enter")
    page.wait_for_selector("body[data-inside=ready]")
    hit = page.locator("#inside-found li", has=page.locator("mark", has_text=marked)).first
    expect(hit).to_be_visible()
    assert (hit.locator("a").first.get_attribute("href") or "").startswith(leads)
    page.evaluate("location.hash = '#q=%E2%98%82'")
    expect(page.locator("#inside-said")).to_contain_text("Such signs are not searched for.")
    page.locator("#search").fill("qq")
    page.locator("#search").press("Enter")
    expect(page.locator("#inside-said")).to_have_text("Nothing holds this word.")
    page.go_back()
    expect(page.locator("#search")).to_have_value("☂")
    page.go_back()
    expect(hit).to_be_visible()
    hit.locator("a").first.click()
    expect(page.locator("h1")).to_have_count(1)


def test_without_scripts_everything_is_there_to_read(open_file: OpenFile, site: Path) -> None:
    page = open_file("index.html", scripts=False)
    assert len(numbers(page)) >= 27
    assert page.locator("#drawn svg").is_visible()
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#search").is_visible()
    page.locator(".events a").first.click()
    assert page.locator("table.claims tbody").count() > 1
    page.goto(f"{site.as_uri()}/search.html")
    assert page.locator("noscript").inner_text().startswith("! The search needs JavaScript")
