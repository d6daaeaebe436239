"""A decision that stands is never lost by a merge: not the first time, not again, and not on the way back."""

from __future__ import annotations

import shutil

import pytest

import factories as make
from conftest import NewPlace
from invented import at, content, work_out
from variorum.ledger import Ledger
from variorum.model import Article, Extraction, Judgement, Ruling, make_reading
from variorum.pipeline.carrying import Carrier
from variorum.pipeline.merging import merge

ABOUT = make.article("both", f"both {make.TEXT}")


def older(about: Article = ABOUT) -> Extraction:
    return make.extraction(about, version="9")


def newer(about: Article = ABOUT) -> Extraction:
    """A reading with another mention, and so with other claims, at the same words."""
    reading = make_reading(about.id, "rules", "10")
    mention = make.make_mention(about, reading.id, "strike", 5, len(about.text))
    claims = tuple(make.claim(about, mention, "killed", quote) for quote in ("12", "Seven"))
    return Extraction(reading, (mention,), claims)


def read_anew(ledger: Ledger, found: Extraction, step: int) -> None:
    with ledger.writing():
        Carrier(ledger, by="a reader", now=at(step)).carry(found.reading.article_id, found)


def live(place: str) -> list[Judgement | Ruling]:
    with Ledger.open(place) as ledger:
        return [*ledger.judgements(), *ledger.rulings()]


def counting(place: str) -> list[tuple[str, str, str]]:
    """Give the live rulings on claims that stand: the quote, the verdict and when it was said."""
    with Ledger.open(place) as ledger:
        standing = {claim.id: claim.quote for claim in ledger.claims()}
        return sorted((standing[row.subject], row.verdict, row.at) for row in ledger.rulings())


def merged(ours: str, theirs: str) -> bool:
    """Merge; gives whether anything changed."""
    with Ledger.open(ours) as ledger, Ledger.open(theirs, readonly=True) as other:
        before = list(ledger.decisions())
        done = merge(ledger, other, now=at(90))
        assert ledger.check() == []
        assert done.changed or list(ledger.decisions()) == before
        return done.changed


@pytest.fixture
def pair(new_place: NewPlace) -> tuple[str, str]:
    """Two ledgers, with one article read in both."""
    places = new_place("sqlite"), new_place("sqlite")
    for one in places:
        with Ledger.open(one, create=True) as ledger:
            ledger.add_article(ABOUT)
            ledger.add_extraction(older())
    return places


def carried_and_back(theirs: str, ours: str, *, ours_from: str) -> None:
    """Decide there, read anew, and read as before; ours is a copy of one of these moments."""
    with Ledger.open(theirs) as other:
        other.decide([make.ruling(claim, "reject", at=at(1)) for claim in older().claims])
    for name, found, step in (("decided", newer(), 2), ("carried", older(), 3)):
        if ours_from == name:
            shutil.copy(theirs, ours)
        with Ledger.open(theirs) as other:
            read_anew(other, found, step)


@pytest.mark.parametrize("ours_from", ["nothing", "decided", "carried"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_decision_carried_to_another_reading_and_back_stays_live(
    pair: tuple[str, str], ours_from: str, times: int
) -> None:
    ours, theirs = pair
    carried_and_back(theirs, ours, ours_from=ours_from)
    for place in range(times):
        assert merged(ours, theirs) <= (place == 0)
    for place in range(times):
        assert merged(theirs, ours) <= (place == 0)
    assert counting(ours) == counting(theirs) == [("12", "reject", at(1)), ("Seven", "reject", at(1))]


@pytest.mark.parametrize("ours_from", ["nothing", "decided", "undone", "again"])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_decision_undone_and_made_again_in_one_second_stays_live(
    pair: tuple[str, str], ours_from: str, times: int
) -> None:
    ours, theirs = pair
    word = make.ruling(older().claims[0], "reject", at=at(1))
    with Ledger.open(theirs) as other:
        other.decide([word])
    for name in ("decided", "undone", "again"):
        with Ledger.open(theirs) as other:
            if name == "undone":
                other.retract(1, by="mk", at=at(1))
            if name == "again":
                other.decide([word])
        if ours_from == name:
            shutil.copy(theirs, ours)
    for place in range(times):
        assert merged(ours, theirs) <= (place == 0)
    for place in range(times):
        assert merged(theirs, ours) <= (place == 0)
    assert live(ours) == live(theirs) == [word]


@pytest.mark.parametrize("taken_back_in", ["ours", "theirs"])
def test_what_a_person_took_back_does_not_come_again_because_it_was_carried_and_back(
    pair: tuple[str, str], taken_back_in: str
) -> None:
    ours, theirs = pair
    carried_and_back(theirs, ours, ours_from="decided")
    with Ledger.open(ours if taken_back_in == "ours" else theirs) as ledger:
        ledger.retract(1, by="bo", at=at(5), why="a slip")
    for _ in range(2):
        merged(ours, theirs)
        merged(theirs, ours)
        assert live(ours) == live(theirs) == []


def test_one_decision_here_and_two_there_in_the_same_words_double_no_row(pair: tuple[str, str]) -> None:
    ours, theirs = pair
    words = [make.ruling(claim, "reject", at=at(1)) for claim in older().claims]
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        ledger.decide(words)
        for word in words:
            other.decide([word])
    merged(ours, theirs)
    merged(theirs, ours)
    assert live(ours) == live(theirs) == words


def test_a_decision_that_waits_counts_when_a_reading_finds_its_words(pair: tuple[str, str]) -> None:
    ours, theirs = pair
    only_first = newer()
    lacking = Extraction(only_first.reading, only_first.mentions, only_first.claims[:1])
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        read_anew(ledger, lacking, 1)
        other.add_ruling(make.ruling(older().claims[1], "reject", at=at(2)))
    merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        assert [row.code for row in ledger.problems()] == ["merge-conflict"]
        reading = make_reading(ABOUT.id, "rules", "11")
        mention = make.make_mention(ABOUT, reading.id, "strike", 6, len(ABOUT.text))
        found = Extraction(reading, (mention,), (make.claim(ABOUT, mention, "killed", "Seven"),))
        read_anew(ledger, found, 91)
        assert [row.subject for row in ledger.rulings()] == [found.claims[0].id]
        work_out(ledger, at(92))
        assert [event.values for event in ledger.events() if event.values and event.values[0].support] == []


def test_a_judgement_on_a_mention_that_waits_joins_when_a_reading_finds_it(pair: tuple[str, str]) -> None:
    ours, theirs = pair
    about = make.article("more", f"more {make.TEXT}")
    with Ledger.open(ours) as ledger, Ledger.open(theirs) as other:
        read_anew(ledger, Extraction(make_reading(ABOUT.id, "rules", "10"), (), ()), 1)
        for one in (ledger, other):
            one.add_article(about)
            one.add_extraction(older(about))
        other.add_judgement(make.judgement(older().mentions[0], older(about).mentions[0], at=at(2)))
    merged(ours, theirs)
    with Ledger.open(ours) as ledger:
        assert len(list(ledger.events())) == 1  # of the article whose mention is found
        read_anew(ledger, older(), 91)
        work_out(ledger, at(92))
        assert [len(mentions) for mentions in content(ledger)] == [2]
