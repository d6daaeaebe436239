"""Quotes found in a text: as they stand, folded, or but for a slip of the pen; invented ones are not."""

from __future__ import annotations

import pytest

from variorum.extract.align import find_quote, fold

TEXT = (
    "“We heard  two blasts,” the baker’s wife said — nobody slept.\n"
    "At least 12 people were killed near the old mill\n"
    "of Tarnak, and 12,000 fled in 2012. Nobody slept."
)
FOUND = [
    ("At least 12 people", "At least 12 people"),
    ("  two blasts ", "two blasts"),
    ('"We heard two blasts,"', "“We heard  two blasts,”"),
    ("the baker's wife said - nobody slept", "the baker’s wife said — nobody slept"),
    ("the old mill of Tarnak", "the old mill\nof Tarnak"),
    ("“At least 12 people were killed”", "At least 12 people were killed"),
    ("killed near the old mill…", "killed near the old mill"),
    ("At least 12 people where killed near the old mill", "At least 12 people were killed near the old mill"),
    ("12 people were kiled near the old mill of Tarna", "12 people were killed near the old mill\nof Tarnak"),
]
INVENTED = [
    "At least 13 people were killed near the old mill",  # another figure
    "At least 12 people were not killed near the old mill of Tarnak, and 12,000 fled",  # another sense
    "twelve people died in the fire",
    "Tarnok",  # short: one letter is another name
    "eard two",  # no whole words
    "000 fled",  # no whole figure
    "012",
    "",
    "   ",
]


@pytest.mark.parametrize(("quote", "expected"), FOUND)
def test_words_are_found_and_given_as_the_text_has_them(quote: str, expected: str) -> None:
    assert [TEXT[start:end] for start, end in find_quote(fold(TEXT), quote)] == [expected]


@pytest.mark.parametrize("quote", INVENTED)
def test_invented_words_are_found_nowhere(quote: str) -> None:
    assert find_quote(fold(TEXT), quote) == []


def test_words_that_stand_twice_are_found_twice() -> None:
    assert find_quote(fold("one blast, another blast"), "blast") == [(4, 9), (19, 24)]


def test_a_slip_of_the_pen_that_fits_two_places_is_found_at_both() -> None:
    text = "On Monday shells hit the old school in Tarnak. Later shells hit the old school in Tarnak again."
    assert len(find_quote(fold(text), "shells hit the old schol in Tarnak")) == 2


def test_words_that_stand_everywhere_but_for_a_slip_are_found_often_enough_to_be_several() -> None:
    text = "shells hit the old school in Tarnak. " * 3_000
    assert len(find_quote(fold(text), "shells hit the old schol in Tarnak")) > 1


@pytest.mark.parametrize("text", ["", " ", "a", "“"])
def test_a_text_without_words_holds_no_quote(text: str) -> None:
    assert find_quote(fold(text), "At least 12 people were killed") == []
