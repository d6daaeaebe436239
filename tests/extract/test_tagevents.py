"""Tests of event words and figures in the shape of the rules: values parsed from words, kinds made finer by them."""

from __future__ import annotations

import pytest

from variorum.extract.sentences import split_sentences
from variorum.extract.tagevents import tagged_tolls, tagged_triggers
from variorum.extract.tagger import tag


def tolls(text: str) -> list[tuple[str, str, str, bool]]:
    sentence = split_sentences(text)[0]
    rows = tagged_tolls(tag(text, [(sentence.start, sentence.end)]), sentence)
    return [(text[row.toll.start : row.toll.end], row.toll.prop, row.toll.value, row.toll.part) for row in rows]


def triggers(text: str) -> list[tuple[str, str, str]]:
    sentence = split_sentences(text)[0]
    rows = tagged_triggers(tag(text, [(sentence.start, sentence.end)]), sentence, 0.0)
    return [(text[one.start : one.end], one.kind, realis) for one, realis, _ in rows]


def test_a_figure_is_parsed_from_its_words_with_its_bound() -> None:
    found = tolls("A car bomb killed at least 12 people, including three children, and wounded 40 others in Deraqa.")
    assert ("at least 12 people", "killed", "12..", False) in found
    assert ("40 others", "injured", "40", False) in found
    assert [part for words, _, _, part in found if words == "three children"] == [True]


def test_a_count_without_harm_is_no_toll() -> None:
    assert tolls("Some 400 people attended the opening of the library.") == []


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Shelling hit a bakery in Homs.", "hit", "strike"),
        ("Gunmen kidnapped two nurses in Bamako.", "kidnapped", "abduction"),
        ("Police detained 40 protesters in Nairobi on Friday.", "detained", "arrest"),
    ],
)
def test_the_kind_of_an_event_word(text: str, words: str, kind: str) -> None:
    assert (words, kind, "happened") in triggers(text)


def test_what_is_denied_is_told_as_denied() -> None:
    assert ("bombed", "strike", "denied") in triggers("The ministry denied that its jets had bombed the school.")


def test_other_events_are_left_out() -> None:
    assert triggers("The company sold its harbour to a rival.") == []
