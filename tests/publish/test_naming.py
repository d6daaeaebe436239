"""Names as words. Every name is invented."""

from __future__ import annotations

import pytest

from variorum.publish.naming import Form, FormIndex, cut_words, forms_of, key_of, name_words


@pytest.mark.parametrize(
    ("left", "right"),
    [("Keïssa", "KEISSA"), ("O’Neil", "Oneil"), ("Sa'ad", "saad"), ("Đorđe", "Dorde"), ("Łukasz", "lukasz")],
)
def test_case_accents_and_apostrophes_make_no_other_word(left: str, right: str) -> None:
    assert key_of(left) == key_of(right)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Samir al-Masri", ("samir", "masri")),
        ("Jean-Pierre Duval-Orr", ("jean", "pierre", "duval", "orr")),
        ("Abu Layth", ("layth",)),
        ("Testley's", ("testley",)),
        ("al", ("al",)),
    ],
)
def test_a_name_is_told_by_its_words_without_particles(name: str, expected: tuple[str, ...]) -> None:
    assert name_words(name) == expected


def test_a_word_has_no_genitive_and_knows_whether_it_opens_a_sentence() -> None:
    words = cut_words("It fell. Testley's shop burned")
    assert [(word.key, word.capital, word.first) for word in words] == [
        ("it", True, True),
        ("fell", False, False),
        ("testley", True, True),
        ("shop", False, False),
        ("burned", False, False),
    ]


@pytest.mark.parametrize(
    "text", ["Jon Testley", "testley jon", "J. Testley", "Jon A. Testley", "TESTLEY, Jon", "jon-testley", "jontestley"]
)
def test_a_form_is_found_in_every_order_and_joint(text: str) -> None:
    index = FormIndex(Form(form, 0) for form in forms_of(("jon", "testley")))
    words = cut_words(text)
    assert any(after == len(words) for _, after in index.at(words, 0, text))


@pytest.mark.parametrize("text", ["a Testley", "Jon and Ana Testley", "Jonas Testley"])
def test_other_words_are_no_form(text: str) -> None:
    index = FormIndex(Form(form, 0) for form in forms_of(("jon", "testley")))
    assert index.at(cut_words(text), 0, text) == []
