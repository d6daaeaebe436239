"""Sources that no list names: found by the grammar of the sentence, the line or the quotation."""

from __future__ import annotations

import pytest

from variorum.extract.attribution import find_attributions, source_at
from variorum.extract.governed import has_verb, heading_source, subject_at
from variorum.extract.sentences import split_sentences


def source_of(text: str, words: str) -> str:
    found = source_at(find_attributions(text, split_sentences(text)), text.index(words))
    return found.source if found is not None else ""


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Koro raid kills six: monitor\n\nRain fell.", "six", "monitor"),
        ("Koro raid kills six - police\n\nRain fell.", "six", "police"),
        ("Defence ministry: six boats sank\n\nRain fell.", "six", "defence ministry"),
        ("Rain fell.\n\nHospital director: “Six died here.”", "Six", "hospital director"),
        ("KORO: six boats sank on Monday.", "six", ""),
        ("Update: Six boats sank\n\nRain fell.", "Six", ""),
        ("Marenia: Six boats sank\n\nRain fell.", "Six", ""),
    ],
)
def test_a_line_can_name_its_source_before_or_behind_a_colon(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("“Six boats sank here,” Jane Marlow sighed.", "Six", "Jane Marlow"),
        ("“Six boats sank here?” wondered Jane Marlow.", "Six", "Jane Marlow"),
        ("Jane Marlow offered a guess: “Six boats sank here.”", "Six", "Jane Marlow"),
        ("Omar Tell said it. “Six boats sank here,” Jane Marlow continued. “Nobody came.”", "Six", "Jane Marlow"),
    ],
)
def test_a_quotation_is_its_speaker_s_whatever_the_verb(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Jane Marlow thanked the crew and said six boats sank.", "six", "Jane Marlow"),
        ("The army left the pier on Monday, saying six boats sank.", "six", "army"),
        ("Residents believe the army sank six boats.", "six", "residents"),
        ("A survey of the lake found six wrecks.", "six", "survey of the lake"),
        ("Divers found six wrecks.", "six", ""),
        ("Captain Jane Marlow of the rescue service said six boats sank.", "six", "rescue service"),
        ("Six boats, the harbour police said, sank off the pier.", "sank", "harbour police"),
    ],
)
def test_a_verb_has_the_subject_of_its_sentence(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


def test_a_count_of_people_can_speak() -> None:
    text = "At least 200 of those asked said so."
    assert subject_at(text, 0, (text.index("said"), text.index("said") + 4)) == (3, text.index(" said"))


def test_a_heading_gives_source_mark_and_content() -> None:
    text = "Police: Six boats sank"
    assert heading_source(text, 0, title=False) == ((0, 6), (6, 7), (8, len(text)))


@pytest.mark.parametrize(("text", "held"), [("the six boats", False), ("the six boats sank", True)])
def test_a_stretch_holds_a_verb_or_none(text: str, held: bool) -> None:
    assert has_verb(text, 0, len(text)) is held
