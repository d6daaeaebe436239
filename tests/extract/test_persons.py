"""Who is the same as whom among persons told one by one. All reports are invented."""

from __future__ import annotations

import pytest

from variorum.extract.harmed import Told
from variorum.extract.persons import tell_persons
from variorum.extract.sentences import split_sentences
from variorum.extract.tolls import find_tolls


def told(text: str, *lines: int) -> list[Told]:
    return [
        Told(toll, sentence, lines[index] if index < len(lines) else 0)
        for index, sentence in enumerate(split_sentences(text))
        for toll in find_tolls(sentence.text)
    ]


def test_a_man_of_another_event_is_another_man_and_one_of_the_same_age_the_same() -> None:
    text = "A man was killed in Orvale. A man was killed in Dersa."
    assert len(tell_persons(told(text))) == 1
    assert len(tell_persons(told(text, 0, 1))) == 2
    named = "A 34-year-old man was killed. On Friday, Jon Testley, 34, was killed."
    assert len(tell_persons(told(named, 0, 1))) == 1


@pytest.mark.parametrize("again", ["He died on Friday.", "The victim died on Friday."])
def test_a_pronoun_takes_up_a_person_of_any_event_and_his_fate_is_known(again: str) -> None:
    (person,) = tell_persons(told(f"A man was shot in Orvale. {again}", 0, 1))
    assert person.dead
    assert not person.known
    assert [one.sentence for one in person.told] == [0, 1]
