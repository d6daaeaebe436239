"""Rows asked for by id are those of a walk through the whole ledger, in the same order."""

from __future__ import annotations

import factories as make
from variorum.ledger import Ledger, derived
from variorum.ledger.picked import (
    names_beside,
    names_from,
    pick_articles,
    pick_claims,
    pick_copies,
    pick_mentions,
    pick_numbers,
)
from variorum.model import Copy, Named


def fill(ledger: Ledger) -> list[str]:
    """Write seven articles with a mention and two claims each; gives their ids."""
    articles = [make.article(f"a{number}") for number in range(7)]
    ledger.add_articles(articles)
    for article in articles:
        ledger.add_extraction(make.extraction(article))
    return [article.id for article in articles]


def test_all_of_them_are_the_walk(ledger: Ledger) -> None:
    ids = fill(ledger)
    mentions = list(ledger.mentions())
    assert pick_articles(ledger, ids) == list(ledger.articles())
    assert pick_numbers(ledger, ids) == ledger.article_numbers()
    assert pick_mentions(ledger, articles=ids) == mentions
    assert pick_mentions(ledger, [mention.id for mention in mentions], articles=ids[:2]) == mentions
    assert pick_claims(ledger, [mention.id for mention in mentions]) == list(ledger.claims())
    claims = [claim.id for claim in ledger.claims()]
    assert pick_claims(ledger, ids=claims) == list(ledger.claims())


def test_what_no_live_reading_finds_is_left_out(ledger: Ledger) -> None:
    ids = fill(ledger)
    ledger.supersede(next(iter(ledger.readings(ids[0]))).id)
    assert pick_mentions(ledger, articles=ids) == list(ledger.mentions())
    assert pick_mentions(ledger, articles=ids, live=False) == list(ledger.mentions(live=False))
    every = [mention.id for mention in ledger.mentions(live=False)]
    assert pick_claims(ledger, every) == list(ledger.claims())
    assert pick_claims(ledger, every, live=False) == list(ledger.claims(live=False))


def test_copies_lead_on_to_their_original(ledger: Ledger) -> None:
    one, two, three, *_ = fill(ledger)
    copies = sorted([Copy(two, one, 0.9), Copy(three, one, 0.8)], key=lambda copy: copy.article_id)
    ledger.replace_derived(copies=copies, events=(), redirects=(), register=(), now=make.NOW)
    assert pick_copies(ledger, [two]) == [Copy(two, one, 0.9)]
    assert pick_copies(ledger, [one]) == []
    assert pick_copies(ledger, [one], reprints=True) == copies


def test_a_name_is_found_by_its_beginning_and_between_its_neighbours(ledger: Ledger) -> None:
    ids = fill(ledger)
    founder = next(iter(ledger.mentions(ids[0]))).id
    names = ["evt_7A11", "evt_7K3Q", "evt_7K3R", "evt_9ZZZ"]
    with ledger.writing():
        derived.add_names(ledger._local.writer, [Named(name, founder, make.NOW) for name in names])
        assert names_from(ledger, "evt_7K") == ["evt_7K3Q", "evt_7K3R"]
        assert names_beside(ledger, "evt_7K3R") == ["evt_7K3Q", "evt_7K3R", "evt_9ZZZ"]
        assert names_beside(ledger, "evt_7A11") == ["evt_7A11", "evt_7K3Q"]
        assert names_beside(ledger, "evt_8888") == ["evt_7K3R", "evt_9ZZZ"]
