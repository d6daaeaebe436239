"""A name at a given span, whatever the words around it say."""

from __future__ import annotations

import pytest

from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import resolve_name

BOOK = open_gazetteer()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Syrian officials spoke.", "Syrian", "ne:SY"),
        ("Two Sri Lankan officers spoke.", "Sri Lankan", "ne:LK"),
        ("Minnesotans voted.", "Minnesotans", "ne:US.minnesota"),
        ("A man of Mobile, Ala., was held.", "Ala.", "ne:US.alabama"),
        ("The airline of Buffalo, New York, flew.", "New York", "ne:US.new-york"),
        ("Metro Vancouver bans it.", "Metro Vancouver", "gn:6173331"),
        ("The US Navy came.", "US", "ne:US"),
    ],
)
def test_a_span_is_the_place_that_its_name_speaks_of(text: str, name: str, value: str) -> None:
    start = text.index(name)
    assert resolve_name(text, start, start + len(name), BOOK) == value


def test_a_bare_county_is_meant_where_the_article_speaks_of_counties() -> None:
    text = "In Nebraska the counties grew: Platte and Sarpy most, Douglas County least."
    start = text.index("Sarpy")
    assert resolve_name(text, start, start + 5, BOOK) == "gn:US.nebraska.sarpy-county"


def test_a_name_that_the_gazetteer_lacks_lies_in_the_known_place_beside_it() -> None:
    text = "Shells fell on Qwerbanat in Aleppo province in Syria."
    start = text.index("Qwerbanat")
    assert resolve_name(text, start, start + 9, BOOK) == "name:Qwerbanat;in=ne:SY.aleppo"


def test_a_span_without_words_is_no_place() -> None:
    assert resolve_name("Aleppo", 6, 6, BOOK) is None
