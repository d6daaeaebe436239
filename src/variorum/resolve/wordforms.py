"""One form for the forms of a word, its root, and the one word of a phrase that says what happens.

A handful of rules and a table, not a dictionary: the forms only have to fall together. Invariant: a function of the
words alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[a-z0-9']+")
# After these letters a dropped -e is put back ("hijack-ed" but "charg-e", "rais-e").
_DROPPED_E = re.compile(r"(?:[cvuz]|at|ag|rg|dg|ir|ur|or|os|as|us|is|id|iz|ut|ib|ob|yp|ud|ok|ak|ik|in)$")
_NO_E = re.compile(r"(?:oin|ain|ein|oor|oar|ook|eak|ear|our|air|eat|oat)$")
_LEAST = 4  # letters that a root keeps


@cache
def _table() -> Mapping[str, str]:
    told = files("variorum.resolve").joinpath("wordforms.toml").read_text(encoding="utf-8")
    return tomllib.loads(told)


@cache
def _irregular() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in re.split(r"[|\n]", _table()["irregular"]):
        forms = row.split()
        for form in forms:
            found.setdefault(form, forms[0])
    return found


@cache
def listed(row: str) -> frozenset[str]:
    """Give the words of a row of the table."""
    return frozenset(_table()[row].split())


@cache
def base_form(word: str) -> str:
    """Give the form that stands for all forms of a word: "fled" and "flees" give "flee"."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    odd = _irregular()
    if word in odd or len(word) < 4:
        return odd.get(word, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|z)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return odd.get(word[:-1], word[:-1])
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and re.search("[aeiouy]", stem):
            return odd.get(stem) or _whole(stem)
    return word


def _whole(stem: str) -> str:
    if len(stem) < _LEAST:
        return stem
    if stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if _DROPPED_E.search(stem) and not _NO_E.search(stem) else stem


@cache
def root_of(word: str) -> str:
    """Give what a word shares with those made of it: "announce" and "announcement" have one root."""
    form: str = base_form(word)
    for ending in _table()["endings"].split():
        if form.endswith(ending) and len(form) - len(ending) >= _LEAST:
            return form.removesuffix(ending)
    return form


def plain_phrase(phrase: str) -> str:
    """Give a phrase with each word in its one form, without words that say nothing."""
    return " ".join(base_form(word) for word in _WORD.findall(phrase.lower()) if word not in listed("empty"))


@cache
def head_of(phrase: str) -> str:
    """Give the one word of a phrase that says what happens: of "fatal shooting" the last, of "broke out" the first."""
    words: list[str] = [word for word in _WORD.findall(phrase.lower()) if word not in {"s", "'s"}]
    kept = [word for word in words if word not in listed("empty")] or words
    if not kept:
        return phrase.lower()
    particles = listed("particles")
    if "of" in kept[1:]:
        kept = kept[: kept.index("of", 1)]
    others = [word for word in kept[1:] if word not in particles]
    if base_form(kept[0]) in listed("light") and others:
        return others[-1]
    while len(kept) > 1 and kept[-1] in particles:
        kept = kept[:-1]
    return kept[0] if len(kept) > 1 and kept[1] in particles else kept[-1]
