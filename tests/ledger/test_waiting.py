"""Pairs that wait for a person, and what else a queue is made of, in both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from variorum.ledger import Ledger, Waiting
from variorum.model import Copy, Event, Named, Relation, Ruling


@pytest.fixture
def mentions(ledger: Ledger) -> list[str]:
    """Three mentions of three reports, sorted."""
    for name in ("one", "two", "three"):
        article = make.article(name, make.TEXT + name)
        ledger.add_article(article)
        ledger.add_extraction(make.extraction(article))
    return sorted(mention.id for mention in ledger.mentions())


def write(ledger: Ledger, *waiting: Waiting, events: tuple[Event, ...] = (), copies: tuple[Copy, ...] = ()) -> None:
    register = [Named(event.id, event.mentions[0], make.NOW) for event in events]
    ledger.replace_derived(copies=copies, events=events, redirects=[], register=register, waiting=waiting, now=make.NOW)


def test_the_pairs_are_those_last_given(ledger: Ledger, mentions: list[str]) -> None:
    first = Waiting(mentions[0], mentions[1], 0.5, "unsure")
    second = Waiting(mentions[0], mentions[2], None, "refused", "ada said so")
    third = Waiting(mentions[1], mentions[2], 0.9, "bridge", smaller=2)
    write(ledger, first, second)
    assert ledger.doubts().waiting == (first, second)
    write(ledger, replace(first, score=0.25), third)
    assert ledger.doubts().waiting == (replace(first, score=0.25), third)
    assert ledger.check() == []


def test_writing_the_same_again_touches_nothing(ledger: Ledger, mentions: list[str]) -> None:
    row = Waiting(mentions[0], mentions[1], 0.5, "unsure")
    write(ledger, row)
    before = list(ledger.log(batches=True))
    write(ledger, row)
    assert list(ledger.log(batches=True)) == before


def test_the_doubts_hold_sizes_relations_and_what_was_ruled_on(ledger: Ledger, mentions: list[str]) -> None:
    claims = [claim.id for claim in ledger.claims()]
    articles = [ledger.mention(id).article_id for id in mentions]
    relations = tuple(
        Relation(name, "killed", claims[0], claims[number], "12 and 7")  # type: ignore[arg-type]
        for number, name in enumerate(("agrees", "contradicts", "revised"), start=1)
    )
    event = Event("evt_" + "A" * 16, "strike", "Strike", tuple(mentions[:2]), (), relations)
    copy = Copy(articles[1], articles[0], 0.6)
    write(ledger, Waiting(mentions[0], mentions[2], 0.5, "unsure"), events=(event,), copies=(copy,))
    ledger.add_ruling(Ruling(claims[0], "accept", None, "ada", "", make.NOW))
    doubts = ledger.doubts()
    assert doubts.event_of == {mentions[0]: event.id}
    assert doubts.sizes == {event.id: (2, 1)}
    assert [(id, relation.name) for id, relation in doubts.relations] == [
        (event.id, "contradicts"),
        (event.id, "revised"),
    ]
    assert doubts.reported == {articles[1]: (event.id,)}
    assert doubts.props == {claims[0]: "killed"}
    assert doubts.places == ()
