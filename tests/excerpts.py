"""Sentences of invented reports, taken through the reader up to the step a test is about."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.bodies import add_bodies
from variorum.extract.entities import Entities, find_entities
from variorum.extract.frames import Frame, find_frames
from variorum.extract.mentions import Draft, group_frames
from variorum.extract.sentences import Sentence, split_sentences
from variorum.model import Found
from variorum.values.gazetteer import open_gazetteer
from variorum.values.place import gather_context

FRIDAY = "2023-06-16"


def entities_of(text: str, anchor: str | None = FRIDAY) -> list[tuple[Sentence, Entities]]:
    """The sentences of a text with the values in them, bodies without a name included."""
    gazetteer = open_gazetteer()
    context = gather_context(text, gazetteer)
    read = [
        (sentence, find_entities(sentence, anchor, gazetteer, context))
        for sentence in split_sentences(text, "")
        if sentence.role in {"title", "body"}
    ]
    return add_bodies(read)


def frames_of(text: str, anchor: str | None = FRIDAY, *, violent: bool = False) -> list[Frame]:
    """The frames of a text, each sentence read after the one before it."""
    found: list[Frame] = []
    earlier: Sequence[Found] = ()
    for sentence, entities in entities_of(text, anchor):
        found += find_frames(sentence, entities, violent=violent, anchor=anchor, earlier=earlier)
        earlier = entities.places or earlier
    return found


def drafts_of(text: str, anchor: str | None = FRIDAY) -> list[Draft]:
    """The drafts of a text."""
    return group_frames(frames_of(text, anchor), open_gazetteer())
