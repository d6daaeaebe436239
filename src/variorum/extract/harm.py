"""Harm words in one sentence ("killed", "left dead", "death toll") with the roles around them. No counting here.

Invariant: a cue's tokens are contiguous, and cues do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from variorum.extract.peoplewords import Token, load_cues, words
from variorum.values.caseless import make_regex

Form = Literal["past", "base", "ing", "fate", "adj", "noun", "toll"]
BE = words("was were is are be been being got get gets getting 's remain remained remains")
HAVE = words("has have had having")
_ADVERBS = words(
    "also not all both since then later reportedly already still just only apparently now instantly "
    "either believed feared thought said reported confirmed declared pronounced found to presumed "
    "known nearly almost again earlier deliberately critically seriously badly severely otherwise "
    "each together last listed"
)
_MODALS = words("could would may might can cannot should must will shall")
_INFINITIVE_DONE = words(
    "continue continued continues continuing went managed proceeded failing gone used led leading helped"
)
_PLOTS = make_regex(
    r"\b(?:plot\w*|plan\w*|threat\w*|vow\w*|attempt\w*|tr(?:y|ied|ies|ying)|want\w*|aim\w*|intend\w*|order\w*|call\w*|wish\w*|hop\w+|able|willing|ready|refus\w+|fail\w*|capable|conspir\w+|designed)\b[^,;]{0,25}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """One harm word: what it says happened, how it is built, and where it stands in tokens and characters."""

    prop: str
    form: Form
    first: int
    after: int
    start: int
    end: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Passive:
    """The helping verbs before a participle: where they begin and what they say."""

    first: int
    one: bool  # "was": the subject is one person
    negated: bool
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    prop: str
    form: Form
    weak: bool
    needs: frozenset[str]  # one of these must follow: "suffered … burns"


_FORMS: tuple[Form, ...] = ("past", "base", "ing", "fate", "adj", "noun")


@cache
def _phrases(table: str) -> Mapping[str, tuple[_Phrase, ...]]:
    """Give for the first word of each harm phrase the phrases that begin with it, longest first."""
    found: dict[str, list[_Phrase]] = {}
    data = load_cues("harm")
    for row in data[table]:
        needs, weak = frozenset(row.get("needs", ())), bool(row.get("weak"))
        for form in _FORMS:
            for text in row.get(form, ()):
                phrase = _Phrase(tuple(text.split()), row.get("prop", "people"), form, weak, needs)
                found.setdefault(phrase.words[0], []).append(phrase)
    if table == "word":
        for text in data["toll"]["words"]:
            phrase = _Phrase(tuple(text.split()), "killed", "toll", False, frozenset())
            found.setdefault(phrase.words[0], []).append(phrase)
    if table == "people":
        for text in data["crowd"]["words"]:
            phrase = _Phrase(tuple(text.split()), "people", "toll", False, frozenset())
            found.setdefault(phrase.words[0], []).append(phrase)
    return {first: tuple(sorted(rows, key=lambda row: -len(row.words))) for first, rows in found.items()}


@cache
def harm_words() -> frozenset[str]:
    """Give the harm words that are single words: "killed", "neutralised"."""
    return frozenset(row.words[0] for rows in _phrases("word").values() for row in rows if len(row.words) == 1)


def find_cues(tokens: Sequence[Token], table: str = "word") -> list[Cue]:
    """Give the harm words of a sentence (table "word") or the words for people moved and gathered ("people")."""
    phrases = _phrases(table)
    cues: list[Cue] = []
    place = 0
    while place < len(tokens):
        numbered = _number_of(tokens, place) if table == "word" else None
        if numbered is not None:
            cues.append(numbered)
            place = numbered.after
            continue
        for phrase in phrases.get(tokens[place].low, ()):
            after = place + len(phrase.words)
            if after > place + 1 and tuple(token.low for token in tokens[place:after]) != phrase.words:
                continue
            if phrase.needs and not _followed(tokens[after : after + 12], phrase.needs):
                continue
            start, end = tokens[place].start, tokens[after - 1].end
            cues.append(Cue(phrase.prop, phrase.form, place, after, start, end, phrase.weak))
            place = after - 1
            break
        place += 1
    return [cue for cue in cues if not _unreal(tokens, cue)]


def _followed(tokens: Sequence[Token], needs: frozenset[str]) -> bool:
    """Tell whether one of the words or phrases stands among the tokens."""
    row = f" {' '.join(token.low for token in tokens)} "
    return any(f" {need} " in row for need in needs)


_COUNTED = {
    "killed": "killed",
    "dead": "killed",
    "deaths": "killed",
    "fatalities": "killed",
    "martyrs": "killed",
    "wounded": "injured",
    "injured": "injured",
    "injuries": "injured",
}


def _number_of(tokens: Sequence[Token], place: int) -> Cue | None:
    """Read "the number of rebels killed in the fighting (has risen to …)" as a toll."""
    if tokens[place].low != "number":
        return None
    lows = [token.low for token in tokens[place : place + 12]]
    if lows[1:2] not in (["of"], ["killed"], ["wounded"]):
        return None
    for offset, low in enumerate(lows):
        if low in {".", ";", "who"}:
            return None
        if low in _COUNTED:
            after = place + offset + 1
            return Cue(_COUNTED[low], "toll", place, after, tokens[place].start, tokens[after - 1].end)
    return None


def _unreal(tokens: Sequence[Token], cue: Cue) -> bool:
    """Tell whether the words speak of what could happen, was meant or asked, not of what happened."""
    before = [token.low for token in tokens[max(0, cue.first - 4) : cue.first]]
    while before and (before[-1] in {"be", "have", "been", "also", "not", "get"} or before[-1].endswith("ly")):
        if before[-1] in {"be", "get"} and len(before) > 1 and before[-2] == "to":
            return not _done(before[:-2])
        before.pop()
    if not before:
        return False
    if before[-1] in _MODALS:
        return not (before[-1] in {"may", "might", "could"} and tokens[cue.first - 1].low in {"been", "have"})
    if cue.form == "ing" and before[-1] in {"to", "without", "avoid", "at", "from", "against"}:
        return True
    if cue.form == "base" and before[-1] == "to":
        return not _done(before[:-1])
    return cue.form == "base" and before[-1] in {"did", "does", "do", "n't", "didn't"}


def _done(before: Sequence[str]) -> bool:
    return bool(before) and before[-1] in _INFINITIVE_DONE


def plotted(text: str, start: int) -> bool:
    """Tell whether the words before an offset speak of a plan: "plotted to", "threatened to"."""
    return _PLOTS.search(text[:start]) is not None


def read_passive(tokens: Sequence[Token], place: int) -> Passive | None:
    """Give the helping verbs that end before a participle: "were also", "have been", "was reportedly shot and"."""
    here = place - 1
    hedged = negated = False
    first = -1
    one = False
    for _ in range(8):
        if here < 0:
            break
        low = tokens[here].low
        if low in BE:
            one = (low in {"was", "is"}) if first < 0 or not one else one
            if low in {"been", "being", "be"} and first >= 0:
                one = one
            first = here
        elif low in HAVE and first >= 0:
            one = low == "has" or (low == "had" and one)
            first = here
        elif low in {"not", "n't", "never", "wasn't", "weren't"}:
            negated = True
        elif low in _ADVERBS or low.endswith("ly"):
            hedged = hedged or low in {
                "reportedly",
                "allegedly",
                "believed",
                "feared",
                "thought",
                "apparently",
                "presumed",
            }
        elif first < 0 and low in {"and", "or"} and here >= 1 and tokens[here - 1].low in _participles():
            here -= 1
        elif first < 0 and low in _participles() and here + 1 < len(tokens):
            pass
        else:
            break
        here -= 1
    return Passive(first, one, negated, hedged) if first >= 0 else None


@cache
def _participles() -> frozenset[str]:
    phrases = [form.split() for row in load_cues("harm")["word"] for form in row.get("past", ())]
    return frozenset(phrase[at] for phrase in phrases for at in (0, -1)) | words(
        "attacked ambushed tortured dead robbed raped"
    )
