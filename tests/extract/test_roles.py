"""Roles: who did it, to whom, with whom, from invented sentences."""

from __future__ import annotations

import pytest

from excerpts import frames_of
from variorum.extract.actors import find_actors
from variorum.extract.roles import (
    find_parties,
    find_requesters,
    find_responsibility,
    find_subjects,
    find_targets,
)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The Tarn Guard shelled Homs.", {"Tarn Guard"}),
        ("Shelling by the Khabur Front killed two people.", {"Khabur Front"}),
        ("Nine people were killed by the Tarn Guard.", {"Tarn Guard"}),
        ("A Russian air strike killed nine people in Idlib.", {"Russia"}),
        ("The army and the Khabur Front clashed near Homs.", {"army", "Khabur Front"}),
        ("Gunmen shot two men, who were taken to a hospital in Lima.", {"gunmen"}),
        ("The Qusayr Monitor said a bomb killed two.", set()),
        ("The Qusayr Monitor said the Tarn Guard shelled Homs.", {"Tarn Guard"}),
        ("An attack on the Tarn Guard killed nine.", set()),
        ("Shells fell on Homs, killing two people.", set()),
    ],
)
def test_the_actor_is_who_did_it(text: str, actors: set[str]) -> None:
    (frame,) = frames_of(text)
    assert {found.value for found in find_actors(frame, frame.family)} == actors


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("An attack on the Tarn Guard killed nine.", {"Tarn Guard"}),
        ("Warplanes bombed an ammunition depot and a hospital in Idlib.", {"ammunition depot", "hospital"}),
        ("Six people were killed when shells hit the market.", {"market"}),
        ("The wounded were taken to a hospital after shelling of Homs.", set()),
        ("Gunmen shot two men, who were taken to a hospital in Lima.", set()),
        ("The army shelled Homs.", set()),
    ],
)
def test_the_target_is_what_was_hit(text: str, targets: set[str]) -> None:
    (frame,) = frames_of(text)
    assert {found.value for found in find_targets(frame, frame.family)} == targets


def test_where_the_wounded_are_brought_is_no_target() -> None:
    (frame,) = frames_of("Shells hit a market and the wounded were brought to a clinic in Lima.")
    assert {found.value for found in find_targets(frame, frame.family)} == {"market"}


def test_nobody_is_both_actor_and_target_of_one_frame() -> None:
    (frame,) = frames_of("The Tarn Guard shelled the Khabur Front near Homs on Monday.")
    actors = {found.value for found in find_actors(frame, frame.family)}
    targets = {found.value for found in find_targets(frame, frame.family)}
    assert actors == {"Tarn Guard"}
    assert targets == {"Khabur Front"}


@pytest.mark.parametrize(
    "text",
    [
        "A truce between the Tarn Guard and the Khabur Front took effect in Homs.",
        "The Tarn Guard and the Khabur Front signed an agreement in Homs.",
    ],
)
def test_the_parties_are_those_between_whom_it_is(text: str) -> None:
    (frame,) = frames_of(text)
    assert [found.value for found in find_parties(frame, frame.family)] == ["Tarn Guard", "Khabur Front"]


def test_states_are_parties_of_an_agreement() -> None:
    (frame,) = frames_of("Turkey and Iran reached an agreement on a safe road.")
    assert [found.value for found in find_parties(frame, frame.family)] == ["Turkey", "Iran"]


def test_a_strike_has_no_parties() -> None:
    (frame,) = frames_of("The Tarn Guard shelled Homs.")
    assert find_parties(frame, frame.family) == []


def test_the_requester_is_at_whose_request_it_was_done() -> None:
    (frame,) = frames_of("Drones were withdrawn at the request of Turkish officials on Monday.")
    assert [(found.raw, found.value) for found in find_requesters(frame)] == [("Turkish officials", "Turkey")]


def test_the_subject_of_a_deal_is_in_the_words_of_the_report() -> None:
    (frame,) = frames_of("Turkey and Iran reached an agreement on a safe road in Lima.")
    assert [(found.raw, found.value) for found in find_subjects(frame, frame.family)] == [
        ("a safe road", "a safe road")
    ]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("The Tarn Guard claimed responsibility for the car bombing of a market.", [("Tarn Guard", "asserts")]),
        ("The Tarn Guard denied involvement in the car bombing of a market on Monday.", [("Tarn Guard", "denies")]),
        ("The Tarn Guard did not speak of the car bombing of a market on Monday.", []),
    ],
)
def test_responsibility_is_claimed_or_denied_by_name(text: str, given: list[tuple[str, str]]) -> None:
    (frame,) = frames_of(text)
    assert [(found.value, stance) for found, stance in find_responsibility(frame)] == given


def test_every_role_stands_at_its_own_words() -> None:
    text = "The Tarn Guard shelled the Khabur Front and an ammunition depot near Homs on Monday."
    (frame,) = frames_of(text)
    for found in (*find_actors(frame, frame.family), *find_targets(frame, frame.family)):
        assert text[found.start : found.end] == found.raw
