"""Quotations."""

from __future__ import annotations

import pytest

from variorum.extract.quotes import find_quotes
from variorum.extract.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('He said "six boats sank" there.', ['"six boats sank"']),
        ("“Six boats. Nine men,” he said.", ["“Six boats. Nine men,”"]),
        ("'Six boats sank,' said Marlow's aide.", ["'Six boats sank,'"]),
        ("''Six boats sank,'' he said.", ["''Six boats sank,''"]),
        ("Koro's boats and Sella's men left.", []),
        ("“Six boats sank.\n“Nine men died,” he said.", ["“Six boats sank.", "“Nine men died,”"]),
    ],
)
def test_a_quotation_runs_from_mark_to_mark(text: str, quotes: list[str]) -> None:
    assert [text[low:high] for low, high in find_quotes(text, split_sentences(text))] == quotes
