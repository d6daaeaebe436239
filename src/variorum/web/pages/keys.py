"""All keys: what each does, which letters can be changed, and how all of them are switched off."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from variorum.web.asking import Asked, Page


@dataclass(frozen=True, slots=True)
class Key:
    """One key. Those that have an act can be given another letter."""

    act: str  # as in keys.js; "" for one that stays
    key: str
    does: str


# The same as DEFAULTS in keys.js: a test holds the two side by side.
DESK = (
    Key("accept", "A", "same, yes, as it is read: accept"),
    Key("reject", "X", "different, no: reject"),
    Key("related", "R", "related, not the same event: of a series, a response, a part, a later step"),
    Key("split", "S", "split: tick the reports that leave the event"),
    Key("merge", "M", "merge into another event: look for it by id, title or place"),
    Key("correct", "E", "correct a value or who says it; type another name of a place, or held-back words"),
    Key("skip", "Space", "skip: it comes back last"),
    Key("undo", "U", "take back the last decision of this session"),
    Key("next", "J", "the next question, without deciding; also the arrow to the right"),
    Key("previous", "K", "the one before, without deciding; also the arrow to the left"),
    Key("comment", "C", "a comment, kept with the decision; Escape leads back to the keys"),
    Key("flag", "F", "flag for a second reviewer"),
    Key("", "1 to 9", "choose a place, an event, a kind of tie; tick a report"),
    Key("", "Escape", "close what is open, back to the question"),
)
EVERYWHERE = (
    Key("search", "/", "search"),
    Key("go", "G", "then a letter, go to: E events, R review, M map, T timeline, S sources, H history"),
    Key("keys", "?", "this page"),
)


def read_keys(asked: Asked) -> Page:
    """Read all keys."""
    data = {"desk": [asdict(key) for key in DESK], "everywhere": [asdict(key) for key in EVERYWHERE]}
    return Page("keys.html", "Keys", data, today=True)
