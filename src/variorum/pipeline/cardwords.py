"""The words of a question and of its answers, the same on a terminal and in a browser. Nothing is laid out here."""

from __future__ import annotations

from variorum.model import Judgement, Ruling
from variorum.pipeline.cards import Card
from variorum.pipeline.labels import Labels
from variorum.pipeline.placedoubt import describe
from variorum.pipeline.places import gazetteer
from variorum.pipeline.queue import Item
from variorum.pipeline.spoken import Word
from variorum.show.words import plural

ASKED = {
    "same": "same event?",
    "contradiction": "contradiction?",
    "place": "place?",
    "revision": "revision?",
    "copy": "copy?",
    "held back": "held back",
    "value": "as the report says?",
    "kind": "kind of event?",
    "report": "withdrawn?",
    "disagreement": "people differ",
}


def says_words(word: Word) -> str:
    """Say what a person said; a place that was put in by its name."""
    verdict, _, value = word.says.partition(" ")
    entry = gazetteer().entry(value.partition(";")[0]) if value else None
    return f"{verdict} to {describe(entry)}" if entry is not None else word.says


def said_words(item: Item, row: Judgement | Ruling) -> str:
    """Say what was decided: "same", "reject contradicts", "correct place to Hama, Syria"."""
    if isinstance(row, Judgement):
        return row.verdict
    if item.asks == "place" and row.value:
        entry = gazetteer().entry(row.value.partition(";")[0])
        return f"correct place to {describe(entry) if entry is not None else row.value}:"
    what = item.name if item.asks in ("contradiction", "revision", "value") and item.name else item.asks
    if row.verdict == "correct" and item.asks in ("value", "kind"):
        return f"correct {what} to {row.value or 'own voice'}:"
    return f"{row.verdict} {what}"


def follows(card: Card, labels: Labels, *, blind: bool) -> str:
    """Say in a line what an answer would change; a second reviewer's changes nothing."""
    item = card.item
    if blind:
        return "Your word is kept beside what others said, and changes no event."
    events = [labels.events.get(id, id) for id in item.events]
    where = events[0] if events else "the event"
    if item.kind == "disagreement":
        holds = "a “different” holds until its author takes it back" if item.asks == "same" else "the last word counts"
        return f"Every word stays as it was said, and yours is kept beside them; {holds}."
    if item.asks == "same" and len(events) == 2:
        return f"Same: {events[0]} and {events[1]} become one event. Different: they stay two, whatever comes."
    if item.asks == "same":
        return f"Same: {where} stays one event. Different: it is divided between the two."
    if item.asks == "place":
        claims = plural(len(item.subjects), "claim")
        return f"The answer holds for {claims} of {plural(len(card.passages), 'report')} in {where}."
    if item.asks == "revision":
        return f"No: in {where} the first stands again beside the second."
    if item.asks == "contradiction":
        return f"No: {where} no longer names it. What the reports say stays as it is read."
    if item.asks == "copy":
        return "No: the first counts as a text of its own, and what it says as said once more."
    return "Nothing: it is listed no more. With the words typed as they stand in the report, it has its place there."
