"""Finds who is responsible for which stretch of an article: source, verb or phrase, and content.

Invariant: spans are offsets in the article's text, the source and the cue lie outside their own content, and the
innermost source wins ("Reuters, citing the ministry" is the ministry).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.extract.accounts import find_accounts
from variorum.extract.canspeak import PRONOUN
from variorum.extract.contents import Cue, Span
from variorum.extract.continued import name_late, run_on, signed, widen
from variorum.extract.cuewords import figure_pattern, phrase_pattern, verb_pattern
from variorum.extract.governed import heading_source, speaker_of_quote
from variorum.extract.memory import Memory
from variorum.extract.quotes import find_quotes
from variorum.extract.sentences import Sentence
from variorum.extract.sourcephrase import phrase_after
from variorum.extract.speakers import is_source
from variorum.extract.stance import stance_in
from variorum.extract.statements import (
    Attribution,
    also_denied,
    beside,
    of_figure,
    of_phrase,
    of_verb,
    opened,
    runs_on,
    source_at,
    voice_at,
)
from variorum.model import Stance

__all__ = ["Attribution", "find_attributions", "source_at", "stance_at"]

# A title in capitals: "Claims" and "Reports" are more often nouns or other verbs there.
TITLE_VERBS = frozenset({"Says", "Say", "Said"})

READERS = {"verb": of_verb, "figure": of_figure, "phrase": of_phrase}


def find_attributions(article_text: str, sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give the attributions of an article in order of their cue."""
    told = [sentence for sentence in sentences if sentence.role in {"title", "body"}]
    quotes = find_quotes(article_text, list(told))
    found: list[Attribution] = []
    memory, story = Memory(), -1
    for sentence in told:
        if sentence.story != story:
            memory, story = Memory(), sentence.story
        memory.meet(sentence.text)
        rows = _read(sentence, memory, quotes)
        memory.note(sentence.text)
        found += rows
    found = name_late(found, told)
    found = widen(found, quotes)
    found += signed(article_text, quotes, found)
    found += run_on(found, quotes, told)
    return sorted(found, key=lambda row: (row.cue_start, row.content_start))


def stance_at(sentence: Sentence, offset: int, attributions: Sequence[Attribution]) -> Stance:
    """Give the stance of what stands at an offset of the article: a denying source denies it, else the words decide."""
    attribution = source_at(attributions, offset)
    if attribution is not None and attribution.stance == "denies":
        return "denies"
    return stance_in(sentence, offset)


def _read(sentence: Sentence, memory: Memory, quotes: Sequence[Span]) -> list[Attribution]:
    """Give the attributions of one sentence; `memory` hears each source."""
    front = sentence.body_start - sentence.start
    text = " " * front + sentence.text[front:]  # a dateline is nobody's words and no part of a source
    found: list[Attribution] = []
    more: list[Attribution] = []
    taken: list[Span] = []
    floor = front  # behind "…, X said" a new statement begins
    for cue in _cues(text, front, sentence.role == "title"):
        if any(start < cue[1] and cue[0] < end for start, end in taken):
            continue
        row = READERS[cue[2]](text, cue, memory, floor, found)
        if row is None:
            continue
        row = beside(text, row)
        taken.append((row.cue_start, row.cue_end))
        if row.stance == "denies" and row.cue_end < row.content_start:
            taken.append((row.cue_end, row.content_start))  # "‹the reports of› 12 dead" speak for nobody
        if row.source_start < row.source_end:
            taken.append((row.source_start, row.source_end))
        more = [_before(tail, row) for tail in more]
        found.append(row)
        more += opened(text, row, front)
        tail, other = runs_on(text, row), also_denied(text, row, memory)
        if tail is not None:
            more.append(tail)
            floor = tail.content_start
        if other is not None:
            more.append(other)
    found = _innermost(text, found, memory)
    found += find_accounts(text, front, memory, taken=found)
    found += _headed(text, front, memory, title=sentence.role == "title")
    found += _quoted(text, front, memory, quotes=_inside(quotes, sentence), rows=[*found, *more])
    more = [row for row in more if row.content_end - row.content_start > 6]
    return [_shift(row, sentence.start) for row in (*found, *more) if is_source(row.source)]


def _headed(text: str, front: int, memory: Memory, *, title: bool) -> list[Attribution]:
    """Give what a line hands to the source before or behind its colon: "Ministry: six boats sank"."""
    spans = heading_source(text, front, title=title)
    if spans is None:
        return []
    voice = voice_at(text, spans[0], memory)
    return [Attribution(voice.source, *spans[0], *spans[1], *spans[2], "asserts", voice.speaker)]


def _quoted(
    text: str, front: int, memory: Memory, *, quotes: Sequence[Span], rows: Sequence[Attribution]
) -> list[Attribution]:
    """Give the quotations of a sentence that no listed verb governs to who speaks them there."""
    found: list[Attribution] = []
    for quote in quotes:
        taken = any(row.content_start <= quote[0] + 2 < row.content_end for row in rows)
        spans = None if taken or quote[1] - quote[0] < 14 else speaker_of_quote(text, front, quote)
        if spans is not None:
            voice = voice_at(text, spans[0], memory)
            found.append(Attribution(voice.source, *spans[0], *spans[1], *quote, "asserts", voice.speaker))
    return found


def _inside(quotes: Sequence[Span], sentence: Sentence) -> list[Span]:
    """Give what of the quotations lies in a sentence, offsets counting in it."""
    return [
        (max(low, sentence.start) - sentence.start, min(high, sentence.end) - sentence.start)
        for low, high in quotes
        if low < sentence.end and sentence.start < high
    ]


def _before(tail: Attribution, row: Attribution) -> Attribution:
    """End what goes on behind an inserted source where the next source or its statement begins."""
    if row.cue_start < tail.content_start:
        return tail
    return replace(
        tail, content_end=min(tail.content_end, row.source_start, max(row.content_start, tail.content_start))
    )


def _shift(row: Attribution, base: int) -> Attribution:
    return Attribution(
        row.source,
        row.source_start + base,
        row.source_end + base,
        row.cue_start + base,
        row.cue_end + base,
        row.content_start + base,
        row.content_end + base,
        row.stance,
        row.speaker,
    )


def _cues(text: str, front: int, title: bool) -> list[Cue]:
    rows = [
        (m.start(), m.end(), "verb")
        for m in verb_pattern().finditer(text, front)
        if m.group()[0].islower() or (title and m.group() in TITLE_VERBS)
    ]
    figures = [(m.start(), m.end(), "figure") for m in figure_pattern().finditer(text, front) if m.group()[0].islower()]
    starts = {start for start, _, _ in figures}
    rows = [row for row in rows if row[0] not in starts] + figures
    rows += [(m.start(), m.end(), "phrase") for m in phrase_pattern("according").finditer(text, front)]
    return sorted(rows, key=lambda row: (row[0], -row[1]))


def _innermost(text: str, rows: list[Attribution], memory: Memory) -> list[Attribution]:
    """Hand the content of "Reuters reported, citing the ministry" to the ministry."""
    for match in phrase_pattern("citing").finditer(text):
        span = phrase_after(text, match.end())
        if span is None or PRONOUN.fullmatch(text[span[0] : span[1]]):
            continue
        after = re.match(r"\s*(?:as saying|as having said|saying)(?: that)?\s*", text[span[1] :])
        voice = voice_at(text, span, memory)
        if after is not None:
            start = span[1] + after.end()
            rows = [row for row in rows if not (span[1] <= row.cue_start < start)]
            rows.append(Attribution(voice.source, *span, *match.span(), start, len(text), "asserts", voice.speaker))
        elif rows:
            last = rows[-1]
            rows[-1] = replace(
                last, source=voice.source, source_start=span[0], source_end=span[1], speaker=voice.speaker
            )
    return rows
