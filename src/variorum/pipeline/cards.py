"""What a person needs to see to answer one question of the queue: words, evidence, candidates, and what would follow.

Invariant: the card of a second reviewer is made of what was read alone, so nothing on it follows from what people said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.errors import UnknownIdError
from variorum.ledger import Ledger
from variorum.ledger.picked import pick_claims, pick_copies, pick_mentions, pick_rulings
from variorum.model import Article, Claim, HeldBack, Mention
from variorum.pipeline.beside import Beside, set_beside
from variorum.pipeline.placedoubt import find_candidates
from variorum.pipeline.places import gazetteer
from variorum.pipeline.queue import Item
from variorum.pipeline.reasons import turned_to
from variorum.resolve.compare import compare
from variorum.resolve.explain import Explanation, explain
from variorum.resolve.view import make_views
from variorum.schema import load_schema
from variorum.values import show
from variorum.values.gazetteer import Entry

LONGEST = 700  # characters of a passage
BEFORE = 200  # characters shown on either side of the words of a claim
OPENING = 500  # characters of a report shown to tell whether it is a copy


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one report to look at."""

    article: Article
    text: str  # cut from the article's text at `start`
    start: int
    marks: tuple[tuple[int, int], ...]  # in the text of the passage, sorted, without overlap
    said: tuple[str, ...] = ()  # what is read in them, in words

    @property
    def cut(self) -> tuple[bool, bool]:
        """Whether the report has more before and behind it."""
        return self.start > 0, self.start + len(self.text) < len(self.article.text.rstrip())


@dataclass(frozen=True, slots=True)
class Card:
    """One question with all that is needed to answer it."""

    item: Item
    question: str
    passages: tuple[Passage, ...]
    evidence: Explanation | None = None  # of a pair; its left side is the first passage
    candidates: tuple[Entry, ...] = ()  # of a place, the likeliest first
    taken: str = ""  # id of the entry that was taken for a place
    name: str = ""  # of a place, as written
    beside: tuple[Beside, ...] = ()  # of a pair, field by field


QUESTIONS = {
    "same": "Do these two report the same event?",
    "place": "Is this the place?",
    "revision": "Is the second a later word of the same source, in place of the first?",
    "copy": "Is the first a copy or rewrite of the second?",
    "held back": "These words were held back. Is there something in them?",
    "kind": "Does this tell of an event of this kind?",
    "report": "Does this report count?",
    "value": "Is this what the report says?",
    "source": "Is this who says it?",
    "scope": "Is this who is counted?",
    "stance": "Is this how it is said?",
    "contradicts": "Do these two contradict each other?",
    "impossible": "Is this impossible, as it is told?",
}


def make_card(ledger: Ledger, item: Item, *, blind: bool = False) -> Card | None:
    """Lay out one question; None where what it is about is no longer found. `blind` leaves out what people said."""
    question = QUESTIONS.get(item.name) or QUESTIONS.get(item.asks, f"Does “{item.name}” hold between these two?")
    try:
        if item.asks == "same":
            return _pair(ledger, item, question, blind=blind)
        if item.asks == "place":
            return _place(ledger, item)
        if item.asks == "kind":
            return _mention(ledger, item, question)
        if item.asks in ("copy", "report"):
            articles = [ledger.article(id) for id in item.subjects]
            return Card(item, question, tuple(_opening(article) for article in articles))
        if item.asks == "held back":
            return _held(ledger, item, question)
        return Card(item, question, tuple(_claims(ledger, item.subjects)))
    except UnknownIdError:
        return None


# ---------------------------------------------------------------- two mentions


def _pair(ledger: Ledger, item: Item, question: str, *, blind: bool) -> Card | None:
    mentions = [ledger.mention(id) for id in item.subjects]
    articles = {mention.article_id: ledger.article(mention.article_id) for mention in mentions}
    # The earlier report stands first, whatever its id.
    mentions.sort(key=lambda row: (articles[row.article_id].published or "9999", row.article_id, row.start, row.id))
    # A pair weighs the same whatever else was reported, so two reports with their originals are all that is read.
    copies = pick_copies(ledger, articles.keys())
    known = articles | {copy.original_id: ledger.article(copy.original_id) for copy in copies}
    every = pick_mentions(ledger, articles=articles.keys())
    claims = pick_claims(ledger, [mention.id for mention in every])
    said = {*known, *(mention.id for mention in every), *(claim.id for claim in claims)}
    views = {
        view.id: view
        for view in make_views(
            known.values(),
            every,
            claims,
            copies,
            [] if blind else pick_rulings(ledger, said),
            gazetteer=gazetteer(),
        )
    }
    if not {mention.id for mention in mentions} <= views.keys():
        return None
    left, right = (views[mention.id] for mention in mentions)
    passages = [
        _stretch(articles[row.article_id], row, [claim for claim in claims if claim.mention_id == row.id])
        for row in mentions
    ]
    evidence = explain(turned_to(left.id, compare(left, right)))
    ours, theirs = ([claim for claim in claims if claim.mention_id == row.id] for row in mentions)
    beside = set_beside(ours, theirs, {row.id: row.article_id for row in mentions}, known, copies)
    return Card(item, question, tuple(passages), evidence, beside=tuple(beside))


def _mention(ledger: Ledger, item: Item, question: str) -> Card:
    mention = ledger.mention(item.subjects[0])
    article = ledger.article(mention.article_id)
    claims = [claim for claim in ledger.claims(article.id) if claim.mention_id == mention.id]
    return Card(item, question, (replace(_stretch(article, mention, claims), said=(f"kind = {mention.kind}",)),))


def _stretch(article: Article, mention: Mention, claims: Sequence[Claim]) -> Passage:
    """Cut a mention out of its report; a long one from its beginning, or about its first claim where that is late."""
    start, end = mention.start, mention.end
    if end - start > LONGEST:
        first = min((claim.start for claim in claims), default=start)
        start = start if first < start + LONGEST // 2 else _word_start(article.text, first - BEFORE)
        end = _word_end(article.text, min(end, start + LONGEST))
    spans = [(claim.start, claim.end) for claim in claims]
    return Passage(article, article.text[start:end], start, _marks(spans, start, end))


def _marks(spans: Iterable[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Give the spans inside a passage, counted from its start; of two that overlap, one that covers both."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if first < start or last > end:
            continue
        if found and first - start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last - start))
        else:
            found.append((first - start, last - start))
    return tuple(found)


def _word_start(text: str, place: int) -> int:
    if place <= 0:
        return 0
    gap = text.find(" ", place)
    return place if gap < 0 or gap > place + 40 else gap + 1


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    gap = text.rfind(" ", 0, place)
    return place if gap < place - 40 else gap


# ---------------------------------------------------------------- claims, places, copies, held-back words


def _claims(ledger: Ledger, ids: Sequence[str]) -> Iterator[Passage]:
    for id in ids:
        claim = ledger.claim(id)
        article = ledger.article(ledger.mention(claim.mention_id).article_id)
        yield _about(article, claim.start, claim.end, (claim_words(claim),))


def claim_words(claim: Claim) -> str:
    """Say what a claim says: property, value, of whom, who says it and how."""
    kind = load_schema().properties[claim.prop].type
    scope = f" ({claim.scope})" if claim.scope not in (None, "all") else ""
    stance = "" if claim.stance == "asserts" else f", {claim.stance}"
    voice = claim.source or "own voice"
    return f"{claim.prop.replace('_', ' ')}{scope} = {show(kind, claim.value)} — {voice}{stance}"


def _about(article: Article, start: int, end: int, said: tuple[str, ...]) -> Passage:
    first = _word_start(article.text, start - BEFORE)
    last = max(end, _word_end(article.text, end + BEFORE))
    paragraph = article.text.rfind("\n\n", first, start)
    first = paragraph + 2 if paragraph >= 0 else first
    broken = article.text.find("\n\n", end, last)
    last = broken if broken >= 0 else last
    return Passage(article, article.text[first:last], first, _marks([(start, end)], first, last), said)


def _opening(article: Article) -> Passage:
    return Passage(article, article.text[: _word_end(article.text, OPENING)], 0, ())


def _place(ledger: Ledger, item: Item) -> Card:
    claims = [ledger.claim(id) for id in item.subjects]
    passages: dict[str, Passage] = {}
    for claim in claims:
        article = ledger.article(ledger.mention(claim.mention_id).article_id)
        passages.setdefault(article.id, _about(article, claim.start, claim.end, ()))
    first = claims[0]
    taken = first.value.partition(";")[0]
    candidates = find_candidates(first.quote)
    entry = gazetteer().entry(taken)
    if entry is not None and entry not in candidates:
        candidates.insert(0, entry)
    question = QUESTIONS["place"] if entry is not None else "Where is this place?"
    shown = sorted(passages.values(), key=lambda one: (one.article.published or "9999", one.article.id))
    return Card(item, question, tuple(shown), None, tuple(candidates), taken, first.quote)


def _held(ledger: Ledger, item: Item, question: str) -> Card | None:
    held = item.held or next((row for row in ledger.held_back() if row.id == item.subjects[0]), None)
    if held is None:
        return None
    article = ledger.article(held.article_id)
    said = (_held_words(held),)
    start = article.text.find(held.quote) if held.quote else -1
    if start < 0:
        opening = _opening(article)
        return Card(item, question, (Passage(article, opening.text, 0, (), said),))
    return Card(item, question, (_about(article, start, start + len(held.quote), said),))


def _held_words(held: HeldBack) -> str:
    value = f" = {held.value}" if held.value else ""
    return f"{held.prop.replace('_', ' ')}{value}, from “{held.quote}”: {held.why}"
