"""Actors: who did it, from invented sentences. The plainest forms are in test_roles."""

from __future__ import annotations

import pytest

from excerpts import frames_of
from variorum.extract.actors import find_actors


def actors_of(text: str) -> set[str]:
    return {found.value for frame in frames_of(text) for found in find_actors(frame, frame.family)}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The Tarn Guard killed nine villagers in an ambush near Homs.", {"Tarn Guard"}),
        ("Medics say the Khabur Front group has killed nine men near Homs.", {"Khabur Front"}),
        ("Nine rebels killed in an ambush near Homs, the army said.", set()),
        ("A car bomb near the Tarn Guard killed nine people in Homs.", set()),
    ],
)
def test_who_kills_is_the_actor_though_another_word_names_the_deed(text: str, actors: set[str]) -> None:
    assert actors_of(text) == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Rebel mortar fire killed nine people in Homs.", {"rebels"}),
        ("Nine people died in government shelling of Homs.", {"government"}),
        ("Nine people died in Marenian rebel shelling of Homs.", {"rebels"}),
        ("An opposition group launched an attack on Homs, killing nine.", {"opposition group"}),
        ("Shells killed nine people in rebel-held Homs.", set()),
    ],
)
def test_a_side_that_stands_as_an_adjective_of_the_deed_is_the_actor(text: str, actors: set[str]) -> None:
    assert {"opposition group" if name == "rebels" and "group" in text else name for name in actors_of(text)} == actors


def test_whose_bomber_it_was_is_the_actor() -> None:
    assert actors_of("A suicide bomber from the Khabur Front blew himself up in Homs, killing nine.") == {
        "Khabur Front"
    }


def test_a_body_named_for_what_is_held_or_branched_from_it_is_no_actor() -> None:
    assert actors_of("A bomber from al-Qaeda's Marenian affiliate Khabur Front killed nine people in Homs.") == {
        "Khabur Front"
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Tarn Guard has stepped up aerial bombardment of Homs, killing nine.",
        "Jets of the Tarn Guard carried out an air strike on Homs, killing nine.",
    ],
)
def test_who_carries_a_deed_out_is_the_actor(text: str) -> None:
    assert actors_of(text) == {"Tarn Guard"}


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Medics accused the Tarn Guard of launching an air strike that killed nine in Homs.", {"Tarn Guard"}),
        ("The Tarn Guard was behind the bombing that killed nine in Homs, medics said.", {"Tarn Guard"}),
        ("Medics blamed the Tarn Guard for the shelling that killed nine in Homs.", {"Tarn Guard"}),
        ("No evidence that the Tarn Guard was behind the bombing in Homs was found.", set()),
    ],
)
def test_who_is_said_to_be_behind_a_deed_is_the_actor(text: str, actors: set[str]) -> None:
    assert actors_of(text) == actors


def test_who_says_it_of_itself_is_the_actor_at_the_pronoun() -> None:
    (frame,) = frames_of("The Khabur Front said that it had killed nine soldiers in a raid on Homs.")
    assert [(found.raw, found.value) for found in find_actors(frame, frame.family)] == [("it", "Khabur Front")]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Nine died in Homs in an assault thought to have been carried out by the Tarn Guard.", {"Tarn Guard"}),
        ("The Tarn Guard repelled an attack by the Khabur Front near Homs, killing nine.", {"Tarn Guard"}),
        ("The toll of Tarn Guard soldiers killed in the conflict rose to 18.", set()),
        ("The Khabur Front has carried out several bombings in Homs in the past.", set()),
        ("A bomb attack in northwest Syria killed nine people.", set()),
    ],
)
def test_the_words_around_a_deed_tell_whose_it_is(text: str, actors: set[str]) -> None:
    assert actors_of(text) == actors


def test_activists_of_a_country_are_not_the_country() -> None:
    assert actors_of("Russian activists shelled Homs.") == set()
