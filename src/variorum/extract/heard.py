"""Who said what, as the tagger hears it: stretches of content, each with the source it points at and the cue between.

Invariant: source and cue lie outside the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.extract.cuewords import stance_pattern
from variorum.extract.memory import Memory, Voice
from variorum.extract.sentences import Sentence
from variorum.extract.speakers import is_source
from variorum.extract.statements import Attribution, voice_at
from variorum.extract.tagger import Tagged, Tags
from variorum.model import Stance

LEAST = 0.5  # mean probability of a stretch to count as content or source
CUE_REACH = 80  # characters between a cue and its source or content
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """One statement that the tagger hears; spans in code points of the text."""

    source: Span
    cue: Span  # empty, at the source's end, where no word of saying stands near
    content: Span
    score: float  # least of the parts' probabilities


def find_heard(tags: Tags, least: float = LEAST) -> list[Heard]:
    """Give the statements of a text in order of their content."""
    sources = tags.spans("source", least)
    cues = tags.spans("cue", least)
    found = []
    for content in tags.spans("content", least):
        pick = source_of_stretch(tags, content.start, content.end, sources)
        if pick is None:
            continue
        source, chance = pick
        found.append(
            Heard(
                (source.start, source.end),
                _cue_between(source, content, cues),
                (content.start, content.end),
                min(chance, source.score, content.score),
            )
        )
    return found


def source_of_stretch(tags: Tags, start: int, end: int, sources: Sequence[Tagged]) -> tuple[Tagged, float] | None:
    """Find the source span that the words of a stretch point at, and with what probability; None for nobody."""
    words, chances, nothing = tags.points("source", start, end)
    best: tuple[Tagged, float] | None = None
    for source in sources:
        if source.start < end and start < source.end:
            continue
        inside = [at - words.start for at in tags.inside(source.start, source.end) if at in words]
        chance = float(chances[inside].sum()) if inside else 0.0
        if chance > (best[1] if best is not None else nothing):
            best = (source, chance)
    return best


def _cue_between(source: Tagged, content: Tagged, cues: Sequence[Tagged]) -> Span:
    near = [
        cue
        for cue in cues
        if not (cue.start < content.end and content.start < cue.end)
        and min(abs(cue.start - source.end), abs(source.start - cue.end)) < CUE_REACH
    ]
    if not near:
        return (source.end, source.end)
    cue = min(near, key=lambda one: min(abs(one.start - source.end), abs(source.start - one.end)))
    return (cue.start, cue.end)


def name_heard(
    text: str, sentences: Sequence[Sentence], heard: Sequence[Heard], rules: Sequence[Attribution], least: float
) -> list[Attribution]:
    """Give the statements that the tagger hears and no rule has read, their sources named as the rules name theirs.

    A pronoun or "the ministry" is whom the story has heard by then; what names nobody is left out.
    """
    found: list[Attribution] = []
    memory, story = Memory(), -1
    for sentence in sentences:
        if sentence.story != story:
            memory, story = Memory(), sentence.story
        memory.meet(sentence.text)
        for row in rules:
            if sentence.start <= row.source_start < sentence.end:
                memory.hear(Voice(row.source, row.speaker))
        for one in heard:
            inside = sentence.start <= one.source[0] and one.source[1] <= sentence.end
            if one.score < least or not inside or any(_shared(one.content, row) for row in rules):
                continue
            span = (one.source[0] - sentence.start, one.source[1] - sentence.start)
            voice = voice_at(sentence.text, span, memory)
            if not is_source(voice.source):
                continue
            denies = stance_pattern("denials", "clause").search(text, *one.cue) is not None
            stance: Stance = "denies" if denies else "asserts"
            found.append(Attribution(voice.source, *one.source, *one.cue, *one.content, stance, voice.speaker))
        memory.note(sentence.text)
    return found


def _shared(content: Span, row: Attribution) -> bool:
    """Tell whether a rule's statement holds a third or more of a stretch, or the other way round."""
    shared = min(content[1], row.content_end) - max(content[0], row.content_start)
    return 3 * shared > min(content[1] - content[0], row.content_end - row.content_start)
