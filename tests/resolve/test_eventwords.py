"""Words for events: what is joined, that order does not matter, and that a score is the sum of its reasons."""

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from variorum.resolve.eventsigns import EventWord, Telling
from variorum.resolve.eventsteps import find_step_words, group_steps, step_of
from variorum.resolve.eventwords import (
    explain_pair,
    group_tellings,
    group_words,
    link_on_average,
    load_weights,
    with_company,
    word_signs,
)

MILL = "Gunmen raided the Orvana mill near Tessel on Monday and killed nine workers, the mayor Ilmar Dovre said."
MILL_TOO = (
    "Nine workers were killed when gunmen raided the mill at Orvana near Tessel, mayor Ilmar Dovre told reporters."
)
FERRY = "A ferry sank off Quint harbour in a storm; three sailors drowned and forty were rescued by the coast guard."


def telling(name: str, text: str, people: tuple[str, ...] = ()) -> Telling:
    return Telling(name, text, "2031-04-07", people, (), ())


def word(name: str, text: str, phrase: str) -> EventWord:
    start = text.index(phrase)
    return EventWord(f"{name}:{start}", name, 0, phrase, text[:start], text[start + len(phrase) :])


TELLINGS = [telling("a", MILL, ("Ilmar Dovre",)), telling("b", MILL_TOO, ("Ilmar Dovre",)), telling("c", FERRY)]
WORDS = [
    word("a", MILL, "raided"),
    word("a", MILL, "killed"),
    word("b", MILL_TOO, "killed"),
    word("b", MILL_TOO, "raided"),
    word("c", FERRY, "sank"),
    word("c", FERRY, "rescued"),
]


def parts(groups):
    held = {}
    for name, group in groups.items():
        held.setdefault(group, set()).add(name)
    return {frozenset(names) for names in held.values()}


def test_articles_that_tell_of_the_same_are_one_group():
    groups = group_tellings(TELLINGS).groups()
    assert groups["a"] == groups["b"] != groups["c"]


def test_words_of_one_event_are_joined_across_articles():
    found = group_words(WORDS, group_tellings(TELLINGS))
    assert found[WORDS[1].id] == found[WORDS[2].id]
    assert found[WORDS[0].id] == found[WORDS[3].id]
    assert found[WORDS[0].id] != found[WORDS[1].id]


def test_order_does_not_matter():
    asked = parts(group_words(WORDS, group_tellings(TELLINGS)))
    chance = random.Random(7)
    for _ in range(5):
        words, tellings = chance.sample(WORDS, len(WORDS)), chance.sample(TELLINGS, len(TELLINGS))
        assert parts(group_words(words, group_tellings(tellings))) == asked


def test_what_is_explained_adds_up_to_the_score():
    tellings = group_tellings(TELLINGS)
    weights = load_weights()["words"]
    for one in WORDS:
        for other in WORDS:
            if one is other:
                continue
            signs = word_signs([one, other], tellings).signs(np.array([0]), np.array([1]))
            told = explain_pair(one, other, tellings)
            assert sum(share.weight for share in told) == pytest.approx(float(weights.score(signs)[0]))


def test_a_pair_scores_the_same_both_ways():
    tellings = group_tellings(TELLINGS)
    for one, other in pairwise(WORDS):
        assert explain_pair(one, other, tellings) == explain_pair(other, one, tellings)


def test_what_was_not_asked_weighs_nothing():
    told = load_weights()["words"]
    signs = word_signs(WORDS, group_tellings(TELLINGS)).signs(np.array([0]), np.array([1]))
    for sign in signs:
        assert len(told.of[sign.name]) == len(sign.levels)
        assert all(told.of[sign.name][at] == 0 for at, level in enumerate(sign.levels) if level == "-")


def test_one_word_is_one_event_and_none_are_none():
    tellings = group_tellings(TELLINGS)
    assert len(group_words(WORDS[:1], tellings)) == 1
    assert group_words([], tellings) == {}


def test_one_weak_bridge_does_not_join_two_clusters():
    alike = np.zeros((4, 4))
    for one, other, value in ((0, 1, 0.9), (2, 3, 0.9), (1, 2, 0.6)):
        alike[one, other] = alike[other, one] = value
    cluster = link_on_average(alike, 0.5)
    assert cluster[0] == cluster[1] != cluster[2] == cluster[3]


def test_a_pair_that_no_other_word_bears_out_is_less_trusted():
    alike = np.zeros((5, 5), np.float32)
    for one, other in ((0, 1), (0, 2), (1, 2), (3, 4)):
        alike[one, other] = alike[other, one] = 0.6
    told = with_company(alike, 0.5)
    assert np.array_equal(told, told.T)
    assert told[0, 1] > told[3, 4]
    assert np.array_equal(with_company(alike, 0.0), alike)


@pytest.mark.parametrize(
    ("sentence", "phrase", "step"),
    [
        ("Two porters were shot outside the depot.", "shot", "hit"),
        ("Police heard a shot near the depot.", "shot", "fire"),
        ("He is charged with shooting his neighbour.", "shooting", "hit"),
        ("The shooting happened at noon.", "shooting", "incident"),
        ("Police responded to a shooting in Quint.", "shooting", "fire"),
        ("The porter died at the clinic.", "died", "death"),
        ("Her injuries are slight.", "injuries", "wound"),
        ("The gun went off.", "went off", "fire"),
        ("A fatal shooting in Quint.", "fatal", "death"),
    ],
)
def test_a_word_stands_for_one_step(sentence, phrase, step):
    assert step_of(replace(word("a", sentence, phrase), sentence=0)) == step


def test_step_words_are_found_and_common_ones_passed_over():
    sentence = "It began when a guard opened fire; two porters died and the union called it a strike."
    assert [sentence[a:b] for a, b in find_step_words(sentence)] == ["opened fire", "died"]


def test_steps_are_told_apart_within_one_incident():
    words = [word("a", MILL, "killed"), word("b", MILL_TOO, "killed"), word("b", MILL_TOO, "gunmen")]
    found = group_steps(words, group_tellings(TELLINGS))
    assert found[words[0].id] == found[words[1].id] != found[words[2].id]
