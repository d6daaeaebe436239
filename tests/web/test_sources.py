"""The pages of who printed and who spoke, over the sample reports."""

from __future__ import annotations

import csv
import io
from collections import Counter
from urllib.parse import quote, urljoin

import lxml.html
import pytest
from starlette.testclient import TestClient

from variorum.ledger import Ledger


def page(site: TestClient, path: str) -> lxml.html.HtmlElement:
    found = site.get(path)
    assert found.status_code == 200, found.text
    return lxml.html.fromstring(found.text)


def ledger_of(site: TestClient) -> Ledger:
    return site.app.state.ledger  # type: ignore[attr-defined, no-any-return]


def test_every_named_outlet_has_its_row_and_its_page(site: TestClient) -> None:
    reports = Counter(article.outlet for article in ledger_of(site).articles())
    told = site.get("/sources.json").json()
    assert {row["outlet"]: row["reports"] for row in told["outlets"]} == {k: v for k, v in reports.items() if k}
    assert told["unnamed"] == reports[""]
    for row in told["outlets"]:
        own = site.get(f"/sources/{quote(row['outlet'])}.json").json()
        assert own["figures"] == row
        assert len(own["reports"]) == row["reports"]


def test_the_table_says_the_same_as_csv(site: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/sources.csv").text)))
    names = page(site, "/sources").xpath("//table//tbody//th//a/bdi/text()")
    assert [row["outlet"] for row in rows] == names
    assert len(rows) > 5


def test_every_source_of_a_claim_has_its_row_and_a_page_with_all_its_claims(site: TestClient) -> None:
    said = Counter(claim.source for claim in ledger_of(site).claims() if claim.source)
    rows = site.get("/sources.json?kind=voices").json()["voices"]
    assert {row["source"]: row["claims"] for row in rows} == said
    for row in rows[:4]:
        own = site.get(f"/sources/{quote(row['source'])}.json?kind=voices").json()
        assert len({claim["claim"] for claim in own["claims"]}) == row["claims"]


def test_lineages_of_a_voice_are_fewer_than_its_reports_where_copies_relay_it(site: TestClient) -> None:
    rows = {row["source"]: row for row in site.get("/sources.json?kind=voices").json()["voices"]}
    ministry = rows["Marenian defence ministry"]
    assert ministry["lineages"] < ministry["reports"]


def test_as_of_a_day_no_later_report_is_counted(site: TestClient) -> None:
    days = [article.published or "" for article in ledger_of(site).articles() if article.outlet]
    told = site.get("/sources.json?as_of=2019-03-07").json()
    assert sum(row["reports"] for row in told["outlets"]) == sum(day[:10] <= "2019-03-07" for day in days) > 0


def test_a_list_can_be_sorted_filtered_and_cut_into_sheets(site: TestClient) -> None:
    names = page(site, "/sources?kind=voices&sort=name").xpath("//table//tbody//th//a/bdi/text()")
    assert names == sorted(names, key=str.casefold)
    assert page(site, "/sources?named=harb").xpath("//table//tbody//th//a/bdi/text()") == ["Harbour Post"]
    last = page(site, "/sources/Marenian%20defence%20ministry?kind=voices&page=99")
    assert "sheet 2 of 2" in last.text_content()


@pytest.mark.parametrize("name", ["News/24 & <b>Co</b>?", "a/b/../c", "..", ".", "/", "foo.json", "x.csv", "a\\b#c"])
def test_an_outlet_with_signs_in_its_name_is_found(own_site: TestClient, name: str) -> None:
    from variorum.model import make_article

    with Ledger.open(own_site.app.state.site.ledger) as ledger:  # type: ignore[attr-defined]
        ledger.add_articles(
            [make_article(url="file:x", text="A text.", sha256="0" * 64, fetched_at="2031-01-01", outlet=name)]
        )
    rows = page(own_site, "/sources?sort=name").xpath("//table//th/a")
    link = next(row.get("href") for row in rows if row.text_content() == name)
    found = page(own_site, urljoin("http://127.0.0.1:8000/sources", link))  # as a browser makes it a path
    assert found.xpath("//h1")[0].text_content() == name
    assert not found.xpath("//h1//b")


def test_a_name_that_nobody_has_is_told_with_near_ones(site: TestClient) -> None:
    found = site.get("/sources/Harbor%20Post.json")
    assert found.status_code == 404
    assert "Harbour Post" in found.json()["error"]["near"]


def test_no_page_grades_a_source(site: TestClient) -> None:
    for path in ("/sources", "/sources?kind=voices", "/sources/Harbour%20Post"):
        words = page(site, path).text_content().casefold()
        assert not {"reliab", "bias", "credib", "trustw", "score"} & {
            word for word in ("reliab", "bias", "credib", "trustw", "score") if word in words
        }
        assert "%" not in words
