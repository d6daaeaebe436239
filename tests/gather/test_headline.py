"""The headline of a plain text."""

from __future__ import annotations

import pytest

from variorum.gather.headline import find_headline

HEADLINE = "Bomb kills nine at Osk market"
BODY = "A car bomb killed nine people in Osk. Police gave no names."


@pytest.mark.parametrize(
    "above",
    [
        "Published 12 May 2016 09:40 | Osk Now",
        "12 May 2016",
        "Updated: Thursday 12 May 2016, 14:05 GMT",
        "THE OSK HERALD",
        "Osk Daily News",
        "The Osk Lantern | World",
        "The Osk Mercury",
        "Osk Lantern, 12 May 2016",
        "By Jane Marlow and Omar Kest, The Osk Mirror",
        "THE OSK HERALD\n12 May 2016\nBy Jane Marlow",
    ],
)
def test_an_outlet_a_date_or_a_byline_above_the_headline_is_passed_over(above: str) -> None:
    assert find_headline(f"{above}\n\n{HEADLINE}\n\n{BODY}") == HEADLINE


@pytest.mark.parametrize(
    "first",
    [
        HEADLINE,
        "BOMB KILLS NINE",
        "Army Takes Border Post",
        "Osk: nine killed by bomb",
        "By bus to the front: nine killed",
        "12 May blast: nine suspects held",
    ],
)
def test_a_headline_above_a_standfirst_stays_the_headline(first: str) -> None:
    assert find_headline(f"{first}\nPolice blame the hill rebels\n{BODY}") == first


def test_without_a_headline_below_it_the_outlet_line_stands_for_one() -> None:
    assert find_headline(f"Osk Lantern bulletin, 12 May 2016\n\n{BODY}\n") == "Osk Lantern bulletin, 12 May 2016"
    assert find_headline(f"THE OSK HERALD\n\n{BODY}\n") == "THE OSK HERALD"


@pytest.mark.parametrize("text", ["One line only", f"{BODY}\nAnd another.", "x" * 201 + "\nrest", ""])
def test_a_text_that_opens_with_a_paragraph_has_no_headline(text: str) -> None:
    assert find_headline(text) == ""
