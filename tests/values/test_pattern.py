"""Patterns that are tried only where the text holds what they need."""

from __future__ import annotations

import re
import sys

import pytest

from variorum.extract.triggers import load_cues
from variorum.values.datewords import _COMPILED
from variorum.values.pattern import Pattern, find_stems, fold_text, join_words
from variorum.values.weapon import load_weapons, pattern


@pytest.mark.parametrize(
    ("regex", "stems"),
    [
        (r"\b(?:seiz(?:ed|es)|captured)\b", ("captur", "seized", "seizes")),
        (r"(?i:Truce)s? of \w+", ("truce",)),
        (r"\w+ (?:ago)?", ()),
        (r"\d+ [a-z]+", ("\0",)),
        (r"(?:strike|airstrike)s", ("strike",)),
        (r"x*(?:army|navy)?", ()),
        (r"(?!never)(?=later)\w+", ("later",)),
        (r"é\w+ (?:bombs)", (" bombs",)),
    ],
)
def test_stems_are_what_every_match_holds(regex: str, stems: tuple[str, ...]) -> None:
    assert find_stems(re.compile(regex)) == stems


def test_folding_unites_every_letter_that_ignoring_case_unites() -> None:
    letters = re.compile(r"[a-z]", re.I)
    others = [chr(code) for code in range(sys.maxunicode + 1) if letters.fullmatch(chr(code))]
    missed = [
        other
        for other in others
        for letter in "abcdefghijklmnopqrstuvwxyz"
        if re.fullmatch(letter, other, re.I) and fold_text(other) != letter
    ]
    assert missed == []


def test_digits_of_every_script_leave_their_sign() -> None:
    assert [
        code for code in map(chr, range(sys.maxunicode + 1)) if re.match(r"\d", code) and "\0" not in fold_text(code)
    ] == []


def test_a_pattern_matches_where_its_regex_does() -> None:
    rules = load_cues().rules
    texts = [rule.example for rule in rules] + [
        "On 3 May 2016 the truce held.",
        "Nothing to see",
        "KALIBR",
        "Dıyarbakır",
    ]
    texts += [words.upper() for rows in load_weapons()["weapon"].values() for words in rows]
    patterns: list[Pattern] = (
        [rule.regex for rule in rules] + [one for _, table in _COMPILED for one, _ in table] + [pattern("weapon")]
    )
    lost = [
        (one.pattern, text)
        for one in patterns
        for text in texts
        if (one.search(text) is None) != (one.regex.search(text) is None)
    ]
    assert lost == []


def test_joined_words_match_as_the_longest_of_them_first() -> None:
    words = ["say", "says", "said", "sa", "told", "to-do"]
    plain = re.compile("|".join(sorted(words, key=len, reverse=True)))
    joined = re.compile(join_words(words))
    for text in ("says", "sayx", "sai", "sa", "tol", "told", "to-do", "x"):
        assert str(plain.search(text)) == str(joined.search(text))
