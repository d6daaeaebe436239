"""Claims that a person points at: they are claims like others, follow a new reading, and go with their decision."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

import factories as make
from conftest import NewPlace
from variorum.errors import UsageError
from variorum.ledger import Ledger
from variorum.ledger.records import read_pointed
from variorum.model import Claim, HeldBack, Ruling
from variorum.pipeline import follow
from variorum.pipeline.byhand import find_held_back, find_span, place_by_hand
from variorum.pipeline.deciding import Who, decide, reject, set_field, undo
from variorum.pipeline.foresight import changes, foresee, now_state
from variorum.pipeline.report import Report

ARTICLE = make.article()
WHO = Who("ada", make.NOW, "she counted them")


@pytest.fixture
def ledger(empty_place: NewPlace) -> Iterator[Ledger]:
    """A ledger with one report, of which one claim was held back."""
    with Ledger.open(empty_place("sqlite")) as opened:
        opened.add_article(ARTICLE)
        opened.add_extraction(make.extraction(ARTICLE, (("killed", "12"),), held=1))
        yield opened


def by_hand(ledger: Ledger) -> list[Claim]:
    return [claim for claim in ledger.claims(ARTICLE.id) if claim.quote == "Seven"]


def point(ledger: Ledger) -> int:
    held = next(ledger.held_back())
    done = decide(ledger, set_field(ledger, find_held_back(ledger, held.id), "words", "Seven", WHO))
    return done[0].act


def test_the_words_of_a_held_back_claim_become_a_claim_at_their_place(ledger: Ledger) -> None:
    point(ledger)
    (claim,) = by_hand(ledger)
    assert ARTICLE.text[claim.start : claim.end] == "Seven"
    assert (claim.prop, claim.value) == ("killed", "3")
    assert ledger.check() == []


def test_the_claim_goes_with_its_decision_and_comes_back_with_it(ledger: Ledger) -> None:
    undo(ledger, point(ledger), WHO)
    assert by_hand(ledger) == []
    point(ledger)
    assert len(by_hand(ledger)) == 1


def test_the_claim_hangs_on_what_a_new_reading_finds(ledger: Ledger) -> None:
    point(ledger)
    before = {row.id for row in ledger.readings(ARTICLE.id)}
    ledger.add_extraction(make.extraction(ARTICLE, (("place", "Qasr al-Wadi"),), version="2"))
    place_by_hand(ledger, ARTICLE.id)
    assert len(by_hand(ledger)) == 1
    assert before != {row.id for row in ledger.readings(ARTICLE.id)}
    assert ledger.check() == []


def test_placing_again_changes_nothing(ledger: Ledger) -> None:
    point(ledger)
    before = ledger.dump()
    assert place_by_hand(ledger) == 0
    assert ledger.dump() == before


def test_words_that_do_not_stand_there_once_are_refused(ledger: Ledger) -> None:
    with pytest.raises(UsageError, match="does not stand"):
        find_span(ARTICLE, "eleven")
    with pytest.raises(UsageError, match="more than once"):
        find_span(ARTICLE, "the")
    assert find_span(ARTICLE, "0:5") == (0, 5)
    with pytest.raises(UsageError, match="no characters"):
        find_span(ARTICLE, "5:99999")


def test_words_are_no_part_of_a_longer_word_but_where_no_space_parts_words() -> None:
    assert find_span(make.article(text="Their ship killed ship workers: a ship"), "a") == (32, 33)
    assert find_span(make.article(text="警方说十二人死亡"), "十二人") == (3, 6)


def test_who_points_again_moves_the_claim_and_who_rejects_the_words_takes_it_out(ledger: Ledger) -> None:
    point(ledger)
    held = next(ledger.held_back())
    decide(ledger, set_field(ledger, held, "words", "12", Who("bo", make.LATER)))
    assert [claim.quote for claim in ledger.claims(ARTICLE.id) if claim.value == "3"] == ["12"]
    done = decide(ledger, reject(ledger, held, Who("bo", "2031-05-05T10:00:00Z")))
    assert [claim.quote for claim in ledger.claims(ARTICLE.id) if claim.value == "3"] == []
    undo(ledger, done[0].act, WHO)
    assert [claim.quote for claim in ledger.claims(ARTICLE.id) if claim.value == "3"] == ["12"]
    assert ledger.check() == []


def test_what_held_back_words_will_say_is_foreseen(ledger: Ledger) -> None:
    follow(ledger, Report(), command="run", now=make.NOW)
    words = set_field(ledger, next(ledger.held_back()), "words", "Seven", WHO)
    foreseen = foresee(ledger, words, now=make.NOW)
    decide(ledger, words)
    follow(ledger, Report(), command="set", now=make.NOW)
    assert changes(foreseen, now_state(ledger)) == []
    assert any(by_hand(ledger)[0].id in row.support + row.against for row in next(ledger.events()).values)


def test_what_is_rejected_stays_listed_and_makes_no_claim(ledger: Ledger) -> None:
    held = next(ledger.held_back())
    decide(ledger, reject(ledger, held, WHO))
    assert by_hand(ledger) == []
    assert [row.id for row in ledger.held_back()] == [held.id]


@pytest.mark.parametrize(
    ("back", "span", "why"),
    [
        (HeldBack(ARTICLE.id, "no_such", "", "Seven", "unknown"), "0:5", "no_such is no property"),
        (HeldBack(ARTICLE.id, "killed", "", "Seven", "no value"), "0:8", "“Shelling” is no count"),
        (HeldBack(ARTICLE.id, "killed", "", "Seven", "no value"), "7:99999", "the text has no characters 7:99999"),
    ],
)
def test_words_that_hold_no_value_any_more_are_listed_as_lost(
    ledger: Ledger, back: HeldBack, span: str, why: str
) -> None:
    ledger.add_extraction(replace(make.extraction(ARTICLE, version="3"), held_back=(back,)))
    done = decide(ledger, [Ruling(back.id, "correct", span, "ada", "", make.NOW, field="words")])
    assert place_by_hand(ledger, ARTICLE.id) == 0
    assert [(row.code, row.cause) for row in ledger.problems()] == [
        ("ruling-lost", f"the ruling on {back.id} by ada: {why}")
    ]
    undo(ledger, done[0].act, WHO)


@pytest.mark.parametrize("words", [f"{'9' * 5_000}:{'9' * 5_000}", f"0:{'9' * 10}", "the " * 1_000])
def test_a_span_or_words_beyond_any_report_are_refused(words: str) -> None:
    with pytest.raises(UsageError):
        find_span(ARTICLE, words)


def test_a_long_text_of_the_same_letters_is_looked_through_quickly() -> None:
    text = make.article(text="a" * 200_000)
    began = time.process_time()
    with pytest.raises(UsageError, match="does not stand"):
        find_span(text, "a" * 1_999 + "b")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "written",
    [
        '{"prop":"killed","value":"1","scope":null,"source":"","stance":"guesses","start":0,"end":1}',
        "[" * 200_000,
        "[]",
        "null",
    ],
)
def test_what_another_program_wrote_of_words_is_none_where_it_cannot_be_meant(written: str) -> None:
    assert read_pointed(written) is None
