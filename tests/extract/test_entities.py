"""Values in one sentence before anyone says which event they belong to, from invented sentences."""

from __future__ import annotations

import pytest

from excerpts import entities_of
from variorum.extract.entities import Entities, find_anchor
from variorum.extract.sentences import split_sentences


def entities(text: str, anchor: str | None = "2023-06-16") -> Entities:
    """The values in a text of one sentence."""
    ((_, found),) = entities_of(text, anchor)
    return found


def raws(found: tuple[object, ...]) -> list[str]:
    return [value.raw for value in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "events", "sayings"),
    [
        ("Shelling hit Homs, the ministry said on Monday.", [], ["Monday"]),
        ("Shelling hit Homs, the ministry said in a statement on Monday.", [], ["Monday"]),
        ("The ministry on Monday said shelling hit Homs.", [], ["Monday"]),
        ("Shelling hit Homs on Sunday, the ministry said on Monday.", ["Sunday"], ["Monday"]),
        ("Shelling hit Homs on Monday, the ministry said.", ["Monday"], []),
        ("The monitor put the toll at nine on Tuesday.", [], ["Tuesday"]),
        ("On Thursday shelling hit Homs.", ["Thursday"], []),
    ],
)
def test_the_day_of_the_saying_is_told_from_the_day_of_the_event(
    text: str, events: list[str], sayings: list[str]
) -> None:
    found = entities(text)
    assert (raws(found.dates), raws(found.said)) == (events, sayings)


def test_the_dateline_is_not_read() -> None:
    found = entities("LIMA, June 14 (Tarn Wire) - Shelling hit Homs on Monday.")
    assert (raws(found.places), raws(found.dates)) == (["Homs"], ["Monday"])


@pytest.mark.parametrize(
    "text",
    [
        "The US-backed Tarn Guard baked bread.",
        "Shelling hit Lima Street.",
        "The Lima Police opened a school.",
    ],
)
def test_a_place_in_the_name_of_something_else_is_no_place(text: str) -> None:
    assert raws(entities(text).places) == []


def test_a_place_inside_the_name_of_a_body_is_no_place() -> None:
    found = entities("The Islamic State of Iraq attacked Mosul.")
    assert raws(found.places) == ["Mosul"]


def test_every_value_is_the_text_at_its_place() -> None:
    text = "On Monday at dawn the Tarn Guard fired six Kalibr missiles 500 km from two ships at Homs."
    found = entities(text)
    lists = (found.dates, found.times, found.names, found.places, found.weapons, found.platforms, found.quantities)
    assert all(lists)
    assert all(text[value.start : value.end] == value.raw for values in lists for value in values)


def anchor(text: str, published: str | None) -> str | None:
    return find_anchor(split_sentences(text, ""), published)


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        ("Shelling hit Homs, the ministry said on Wednesday.", "2023-06-16", "2023-06-14"),
        ("Shelling hit Homs on Wednesday.", "2023-06-16", "2023-06-16"),
        ("Shelling hit Homs, the ministry said on Saturday.", "2023-06-16", "2023-06-16"),
        ("Shelling hit Homs, the ministry said on Wednesday.", None, None),
    ],
)
def test_a_story_was_written_on_the_last_day_its_sources_spoke(
    text: str, published: str | None, day: str | None
) -> None:
    assert anchor(text, published) == day
