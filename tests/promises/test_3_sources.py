"""Promise 3: a source counts once, a copy counts with its original, a last word replaces the earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import assume, example, given
from hypothesis import strategies as st

from invented import tries
from told import NOW, Fact, Happening, Map, Told, tell
from variorum.model import Copy, Judgement, Settled
from variorum.resolve.resolution import resolve

NAMED = ("clinic", "council", "ministry")
COMMON = (Fact("date", "2031-05-01"), Fact("place", "gn:wadi"))
PROPS = ("killed", "munitions", "distance", "weapon", "cause")
VALUES = {
    "killed": ("3", "12", "12..", "..20", "~15", "40"),
    "munitions": ("5", "7"),
    "distance": ("500 km", "500..650 km", "30 km"),
    "weapon": ("missile", "missile.cruise", "bomb.barrel"),
    "cause": ("a gas leak", "a rocket"),
}
SCOPES = ("all", "civilians")


@dataclass(frozen=True)
class Report:
    """What one report of the event says, and on which day of May it was printed."""

    facts: tuple[Fact, ...]
    day: int | None


def _fact(prop: str) -> st.SearchStrategy[Fact]:
    return st.builds(
        Fact,
        st.just(prop),
        st.sampled_from(VALUES[prop]),
        st.sampled_from(SCOPES) if prop == "killed" else st.none(),
        st.sampled_from(("", *NAMED)),
        st.sampled_from(("asserts", "asserts", "hedges", "denies")),
    )


facts = st.sampled_from(PROPS).flatmap(_fact)
worlds = st.lists(
    st.builds(Report, st.lists(facts, min_size=1, max_size=3).map(tuple), st.sampled_from([2, 3, 4, None])),
    min_size=1,
    max_size=4,
)
Key = tuple[str, str | None]


def write(name: str, report: Report, outlet: str | None = None) -> Told:
    """Write a report; its figures stand after the facts by which all are one event."""
    published = None if report.day is None else f"2031-05-{report.day:02d}"
    return tell(name, Happening("strike", (*COMMON, *report.facts)), published=published, outlet=outlet)


def settled(reports: Sequence[Told], copies: Mapping[str, str] | None = None) -> list[Settled]:
    """Resolve reports that a person said are one event; `copies` leads from a copy's title to its original's."""
    first = reports[0].mentions[0].id
    same = [
        Judgement(min(first, other.mentions[0].id), max(first, other.mentions[0].id), "same", "ada", None, "", NOW)
        for other in reports[1:]
    ]
    ids = {report.article.title: report.article.id for report in reports}
    (event,) = resolve(
        [report.article for report in reports],
        [mention for report in reports for mention in report.mentions],
        [claim for report in reports for claim in report.claims],
        [Copy(ids[copy], ids[original], 1.0) for copy, original in (copies or {}).items()],
        same,
        gazetteer=Map(),
        now=NOW,
    ).events
    return [row for row in event.values if row.prop in PROPS]


def by_value(rows: Sequence[Settled]) -> list[tuple[object, ...]]:
    return [(row.prop, row.scope, row.value, row.sources, row.status == "contested") for row in rows]


@tries(60)
@example(
    [
        Report((Fact("killed", "40", "all", "ministry"),), 2),
        Report((Fact("killed", "12", "all", "clinic"),), 2),
        Report((Fact("killed", "12", "all", "council"),), 2),
    ],
    0,
    5,
)
@example(
    [Report((Fact("killed", "40", "all", "ministry"),), 2), Report((Fact("killed", "12", "all", "clinic"),), 2)], 0, 3
)
@given(worlds, st.integers(0, 20), st.integers(1, 4))
def test_a_source_counts_once_however_many_outlets_relay_it(world: list[Report], which: int, times: int) -> None:
    reports = [write(f"R{n}", report) for n, report in enumerate(world)]
    said = [(fact, report.day) for report in world for fact in report.facts if fact.source]
    assume(said)
    fact, day = said[which % len(said)]
    relays = [write(f"Relay {n}", Report((fact,), day)) for n in range(times)]
    assert by_value(settled([*reports, *relays])) == by_value(settled(reports))


@tries(60)
@given(worlds, st.integers(0, 3), st.integers(1, 3))
def test_a_copy_counts_with_its_original(world: list[Report], which: int, times: int) -> None:
    reports = [write(f"R{n}", report) for n, report in enumerate(world)]
    original = which % len(world)
    more = [write(f"Copy {n}", Report(world[original].facts, 9), f"Copier {n}") for n in range(times)]
    copies = {f"Copy {n}": f"R{original}" for n in range(times)}

    def counted(rows: Sequence[Settled]) -> list[tuple[object, ...]]:
        return [(row.prop, row.scope, row.value, row.status, row.lineages, row.sources) for row in rows]

    assert counted(settled([*reports, *more], copies)) == counted(settled(reports))


@tries(60)
@given(worlds, st.sampled_from(NAMED), st.sampled_from(VALUES["killed"]), st.sampled_from(SCOPES))
def test_a_sources_last_word_replaces_its_earlier_one(world: list[Report], source: str, value: str, scope: str) -> None:
    reports = [write(f"R{n}", Report(report.facts, report.day or 2)) for n, report in enumerate(world)]
    last = write("Last", Report((Fact("killed", value, scope, source),), 9))
    rows = [row for row in settled([*reports, last]) if (row.prop, row.scope) == ("killed", scope)]
    counted = {id for row in rows for id in (*row.support, *row.against)}
    earlier = {
        claim.id
        for report in reports
        for claim in report.claims
        if (claim.prop, claim.scope, claim.source) == ("killed", scope, source)
        and (claim.value, claim.stance) != (value, "asserts")
        and not (claim.value == value and claim.stance == "hedges")
    }
    assert not earlier & counted
    assert any(source in row.sources for row in rows) or rows[0].against
