"""What is said of the views is true of them: every column is explained, and none that is not there."""

from __future__ import annotations

import pytest

from variorum.ledger import Ledger
from variorum.ledger.views import VIEWS
from variorum.ledger.viewwords import VIEW_WORDS


def test_every_view_is_explained() -> None:
    assert list(VIEW_WORDS) == list(VIEWS)


@pytest.mark.parametrize("name", VIEWS)
def test_every_column_is_explained_in_its_order(name: str, ledger: Ledger) -> None:
    words = VIEW_WORDS[name]
    assert list(ledger.sql(f"SELECT * FROM {name}").columns) == list(words.columns)
    assert {*words.facets, *words.sortable, words.label} <= words.columns.keys()
