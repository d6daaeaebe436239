"""Which figures of killed and injured people one event's claims take up: each person told one by one once.

Invariant: what a claim says is what its words say. A person met again is claimed where their fate is told; those "shot"
may hold the dead, so beside a death their figure is an upper bound.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.extract.persons import PRONOUNS, Person, tell_persons
from variorum.extract.realis import Frame
from variorum.extract.sentences import Sentence
from variorum.extract.tolls import Toll
from variorum.model import Stance

HARM = frozenset({"killed", "injured"})
# Sentences after the first harm told in which a person first met belongs to the event. Tried 4 to 14 on half of a set
# of reports of shootings: flat within half a point.
MET = 5
BEHIND = 2  # sentences: "The victims were 14 women and nine children."
FATAL = re.compile(
    r"\b(?:fatal(?:ly)?|deadly|kill(?:s|ed|ing)|slay(?:ing)?|slain|homicide|murder(?:ed|er|s)?|manslaughter|suicide|dies"
    r"|died|dead|deaths?)\b",
    re.I,
)
NOT_FATAL = re.compile(
    r"\bnon-?fatal\w*|\battempt\w*(?: [\w-]+){0,2} (?:murder|homicide|suicide|manslaughter)"
    r"|\b(?:assault|intent)(?: \w+)? to (?:commit )?(?:murder|kill)|\bdeath (?:threat|penalty|row)s?"
    r"|\bhomicide (?:unit|detective|bureau|investigator|division|squad|section|investigation)s?"
    r"|\bdeadly (?:weapon|force|conduct)s?|\b(?:if|whether)(?: \w+){1,4} (?:died|dead)",
    re.I,
)
# What tells by itself that somebody died, and that two did.
FATAL_DEED = re.compile(r"\b(?:fatal(?:ly)?|deadly|murder|slaying|homicide|manslaughter|shooting death)\b", re.I)
_OF_A_BODY = re.compile(
    r"\b(?:[Hh]is|[Hh]er|the) (?:\w+ )?(?:body|head|chest|leg|arm|back|hand|foot|face|neck)$|^911\b"
)
BOTH_DEAD = re.compile(r"\bmurder[-/ ]suicide\b|\bdouble[- ](?:fatal|homicide|murder|slaying|killing)\w*", re.I)
# "She | and three others": somebody without a figure of their own.
JOINED = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|him|her)|\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}(?:, \d+,)?"
    r"|\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Oo]ne)(?: [\w-]+){1,4})(?: and|, along with|,? as well as) $"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One toll where it stands."""

    toll: Toll
    at: Sentence
    line: int = 0

    @property
    def sentence(self) -> int:
        """Number of the sentence in its article."""
        return self.at.index

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.at.text


@dataclass(frozen=True, slots=True)
class Harm:
    """One figure of killed or injured people that an event claims; offsets in the article."""

    prop: str
    value: str
    scope: str
    stance: Stance
    start: int
    end: int


def find_harm(own: Sequence[tuple[int, Frame]], followed: Sequence[tuple[int, Frame]]) -> Iterator[Harm]:
    """Yield the figures of killed and injured that the events of one story tell, in the order of the text.

    Each frame comes with the number of its line: events that nothing sets apart. `followed` are sentences without an
    event of their own that tell on of one: "He died at the hospital."
    """
    mine = [Told(toll, frame.sentence, line) for line, frame in own for toll in frame.tolls if _is_harm(frame, toll)]
    more = [
        Told(toll, frame.sentence, line) for line, frame in followed for toll in frame.tolls if _is_harm(frame, toll)
    ]
    rows = sorted([*mine, *more], key=lambda one: (one.at.start, one.toll.start))
    told = [one for one in rows if not one.toll.total and one.toll.stance != "denies"]
    persons = tell_persons(told)
    found = [_plain(one) for one in mine if one.toll.total or one.toll.stance == "denies"]
    for line in sorted({line for line, _ in own}):
        frames = [frame for number, frame in own if number == line]
        found += _of_line(frames, [one for one in told if one.line == line], [p for p in persons if p.line == line])
    yield from sorted(found, key=lambda one: (one.start, one.end, one.prop))


def _is_harm(frame: Frame, toll: Toll) -> bool:
    """Tell whether a toll counts people killed or injured: "wounds to his upper body" counts nobody."""
    return toll.prop in HARM and _OF_A_BODY.search(frame.sentence.text[toll.start : toll.end]) is None


def _of_line(frames: Sequence[Frame], told: Sequence[Told], persons: Sequence[Person]) -> list[Harm]:
    near = _near(persons, [one for one in told if one.toll.value != "0"], frames)
    indices = {frame.sentence.index for frame in frames}
    figures = [one for one in told if one.toll.value != "1" and _tells_on(one, indices)]
    counted = {one.toll.prop for one in figures if one.toll.value != "0" and not one.toll.part}
    found = list(_figures(figures, [person for person in near if person.dead], told))
    for person in near:
        if person.known and ("killed" if person.dead else "injured") in counted:
            continue  # "the victim": one of those that a figure counts
        found.append(_person(person))
    deed = _deed(frames, found)
    hurt = [person for person in near if not person.dead]
    if deed and len(hurt) == 1 and not hurt[0].survived and "injured" not in counted:
        # "a fatal shooting … a man was shot": he is the one who died
        found = [one for one in found if one.prop != "injured"]
    return found + deed


def _tells_on(one: Told, indices: Collection[int]) -> bool:
    """Tell whether a figure is of the event: in its own sentences, or right behind them where it sets or divides it."""
    if one.sentence in indices:
        return True
    behind = one.toll.part or one.toll.cumulative_event
    return behind and any(0 < one.sentence - index <= BEHIND for index in indices)


def _near(persons: Sequence[Person], harm: Sequence[Told], frames: Sequence[Frame]) -> list[Person]:
    """Give the persons who belong to the event: met soon after its first harm, the dead only where it opens deadly."""
    if not harm:
        return []
    first = min(one.sentence for one in harm)
    near = [person for person in persons if person.first <= first + MET]
    if not any(not person.dead for person in near):
        return near
    opening = " ".join(frame.sentence.text for frame in frames if frame.sentence.index <= first + 1)
    if FATAL.search(NOT_FATAL.sub(" ", opening)) is not None:
        return near
    return [person for person in near if not person.dead or person.hurt or person.first <= first + 1]


def _plain(one: Told, value: str = "", start: int = -1) -> Harm:
    toll, base = one.toll, one.at.start
    begin = base + (toll.start if start < 0 else start)
    return Harm(toll.prop, value or toll.value, toll.scope, toll.stance, begin, base + toll.end)


def _figures(figures: Sequence[Told], dead: Sequence[Person], told: Sequence[Told]) -> Iterator[Harm]:
    """Yield the figures of several people, with what their words hold besides the number."""
    killed = {one.toll.value for one in told if one.toll.prop == "killed" and not one.toll.weak and not one.toll.part}
    killed |= {str(len(dead))} if dead else set()
    killed -= {"0"}
    for one in figures:
        toll = one.toll
        if toll.weak and toll.value in killed:
            continue  # "four were shot dead": told once, as killed
        alone = sum(other.at.start == one.at.start and not other.toll.part for other in told) == 1
        joined = JOINED.search(one.text[: toll.start]) if toll.more and alone and toll.value.isdigit() else None
        if joined is not None and toll.end <= toll.cue_start:
            yield _plain(one, str(int(toll.value) + 1), joined.start())
        elif toll.weak and killed and toll.value.isdigit() and not toll.more:
            yield _plain(one, f"..{toll.value}")
        else:
            yield _plain(one)


def _person(person: Person) -> Harm:
    """Give a person where their fate is told, by a noun or name before "he" and "the victim"."""
    prop = "killed" if person.dead else "injured"
    rows = [one for one in person.told if one.toll.prop == prop] or person.told
    one = min(rows, key=lambda one: (one.toll.known, _is_pronoun(one.text[one.toll.start : one.toll.end])))
    assert isinstance(one, Told)
    scopes = [row.toll.scope for row in person.told if row.toll.scope != "all"]
    return replace(_plain(one), prop=prop, scope=scopes[0] if scopes else one.toll.scope)


def _is_pronoun(words: str) -> bool:
    return words.lower() in PRONOUNS


def _deed(frames: Sequence[Frame], found: Sequence[Harm]) -> list[Harm]:
    """Give the dead whom only the name of the deed tells: "fatal shooting" one at least, "murder-suicide" two."""
    if not frames:
        return []
    head = frames[0].sentence
    opening = [frame for frame in frames if frame.sentence.index <= head.index + 1]
    if any(one.prop == "killed" and one.value not in {"0", "1"} for one in found):
        return []
    dead = sum(one.prop == "killed" and one.value == "1" for one in found)
    for frame in opening:
        both = BOTH_DEAD.search(frame.text)
        if both is not None and dead < 2:
            return [_of_deed(frame, both, "2..")]
    if dead or any(one.prop == "killed" for one in found):
        return []
    for frame in opening:
        if frame.sentence.role == "title" or frame is frames[0]:
            bare = NOT_FATAL.sub(lambda match: " " * len(match.group()), frame.text)
            deed = FATAL_DEED.search(bare)
            if deed is not None:
                return [_of_deed(frame, deed, "1..")]
    return []


def _of_deed(frame: Frame, match: re.Match[str], value: str) -> Harm:
    base = frame.sentence.start + frame.start
    return Harm("killed", value, "all", "asserts", base + match.start(), base + match.end())
