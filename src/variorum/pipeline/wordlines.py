"""One row of a decision in words: what is said of which reports, by whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.ledger import Ledger
from variorum.ledger.records import value_words
from variorum.model import Judgement
from variorum.pipeline.labels import Labels
from variorum.show.words import plain, short

if TYPE_CHECKING:
    from variorum.pipeline.deciding import Word

QUOTE = 40


def word_line(ledger: Ledger, word: Word, labels: Labels) -> str:
    """Say one row in words: what it says of which reports, by whom, and why."""
    because = plain(word.why if isinstance(word, Judgement) else word.note)
    by = f"by {plain(word.by)}" + (f": {because}" if because else "")
    if isinstance(word, Judgement):
        left, right = (_place(ledger, id, labels) for id in (word.left, word.right))
        return f"{word.verdict}  {left} and {right}  {by}"
    about = " and ".join(_place(ledger, id, labels) for id in (word.subject, word.other) if id)
    field = f" {word.field}" if word.field != "value" or word.verdict == "correct" else ""
    if word.field == "claim":
        return f"new claim {plain(value_words(word) or '')}  {about}  {by}"
    value = "" if word.value is None else f" = {plain(word.value) or 'own voice'}"
    return f"{word.verdict}{field}{value}  {about}  {by}"


def _place(ledger: Ledger, id: str, labels: Labels) -> str:
    """Name what an id stands for, with its report and its first words."""
    if id.startswith("art_"):
        return labels.articles[id]
    if id.startswith("men_"):
        mention = ledger.mention(id)
        return f"{labels.articles[mention.article_id]} “{short(plain(mention.quote), QUOTE)}”"
    if id.startswith("clm_"):
        claim = ledger.claim(id)
        report = labels.articles[ledger.mention(claim.mention_id).article_id]
        return f"{claim.prop} {claim.value} in {report} “{short(plain(claim.quote), QUOTE)}”"
    return id
