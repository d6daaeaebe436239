"""Patterns that are tried only on a text that holds the letters they cannot match without. No patterns in here.

Invariant: a `Pattern` gives what the compiled pattern gives. A test for a few letters takes some 40 ns; a pattern of a
hundred alternatives takes 100 to 900 µs to find nothing in a sentence, which was most of the time of the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from sys import maxsize
from typing import Any

from variorum.values.caseless import make_regex

# The parser of `re` itself: what it says of a pattern is what the pattern does.
_parser: Any = import_module("re._parser")
# Spelled-out strings of one stretch of a pattern: more are not multiplied further.
_MOST_EXACT = 64
# More letters than this hardly tell more, and shared beginnings make for fewer tests.
_STEM = 6
# Above this many tests the pattern itself is no dearer.
_MOST_STEMS = 400
_EMPTY = frozenset({""})
# Stands for any digit: in the stems of `\d`, and behind a folded text that holds one.
_DIGIT = "\0"
_A_DIGIT = re.compile(r"\d")
# What `re.I` takes for i and s beside I and S; the rest is what `lower` does.
_ALIKE = str.maketrans({"ı": "i", "ſ": "s"})
_NOTHING: tuple[re.Match[str], ...] = ()


@lru_cache(maxsize=1024)
def fold_text(text: str) -> str:
    """Give a text in the letters of stems: ASCII letters as `re.I` compares them, and a sign where it holds digits."""
    folded = text.lower() if text.isascii() else text.replace("İ", "i").lower().translate(_ALIKE)
    return folded if _A_DIGIT.search(text) is None else folded + _DIGIT


@lru_cache(maxsize=16)
def find_threes(folded: str) -> frozenset[str]:
    """Give every three letters that stand together in a folded text: they tell which of many stems can be in it."""
    return frozenset([folded[at : at + 3] for at in range(len(folded) - 2)])


class Pattern:
    """A compiled pattern, and stems of which a text must hold one for it to match anywhere."""

    __slots__ = ("groupindex", "pattern", "regex", "stems")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        """Compile a pattern and find its stems."""
        self.regex = make_regex(pattern, flags)
        self.pattern = pattern
        self.groupindex = self.regex.groupindex
        self.stems = find_stems(self.regex)

    def may_match(self, text: str) -> bool:
        """Tell whether a text holds what any match needs."""
        stems = self.stems
        if not stems:
            return True
        folded = fold_text(text)
        for stem in stems:  # noqa: SIM110 — a generator takes longer than the tests
            if stem in folded:
                return True
        return False

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Give the first match."""
        return self.regex.search(text, start, end) if self.may_match(text) else None

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Give the match at a place."""
        return self.regex.match(text, start, end) if self.may_match(text) else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """Give every match in order."""
        return self.regex.finditer(text, start, end) if self.may_match(text) else _NOTHING


def join_words(words: Iterable[str]) -> str:
    """Give the alternation of plain words, the longest first, with shared beginnings written once.

    Of words that begin alike all but one fail at once: the 190 verbs of saying take a tenth of the time so.
    """
    tree: dict[str, Any] = {}
    for word in words:
        place = tree
        for letter in word:
            place = place.setdefault(letter, {})
        place[""] = {}
    return _write_tree(tree)


def _write_tree(tree: dict[str, Any]) -> str:
    branches = [re.escape(letter) + _write_tree(rest) for letter, rest in sorted(tree.items()) if letter]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return joined + "?" if "" in tree else joined


def find_stems(regex: re.Pattern[str]) -> tuple[str, ...]:
    """Give stems in folded letters of which every text that the pattern matches in holds one; none where none are."""
    _, needed = _read_sequence(_parser.parse(regex.pattern, regex.flags & ~re.UNICODE))
    return tuple(sorted(needed)) if needed is not None and len(needed) <= _MOST_STEMS else ()


Strings = frozenset[str]


def _read_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, Strings | None]:
    """Give all strings that a stretch of a pattern can match, or None, and the stems it needs, or None."""
    run: Strings = _EMPTY
    whole = True
    needs: list[Strings] = []
    for operator, argument in items:
        exact, needed = _read_item(str(operator), argument)
        if needed is not None:
            needs.append(needed)
        if exact is not None and len(run) * len(exact) <= _MOST_EXACT:
            run = frozenset(left + right for left in run for right in exact)
            continue
        needs.append(run)
        whole = False
        run = exact if exact is not None else _EMPTY
    needs.append(run)
    stems = [stems for stems in map(_shorten, needs) if stems is not None]
    return (run if whole else None), min(stems, key=_chance, default=None)


def _read_item(operator: str, argument: Any) -> tuple[Strings | None, Strings | None]:
    if operator == "LITERAL":
        return _spell([argument]), None
    if operator == "IN":
        if [tuple(map(str, item)) for item in argument] == [("CATEGORY", "CATEGORY_DIGIT")]:
            return None, frozenset({_DIGIT})
        return _read_set(argument), None
    if operator in {"AT", "ASSERT_NOT"}:
        return _EMPTY, None
    if operator == "ASSERT":  # what stands beside the match stands in the text as well
        return _EMPTY, _needed(*_read_sequence(argument[1]))
    if operator == "SUBPATTERN":
        return _read_sequence(argument[3])
    if operator == "ATOMIC_GROUP":
        return _read_sequence(argument)
    if operator == "BRANCH":
        return _read_branch([_read_sequence(items) for items in argument[1]])
    if operator in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        least, most, items = argument
        exact, needed = _read_sequence(items)
        if exact is not None and least <= 1 and most == 1:
            return (exact if least else exact | _EMPTY), None
        return None, _needed(exact, needed) if least else None
    return None, None


def _read_set(items: Sequence[tuple[Any, Any]]) -> Strings | None:
    codes: list[int] = []
    for operator, argument in items:
        if str(operator) == "LITERAL":
            codes.append(argument)
        elif str(operator) == "RANGE" and argument[1] - argument[0] < 12:
            codes += range(argument[0], argument[1] + 1)
        else:
            return None
    return _spell(codes) if len(codes) <= 12 else None


def _spell(codes: Iterable[int]) -> Strings | None:
    letters = [chr(code) for code in codes]
    return frozenset(letter.lower() for letter in letters) if all(map(_folds_alone, letters)) else None


def _folds_alone(letter: str) -> bool:
    """Tell whether a letter is its own only form but for case: ASCII, or a sign without case such as a dash."""
    return letter.isascii() or letter.lower() == letter.upper() == letter


def _read_branch(branches: Sequence[tuple[Strings | None, Strings | None]]) -> tuple[Strings | None, Strings | None]:
    exact: Strings | None = frozenset()
    needed: Strings | None = frozenset()
    for each, needs in branches:
        exact = exact | each if exact is not None and each is not None else None
        more = _needed(each, needs)
        needed = needed | more if needed is not None and more is not None else None
    return (exact if exact is None or len(exact) <= _MOST_STEMS else None), needed


def _needed(exact: Strings | None, needed: Strings | None) -> Strings | None:
    choices = [stems for stems in (_shorten(exact) if exact is not None else None, needed) if stems is not None]
    return min(choices, key=_chance, default=None)


def _shorten(stems: Strings) -> Strings | None:
    """Cut stems to their first letters, and drop those that hold another; None where one says nothing."""
    kept = _smallest(stem[:_STEM] for stem in _smallest(stems))
    return frozenset(kept) if kept and all(map(_tells, kept)) else None


def _smallest(stems: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for stem in sorted(set(stems), key=lambda stem: (len(stem), stem)):
        if not any(other in stem for other in kept):
            kept.append(stem)
    return kept


def _tells(stem: str) -> bool:
    return len(stem.strip()) > 1 or (len(stem) == 1 and not stem.isalpha() and not stem.isspace())


def _chance(stems: Strings) -> float:
    """Give about how often a sentence holds one of the stems: each letter more makes it ten times rarer."""
    return sum(0.3 if stem == _DIGIT else 30.0 * 0.1 ** len(stem.strip()) for stem in stems)
