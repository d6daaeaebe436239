"""The whole step: reports and decisions in, events out."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from told import Fact, Happening, Map, Told, tell
from variorum.model import Judgement, Ruling, Verdict
from variorum.resolve import Resolution, resolve

NOW = "2031-05-03T10:00:00Z"
DAY, TOWN, RIDGE = Fact("date", "2031-05-01"), Fact("place", "gn:wadi"), Fact("place", "gn:ridge")


def follow(
    *reports: Told,
    judgements: list[Judgement] | None = None,
    rulings: list[Ruling] | None = None,
    before: Resolution | None = None,
    now: str = NOW,
) -> Resolution:
    return resolve(
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        (),
        judgements or [],
        rulings or [],
        before.register if before else (),
        before.assignment if before else {},
        redirects=before.redirects if before else (),
        gazetteer=Map(),
        now=now,
    )


def strike(name: str, *facts: Fact, published: str = "2031-05-02") -> Told:
    return tell(name, Happening("strike", facts), published=published)


def judged(left: Told, right: Told, verdict: Verdict, at: str = NOW) -> Judgement:
    first, second = sorted((left.mentions[0].id, right.mentions[0].id))
    return Judgement(first, second, verdict, "mk", None, "", at)


ONE = strike("One", DAY, TOWN, Fact("munitions", "7"))
TWO = strike("Two", DAY, TOWN, Fact("munitions", "7"))
ELSEWHERE = strike("Three", DAY, RIDGE, Fact("munitions", "7"))


def test_two_reports_of_one_event_are_one_event() -> None:
    (event,) = follow(ONE, TWO).events
    assert event.kind == "strike"
    munitions = next(row for row in event.values if row.prop == "munitions")
    assert (munitions.value, munitions.status, munitions.lineages) == ("7", "agreed", 2)
    assert [row.name for row in event.relations if row.prop == "munitions"] == ["agrees"]


def test_the_same_weapon_elsewhere_is_another_event() -> None:
    assert len(follow(ONE, ELSEWHERE).events) == 2


def test_a_persons_word_goes_before_the_matcher() -> None:
    assert len(follow(ONE, TWO, judgements=[judged(ONE, TWO, "different")]).events) == 2
    assert len(follow(ONE, ELSEWHERE, judgements=[judged(ONE, ELSEWHERE, "same")]).events) == 1


def test_a_refused_merge_is_shown() -> None:
    found = follow(ONE, TWO, judgements=[judged(ONE, TWO, "different")])
    assert "mk said" in found.refused[0].why


def test_a_rejected_claim_settles_nothing() -> None:
    claim = next(claim for claim in ONE.claims if claim.prop == "munitions")
    (event,) = follow(ONE, rulings=[Ruling(claim.id, "reject", None, "mk", "", NOW)]).events
    assert [row.prop for row in event.values] == ["date", "place"]


def test_an_event_keeps_its_id_when_a_report_comes_later() -> None:
    first = follow(ONE)
    second = follow(ONE, TWO, before=first, now="2031-05-04T10:00:00Z")
    assert [event.id for event in second.events] == [event.id for event in first.events]


def test_resolving_again_changes_nothing() -> None:
    first = follow(ONE, TWO, ELSEWHERE)
    second = follow(ONE, TWO, ELSEWHERE, before=first, now="2031-05-04T10:00:00Z")
    assert second == first


def test_a_merge_by_a_person_leaves_a_redirect_and_its_undoing_takes_it_away() -> None:
    first = follow(ONE, ELSEWHERE)
    merged = follow(ONE, ELSEWHERE, judgements=[judged(ONE, ELSEWHERE, "same")], before=first, now="2031-05-04")
    assert len(merged.redirects) == 1
    assert merged.redirects[0].new == merged.events[0].id
    undone = follow(ONE, ELSEWHERE, before=merged, now="2031-05-05")
    assert undone.events == first.events
    assert undone.redirects == ()


def test_pairs_near_even_odds_wait_for_a_person() -> None:
    here, there = Fact("place", "gn:wadi", quote="Qasr al-Wadi"), Fact("place", "gn:wadi", quote="the old river town")
    one = tell("One", Happening("strike", [here], "Shells fell overnight"))
    two = tell("Two", Happening("strike", [there], "Residents spoke of blasts"), published="2031-05-03")
    found = follow(one, two)
    assert len(found.unsure) == 1
    assert len(found.events) == 2


def test_a_title_says_what_the_values_say() -> None:
    (event,) = follow(strike("One", DAY)).events
    assert event.title == "Strike, 1 May 2031"


def test_nothing_read_is_no_event() -> None:
    assert follow().events == ()


facts = st.one_of(
    st.builds(Fact, st.just("place"), st.sampled_from(["gn:wadi", "gn:tarn", "gn:ridge", "ne:north"])),
    st.builds(Fact, st.just("date"), st.sampled_from(["2031-05-01", "2031-05-02", "2031-05"])),
    st.builds(Fact, st.just("munitions"), st.sampled_from(["7", "3"])),
    st.builds(Fact, st.just("killed"), st.sampled_from(["12", "39..", "7"]), st.sampled_from(["all", "civilians"])),
)
happenings = st.builds(Happening, st.sampled_from(["strike", "attack", "destruction"]), st.lists(facts, max_size=3))
worlds = st.lists(
    st.tuples(st.lists(happenings, min_size=1, max_size=2), st.sampled_from([None, "2031-05-02", "2031-05-03"])),
    min_size=1,
    max_size=6,
)
said = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["same", "different"]), st.integers(1, 5)),
    max_size=5,
)
World = list[tuple[list[Happening], str | None]]
Said = list[tuple[int, int, Verdict, int]]


def build(world: World, words: Said) -> tuple[list[Told], list[Judgement]]:
    reports = [tell(f"R{n}", *told, published=day) for n, (told, day) in enumerate(world)]
    rows = [
        judged(reports[left], reports[right], verdict, f"2031-05-0{at}")
        for left, right, verdict, at in words
        if left != right and max(left, right) < len(reports)
    ]
    return reports, rows


@given(worlds, said, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_result_does_not_depend_on_the_order_in_which_reports_came(
    world: World, words: Said, chance: random.Random
) -> None:
    reports, rows = build(world, words)
    mixed = chance.sample(reports, len(reports))
    assert follow(*mixed, judgements=rows[::-1]) == follow(*reports, judgements=rows)


@given(worlds, said)
@settings(deadline=None)
def test_two_mentions_told_apart_are_never_in_one_event(world: World, words: Said) -> None:
    reports, rows = build(world, words)
    found = follow(*reports, judgements=rows)
    where = {mention: event.id for event in found.events for mention in event.mentions}
    last = {(row.left, row.right): row for row in sorted(rows, key=lambda row: (row.at, row.verdict))}
    for row in last.values():
        if row.verdict == "different":
            assert where[row.left] != where[row.right]


@given(st.lists(st.tuples(worlds, said), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_a_published_id_always_leads_somewhere_while_its_mentions_stand(history: list[tuple[World, Said]]) -> None:
    reports, _ = build(history[0][0], [])
    found: Resolution | None = None
    published: set[str] = set()
    for day, (_, words) in enumerate(history, start=1):
        rows = build(history[0][0], words)[1]
        found = follow(*reports, judgements=rows, before=found, now=f"2031-05-{day:02d}")
        live = {event.id for event in found.events}
        published |= live
        leads = {row.old: row.new for row in found.redirects}
        assert all(leads.get(event_id, event_id) in live for event_id in published)
