"""Where the bearers of an article's names lie together."""

from __future__ import annotations

import pytest

from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import find_places, resolve_name
from variorum.values.placecensus import take_census
from variorum.values.placetext import load_cues, split_tokens

BOOK = open_gazetteer()


@pytest.mark.parametrize(
    ("text", "name", "province"),
    [
        ("The Texas mayor of Paris met the councils of Blossom and Honey Grove.", "Paris", "ne:US.texas"),
        ("Paris police and the Henry County Medical Center were called in Tennessee.", "Paris", "ne:US.tennessee"),
        ("A Texas Rangers team came to Athens and Tyler.", "Athens", "ne:US.texas"),
    ],
)
def test_names_that_lie_together_say_which_bearer_is_meant(text: str, name: str, province: str) -> None:
    start = text.index(name)
    entry = BOOK.entry(resolve_name(text, start, start + len(name), BOOK) or "")
    assert entry is not None
    assert entry.admin1 == province


def test_a_list_of_states_is_no_list_of_the_towns_called_so() -> None:
    text = "Cases came from Kansas, Michigan, Missouri, Nebraska, Nevada, Ohio, Oregon and Wyoming."
    assert {place.extra["feature"] for place in find_places(text)} == {"admin1"}


def test_a_village_does_not_displace_the_country_of_its_name() -> None:
    text = "Aid came from Africa and Angola to Mahdia and Monastir in Tunisia."
    assert [place.extra["feature"] for place in find_places(text)][:2] == ["region", "country"]


def test_a_name_does_not_speak_for_itself() -> None:
    text = "Springfield is Springfield."
    census = take_census(split_tokens(text), BOOK, load_cues(), frozenset())
    assert all(census.support("springfield", entry) == pytest.approx(0.0) for entry in BOOK.find("Springfield"))
