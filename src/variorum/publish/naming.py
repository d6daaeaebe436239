"""Personal names as words: how a name is cut into words that compare, and where any of its forms stands in a text.

Invariant: two spellings that differ in case, accents, apostrophes, hyphens, particles or order have the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`‘][^\W\d_]+)*")
_GENITIVE = re.compile(r"['’ʼ`‘]s$", re.I)
_APOSTROPHE = re.compile(r"['’ʼ`‘]")


def word_set(row: str) -> frozenset[str]:
    """Give the words of a row."""
    return frozenset(row.split())


# Words of a name that no name is told by.
PARTICLES = word_set(
    "al el as ash an ar at ad az es ed et ul ur ag bin ben ibn bint abu abou umm um oum abd abdul abdel de del "
    "der den van von da di dos du la le ould wuld"
)
TITLES = word_set(
    "mr mrs ms miss dr prof professor doctor sir lady sheikh gen general col colonel capt captain maj major lt "
    "lieutenant sgt sergeant cpl corporal brig brigadier adm admiral cmdr commander president minister premier "
    "ambassador senator sen gov governor mayor judge father mother sister brother uncle aunt son daughter pastor "
    "imam mullah rabbi bishop nurse officer deputy constable inspector detective chief private director "
    "spokesman spokeswoman resident witness activist driver farmer teacher student rep spc pvt pfc det insp jr "
    "sr the a an and or but of for in on at by with from to he she they it his her their when after as while "
    "according"
)
# Of those, the ones that stand before a name with a space.
_BEFORE = word_set(
    "al el ash ar az ul ur bin ben ibn bint abu abou umm um oum abd abdul abdel de del der den van von da di dos du "
    "la le ould wuld ag"
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ʿ": "", "ʾ": ""})
_GAP = re.compile(r"[\s,.\-‐-―+/_%“”„«»\"()]{0,3}")  # between two words of one name


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text, without a genitive ending."""

    start: int
    end: int
    key: str
    capital: bool
    first: bool  # opens a sentence, where a capital tells nothing


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a person is named: two words or more, in this order."""

    keys: tuple[str, ...]
    person: int


def key_of(word: str) -> str:
    """Give what a word is compared by: no case, accents or apostrophes."""
    low = _APOSTROPHE.sub("", word.casefold().translate(_LETTERS))
    return "".join(letter for letter in unicodedata.normalize("NFKD", low) if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def cut_words(text: str) -> tuple[Word, ...]:
    """Give the words of a text in order."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        raw = _GENITIVE.sub("", match.group())
        before = text[max(0, match.start() - 4) : match.start()].rstrip(" “\"'‘(")
        found.append(
            Word(
                match.start(),
                match.start() + len(raw),
                key_of(raw),
                not raw[0].islower(),
                not before or before[-1] in ".!?:\n",
            )
        )
    return tuple(found)


def name_words(name: str) -> tuple[str, ...]:
    """Give the words that a name is told by, in order; those of a name of particles alone are all of them."""
    keys = [word.key for word in cut_words(name)]
    told = [key for key in keys if key not in PARTICLES]
    return tuple(told or keys)


def forms_of(name: Sequence[str]) -> set[tuple[str, ...]]:
    """Give the ways to write a name of several words: its order, the family name first, an initial, joined words."""
    told = tuple(name)
    if len(told) < 2:
        return set()
    found: set[tuple[str, ...]] = {(*told[at:], *told[:at]) for at in range(len(told))}
    found |= {(told[0], told[-1]), (told[-1], told[0]), (told[0][0], told[-1])}
    if len(told) > 2:
        found |= {told[:2], told[1:], (told[0], told[1][0], told[-1])}
    joined: set[tuple[str, ...]] = {
        ("".join(form),) for form in (told, (told[-1], *told[:-1])) if len("".join(form)) > 5
    }
    joined |= {(*told[:at], told[at] + told[at + 1], *told[at + 2 :]) for at in range(len(told) - 1) if len(told) > 2}
    return found | joined


class FormIndex:
    """The forms of many names by their first word."""

    def __init__(self, forms: Iterable[Form]) -> None:
        """Sort the forms, the longest first."""
        self._by_first: dict[str, list[Form]] = {}
        for form in sorted(set(forms), key=lambda form: (-len(form.keys), form.keys, form.person)):
            self._by_first.setdefault(form.keys[0], []).append(form)

    def at(self, words: Sequence[Word], index: int, text: str) -> list[tuple[Form, int]]:
        """Give the forms that begin at a word, with the word after each, the longest first."""
        found = []
        for form in self._by_first.get(words[index].key, ()):
            after = _match(form.keys, words, index, text)
            if after is not None:
                found.append((form, after))
        return found


def _match(keys: Sequence[str], words: Sequence[Word], index: int, text: str) -> int | None:
    """Give the word after a form that begins at a word; particles and a middle initial may stand between."""
    place = index
    for at, key in enumerate(keys):
        while at and place < len(words) and words[place].key != key and _between(words[place]):
            place += 1
        if place >= len(words) or words[place].key != key:
            return None
        if len(key) == 1 and not words[place].capital:
            return None  # "a Testley" is no initial
        if at and _GAP.fullmatch(text, words[place - 1].end, words[place].start) is None:
            return None
        place += 1
    return place


def _between(word: Word) -> bool:
    return word.key in PARTICLES or (len(word.key) == 1 and word.capital)


def widen(words: Sequence[Word], index: int, text: str) -> int:
    """Give the start of a name with the particles before its first word: "al-Masri"."""
    start = words[index].start
    for word in reversed(words[:index]):
        between = text[word.end : start]
        if not (between == "-" and word.key in PARTICLES) and not (between == " " and word.key in _BEFORE):
            break
        start = word.start
    return start
