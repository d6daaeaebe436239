"""Claims that a person found: the words of a held-back claim, pointed at in the text. Kept as a reading by hand.

Invariant: a claim by hand has its quote at its span as any other, hangs on the mention that stands there now, and goes
when the decision behind it is taken back.
"""

from __future__ import annotations

from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.model import (
    Article,
    Extraction,
    HeldBack,
    Mention,
    Problem,
    Ruling,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.pipeline.parsing import parse_value
from variorum.schema import load_schema

BY_HAND = "read by a person:"  # an extractor's name begins so when a person is the reader


def is_by_hand(extractor: str) -> bool:
    """Tell whether a reading was made by a person and not by a program."""
    return extractor.startswith(BY_HAND)


def find_held_back(ledger: Ledger, id: str) -> HeldBack:
    """Give one held-back claim by its id. Raises UsageError where nothing held back has it."""
    found = next((row for row in ledger.held_back() if row.id == id), None)
    if found is None:
        raise UsageError(f"nothing that is held back is {id}", "list it: variorum review --list --kind held-back")
    return found


def find_span(article: Article, words: str) -> tuple[int, int]:
    """Give the span of words in a report's text, `start:end` or the words themselves.

    Raises UsageError where they do not stand there, or stand there more than once.
    """
    start, colon, end = words.partition(":")
    if colon and start.isdecimal() and end.isdecimal():
        if 0 <= int(start) < int(end) <= len(article.text):
            return int(start), int(end)
        raise UsageError(f"the text has no characters {words}", f"it runs from 0 to {len(article.text)}")
    at = article.text.find(words)
    if not words or at < 0:
        raise UsageError(f"“{words}” does not stand in the report", "copy the words as they stand in its text")
    if article.text.find(words, at + 1) >= 0:
        raise UsageError(
            f"“{words}” stands there more than once", f"give more words, or the span: {at}:{at + len(words)}"
        )
    return at, at + len(words)


def place_by_hand(ledger: Ledger, reread: str | None = None) -> int:
    """Make the claims by hand be exactly those that people's live decisions call for; gives how many changed.

    Each hangs on the shortest mention around its words, else on the nearest. `reread` is the id of an article that a
    program has read anew: claims by hand in it are hung up again. Words that hold no value any more make no claim, and
    are a row of the problem list.
    """
    wanted = {
        f"{BY_HAND} {row.subject}": row
        for row in ledger.rulings()
        if row.field == "words" and row.verdict == "correct" and not row.blind
    }
    live = {row.extractor: row for row in ledger.readings(reread) if is_by_hand(row.extractor)}
    changed = 0
    for extractor, reading in live.items():
        if extractor not in wanted or reread is not None:
            changed += ledger.supersede(reading.id)
    missing = wanted.keys() - (live.keys() if reread is None else set())
    if missing:
        held = {f"{BY_HAND} {row.id}": row for row in ledger.held_back(reread, live=False)}
        for extractor in sorted(missing & held.keys()):
            try:
                found = _read_by_hand(ledger, held[extractor], wanted[extractor])
            except UsageError as error:
                ledger.add_problems([_lost(held[extractor], wanted[extractor], error.cause)])
                continue
            changed += found is not None and ledger.add_extraction(found)
    return changed


def _lost(held: HeldBack, ruling: Ruling, why: str) -> Problem:
    # At the time of the ruling: tried again, it is the same row.
    cause = f"the ruling on {held.id} by {ruling.by}: {why}"
    return Problem(held.article_id, "ruling-lost", cause, "point at other words: variorum set", ruling.at)


def _read_by_hand(ledger: Ledger, held: HeldBack, ruling: Ruling) -> Extraction | None:
    """Build the claim that a ruling points at. Raises UsageError where there is no value in its words."""
    prop = load_schema().properties.get(held.prop)
    if prop is None:
        raise UsageError(f"{held.prop} is no property", "variorum explain")
    article = ledger.article(held.article_id)
    mentions = list(ledger.mentions(article.id))
    if not mentions:
        return None
    start, end = find_span(article, ruling.value or "")
    mention = min(mentions, key=lambda row: (_away(row, start, end), row.end - row.start, row.id))
    reading = make_reading(article.id, f"{BY_HAND} {held.id}", f"{mention.id} {start}:{end}")
    own = make_mention(article, reading.id, mention.kind, mention.start, mention.end)
    value = parse_value(prop, held.value or article.text[start:end], article.published)
    scope = "all" if prop.scoped else None
    claim = make_claim(own, article, prop=held.prop, value=value, scope=scope, start=start, end=end)
    return Extraction(reading, (own,), (claim,))


def _away(mention: Mention, start: int, end: int) -> int:
    return max(0, mention.start - start) + max(0, end - mention.end)
