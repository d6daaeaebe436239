"""What stands between events follows every history: no id in it leads nowhere, and nothing is merged by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories as make
from conftest import NewPlace
from invented import Deed, at, deeds, do, judge, tries, work_out
from variorum.ledger import Ledger
from variorum.model import Article, story_id
from variorum.pipeline import run
from variorum.pipeline.resolving import make_stories

# An air strike, rockets in answer to it, three raids that a fourth report counts, a convoy that leaves and arrives.
REPORTS = (
    (
        "2031-05-05",
        "Nine people were killed on Sunday when an air strike hit a market in Idlib, the civil defence said.",
    ),
    (
        "2031-05-06",
        "Rebels fired eleven rockets at an army base near Homs on Tuesday, killing four soldiers, the army said.\n\n"
        "The rebels said the attack was in retaliation for an air strike on a market in Idlib that killed nine people "
        "on Sunday.",
    ),
    ("2031-04-15", "An air strike killed six people in Raqqa on 14 April, the civil defence said."),
    ("2031-04-23", "Warplanes struck a bakery in Raqqa on Tuesday, killing nine people, a clinic in the city said."),
    ("2031-05-03", "Two nurses died when an air strike hit the hospital of Raqqa on 2 May, the health ministry said."),
    (
        "2031-05-09",
        "There have been four air strikes on Raqqa since the middle of April, a monitoring group said on Friday.",
    ),
    ("2031-05-06", "A convoy of 17 buses carrying 300 fighters departed from Zabadani on Monday, state media said."),
    ("2031-05-07", "Buses carrying 300 fighters from Zabadani arrived in Idlib on Tuesday, activists said."),
)


def row(number: int) -> dict[str, str]:
    published, text = REPORTS[number]
    return {"url": f"https://tarn.invalid/{number}", "outlet": "Tarn Post", "published": published, "text": text + "\n"}


def take_all(ledger: Ledger, folder: Path, numbers: list[int], name: str = "all") -> None:
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row(number)) + "\n" for number in numbers), encoding="utf-8")
    run([path], ledger, now=at(0), workers=1)


def said(ledger: Ledger) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """Give ties and counts without the names of events, which hold the time of naming."""
    held = {event.id: event.mentions for event in ledger.events()}
    found = ledger.structure()
    ties = {(held[tie.left], tie.name, held[tie.right], tie.why, tie.quote, tie.articles) for tie in found.related}
    return ties, {(row.id, row.stated, frozenset(held[id] for id in row.events)) for row in found.counted}


@tries(12)
@given(deeds("judge", "retract", "withdraw", "bring back", "rule", "work out", max_size=8))
def test_no_history_leaves_an_id_that_leads_nowhere(empty_place: NewPlace, history: list[Deed]) -> None:
    place = empty_place("sqlite")
    folder = Path(place).parent / "in"
    with Ledger.open(place) as ledger:
        take_all(ledger, folder, list(range(len(REPORTS))))
        for step, deed in enumerate(history, start=1):
            do(ledger, folder, [], deed, step)
            work_out(ledger, at(50 + step))
            assert ledger.check() == []
            live = {event.id for event in ledger.events()}
            found = ledger.structure()
            assert {id for tie in found.related for id in (tie.left, tie.right)} <= live
            assert {id for count in found.counted for id in count.events} <= live
            assert all(tie.left != tie.right for tie in found.related)


@tries(8)
@given(st.permutations(range(len(REPORTS))), st.integers(1, len(REPORTS) - 1))
def test_ties_and_counts_do_not_depend_on_the_order_of_reports(
    empty_place: NewPlace, order: list[int], cut: int
) -> None:
    found = []
    for batches in ([list(range(len(REPORTS)))], [order[:cut], order[cut:]]):
        place = empty_place("sqlite")
        with Ledger.open(place) as ledger:
            for number, batch in enumerate(batches):
                take_all(ledger, Path(place).parent / "in", batch, f"batch{number}")
            found.append(said(ledger))
    assert found[0] == found[1]
    assert {tie[1] for tie in found[0][0]} == {"response to", "later in"}
    assert [len(count[2]) for count in found[0][1]] == [3]


def test_a_tie_follows_when_a_person_joins_its_two_events(empty_place: NewPlace) -> None:
    place = empty_place("sqlite")
    with Ledger.open(place) as ledger:
        take_all(ledger, Path(place).parent / "in", [0, 1])
        (tie,) = ledger.structure().related
        events = {event.id: event for event in ledger.events()}
        mentions = {mention.id: mention for mention in ledger.mentions()}
        left, right = (mentions[events[id].mentions[0]] for id in (tie.left, tie.right))
        judge(ledger, left, right, "same", "ada", at(1))
        work_out(ledger, at(2))
        assert ledger.structure().related == ()
        assert ledger.check() == []


def test_a_late_article_never_renames_a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    early, first, second, other = (
        make.article(name, published=day)
        for name, day in (("early", "2031-05-01"), ("first", "2031-05-02"), ("second", "2031-05-03"), ("other", None))
    )

    def named(came: list[Article], *groups: tuple[Article, ...]) -> dict[str, str]:
        found = tuple(tuple(article.id for article in group) for group in groups)
        monkeypatch.setattr("variorum.pipeline.resolving.group_stories", lambda _: found)
        return {id: story.id for story in make_stories(came) for id in story.articles}

    before = named([first, second, other], (first, second), (other,))
    assert before == {first.id: story_id(first.id), second.id: story_id(first.id), other.id: story_id(other.id)}
    after = named([first, second, other, early], (early, first, second), (other,))
    assert after == before | {early.id: story_id(first.id)}
    joined = named([first, second, other, early], (other, early, first, second))
    assert set(joined.values()) == {story_id(first.id)}
