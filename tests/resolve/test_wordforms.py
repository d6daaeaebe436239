"""Forms of a word fall together, and a phrase gives the word that says what happens."""

import pytest

from variorum.resolve.wordforms import base_form, head_of, plain_phrase, root_of


@pytest.mark.parametrize(
    "forms",
    [
        ["kill", "kills", "killed", "killing"],
        ["flee", "flees", "fled"],
        ["strike", "strikes", "struck", "striking"],
        ["hijack", "hijacked", "hijacking"],
        ["charge", "charges", "charged", "charging"],
        ["carry", "carries", "carried"],
        ["body", "bodies"],
    ],
)
def test_the_forms_of_a_word_have_one_base(forms):
    assert len({base_form(form) for form in forms}) == 1


def test_words_of_one_root_share_it():
    assert root_of("announcement") == root_of("announced")


@pytest.mark.parametrize(
    ("phrase", "head"),
    [("broke out", "broke"), ("fatal shooting", "shooting"), ("opened fire", "fire"), ("loss of life", "loss")],
)
def test_a_phrase_has_one_word_that_says_what_happens(phrase, head):
    assert head_of(phrase) == head


def test_a_plain_phrase_drops_what_says_nothing():
    assert plain_phrase("the attacks") == "attack"
