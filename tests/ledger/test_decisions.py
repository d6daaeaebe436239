from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from variorum.errors import LedgerError, UnknownIdError
from variorum.ledger import Ledger
from variorum.model import Claim, Mention


@pytest.fixture
def pair(ledger: Ledger) -> tuple[Mention, Mention]:
    for name in ("one", "two"):
        article = make.article(name)
        ledger.add_article(article)
        ledger.add_extraction(make.extraction(article))
    first, second = sorted(ledger.mentions(), key=lambda row: row.id)
    return first, second


@pytest.fixture
def claim(ledger: Ledger, pair: tuple[Mention, Mention]) -> Claim:
    return next(ledger.claims())


def test_a_judgement_comes_back_as_it_went_in(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    row = make.judgement(*pair, by="matcher", score=0.1 + 0.2)
    assert ledger.add_judgement(row)
    assert list(ledger.judgements()) == [row]


def test_the_same_judgement_again_writes_nothing(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    ledger.add_judgement(make.judgement(*pair))
    before = ledger.dump()
    assert not ledger.add_judgement(make.judgement(*pair, at=make.LATER))
    assert ledger.dump() == before


def test_another_verdict_by_the_same_person_stands_beside_the_earlier_until_it_is_undone(
    ledger: Ledger, pair: tuple[Mention, Mention]
) -> None:
    first = make.judgement(*pair)
    second = make.judgement(*pair, "different", at=make.LATER)
    ledger.decide([first])
    (row,) = ledger.decide([second])
    assert list(ledger.judgements()) == [first, second]
    ledger.retract(row.act, by="mk", at=make.LATER)
    assert list(ledger.judgements()) == [first]


def test_the_matcher_has_one_live_verdict_on_a_pair(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    ledger.add_judgement(make.judgement(*pair, by="matcher"))
    ledger.add_judgement(make.judgement(*pair, "different", by="matcher", at=make.LATER))
    assert [row.verdict for row in ledger.judgements()] == ["different"]


def test_a_decision_holds_also_what_an_earlier_one_says_and_is_undone_alone(
    ledger: Ledger, pair: tuple[Mention, Mention], claim: Claim
) -> None:
    ledger.decide([make.judgement(*pair)])
    again = make.judgement(*pair, at=make.LATER)
    found = ledger.decide([again, make.ruling(claim, at=make.LATER)])
    assert [row.name for row in found] == ["D2", "D2"]
    ledger.retract(1, by="mk", at=make.LATER)
    assert list(ledger.judgements()) == [again]


def test_a_person_can_say_again_what_another_has_said_otherwise_since(ledger: Ledger, claim: Claim) -> None:
    for step, (by, value) in enumerate((("mk", "12"), ("ao", "15"), ("mk", "12")), start=3):
        assert ledger.decide([make.ruling(claim, "correct", by, value, at=f"2031-05-0{step}T10:00:00Z")])
    assert ledger.decide([make.ruling(claim, "correct", "mk", "12", at=make.LATER)]) == []


def test_an_open_word_leaves_the_blind_one_of_the_same_person(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    ledger.decide([make.judgement(*pair, "different", blind=True)])
    ledger.decide([make.judgement(*pair, at=make.LATER)])
    assert [(row.verdict, row.blind) for row in ledger.judgements()] == [("different", True), ("same", False)]


def test_two_people_can_judge_one_pair(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    ledger.add_judgements([make.judgement(*pair), make.judgement(*pair, "different", by="ao")])
    assert [(row.by, row.verdict) for row in ledger.judgements()] == [("mk", "same"), ("ao", "different")]


def test_a_judgement_out_of_order_is_refused(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    row = make.judgement(*pair)
    with pytest.raises(LedgerError, match="order"):
        ledger.add_judgement(replace(row, left=row.right, right=row.left))


def test_a_judgement_on_an_unknown_mention_is_refused(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    with pytest.raises(LedgerError, match="not in the ledger"):
        ledger.add_judgement(replace(make.judgement(*pair), right="men_ZZZZZZZZZZZZZZZZ"))
    assert not [*ledger.judgements()]


def test_decisions_are_numbered_and_newest_first(ledger: Ledger, pair: tuple[Mention, Mention], claim: Claim) -> None:
    ledger.add_judgement(make.judgement(*pair))
    ledger.add_ruling(make.ruling(claim))
    ledger.add_judgement(make.judgement(*pair, by="matcher"))
    assert [row.number for row in ledger.decisions()] == [2, 1]
    assert [row.number for row in ledger.decisions(matcher=True)] == [3, 2, 1]


def test_a_ruling_taken_back_gives_the_word_to_the_one_before(ledger: Ledger, claim: Claim) -> None:
    accept, correct = make.ruling(claim), make.ruling(claim, "correct", value="13", at=make.LATER)
    ledger.add_ruling(accept)
    ledger.add_ruling(correct)
    assert not ledger.add_ruling(replace(correct, at="2031-05-05"))
    assert list(ledger.rulings()) == [accept, correct]
    ledger.retract(2, by="ao", at="2031-05-06")
    assert list(ledger.rulings()) == [accept]


def test_a_decision_is_taken_back_once_and_kept(ledger: Ledger, pair: tuple[Mention, Mention]) -> None:
    ledger.add_judgement(make.judgement(*pair))
    assert ledger.retract(1, by="mk", at=make.LATER).what.retracted == make.LATER
    with pytest.raises(LedgerError, match="taken back"):
        ledger.retract(1, by="mk", at=make.LATER)
    with pytest.raises(UnknownIdError):
        ledger.retract(2, by="mk", at=make.LATER)
    assert [row.retracted for row in ledger.judgements(live=False)] == [make.LATER]
    assert ledger.add_judgement(make.judgement(*pair, at="2031-05-05"))


def test_decisions_survive_a_reading_by_a_better_extractor(ledger: Ledger, claim: Claim) -> None:
    row = make.ruling(claim, "reject")
    ledger.add_ruling(row)
    ledger.add_extraction(make.extraction(make.article("one"), [("killed", "12")], version="2"))
    assert list(ledger.rulings()) == [row]
    assert claim.id in {found.id for found in ledger.claims()}


def test_the_log_tells_what_people_decided_and_not_the_matcher(
    ledger: Ledger, pair: tuple[Mention, Mention], claim: Claim
) -> None:
    ledger.add_judgement(make.judgement(*pair))
    ledger.add_judgement(make.judgement(*pair, by="matcher"))
    ledger.add_ruling(make.ruling(claim, "correct", value="13"))
    ledger.retract(1, by="ao", at=make.LATER)
    told = [(row.kind, row.by, row.subject) for row in ledger.log()]
    assert told == [("retracted", "ao", pair[0].id), ("ruling", "mk", claim.id), ("judgement", "mk", pair[0].id)]


def test_each_log_row_covers_the_one_before(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.start_run("run", program="variorum", at=make.NOW)
    entries = [*ledger.log(batches=True)][::-1]
    assert len(entries) == 6
    assert [entry.previous for entry in entries] == ["0" * 64, *(entry.hash for entry in entries[:-1])]
    assert len({entry.hash for entry in entries}) == 6
