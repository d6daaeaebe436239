"""Frames: what one sentence reports to have happened, from invented sentences."""

from __future__ import annotations

import pytest

from excerpts import FRIDAY, frames_of


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Shelling hit Homs on Monday, while gunmen abducted three nurses in Kirkuk.", ["strike", "abduction"]),
        ("Warplanes bombed a mill near Idlib, killing four people.", ["strike"]),
        ("Six people were killed when shells hit the market.", ["strike"]),
        ("Fighters executed five men after clashes in Raqqa.", ["execution"]),
        ("Police arrested two men over the shooting of a baker in Lima.", ["arrest"]),
        ("The army broke through on Sunday, breaking the two-year siege of the base.", ["siege.broken"]),
        ("The farmers of Homs sold their wheat on Monday.", []),
    ],
)
def test_a_sentence_has_as_many_frames_as_it_reports_events(text: str, kinds: list[str]) -> None:
    assert [frame.kind for frame in frames_of(text)] == kinds


def test_each_clause_keeps_the_values_that_stand_in_it() -> None:
    strike, abduction = frames_of("Shelling hit Homs on Monday, while gunmen abducted three nurses in Kirkuk.")
    assert [found.raw for found in strike.places] == ["Homs"]
    assert [found.raw for found in strike.dates] == ["Monday"]
    assert not strike.tolls
    assert [found.raw for found in abduction.places] == ["Kirkuk"]
    assert [toll.value for toll in abduction.tolls] == ["3"]


def test_no_figure_goes_to_two_frames() -> None:
    frames = frames_of(
        "Shelling killed two people in Homs, while a bomb killed nine in Mosul and gunmen abducted three nurses."
    )
    spans = [(toll.prop, toll.start) for frame in frames for toll in frame.tolls]
    assert len(spans) == len(set(spans)) >= 3


def test_the_text_of_a_frame_is_its_clauses() -> None:
    frames = frames_of("Shelling hit Homs on Monday, while gunmen abducted three nurses in Kirkuk.")
    assert [frame.text for frame in frames] == [
        "Shelling hit Homs on Monday, ",
        "while gunmen abducted three nurses in Kirkuk.",
    ]


@pytest.mark.parametrize(
    ("text", "realis"),
    [
        ("Shelling killed nine people in Homs on Monday.", "event"),
        ("In May a bomb killed nine people in Homs.", "event"),
        ("Some 3,000 people have fled Idlib since Tuesday.", "event"),
        ("Rebels may have shelled the mill on Monday.", "event"),
        ("Shelling has killed 900 people since the war began.", "total"),
        ("Shelling has killed 900 people so far this year.", "total"),
        ("In 2009 a bomb killed 40 people in Homs.", "history"),
        ("Warplanes of this class dropped bombs and can carry eight cruise missiles.", "capability"),
        ("Rebels threatened to shell the airport in Homs.", "planned"),
        ("The army plans to shell the airport in Homs.", "planned"),
    ],
)
def test_an_event_is_told_from_what_is_none(text: str, realis: str) -> None:
    frames = frames_of(text)
    assert {frame.realis for frame in frames} <= {realis}
    assert frames or realis == "planned"


def test_an_old_date_makes_history_only_beside_a_date_of_publication() -> None:
    text = "A bomb killed nine people in Homs on 3 March 2023."
    assert [frame.realis for frame in frames_of(text, "2023-03-04")] == ["event"]
    assert [frame.realis for frame in frames_of(text, "2023-09-04")] == ["history"]
    assert [frame.realis for frame in frames_of(text, None)] == ["event"]


@pytest.mark.parametrize(
    ("text", "violent", "kinds"),
    [
        ("The strike was felt in all of Homs.", False, []),
        ("The strike was felt in all of Homs.", True, ["strike"]),
        ("Workers began a strike in Lima.", False, []),
        ("Police carried out a raid on a bar in Lima.", True, []),
    ],
)
def test_words_with_a_peaceful_meaning_need_violence_around_them(text: str, violent: bool, kinds: list[str]) -> None:
    assert [frame.kind for frame in frames_of(text, violent=violent)] == kinds


def test_harm_words_alone_leave_the_kind_open() -> None:
    (frame,) = frames_of("Nine people were killed in Homs on Monday.")
    assert frame.generic
    (frame,) = frames_of("Nine people were killed by shelling in Homs on Monday.")
    assert not frame.generic


def test_the_town_is_the_town_of_the_sentence_before() -> None:
    _, later = frames_of("Shelling hit Homs on Monday. Warplanes bombed a mill in the city.")
    assert [(found.raw, found.value) for found in later.places] == [("the city", "gn:169577")]


def test_the_town_stays_unknown_where_no_town_was_named() -> None:
    (frame,) = frames_of("Warplanes bombed a mill in the city.")
    assert frame.places == ()


@pytest.mark.parametrize(
    ("text", "definite"),
    [("The rockets struck the port of Odesa.", True), ("Rockets struck the port of Odesa.", False)],
)
def test_an_event_known_to_the_reader_is_marked(text: str, definite: bool) -> None:
    assert [frame.definite for frame in frames_of(text)] == [definite]


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("In a separate attack, shelling killed two people in Homs.", True),
        ("Elsewhere, shelling killed two people in Homs.", True),
        ("Shelling killed two people in Homs.", False),
    ],
)
def test_words_for_another_event_are_marked(text: str, fresh: bool) -> None:
    assert [frame.fresh for frame in frames_of(text)] == [fresh]


def test_the_dateline_gives_no_place_and_no_date() -> None:
    (frame,) = frames_of("LIMA, June 14 (Tarn Wire) - Shelling killed two people in Homs on Monday.", FRIDAY)
    assert [found.raw for found in frame.places] == ["Homs"]
    assert [found.raw for found in frame.dates] == ["Monday"]
