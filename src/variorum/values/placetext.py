"""The words around a place name: tokens, cue lists and directions. Which entry is meant is decided in place.py.

Invariant: a token's span cuts its text from the input; all word lists come from places.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from variorum.values.placename import exact_key, loose_key

MAX_WORDS = 5  # of a place name; the gazetteer's longer ones are official titles

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:['’‘ʼ`ʿ]?[-‐‑]?[^\W\d_]+|[-‐‑]['’‘ʼ`ʿ][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]|_", re.UNICODE
)
_ARTICLE = re.compile(r"^(?:[aeu][a-z]{1,2}|at)[-‐‑]['’‘ʼ]?[A-ZÀ-Þ]")  # al-Bab, ash-Shaddadi, 'az-Zor
_APOSTROPHES = frozenset("'’")
_make_token = tuple.__new__
_SENTENCE_END = frozenset('.!?:"“”…;•|')

DIRECTION = r"(?:(?P<ns>[Nn]orth|[Ss]outh)(?:[- –]?(?P<ew>[Ee]ast|[Ww]est))?|(?P<only>[Ee]ast|[Ww]est))(?:ern)?"
_COUNT = r"(?P<n>\d[\d,.]*|a|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|several|a few)"
_UNIT = r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
_OF_TOWN = (
    r"(?:of|from)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:(?:cit(?:y|ies)|towns?|villages?|capital|port|province)\s+of\s+)?"
)
_OUTSIDE = re.compile(
    rf"(?:{_COUNT}[\s-]*{_UNIT}\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?(?:(?:to|in)\s+the\s+)?\b{DIRECTION}\s+{_OF_TOWN}$"
)
_AWAY = re.compile(
    rf"{_COUNT}[\s-]*{_UNIT}\s*(?:\([^)]*\)\s*)?(?:away\s+)?(?:from|outside)\s+(?:the\s+)?(?:\w+\s+of\s+)?$"
)
_PART = re.compile(
    rf"\b{DIRECTION}\s+(?:(?:\w+\s+)?(?:suburbs?|countryside|outskirts|parts?|side|half|sectors?|districts?|edges?|areas?|neighbou?rhoods?|"
    r"corner|coast|fringes?)\s+(?:of|in)\s+(?:the\s+)?(?:(?:city|town|province|governorate)\s+of\s+)?)?$"
)
_PART_AFTER = re.compile(
    rf"^(?:['’]s)?\s+{DIRECTION}\s+(?:suburbs?|countryside|outskirts|parts?|districts?|edge|areas?|neighbou?rhoods?)"
)
_NUMBER = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "a dozen": 12,
}


class Token(NamedTuple):
    """One word or sign of the text; a tuple, which is made in a quarter of the time of a frozen dataclass."""

    start: int
    end: int  # without a possessive ending
    text: str
    low: str
    capital: bool  # begins like a name
    possessive: bool
    initial: bool  # stands first in a sentence or line
    joined: bool  # only blanks stand between it and the token before


@dataclass(frozen=True, slots=True)
class Cues:
    """The word lists of places.toml."""

    words: Mapping[str, frozenset[str]]
    abbreviations: Mapping[str, str]
    demonyms: Mapping[str, str]  # word -> ISO country
    arabic: Mapping[str, frozenset[str]]
    quarters: Mapping[str, tuple[tuple[str, str], ...]]  # key of a name -> (country, entry that holds it)


@dataclass(frozen=True, slots=True)
class Bearing:
    """Where something lies relative to a named place."""

    direction: str = ""
    offset_m: int | None = None
    near: bool = False


@cache
def load_cues() -> Cues:
    """Give the word lists shipped with the package, read once."""
    data = tomllib.loads(files("variorum.values").joinpath("places.toml").read_text(encoding="utf-8"))
    return Cues(
        {key: frozenset(value.split()) for key, value in data.items() if isinstance(value, str)},
        data["abbreviations"],
        {word: country for country, words in data["demonyms"].items() for word in words.split()},
        {key: frozenset(value.split()) for key, value in data["arabic"].items()},
        _quarters_by_key(),
    )


@cache
def load_quarters() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give quarters.toml: country, entry that holds them, names."""
    data = tomllib.loads(files("variorum.values").joinpath("quarters.toml").read_text(encoding="utf-8"))
    return {
        country: {holder: tuple(name.strip() for name in names.split(";")) for holder, names in rows.items()}
        for country, rows in data.items()
    }


def _quarters_by_key() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Give the holders of each quarter by its spelling and, where it has three consonants or more, by its sound."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for country, rows in load_quarters().items():
        for holder, names in rows.items():
            for name in names:
                loose = loose_key(name)
                long = sum(sign not in "~." for sign in loose) > 2
                for key in {exact_key(name)} | ({loose} if long else set()):
                    found.setdefault(key, {})[country, holder] = None
    return {key: tuple(holders) for key, holders in found.items()}


@lru_cache(maxsize=16)  # the same article is read several times over, and so is each of its sentences
def split_tokens(text: str) -> tuple[Token, ...]:
    """Give the tokens of a text with exact spans; a possessive 's is cut off and noted."""
    tokens: list[Token] = []
    last = 0
    initial = True
    possessive = True  # of the token before: the first is joined to none
    for match in _TOKEN.finditer(text):
        word, (start, end) = match.group(), match.span()
        gap = text[last:start]
        last = end
        if gap == " ":
            blank = not possessive
        else:
            initial = initial or "\n" in gap
            blank = gap.isspace() and "\n" not in gap and not possessive
        possessive = word[-1] == "s" and word[-2:-1] in _APOSTROPHES and len(word) > 2
        if possessive:
            word, end = word[:-2], end - 2
        letter = word[0]
        capital = (
            letter.isupper()
            or (letter in "aeu" and _ARTICLE.match(word) is not None)
            or "\u0621" <= letter <= "\u064a"  # Arabic script
        )
        # Past the constructor, which is a call in Python more for each word.
        tokens.append(_make_token(Token, (start, end, word, word.lower(), capital, possessive, initial, blank)))
        if letter.isalnum():
            initial = False
        elif word in _SENTENCE_END and not (word == "." and len(tokens) > 1 and _abbreviates(tokens[-2].text)):
            initial = True
    return tuple(tokens)


def _abbreviates(word: str) -> bool:
    return (
        len(word) == 1
        or word in load_cues().abbreviations
        or word in ("St", "Mt", "Mr", "Mrs", "Dr", "Gen", "Lt", "Col", "Ft", "Sen", "Gov", "Rep")
    )


def is_arabic(word: str) -> bool:
    """Tell whether a word is in Arabic script."""
    return "\u0621" <= word[:1] <= "\u064a"


def _compass(match: re.Match[str]) -> str:
    only = match["only"]
    if only:
        return only[0].upper()
    return match["ns"][0].upper() + (match["ew"][0].upper() if match["ew"] else "")


def read_bearing(text: str, start: int, end: int) -> tuple[Bearing, int]:
    """Read direction and distance words around the name at [start, end); give them and where they begin.

    "20 km east of X" lies outside X, "eastern X" and "the eastern suburbs of X" are parts of it.
    """
    left = text[max(0, start - 80) : start]
    base = start - len(left)
    if match := _OUTSIDE.search(left):
        return Bearing(_compass(match), _metres(match), True), base + match.start()
    if match := _PART.search(left):
        return Bearing(_compass(match)), base + match.start()
    if match := _AWAY.search(left):
        return Bearing("", _metres(match), True), base + match.start()
    if match := _PART_AFTER.search(text[end : end + 40]):
        return Bearing(_compass(match)), start
    return Bearing(), start


_NAME_THEN = r"(?:(?:the )?(?:[Cc]ity of |[Tt]own of )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2} (?:to|and|with) )?"
_ROAD_BEFORE = re.compile(
    r"(?<!\bby )(?<!\ben )\b(?i:road|highway|motorway|route|railway|track)s?"
    r"(?: (?:that )?(?:leading|leads?|running|runs|heading|linking|links?|connecting|connects?|joining))?"
    r"(?: out| down| up)?"
    rf" (?:(?:from|to|into|towards?|between|for|with) )?(?:the (?:city|town|village|port|capital) of )?{_NAME_THEN}$"
)
_ROAD_AFTER = re.compile(
    r"^(?:(?: to | and |[-–—])[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?(?: main| ring| coastal| airport| desert)?"
    r" (?:road|highway|motorway|railway)\b"
)


def is_route(text: str, start: int, end: int) -> bool:
    """Tell whether the name at [start, end) only says which road is meant: the road to X, the X to Y highway."""
    return bool(_ROAD_BEFORE.search(text[max(0, start - 100) : start]) or _ROAD_AFTER.match(text[end : end + 60]))


def _metres(match: re.Match[str]) -> int | None:
    words = match["n"]
    if words is None:
        return None
    if words in _NUMBER:
        number = float(_NUMBER[words])
    else:
        try:
            number = float(words.replace(",", "").rstrip("."))
        except ValueError:
            return None
    unit = 1609.344 if match["unit"].startswith("mi") else 1000.0
    return round(number * unit / 100) * 100
