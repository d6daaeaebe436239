"""Decisions and names of events, when the reader of a ledger changes what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from conftest import NewPlace
from told import Fact, Happening, Told, tell
from variorum.ledger import Ledger
from variorum.model import (
    Article,
    Extraction,
    Judgement,
    Mention,
    Ruling,
    Verdict,
    make_claim,
    make_mention,
    make_reading,
)
from variorum.pipeline import follow, run
from variorum.pipeline.report import Report

DAY, TOWN, SEVEN = Fact("date", "2031-05-01"), Fact("place", "gn:170063"), Fact("munitions", "7")
ONE = tell("One", Happening("strike", (DAY, TOWN, SEVEN)))
TWO = tell("Two", Happening("strike", (DAY, TOWN, SEVEN), "Others said"))
REPORTS = (ONE, TWO)


@dataclass(frozen=True)
class Shifted:
    """A reader whose every version finds mentions that begin some letters later; one of -1 finds nothing."""

    version: str = "0"
    extractor: str = "by hand"
    server: str = ""
    langs: tuple[str, ...] | None = None

    def prepare(self) -> None:
        return None

    def __call__(self, article: Article) -> Extraction:
        report = next(report for report in REPORTS if report.article == article)
        reading = make_reading(article.id, self.extractor, self.version)
        later = int(self.version)
        if later < 0:
            return Extraction(reading, (), ())
        old = report.mentions[0]
        mention = make_mention(article, reading.id, old.kind, old.start + later, old.end)
        claims = tuple(
            make_claim(mention, article, prop=row.prop, value=row.value, scope=row.scope, start=row.start, end=row.end)
            for row in report.claims
        )
        return Extraction(reading, (mention,), claims)


def at(step: int) -> str:
    return f"2031-05-03T10:00:{step:02d}+00:00"


def read(ledger: Ledger, version: int, step: int) -> None:
    run([], ledger, now=at(step), reader=Shifted(str(version)), workers=1)


def withdraw(ledger: Ledger, report: Told, step: int) -> None:
    for reading in list(ledger.readings(report.article.id)):
        ledger.supersede(reading.id)
    follow(ledger, Report(), command="judge", now=at(step))


def mentions(ledger: Ledger) -> list[Mention]:
    return [next(ledger.mentions(report.article.id)) for report in REPORTS]


def judge(ledger: Ledger, verdict: Verdict, step: int) -> None:
    left, right = sorted(mention.id for mention in mentions(ledger))
    ledger.add_judgement(Judgement(left, right, verdict, "ada", None, "read both", at(step)))


def live(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [(row.verdict, row.left, row.right) for row in ledger.judgements()]


def standing(ledger: Ledger, verdict: str) -> list[tuple[str, str, str]]:
    left, right = sorted(mention.id for mention in mentions(ledger))
    return [(verdict, left, right)]


def lost(ledger: Ledger) -> list[str]:
    return [row.code for row in ledger.problems()]


@pytest.fixture
def ledger(empty_place: NewPlace) -> Iterator[Ledger]:
    """A ledger with two reports of one event, which a person told apart."""
    with Ledger.open(empty_place("sqlite")) as opened:
        opened.add_articles(report.article for report in REPORTS)
        read(opened, 0, 1)
        judge(opened, "different", 2)
        yield opened


def test_a_judgement_follows_both_its_mentions_in_one_run(ledger: Ledger) -> None:
    read(ledger, 3, 4)
    assert live(ledger) == standing(ledger, "different")
    assert lost(ledger) == []
    assert len(list(ledger.events())) == 2


def test_a_judgement_follows_a_mention_that_another_reader_brings_back(ledger: Ledger) -> None:
    withdraw(ledger, ONE, 3)
    read(ledger, 3, 4)
    assert live(ledger) == standing(ledger, "different")


def test_a_judgement_waits_for_a_mention_that_is_not_found_and_is_listed(ledger: Ledger) -> None:
    before = live(ledger)
    read(ledger, -1, 4)
    assert live(ledger) == before
    assert set(lost(ledger)) == {"judgement-lost"}
    read(ledger, 3, 5)
    assert live(ledger) == standing(ledger, "different")
    assert lost(ledger) == []


def test_a_judgement_that_is_taken_back_does_not_come_back_with_another_reader(ledger: Ledger) -> None:
    read(ledger, 3, 4)
    ledger.retract(next(ledger.decisions()).act, by="ada", at=at(5))
    for step, version in enumerate((0, 2, 3, 0), start=6):
        read(ledger, version, step)
        assert live(ledger) == []


def test_a_judgement_is_live_in_one_row_whatever_reader_comes(ledger: Ledger) -> None:
    for step, version in enumerate((3, 0, 2, 0, 3), start=4):
        read(ledger, version, step)
        assert live(ledger) == standing(ledger, "different")


def test_the_log_says_why_a_row_was_stamped(ledger: Ledger) -> None:
    read(ledger, 3, 4)
    assert [row.note for row in ledger.log() if row.kind == "retracted"] == [
        "D1 different: carried on to another reading",
        "D1 different: carried on to another reading",
    ]


def test_a_ruling_follows_its_claim_and_is_live_once(ledger: Ledger) -> None:
    claim = next(row for row in ledger.claims(ONE.article.id) if row.prop == "munitions")
    ledger.add_ruling(Ruling(claim.id, "reject", None, "ada", "misread", at(3)))
    read(ledger, 3, 4)
    (row,) = ledger.rulings()
    assert row.subject in {found.id for found in ledger.claims(ONE.article.id)}


def test_an_event_keeps_its_id_when_a_reader_finds_its_mentions_elsewhere(ledger: Ledger) -> None:
    before = {event.id for event in ledger.events()}
    read(ledger, 3, 4)
    assert before <= {event.id for event in ledger.events()}
    assert not {row.old for row in ledger.redirects()} & before


def test_an_event_that_comes_back_with_another_reader_has_its_id_again(ledger: Ledger) -> None:
    follow(ledger, Report(), command="judge", now=at(3))
    before = {event.id for event in ledger.events()}
    withdraw(ledger, ONE, 4)
    read(ledger, 3, 5)
    assert {event.id for event in ledger.events()} == before


def test_the_members_of_a_retired_event_are_those_it_had_last(ledger: Ledger) -> None:
    before = {event.id: event.mentions for event in ledger.events()}
    for reading in list(ledger.readings()):
        ledger.supersede(reading.id)
    follow(ledger, Report(), command="judge", now=at(4))
    assert list(ledger.events()) == []
    assert {key: members for key, members in ledger.members().items() if key in before} == before
