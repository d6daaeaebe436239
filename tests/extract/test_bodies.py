"""Bodies without a name of their own, from invented articles."""

from __future__ import annotations

import pytest

from excerpts import entities_of


def names(text: str) -> list[tuple[str, str]]:
    """Words and value of every body in a text."""
    return [(found.raw, found.value) for _, entities in entities_of(text) for found in entities.names]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Gunmen attacked a mill.", [("Gunmen", "gunmen")]),
        ("Rebels shelled a mill.", [("Rebels", "rebels")]),
        ("Rebel fighters shelled a mill.", [("Rebel fighters", "rebels")]),
        ("Militiamen shelled a mill.", [("Militiamen", "militia")]),
        ("Security forces shelled a mill.", [("Security forces", "security forces")]),
        ("The bakers sold bread.", []),
    ],
)
def test_a_body_without_a_name_gets_a_plain_one(text: str, given: list[tuple[str, str]]) -> None:
    assert names(text) == given


def test_the_army_is_the_army_named_last() -> None:
    text = "The Jazira Army entered the town. The army shelled Homs on Monday."
    assert names(text) == [("Jazira Army", "Jazira Army"), ("army", "Jazira Army")]


def test_an_army_without_the_definite_article_stays_unnamed() -> None:
    text = "The Jazira Army entered the town. An army shelled Homs on Monday."
    assert names(text)[-1] == ("army", "army")


def test_an_army_named_later_names_no_army_before() -> None:
    text = "The army shelled Homs on Monday. The Jazira Army entered the town."
    assert names(text)[0] == ("army", "army")


@pytest.mark.parametrize(
    "text",
    [
        "He works at the police station.",
        "A mill near the army base burnt down.",
        "A police officer sat down.",
    ],
)
def test_a_body_that_only_describes_a_thing_is_none(text: str) -> None:
    assert names(text) == []


def test_a_word_inside_a_name_is_not_read_again() -> None:
    assert names("The Jazira Army entered the town.") == [("Jazira Army", "Jazira Army")]


def test_bodies_stand_in_the_order_of_the_text_at_their_own_words() -> None:
    text = "Gunmen and the Khabur Front fought rebels near a mill."
    ((sentence, entities),) = entities_of(text)
    starts = [found.start for found in entities.names]
    assert starts == sorted(starts)
    assert all(sentence.text[found.start : found.end] == found.raw for found in entities.names)
    assert {found.value for found in entities.names} >= {"gunmen", "Khabur Front", "rebels"}
