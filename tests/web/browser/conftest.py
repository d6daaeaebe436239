"""A real server over the sample reports, and a Chromium that looks at its pages: absent, these tests are skipped."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from bench.browsing import LAUNCH, NO_CHROMIUM, Noticed, context_options, find_chromium, serve, watch
from playwright.sync_api import Browser, Page, sync_playwright

from looking import OpenPage, ServeLedger, SharedPage
from variorum.config import Config
from variorum.web.app import Site, make_server

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.file)  # a server over a file: once is enough


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a Chromium; the test is skipped where there is none, and fails where one is needed."""
    found = find_chromium()
    if found is None:
        if os.environ.get("VARIORUM_NEEDS_BROWSER") == "1":
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)
    return found


def serving(place: Path) -> Any:
    """Serve a ledger as on this machine, decided by m.k."""
    return serve(make_server(Site(str(place), "m.k."), Config()))


@pytest.fixture(scope="session")
def server(demo: Path) -> Iterator[str]:
    """The address of a server over the sample reports and a few decisions, to read."""
    with serving(demo) as address:
        yield address


@pytest.fixture
def serve_ledger() -> Iterator[ServeLedger]:
    """Serve a ledger for one test, and give the address."""
    with ExitStack() as stack:
        yield lambda place: stack.enter_context(serving(place))


@pytest.fixture
def own_server(own_examples: Path, serve_ledger: ServeLedger) -> str:
    """The address of a server over a copy of the sample reports, to decide in."""
    return serve_ledger(own_examples)


@pytest.fixture(scope="session")
def chromium_session(chromium_path: str) -> Iterator[tuple[Browser, Any]]:
    """A Chromium that all tests of this process share, and the event loop that Playwright talks to it in."""
    with sync_playwright() as playwright:
        loop = asyncio.get_running_loop()
        browser = playwright.chromium.launch(executable_path=chromium_path, args=LAUNCH)
        asyncio._set_running_loop(None)
        yield browser, loop
        asyncio._set_running_loop(loop)
        browser.close()


@pytest.fixture
def chromium(chromium_session: tuple[Browser, Any]) -> Iterator[Browser]:
    """That Chromium. Between its tests Playwright's loop is put away: others run loops of their own."""
    browser, loop = chromium_session
    asyncio._set_running_loop(loop)
    yield browser
    asyncio._set_running_loop(None)


@pytest.fixture
def noticed() -> Iterator[Noticed]:
    """What the browser came upon in this test; it fails for a request to another machine, or an error."""
    found = Noticed()
    yield found
    assert found.complaints() == []


@pytest.fixture
def open_page(chromium: Browser, noticed: Noticed, server: str, serve_ledger: ServeLedger) -> Iterator[OpenPage]:
    """Open a page in a context of its own, which is closed before any server of this test stops.

    Options: `at`, the address of another server; `dark`, `narrow`, `scripts`, as in `context_options`.
    """
    with ExitStack() as stack:

        def open_one(path: str, *, at: str = server, **options: bool) -> Page:
            context = chromium.new_context(base_url=at, **context_options(**options))
            stack.callback(context.close)
            context.set_default_timeout(10_000)
            watch(context, noticed)
            page = context.new_page()
            page.goto(path)
            return page

        yield open_one


Lasting = dict[tuple[tuple[str, bool], ...], tuple[Page, Noticed]]


@pytest.fixture(scope="session")
def lasting() -> Lasting:
    """The pages that tests share which only look at what the server over the sample reports gives."""
    return {}


@pytest.fixture
def shared_page(chromium: Browser, server: str, lasting: Lasting) -> Iterator[SharedPage]:
    """Give a page that earlier tests looked through: a context of its own for each costs more than the look.

    Options: `dark`, `narrow`, `scripts`, as in `context_options`. What it came upon is of the test that had it then.
    """
    had: list[tuple[Page, Noticed]] = []

    def give(**options: bool) -> Page:
        key = tuple(sorted(options.items()))
        if key not in lasting:
            context = chromium.new_context(base_url=server, **context_options(**options))
            context.set_default_timeout(10_000)
            found = Noticed()
            watch(context, found)
            lasting[key] = (context.new_page(), found)
        had.append(lasting[key])
        return lasting[key][0]

    yield give
    for page, found in had:
        page.goto("about:blank")
        told = found.complaints()
        found.elsewhere.clear()
        found.errors.clear()
        assert told == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page in a wide light window, empty; `page.goto("/events/…")` asks the server over the sample reports."""
    return open_page("about:blank")
