"""One question of the queue laid out for the desk: words, evidence, candidates, what can be answered. No ledger writes.

Invariant: the card of a second reviewer holds nothing that follows from what anybody decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from variorum.ledger.picked import pick_claims, pick_members, pick_mentions, pick_numbers
from variorum.pipeline import Card, Passage, describe, gazetteer
from variorum.pipeline.beside import Beside
from variorum.pipeline.cards import claim_words
from variorum.pipeline.cardwords import ASKED, follows, says_words
from variorum.pipeline.queue import Item
from variorum.pipeline.standingwords import TIES, Said, find_said
from variorum.schema import load_schema
from variorum.show.marks import Mark, cut_at_marks
from variorum.show.words import SIGN_WORDS, SIGNS, day_of, outlet_of
from variorum.values.gazetteer import Entry
from variorum.web.asking import Asked

Row = dict[str, Any]
PER_PAGE = 9  # candidates that a digit can choose
MOST_PASSAGES = 6
MOST_REPORTS = 12  # of an event, named on a card

# What the two keys A and X say of each kind of question.
ANSWERS: Mapping[str, tuple[str, str]] = {
    "same": ("Same event", "Different"),
    "contradiction": ("Yes, a contradiction", "No contradiction"),
    "impossible": ("Yes, impossible", "No, it can be"),
    "revision": ("Yes, a later word", "No revision"),
    "copy": ("A copy", "A text of its own"),
    "held back": ("", "It is nothing"),
    "value": ("As it is read", "The report does not say it"),
    "kind": ("As it is read", "It tells of no event"),
    "report": ("It counts", "Withdraw it"),
    "place": ("Yes, this place", "Not where it happened"),
}
TYPED = {
    "held back": "The words, as they stand in the report",
    "value": "What the report says",
    "kind": "The kind of event",
}


def lay_out_card(asked: Asked, card: Card, *, blind: bool, place_name: str = "", page: int = 0) -> Row:
    """Lay out a card as plain data; `place_name` is another name that was searched, `page` counts its candidates."""
    item = card.item
    said = Said((), (), ()) if blind else find_said(asked.ledger, item)
    words = item.words or said.words
    return {
        "kind": item.kind,
        "asks": item.asks,
        "what": ASKED[item.kind],
        "question": card.question,
        "why": "" if blind else item.why,
        "bridge": item.name == "bridge" and not blind,
        "score": None if card.evidence is None else round(card.evidence.score, 2),
        "subjects": list(item.subjects),
        "passages": [_passage(asked, one) for one in card.passages[:MOST_PASSAGES]],
        "more_passages": max(0, len(card.passages) - MOST_PASSAGES),
        "beside": [_beside(row) for row in card.beside],
        "evidence": _evidence(card),
        "candidates": _candidates(card, place_name, page),
        "said": [
            {
                "by": word.by,
                "says": says_words(word),
                "decision": word.decision,
                "blind": word.blind,
                "reason": word.reason,
            }
            for word in words
        ],
        "flags": [{"by": by, "at": at, "why": why} for by, at, why in said.flags],
        "new_since": [_claim_report(asked, id) for id in said.new],
        "follows": follows(card, asked.labels, blind=blind),
        "events": [] if blind else [_event(asked, id) for id in item.events],
        "blind": blind,
    }


def answers_of(item: Item, taken: str = "") -> Row:
    """Give what can be answered to a question, in words; an empty word is an answer that it does not have.

    `taken` names the place that is asked about, where the gazetteer has it.
    """
    yes, no = ANSWERS["impossible" if item.name == "impossible" else item.asks]
    if item.asks == "place":
        yes = f"Yes, {taken}" if taken else "It stays as it is written"
    return {
        "yes": yes,
        "no": no,
        "ties": list(TIES) if item.asks == "same" else [],
        "typed": TYPED.get(item.asks, ""),
        "kinds": [row.code for row in load_schema().kinds.values()] if item.asks == "kind" else [],
        "flag": "unsure" if item.asks == "same" else "log",
    }


def _passage(asked: Asked, passage: Passage) -> Row:
    article = passage.article
    title = article.title or article.text.strip().partition("\n")[0]
    marks = [Mark(start, end, "quote") for start, end in passage.marks]
    before, after = passage.cut
    return {
        "label": asked.labels.articles[article.id],
        "outlet": outlet_of(article),
        "day": day_of(article),
        "title": title,
        "lang": article.lang,
        "pieces": [{"text": one.text, "marked": bool(one.values)} for one in cut_at_marks(passage.text, marks)],
        "opens": before,
        "ends": after,
        "said": list(passage.said),
    }


def _beside(row: Beside) -> Row:
    """Lay out one field of two mentions. A copy that says the same has no relation: it counts once with its origin."""
    sign, word = SIGNS.get(row.relation or "", ""), SIGN_WORDS.get(row.relation or "", "")
    if row.relation is None and row.left and set(row.left) == set(row.right):
        sign, word = SIGNS["agrees"], "the same"
    elif row.relation is None:
        word = "no conflict" if row.left and row.right else "one side states none"
    names = {"name": row.name, "left": list(row.left), "right": list(row.right)}
    return names | {"relation": row.relation or "", "sign": sign, "word": word}


def _evidence(card: Card) -> Row | None:
    found = card.evidence
    if found is None:
        return None
    return {
        "used": [
            {"name": row.name, "left": row.left, "right": row.right, "weight": round(row.weight, 2), "note": row.note}
            for row in found.used
        ],
        "total": round(found.total, 2),
        "score": round(found.score, 2),
        "rule": found.rule or "",
        "changes": list(found.changes),
        "not_used": list(found.not_used),
    }


def _candidates(card: Card, name: str, page: int) -> Row | None:
    if card.item.asks != "place":
        return None
    first = page * PER_PAGE
    shown = card.candidates[first : first + PER_PAGE]
    return {
        "name": name or card.name,
        "page": page,
        "more": max(0, len(card.candidates) - first - PER_PAGE),
        "places": [_place(entry, number, card.taken) for number, entry in enumerate(shown, start=1)],
    }


def _place(entry: Entry, number: int, taken: str) -> Row:
    return {
        "number": number,
        "id": entry.id,
        "words": describe(entry),
        "feature": entry.feature,
        "people": entry.population,
        "lat": round(entry.lat, 4),
        "lon": round(entry.lon, 4),
        "taken": entry.id == taken,
    }


def taken_words(card: Card) -> str:
    """Name the entry that was taken for a place."""
    entry = gazetteer().entry(card.taken) if card.taken else None
    return "" if entry is None else describe(entry)


def _event(asked: Asked, event_id: str) -> Row:
    """Name an event and its reports, the first in number first."""
    members = pick_members(asked.ledger, [event_id]).get(event_id, [])
    articles = {mention.article_id for mention in pick_mentions(asked.ledger, members)}
    numbers = sorted(pick_numbers(asked.ledger, articles).values())
    return {
        "id": event_id,
        "label": asked.labels.events.get(event_id, event_id),
        "title": asked.ledger.event(event_id).title,
        "reports": [f"R{number}" for number in numbers[:MOST_REPORTS]],
        "count": len(numbers),
    }


def _claim_report(asked: Asked, id: str) -> str:
    if not id.startswith("clm_"):
        return id
    mention = asked.ledger.mention(asked.ledger.claim(id).mention_id)
    return asked.labels.articles[mention.article_id]


def claims_to_correct(asked: Asked, item: Item) -> Sequence[Row]:
    """Give the claims behind a question that a person can correct from its card."""
    claims = pick_claims(
        asked.ledger,
        [id for id in item.subjects if id.startswith("men_")],
        ids=[id for id in item.subjects if id.startswith("clm_")],
    )
    article_of = {m.id: m.article_id for m in pick_mentions(asked.ledger, {claim.mention_id for claim in claims})}
    return [
        {
            "id": claim.id,
            "report": asked.labels.articles[article_of[claim.mention_id]],
            "words": claim_words(claim),
            "quote": claim.quote,
        }
        for claim in claims
        if claim.mention_id in article_of
    ]
