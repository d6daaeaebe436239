"""What the gates of the tagger share: a text's tags, and the rules' own finds in it for comparison."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.entities import Entities, find_anchor, find_entities
from variorum.extract.parts import BOTH, Parts
from variorum.extract.sentences import Sentence, split_sentences
from variorum.extract.tagger import Tags, tag
from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import gather_context

_parts = [BOTH]


def parts() -> Parts:
    """Give the parts of the reader that are measured."""
    return _parts[0]


def use(which: Parts) -> None:
    """Set the parts of the reader that are measured from here on."""
    _parts[0] = which


def tags_of(text: str) -> Tags:
    """Tag a text as the reader does."""
    return tag(text, [(sentence.start, sentence.end) for sentence in split_sentences(text)])


def entities_of(text: str) -> list[tuple[Sentence, Entities]]:
    """Give what the rules find in each sentence of a text."""
    sentences: Sequence[Sentence] = split_sentences(text)
    context = gather_context(text, open_gazetteer())
    anchor = find_anchor(sentences, None)
    return [(sentence, find_entities(sentence, anchor, open_gazetteer(), context)) for sentence in sentences]
