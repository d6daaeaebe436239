"""Finds the words that report an event, and the clauses they stand in. Which words they are is in cues/events.toml.

Invariant: triggers of one sentence do not overlap; where two patterns meet, the longer match stands, then the
earlier row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from variorum.values.pattern import Pattern, find_threes, fold_text

TriggerRole = Literal["verb", "noun", "harm"]
Needs = Literal["", "place-noun", "military", "parties", "convoy"]

# Words that show the sentence is about armed violence, for triggers that mean other things elsewhere: "strike", "raid".
MILITARY = Pattern(
    r"\b(?:troops|soldiers?|army|armies|military|militants?|militias?|rebels?|insurgents?|fighters?|jihadists?"
    r"|gunm[ae]n|guerrillas?"
    r"|terrorists?|warplanes?|jets?|aircraft|missiles?|rockets?|shells?|bombs?|bombers?|drones?|artillery|mortars?"
    r"|weapons?|submarines?"
    r"|coalition|kill(?:ed|ing|s)?|dead|deaths?|wounded|injured|casualties|martyr(?:ed|s)?|bloodshed|militiam[ae]n"
    r"|air force|navy|forces"
    r"|airstrikes?|air strikes?|shelling|bombardment|explosives?|suicide|hostages?|ammunition|stronghold|front ?lines?"
    r"|siege|regime)\b",
    re.I,
)

# "shortly after midnight on Thursday" tells when, and opens no clause.
_OF_DAY = (
    r"(?:(?:about |around )?(?:midnight|noon|midday|dawn|daybreak|sunrise|sunset|dusk|dark|nightfall)\b"
    r"|(?:about |around )?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|o[’']clock|GMT)|\d{1,2}:\d\d\b)"
)
# Where a clause ends and another begins. "as" splits only where it opens a clause ("as troops entered …").
BOUNDARY = re.compile(
    r"[;—–]|\s-\s|:\s"
    r"|\s(?=(?:whom|which|that) (?:they|it|he|she|the [\w-]+) had\b)"
    r"|\s(?=and (?:reached|arrived|crossed into|entered|departed|returned to)\b)"
    rf"|,\s+(?=(?:which|who|where|while|whereas|(?:after|before)(?!\s+{_OF_DAY})|when|but|and|with|as|denied|denies|leaving|killing"
    r"|wounding|injuring|destroying|"
    r"breaking|forcing|causing|advancing|following|including|bringing|hours|days|although|though)\b)"
    rf"|\s(?=(?:while|whereas|after|before|when|although|though|until|despite)\s(?!\s*{_OF_DAY}))"
    r"|(?<!known)(?<!such)(?<!described)(?<!identified)(?<!named)(?<!as well)(?<!far)(?<!long)(?<!soon)(?<!many)"
    r"(?<!much)"
    r"\s(?=as\s(?!many\b|much\b|well\b|part\b|few\b|a\b|an\b|of\b|one\b|far\b|long\b|soon\b|young\b|little\b)[\w’']+\s)"
    r"|\s(?=where\s|which\s)"
)

SPOILED_BY = 120  # characters before a trigger in which `not_after` can stand


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One row of cues/events.toml."""

    kind: str
    role: TriggerRole
    regex: Pattern
    needs: Needs
    not_after: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    example: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words in one sentence that report an event; offsets in the sentence's text."""

    kind: str
    role: TriggerRole
    start: int
    end: int
    needs: Needs
    row: int
    realis: str = ""  # what the tagger says of the event, where it alone found the words


@dataclass(frozen=True, slots=True)
class Cues:
    """Everything cues/events.toml says, compiled."""

    rules: tuple[TriggerRule, ...]
    # By its first three letters each stem, with the rules whose patterns it lets match; "" stands for shorter ones.
    stems: Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]
    background: dict[str, Pattern]
    place_noun: Pattern
    munition: Pattern
    convoy: Pattern


@cache
def load_cues() -> Cues:
    """Give the cues shipped with the package."""
    data = tomllib.loads(files("variorum.extract").joinpath("cues/events.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = data["words"]

    def fill(pattern: str) -> str:
        for name, value in words.items():
            pattern = pattern.replace("{" + name + "}", value)
        return pattern

    rules = tuple(
        TriggerRule(
            kind=row["kind"],
            role=row["as"],
            regex=Pattern(rf"(?<![\w-])(?:{fill(row['pattern'])})(?![\w])", re.I),
            needs=row.get("needs", ""),
            not_after=re.compile(rf"(?:^|\b)(?:{row['not_after']})$", re.I) if "not_after" in row else None,
            not_before=re.compile(row["not_before"], re.I) if "not_before" in row else None,
            example=row["example"],
        )
        for row in data["trigger"]
    )
    background = {
        name: Pattern(("" if name.endswith("_after") else r"\b") + "(?:" + "|".join(rows) + ")", re.I)
        for name, rows in data["background"].items()
    }
    return Cues(
        rules,
        _by_letters(rules),
        background,
        Pattern(rf"\b{words['PLACE_NOUN']}\b", re.I),
        Pattern(words["MUNITION"], re.I),
        Pattern(rf"\b{words['CONVOY']}\b", re.I),
    )


def _by_letters(rules: tuple[TriggerRule, ...]) -> Mapping[str, tuple[tuple[str, tuple[int, ...]], ...]]:
    rows: dict[str, list[int]] = {}
    for row, rule in enumerate(rules):
        for stem in rule.regex.stems or ("",):
            rows.setdefault(stem, []).append(row)
    found: dict[str, list[tuple[str, tuple[int, ...]]]] = {}
    for stem, numbers in rows.items():
        found.setdefault(stem[:3] if len(stem) >= 3 else "", []).append((stem, tuple(numbers)))
    return {letters: tuple(pairs) for letters, pairs in found.items()}


def _may_match(cues: Cues, text: str) -> list[int]:
    """Give the rules that can match in a text, in order.

    Which of 349 stems it holds is told by its threes of letters in 15 µs; a test for each stem takes 45.
    """
    folded = fold_text(text)
    return sorted(
        {
            row
            for letters in ("", *find_threes(folded))
            if letters in cues.stems
            for stem, rows in cues.stems[letters]
            if stem in folded
            for row in rows
        }
    )


def find_triggers(text: str, met: Callable[[Trigger], bool] | None = None) -> list[Trigger]:
    """Give the triggers of one sentence in order.

    `met` tells whether what a trigger needs stands in its context; a trigger whose needs are not met gives way to a
    shorter one at the same words.
    """
    found: list[Trigger] = []
    cues = load_cues()
    for row in _may_match(cues, text):
        rule = cues.rules[row]
        for match in rule.regex.regex.finditer(text):
            start, end = match.span()
            if rule.not_after is not None and rule.not_after.search(text[max(0, start - SPOILED_BY) : start]):
                continue
            if rule.not_before is not None and rule.not_before.match(text, end):
                continue
            trigger = Trigger(rule.kind, rule.role, start, end, rule.needs, row)
            if met is None or met(trigger):
                found.append(trigger)
    # A harm word inside a longer match is kept: "left seven dead" beside "bomb … left" is one frame anyway.
    found.sort(key=lambda trigger: (trigger.start - trigger.end, trigger.row))
    kept: list[Trigger] = []
    for trigger in found:
        if all(trigger.end <= other.start or other.end <= trigger.start for other in kept):
            kept.append(trigger)
    return sorted(kept, key=lambda trigger: trigger.start)


def split_clauses(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Give the spans of the clauses of one sentence, from `start`; together they cover the rest of the text."""
    cuts = [start]
    for match in BOUNDARY.finditer(text, start):
        if match.end() - cuts[-1] >= 8:  # a shorter piece is a tag such as "But" or "Meanwhile"
            cuts.append(match.end())
    return list(zip(cuts, [*cuts[1:], len(text)]))
