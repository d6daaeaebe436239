"""Finds who is responsible for words where no list names the source: by the grammar of the sentence around them.

Invariant: spans count in the sentence given; a source found lies outside the words that it governs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from variorum.extract.canspeak import can_speak, is_source_word, tells
from variorum.extract.contents import Span
from variorum.extract.grammar import Word, attributing_forms, read_words, words_of
from variorum.extract.phrases import ALONE, Phrase, is_day, phrase_behind
from variorum.extract.subjects import subject_of
from variorum.values.caseless import make_regex
from variorum.values.name import find_names

# Verbs that are always somebody's who is named right before them, whatever the name.
PLAIN_SAYING = frozenset({"said", "says", "say", "told", "tells", "added", "adds", "stated", "states"})
# Participles that hand on what the subject of the sentence says.
SAYING_ON = frozenset({"saying", "adding", "stating", "claiming", "warning", "insisting", "arguing", "telling"})
NOBODY = frozenset({"it", "there", "this", "that", "which", "what", "who", "whom", "no", "nobody", "none", "neither"})
FRONT = re.compile(r"\s*(?:\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?\s+)?(?P<who>[^:;,.“”\"!?\n]{3,60}):\s+(?=[\"“‘'\w])")
BACK = re.compile(r"(?:\s[-–—]|:)\s+(?P<who>[^:;.,!?\"“”]{3,50})\s*$")
# Fronts of a line that head a thing, not somebody who says it.
NO_SPEAKER = make_regex(
    r"(?i)(?:\b(?:report|reports|video|photos?|news|update|data|figures?|study|poll|account|accounts|letters?|media|party"
    r"|list|part|day|war|force|forces|front|family|people|talks|statement|documents?|emails?|analysis|opinion"
    r"|questions?|answers?)$|^(?:exclusive|update|breaking|watch|live|analysis|opinion|more|related|read)\b)"
)


@lru_cache(maxsize=16)
def _words(text: str, front: int) -> tuple[Word, ...]:
    return tuple(read_words(text, front, len(text)))


def _span(words: Sequence[Word], phrase: Phrase | None) -> Span | None:
    return None if phrase is None else (words[phrase[0]].start, words[phrase[1]].end)


def subject_at(text: str, front: int, cue: Span) -> Span | None:
    """Give the whole phrase right before a plain verb of saying: "at least 200 of those asked said"."""
    if text[cue[0] : cue[1]].lower() not in PLAIN_SAYING or re.match(r"\s+(?:to|by)\b", text[cue[1] :]):
        return None
    words = _words(text, front)
    place = next((k for k, word in enumerate(words) if word.start == cue[0]), None)
    phrase = subject_of(words, place) if place else None
    if phrase is None or words[phrase[0]].low in NOBODY or is_day(words[phrase[1]]):
        return None
    return _span(words, phrase)


def teller_at(text: str, front: int, cue: Span) -> Span | None:
    """Give the phrase right before a verb that sets a figure or says, whatever the noun: "a midwife had counted"."""
    words = _words(text, front)
    place = next((k for k, word in enumerate(words) if word.start == cue[0]), None)
    phrase = subject_of(words, place) if place else None
    if phrase is None or words[phrase[0]].low in NOBODY or is_day(words[phrase[1]]):
        return None
    if phrase[0] and words[phrase[0] - 1].low in {"nor", "neither"}:
        return None
    span = _span(words, phrase)
    return span if span is not None and tells(text[span[0] : span[1]]) else None


def subject_over(text: str, front: int, cue: Span) -> Span | None:
    """Give who governs a verb of saying joined to another: "thanked the crew and said", "pulled back, saying"."""
    words = _words(text, front)
    place = next((k for k, word in enumerate(words) if word.start == cue[0]), None)
    for before in range((place or 0) - 1, -1, -1):
        if words[before].text in {";", "“", "”", '"', "''"}:
            return None
        if words[before].kind not in {"verb", "aux"}:
            continue
        phrase = subject_of(words, before)
        if phrase is None:
            continue
        lead = words[phrase[0] - 1] if phrase[0] else None
        inner = lead is not None and (lead.kind in {"sub", "rel", "to"} or lead.low in attributing_forms())
        if words[phrase[0]].kind == "rel" or inner:
            continue
        span = _span(words, phrase)
        named = span is not None and can_speak(text[span[0] : span[1]].split(",")[0])
        return span if named and words[phrase[0]].low not in NOBODY else None
    return None


def heading_source(text: str, front: int, *, title: bool) -> tuple[Span, Span, Span] | None:
    """Give source, mark and content of "Ministry: six boats sank" and, in a title, of "Six boats sank: ministry"."""
    match = FRONT.match(text, front)
    opens = match is not None and (title or not text[match.end()].islower())
    if match is not None and opens and len(text) - match.end() > 6 and _heads(match["who"]):
        return match.span("who"), (match.end("who"), match.end("who") + 1), (match.end(), len(text))
    match = BACK.search(text, front) if title else None
    if match is not None and match.start() - front > 10 and _heads(match["who"]):
        return match.span("who"), (match.start(), match.start("who")), (front, match.start())
    return None


def _heads(who: str) -> bool:
    """Tell whether a short phrase without a verb names a body or somebody by what he is: a bare name can be a place."""
    words = read_words(who, 0, len(who))
    if who.isupper() or not (find_names(who) or is_source_word(who.split()[-1])):
        return False
    if len(words) > 7 or any(word.kind in {"verb", "aux", "sub", "rel", "pron", "obj"} for word in words):
        return False
    return NO_SPEAKER.search(who.strip()) is None and can_speak(who.strip())


def speaker_of_quote(text: str, front: int, quote: Span) -> tuple[Span, Span] | None:
    """Give source and verb of a quotation in a sentence, whatever the verb: "“…,” he joked", "she mused: “…”"."""
    words = _words(text, front)
    return _speaker_behind(text, words, quote) or _speaker_before(text, words, quote)


def _speaker_behind(text: str, words: Sequence[Word], quote: Span) -> tuple[Span, Span] | None:
    closing = text[: quote[1]].rstrip("\"”’'»")[-1:]
    if quote[1] >= len(text) or closing not in {",", "?", "!", "…"}:
        return None
    rest = [word for word in words if word.start >= quote[1]]
    while rest and rest[0].kind == "mark" and rest[0].text in {"”", '"', "''", "’", "'", ","}:
        rest = rest[1:]
    if not rest:
        return None
    if rest[0].kind == "verb":
        span = _span(rest, phrase_behind(rest, 1))
        return (span, (rest[0].start, rest[0].end)) if span is not None else None
    for place, word in enumerate(rest[:30]):
        if word.kind in {"verb", "aux"}:
            phrase = subject_of(rest, place)
            span = _span(rest, phrase)
            if span is None or phrase is None or phrase[0] != 0 or rest[0].low in NOBODY:
                return None
            return span, (word.start, word.end)
    return None


def _speaker_before(text: str, words: Sequence[Word], quote: Span) -> tuple[Span, Span] | None:
    lead = [word for word in words if word.end <= quote[0]]
    mark = lead[-1].text if lead else ""
    place = len(lead) - 1
    while place >= 0 and lead[place].kind == "mark":
        place -= 1
    if place < 1 or mark not in {":", ","}:
        return None
    for verb in range(place, max(-1, place - 12), -1):
        word = lead[verb]
        if word.kind == "mark" or (mark == "," and verb < place - 3):
            return None
        if word.kind != "verb" or (mark == "," and word.low not in attributing_forms()):
            continue
        phrase = subject_of(lead, verb)
        span = _span(lead, phrase)
        if span is None or phrase is None or lead[phrase[0]].low in NOBODY or lead[phrase[0]].kind in ALONE - {"pron"}:
            return None
        known = word.low in attributing_forms() | words_of("verbs", "saying")
        return (span, (word.start, word.end)) if known or can_speak(text[span[0] : span[1]]) else None
    return None


def has_verb(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch holds a finite verb."""
    return any(word.kind in {"verb", "aux"} for word in read_words(text, start, end))
