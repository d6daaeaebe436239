"""Tests of cutting a text into windows of word pieces: nothing is lost, nothing is moved, sentences stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.extract.pieces import CAPITAL, DIGIT, LOWER, MIXED, OTHER, UPPER, cut, letter_case
from variorum.extract.tagger import load_tagger

TEXT = "Shelling hit Deraqa. Seven people were hurt, the mayor said. He left."
SENTENCES = [(0, 20), (21, 60), (61, 69)]


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("town", LOWER),
        ("Town", CAPITAL),
        ("A", CAPITAL),
        ("TOWN", UPPER),
        ("McTown", MIXED),
        ("12", DIGIT),
        (",", OTHER),
        ("é", LOWER),
    ],
)
def test_letter_case(word: str, case: int) -> None:
    assert letter_case(word) == case


def test_a_window_holds_as_many_whole_sentences_as_fit() -> None:
    found = list(cut(load_tagger().vocabulary, TEXT, SENTENCES, 20))
    ends = [TEXT[piece.offsets[1][0] : piece.offsets[-2][1]] for piece in found]
    assert ends == [TEXT[:60], TEXT[61:]]


def test_a_sentence_longer_than_a_window_is_cut_between_words() -> None:
    text = "Zarqawiyah " * 30
    for piece in cut(load_tagger().vocabulary, text, [(0, len(text))], 12):
        assert piece.first[1]
        assert len(piece.ids) <= 12


@given(st.text(max_size=300), st.integers(8, 40))
def test_every_word_is_in_one_window_at_its_place(text: str, size: int) -> None:
    vocabulary = load_tagger().vocabulary
    told = [row for piece in cut(vocabulary, text, [(0, len(text))], size) for row in piece.offsets[1:-1]]
    assert told == vocabulary.cut(text).offsets


def test_half_a_surrogate_pair_is_a_word_like_another() -> None:
    (piece,) = cut(load_tagger().vocabulary, "\ud800 shelling", [(0, 10)], 12)
    assert (piece.offsets[1], piece.offsets[2][0], piece.offsets[-2][1]) == ((0, 1), 2, 10)
