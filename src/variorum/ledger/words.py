"""The words of a text as search knows them, with where they stand; and what a person asks for. No tables in here.

Invariant: a word is the same however it is written: small or large letters, with or without marks (Ḩudaydah,
Hudaydah), Arabic with or without its short vowels; and every span counts code points of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from variorum.errors import UsageError

LONGEST = 64  # letters of a word that count: nobody types more, and PostgreSQL keeps no word of 2 KB
MOST_TERMS = 16  # of one query: every one is looked for in every text that could hold it
MOST_WORDS = 16  # of one phrase
MOST_SIGNS = 64  # of one phrase in a script without spaces, where each sign is a word
# Scripts that put no space between words: each sign is a word, and what a person types is looked for as a phrase.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ى": "ي"}
)
_SIGN = re.compile(f"[{_UNSPACED}]")
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|([^\s\"“”„«»]+)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    start: int
    end: int
    form: str  # folded: what it is found by


@lru_cache(maxsize=256)
def _pattern(marks: str) -> re.Pattern[str]:
    inside = re.escape(marks)
    return re.compile(rf"[{_UNSPACED}][{inside}]*|(?:[^\W_{_UNSPACED}][{inside}]*)+" if marks else _WITHOUT_MARKS)


_WITHOUT_MARKS = rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+"


def read_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    for match in _pattern(_marks_in(text)).finditer(text):
        form = fold_word(match.group())
        if form:
            yield Word(match.start(), match.end(), form)


def read_forms(text: str) -> list[str]:
    """Give the forms of the words of a text in order, several times as fast as with where they stand."""
    return [form for form in map(fold_word, _pattern(_marks_in(text)).findall(text)) if form]


def _marks_in(text: str) -> str:
    return "" if text.isascii() else "".join(sorted(sign for sign in set(text) if unicodedata.category(sign)[0] == "M"))


@lru_cache(maxsize=131072)
def fold_word(word: str) -> str:
    """Give the form that all spellings of a word share: no case, no marks, no letters that only lengthen or modify."""
    text = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    kept = "".join(sign for sign in text if unicodedata.category(sign) in _COUNTING)
    return kept.casefold()[:LONGEST]


_COUNTING = frozenset({"Ll", "Lu", "Lt", "Lo", "Nd", "Nl", "No"})  # not Lm: ʿayn, ʾalif and the like are marks


@dataclass(frozen=True, slots=True)
class Query:
    """What a person looks for: every term has to occur, and the words of a term one after another."""

    terms: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word of it, once."""
        return tuple(dict.fromkeys(word for term in self.terms for word in term))


def parse_query(given: str) -> Query:
    """Read what a person typed: words, and phrases in quotation marks; signs between words mean nothing.

    Raises UsageError where there is no word in it, and for more words than anybody looks for.
    """
    parts = (phrase or word for phrase, word in _QUOTED.findall(given))
    terms = (tuple(word.form for word in read_words(part)) for part in parts)
    found = tuple(dict.fromkeys(term for term in terms if term))
    if not found:
        raise UsageError(
            f"“{given}” holds no word to look for", "give words, or a phrase: variorum search '\"on Monday\"'"
        )
    if len(found) > MOST_TERMS:
        raise UsageError(f"these are {len(found):,} words to look for", f"give at most {MOST_TERMS}")
    for term in found:
        words = sum(_SIGN.match(word) is None for word in term)
        if words > MOST_WORDS or len(term) > MOST_SIGNS:
            raise UsageError(f"a phrase has {len(term):,} words", f"give at most {MOST_WORDS} one after another")
    return Query(found)


def find_terms(query: Query, text: str) -> list[list[Span]]:
    """Give the places of every term in a text, by term; an empty list for one that is not there."""
    words = list(read_words(text))
    at: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        at.setdefault(word.form, []).append(place)
    return [list(_places(term, words, at)) for term in query.terms]


def _places(term: Sequence[str], words: Sequence[Word], at: dict[str, list[int]]) -> Iterator[Span]:
    for place in at.get(term[0], ()):
        run = words[place : place + len(term)]
        if len(run) == len(term) and all(word.form == form for word, form in zip(run, term)):
            yield run[0].start, run[-1].end
