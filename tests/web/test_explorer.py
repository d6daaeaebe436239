"""The explorer: list, map and line of time over the sample reports, over nothing, and over events without a place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger
from variorum.pipeline import Selection, edition, list_rows, run, write_edition
from variorum.show.map import NOTE
from web.conftest import NOW, OpenSite

PAGES = ("/", "/map", "/timeline")
LONE = "Gunmen shot dead two people on Monday, police said. Nobody said where."
PLACED = "A rocket struck a market in Aleppo on 4 May 2021, killing three civilians, doctors said."


def page(site: TestClient, path: str) -> lxml.html.HtmlElement:
    found = site.get(path)
    assert found.status_code == 200, found.text
    return lxml.html.fromstring(found.text)


def ledger_of(site: TestClient) -> Ledger:
    ledger: Ledger = site.app.state.ledger  # type: ignore[attr-defined]
    return ledger


def numbers(tree: lxml.html.HtmlElement) -> list[int]:
    return [int(row.get("data-number")) for row in tree.xpath("//table[@class='events']/tbody/tr")]


def small(tmp_path: Path, *reports: str) -> Path:
    """Make a ledger of a few reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, text in enumerate(reports):
        (folder / f"{number}.txt").write_text(f"Published 5 May 2021\n\n{text}\n", encoding="utf-8")
    with Ledger.open(tmp_path / "small.db", create=True) as ledger:
        run([folder], ledger, now=NOW, workers=1)
    return tmp_path / "small.db"


def test_the_list_holds_every_event_under_its_number_with_a_link_to_its_page(site: TestClient) -> None:
    rows = list_rows(ledger_of(site), Selection())
    assert rows is not None
    tree = page(site, "/")
    assert numbers(tree) == list(range(1, len(rows) + 1))
    for link in tree.xpath("//table[@class='events']//a/@href"):
        assert site.get(link).status_code == 200


def test_a_state_is_told_by_a_sign_and_a_word(site: TestClient) -> None:
    tags = {tag.text_content() for tag in page(site, "/").xpath("//table[@class='events']//*[contains(@class,'tag')]")}
    assert {"≠ contradicted", "· one lineage", "= agreeing"} <= tags


def test_the_counts_are_those_of_the_json(site: TestClient) -> None:
    totals = site.get("/events.json").json()["totals"]
    said = " ".join(page(site, "/").xpath("//h1")[0].text_content().split())
    assert said == f"{totals['events']} events · {totals['reports']} reports · {totals['lineages']} lineages"
    assert totals["lineages"] <= totals["reports"]


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("kind=strike", Selection(kind="strike")),
        ("state=contradicts", Selection(state="contradicts")),
        ("place=Syria&since=2018-08-14", Selection(place="Syria", since="2018-08-14")),
        ("min_lineages=2&until=2022-01-01", Selection(min_lineages=2, until="2022-01-01")),
    ],
)
def test_every_form_holds_the_events_of_the_same_filter(site: TestClient, query: str, chosen: Selection) -> None:
    ids = [row["id"] for row in list_rows(ledger_of(site), chosen) or ()]
    assert ids
    assert [row["id"] for row in site.get(f"/events.json?{query}").json()["rows"]] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(site.get(f"/events.csv?{query}").text))] == ids
    assert [row["id"] for row in site.get(f"/events.geojson?{query}").json()["features"]] == ids
    assert len(numbers(page(site, f"/?{query}"))) == len(ids)
    assert site.get(f"/map.json?{query}").json()["total"] == len(ids)
    assert site.get(f"/timeline.json?{query}").json()["totals"]["events"] == len(ids)


def test_geojson_is_that_of_the_export_without_figures_and_the_words_of_dates(site: TestClient) -> None:
    ledger = ledger_of(site)
    exported = json.loads("".join(write_edition(edition(ledger), "geojson")))["features"]
    for feature in exported:
        if feature["properties"]["date"] is not None:
            del feature["properties"]["date"]["basis"]
        for name in ("killed", "injured", "country"):
            del feature["properties"][name]
    assert site.get("/events.geojson").json() == {"type": "FeatureCollection", "features": exported}


def test_each_filter_that_is_set_has_a_chip_that_takes_it_off(site: TestClient) -> None:
    tree = page(site, "/?kind=strike&state=single&since=2019-01-01")
    chips = {one.get("id"): one.get("href") for one in tree.xpath("//a[@class='set']")}
    assert chips == {
        "off-kind": "/?state=single&since=2019-01-01",
        "off-state": "/?kind=strike&since=2019-01-01",
        "off-since": "/?kind=strike&state=single",
    }


def test_the_form_works_without_scripts_and_holds_what_is_set(site: TestClient) -> None:
    form = page(site, "/?kind=territory.taken&q=Loikaw&as_of=2023-01-01&bbox=90,10,100,25").get_element_by_id("filter")
    assert (form.method, form.action) == ("GET", "/")
    assert dict(form.form_values()) | {"since": "", "until": ""} == {
        "as_of": "2023-01-01",
        "bbox": "90,10,100,25",
        "q": "Loikaw",
        "kind": "territory.taken",
        "place": "",
        "within": "",
        "since": "",
        "until": "",
        "state": "",
        "min_lineages": "",
        "sort": "",
    }


def test_pages_of_the_list_go_on_with_the_numbers(site: TestClient) -> None:
    whole = numbers(page(site, "/"))
    first, second = page(site, "/?size=10"), page(site, "/?size=10&page=2")
    assert (numbers(first), numbers(second)) == (whole[:10], whole[10:20])
    assert first.xpath("//a[@rel='next']/@href") == ["/?size=10&page=2"]
    assert second.xpath("//a[@rel='prev']/@href") == ["/?size=10"]
    assert numbers(page(site, "/?size=10&page=999")) == whole[20:]
    drawn = [one.xpath("string(//*[@id='drawn'])") for one in (first, second, page(site, "/"))]
    assert f"the first 10 of {len(whole)} events" in drawn[0]
    assert f"numbers 11 to 20 of {len(whole)} events" in drawn[1]
    assert "Drawn here" not in drawn[2]


def test_the_number_on_a_pin_is_the_number_in_the_list(site: TestClient) -> None:
    listed = {str(row["number"]): row["id"] for row in site.get("/events.json").json()["rows"]}
    pins = site.get("/map.json").json()["events"]
    assert {pin[0]: pin[1] for pin in pins} == {
        int(n): id[4:16] for n, id in listed.items() if id[4:16] in {p[1] for p in pins}
    }
    for link in page(site, "/").xpath("//*[@class='map-link']"):
        for drawn in link.xpath(".//*[contains(@class,'map-number')]/text()"):
            assert link.get("href") == f"/events/EV-{listed[drawn][4:]}"


def test_what_the_map_cannot_show_stands_beside_it_and_the_rest_on_it(site: TestClient) -> None:
    data = site.get("/map.json").json()
    beside = [int(link.get("data-number")) for link in page(site, "/").get_element_by_id("beside").xpath(".//a")]
    assert beside
    assert sorted(beside + [pin[0] for pin in data["events"]]) == list(range(1, data["total"] + 1))


def test_an_event_known_by_its_country_is_never_at_its_middle(open_site: OpenSite, tmp_path: Path) -> None:
    site = open_site(
        small(tmp_path, "Soldiers shelled villages in Syria on 4 May 2021, killing five people, officials said.")
    )
    assert site.get("/map.json").json()["events"] == []
    assert "Syria" in page(site, "/").get_element_by_id("beside").text_content()
    assert site.get("/events.geojson").json()["features"][0]["geometry"] is None


@pytest.mark.parametrize("path", ["/", "/map"])
def test_note_and_credit_stand_under_the_map(site: TestClient, path: str) -> None:
    said = page(site, path).xpath("//*[contains(@class,'map-said')]")[0].text_content()
    assert NOTE in said
    assert "Natural Earth" in said
    assert "GeoNames" in said


@pytest.mark.parametrize(
    "query", ["", "?time=published", "?time=recorded", "?as_of=2022-07-03", "?recorded=2031-05-04"]
)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_shown_by_any_time(site: TestClient, path: str, query: str) -> None:
    assert page(site, path + query).xpath("//h1")


def test_the_line_of_time_goes_by_what_is_asked_for(site: TestClient) -> None:
    days = {
        which: site.get(f"/timeline.json?time={which}").json()["events"] for which in ("event", "published", "recorded")
    }
    assert {first for _, _, first, _ in days["recorded"]} == {NOW[:10]}
    assert min(first for _, _, first, _ in days["event"]) < min(first for _, _, first, _ in days["published"])


def test_a_mark_on_the_line_of_time_leads_to_its_row(site: TestClient) -> None:
    tree = page(site, "/")
    marks = [link.get("href") for link in tree.get_element_by_id("strip").xpath(".//a")]
    assert marks
    assert all(tree.get_element_by_id(mark[1:]) is not None for mark in marks)


def test_an_earlier_day_leaves_out_what_was_printed_later(site: TestClient) -> None:
    rows = site.get("/events.json?as_of=2019-03-08").json()["rows"]
    assert 0 < len(rows) < len(site.get("/events.json").json()["rows"])
    assert "as_of=2019-03-08" in page(site, "/?as_of=2019-03-08").xpath("//table[@class='events']//a/@href")[0]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("place=Nowhereville", 400, "the gazetteer knows no place Nowhereville"),
        ("kind=strik", 400, "did you mean strike?"),
        ("bbox=1,2,3", 400, "west,south,east,north"),
        ("bbox=nan,nan,nan,nan", 400, "west,south,east,north"),
        ("within=10", 400, "within is a distance from a place"),
        ("place=Aleppo&within=99999", 400, "too far"),
        ("story=ST-NONE", 404, "no story ST-NONE"),
        ("recorded=2031-05-04&as_of=2022-01-01", 400, "two different things"),
        ("state=none", 400, "state cannot be none"),
        ("unknown=1", 400, "no parameter unknown"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_remedy(site: TestClient, query: str, status: int, words: str) -> None:
    found = site.get(f"/events.json?{query}")
    assert found.status_code == status
    assert words in json.dumps(found.json()["error"], ensure_ascii=False)


@pytest.mark.parametrize("path", PAGES)
def test_a_person_who_asks_for_what_is_not_there_has_the_form_to_mend_it(site: TestClient, path: str) -> None:
    found = site.get(f"{path}?place=Nowhereville&kind=strike")
    tree = lxml.html.fromstring(found.text)
    assert found.status_code == 400
    assert "the gazetteer knows no place Nowhereville" in tree.get_element_by_id("notes").text_content()
    assert tree.get_element_by_id("f-place").value == "Nowhereville"
    assert tree.get_element_by_id("f-kind").value == "strike"


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_ledger_says_that_no_event_is_there(open_site: OpenSite, sqlite_file: Path, path: str) -> None:
    site = open_site(sqlite_file)
    assert "0 events" in page(site, path).xpath("//h1")[0].text_content()
    assert site.get("/map.json").json()["events"] == []
    assert site.get("/events.geojson").json() == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("reports", [[LONE], [PLACED]], ids=["no place", "one event"])
@pytest.mark.parametrize("path", PAGES)
def test_one_event_with_or_without_a_place_is_shown(
    open_site: OpenSite, tmp_path: Path, path: str, reports: list[str]
) -> None:
    site = open_site(small(tmp_path, *reports))
    assert "1 event " in " ".join(page(site, path).xpath("//h1")[0].text_content().split()) + " "
    assert len(site.get("/map.json").json()["events"]) == (reports == [PLACED])


def test_towns_of_a_box_come_largest_first_and_lie_in_it(site: TestClient) -> None:
    towns: list[Any] = site.get("/towns.json?bbox=35.5,32.3,42.4,37.3&most=30").json()["towns"]
    assert len(towns) == 30
    assert [row[4] for row in towns] == sorted((row[4] for row in towns), reverse=True)
    assert all(32.3 <= lat <= 37.3 and 35.5 <= lon <= 42.4 for _, _, lat, lon, _ in towns)
    assert site.get("/towns.json").status_code == 400
