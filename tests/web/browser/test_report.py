"""The page of a report in a real browser: what is selected becomes the words and the place of a claim."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page

from looking import OpenPage, ServeLedger
from variorum.ledger import Ledger
from variorum.pipeline import run

NOW = "2031-05-03T10:00:00+00:00"
MIXED = """\
Dateline: RAQQA, 3 June 2018 😀 — في مدينة الرقة 🕊️🇸🇾

Seven people were killed on Saturday when a car bomb exploded in the market of Raqqa (الرقة), 👩‍👩‍👧 police said. 😀😀
A doctor\u202e at the national hospital (المستشفى الوطني 🏥) said 12 people were injured in the blast.
Two ambulances were burned out 🔥 next to the grain silo.
"""

# Selects from where some words stand first in the blocks of the text to the end of others, over all that lies between.
SELECT = """([first, last]) => {
  const range = document.createRange();
  const find = (words, toEnd) => {
    const walker = document.createTreeWalker(document.getElementById("report"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement.closest("[data-start]") === null) { continue; }
      const place = node.data.indexOf(words);
      if (place >= 0) { return [node, toEnd ? place + words.length : place]; }
    }
    throw new Error("no " + words);
  };
  range.setStart(...find(first, false));
  range.setEnd(...find(last, true));
  const selection = document.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}"""


@pytest.fixture
def served(tmp_path: Path, serve_ledger: ServeLedger) -> str:
    row = {"url": "https://a.example/1", "outlet": "A", "published": "2018-06-04", "title": "Bomb 💣", "text": MIXED}
    given = tmp_path / "own.jsonl"
    given.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    place = tmp_path / "own.db"
    with Ledger.open(place, create=True) as ledger:
        run([given], ledger, now=NOW, workers=1)
    return serve_ledger(place)


def text_of(served: str) -> str:
    return str(httpx2.get(f"{served}/reports/R1.json").json()["text"])


def use(page: Page, first: str, last: str) -> tuple[int, int, str]:
    """Select from some words to others, take them over, and give what the form holds then."""
    page.evaluate(SELECT, [first, last])
    page.locator("#use-selection").click()
    start, end = (int(page.locator(f"#claim-{name}").input_value()) for name in ("start", "end"))
    return start, end, page.locator("#claim-words").input_value()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Two ambulances", "Two ambulances"),  # after emoji of one and of several signs, Arabic, and a turning mark
        ("المستشفى", "الوطني"),
        ("🏥", "🏥"),
        ("burned out", "silo"),
        ("Dateline", "😀"),
        ("Seven", "Saturday"),  # over marks and the numbers of claims
        ("A doctor", "hospital"),  # over a sign that is written out
        ("exploded", "national"),  # over a line break
        (" were killed", "on "),  # blanks at the ends are no part of the words
    ],
)
def test_a_selection_becomes_its_words_and_their_code_points(
    open_page: OpenPage, served: str, first: str, last: str
) -> None:
    page = open_page("/reports/R1", at=served)
    start, end, words = use(page, first, last)
    text = text_of(served)
    assert text[start:end] == words
    assert start == text.index(first) + len(first) - len(first.lstrip())
    assert end == text.index(last) + len(last.rstrip())


def test_selected_words_are_sent_and_stand_marked(open_page: OpenPage, served: str) -> None:
    page = open_page("/reports/R1", at=served)
    use(page, "Two ambulances", "Two ambulances")
    page.locator("#claim-prop").select_option("vehicles")
    page.locator("#claim-because").fill("missed")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/reports/R1#decided", wait_until="load")
    claim = next(row for row in httpx2.get(f"{served}/reports/R1.json").json()["claims"] if row["by_person"])
    assert (claim["quote"], claim["prop"]) == ("Two ambulances", "vehicles")
    marked = page.locator("#report mark.quote").all_text_contents()
    assert "Two ambulances" in marked


def test_words_typed_over_a_selection_lose_its_place(open_page: OpenPage, served: str) -> None:
    page = open_page("/reports/R1", at=served)
    use(page, "Two ambulances", "Two ambulances")
    page.locator("#claim-words").fill("grain silo")
    assert page.locator("#claim-start").input_value() == ""


def test_a_selection_outside_the_text_is_none(open_page: OpenPage, served: str) -> None:
    page = open_page("/reports/R1", at=served)
    page.evaluate("document.getSelection().selectAllChildren(document.querySelector('h1'))")
    page.wait_for_timeout(100)
    assert page.locator("#selected").is_hidden()


def test_without_scripts_words_are_pasted(open_page: OpenPage, served: str) -> None:
    page = open_page("/reports/R1", at=served, scripts=False)
    page.locator("#claim-words").fill("Two ambulances")
    page.locator("#claim-prop").select_option("vehicles")
    page.get_by_role("button", name="Add the claim").click()
    page.wait_for_url("**/reports/R1#decided", wait_until="load")
    assert "Two ambulances" in page.locator("#report mark.quote").all_text_contents()


def test_each_number_leads_from_the_text_to_its_claim(open_page: OpenPage, served: str) -> None:
    page = open_page("/reports/R1", at=served)
    page.locator("#at-c1").click()
    assert page.evaluate("document.querySelector(':target').id") == "c1"
