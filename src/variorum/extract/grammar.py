"""Tells the words of a sentence apart without a model: names, nouns, verbs, function words. No meaning is asked.

Invariant: `text[word.start:word.end] == word.text`; words do not overlap and come in order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

Kind = Literal[
    "det", "prep", "pron", "obj", "rel", "sub", "conj", "aux", "adv", "to", "verb", "ing", "noun", "name", "num",
    "poss", "mark",
]  # fmt: skip

TOKEN = re.compile(
    r"(?P<short>(?<=\w)[’'](?:re|ll|ve|d|m)\b)"
    r"|(?P<poss>(?<=\w)[’']s\b|(?<=s)[’'](?= [a-zA-Z]))"
    r"|(?P<num>[$€£]?\d[\d,.:/]*\d%?|[$€£]?\d%?)"
    r"|(?P<word>(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:[-–.&/@](?=\w)[\w]+|[’'](?!(?:s|re|ll|ve|d|m)\b)\w+)*)"
    r"|(?P<mark>''|--|[^\w\s])"
)
NAME_LIKE = frozenset({"name", "noun", "num"})
_MARKS: Mapping[str, Kind] = {"short": "aux", "poss": "poss", "num": "num", "mark": "mark"}
_OBJECTS_TOO = frozenset({"what", "whose", "which", "you", "it", "others", "everyone", "someone", "anyone", "nobody"})
_PEOPLE_TOO = frozenset({"some", "many", "most", "few", "several", "both"})
_SHORTENED = frozenset({"that", "there", "here", "what", "who", "where", "how", "let"})


class Word(NamedTuple):
    """One word or mark of a text; a tuple, made faster than a frozen dataclass."""

    start: int  # offset in the article's text
    end: int
    text: str
    kind: Kind
    low: str  # without its capitals


@cache
def grammar() -> Mapping[str, Any]:
    """Give grammar.toml as read."""
    data: Mapping[str, Any] = tomllib.loads(
        files("variorum.extract").joinpath("cues/grammar.toml").read_text(encoding="utf-8")
    )
    return data


@cache
def words_of(table: str, row: str) -> frozenset[str]:
    """Give the words of a row, as "days" of "words"."""
    return frozenset(grammar()[table][row].split())


@cache
def _forms() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the bases, the forms in -s, and the past forms of the verbs listed."""
    table = grammar()["verbs"]
    odd = [line.split() for row in table["irregular"].splitlines() for line in row.split("|") if line.strip()]
    base = {*table["attributing"].split(), *table["other"].split(), *(line[0] for line in odd)}
    past = {form for line in odd for form in line[1:]} | {_past(word) for word in base}
    return frozenset(base), frozenset(_third(word) for word in base), frozenset(past)


def _third(base: str) -> str:
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", base) else "s")


def _past(base: str) -> str:
    if base in words_of("verbs", "doubled"):
        return base + base[-1] + "ed"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + ("d" if base.endswith("e") else "ed")


@cache
def attributing_forms() -> frozenset[str]:
    """Give every form of the verbs that can have a statement, thought, wish or feeling behind them."""
    table = grammar()["verbs"]
    found: set[str] = set()
    odd = {
        line.split()[0]: line.split()
        for row in table["irregular"].splitlines()
        for line in row.split("|")
        if line.strip()
    }
    for base in table["attributing"].split():
        double = base + base[-1] if base in words_of("verbs", "doubled") else base
        stem = double if double != base else base.removesuffix("e")
        found |= {base, _third(base), _past(base), stem + "ing", base + "ing", *odd.get(base, ())}
    return frozenset(found)


@cache
def _fixed() -> Mapping[str, Kind]:
    """Give the closed classes: word → kind; where a word is in two, the one listed last holds."""
    rows: list[tuple[str, Kind]] = [
        ("adverbs", "adv"), ("prepositions", "prep"), ("subordinators", "sub"), ("conjunctions", "conj"),
        ("determiners", "det"), ("subjects", "pron"), ("objects", "obj"), ("relatives", "rel"), ("auxiliaries", "aux"),
    ]  # fmt: skip
    found: dict[str, Kind] = {word.lower(): kind for row, kind in rows for word in words_of("words", row)}
    numbers: dict[str, Kind] = dict.fromkeys(words_of("words", "numbers"), "num")
    return found | numbers | {"her": "det", "to": "to", "that": "sub", "like": "prep"}


def read_words(text: str, start: int, end: int) -> list[Word]:
    """Give the words of a stretch of a text, offsets counting in the text."""
    found: list[Word] = []
    for match in TOKEN.finditer(text, start, end):
        word, low = match.group(), match.group().lower().replace("’", "'")
        kind: Kind
        if match.lastgroup != "word":
            kind = _MARKS[match.lastgroup or "mark"]
            if kind == "poss" and found and (found[-1].kind in {"pron", "rel"} or found[-1].low in _SHORTENED):
                kind = "aux"  # "he's", "that's"
                if found[-1].low == "that" and len(found) > 1 and found[-2].kind in NAME_LIKE:
                    found[-1] = found[-1]._replace(kind="rel")
        elif low in _fixed() and (
            _fixed()[low] == "aux" or word.islower() or not found or len(word) < 6 or word.isupper()
        ):
            kind = _fixed()[low]
            if low == "us" and word.isupper():
                kind = "name"
        elif word[0].isupper():
            kind = "name"
        elif low.endswith("ly") and low not in words_of("words", "not_verbs") and len(low) > 4:
            kind = "adv"
        else:
            kind = "noun"
        if kind == "mark" and word == "." and found and _is_title(found[-1]):
            titled = text[found[-1].start : match.end()]
            found[-1] = found[-1]._replace(end=match.end(), text=titled, low=titled.lower())
            continue
        found.append(Word(match.start(), match.end(), word, kind, word.lower()))
    return _weigh(found)


def _is_title(word: Word) -> bool:
    return word.text in words_of("words", "titles") or (
        len(word.text) == 1 and word.text.isupper() and word.text != "I"
    )


def _weigh(words: list[Word]) -> list[Word]:
    """Settle by their neighbours the words that can be a verb or a noun."""
    letters = [word for word in words if word.text[0].isalpha() and len(word.text) > 3]
    headline = len(letters) > 3 and sum(word.text[0].isupper() for word in letters) > 0.7 * len(letters)
    for place, word in enumerate(words):
        if word.kind == "sub" and word.low == "that":
            words[place] = word._replace(kind=_that(words, place))
        elif word.kind == "noun" or (word.kind == "name" and headline and place > 0):
            kind = _verbal(words, place)
            if kind is not None:
                words[place] = word._replace(kind=kind)
    return words


def _that(words: Sequence[Word], place: int) -> Kind:
    after = words[place + 1] if place + 1 < len(words) else None
    before = words[place - 1].kind if place else "mark"
    if after is None:
        return "obj"
    if before in {"noun", "name"} and (after.kind in {"aux", "adv"} or after.low in _forms()[1] | _forms()[2]):
        return "rel"
    return "sub"


def _verbal(words: Sequence[Word], place: int) -> Kind | None:
    """Give "verb" or "ing" for a word that is one where it stands."""
    word = words[place]
    low = word.low
    if low in words_of("words", "not_verbs"):
        return None
    base, third, past = _forms()
    back = place - 1
    while back >= 0 and words[back].kind == "adv":
        back -= 1
    before = words[back] if back >= 0 else None
    after = words[place + 1] if place + 1 < len(words) else None
    kind = before.kind if before is not None else "mark"
    named = after is not None and after.kind in {"noun", "name"}
    if low.endswith("ing") and len(low) > 4:
        if kind in {"det", "poss"} and words[place - 1].kind != "adv":
            return None
        return "ing"
    if low in past or (low.endswith("ed") and len(low) > 4):
        many = kind == "det" and before is not None and before.low in _PEOPLE_TOO and not low.endswith("ed")
        if many and after is not None and after.kind in {"det", "sub", "pron", "name", "obj"}:
            return "verb"  # "some saw the plan"
        closed = kind in {"det", "prep", "poss", "num"} or (
            kind == "mark" and before is not None and before.text == "-"
        )
        return None if closed or (before is None and named) else "verb"
    unlisted = re.fullmatch(r"[a-z]{3,}[^su\W]s", low) is not None and kind == "name" and after is not None
    if unlisted and after is not None and after.kind in {"det", "obj", "pron"}:
        return "verb"  # "Reeve scapegoats the navy"
    if low in third and kind not in {"det", "prep", "poss", "num", "to", "aux", "verb"}:
        if kind in {"pron", "rel"}:
            return "verb"
        plural = before is not None and before.kind == "noun" and before.low.endswith("s")
        follows = after is None or after.kind not in {"noun", "verb", "aux", "conj"} or after.text[0] == "‘"
        if kind == "noun" and after is not None and after.text == "," and low not in words_of("verbs", "saying"):
            return None  # "justice issues, saying"
        if kind in {"name", "noun", "mark", "conj"} and not plural and follows and back >= 0:
            return "verb" if kind in {"name", "noun"} or low in attributing_forms() else None
        return None
    if kind in {"pron", "rel"} and before is not None and word.kind == "noun" and before.low not in _OBJECTS_TOO:
        return "verb"  # "who tolerates", "they scapegoat"
    if low in base and after is not None:
        if kind in {"to", "aux"} or (kind in {"pron", "rel"} and before is not None and before.low not in {"he", "it"}):
            return "verb"
        plural = before is not None and (_plural(before) or (before.low == "them" and words[back - 1].low == "of"))
        if plural and (after.kind not in {"noun", "verb", "aux"} or low in words_of("verbs", "plain")):
            return "verb"
        if kind == "conj" and back > 1 and words[back - 1].kind in {"noun", "name", "obj", "adv", "mark"}:
            return "verb" if after.kind in {"det", "sub", "obj", "pron"} else None
    return None


def _plural(word: Word) -> bool:
    if word.kind not in {"noun", "name", "det"}:
        return False
    irregular = {"people", "children", "police", "media", "many", "some", "both", "most", "others"}
    if word.low in irregular or word.low.endswith("men"):
        return True
    return word.low.endswith("s") and not word.low.endswith("ss")
