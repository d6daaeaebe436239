"""Claims that a person found: words of a report, pointed at in its text. Kept as readings by hand.

Invariant: a claim by hand has its quote at its span as any other, hangs on a mention that a program finds now, and goes
when the decision behind it is taken back. Which claims there are follows from what programs read and people ruled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.errors import UsageError
from variorum.ledger import Decision, Ledger
from variorum.ledger.picked import pick_claims, pick_mentions
from variorum.ledger.records import read_pointed
from variorum.model import (
    Article,
    Claim,
    Extraction,
    HeldBack,
    Judgement,
    Mention,
    Problem,
    Reading,
    Ruling,
    make_claim,
    make_id,
    make_mention,
    make_reading,
)
from variorum.pipeline.parsing import parse_value
from variorum.resolve.rulings import standing_rulings
from variorum.schema import load_schema

BY_HAND = "read by a person:"  # an extractor's name begins so when a person is the reader
LOST = "ruling-lost"  # code of the problem list
DIGITS = 9  # of a place in a text
LONGEST = 2_000  # characters of words to point at
POINTING = ("words", "claim")  # of rulings that make claims: of what was held back, and of what no reading found


def is_by_hand(extractor: str) -> bool:
    """Tell whether a reading was made by a person and not by a program."""
    return extractor.startswith(BY_HAND)


def reader_of(reading: Reading) -> str:
    """Name who read: a program with its version, or a person, whichever claim it was."""
    return BY_HAND.rstrip(":") if is_by_hand(reading.extractor) else f"{reading.extractor} {reading.version}"


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
        if len(start) <= DIGITS and len(end) <= DIGITS and int(start) < int(end) <= len(article.text):
            return int(start), int(end)
        raise UsageError(f"the text has no characters {words[:40]}", f"it runs from 0 to {len(article.text)}")
    if len(words) > LONGEST:
        raise UsageError(f"these are {len(words):,} characters", f"point at up to {LONGEST:,}, or give the span")
    places = list(_find_places(article.text, words)) if words else []
    # "two" is not pointed at in "network", but in scripts that put no space between words any place will do.
    whole = [at for at in places if _is_whole(article.text, at, at + len(words))] or places
    if not whole:
        raise UsageError(f"“{words}” does not stand in the report", "copy the words as they stand in its text")
    at, *more = whole
    if more:
        spans = " or ".join(f"{place}:{place + len(words)}" for place in whole[:4])
        raise UsageError(f"“{words}” stands there more than once", f"give more words, or the span: {spans}")
    return at, at + len(words)


def _find_places(text: str, words: str) -> Iterator[int]:
    """Yield where words begin in a text, also where they overlap."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class ByHand:
    """What people's words call for in one article: their readings, and what makes no claim any more."""

    readings: tuple[Extraction, ...] = ()
    lost: tuple[Problem, ...] = ()

    @property
    def claims(self) -> list[Claim]:
        """The claims by hand."""
        return [claim for found in self.readings for claim in found.claims]


def standing_mentions(ledger: Ledger, article_id: str) -> list[Mention]:
    """Give the mentions of an article that a program finds now: what claims by hand hang on."""
    if not any(is_by_hand(reading.extractor) for reading in ledger.readings(article_id)):
        return list(ledger.mentions(article_id))
    found: dict[str, Mention] = {}
    for row in ledger.extractions(article_id):
        if not row.reading.superseded and not is_by_hand(row.reading.extractor):
            found.update((mention.id, mention) for mention in row.mentions)
    return sorted(found.values(), key=lambda row: (row.start, row.end, row.kind, row.id))


def find_by_hand(ledger: Ledger, article_id: str, rulings: Iterable[Ruling], mentions: Sequence[Mention]) -> ByHand:
    """Give the claims by hand of an article that rulings call for, where these mentions stand in it.

    A claim that no reading found hangs on the mention that it was ruled on, and waits where that does not stand; that
    of held-back words hangs on the shortest mention around them, else on the nearest. Words that hold no value any more
    make no claim, and are a row for the problem list.
    """
    wanted: dict[tuple[str, str], Ruling] = {}
    for row in standing_rulings(rulings):
        if row.field in POINTING:
            key = row.subject, (row.value or "") if row.field == "claim" else ""
            wanted.pop(key, None)
            if row.verdict == "correct":
                wanted[key] = row
    if not wanted or not mentions:
        return ByHand()
    article = ledger.article(article_id)
    standing = {mention.id: mention for mention in mentions}
    held: Mapping[str, HeldBack] = {}
    if any(row.field == "words" for row in wanted.values()):
        held = {row.id: row for row in ledger.held_back(article_id, live=False)}
    found: dict[str, Extraction] = {}
    lost = []
    for _, row in sorted(wanted.items()):
        try:
            if row.field == "claim" and row.subject in standing:
                made = _read_new(article, standing[row.subject], row)
            elif row.subject in held:
                made = _read_held(article, held[row.subject], row, mentions)
            else:
                continue
        except UsageError as error:
            # At the time of the ruling: tried again, it is the same row.
            cause = f"{lost_words(row)} {error.cause}"
            lost.append(Problem(article_id, LOST, cause, "point at other words: variorum set", row.at))
            continue
        found[made.reading.id] = made
    return ByHand(tuple(found.values()), tuple(lost))


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins and ends where words do."""
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not cut_before and not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


def lost_words(row: Judgement | Ruling) -> str:
    """Give the words with which a problem begins that says that a row could not be carried."""
    kind = "judgement" if isinstance(row, Judgement) else "ruling"
    return f"the {kind} on {' and '.join(subjects_of(row))} by {row.by}:"


def subjects_of(row: Judgement | Ruling) -> tuple[str, ...]:
    """Give the ids that a row names."""
    return (row.left, row.right) if isinstance(row, Judgement) else tuple(filter(None, (row.subject, row.other)))


def place_by_hand(ledger: Ledger, article_id: str | None = None) -> int:
    """Make the claims by hand be exactly those that people's live decisions call for; gives how many changed.

    Looked at is the article that is named, or every one. Then what people ruled on a claim by hand that was taken back
    is listed as lost: it waits, and counts again when somebody makes the claim again.
    """
    live = {row.id: row for row in ledger.readings(article_id) if is_by_hand(row.extractor)}
    rulings = list(ledger.rulings())
    called = _called_for(ledger, rulings, article_id)
    wanted = {made.reading.id: made for found in called for made in found.readings}
    changed = sum(ledger.supersede(id) for id in sorted(live.keys() - wanted.keys()))
    for found in called:
        ledger.add_problems(found.lost)
    changed += sum(ledger.add_extraction(wanted[id]) for id in sorted(wanted.keys() - live.keys()))
    if article_id is None:  # else the rulings were carried, and listed there
        _list_waiting(ledger, rulings)
    return changed


def _list_waiting(ledger: Ledger, rulings: Iterable[Ruling]) -> None:
    """List what people ruled on claims by hand that do not stand, and list no more what stands again."""
    on = [(row, [id for id in subjects_of(row) if id.startswith("clm_")]) for row in rulings]
    ruled = {id for _, ids in on for id in ids}
    standing = {claim.id for claim in pick_claims(ledger, ids=ruled)}
    fallen = {claim.id: claim for claim in pick_claims(ledger, ids=ruled - standing, live=False)}
    listed = [row.cause for row in ledger.problems() if row.code == LOST]
    for row, ids in on:
        start = lost_words(row)
        is_listed = any(cause.startswith(start) for cause in listed)
        if is_listed and ids and standing.issuperset(ids):
            ledger.clear_lost(start)
        for id in ids if not is_listed else ():
            article_id = ledger.mention(fallen[id].mention_id).article_id if id in fallen else ""
            if article_id and id in _ids(row for row in ledger.extractions(article_id) if _is_read_by_hand(row)):
                cause = f"{start} the claim that a person made of these words does not stand"
                remedy = "make the claim again, or take the ruling back: variorum undo"
                ledger.add_problems([Problem(article_id, LOST, cause, remedy, row.at)])


def _is_read_by_hand(found: Extraction) -> bool:
    return is_by_hand(found.reading.extractor)


def foresee_by_hand(ledger: Ledger, claims: Sequence[Claim], rulings: Sequence[Ruling]) -> list[Claim]:
    """Give the claims that stand if these rulings do, of the claims that stand now."""
    live = {row.id: row for row in ledger.readings() if is_by_hand(row.extractor)}
    wanted = {made.reading.id: made for found in _called_for(ledger, rulings) for made in found.readings}
    gone: set[str] = set()
    for article_id in sorted({live[id].article_id for id in live.keys() - wanted.keys()}):
        standing = [row for row in ledger.extractions(article_id) if not row.reading.superseded]
        kept = [row for row in standing if row.reading.id not in live or row.reading.id in wanted]
        gone |= _ids(standing) - _ids(kept)
    there = {claim.id: claim for claim in claims if claim.id not in gone}
    new = [claim for id in sorted(wanted.keys() - live.keys()) for claim in wanted[id].claims]
    return [*there.values(), *(claim for claim in new if claim.id not in there)]


def decisions_behind(ledger: Ledger, claim: Claim) -> list[Decision]:
    """Give the live decisions that a claim by hand follows from, the oldest first; none where it is not by hand."""
    article_id = ledger.mention(claim.mention_id).article_id
    if not any(is_by_hand(row.extractor) for row in ledger.readings(article_id)):
        return []
    readers = {
        row.reading.extractor
        for row in ledger.extractions(article_id)
        if not row.reading.superseded and any(one.id == claim.id for one in row.claims)
    }
    found = []
    for row in ledger.decisions():
        what = row.what
        if isinstance(what, Ruling) and what.field in POINTING and what.retracted is None and _name(what) in readers:
            found.append(row)
    return found[::-1]


def _name(ruling: Ruling) -> str:
    """Name the reader that a ruling makes: one for each claim, so that each is taken back alone."""
    of = make_id("new", ruling.subject, ruling.value) if ruling.field == "claim" else ruling.subject
    return f"{BY_HAND} {of}"


def _ids(found: Iterable[Extraction]) -> set[str]:
    return {claim.id for row in found for claim in row.claims}


def _called_for(ledger: Ledger, rulings: Sequence[Ruling], article_id: str | None = None) -> list[ByHand]:
    """Give what rulings call for, article by article: in all of them, or in the one that is named."""
    pointing = [row for row in rulings if row.field in POINTING]
    if not pointing:
        return []
    in_article = {article_id: pointing} if article_id is not None else _by_article(ledger, pointing)
    return [find_by_hand(ledger, id, rows, standing_mentions(ledger, id)) for id, rows in sorted(in_article.items())]


def _by_article(ledger: Ledger, pointing: Collection[Ruling]) -> dict[str, list[Ruling]]:
    """Give rulings by the articles that they point at words of."""
    mentions = {row.subject for row in pointing if row.field == "claim"}
    held = {row.subject for row in pointing if row.field == "words"}
    home = {row.id: row.article_id for row in pick_mentions(ledger, mentions, live=False)}
    home |= {row.id: row.article_id for row in ledger.held_back(live=False) if row.id in held} if held else {}
    found: dict[str, list[Ruling]] = {}
    for row in pointing:
        if row.subject in home:  # else `check` names it
            found.setdefault(home[row.subject], []).append(row)
    return found


def _read_held(article: Article, held: HeldBack, ruling: Ruling, mentions: Sequence[Mention]) -> Extraction:
    """Build the claim of held-back words that a ruling points at. Raises UsageError where there is no value in them."""
    prop = load_schema().properties.get(held.prop)
    if prop is None:
        raise UsageError(f"{held.prop} is no property", "variorum explain")
    start, end = find_span(article, ruling.value or "")
    mention = nearest(mentions, start, end)
    reading = make_reading(article.id, _name(ruling), f"{mention.id} {start}:{end}")
    own = make_mention(article, reading.id, mention.kind, mention.start, mention.end)
    value = parse_value(prop, held.value or article.text[start:end], article.published)
    scope = "all" if prop.scoped else None
    claim = make_claim(own, article, prop=held.prop, value=value, scope=scope, start=start, end=end)
    return Extraction(reading, (own,), (claim,))


def _read_new(article: Article, mention: Mention, ruling: Ruling) -> Extraction:
    """Build the claim that a ruling on a mention makes of words. Raises UsageError for what can be none."""
    told = read_pointed(ruling.value or "")
    if told is None or not 0 <= told.start < told.end <= len(article.text):
        raise UsageError("what it says of the words cannot be read", "say it once more")
    if told.prop not in load_schema().properties:
        raise UsageError(f"{told.prop} is no property", "variorum explain")
    reading = make_reading(article.id, _name(ruling), "1")
    own = make_mention(article, reading.id, mention.kind, mention.start, mention.end)
    claim = make_claim(
        own,
        article,
        prop=told.prop,
        value=told.value,
        scope=told.scope,
        source=told.source,
        stance=told.stance,
        start=told.start,
        end=told.end,
    )
    return Extraction(reading, (own,), (claim,))


def nearest(mentions: Iterable[Mention], start: int, end: int) -> Mention:
    """Give of several mentions the shortest around a span, else the nearest to it."""
    return min(mentions, key=lambda row: (_away(row, start, end), row.end - row.start, row.id))


def _away(mention: Mention, start: int, end: int) -> int:
    return max(0, mention.start - start) + max(0, end - mention.end)
