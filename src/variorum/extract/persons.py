"""Persons a report tells one by one: who is the same as whom, and whether they died. Counts of several are not read.

A report of a shooting often gives no figure: "A man was shot. John Roe, 24, died at the scene. His wife was hurt."
Each harmed person is met again under a name, an age, a pronoun or "the boy"; `tell_persons` gives each once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from variorum.extract.peoplewords import words
from variorum.extract.tolls import Toll

MEN = words(
    "man men boy male father son brother husband uncle grandfather boyfriend ex-husband ex-boyfriend nephew grandson "
    "stepfather stepson policeman gunman he him himself guy dad schoolboy cameraman businessman"
)
WOMEN = words(
    "woman girl female mother daughter sister wife aunt grandmother girlfriend ex-wife ex-girlfriend niece stepmother "
    "granddaughter stepdaughter policewoman she her herself mom widow schoolgirl"
)
YOUNG = words("boy girl child toddler baby infant newborn teen teenager juvenile kid schoolboy schoolgirl minor")
GROWN = words("man woman father mother husband wife officer deputy uncle aunt grandmother grandfather")
SUSPECTS = words("suspect gunman shooter attacker assailant intruder robber bomber accomplice")
OFFICERS = words("officer deputy trooper policeman policewoman cop sergeant detective agent ranger")
PRONOUNS = words("he she him her himself herself self")
AGED = re.compile(r"\b(\d{1,3}|[a-z]+)[ -](?:year|month|week|day)s?[ -]olds?\b", re.I)
AGE_AFTER = re.compile(
    r"^,? (?:also |age |aged )?(\d{1,3})\b(?!-)(?= ?[,.;)]| (?:was|of|who|died|and|from)\b)|^ \((\d{1,2})\)"
)
ALSO = re.compile(r"\balso\b", re.I)
WORD = re.compile(r"[A-Za-z][\w’'-]*")
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


class Figure(Protocol):
    """One toll where it stands in a report."""

    @property
    def toll(self) -> Toll:
        """The toll; its offsets count in `text`."""

    @property
    def sentence(self) -> int:
        """Number of the sentence."""

    @property
    def text(self) -> str:
        """The words of the sentence."""

    @property
    def line(self) -> int:
        """Number of the event it is told of, among those that day, place or words set apart."""


@dataclass(slots=True)
class Person:
    """One harmed person of a report: what is known of them so far, and where they were last met."""

    names: set[str] = field(default_factory=set)
    age: int | None = None
    sex: str = ""
    stage: str = ""  # "young", "grown" or ""
    role: str = ""  # "suspect", "officer" or ""
    heads: set[str] = field(default_factory=set)
    first: int = 0  # sentence of the first mention
    last: int = 0
    line: int = 0  # of the first mention
    dead: bool = False
    hurt: bool = False
    survived: bool = False  # told as wounded, in hospital or recovering, not only as shot
    self_done: bool = False
    also: bool = False  # "was also shot": one more person
    subject: bool = False  # met as the subject of what happened: "a boy died", not "killed a boy"
    told: list[Figure] = field(default_factory=list)  # every place that tells of them, in order

    @property
    def known(self) -> bool:
        """Whether nothing introduces them: only "the victim", "he", a family name."""
        return all(figure.toll.known for figure in self.told)


def describe(figure: Figure) -> Person:
    """Give what the words of one mention say of a person."""
    toll = figure.toll
    span = figure.text[toll.start : toll.end]
    low = span.lower().replace("’", "'")
    rows = [word.removesuffix("'s") for word in WORD.findall(low)]
    told = set(rows)
    person = Person(first=figure.sentence, last=figure.sentence, line=figure.line, told=[figure])
    aged = AGED.search(low)
    if aged is not None:
        unit = "year" in aged.group()
        number = int(aged[1]) if aged[1].isdigit() else (NUMBERS.index(aged[1]) + 1 if aged[1] in NUMBERS else None)
        person.age = number if unit else 0
    after = AGE_AFTER.match(figure.text[toll.end : toll.end + 14])
    if person.age is None and after is not None:
        person.age = int(after[1] or after[2])
    head = rows[-1] if rows else ""
    person.sex = "m" if head in MEN else "f" if head in WOMEN else "m" if told & MEN else "f" if told & WOMEN else ""
    if person.age is not None:
        person.stage = "young" if person.age < 18 else "grown"
    elif told & YOUNG:
        person.stage = "young"
    elif told & GROWN or toll.scope in {"medics", "police", "journalists", "combatants"}:
        person.stage = "grown"
    person.role = "suspect" if told & SUSPECTS else "officer" if told & OFFICERS else ""
    capital = span[:1].isupper() and " " not in span
    if (toll.named or (toll.known and capital)) and not told & PRONOUNS:
        person.names = {
            re.sub("['’]s$", "", word.lower())
            for word in WORD.findall(span)
            if word[0].isupper() and not AGED.search(word)
        }
        person.names -= {"officer", "deputy", "mr", "mrs", "sgt", "police", "jr", "sr"}
    person.heads = {head} if head else set()
    person.self_done = head in {"himself", "herself", "self"}
    between = figure.text[toll.cue_end : toll.start]
    person.subject = toll.end <= toll.cue_start or re.match(r"\W*of\b", between) is not None
    person.also = ALSO.search(figure.text[toll.end : toll.cue_start + 1]) is not None
    turned = "gun on" in figure.text[toll.cue_start : toll.cue_end]
    person.dead = toll.prop == "killed" or (person.self_done and turned)
    person.hurt = toll.prop == "injured"
    cue = figure.text[toll.cue_start : toll.cue_end].lower()
    person.survived = person.hurt and (
        not toll.weak or cue.split()[0] in {"in", "expected", "fighting", "treated", "on"}
    )
    return person


def may_be(one: Person, other: Person) -> bool:
    """Tell whether two descriptions may be of one person."""
    if one.names and other.names:
        return bool(one.names & other.names)
    if one.age is not None and other.age is not None and one.age != other.age and max(one.age, other.age) > 2:
        return False
    if one.sex and other.sex and one.sex != other.sex:
        return False
    if one.stage and other.stage and one.stage != other.stage:
        ages = [person.age for person in (one, other) if person.age is not None and person.stage == "young"]
        teens = {"teen", "teenager", "son", "daughter"} & (one.heads | other.heads)
        if not teens and not any(age >= 16 for age in ages):
            return False
    if {one.role, other.role} in ({"suspect", "officer"},):
        return False
    return not ("officer" in {one.role, other.role} and {one.stage, other.stage} & {"young"})


def tell_persons(figures: Sequence[Figure]) -> list[Person]:
    """Give the persons of a report harmed one by one, each once, in the order in which they come up."""
    persons: list[Person] = []
    for figure in figures:
        toll = figure.toll
        if toll.prop not in {"killed", "injured"} or toll.value != "1" or toll.total or toll.stance == "denies":
            continue
        met = describe(figure)
        found = _known(persons, met, figure)
        if found is None:
            persons.append(met)
        else:
            _add(found, met)
    return persons


def _add(person: Person, met: Person) -> None:
    person.names |= met.names
    person.age = met.age if person.age is None else person.age
    person.sex = person.sex or met.sex
    person.stage = person.stage or met.stage
    person.role = person.role or met.role
    person.heads |= met.heads
    person.last = met.last
    person.dead = person.dead or met.dead
    person.hurt = person.hurt or met.hurt
    person.survived = person.survived or met.survived
    person.self_done = person.self_done or met.self_done
    person.subject = person.subject or met.subject
    person.told += met.told


def _known(persons: Sequence[Person], met: Person, figure: Figure) -> Person | None:
    """Give the person met before whom a mention speaks of."""
    toll = figure.toll
    if toll.more or "other" in met.heads:
        return None
    same = [
        p for p in persons if p.last == met.last and met.age is not None and p.age == met.age and p.heads & met.heads
    ]
    if same:
        return same[0]
    fit = [person for person in reversed(persons) if may_be(person, met)]
    if not (toll.known or met.heads & PRONOUNS):
        # "A man was killed" of another event is another man; "the man", "he" and one of the same name are not.
        fit = [p for p in fit if p.line == met.line or p.names & met.names or (met.age and p.age == met.age)]
    if met.also:
        fit = [person for person in fit if person.names & met.names or (met.age and person.age == met.age)]
    if not fit:
        return None
    if met.heads & PRONOUNS and not met.self_done:
        return max(fit, key=lambda person: person.last)
    if met.self_done:
        own = [person for person in fit if person.self_done]
        rest = [person for person in fit if person.subject]
        same = [person for person in rest if person.last == met.last]
        return own[0] if own else same[0] if same else rest[0] if len(rest) == 1 else None
    if met.names:
        named = [person for person in fit if person.names]
        return named[0] if named else _best(fit, met)
    if toll.known:
        return _best(fit, met)
    apart = [person for person in fit if person.last != met.last or person.first != met.last]
    apart = [person for person in apart if person.last < met.last]
    return _best(apart, met) if apart else None


def _best(fit: Sequence[Person], met: Person) -> Person:
    """Give the one of several that shares most: the age, then the noun, then the latest."""
    return max(
        fit,
        key=lambda person: (
            met.age is not None and person.age == met.age,
            person.dead == met.dead or not met.dead,
            bool(met.heads & person.heads),
            bool(met.role) and person.role == met.role,
            person.last,
        ),
    )
