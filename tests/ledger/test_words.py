"""The words of a text, folded, with where they stand."""

from __future__ import annotations

import pytest

from variorum.errors import UsageError
from variorum.ledger.words import find_terms, fold_word, parse_query, read_words


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ḩudaydah", "hudaydah"),
        ("Ḩudaydah", "HUDAYDAH"),
        ("ʿAdan", "adan"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("قُتِلَ", "قتل"),
        ("Київ", "київ"),
        ("ﬁre", "fire"),
    ],
)
def test_spellings_of_one_word_are_one(written: str, typed: str) -> None:
    assert fold_word(written) == fold_word(typed)


def test_spans_count_code_points_of_the_text_as_it_is() -> None:
    text = "😀 Shells hit al-H\u0323udaydah; سبعة."
    words = [text[word.start : word.end] for word in read_words(text)]
    assert words == ["Shells", "hit", "al", "H\u0323udaydah", "سبعة"]


def test_a_script_without_spaces_is_found_by_its_signs() -> None:
    assert find_terms(parse_query("空袭"), "昨天的空袭造成") == [[(3, 5)]]


def test_a_phrase_is_its_words_one_after_another() -> None:
    text = "The market was hit. A hit on the market."
    assert find_terms(parse_query('"the market"'), text) == [[(0, 10), (29, 39)]]
    assert find_terms(parse_query("al-Bab"), "in al Bab") == [[(3, 9)]]


@pytest.mark.parametrize("given", ["", "  ", '""', "* - ( )", "😀", "'"])
def test_a_query_without_a_word_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="no word"):
        parse_query(given)


@pytest.mark.parametrize("typed", [" ".join(f"word{n}" for n in range(17)), '"' + "a " * 17 + '"', "啊" * 65])
def test_more_words_than_anybody_looks_for_are_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="words"):
        parse_query(typed)


def test_a_sentence_without_spaces_is_looked_for_as_one_phrase() -> None:
    assert len(parse_query("总统在周一访问了北部的一个受灾村庄并讲话").terms) == 1
