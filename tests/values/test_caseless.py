"""Patterns that compare letters without folding them."""

from __future__ import annotations

import re
import sys

import pytest

from variorum.extract.triggers import load_cues
from variorum.values import caseless
from variorum.values.caseless import make_regex

TEXT = (
    "THE TROOPS of the troop, a Troop-ship; KILLED 12 kills, kill, \u212ailled ſix SIX İn ın In; é É ß "
    "axy az bz cz abz, strike strikes struck, word-word _under 3rd at least AT LEAST atleast\n"
)


@pytest.mark.parametrize(
    "regex",
    [
        r"(?i:[a-z])",
        r"(?i)\b(?:kill(?:ed|s)?|troops?|strike|str(?:uck|ikes))\b",
        r"(?i:(?P<one>a[bz]|[ab]z|az)z?)",  # the second may match where the first and third do: order counts
        r"\b(?:kills|kill|killed|six|in|IN)\b",
        r"(?i)(?:|k)(?:é|É|e|kill|six|)\b",
        r"(?i)(?<!the )(?<=\s)(?:troops?|at(?:\s+)?least)(?!-)",
        r"(?i)(?P<word>[^\W\d_]+)-(?P=word)",
        r"(?i)[^a-k\s]+",
        r"(?ai)(?:kill|six)\w*",
    ],
)
def test_a_pattern_gives_the_matches_and_groups_of_the_plain_one(regex: str) -> None:
    plain, quick = re.compile(regex), make_regex(regex)
    assert [match.regs for match in quick.finditer(TEXT)] == [match.regs for match in plain.finditer(TEXT)]
    assert (quick.pattern, quick.flags, quick.groupindex) == (plain.pattern, plain.flags, plain.groupindex)


def test_every_letter_stands_for_what_ignoring_case_takes_it_for() -> None:
    every = "".join(letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.lower() != letter.upper())
    for letters in ("a|b|c|d|e|f|g|h", "i|j", "k|l|m|n|o|p|q|r", "s|t|u|v|w|x|y|z", "é|ß|σ|ж"):
        plain = re.compile(letters.replace("|", "x?|") + "x?", re.I)  # else the parser of `re` makes a class of them
        assert make_regex(plain.pattern, re.I).findall(every) == plain.findall(every)


def test_the_cues_match_as_their_plain_patterns_do() -> None:
    for rule in load_cues().rules:
        plain = re.compile(rule.regex.pattern, re.I)
        for text in (rule.example, rule.example.upper(), TEXT):
            assert [m.regs for m in rule.regex.regex.finditer(text)] == [m.regs for m in plain.finditer(text)]


def test_where_the_parser_is_another_the_plain_pattern_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseless, "_compiler", object())
    assert make_regex(r"(?i)kill|six").findall(TEXT) == re.findall(r"(?i)kill|six", TEXT)
