"""Every page in a real browser."""

from __future__ import annotations

from bench.addresses import Known
from playwright.sync_api import Page


def test_an_event_opens_with_no_error_and_asks_no_other_machine(page: Page, server: str, known: Known) -> None:
    page.goto(f"/events/{known.event}")
    assert page.locator("h1").inner_text()
