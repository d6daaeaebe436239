"""What the fixtures of tests/web/browser give, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

OpenPage = Callable[..., Page]  # path, then the options of bench.browsing.context_options, or `at` another server
SharedPage = Callable[..., Page]  # the options of bench.browsing.context_options
ServeLedger = Callable[[Path], str]
