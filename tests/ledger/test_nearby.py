"""Mentions near another in kind, time and place, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from variorum.ledger import Ledger
from variorum.ledger.listing import Indexed, Placed, Told, index_events
from variorum.ledger.nearby import Around, near_mentions
from variorum.model import Event, Named

HOMS = Placed("gn:1", "Homs", "SY", 34.7, 36.7, 5.0)
BASE = Around(("strike",), None, None, None)


@pytest.fixture
def told(ledger: Ledger) -> list[str]:
    """Three events of one mention each: of two days in May, of no stated day printed in June, of another kind."""
    rows, events, names = [], [], []
    days = (("2031-05-01", "2031-05-02"), None, ("2031-05-01", "2031-05-02"))
    for number, (kind, stated) in enumerate(zip(("strike", "strike", "arrest"), days)):
        article = make.article(f"a{number}")
        ledger.add_article(article)
        found = make.extraction(article)
        ledger.add_extraction(found)
        id = f"evt_{number}"
        mention = found.mentions[0].id
        names.append(Named(id, mention, make.NOW))
        events.append(Event(id, "strike", "", (mention,), (), ()))
        told = Told(mention, kind, stated is not None, stated, "2031-06-01")
        rows.append(Indexed(id, kind, None, None, 1, (HOMS,), frozenset(), (told,), {"id": id}))
    ledger.replace_derived(events=events, redirects=(), register=names, now=make.NOW)
    index_events(ledger, rows, "x")
    return [event.id for event in events]


@pytest.mark.parametrize(
    ("around", "near"),
    [
        (BASE, [0, 1]),
        (replace(BASE, kinds=("arrest",)), [2]),
        (replace(BASE, stated=("2031-05-02", "2031-05-09")), [0, 1]),
        (replace(BASE, stated=("2031-05-03", "2031-05-09")), [1]),
        (replace(BASE, stated=("0001-01-01", "0001-01-02")), [1]),
        (replace(BASE, printed=("2031-06-01", "2031-06-02")), [0, 1]),
        (replace(BASE, printed=("2031-06-02", "2031-06-03")), [0]),
        (replace(BASE, places=("gn:1",)), [0, 1]),
        (replace(BASE, places=("gn:2",)), [1]),
        (replace(BASE, places=()), [1]),
    ],
)
def test_what_the_rules_allow_is_near(ledger: Ledger, told: list[str], around: Around, near: list[int]) -> None:
    assert sorted(near_mentions(ledger, around).values()) == [told[number] for number in near]


def test_indexing_the_same_again_writes_nothing(ledger: Ledger) -> None:
    article = make.article()
    ledger.add_article(article)
    found = make.extraction(article)
    ledger.add_extraction(found)
    event = make.event(found)
    ledger.replace_derived(events=[event], redirects=(), register=[make.named(event, found)], now=make.NOW)
    told = Told(found.mentions[0].id, "strike", True, None, None)
    rows = [Indexed(event.id, "strike", None, None, 1, (HOMS,), frozenset({"gn:1"}), (told,), {"a": 1})]
    index_events(ledger, rows, "x")
    before = ledger.last_hash()
    index_events(ledger, rows, "x")
    assert ledger.last_hash() == before
