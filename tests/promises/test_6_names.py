"""Promise 6: a published event id always leads somewhere."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from conftest import NewPlace
from invented import Deed, Story, at, deeds, do, judge, leads_to, stories, take, tries, work_out
from variorum.ledger import Ledger
from variorum.model import Event


@tries(25)
@given(stories(), st.data(), deeds(max_size=14))
def test_a_published_event_id_always_leads_somewhere(
    empty_place: NewPlace, told: list[Story], data: st.DataObject, history: list[Deed]
) -> None:
    place = empty_place("sqlite")
    first = data.draw(st.integers(0, len(told)))
    with Ledger.open(place) as ledger:
        folder = Path(place).parent / "in"
        published: dict[str, Event] = {}
        take(ledger, folder, "first", told[:first], at(0))
        for step, deed in enumerate(history, start=1):
            do(ledger, folder, told, deed, 2 * step)
            work_out(ledger, at(2 * step + 1))
            live = {event.id: event for event in ledger.events()}
            published |= live
            for event_id, last in published.items():
                assert ledger.event(event_id, last.version) == last
                assert leads_to(ledger, event_id) in {*live, ""}
                assert [row.event.version for row in ledger.versions(event_id)] == [*range(1, last.version + 1)]
            standing = {mention.id for mention in ledger.mentions()}
            assert {mention for event in live.values() for mention in event.mentions} <= standing
            for event_id, last in published.items():
                if standing & set(last.mentions):
                    assert leads_to(ledger, event_id) != ""
        assert ledger.check() == []


@tries(20)
@given(stories(min_size=2), deeds(max_size=8), st.integers(0, 20), st.integers(0, 20))
def test_undoing_a_merge_gives_the_old_id_back(
    empty_place: NewPlace, told: list[Story], history: list[Deed], one: int, other: int
) -> None:
    place = empty_place("sqlite")
    with Ledger.open(place) as ledger:
        folder = Path(place).parent / "in"
        take(ledger, folder, "first", told, at(0))
        for step, deed in enumerate(history, start=1):
            do(ledger, folder, told, deed, step)
        work_out(ledger, at(100))
        before = {event.id: (event.mentions, event.values, event.relations) for event in ledger.events()}
        mentions = [mention for mention in ledger.mentions() if ledger.event_of(mention.id)]
        if len(mentions) < 2:
            return
        left, right = mentions[one % len(mentions)], mentions[other % len(mentions)]
        if left.id == right.id or any(
            {row.left, row.right} == {left.id, right.id} and row.by == "cy" for row in ledger.judgements()
        ):
            return
        judge(ledger, left, right, "same", "cy", at(101))
        work_out(ledger, at(102))
        assert all(leads_to(ledger, event_id) for event_id in before)
        ledger.retract(next(ledger.decisions()).act, by="cy", at=at(103))
        work_out(ledger, at(104))
        assert {event.id: (event.mentions, event.values, event.relations) for event in ledger.events()} == before
