"""Drafts: frames of one article that report one event, from invented articles."""

from __future__ import annotations

import pytest

from excerpts import drafts_of
from variorum.extract.mentions import find_stretch


def kinds(text: str, anchor: str | None = "2023-06-16") -> list[str]:
    return [draft.kind for draft in drafts_of(text, anchor)]


@pytest.mark.parametrize(
    "later",
    [
        "Nine people were killed.",
        "The blast killed nine people.",
        "The bombing in Mosul killed nine people, the ministry said.",
        "The death toll rose to nine.",
    ],
)
def test_a_sentence_about_the_event_joins_it(later: str) -> None:
    assert kinds("A car bomb exploded in Mosul on Tuesday. " + later) == ["bombing"]


@pytest.mark.parametrize(
    "later",
    [
        "On Wednesday a car bomb killed nine people in Mosul.",
        "A car bomb killed nine people in Lima on Tuesday.",
        "In a separate attack, a car bomb killed nine people.",
    ],
)
def test_another_day_another_place_or_the_words_for_it_make_another_event(later: str) -> None:
    assert kinds("A car bomb exploded in Mosul on Tuesday. " + later) == ["bombing", "bombing"]


def test_suburbs_of_one_city_are_one_place_of_attack() -> None:
    assert kinds("Shelling hit Homs on Monday. Shelling killed nine people in Al Qusayr near Homs on Monday.") == [
        "strike"
    ]


def test_two_kinds_that_cannot_be_one_event_stay_apart() -> None:
    assert kinds("Gunmen abducted three nurses in Mosul on Monday. Police in Mosul arrested two men on Monday.") == [
        "abduction",
        "arrest",
    ]


def test_departure_and_arrival_of_a_convoy_are_two_events() -> None:
    text = "The convoy of ten buses left Idlib on Monday. The convoy arrived in Homs on Tuesday."
    assert kinds(text) == ["transfer.departed", "transfer.arrived"]


def test_background_joins_no_event() -> None:
    text = "Shelling killed two people in Homs on Monday. More than 9,000 people have been killed since the war began."
    assert kinds(text) == ["strike", "background.total"]


def test_events_of_two_pasted_stories_do_not_join() -> None:
    text = (
        "Market bomb in Mosul\n"
        "MOSUL - A car bomb exploded in Mosul on Monday, police said.\n"
        "The blast killed four officers.\n"
        "A baker said that he had heard it from afar.\n"
        "Station bomb in Lima\n"
        "LIMA - The blast killed nine people, the ministry said.\n"
    )
    mosul, *others = drafts_of(text, None)
    assert "9" not in {toll.value for frame in mosul.frames for toll in frame.tolls}
    assert "9" in {toll.value for draft in others for frame in draft.frames for toll in frame.tolls}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Nine people were killed by rockets in Homs on Monday.", "strike"),
        ("Nine people were killed in Homs on Monday. A car bomb had been left at the gate.", "bombing"),
        ("Nine people were killed in Homs on Monday.", "attack"),
    ],
)
def test_the_means_name_the_kind_where_words_of_harm_do_not(text: str, kind: str) -> None:
    assert kinds(text)[:1] == [kind]


def test_a_noun_that_only_refers_founds_no_event() -> None:
    assert kinds("The minister spoke about the attack.") == []


def test_the_stretch_of_a_mention_ends_where_another_matter_begins() -> None:
    told = "A car bomb exploded in Mosul on Tuesday. The blast killed nine people."
    text = told + " Bread is dear in the market. Prices rose again."
    (draft,) = drafts_of(text)
    start, end = find_stretch(draft)
    assert text[start:end] == told
