"""Mentions that come and go in any order and in any batches leave what one pass over those that stand gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from told import Fact, Happening, Map, tell
from variorum.model import Judgement
from variorum.resolve import blocks, candidates, incremental
from variorum.resolve.candidates import Pair
from variorum.resolve.cluster import Grouping, Link
from variorum.resolve.incremental import Standing
from variorum.resolve.scoring import score_pairs
from variorum.resolve.view import MentionView, make_views

PLACES = ("gn:wadi", "gn:tarn", "gn:ridge", "gn:far", "ne:north", "ne:XA", "name:Hollow")
DATES = ("2031-05-01", "2031-05-02", "2031-05-09", "2031-05", "rel:thu")
WORDS = ("a market was shelled", "rockets fell on the bakery", "gunmen took two drivers", "the camp burnt down")


def make_pool() -> list[MentionView]:
    """Lay out ninety mentions of a few places and days, so that every block is crowded."""
    reports = []
    for number in range(90):
        facts = []
        if number % 7:
            facts.append(Fact("date", DATES[number * 5 % 11 % len(DATES)]))
        if number % 5:
            facts.append(Fact("place", PLACES[number * 3 % 13 % len(PLACES)]))
        if number % 3:
            facts.append(Fact("killed", str(2 + number % 4), "all"))
        kind = ("strike", "strike", "attack", "destruction")[number % 4]
        happening = Happening(kind, facts, f"{WORDS[number % 4]} {'again ' * (number % 3)}")
        published = None if number % 11 == 0 else f"2031-05-{2 + number % 3:02d}"
        reports.append(tell(f"R{number}", happening, published=published))
    return make_views(
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        gazetteer=Map(),
    )


POOL = make_pool()
IDS = [view.id for view in POOL]
numbers = st.integers(0, len(POOL) - 1)
steps = st.lists(
    st.tuples(st.sampled_from(["add", "add", "remove", "judge"]), st.lists(numbers, min_size=1, max_size=40)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make bounds so narrow that a few mentions reach them."""
    monkeypatch.setattr(blocks, "LIMIT", 6)
    monkeypatch.setattr(blocks, "WINDOW", 2)
    monkeypatch.setattr(incremental, "FULL_COMPARISON", 8)


def verdicts(chosen: Sequence[int]) -> list[Judgement]:
    pairs = [sorted((IDS[one], IDS[other])) for one, other in pairwise(chosen) if one != other]
    return [
        Judgement(left, right, "same" if place % 2 else "different", "mk", None, "", f"2031-05-0{1 + place % 5}")
        for place, (left, right) in enumerate(pairs)
    ]


Answer = tuple[list[Link], Grouping, list[candidates.Cut]]


def answer(standing: Standing) -> Answer:
    return standing.links(), standing.grouping(), standing.cut()


def in_one_pass(chosen: Collection[int], said: list[Judgement], most: int) -> Answer:
    standing = Standing(pairs_per_mention=most)
    standing.judge(said)
    standing.add([POOL[number] for number in sorted(chosen)])
    return answer(standing)


@given(steps, st.sampled_from([2, 5, 16]))
@settings(deadline=None, max_examples=60)
def test_what_comes_and_goes_leaves_what_one_pass_gives(history: list[tuple[str, list[int]]], most: int) -> None:
    standing = Standing(pairs_per_mention=most)
    there: set[int] = set()
    said: list[Judgement] = []
    for step, chosen in history:
        if step == "add":
            new = set(chosen) - there
            standing.add([POOL[number] for number in new])
            there |= new
        elif step == "remove":
            standing.remove([IDS[number] for number in chosen])
            there -= set(chosen)
        else:
            said = verdicts(chosen)
            standing.judge(said)
    assert answer(standing) == in_one_pass(there, said, most)


@given(st.permutations(range(len(POOL))), st.integers(1, len(POOL)))
@settings(deadline=None, max_examples=15)
def test_order_and_batches_leave_no_trace(order: list[int], size: int) -> None:
    standing = Standing(pairs_per_mention=5)
    for start in range(0, len(order), size):
        standing.add([POOL[number] for number in order[start : start + size]])
    assert answer(standing) == in_one_pass(range(len(POOL)), [], 5)


@given(st.sets(numbers, min_size=1, max_size=60), st.sampled_from([2, 5]))
@settings(deadline=None, max_examples=40)
def test_what_goes_leaves_no_trace(gone: set[int], most: int) -> None:
    standing = Standing(pairs_per_mention=most)
    standing.add(POOL)
    standing.remove([IDS[number] for number in gone])
    assert answer(standing) == in_one_pass(set(range(len(POOL))) - gone, [], most)


def test_a_pair_that_stands_is_not_scored_again() -> None:
    scored: list[Pair] = []

    def score(views: Mapping[str, MentionView], pairs: Collection[Pair]) -> list[Link]:
        scored.extend(pairs)
        return score_pairs(views, pairs)

    standing = Standing(score)
    standing.add(POOL[:60])
    before = {(link.left, link.right) for link in standing.links()}
    scored.clear()
    standing.add(POOL[60:])
    assert scored
    assert before.isdisjoint(scored)


def test_links_known_from_an_earlier_run_are_not_scored_again() -> None:
    first = Standing()
    first.add(POOL)
    scored: list[Pair] = []

    def score(views: Mapping[str, MentionView], pairs: Collection[Pair]) -> list[Link]:
        scored.extend(pairs)
        return score_pairs(views, pairs)

    second = Standing(score, known={(link.left, link.right): link for link in first.links()})
    second.add(POOL)
    assert scored == []
    assert answer(second) == answer(first)


def test_groups_that_nothing_reaches_are_left_alone() -> None:
    day, town = Fact("date", "2031-05-01"), Fact("place", "gn:wadi")
    old = [tell(name, Happening("strike", [day, town])) for name in ("One", "Two")]
    new = tell("Three", Happening("talks", [Fact("date", "2031-05-01"), Fact("place", "gn:far")]))
    views = {
        report.article.title: make_views([report.article], report.mentions, report.claims, gazetteer=Map())[0]
        for report in (*old, new)
    }
    standing = Standing()
    assert standing.add([views["One"], views["Two"]]) == {views["One"].id, views["Two"].id}
    assert standing.add([views["Three"]]) == {views["Three"].id}


def test_a_mention_that_is_in_is_not_taken_twice() -> None:
    standing = Standing()
    standing.add(POOL[:1])
    with pytest.raises(ValueError, match="in already"):
        standing.add(POOL[:1])
