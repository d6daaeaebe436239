"""What a ledger holds of outlets, speakers and names, in both databases."""

from __future__ import annotations

from dataclasses import replace

from factories import NOW, article, event, extraction, named, ruling
from variorum.ledger import Ledger
from variorum.ledger.printed import (
    read_named,
    read_printed,
    read_quoted,
    read_ruled,
    read_said,
    read_spoken,
    read_told,
)
from variorum.ledger.size import read_size
from variorum.model import Copy

FIRST = article("one")
LATER = article("two", published="2031-05-03", outlet="Lantern")


def fill(ledger: Ledger) -> None:
    ledger.add_articles([FIRST, LATER])
    found = [extraction(one) for one in (FIRST, LATER)]
    for one in found:
        ledger.add_extraction(one)
    copies = [Copy(LATER.id, FIRST.id, 0.9, "shingles")]
    events = [event(*found)]
    ledger.replace_derived(copies=copies, events=events, redirects=[], register=[named(events[0], found[0])], now=NOW)


def test_every_article_is_given_with_what_it_copies(ledger: Ledger) -> None:
    fill(ledger)
    rows = read_printed(ledger)
    assert [(row.id, row.outlet, row.original) for row in rows] == [
        (FIRST.id, "Tarn Post", None),
        (LATER.id, "Lantern", FIRST.id),
    ]
    assert read_size(ledger).reports == len(rows)
    assert read_size(ledger).events == 1


def test_an_event_stands_with_each_of_its_articles_once(ledger: Ledger) -> None:
    fill(ledger)
    assert sorted(id for _, id in read_told(ledger)) == sorted([FIRST.id, LATER.id])


def test_claims_are_counted_by_who_says_them(ledger: Ledger) -> None:
    fill(ledger)
    spoken = read_spoken(ledger)
    assert {(row.source, row.article_id, row.prop, row.claims) for row in spoken} == {
        ("clinic", FIRST.id, "killed", 2),
        ("clinic", LATER.id, "killed", 2),
    }
    assert read_quoted(ledger, "Lantern") == {"clinic": 2}
    assert len(read_said(ledger, "clinic")) == 4


def test_a_claim_that_a_person_ruled_on_is_given_apart_until_that_is_taken_back(ledger: Ledger) -> None:
    fill(ledger)
    claim = next(ledger.claims(FIRST.id))
    (decision,) = ledger.decide([ruling(claim, "correct", value="13")])
    assert [row.claim.id for row in read_ruled(ledger)] == [claim.id]
    assert claim.id not in {row.id for row in read_named(ledger, ["killed"])}
    assert len(read_named(ledger, ["killed"])) == len(read_said(ledger, "clinic")) == 3
    ledger.retract(decision.act, by="mk", at=NOW)
    assert read_ruled(ledger) == []
    assert len(read_named(ledger, ["killed"])) == 4


def test_a_blind_word_leaves_a_claim_where_it_is(ledger: Ledger) -> None:
    fill(ledger)
    claim = next(ledger.claims(FIRST.id))
    ledger.decide([replace(ruling(claim, "correct", value="13"), blind=True)])
    assert read_ruled(ledger) == []


def test_what_a_later_reading_does_not_find_any_more_is_not_given(ledger: Ledger) -> None:
    fill(ledger)
    ledger.add_extraction(extraction(FIRST, [("killed", "12")], version="2"))
    assert [row.value for row in read_named(ledger, ["killed"]) if row.article_id == FIRST.id] == ["12"]
