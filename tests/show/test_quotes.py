"""A quote among the words around it."""

from __future__ import annotations

import pytest

from variorum.show.quotes import Passage, cut_passage

TEXT = "Title here\n\nFirst line 😀 قتل seven people in the market.\nIt added more.\n\nLast."


@pytest.mark.parametrize(
    ("quote", "size", "passage"),
    [
        ("seven", 10, Passage("…😀 قتل ", "seven", " people…")),
        ("seven", 400, Passage("First line 😀 قتل ", "seven", " people in the market. It added more.")),
        ("Title", 50, Passage("", "Title", " here")),
        ("Last.", 50, Passage("", "Last.", "")),
        ("market.\nIt", 5, Passage("…the ", "market. It", "…")),
    ],
)
def test_words_around_a_quote_stay_in_its_paragraph_and_whole(quote: str, size: int, passage: Passage) -> None:
    start = TEXT.index(quote)
    found = cut_passage(TEXT, start, start + len(quote), size)
    assert found.quote == passage.quote
    assert found == passage


@pytest.mark.parametrize("size", [1, 7, 30, 200])
def test_what_is_shown_stands_in_the_text(size: int) -> None:
    flat = TEXT.replace("\n", " ")
    for start in range(len(TEXT) - 3):
        found = cut_passage(TEXT, start, start + 3, size)
        assert found.before.lstrip("…") + found.quote + found.after.rstrip("…") in flat
