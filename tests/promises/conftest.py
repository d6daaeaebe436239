"""Fixtures of the promises: the real reader, asked once for each text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import invented
from variorum.pipeline import BuiltIn


@pytest.fixture(autouse=True, scope="module")
def remembered() -> Iterator[None]:
    """Let the pipeline remember what the reader made of a text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BuiltIn, "__call__", lambda self, article: invented.read_once(article))
        yield
