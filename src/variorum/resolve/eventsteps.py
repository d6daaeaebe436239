"""Which step of a violent event a word stands for: firing, hitting, wounding, dying, or the incident as a whole.

Where every article tells of one kind of event, its steps are what tells words apart: two words are one event when
their articles tell of one incident and they stand for one step of it. Invariant: the step of a word depends on its
sentence alone. The words are in `eventsteps.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from variorum.resolve.eventsigns import EventWord
from variorum.resolve.eventwords import Tellings
from variorum.resolve.wordforms import base_form, plain_phrase

_WORD = re.compile(r"[a-z][a-z\-]*")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    told = files("variorum.resolve").joinpath("eventsteps.toml").read_text(encoding="utf-8")
    return tomllib.loads(told)


@cache
def _words(table: str, row: str) -> frozenset[str]:
    return frozenset(_table()[table][row].split())


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for step, row in _table()["phrases"].items():
        options = [re.escape(" ".join(one.split())) for one in row.split("|")]
        made.append((step, re.compile(rf"\b(?:{'|'.join(sorted(options, key=len, reverse=True))})\b")))
    return tuple(made)


def step_of(word: EventWord) -> str | None:
    """Say which step a word stands for: death, wound, fire, hit or incident; None for a word of no list."""
    phrase = re.sub(r"\s+", " ", word.phrase.lower())
    for step, pattern in _phrases():
        if pattern.search(phrase):
            return step
    written = _WORD.findall(phrase)
    before, after = _WORD.findall(word.before.lower()), re.findall(r"[a-z0-9][a-z0-9\-]*", word.after.lower())
    if any({one, base_form(one)} & _words("words", step) for step in ("death", "wound") for one in written):
        return _step_by_word(written)
    if "shot" in written and before and before[-1] in _words("context", "noun"):
        return "fire"
    if written and written[-1] == "shooting":
        return _step_of_shooting(before, after)
    return _step_by_word(written)


def _step_by_word(written: Sequence[str]) -> str | None:
    for step in _table()["words"]:
        if any({one, base_form(one)} & _words("words", step) for one in written):
            return step
    return None


def _step_of_shooting(before: Sequence[str], after: Sequence[str]) -> str:
    if after and (after[0] in _words("context", "someone") or after[0][0].isdigit()):
        return "hit"
    happened = bool(after) and after[0] in _words("context", "whole_after")
    spoken_of = len(before) > 1 and before[-1] == "the" and before[-2] in _words("context", "whole_before")
    return "incident" if happened or spoken_of else "fire"


def find_step_words(sentence: str) -> Iterator[tuple[int, int]]:
    """Find the words of a sentence that stand for a step, half-open spans; those that mostly mean other things not."""
    taken = 0
    low = sentence.lower()
    spans = sorted((found.span() for _, pattern in _phrases() for found in pattern.finditer(low)), reverse=True)
    for one in _WORD.finditer(low):
        while spans and spans[-1][0] <= one.start():
            start, end = spans.pop()
            if start >= taken:
                yield start, end
                taken = end
        if one.start() < taken:
            continue
        names = {one[0], base_form(one[0])}
        if names & _words("found", "passed_over"):
            continue
        if any(names & _words("words", step) for step in _table()["words"]):
            yield one.span()


def group_steps(words: Sequence[EventWord], tellings: Tellings) -> dict[str, tuple[int, str]]:
    """Give the event of each word: the group of its article and the step; a word of no step goes by its own form."""
    return {
        word.id: (
            int(tellings.group[tellings.place[word.telling_id]]),
            step_of(word) or plain_phrase(word.phrase) or word.phrase.lower(),
        )
        for word in words
    }
