"""Promise 4: a person outranks the matcher."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from hypothesis import given

from conftest import NewPlace
from invented import Deed, Story, at, deeds, do, exported, grouping, stories, take, tries, work_out
from variorum.ledger import Ledger
from variorum.model import Judgement, Mention
from variorum.pipeline import gazetteer
from variorum.resolve.resolution import Resolution, resolve

NOW = at(3000)


def last_words(ledger: Ledger) -> dict[tuple[str, str, str], Judgement]:
    """Give what each person says of each pair now: the last word counts, "unsure" takes nothing from another person."""
    found: dict[tuple[str, str, str], Judgement] = {}
    for row in ledger.judgements():
        found[row.left, row.right, row.by] = row
    return found


def resolved(ledger: Ledger) -> Resolution:
    """Resolve what the ledger holds, for what was refused."""
    return resolve(
        ledger.articles(),
        ledger.mentions(),
        ledger.claims(),
        ledger.copies(),
        ledger.judgements(),
        ledger.rulings(),
        register=ledger.register(),
        previous={event.id: event.mentions for event in ledger.events()},
        redirects=ledger.redirects(),
        gazetteer=gazetteer(),
        now=NOW,
    )


def ledger_of(place: str, told: list[Story], history: list[Deed]) -> Iterator[Ledger]:
    """Play a history into a ledger and work it out."""
    with Ledger.open(place) as ledger:
        take(ledger, Path(place).parent / "in", "first", told, at(0))
        for step, deed in enumerate(history, start=1):
            do(ledger, Path(place).parent / "in", told, deed, step)
        work_out(ledger, NOW)
        yield ledger


def pairs_said(ledger: Ledger, verdict: str) -> set[tuple[str, str]]:
    return {(left, right) for (left, right, _), row in last_words(ledger).items() if row.verdict == verdict}


@tries(20)
@given(stories(), deeds("judge", "judge", "judge", "retract", "work out", max_size=12))
def test_two_mentions_that_a_person_told_apart_are_never_in_one_event(
    empty_place: NewPlace, told: list[Story], history: list[Deed]
) -> None:
    for ledger in ledger_of(empty_place("sqlite"), told, history):
        together = grouping(ledger)
        for left, right in pairs_said(ledger, "different"):
            assert not any({left, right} <= mentions for mentions in together)


@tries(20)
@given(stories(), deeds("judge", "judge", "judge", "retract", "work out", max_size=12))
def test_two_mentions_told_the_same_are_one_event_or_the_refused_merge_is_shown(
    empty_place: NewPlace, told: list[Story], history: list[Deed]
) -> None:
    for ledger in ledger_of(empty_place("sqlite"), told, history):
        together = grouping(ledger)
        apart = pairs_said(ledger, "different")
        refused = {(row.left, row.right): row.why for row in resolved(ledger).refused if row.wanted_by != "matcher"}
        for pair in pairs_said(ledger, "same"):
            if not any(set(pair) <= mentions for mentions in together):
                assert apart
                assert "differ" in refused[pair]
        assert apart or not refused


@tries(10)
@given(stories(), deeds("judge", max_size=8))
def test_what_is_taken_back_leaves_no_trace_in_the_events(
    empty_place: NewPlace, told: list[Story], history: list[Deed]
) -> None:
    place = empty_place("sqlite")
    with Ledger.open(place) as ledger:
        take(ledger, Path(place).parent / "in", "first", told, at(0))
        before = {line.partition('"version"')[2].partition(",")[2] for line in exported(ledger).splitlines()}
        names = {event.id: event.mentions for event in ledger.events()}
        for step, deed in enumerate(history, start=1):
            do(ledger, Path(place).parent / "in", told, deed, step)
        work_out(ledger, at(100))
        for row in list(ledger.decisions()):
            if row.what.retracted is None:
                ledger.retract(row.act, by="ada", at=at(101))
        work_out(ledger, at(102))
        assert {event.id: event.mentions for event in ledger.events()} == names
        assert {line.partition('"version"')[2].partition(",")[2] for line in exported(ledger).splitlines()} == before


@tries(10)
@given(stories(min_size=2))
def test_the_matchers_own_judgements_bind_no_one(empty_place: NewPlace, told: list[Story]) -> None:
    place = empty_place("sqlite")
    with Ledger.open(place) as ledger:
        take(ledger, Path(place).parent / "in", "first", told, at(0))
        before = grouping(ledger)
        mentions: list[Mention] = sorted(ledger.mentions(), key=lambda row: row.id)
        together = {id: mentions for mentions in before for id in mentions}
        for left, right in pairwise(mentions):
            verdict = "different" if together.get(left.id) == together.get(right.id) else "same"
            ledger.add_judgement(Judgement(left.id, right.id, verdict, "matcher", 0.5, "", at(1)))  # type: ignore[arg-type]
        work_out(ledger, at(2))
        assert grouping(ledger) == before
