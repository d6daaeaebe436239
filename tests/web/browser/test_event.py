"""The page of an event in a real browser: scripts off, printed, with letters that programs count differently."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import httpx2
import pytest
from bench.addresses import Known
from pypdf import PdfReader

from looking import OpenPage, ServeLedger
from variorum.ledger import Ledger
from variorum.pipeline import edition, event_object, run
from variorum.pipeline.labels import make_labels

NOW = "2031-05-03T10:00:00+00:00"
MIXED = """\
Dateline: RAQQA, 3 June 2018 😀 — في مدينة الرقة 🕊️🇸🇾

Seven people were killed on Saturday when a car bomb exploded in the market of Raqqa (الرقة), 👩‍👩‍👧 police said. 😀😀
A doctor at the national hospital (المستشفى الوطني 🏥) said 12 people were injured in the blast.
"""

# The texts of the marks of a passage, those that only the number of a claim parts put together.
MARKED = """block => {
  const found = [];
  for (const mark of block.querySelectorAll("mark.quote")) {
    let before = mark.previousSibling;
    while (before !== null && before.nodeName === "SUP") { before = before.previousSibling; }
    if (before !== null && before.nodeName === "MARK") { found[found.length - 1] += mark.textContent; }
    else { found.push(mark.textContent); }
  }
  return found;
}"""


@pytest.fixture
def said(server: str, known: Known) -> dict[str, object]:
    """What the event's page says to programs."""
    return dict(httpx2.get(f"{server}/events/{known.event}.json").json())


def test_with_scripts_off_an_event_has_all_its_claims_and_reports(
    open_page: OpenPage, known: Known, said: dict[str, object]
) -> None:
    page = open_page(f"/events/{known.event}", scripts=False)
    text = page.locator("main").inner_text()
    event = said["event"]
    assert isinstance(event, dict)
    shown = {
        link.rsplit("/", 1)[1] for link in page.locator("a[href^='/claims/']").evaluate_all("a => a.map(b => b.href)")
    }
    assert shown == {claim["id"] for claim in event["claims"]}
    assert {label for label in known.reports if not re.search(rf"\b{label}\b", text)} == set()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_printed_event_names_every_report_and_says_which_are_copies(
    open_page: OpenPage, known: Known, said: dict[str, object], dark: bool
) -> None:
    page = open_page(f"/events/{known.event}", dark=dark)
    reader = PdfReader(io.BytesIO(page.pdf()))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    reports = said["reports"]
    assert isinstance(reports, list)
    assert len(reports) == len(known.reports) > 3
    for report in reports:
        label = report["label"]
        assert re.search(rf"\b{label}\b", text), f"{label} is not printed"
        marked = re.search(rf"\b{label} copy\b(?! or rewrite)", text) is not None
        assert marked == (report["copy_of"] is not None), f"{label} is printed as what it is not"


def test_in_print_the_border_of_an_original_is_solid_and_that_of_a_copy_is_not(
    open_page: OpenPage, known: Known
) -> None:
    page = open_page(f"/events/{known.event}")
    page.emulate_media(media="print")
    style = "a => a.map(b => getComputedStyle(b).borderTopStyle + getComputedStyle(b).printColorAdjust)"
    assert set(page.locator("main .chip.own").evaluate_all(style)) == {"solidexact"}
    assert set(page.locator("main .chip.copy").evaluate_all(style)) == {"dashedexact"}


def test_arabic_and_emoji_before_a_quote_move_no_mark(
    open_page: OpenPage, serve_ledger: ServeLedger, tmp_path: Path
) -> None:
    row = {"url": "https://a.example/1", "outlet": "A", "published": "2018-06-04", "title": "Bomb 💣", "text": MIXED}
    given = tmp_path / "own.jsonl"
    given.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    place = tmp_path / "own.db"
    with Ledger.open(place, create=True) as ledger:
        run([given], ledger, now=NOW, workers=1)
        event = max(ledger.events(), key=lambda event: len(event.values))
        label = make_labels(ledger).events[event.id]
        stored = event_object(published := edition(ledger, [event]), published.events[0])
        text = published.articles[stored["articles"][0]].text
    page = open_page(f"/events/{label}", at=serve_ledger(place))
    marked = page.locator("blockquote.text").evaluate(MARKED)
    spans = [(claim["start"], claim["end"]) for claim in stored["claims"]]
    assert [text[start:end] for start, end in spans] == [claim["quote"] for claim in stored["claims"]]
    assert marked == [text[start:end] for start, end in join_touching(spans)]
    assert any(ord(letter) > 0xFFFF for letter in text[: min(spans)[0]])


def join_touching(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def test_on_a_narrow_window_each_claim_stands_with_the_names_of_its_columns(open_page: OpenPage, known: Known) -> None:
    page = open_page(f"/events/{known.event}", narrow=True)
    cells = page.locator(".claims tbody tr").first.locator("td")
    boxes = [cells.nth(place).bounding_box() for place in range(4)]
    assert all(box is not None and box["width"] > 300 for box in boxes)
    name = "cell => getComputedStyle(cell, '::before').content"
    assert [cells.nth(place).evaluate(name) for place in range(4)] == ['"value"', '"support"', '"said by"', '"quotes"']


def test_what_is_folded_away_is_printed(open_page: OpenPage) -> None:
    link = open_page("/").get_by_role("link", name="car bombs in Ménaka").first.get_attribute("href")
    for scripts in (True, False):
        page = open_page(str(link), scripts=scripts)
        assert page.locator("main details:not([open]) table").count() > 1
        text = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
        assert "↑ revised up" in " ".join(text.split())


def test_a_button_to_print_is_there_only_with_scripts(open_page: OpenPage, known: Known) -> None:
    for scripts in (True, False):
        page = open_page(f"/events/{known.event}", scripts=scripts)
        assert page.locator("[data-print]").is_visible() == scripts
