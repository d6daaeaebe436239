"""The laws of docs/model.md on values, scopes, relations and settling, each held against random small worlds."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from told import Fact, Happening, Told, said_in, tell, texts_of
from variorum import values
from variorum.model import Relation, Settled
from variorum.resolve.onevoice import name_voices
from variorum.resolve.relate import relate
from variorum.resolve.scopes import PARTITIONS, exclude_each_other, is_part
from variorum.resolve.settle import settle
from variorum.resolve.terms import order
from variorum.resolve.twice import second_figures
from variorum.resolve.voices import Said, add_up, find_drift, later
from variorum.schema import ValueType, load_schema
from variorum.values.order import mirror
from variorum.values.weapon import load_weapons

FEW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

TOLLS = {code for code, prop in load_schema().properties.items() if prop.type == "count"}

# ---------------------------------------------------------------- values

small = st.integers(0, 45)
counts = st.one_of(
    small.map(str),
    small.map("{}..".format),
    small.map("..{}".format),
    small.map("~{}".format),
    st.tuples(small, small).map(lambda pair: f"{min(pair)}..{max(pair) + 1}"),
)
quantities = st.builds("{} {}".format, counts, st.sampled_from(["km", "mi", "m", "nautical_mile", "year", "day", "kg"]))
months = st.integers(1, 12).map("{:02d}".format)
days = st.builds("{}-{:02d}".format, months, st.integers(1, 28))
years = st.sampled_from(["2030", "2031"])
atoms = st.one_of(years, st.builds("{}-{}".format, years, months), st.builds("{}-{}".format, years, days))
yearless = st.one_of(months, days).map("XXXX-{}".format)
weekdays = st.sampled_from(["rel:mon", "rel:thu", "rel:+thu", "rel:thu-1w"])
undated = st.one_of(weekdays, st.sampled_from(["rel:0d", "rel:-1d", "rel:-1w", "rel:-1y-07"]))


def in_turn(pair: tuple[str, str]) -> str:
    first, last = sorted(pair)
    return f"{first}/{last}" if first != last else first


dates = st.one_of(
    atoms,
    yearless,
    undated,
    st.tuples(st.builds("2031-{}".format, days), st.builds("2031-{}".format, days)).map(in_turn),
    st.tuples(days.map("XXXX-{}".format), days.map("XXXX-{}".format)).map(in_turn),
    st.builds("{};after={}".format, weekdays, st.one_of(st.builds("2031-{}".format, days), yearless)),
)
weapons = st.sampled_from(sorted(load_weapons()["weapon"]))
platform_paths = st.sampled_from(sorted(load_weapons()["platform"]))
platforms = st.one_of(platform_paths, st.builds("{} {}".format, counts, platform_paths))
bases = st.sampled_from(
    ["gn:170063", "gn:170654", "gn:173480", "ne:SY.aleppo", "ne:SY", "ne:TR", "va:sea.red-sea", "geo:36.2,37.1"]
)
places = st.builds(
    "{}{}".format,
    bases,
    st.sampled_from(["", "", ";near", ";dir=E", ";dir=E;near", ";dir=E;d=20000", ";u=15000", ";u=2000"]),
) | st.builds("name:{};in={}".format, st.sampled_from(["Tell Hamra", "Tell Zeid"]), st.sampled_from(["ne:SY", "ne:TR"]))
bodies = st.sampled_from(
    [
        "Islamic State",
        "islamic state",
        "Russia",
        "Russian defence ministry",
        "Russian navy",
        "Turkey",
        "Turkish army",
        "Red Hand",
        "Free Syrian Army",
    ]
)
phrases = st.sampled_from(["at dawn", "At dawn", "at noon", "قبل الفجر", ""])
CANONICAL: Mapping[ValueType, st.SearchStrategy[str]] = {
    "count": counts,
    "quantity": quantities,
    "date": dates,
    "place": places,
    "name": bodies,
    "weapon": weapons,
    "platform": platforms,
    "text": phrases,
}
TYPES = pytest.mark.parametrize("kind", get_args(ValueType))


@TYPES
@given(data=st.data())
@MANY
def test_the_word_for_two_values_the_other_way_round_is_its_mirror(kind: ValueType, data: st.DataObject) -> None:
    left, right = data.draw(CANONICAL[kind]), data.draw(CANONICAL[kind])
    assert values.compare(kind, right, left) == mirror(values.compare(kind, left, right)), (left, right)
    assert order(kind, right, left) == mirror(order(kind, left, right))


@TYPES
@given(data=st.data())
@FEW
def test_every_value_is_equal_to_itself(kind: ValueType, data: st.DataObject) -> None:
    value = data.draw(CANONICAL[kind])
    assert order(kind, value, value) == "equal"


@pytest.mark.parametrize("kind", ["count", "date", "weapon", "platform"])
@given(data=st.data())
@settings(MANY, max_examples=200)
def test_what_is_inside_of_what_is_inside_is_inside(kind: ValueType, data: st.DataObject) -> None:
    inner, middle, outer = (data.draw(CANONICAL[kind]) for _ in range(3))
    words = {(a, b): order(kind, a, b) for a in (inner, middle, outer) for b in (inner, middle, outer)}
    for a, b, c in permutations((inner, middle, outer)):
        if words[a, b] == words[b, c] == "inside":
            assert words[a, c] == "inside", (a, b, c)


# ---------------------------------------------------------------- scopes

SCOPES = sorted(load_schema().scopes)
scopes = st.sampled_from(SCOPES)


def test_no_scope_is_part_of_itself() -> None:
    assert not [scope for scope in SCOPES if is_part(scope, scope)]


def test_a_part_of_a_part_is_part_of_the_whole() -> None:
    chains = [(a, b, c) for a in SCOPES for b in SCOPES for c in SCOPES if is_part(a, b) and is_part(b, c)]
    assert not [chain for chain in chains if not is_part(chain[0], chain[2])]


def test_two_scopes_exclude_each_other_both_ways_and_none_excludes_itself_or_its_whole() -> None:
    for left in SCOPES:
        for right in SCOPES:
            apart = exclude_each_other([left, right])
            assert apart == exclude_each_other([right, left])
            assert not (apart and (left == right or is_part(left, right))), (left, right)


def test_what_excludes_a_whole_excludes_its_parts() -> None:
    for part, whole, other in ((a, b, c) for a in SCOPES for b in SCOPES for c in SCOPES if is_part(a, b)):
        assert not exclude_each_other([whole, other]) or exclude_each_other([part, other]), (part, whole, other)


def test_the_parts_that_make_up_a_whole_exclude_each_other_and_are_parts_of_it() -> None:
    for parts, wholes in PARTITIONS:
        assert exclude_each_other(parts)
        assert all(is_part(part, whole) for part in parts for whole in wholes)


# ---------------------------------------------------------------- small worlds

DAY1, DAY2, DAY3 = "2031-05-02", "2031-05-03", "2031-05-04"
TIMES = (DAY1, DAY2, DAY3, f"{DAY2}T10:00:00Z", f"{DAY2}T18:00:00Z", None)
VOICES = ("", "", "clinic", "clinic", "Tarn council", "council", "Farhana Mir")
OF_PROP: Mapping[str, Sequence[str]] = {
    "killed": ("0", "1", "3", "5", "8", "8..", "..5", "~8", "4..8"),
    "people": ("2", "3", "5", "8", "~8"),
    "munitions": ("3", "5", "8", "3..8"),
    "distance": ("500 km", "310 mi", "500..650 km", "500..670 km", "727 mi"),
    "date": ("2031-05-01", "2031-04-30", "2031-05", "2031-04-28/2031-05-01", "rel:thu"),
    "weapon": ("missile", "missile.cruise", "missile.cruise.kalibr", "missile.ballistic", "rocket", "shell"),
    "platform": ("vessel", "vessel.submarine", "2 vessel.submarine", "1 vessel.submarine"),
    "actor": ("Red Hand", "Blue Hand", "Russia", "Russian navy"),
    "time": ("at dawn", "At dawn", "at noon"),
}
STANCES = ("asserts", "asserts", "asserts", "hedges", "denies")
OF_WHOM = ("all", "all", "civilians", "combatants", "children", "women", "men", "medics", "civilians+combatants")


@st.composite
def facts_of(draw: st.DrawFn, props: Sequence[str]) -> Fact:
    prop = draw(st.sampled_from(props))
    value = draw(st.sampled_from(OF_PROP[prop]))
    scope = draw(st.sampled_from(OF_WHOM)) if load_schema().properties[prop].scoped else None
    joint = draw(st.sampled_from([". ", ". ", " and ", " (" if prop == "distance" else "; "]))
    quote = draw(st.sampled_from(["", f"{value} were {prop}"]))
    return Fact(prop, value, scope, draw(st.sampled_from(VOICES)), draw(st.sampled_from(STANCES)), quote, joint)


@dataclass(frozen=True)
class Row:
    """One report: its name, what it says, when, and the name of the report that it copies."""

    name: str
    facts: tuple[Fact, ...]
    when: str | None
    original: str | None = None


@dataclass(frozen=True)
class World:
    """Some reports of one event."""

    rows: tuple[Row, ...]

    @cached_property
    def reports(self) -> list[Told]:
        return [tell(row.name, Happening("strike", row.facts), published=row.when) for row in self.rows]

    @cached_property
    def said(self) -> list[Said]:
        copies = {row.name: row.original for row in self.rows if row.original is not None}
        return said_in(*self.reports, copies=copies)

    @cached_property
    def texts(self) -> dict[str, str]:
        return texts_of(*self.reports)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        return relate(self.said, self.texts)

    @cached_property
    def settled(self) -> list[Settled]:
        return settle(self.said, self.texts)

    def with_rows(self, *rows: Row) -> World:
        return World((*self.rows, *rows))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Up to five reports; a copy keeps most of what its original says."""
    # Claims of two properties never stand in one relation, so most worlds have one.
    props = draw(st.sampled_from([[prop] for prop in OF_PROP] + [["killed"], ["people"], ["people"], [*OF_PROP]]))
    rows: list[Row] = []
    for index in range(draw(st.integers(1, 5))):
        originals = [row for row in rows if row.original is None]
        original = draw(st.sampled_from([None, None, *originals[:1], *originals[-1:]]))
        facts = draw(st.lists(facts_of(props), min_size=1, max_size=4))
        if original is not None:
            kept = draw(st.integers(0, len(original.facts)))
            facts = [*original.facts[:kept], *facts[: draw(st.integers(0, 2))]]
        when = draw(st.sampled_from(TIMES))
        rows.append(Row(f"R{index}", tuple(facts), when, None if original is None else original.name))
    return World(tuple(rows))


def spoken(world: World) -> dict[str, Said]:
    """Lead from claim id to the claim with its voice, figures that stand side by side summed as relations see them."""
    return {one.claim.id: one for one in add_up(world.said, world.texts)}


Statement = tuple[str, str, str, str, bool]


def statement(one: Said) -> Statement:
    return one.speaker, one.claim.prop, one.scope, one.claim.value, one.claim.stance == "denies"


def pairs(world: World) -> Iterator[tuple[Relation, Said, Said]]:
    by_id = spoken(world)
    for row in world.relations:
        if row.right is not None:
            yield row, by_id[row.left], by_id[row.right]


# ---------------------------------------------------------------- relations


@given(worlds())
@MANY
def test_two_claims_stand_in_one_relation_at_most(world: World) -> None:
    found = Counter(frozenset({row.left, row.right}) for row, _, _ in pairs(world))
    assert not [pair for pair, number in found.items() if number > 1]
    assert all(len(pair) == 2 for pair in found)


@given(worlds())
@MANY
def test_what_one_voice_says_never_both_agrees_with_and_contradicts_what_another_says(
    world: World,
) -> None:
    names: dict[frozenset[Statement], set[str]] = {}
    for row, left, right in pairs(world):
        names.setdefault(frozenset({statement(left), statement(right)}), set()).add(row.name)
    assert not {pair for pair, found in names.items() if {"agrees", "contradicts"} <= found}


@given(worlds(), st.randoms(use_true_random=False))
@MANY
def test_relations_do_not_depend_on_the_order_of_the_claims(world: World, chance: random.Random) -> None:
    assert relate(chance.sample(world.said, len(world.said)), world.texts) == world.relations


def with_other_ids(world: World, chance: random.Random) -> tuple[list[Said], dict[str, str]]:
    """Give the same claims and texts under ids that sort otherwise."""
    said = world.said
    old = sorted({one.article_id for one in said} | set(world.texts))
    article = dict(zip(old, (f"art_{number:04}" for number in chance.sample(range(1000), len(old)))))
    claim = dict(
        zip((one.claim.id for one in said), (f"clm_{number:04}" for number in chance.sample(range(1000), len(said))))
    )
    found = []
    for one in said:
        claim_id, article_id = claim[one.claim.id], article[one.article_id]
        place = (one.place[0], article_id, one.claim.start, one.claim.end, claim_id)
        row = replace(one.claim, id=claim_id, mention_id=article_id)
        found.append(replace(one, claim=row, article_id=article_id, root=article[one.root], place=place))
    return found, {article[id]: text for id, text in world.texts.items()}


def shape(said: Sequence[Said], texts: Mapping[str, str]) -> set[object]:
    """Give which statements stand in which relation; those of one value that agree are one group."""
    by_id = {one.claim.id: one for one in add_up(said, texts)}
    found: set[object] = set()
    groups: dict[tuple[str, ...], set[Statement]] = {}
    for row in relate(said, texts):
        left = statement(by_id[row.left])
        right = statement(by_id[row.right]) if row.right is not None else None
        if row.name == "agrees" and right is not None and left[1:] == right[1:]:
            groups.setdefault(tuple(map(str, left[1:])), set()).update({left, right})
        else:
            ordered = row.name in ("revised", "drift in copies")
            found.add((row.name, (left, right) if ordered else frozenset({left, right})))
    return found | {frozenset(group) for group in groups.values()}


@given(worlds(), st.randoms(use_true_random=False))
@MANY
def test_relations_do_not_depend_on_how_ids_sort(world: World, chance: random.Random) -> None:
    assert shape(*with_other_ids(world, chance)) == shape(world.said, world.texts)


@given(worlds())
@MANY
def test_a_contradiction_has_two_lineages_or_stands_in_one_report(world: World) -> None:
    for row, left, right in pairs(world):
        if row.name == "contradicts":
            assert left.root != right.root or left.article_id == right.article_id
            if left.speaker == right.speaker:
                assert not later(left, right)
                assert not later(right, left)


@given(worlds())
@MANY
def test_what_only_a_copy_changed_is_drift_and_nothing_else(world: World) -> None:
    said = list(spoken(world).values())
    twice = second_figures(said, world.texts).values()
    converted = {one.claim.id for first, second, _ in twice for one in (first, second)}
    drifted = set(find_drift(said)) - converted
    found = {row.right for row, _, _ in pairs(world) if row.name == "drift in copies"}
    others = {id for row in world.relations if row.name != "drift in copies" for id in (row.left, row.right)}
    assert drifted <= found
    assert not drifted & others


@given(worlds())
@MANY
def test_drift_leads_from_an_original_to_its_copy(world: World) -> None:
    for row, left, right in pairs(world):
        if row.name == "drift in copies":
            assert (left.article_id, left.copy, right.copy) == (right.root, False, True)


@given(worlds())
@MANY
def test_a_revision_is_of_one_voice_and_leads_from_the_earlier_to_the_later(world: World) -> None:
    for row, left, right in pairs(world):
        if row.name == "revised":
            assert left.speaker == right.speaker
            assert later(left, right)
            same = (left.claim.stance == "denies") == (right.claim.stance == "denies")
            word = order(load_schema().properties[row.prop].type, left.claim.value, right.claim.value)
            assert not same or left.scope != right.scope or row.prop in TOLLS or word == "disjoint"


@given(worlds())
@MANY
def test_a_word_has_one_successor_at_most(world: World) -> None:
    chained = [(left, right) for row, left, right in pairs(world) if row.name == "revised"]
    within = Counter(left.claim.id for left, right in chained if left.scope == right.scope)
    assert all(number == 1 for number in within.values())
    # what its own scope replaced is not held against another scope
    assert not {left.claim.id for left, right in chained if left.scope != right.scope} & set(within)


@given(worlds())
@MANY
def test_two_scopes_are_related_only_where_one_is_part_of_the_other(world: World) -> None:
    for row, left, right in pairs(world):
        if left.scope != right.scope:
            assert is_part(left.scope, right.scope) or is_part(right.scope, left.scope)
            assert row.name in ("agrees", "impossible", "contradicts", "other scope", "revised")


@given(worlds())
@MANY
def test_a_pure_copy_adds_no_relation(world: World) -> None:
    more = world.with_rows(Row("Copy", world.rows[0].facts, DAY3, "R0"))
    assert more.relations == world.relations


# ---------------------------------------------------------------- settling


def worth(row: Settled) -> tuple[object, ...]:
    return row.prop, row.scope, row.value, row.status, row.lineages, row.sources


@given(worlds())
@MANY
def test_a_pure_copy_changes_no_settled_value(world: World) -> None:
    more = world.with_rows(Row("Copy", world.rows[0].facts, DAY3, "R0"))
    assert [worth(row) for row in more.settled] == [worth(row) for row in world.settled]


@given(worlds(), st.randoms(use_true_random=False))
@MANY
def test_settled_values_do_not_depend_on_the_order_of_the_claims(world: World, chance: random.Random) -> None:
    assert settle(chance.sample(world.said, len(world.said)), world.texts) == world.settled


@given(worlds(), st.randoms(use_true_random=False))
@MANY
def test_settled_values_do_not_depend_on_how_ids_sort(world: World, chance: random.Random) -> None:
    assert [worth(row) for row in settle(*with_other_ids(world, chance))] == [worth(row) for row in world.settled]


@given(worlds())
@MANY
def test_a_source_that_many_outlets_relay_counts_once(world: World) -> None:
    first = world.rows[0]
    assume(all(fact.source for fact in first.facts))
    more = world.with_rows(*(Row(name, first.facts, first.when) for name in ("Relay", "Relay too")))
    found = [(row.prop, row.scope, row.value, row.sources) for row in more.settled]
    assert found == [(row.prop, row.scope, row.value, row.sources) for row in world.settled]


@given(worlds())
@MANY
def test_what_supports_a_value_does_not_stand_against_it(world: World) -> None:
    for row in world.settled:
        assert not set(row.support) & set(row.against)


@given(worlds())
@MANY
def test_no_value_is_supported_by_its_denial(world: World) -> None:
    denied = {one.claim.id for one in world.said if one.claim.stance == "denies"}
    assert not [row for row in world.settled if denied & set(row.support)]


@given(worlds())
@MANY
def test_a_copy_that_changed_a_value_neither_supports_nor_opposes_one(world: World) -> None:
    drifted = set(find_drift(spoken(world).values()))
    assert not [row for row in world.settled if drifted & {*row.support, *row.against}]


# ---------------------------------------------------------------- voices


@given(st.sets(st.sampled_from(["clinic", "Tarn clinic", "Tarn eye clinic", "Orlan clinic", "Mir", "Farhana Mir"])))
@FEW
def test_the_fullest_name_of_a_voice_is_its_own(speakers: set[str]) -> None:
    leads = name_voices(speakers)
    assert set(leads) == speakers
    assert all(leads[full] == full for full in leads.values())
