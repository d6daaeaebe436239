"""The review desk in a browser: a whole session by keys alone, keys of one's own, keys off, scripts off."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from looking import OpenPage
from variorum.ledger import Ledger

# The server is asked for first, so that it stops last: a card asks for what would follow while a test ends.


def decided(place: Path) -> list[str]:
    """What is stored and stands, oldest first: decision and verdict."""
    with Ledger.open(place, readonly=True) as ledger:
        rows = sorted(ledger.decisions(), key=lambda row: row.number)
    return [f"{row.name} {row.what.verdict}" for row in rows if row.what.retracted is None]


def question(page: Page) -> str:
    """The name of the question that is shown."""
    return page.locator("#answers input[name=item]").get_attribute("value") or ""


def press(page: Page, key: str) -> str:
    """Press a key that leads to another card, and give the name of its question."""
    before = page.locator("#desk").element_handle()
    page.keyboard.press(key)
    page.wait_for_function("old => document.getElementById('desk') !== old", arg=before)
    return question(page) if page.locator("#answers").count() else ""


def status(page: Page) -> str:
    return page.locator("#status").inner_text()


def test_a_whole_session_by_keys_alone(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/", at=own_server)
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/review*")
    first = question(page)
    skipped = press(page, "x")
    assert status(page).startswith("D1 reject place")
    assert page.evaluate("document.activeElement.id") == "card-head"
    third = press(page, "Space")
    assert press(page, "k") != third
    assert press(page, "ArrowRight") == third
    page.keyboard.press("c")
    page.keyboard.type("a slip of the wire: uxa")  # letters of keys, while typing
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "card-head"
    assert question(page) == third
    press(page, "a")
    assert decided(own_examples) == ["D1 reject", "D2 accept"]
    assert press(page, "u") == third
    assert status(page) == "D2 taken back"
    press(page, "u")
    assert question(page) == first
    assert decided(own_examples) == []
    asked = {first}
    for _ in range(40):
        if not press(page, "a"):
            break
        asked.add(question(page) if page.locator("#answers").count() else skipped)
    assert skipped in asked
    assert "Nothing waits for a person" in page.locator("#card-head").inner_text()
    with Ledger.open(own_examples, readonly=True) as ledger:
        reasons = [getattr(row.what, "note", "") for row in ledger.decisions()]
    assert "a slip of the wire: uxa" in reasons


def test_digits_choose_what_is_offered(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review/place", at=own_server)
    expect(page.locator(".places [data-choice='2']")).to_be_visible()
    press(page, "2")
    assert decided(own_examples) == ["D1 correct"]
    page.goto("/review?pair=R1,R7")
    page.keyboard.press("r")
    assert page.locator("details[data-panel=related]").get_attribute("open") is not None
    press(page, "2")
    with Ledger.open(own_examples, readonly=True) as ledger:
        last = next(iter(ledger.decisions())).what
    assert getattr(last, "why", "") == "related: response to"


def test_a_digit_chooses_nothing_that_is_not_shown(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review?pair=R1,R7", at=own_server)
    page.keyboard.press("2")
    page.wait_for_timeout(300)
    assert decided(own_examples) == []
    assert page.locator("#desk input:checked[name=out]").count() == 0


def test_reports_are_ticked_and_events_looked_for_by_keys(
    own_server: str, open_page: OpenPage, own_examples: Path
) -> None:
    page = open_page("/review?pair=R1,R7", at=own_server)
    page.keyboard.press("s")
    expect(page.locator("details[data-panel=split] input[type=checkbox]").first).to_be_visible()
    page.keyboard.press("2")
    assert page.locator("details[data-panel=split] input:checked").count() == 1
    page.keyboard.press("m")
    page.keyboard.type("sabha")
    page.locator("#merge-found button").first.wait_for()
    assert page.locator("details[data-panel=split]").get_attribute("open") is None
    assert decided(own_examples) == []
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "claim"


def test_keys_that_are_switched_off_do_nothing(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review", at=own_server)
    page.locator("#keys-on").uncheck()
    page.locator("#card-head").focus()
    first = question(page)
    for key in ("a", "x", "Space", "u", "j", "1", "g", "r", "?"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert question(page) == first
    assert decided(own_examples) == []
    expect(page.locator("[data-key-of=accept]")).to_be_hidden()
    page.reload()
    assert not page.locator("#keys-on").is_checked()
    page.locator("#keys-on").check()
    page.locator("#card-head").focus()
    press(page, "x")
    assert decided(own_examples) == ["D1 reject"]


def test_a_key_can_be_given_another_letter(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/keys", at=own_server)
    page.locator("[data-choose=accept]").focus()
    page.keyboard.press("x")
    assert "something else already" in status(page)
    page.keyboard.press("y")
    assert status(page) == "Now it is Y."
    page.goto("/review")
    assert page.locator("[data-key-of=accept]").inner_text() == "Y"
    first = question(page)
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert question(page) == first
    press(page, "y")
    assert decided(own_examples) == ["D1 accept"]
    page.goto("/keys")
    page.locator("#keys-reset").click()
    assert page.locator("[data-choose=accept]").input_value() == "A"


def test_a_key_that_is_held_down_decides_once(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review", at=own_server)
    page.keyboard.down("x")
    for _ in range(5):
        page.keyboard.down("x")  # repeats
    page.keyboard.up("x")
    page.wait_for_timeout(300)
    assert decided(own_examples) == ["D1 reject"]


def test_space_on_a_button_presses_that_button(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review", at=own_server)
    page.locator("[data-act=reject]").focus()
    press(page, "Space")
    assert decided(own_examples) == ["D1 reject"]


def test_without_scripts_every_button_works(own_server: str, open_page: OpenPage, own_examples: Path) -> None:
    page = open_page("/review", at=own_server, scripts=False)
    first = question(page)
    page.get_by_label("Comment").fill("by hand")
    page.locator("button[value=no]").click()
    assert question(page) != first
    assert "D1 stored" in status(page)
    page.locator("button[value=undo]").click()
    assert question(page) == first
    assert "D1 taken back" in status(page)
    page.get_by_text("What would follow, event by event").click()
    expect(page.locator("h1")).to_have_text("What would follow")


def test_what_would_follow_is_on_the_card_of_a_small_ledger(own_server: str, open_page: OpenPage) -> None:
    page = open_page("/review?pair=R1,R7", at=own_server)
    expect(page.locator("#foreseen")).to_contain_text("If you say “Different”", timeout=20_000)


def test_a_card_that_was_answered_meanwhile_says_who_did(
    own_server: str, open_page: OpenPage, own_examples: Path, noticed: object
) -> None:
    from variorum.pipeline.deciding import Who, decide
    from variorum.pipeline.named import find_pair_item

    page = open_page("/review?pair=R1,R7", at=own_server)
    with Ledger.open(own_examples) as ledger:
        left, right = find_pair_item(ledger, "R1,R7").subjects
        decide(ledger, [Who("ada", "2031-05-04T10:00:00+00:00").judge(left, right, "same")])
    noticed.forgive("409")  # type: ignore[attr-defined]
    press(page, "x")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("ada decided the same a moment ago"))
    assert decided(own_examples) == ["D1 same"]
