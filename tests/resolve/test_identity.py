"""Names of events over merges, splits and undone merges."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Named, Redirect
from variorum.resolve.identity import Identity, identify


def name(groups: list[str], before: Identity | None = None, day: int = 1) -> Identity:
    rows = [tuple(f"men_{letter}" for letter in group) for group in groups]
    now = f"2031-05-{day:02d}"
    if before is None:
        return identify(rows, (), {}, now=now)
    return identify(rows, before.register, before.assignment, before.redirects, now=now)


def id_of(found: Identity, letters: str) -> str:
    wanted = tuple(sorted(f"men_{letter}" for letter in letters))
    return next(event_id for event_id, mentions in found.assignment.items() if mentions == wanted)


def leads(found: Identity, event_id: str) -> str:
    return {row.old: row.new for row in found.redirects}.get(event_id, event_id)


def test_an_event_that_did_not_change_keeps_its_id() -> None:
    first = name(["AB", "C"])
    assert name(["C", "AB"], first, 2) == first


def test_an_event_that_grows_keeps_its_id() -> None:
    first = name(["AB"])
    assert id_of(name(["ABC"], first, 2), "ABC") == id_of(first, "AB")


def test_most_mentions_keep_the_id_in_a_split() -> None:
    first = name(["ABC"])
    second = name(["A", "BC"], first, 2)
    assert id_of(second, "BC") == id_of(first, "ABC")
    assert id_of(second, "A") not in first.assignment


def test_the_founder_keeps_the_id_when_halves_are_equal() -> None:
    first = name(["ABCD"])
    assert id_of(name(["AB", "CD"], first, 2), "AB") == id_of(first, "ABCD")


def test_the_older_name_stands_when_equals_merge() -> None:
    first = name(["AB"])
    second = name(["AB", "CD"], first, 2)
    third = name(["CDAB"], second, 3)
    assert id_of(third, "ABCD") == id_of(first, "AB")
    assert leads(third, id_of(second, "CD")) == id_of(first, "AB")


def test_an_undone_merge_gives_the_id_back() -> None:
    first = name(["AB", "CD"])
    second = name(["ABCD"], first, 2)
    third = name(["AB", "CD"], second, 3)
    assert third.assignment == first.assignment
    assert third.redirects == ()


def test_a_chain_of_merges_leads_on_in_one_step() -> None:
    first = name(["A", "BC", "DEF"])
    second = name(["ABC", "DEF"], first, 2)
    third = name(["ABCDEFG"], second, 3)
    live = id_of(third, "ABCDEFG")
    assert {row.new for row in third.redirects} == {live}
    assert len(third.redirects) == 2


def test_a_founder_that_leaves_founds_another_event_under_another_id() -> None:
    first = name(["ABC"], day=1)
    second = name(["BC", "A"], first, 1)  # named in the same moment as the first
    assert len(second.assignment) == len(second.register) == 2


def test_an_event_that_nothing_reports_any_more_is_withdrawn() -> None:
    first = name(["AB", "C"])
    second = name(["AB"], first, 2)
    assert second.redirects == (Redirect(id_of(first, "C"), "", "2031-05-02", "no mention of it is left"),)


def test_a_name_of_the_register_without_history_follows_its_founder() -> None:
    found = identify([("men_A",)], [Named("evt_OLD", "men_B", "2030")], {"evt_NOW": ["men_A"]}, now="2031")
    assert [row.new for row in found.redirects] == [""]


partitions = st.lists(st.integers(0, 4), min_size=8, max_size=8).map(
    lambda marks: ["".join(one for one, m in zip("ABCDEFGH", marks) if m == mark) for mark in sorted(set(marks))]
)


@given(st.lists(partitions, min_size=1, max_size=8), st.booleans())
@settings(max_examples=200)
def test_a_published_id_always_leads_to_a_live_event(history: list[list[str]], hurried: bool) -> None:
    found: Identity | None = None
    published: set[str] = set()
    for day, groups in enumerate(history, start=1):
        found = name(groups, found, 1 if hurried else day)
        published |= set(found.assignment)
        assert sorted("".join(m[-1] for ms in found.assignment.values() for m in ms)) == list("ABCDEFGH")
        assert len(found.assignment) == len(groups)
        assert not {row.old for row in found.redirects} & set(found.assignment)
        for event_id in published:
            assert leads(found, event_id) in found.assignment


@given(partitions, partitions, st.permutations(range(5)))
def test_names_do_not_depend_on_the_order_of_the_groups(one: list[str], two: list[str], order: list[int]) -> None:
    first = name(one)
    mixed = sorted(two, key=lambda group: order[two.index(group) % 5])
    assert name(mixed, first, 2) == name(two, first, 2)
