"""Who said what, as the tagger hears it: stretches of content, each with the source it points at and the cue between.

Invariant: source and cue lie outside the content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from variorum.extract.cuewords import cue_words
from variorum.extract.memory import Memory, Voice
from variorum.extract.sentences import Sentence
from variorum.extract.sourceof import WEIGHTS, Candidate, candidates, score
from variorum.extract.speakers import is_source
from variorum.extract.statements import Attribution, voice_at
from variorum.extract.tagger import Tagged, Tags
from variorum.values.caseless import make_regex

LEAST = 0.5  # mean probability of a stretch to count as content or source
POINTED = 3.0  # what a sure pointer adds, beside sourceof.WEIGHTS; 2 to 4 give the same on PolNeAR
ALONE = -1.0  # a source that only the tagger finds has to be pointed at surely
CUE_REACH = 80  # characters between a cue and its source or content
# What is written or shown says nothing by itself: whose message it is has to be read, and was not.
WRITTEN = make_regex(
    r"(?:messages?|statements?|reports?|videos?|letters?|posts?|articles?|documents?|audio|recordings?|notes?|texts?"
    r"|leaflets?|images?|photos?|footage|pictures?|accounts?|which|that|who|it|this|these|those|he|she|they)",
    re.I,
)
# Before the word of saying, or opening what is said: nobody asserts it.
DOUBT = make_regex(
    r"\b(?:not|never|no|none|nobody|without|short of|declin\w+|refus\w+|unable|fail\w*|doubt\w*|question\w*|absurd"
    r"|nonsense|whether|if|how|would|could|might|should|may)\b|n[’']t\b",
    re.I,
)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """One statement that the tagger hears; spans in code points of the text."""

    source: Span
    cue: Span  # empty, at the source's end, where no word of saying stands near
    content: Span
    score: float  # least of the parts' probabilities


def find_heard(
    text: str, sentences: Sequence[Sentence], rules: Sequence[Attribution], tags: Tags, least: float = LEAST
) -> list[Heard]:
    """Give the statements that no rule has read, in order; their source is weighed by words and by where they point.

    `rules` are the statements that the rules read: who spoke before is a candidate too.
    """
    sources = tags.spans("source", LEAST)
    cues = tags.spans("cue", LEAST)
    found = []
    for content in tags.spans("content", least):
        if any(_shared((content.start, content.end), row) for row in rules):
            continue
        known = candidates(text, sentences, rules, content.start, content.end)
        best = source_of_stretch(tags, known, content.start, content.end)
        if best is None:
            continue
        marked = max([one.score for one in sources if one.start < best.end and best.start < one.end], default=0.0)
        sure = min(content.score, max(best.features["tagger"], marked))
        if sure >= least:
            cue = _cue_between((best.start, best.end), content, cues)
            found.append(Heard((best.start, best.end), cue, (content.start, content.end), sure))
    return found


def source_of_stretch(tags: Tags, known: Sequence[Candidate], start: int, end: int) -> Candidate | None:
    """Find the phrase that is the source of the stretch [start, end): by its place and words, and by the tagger.

    `known` are the candidates of `sourceof.candidates`; the tagger's own sources join them.
    """
    pool = list(known)
    for source in tags.spans("source", LEAST):
        outside = source.end <= start or end <= source.start
        if outside and not any(one.start < source.end and source.start < one.end for one in pool):
            pool.append(Candidate(source.start, source.end, {"tagger_alone": 1.0}))
    words, chances, _ = tags.points("source", start, end)
    weighed = []
    for one in pool:
        inside = [at - words.start for at in tags.inside(one.start, one.end) if at in words]
        chance = float(chances[inside].sum()) if inside else 0.0
        weighed.append(replace(one, features={**one.features, "tagger": chance}))
    ranked = score(weighed, {**WEIGHTS, "tagger": POINTED, "tagger_alone": ALONE})
    return ranked[0] if ranked else None


def _cue_between(source: Span, content: Tagged, cues: Sequence[Tagged]) -> Span:
    def far(cue: Tagged) -> int:
        return min(abs(cue.start - source[1]), abs(source[0] - cue.end))

    near = [cue for cue in cues if far(cue) < CUE_REACH and (cue.end <= content.start or content.end <= cue.start)]
    cue = min(near, key=far, default=None)
    return (source[1], source[1]) if cue is None else (cue.start, cue.end)


def name_heard(
    text: str, sentences: Sequence[Sentence], heard: Sequence[Heard], rules: Sequence[Attribution]
) -> list[Attribution]:
    """Give the statements that the tagger hears, their sources named as the rules name theirs.

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
            if not (sentence.start <= one.source[0] and one.source[1] <= sentence.end):
                continue
            span = (one.source[0] - sentence.start, one.source[1] - sentence.start)
            voice = voice_at(sentence.text, span, memory)
            if is_source(voice.source) and not WRITTEN.fullmatch(voice.source) and _says(text, one):
                found.append(Attribution(voice.source, *one.source, *one.cue, *one.content, "asserts", voice.speaker))
        memory.note(sentence.text)
    return found


def _says(text: str, heard: Heard) -> bool:
    """Tell whether the words between source and content plainly say it: no doubt, question, wish or mockery."""
    cue = set(re.findall(r"[a-z]+", text[heard.cue[0] : heard.cue[1]].lower()))
    saying = cue_words("verbs", "strong") | cue_words("verbs", "weak") | cue_words("verbs", "heard") | {"according"}
    if not cue & (saying - cue_words("verbs", "unsaid")):
        return False
    content = text[heard.content[0] : heard.content[1]]
    low, high = min(heard.source[0], heard.cue[0]), max(heard.source[1], heard.cue[1])
    beside = text[low : max(high, heard.content[0])] if low < heard.content[0] else text[heard.content[1] : high]
    return DOUBT.search(f"{beside[:200]} {content[:12]}") is None and len(content.split()) > 2


def _shared(content: Span, row: Attribution) -> bool:
    """Tell whether a rule's statement holds a third or more of a stretch, or the other way round."""
    shared = min(content[1], row.content_end) - max(content[0], row.content_start)
    return 3 * shared > min(content[1] - content[0], row.content_end - row.content_start)
