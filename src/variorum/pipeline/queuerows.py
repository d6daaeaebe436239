"""Which reports a question of the queue is about, for lists of many questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from variorum.ledger import Ledger
from variorum.pipeline.labels import Labels

MANY = 300  # questions: from here on it costs less to walk through the whole ledger than to look each one up


def report_finder(ledger: Ledger, labels: Labels, count: int) -> Callable[[Sequence[str]], list[str]]:
    """Give a function that leads from the ids of a question to the labels of its reports; `count` will be asked."""
    held = {row.id: row.article_id for row in ledger.held_back()}
    mentions: dict[str, str] = {}
    claims: dict[str, str] = {}
    if count > MANY:
        mentions = {row.id: row.article_id for row in ledger.mentions(live=False)}
        claims = {row.id: row.mention_id for row in ledger.claims(live=False)}

    def find(subjects: Sequence[str]) -> list[str]:
        found: set[str] = set()
        for id in subjects:
            if id.startswith("clm_"):
                id = claims.get(id) or ledger.claim(id).mention_id
            if id.startswith("men_"):
                id = mentions.get(id) or ledger.mention(id).article_id
            found.add(labels.articles.get(held.get(id, id), id))
        return sorted(found, key=lambda label: (len(label), label))

    return find
