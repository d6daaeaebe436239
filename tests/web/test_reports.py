"""The list of reports, the page of one, two word by word, and a claim made of words of a report."""

from __future__ import annotations

import csv
import io
import json
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.addresses import Known
from lxml import html
from starlette.testclient import TestClient

from factories import NOW, article
from variorum.ledger import Ledger
from variorum.model import Article, Claim, HeldBack, make_claim, make_mention, make_reading
from variorum.model import Extraction as Found
from variorum.web.rendering import exact

OpenSite = Callable[[Path], TestClient]
HOSTILE = (
    "Title <script>alert(1)</script>\r\n"
    "<svg onload=alert(2)>😀 «x» قُتل سبعة أشخاص\u202e here & there\u2066 twelve people</svg>\n"
    "👩‍👩‍👧 second\rline twelve more ]]> <!-- -->\n"
)


def of(text: str, quotes: list[str], source: str = "") -> tuple[Article, Found]:
    """An article with one mention over its whole text and a claim at the first place of each quote."""
    given = article("own", text)
    reading = make_reading(given.id, "rules", "1")
    mention = make_mention(given, reading.id, "strike", 0, len(text))
    claims: list[Claim] = []
    for quote in quotes:
        at = text.index(quote)
        claims.append(
            make_claim(mention, given, prop="target", value=quote, start=at, end=at + len(quote), source=source)
        )
    return given, Found(reading, (mention,), tuple(claims), (HeldBack(given.id, "killed", "3", "three", "no such"),))


@pytest.fixture
def site_of(tmp_path: Path, open_site: OpenSite) -> Callable[..., TestClient]:
    def make(*given: tuple[Article, Found]) -> TestClient:
        place = tmp_path / "own.db"
        with Ledger.open(place, create=True) as ledger:
            for one, found in given:
                ledger.add_articles([one])
                ledger.add_extraction(found)
        return open_site(place)

    return make


def read_blocks(page: str) -> list[tuple[int, int, str]]:
    """Give the blocks of a report's page as a script reads them: where each stands, and its words."""
    found = []
    for block in html.fromstring(page).xpath("//*[@data-start]"):
        for number in block.xpath(".//*[@data-not-text]"):
            number.drop_tree() if number.tail is None else _keep_tail(number)
        for sign in block.xpath(".//*[@data-sign]"):
            sign.text = chr(int(sign.get("data-sign"), 16))
        found.append((int(block.get("data-start")), int(block.get("data-end")), block.text_content()))
    return found


def _keep_tail(number: html.HtmlElement) -> None:
    for child in list(number):
        number.remove(child)
    number.text = ""


# ---------------------------------------------------------------- the list


def test_the_list_gives_reports_latest_first_with_what_each_copies(site: TestClient, known: Known) -> None:
    told = site.get("/reports.json").json()
    days = [row["published"] for row in told["reports"] if row["published"]]
    assert days == sorted(days, reverse=True)
    assert told["total"] == len(told["reports"]) == 27
    copy = next(row for row in told["reports"] if row["number"] == known.copy)
    assert copy["copy_of"] == known.origin
    assert copy["events"] == [known.event]


@pytest.mark.parametrize(
    ("query", "total"), [("copies=only", 4), ("copies=originals", 23), ("lang=fr", 0), ("until=2019-03-07", 4)]
)
def test_the_list_is_narrowed(site: TestClient, query: str, total: int) -> None:
    told = site.get(f"/reports.json?{query}").json()
    assert told["total"] == total
    page = site.get(f"/reports?{query}").text
    assert f"{total} report" in page
    assert ("No report fits." in page) == (total == 0)


def test_the_list_has_pages_and_refuses_one_that_is_not_there(site: TestClient) -> None:
    every = [row["number"] for row in site.get("/reports.json").json()["reports"]]
    some = [site.get(f"/reports.json?limit=10&page={page}").json() for page in (1, 2, 3)]
    assert [row["number"] for page in some for row in page["reports"]] == every
    assert 'rel="next"' in site.get("/reports?limit=10&page=2").text
    assert site.get("/reports?limit=10&page=4").status_code == 400
    assert site.get("/reports?page=0").status_code == 400


def test_the_list_as_csv_has_a_row_a_report(site: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/reports.csv?copies=only").text)))
    assert {row["copy_of"] for row in rows} == {"R1"}


def test_the_list_as_of_a_day_leaves_later_reports_out(site: TestClient) -> None:
    told = site.get("/reports.json?as_of=2018-12-31").json()
    assert {row["published"] and row["published"][:4] for row in told["reports"]} == {"2018", None}


# ---------------------------------------------------------------- one report


def test_every_code_point_of_a_hostile_text_can_be_found_again_on_its_page(
    site_of: Callable[..., TestClient],
) -> None:
    given, found = of(HOSTILE, ["twelve people", "سبعة", "😀 «x»"])
    page = site_of((given, found)).get("/reports/R1").text
    blocks = read_blocks(page)
    for start, end, words in blocks:
        assert words == given.text[start:end]
    assert "".join(words for _, _, words in blocks).replace("\n", "") == given.text.replace("\n", "")
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert "\u202e" not in page


def test_the_words_marked_are_the_quotes_after_arabic_and_emoji(site_of: Callable[..., TestClient]) -> None:
    quotes = ["twelve people", "سبعة", "😀 «x»"]
    page = site_of(of(HOSTILE, quotes)).get("/reports/R1").text
    marked = [mark.text_content() for mark in html.fromstring(page).xpath("//mark")]
    assert marked == ["😀 «x»", "سبعة", "twelve people"]


def test_overlapping_quotes_are_cut_at_each_border(site_of: Callable[..., TestClient]) -> None:
    page = site_of(of("two cruise missiles hit", ["two cruise", "cruise missiles"])).get("/reports/R1").text
    marked = [(mark.get("class"), mark.text_content()) for mark in html.fromstring(page).xpath("//mark")]
    assert marked == [("quote", "two "), ("quote deep", "cruise"), ("quote", " missiles")]


def test_a_sign_that_hides_is_written_out_and_known_to_be_one_sign() -> None:
    assert str(exact("a\u202eb<\r")) == 'a<span class="code" data-sign="202E">[U+202E]</span>b&lt;&#13;'


def test_each_claim_has_its_number_in_the_text_and_a_line_beside_it(site: TestClient) -> None:
    told = site.get("/reports/R1.json").json()
    page = html.fromstring(site.get("/reports/R1").text)
    assert len(told["claims"]) > 10
    for claim in told["claims"]:
        assert told["text"][claim["start"] : claim["end"]] == claim["quote"]
        assert page.xpath(f"//sup/a[@href='#{claim['number']}']")
        assert page.xpath(f"//li[@id='{claim['number']}']//a[@href='/claims/{claim['id']}']")
    starts = [claim["start"] for claim in told["claims"]]
    assert starts == sorted(starts)


def test_background_what_was_held_back_and_captures_are_told(
    site: TestClient, site_of: Callable[..., TestClient]
) -> None:
    page = site.get("/reports/R1").text
    assert "background: total" in page
    assert "raw bytes kept" in page
    own = site_of(of("Twelve died.", ["Twelve"]))
    held = own.get("/reports/R1").text
    assert "“<bdi>three</bdi>” (no such)" in held
    assert f'href="/decide/set?id={own.get("/reports/R1.json").json()["held_back"][0]["id"]}"' in held


def test_a_report_without_claims_in_another_language_says_so(site_of: Callable[..., TestClient]) -> None:
    given = article("fr", "Douze morts.", lang="fr")
    empty = Found(make_reading(given.id, "rules", "1"), (), ())
    assert "In another language than English (fr)" in site_of((given, empty)).get("/reports/R1").text


def test_a_report_of_a_later_day_does_not_say_its_words(site: TestClient) -> None:
    page = site.get("/reports/R1?as_of=2019-03-06")
    assert page.status_code == 200
    assert "appeared later" in page.text
    assert "submarine fires" not in page.text
    assert "text" not in site.get("/reports/R1.json?as_of=2019-03-06").json()
    assert "submarine" in site.get("/reports/R1?as_of=2019-03-07").text


def test_a_copy_printed_by_then_is_no_copy_of_an_original_printed_later(site: TestClient) -> None:
    assert site.get("/reports/R3.json").json()["copy_of"]["number"] == "R1"
    assert site.get("/reports/R1.json?as_of=2019-03-07").json()["copied_by"] == ["R2"]


def test_a_withdrawn_report_says_by_whom(own_examples: Path, open_site: OpenSite) -> None:
    from variorum.pipeline.deciding import Who, decide, reject

    with Ledger.open(own_examples) as ledger:
        decide(ledger, reject(ledger, ledger.article("R5"), Who("m.k.", NOW, "a hoax")))
    page = open_site(own_examples).get("/reports/R5").text
    assert "WITHDRAWN" in page
    assert "a hoax" in page


@pytest.mark.parametrize("id", ["R99", "R0", "art_ZZZZ", "EV-7K3Q", "x"])
def test_what_is_no_report_is_not_found(site: TestClient, id: str) -> None:
    assert site.get(f"/reports/{id}").status_code == 404


def test_a_text_of_1_mb_in_one_line_is_drawn_with_its_thousands_of_claims(
    site_of: Callable[..., TestClient],
) -> None:
    words = " ".join(f"word{number}" for number in range(110_000))
    given = article("long", words)
    reading = make_reading(given.id, "rules", "1")
    mention = make_mention(given, reading.id, "strike", 0, len(words))
    claims = [
        make_claim(mention, given, prop="target", value="x", start=start, end=start + 9, source="word1")
        for start in range(0, len(words) - 20, 500)
    ]
    client = site_of((given, Found(reading, (mention,), tuple(claims))))
    start = time.perf_counter()
    page = client.get("/reports/R1").text
    assert time.perf_counter() - start < 8  # 0.6 s where this was written
    assert page.count("<sup") == len(claims) > 2_000


# ---------------------------------------------------------------- word by word


def test_a_copy_beside_its_original_says_what_changed_in_words(site: TestClient, known: Known) -> None:
    told = site.get("/reports/R4/compare.json").json()
    assert (told["original"]["number"], told["copy_report"]["number"], told["is_copy"]) == ("R1", "R4", True)
    assert any("ballistic" in row["words"] for row in told["changed"])
    page = site.get("/reports/R1/compare?with=R4").text
    assert re.search(r'<span class="unseen">added: </span>ballistic', page)
    assert "<del>" in page


def test_a_report_is_not_compared_with_itself_or_with_nothing(site: TestClient) -> None:
    assert site.get("/reports/R1/compare?with=R1").status_code == 400
    assert site.get("/reports/R1/compare").status_code == 400
    assert site.get("/reports/R1/compare?with=R77").status_code == 404
    assert not site.get("/reports/R1/compare.json?with=R11").json()["is_copy"]


def test_a_comparison_with_a_later_report_does_not_say_its_words(site: TestClient) -> None:
    page = site.get("/reports/R4/compare?with=R1&as_of=2019-03-07").text
    assert "appeared later" in page
    assert "ballistic" not in page


# ---------------------------------------------------------------- a new claim


def new_claim(client: TestClient, report: str, **fields: object) -> object:
    seen = client.get("/live.json").json()["decisions"]
    told = client.post(f"/reports/{report}/claims", data={"because": "it was missed", "seen": seen, **fields})
    assert client.app.state.desks.followup.wait(60)  # type: ignore[attr-defined]
    return told


def test_words_that_are_pasted_become_a_claim_that_is_marked_as_a_persons(own_site: TestClient) -> None:
    words = "a repair shop"
    told = new_claim(own_site, "R1", words=words, prop="target")
    assert (told.status_code, told.headers["location"]) == (303, "/reports/R1#decided")  # type: ignore[attr-defined]
    claim = next(row for row in own_site.get("/reports/R1.json").json()["claims"] if row["quote"] == words)
    assert claim["by_person"]
    page = own_site.get("/reports/R1").text
    assert f'<li id="{claim["number"]}" class="by-person">' in page
    assert "it was missed" in page


def test_a_place_is_taken_only_where_the_words_sent_stand_there(own_site: TestClient) -> None:
    text = own_site.get("/reports/R1.json").json()["text"]
    start = text.index("a repair shop")
    wrong = new_claim(own_site, "R1", words="a repair shop", start=start + 1, end=start + 14, prop="target")
    assert wrong.status_code == 400  # type: ignore[attr-defined]
    assert "do not stand at" in wrong.text  # type: ignore[attr-defined]
    assert not any(row["by_person"] for row in own_site.get("/reports/R1.json").json()["claims"])
    right = new_claim(own_site, "R1", words="a repair shop", start=start, end=start + 13, prop="target")
    assert right.status_code == 303  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "no such words at all", "prop": "target"},
        {"words": "missiles", "prop": "target"},  # more than once
        {"words": "a repair shop", "prop": "truth"},
        {"words": "a repair shop", "prop": "target", "start": "x", "end": "9"},
        {"words": "a repair shop", "prop": "target", "start": "5"},
        {"words": "", "prop": "target"},
        {"words": f"{'9' * 5_000}:{'9' * 5_000}", "prop": "target"},
        {"words": "a repair shop", "prop": "killed", "value": "9" * 310},
        {"words": "a repair shop", "prop": "target", "seen": "\u00b2"},
        {"words": "a repair shop", "prop": "target", "seen": "9" * 5_000},
    ],
)
def test_what_is_no_claim_is_refused_with_a_reason(own_site: TestClient, fields: dict[str, str]) -> None:
    told = new_claim(own_site, "R1", **fields)
    assert told.status_code == 400  # type: ignore[attr-defined]
    assert 'role="alert"' in told.text  # type: ignore[attr-defined]


def test_a_claim_is_stored_against_what_the_form_says_was_seen(
    own_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def decide(ledger: Ledger, words: object, *, seen: int) -> list[object]:
        told.append(seen)
        return []

    monkeypatch.setattr("variorum.web.pages.newclaim.decide", decide)
    new_claim(own_site, "R1", words="a repair shop", prop="target", seen=7)
    assert told == [7]


def test_the_form_of_a_claim_says_what_was_decided_when_it_was_drawn(own_site: TestClient) -> None:
    seen = own_site.get("/live.json").json()["decisions"]
    assert f'name="seen" value="{seen}"' in own_site.get("/reports/R1").text


def test_a_claim_is_stored_before_its_events_are_worked_out(
    own_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    followup = own_site.app.state.desks.followup  # type: ignore[attr-defined]
    going = threading.Event()
    monkeypatch.setattr(followup, "_work", lambda place, command: going.wait(60))
    monkeypatch.setattr("variorum.web.foreseen.WAIT_S", 0.1)
    told = own_site.post("/reports/R1/claims", data={"words": "a repair shop", "prop": "target", "seen": 0})
    assert (told.status_code, followup.busy) == (303, True)
    going.set()
    assert followup.wait(60)


def test_line_breaks_that_a_form_sends_otherwise_are_the_same_words(
    site_of: Callable[..., TestClient], own_site: TestClient
) -> None:
    text = own_site.get("/reports/R1.json").json()["text"]
    start, end = text.index("Hodeidah\n"), text.index("7 March 2019") + 12
    words = text[start:end].replace("\n", "\r\n")
    told = new_claim(own_site, "R1", words=words, start=start, end=end, prop="cause", value="x")
    assert told.status_code in (303, 400)  # type: ignore[attr-defined]
    assert "do not stand at" not in told.text  # type: ignore[attr-defined]


def test_json_of_a_report_is_json_whatever_its_words(site_of: Callable[..., TestClient]) -> None:
    told = json.loads(site_of(of(HOSTILE, ["سبعة"])).get("/reports/R1.json").text)
    assert told["text"] == HOSTILE
