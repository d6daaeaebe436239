"""A text cut at its marks: text in, pieces out."""

from __future__ import annotations

import pytest

from variorum.show.marks import Mark, cut_at_marks, find_source, make_windows

ARABIC = "🛰 قال سكان دير الزور إن سبعة صواريخ سقطت 🚀 near the bridge, the ministry said."


def shown(text: str, marks: list[Mark], *edges: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(piece.text, piece.values) for piece in cut_at_marks(text, marks, *edges)]


def test_the_pieces_put_together_are_the_text() -> None:
    marks = [Mark(3, 9, "a"), Mark(5, 20, "b"), Mark(0, 4, "c", "source")]
    assert "".join(piece.text for piece in cut_at_marks(ARABIC, marks)) == ARABIC


@pytest.mark.parametrize("words", ["سبعة صواريخ", "near the bridge", "🚀", "the ministry"])
def test_a_mark_holds_its_words_behind_arabic_and_emoji(words: str) -> None:
    start = ARABIC.index(words)
    assert (words, ("a",)) in shown(ARABIC, [Mark(start, start + len(words), "a")])


def test_overlapping_marks_are_cut_at_each_border() -> None:
    assert shown("abcdef", [Mark(1, 4, "x"), Mark(2, 6, "y")]) == [
        ("a", ()),
        ("b", ("x",)),
        ("cd", ("x", "y")),
        ("ef", ("y",)),
    ]


def test_a_mark_closes_in_the_piece_where_it_ends() -> None:
    closes = [piece.closes for piece in cut_at_marks("abcdef", [Mark(1, 4, "x"), Mark(2, 6, "y")])]
    assert closes == [(), (), ("x",), ("y",)]


def test_the_name_of_a_source_is_marked_apart_from_quotes() -> None:
    pieces = cut_at_marks("the ministry said seven", [Mark(4, 12, "x", "source"), Mark(18, 23, "x")])
    assert [(piece.text, piece.values, piece.sources) for piece in pieces if piece.values or piece.sources] == [
        ("ministry", (), ("x",)),
        ("seven", ("x",), ()),
    ]


def test_a_mark_that_reaches_over_the_edge_is_cut_and_not_closed_there() -> None:
    pieces = cut_at_marks("abcdef", [Mark(1, 6, "x")], 0, 3)
    assert [(piece.text, piece.closes) for piece in pieces] == [("a", ()), ("bc", ())]


def test_an_empty_text_has_no_pieces() -> None:
    assert cut_at_marks("", [Mark(0, 0, "x")]) == []


def test_stretches_that_come_near_each_other_are_one() -> None:
    text = "word " * 100
    assert make_windows(text, [(100, 104), (130, 134), (400, 404)], 20) == [(80, 154), (380, 424)]


def test_a_stretch_begins_and_ends_between_words() -> None:
    text = "Alpha bravo charlie delta echo foxtrot golf hotel india juliet"
    ((start, end),) = make_windows(text, [(26, 30)], 8)
    assert text[start:end] == "delta echo foxtrot"


def test_a_source_is_found_nearest_to_the_claim_and_within_its_stretch() -> None:
    text = "Medics said two died. Later medics said nine died; medics left."
    assert find_source(text, "medics", 30, (0, len(text))) == (28, 34)
    assert find_source(text, "medics", 60, (0, 50)) == (28, 34)
    assert find_source(text, "police", 10, (0, len(text))) is None
    assert find_source(text, "", 10, (0, len(text))) is None
