"""With what it was done: weapons, platforms and munitions of a frame, told from those that were hit or stored.

Invariant: what was destroyed, seized or kept in a depot is no weapon of the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.extract.mentions import find_munition_counts
from variorum.extract.realis import Frame
from variorum.model import Found, Stance
from variorum.values.caseless import make_regex

LOST = make_regex(
    r"\b(?:destroy(?:ed|ing)?|target(?:ed|ing|s)?|seiz(?:ed|ing)|captur(?:ed|ing)|found|confiscated|storing|stored"
    r"|(?:stores?|caches?|stocks?|stockpiles?|depots?) of|depots?|stockpiles?|factory|hit)(?: [\w’'-]+){0,3} ?$",
    re.I,
)
DEPOT_AFTER = re.compile(
    r"^ ?(?:and \w+ )?(?:propellant|fuel|engines?|parts|components|makers?|shelters?|squads?|tests?"
    r"|programmes?|programs?|workshops?"
    r"|technology|depots?|stockpiles?|storages?|stores?|warehouses?|factory|factories|plants?|launchers?"
    r"|positions?|systems?|sites?|batter(?:y|ies)|storage)\b",
    re.I,
)
LAUNCHED = re.compile(
    r"\b(?:from|by|using|aboard|in)(?: (?:a|an|the|its|their|two|three|four|several|Russian|[\w-]+)){0,4} ?$",
    re.I,
)
SAME = re.compile(r"\b(?:same|one of the|another of)\b(?: [\w-]+){0,3}$", re.I)
ATTACK_AFTER = re.compile(r"[- ](?:attacks?|strikes?|raids?|assaults?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Draftclaim:
    """A value with its property and span, before source and stance are known; offsets in the article."""

    prop: str
    value: str
    start: int
    end: int
    scope: str | None = None
    stance: Stance | None = None
    source: str | None = None


def find_means(frame: Frame) -> Iterator[Draftclaim]:
    """Yield the weapons, platforms and counts of munitions that a clause says were used, not those lost or stored."""
    text = frame.sentence.text
    for found in frame.weapons:
        if DEPOT_AFTER.match(text[found.end :]) or (LOST.search(text[: found.start][-50:]) and not frame.generic):
            continue
        yield Draftclaim("weapon", found.value, found.start, found.end)
    for found in frame.platforms:
        if _launches(frame, found) and not _is_munition(frame, found):
            # "a drone attack" is one attack, of how many drones is not said
            # "the same vessel took part" is one of those that did
            unnumbered = ATTACK_AFTER.match(text[found.end :]) or SAME.search(text[: found.end][-40:])
            value = found.value.split()[-1] if unnumbered else found.value
            yield Draftclaim("platform", value, found.start, found.end)
    for found in find_munition_counts(frame):
        if not LOST.search(text[: found.start][-40:]):
            yield Draftclaim("munitions", found.value, found.start, found.end)


def _is_munition(frame: Frame, found: Found) -> bool:
    """Tell whether a counted drone is what was fired: its number is claimed as munitions."""
    return "drone" in found.value and any(
        count.start < found.end and found.start <= count.end + 20 for count in find_munition_counts(frame)
    )


def _launches(frame: Frame, found: Found) -> bool:
    """Tell whether a platform is what fired or was moved, not what was hit."""
    before = frame.sentence.text[: found.start]
    if LOST.search(before[-50:]):
        return False
    head = min(trigger.start for trigger in frame.triggers) if frame.triggers else frame.end
    inside = any(trigger.start <= found.start < trigger.end for trigger in frame.triggers)
    return found.start < head or inside or frame.family == "deployment" or bool(LAUNCHED.search(before[-60:]))
