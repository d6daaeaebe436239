"""Words of a sentence told apart, and the subject of a verb among them."""

from __future__ import annotations

import pytest

from variorum.extract.grammar import read_words
from variorum.extract.subjects import owner_of, subject_of


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("On Monday the army said so.", "said", "the army"),
        ("In the town two residents said so.", "said", "two residents"),
        ("The head of the port, a former diver, said so.", "said", "The head of the port, a former diver"),
        ("Jane Marlow, who dives, said so.", "said", "Jane Marlow"),
        ("The “never again” movement said so.", "said", "The “never again” movement"),
        ("It was said so.", "said", "It"),
        ("The two groups this week announced it.", "announced", "The two groups"),
        ("They left and said so.", "said", None),
    ],
)
def test_the_subject_is_the_whole_phrase_before_a_verb(text: str, verb: str, subject: str | None) -> None:
    words = read_words(text, 0, len(text))
    found = subject_of(words, [word.text for word in words].index(verb))
    assert (text[words[found[0]].start : words[found[1]].end] if found is not None else None) == subject


@pytest.mark.parametrize(
    ("text", "noun", "owner"),
    [
        ("They heard the port head’s long claim.", "claim", "the port head’s"),
        ("They heard her claim.", "claim", "her"),
        ("They heard of the claim.", "claim", None),
    ],
)
def test_an_owner_is_a_possessive_before_a_noun(text: str, noun: str, owner: str | None) -> None:
    words = read_words(text, 0, len(text))
    found = owner_of(words, [word.text for word in words].index(noun))
    assert (text[words[found[0]].start : words[found[1]].end] if found is not None else None) == owner


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("The ministry claims it.", "claims", "verb"),
        ("The ministry heard the claims.", "claims", "noun"),
        ("It is the planned visit.", "planned", "noun"),
        ("He's there.", "'s", "aux"),
        ("The navy's boat sank.", "'s", "poss"),
        ("Residents fear the flood.", "fear", "verb"),
        ("Their fear grew.", "fear", "noun"),
    ],
)
def test_neighbours_settle_what_a_word_is(text: str, word: str, kind: str) -> None:
    assert next(row.kind for row in read_words(text, 0, len(text)) if row.text == word) == kind
