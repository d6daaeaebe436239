"""Event words and casualty figures as the tagger finds them, in the shape that the rules' own finds have.

Invariant: offsets count in the sentence; the value of a figure is parsed from the words it stands in, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.extract.sentences import Sentence
from variorum.extract.tagger import Tagged, Tags
from variorum.extract.tolls import Toll
from variorum.extract.triggers import Trigger, TriggerRole
from variorum.model import Found
from variorum.values.count import find_counts

LEAST = 0.5
# The tagger's kinds are coarse where the words themselves tell the finer one: (kind, words, finer kind), first wins.
_FINER = (
    ("siege", r"\b(?:brok|break|lift|end|reliev)", "siege.broken"),
    ("siege", "", "siege.laid"),
    ("territory", r"\b(?:withdr|pull|retreat|left|vacat|evacuat)", "territory.withdrawal"),
    ("territory", r"\b(?:advanc|push|gain|progress|clos)", "territory.advance"),
    ("territory", r"\b(?:lost|fell|fall|lose)", "territory.lost"),
    ("territory", "", "territory.taken"),
    ("transfer", r"\b(?:arriv|reach|enter)", "transfer.arrived"),
    ("transfer", "", "transfer.departed"),
    ("deployment", r"\b(?:withdr|pull|recall)", "deployment.withdrawn"),
    ("deployment", "", "deployment.sent"),
    ("ceasefire", r"\b(?:breach|violat|broke|brok|collaps)", "ceasefire.broken"),
)
_HARM = re.compile(
    r"\b(?:kill|slain|slay|die|dead|death|wound|injur|hurt|shot dead|murder|massacr|maim|perish|los[et]|claim)\w*", re.I
)
_ONE = re.compile(r"^(?:an?|the|one|his|her|their|another|a further)\b|^\d+-year-old", re.I)
_ZERO = re.compile(r"^no(?:body| one)?\b", re.I)


def tagged_triggers(tags: Tags, sentence: Sentence, least: float = LEAST) -> list[tuple[Trigger, str, float]]:
    """Give the event words of a sentence, each with its realis and the tagger's certainty; other kinds are left out."""
    found = []
    for span in _within(tags.spans("event", least), sentence):
        kind, sure = tags.classed("kind", span.start)
        realis, _ = tags.classed("realis", span.start)
        if kind == "other":
            continue
        words = tags.text[span.start : span.end]
        fine = next((to for name, test, to in _FINER if name == kind and re.search(test, words, re.I)), kind)
        role: TriggerRole = "harm" if kind == "attack" and _HARM.search(words) else "verb"
        trigger = Trigger(fine, role, span.start - sentence.start, span.end - sentence.start, "", -2)
        found.append((trigger, realis, min(span.score, sure)))
    return found


@dataclass(frozen=True, slots=True)
class TaggedToll:
    """A casualty figure that the tagger finds, with how sure it is of it and of whom it is."""

    toll: Toll
    sure: float
    scope_sure: float


def tagged_tolls(tags: Tags, sentence: Sentence, least: float = LEAST) -> list[TaggedToll]:
    """Give the casualty figures of a sentence that the tagger finds, with its certainty; other counts are left out."""
    found = []
    for span in _within(tags.spans("things", least), sentence):
        if span.label != "cnt":
            continue
        prop, sure = tags.classed("prop", span.start)
        scope, scope_sure = tags.classed("scope", span.start)
        flag, _ = tags.classed("flag", span.start)
        count = _count(tags.text[span.start : span.end])
        if prop == "people" or count is None:
            continue
        start = span.start - sentence.start
        toll = Toll(
            prop,
            scope,
            count.value,
            start,
            span.end - sentence.start,
            start,
            span.end - sentence.start,
            total=flag in {"total", "past"},
            part=flag == "part",
        )
        found.append(TaggedToll(toll, min(span.score, sure), scope_sure))
    return found


def _count(words: str) -> Found | None:
    rows = find_counts(words)
    if rows:
        return rows[0]
    if _ZERO.match(words):
        return Found(0, 2, words[:2], "0")
    one = _ONE.match(words)
    return Found(0, one.end(), one.group(), "1") if one is not None else None


def _within(spans: list[Tagged], sentence: Sentence) -> list[Tagged]:
    return [one for one in spans if sentence.start <= one.start and one.end <= sentence.end]
