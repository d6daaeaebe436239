"""The table of names.toml made ready for look-up: tokens of a text, aliases by first token, states by their words.

No reading of sentences in here; name.py does that.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

TOKEN = re.compile(r"(?:[A-Z]\.)+[A-Z]\b\.?|[^\W_]+(?:[’'ʼ][^\W_]+)*")
_APOSTROPHES = frozenset("’'ʼ")
_NO_APOSTROPHE = re.compile(r"[’'ʼ`]")
JOINT = re.compile(r"[ \t\u00a0\u2011\-–]{1,3}|\n")


class Token(NamedTuple):
    """One word of a text: dots of an acronym and a genitive ending are left out of `raw`.

    A tuple, which is made in a quarter of the time of a frozen dataclass.
    """

    start: int
    end: int  # before the genitive ending
    after: int  # after it
    raw: str
    key: str  # folded for look-up
    genitive: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a name."""

    name: str
    kind: str
    tokens: tuple[Token, ...]

    def matches(self, tokens: Sequence[Token], index: int, text: str) -> bool:
        """Tell whether the alias stands at tokens[index]: same words, capitals where the alias is made of them."""
        if index + len(self.tokens) > len(tokens):
            return False
        for offset, want in enumerate(self.tokens):
            got = tokens[index + offset]
            # "Fatah al-Shams attack": a genitive that lost its apostrophe
            lost = offset > 0 and offset + 1 == len(self.tokens) and got.key == want.key + "s" and got.raw[0].isupper()
            if (want.key != got.key and not lost) or (offset and not joined(text, tokens[index + offset - 1], got)):
                return False
            if got.genitive and not want.genitive and offset + 1 < len(self.tokens):
                return False
            capitals = sum(letter.isupper() for letter in want.raw)
            if capitals > 1 and want.raw != got.raw and len(self.tokens) == 1:
                return False
            if capitals > 1 and want.raw.isupper() and not got.raw.isupper():
                return False
            if offset == 0 and want.raw[0].isupper() and not (got.raw[0].isupper() or want.key == "al"):
                return False
        return True


StateForm = Literal["adjective", "name", "seat", "leader"]


@dataclass(frozen=True, slots=True)
class State:
    """A state as one of its words names it."""

    name: str
    adjective: str  # "Russian": what its bodies are called after
    form: StateForm


def joined(text: str, left: Token, right: Token) -> bool:
    """Tell whether only a space or hyphen stands between two tokens."""
    if text[left.after : right.start] == " ":
        return True
    return JOINT.fullmatch(text, left.after, right.start) is not None


@lru_cache(maxsize=1024)  # five modules read the words of the same sentence
def tokenize(text: str) -> tuple[Token, ...]:
    """Give the words of a text with their offsets."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text):
        raw, end, genitive = match.group(), match.end(), False
        if "." in raw:
            raw = raw.replace(".", "")
        elif raw[-1] == "s" and raw[-2:-1] in _APOSTROPHES:
            raw, end, genitive = raw[:-2], match.end() - 2, True
        tokens.append(Token(match.start(), end, match.end(), raw, fold(raw), genitive))
    return tuple(tokens)


def fold(word: str) -> str:
    """Give the form of a word that spellings share: case, apostrophes aside."""
    return (word if word.isalnum() else _NO_APOSTROPHE.sub("", word)).casefold()


@cache
def load_names() -> Mapping[str, Any]:
    """Give names.toml as read."""
    data: Mapping[str, Any] = tomllib.loads(files("variorum.values").joinpath("names.toml").read_text(encoding="utf-8"))
    return data


NAMED_KINDS = ("jihadist", "rebel", "militia", "state forces", "coalition", "body", "monitor", "medic", "agency")


@cache
def aliases() -> Mapping[str, tuple[Alias, ...]]:
    """Give every alias by the key of its first token, longest first."""
    found: dict[str, list[Alias]] = {}
    for kind in NAMED_KINDS:
        for name, others in load_names()[kind].items():
            for text in (name, *others):
                tokens = tokenize(re.sub(r"^[Tt]he (?=\S+ )", "", text))
                found.setdefault(tokens[0].key, []).append(Alias(name, kind, tokens))
    return {key: tuple(sorted(rows, key=lambda row: -len(row.tokens))) for key, rows in found.items()}


@cache
def known_kinds() -> Mapping[str, str]:
    """Give the kind of every canonical name in the table."""
    return {name: kind for kind in NAMED_KINDS for name in load_names()[kind]}


@cache
def states() -> Mapping[tuple[str, ...], State]:
    """Give the state that each sequence of words names, adjective, name or seat of government."""
    found: dict[tuple[str, ...], State] = {}

    def put(words: str, state: State) -> None:
        found.setdefault(tuple(token.key for token in tokenize(words)), state)

    for name, row in load_names()["states"].items():
        adjective = row["adjective"][0]
        for word in row["adjective"]:
            put(word, State(name, adjective, "adjective"))
        for word in (name, *row["also"]):
            put(word, State(name, adjective, "name"))
        for word in row["seat"]:
            put(re.sub(r"^the ", "", word), State(name, adjective, "seat"))
    for name, leaders in load_names()["leaders"].items():
        for word in leaders:
            put(word, State(name, load_names()["states"][name]["adjective"][0], "leader"))
    return found


@cache
def phrases(table: str) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Give (normal form, kind) by the words of a body's noun: table "bodies", "backed" or "ministries"."""
    rows = load_names()[table]
    groups = rows.items() if table == "bodies" else [(table, rows)]
    return {
        tuple(token.key for token in tokenize(words)): (noun, kind)
        for kind, nouns in groups
        for noun, forms in nouns.items()
        for words in forms
    }


@cache
def heads() -> Mapping[str, str]:
    """Give the kind of body that the last word of an unlisted name tells."""
    return {word: kind for kind, words in load_names()["heads"].items() for word in words.split()}


@cache
def peoples() -> Mapping[str, tuple[tuple[str, list[str]], ...]]:
    """Give the adjectives of peoples with their words, by the first word as it is written."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for words in load_names()["peoples"]["adjectives"]:
        found.setdefault(tokenize(words)[0].raw, []).append((words, words.split(" ")))
    return {first: tuple(rows) for first, rows in found.items()}


@cache
def leading_nouns() -> Mapping[str, str]:
    """Give the kind of body that the foreign noun in front of a name tells ("Katiba …")."""
    return {word.casefold(): kind for kind, words in load_names()["leading"].items() for word in words.split()}


@cache
def word_set(key: str) -> frozenset[str]:
    """Give a row of the table [words]."""
    return frozenset(load_names()["words"][key].split())


@cache
def openers(table: str) -> frozenset[str]:
    """Give the first words of the phrases of a table: most words of a text are none of them."""
    return frozenset(words[0] for words in phrases(table))
