"""On which day a report's event was, where the clause that tells of the event does not say it.

Invariant: the day found so is hedged by whoever claims it; a report that dates its violent events otherwise has none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from variorum.extract.entities import Entities
from variorum.extract.realis import VIOLENT, Frame
from variorum.extract.sentences import Sentence
from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.date import known_days

OPENING = 8  # sentences of a report's body in which it says when its event was
NEAR_DAYS = 1
# What the law does after a deed has a day of its own: "was charged Tuesday with", "sentenced to ten years on Friday".
_LAW = (
    r"(?:arrested|charged|indicted|sentenced|convicted|arraigned|booked|jailed|extradited|acquitted"
    r"|found (?:not )?guilty)"
)
_DEED = (
    r"(?:shot|shootings?|gunfire|fired|opened fire|kill(?:ed|ing|s)|attack\w*|stabb(?:ed|ing)|murder\w*|slain|slaying"
    r"|wound(?:ed|ing|s)|injur(?:ed|ing|es)|incident|died|deaths?|bomb\w*|struck|strikes?|hit|shell\w*|raid\w*|clash\w*"
    r"|explo\w+|blasts?|ambush\w*|robbery|homicide|happened|occurred|took place|accident)"
)
_STEP_BEFORE = re.compile(
    rf"(?:\b(?:was|were|is|are|been|being)\s+(?:\w+ )?{_LAW}\b(?:(?!\b{_DEED}\b)[^.;,]){{0,60}}"
    rf"|\b(?:{_LAW}|ple(?:d|aded) (?:not )?guilty|turned (?:him|her|them)sel(?:f|ves) in|in (?:\w+ ){{0,3}}court"
    r"|taken into custody|(?:bond|court|preliminary|bail) hearing|court appearance|arraignment|sentencing)"
    r"(?: (?:on|late|early|last))*"
    rf"|\b(?:identified|named|released)\b(?:(?!\b(?:{_DEED}|that)\b)[^.;,]){{0,40}})\s*$",
    re.I,
)
# "On Tuesday, the coroner confirmed that the death", "Thursday a jury found him guilty".
_STEP_AFTER = re.compile(
    rf"^,?\s+(?:(?!\b(?:{_DEED}|after|for|when|that)\b)[\w.’'“”\"-]+,?\s+){{1,6}}?"
    rf"(?:(?:was|were|is|are) {_LAW}|found (?:\w+ ){{0,3}}guilty|ple(?:d|aded) |confirmed|identified|ruled)\b",
    re.I,
)
_FRONTED = re.compile(r"(?:^|[.;:“\"]\s*)(?:On|Late|Early|Last)?\s*$|\bon\s*$", re.I)
_HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.?m\b|o[’']clock)|\b(?:noon|midnight)\b", re.I)
# A sentence that says when must tell of the deed or of those who came to it.
_SCENE = make_regex(
    rf"\b(?:{_DEED}|police|officers?|deput(?:y|ies)|sheriff|respond(?:ed|ing)|dispatched|called|victims?|gun\w*|shots?"
    r"|suspects?|hospital|medics?|paramedics|boys?|girls?|man|men|wom[ae]n|teen\w*|child(?:ren)?|toddlers?|scene|blocks?"
    r"|homes?|houses?|apartments?|part(?:y|ies))\b",
    re.I,
)
_PART_OF_DAY = re.compile(r"\b(?:night|morning|afternoon|evening|overnight|midday|early|late)\b", re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a report's event, with the words that name it; offsets in the article."""

    value: str
    start: int
    end: int


def is_of_the_law(text: str, found: Found) -> bool:
    """Tell whether a date of a sentence is the day of an arrest, a hearing or a burial, not of what led to it."""
    before, after = text[: found.start], text[found.end :]
    if _STEP_BEFORE.search(before):
        return True
    return _FRONTED.search(before) is not None and _STEP_AFTER.match(after) is not None


def find_day(read: Sequence[tuple[Sentence, Entities]], violent: Collection[int]) -> Day | None:
    """Give the day that the opening of one story names most, with an hour or a part of the day before others.

    `violent` are the indexes of sentences that tell of violence.
    """
    votes: dict[str, float] = {}
    first: dict[str, Day] = {}
    body = 0
    for sentence, entities in read:
        body += sentence.role == "body"
        if body > OPENING:
            break
        for found in entities.dates:
            told = sentence.index in violent or _SCENE.search(sentence.text) is not None
            if not told or not _is_day(found) or is_of_the_law(sentence.text, found):
                continue
            near = sentence.text[max(0, found.start - 40) : found.end + 40]
            weight = 1.0 + (sentence.role == "title") + (0 < body <= 2) + (sentence.index in violent)
            weight += bool(_HOUR.search(near)) + bool(_PART_OF_DAY.search(near))
            votes[found.value] = votes.get(found.value, 0.0) + weight
            base = sentence.start
            first.setdefault(found.value, Day(found.value, base + found.start, base + found.end))
    if not votes:
        return None
    return first[max(votes, key=lambda value: (votes[value], -first[value].start, value))]


def _is_day(found: Found) -> bool:
    if found.extra.get("ahead") or found.extra.get("since"):
        return False
    days = known_days(found.value)
    return days is not None and (days[1] - days[0]).days <= NEAR_DAYS


def is_day_of(day: Day, frames: Iterable[Frame]) -> bool:
    """Tell whether no violent event of the story is dated otherwise."""
    mine = known_days(day.value)
    for frame in frames:
        if frame.family in VIOLENT and frame.realis == "event":
            for found in frame.dates:
                theirs = None if is_of_the_law(frame.sentence.text, found) else known_days(found.value)
                if mine is None or (theirs is not None and _apart(mine, theirs) > NEAR_DAYS):
                    return False
    return mine is not None


def _apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)
