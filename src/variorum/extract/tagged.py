"""Turns the tagger's tags into finds: names, role fillers, the place of an event. Decides nothing about claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.extract.tagger import Tagged, Tags

# Set on MUC-4's development texts: F1 .503 on their even half, .472 on the odd one.
FILLER, FILLER_LEAN = 0.65, 1.0
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lady|Gen|Col|Capt|Maj|Lt|Sgt|President|Senator)\.? (?=\w)")
_LEAD = re.compile(r"(?:the|a|an|their|his|her|its|some|several)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Filler:
    """One entity that fills a role of the attacks a text tells of, with its mentions in order."""

    role: str
    mentions: tuple[Tagged, ...]


def find_names(tags: Tags, least: float = 0.5) -> list[Tagged]:
    """Give the names of a text, people without title: PER ORG LOC NORP FAC MISC DATE MONEY, half-open spans."""
    found = []
    for one in tags.spans("names", least):
        title = _TITLE.match(tags.text, one.start, one.end) if one.label == "PER" else None
        found.append(one if title is None else replace(one, start=title.end()))
    return found


def find_fillers(tags: Tags) -> list[Filler]:
    """Give who and what fills the roles of the attacks of a text (MUC-4's roles), mentions of one entity together.

    Two mentions are one entity when one's words end in, or begin with, the other's: "car bomb", "a heavy car bomb".
    """
    found: list[Filler] = []
    for role in ROLES:
        groups: list[list[Tagged]] = []
        for span in tags.spans("muc", FILLER, lean=FILLER_LEAN):
            if span.label != role:
                continue
            words = _plain(tags.text[span.start : span.end])
            for group in groups:
                if any(_same(words, _plain(tags.text[one.start : one.end])) for one in group):
                    group.append(span)
                    break
            else:
                groups.append([span])
        found += [Filler(role, tuple(group)) for group in groups]
    return found


def _plain(words: str) -> str:
    return _LEAD.sub("", re.sub(r"\s+", " ", words.lower()).strip(' "'))


def _same(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    return long == short or long.endswith(f" {short}") or long.startswith(f"{short} ")


def point_at(tags: Tags, role: str, start: int, end: int, candidates: Sequence[tuple[int, int]]) -> tuple[int, float]:
    """Say which candidate span an event's words point at for a role; -1 for none; and with what probability.

    A candidate's probability is the sum over its words; what points at no candidate counts for none.
    """
    words, chances, nothing = tags.points(role, start, end)
    best, score = -1, nothing
    for number, (low, high) in enumerate(candidates):
        inside = [at - words.start for at in tags.inside(low, high) if at in words]
        chance = float(chances[inside].sum()) if inside else 0.0
        if chance > score:
            best, score = number, chance
    return best, score
