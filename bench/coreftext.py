"""Makes what the resolver of event words takes out of a text: names, links of a word, the sentence around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bench.coreffile import CorefText, Word
from variorum.extract.tagged import find_names
from variorum.extract.tagger import Tagged, Tags, tag
from variorum.resolve.eventsigns import EventWord, Telling

# A word that a link points at with less is not taken; a guess, no other was tried.
POINTED = 0.25
_KINDS = {"people": {"PER"}, "places": {"LOC", "FAC"}, "others": {"ORG", "MISC", "NORP"}}


def tag_text(text: CorefText) -> Tags:
    """Tag a text in the sentences it comes in."""
    return tag(text.text, text.sentences)


def make_telling(text: CorefText, tags: Tags) -> Telling:
    """Give the article as the resolver takes it; a line that only holds its address or date is left out."""
    start = text.sentences[text.body][0] if text.body < len(text.sentences) else 0
    names = [one for one in find_names(tags) if one.start >= start]

    def of(kind: str) -> tuple[str, ...]:
        return tuple(text.text[one.start : one.end] for one in names if one.label in _KINDS[kind])

    return Telling(text.id, text.text[start:], text.published, of("people"), of("places"), of("others"))


def make_event_words(text: CorefText, tags: Tags, words: Iterable[Word]) -> list[EventWord]:
    """Give each word with its sentence and what it is linked to."""
    names = find_names(tags)
    made = []
    for word in words:
        start, end = text.sentences[word.sentence]

        def linked(role: str, word: Word = word) -> tuple[str, ...]:
            return _pointed(tags, names, role, word)

        made.append(
            EventWord(
                word.id,
                text.id,
                word.sentence,
                text.text[word.start : word.end],
                text.text[start : word.start],
                text.text[word.end : end],
                linked("who"),
                linked("victim") + linked("target"),
                linked("place"),
                linked("time"),
            )
        )
    return made


def _pointed(tags: Tags, names: Sequence[Tagged], role: str, word: Word) -> tuple[str, ...]:
    """Give the names, or single words, that a word points at for a role."""
    rows, chances, _ = tags.points(role, word.start, word.end)
    found = []
    for at in np.flatnonzero(chances > POINTED):
        start, end = tags.words[rows.start + int(at)]
        whole = next(((one.start, one.end) for one in names if one.start <= start < one.end), (start, end))
        found.append(tags.text[slice(*whole)])
    return tuple(dict.fromkeys(found))
