"""Remembers who spoke and which bodies were named in a story so far, for "it", "he", "the ministry", "the Front".

Invariant: nothing in here reads a phrase; speakers.py asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.extract.cuewords import load_cues
from variorum.model import Found
from variorum.values.name import find_names
from variorum.values.person import NAME, ROLE, find_people

BODY_ROLE = re.compile(rf"\b(?P<body>[A-Za-z]+)(?:’s|'s)?,? {ROLE},? (?P<name>{NAME})")
# What may stand before the body that a sentence is about, and what shows that it is no part of a longer subject.
OPENS = re.compile(r"(?:[A-Z]\w+ly,? |(?:But|And|Meanwhile|However|Later|Then|Earlier),? )?(?:[Tt]he )?")
SUBJECT = re.compile(r"(?:,| (?!of\b|in\b|and\b|[a-z]+s\b(?! (?:the|its|no|a)\b))[a-z])")


# "Zahra Idris was braiding her cousin's hair when …": whom "she" means in what follows.
OPENING_PERSON = re.compile(
    rf"(?P<name>{NAME})(?:, (?:\d+|an? |the |who )[^.;]{{0,60}}?,)?"
    r" (?:was|is|had|has|saw|heard|ran|stood|sat|went|lives|lived|works?|worked)\b"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a source is."""

    source: str  # canonical
    speaker: str = ""  # the person, where the source is the body the person speaks for
    kind: str = "unknown"


# Bodies that give figures of others; "it" after a sentence on a fighting body is still the source before.
REPORTING = frozenset({"monitor", "body", "medic", "agency", "ministry", "government"})


@dataclass(slots=True)
class Memory:
    """The sources and names of one story so far, for "it", "he", "the ministry" and bare family names."""

    voices: list[Voice] = field(default_factory=list)
    names: list[Voice] = field(default_factory=list)  # bodies named, whether they spoke or not
    here: list[Voice] = field(default_factory=list)  # bodies named in this sentence, before the words read now
    people: dict[str, Voice] = field(default_factory=dict)  # family name → who
    topic: Voice | None = None  # the body that the last sentence is about: it spoke, or opens the sentence
    about: Voice | None = (
        None  # that body, where it opens the last sentence, said nothing there and is one that reports
    )
    spoke: bool = False  # a body spoke in this sentence
    role: Voice | None = None  # who spoke last as somebody of a body: "a commander of the Guard"
    person: str = ""  # the person whom the last sentence opens with, whether they spoke or not

    def look(self, text: str, end: int) -> None:
        """Keep the bodies that a sentence names before `end`."""
        self.here = [Voice(row.value, "", row.extra["kind"]) for row in find_names(text) if row.end <= end]

    def note(self, text: str) -> None:
        """Keep the bodies that a sentence names, once its own statements are read."""
        opens = OPENING_PERSON.match(text.lstrip())
        self.person = opens["name"] if opens is not None else self.person
        rows = find_names(text)
        for row in rows:
            self.names.append(Voice(row.value, "", row.extra["kind"]))
        self.here = []
        if not self.spoke and rows and OPENS.fullmatch(text[: rows[0].start]) and SUBJECT.match(text[rows[0].end :]):
            self.topic = self.names[-len(rows)]
            self.about = self.topic if self.topic.kind in REPORTING else None
        self.spoke = False

    def meet(self, text: str) -> None:
        """Keep the persons that a sentence brings in with a role ("Observatory director Omar Tell")."""
        for person in find_people(text):
            self._person(person)
        for match in BODY_ROLE.finditer(text):
            body = self.last(*load_cues()["carry"].get(match["body"].lower(), ()))
            if body is not None and body.source:
                self.people[family_name(match["name"])] = Voice(body.source, match["name"], "person")

    def _person(self, person: Found) -> None:
        self.people[family_name(person.value)] = Voice(person.extra["body"], person.value, "person")

    def hear(self, voice: Voice) -> None:
        """Keep who spoke last."""
        if voice.source:
            self.about = None
            self.voices.append(voice)
            if voice.kind == "person" and " " in voice.source:
                self.people.setdefault(family_name(voice.source), voice)
            if voice.speaker and " " in voice.speaker:
                self.people.setdefault(family_name(voice.speaker), voice)
            if voice.kind not in {"person", "unknown"} or voice.speaker:
                self.topic, self.spoke = voice, True

    def last(self, *kinds: str) -> Voice | None:
        """Give the voice that spoke last, of one of these kinds ("*" is any), or else the body named last."""
        if "*" in kinds:
            return self.voices[-1] if self.voices else None
        named = [*self.names, *self.here]
        # who spoke goes before who was named; of those, one that reports before one that fights
        for rows in (self.voices, [row for row in named if row.kind in REPORTING], named):
            for row in reversed(rows):
                if row.kind in kinds:
                    return row
        return None

    def headed(self, head: str, kinds: Sequence[str] | None) -> Voice | None:
        """Give the body whose name ends in this word, or holds it: who spoke lately goes before who was only named."""
        forces = kinds if head in {"army", "military", "police", "navy"} else None  # "the army" is no rebel army
        one = re.sub(r"s$", "", head)
        rows = [*self.names, *self.voices[:-4], *self.here, *self.voices[-4:]]
        for ends in (True, False):
            for voice in reversed(rows):
                words = [re.sub(r"s$", "", word) for word in voice.source.lower().split(" ")]
                known = voice.kind not in {"person", "unknown"} or voice.speaker
                if not known or len(words) < 2 or (forces is not None and voice.kind not in forces):
                    continue
                if words[-1] == one if ends else one in words:
                    return voice
        return None


def family_name(name: str) -> str:
    """Give the family name by which a person is called again, an Arabic article left out."""
    return re.sub(r"^(?:al|el|ash|as|an|ar|at|ad|az)-|[’']s$", "", name.split(" ")[-1], flags=re.I)
