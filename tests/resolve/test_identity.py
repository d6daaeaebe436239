"""Names of events over merges, splits and undone merges."""

from __future__ import annotations

from hypothesis import example, given, settings
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


def last_had(*found: Identity) -> dict[str, tuple[str, ...]]:
    """Give the mentions that each id had last, as a ledger does."""
    known: dict[str, tuple[str, ...]] = {}
    for one in found:
        known |= one.assignment
    return known


def go_on(groups: list[str], *found: Identity, day: int) -> Identity:
    """Name groups with all that earlier steps said."""
    rows = [tuple(f"men_{letter}" for letter in group) for group in groups]
    last = found[-1]
    return identify(rows, last.register, last_had(*found), last.redirects, now=f"2031-05-{day:02d}")


def test_a_few_mentions_of_a_large_event_do_not_take_the_id_of_a_small_one() -> None:
    first = name(["ABCDEFGHIJ", "XY"])
    second = name(["ABCDEFG", "HIJXY"], first, 2)
    assert id_of(second, "HIJXY") == id_of(first, "XY")
    assert id_of(second, "ABCDEFG") == id_of(first, "ABCDEFGHIJ")


def test_an_event_that_grew_after_a_merge_gives_the_ids_back_when_it_falls_apart() -> None:
    first = name(["AB", "CDE"])
    merged = go_on(["ABCDE"], first, day=2)
    grown = go_on(["ABCDEFG"], first, merged, day=3)
    apart = go_on(["ABFG", "CDE"], first, merged, grown, day=4)
    assert id_of(apart, "CDE") == id_of(first, "CDE")
    assert id_of(apart, "ABFG") == id_of(first, "AB")


def test_a_retired_id_comes_back_to_most_of_its_mentions_without_its_founder() -> None:
    first = name(["AB", "CDE"])
    merged = go_on(["ABCDE"], first, day=2)
    apart = go_on(["CDE", "B"], first, merged, day=3)
    assert id_of(apart, "B") == id_of(first, "AB")


def test_of_two_retired_ids_with_the_same_mentions_the_last_retired_comes_back() -> None:
    register = [
        Named("evt_LIVE", "men_A", "2030"),
        Named("evt_ONE", "men_C", "2031"),
        Named("evt_TWO", "men_C", "2032"),
    ]
    had = {"evt_LIVE": ("men_A", "men_B", "men_C"), "evt_ONE": ("men_C",), "evt_TWO": ("men_C",)}
    redirects = [Redirect("evt_ONE", "evt_LIVE", "2033", "merged"), Redirect("evt_TWO", "evt_LIVE", "2034", "merged")]
    found = identify([("men_A", "men_B"), ("men_C",)], register, had, redirects, now="2035")
    assert id_of(found, "C") == "evt_TWO"
    assert found.redirects == (Redirect("evt_ONE", "evt_TWO", "2033", "merged"),)


def test_taking_back_a_split_gives_the_id_back_that_had_all() -> None:
    first = name(["AB", "CDE"])
    merged = go_on(["ABCDE"], first, day=2)
    apart = go_on(["AB", "CDE"], first, merged, day=3)
    live = id_of(merged, "ABCDE")
    other = id_of(apart, "AB")
    rows = [("men_A", "men_B", "men_C", "men_D", "men_E")]
    had = {**apart.assignment, other: ("men_A", "men_B", "men_F", "men_G"), f"{live}@2": merged.assignment[live]}
    assert list(identify(rows, apart.register, had, now="2031-05-04").assignment) == [live]


def test_an_id_that_nothing_reported_comes_back_with_its_mentions() -> None:
    first = name(["AB", "C"])
    gone = go_on(["C"], first, day=2)
    back = go_on(["C", "B"], first, gone, day=3)
    assert id_of(back, "B") == id_of(first, "AB")
    assert back.redirects == ()


def test_a_redirect_keeps_the_time_of_retirement_when_it_leads_elsewhere() -> None:
    first = name(["A", "BC", "DEFG"])
    merged = go_on(["ABC", "DEFG"], first, day=2)
    twice = go_on(["ABCDEFG"], first, merged, day=3)
    assert {row.old: row.at for row in twice.redirects}[id_of(first, "A")] == "2031-05-02"


@given(st.lists(partitions, min_size=1, max_size=8))
@example(
    [
        ["ABCDFGH", "E"],
        ["ABEFGH", "C", "D"],
        ["ADFGH", "CE", "B"],
        ["ABCDEFG", "H"],
        ["ABDEFG", "CH"],
        ["ABDEGH", "C", "F"],
        ["ABDEF", "CGH"],
    ]
)
@settings(max_examples=200)
def test_resolving_again_changes_nothing(history: list[list[str]]) -> None:
    steps: list[Identity] = []
    for day, groups in enumerate(history, start=1):
        steps.append(go_on(groups, *steps, day=day) if steps else name(groups))
        again = go_on(groups, *steps, day=day + 20)
        assert again == steps[-1]


@given(st.lists(partitions, min_size=1, max_size=6), partitions, partitions)
@settings(max_examples=200)
def test_an_event_that_stays_together_keeps_its_id(history: list[list[str]], one: list[str], two: list[str]) -> None:
    steps: list[Identity] = []
    for day, groups in enumerate([*history, one], start=1):
        steps.append(go_on(groups, *steps, day=day) if steps else name(groups))
    found = go_on(two, *steps, day=20)
    for group in set(one) & set(two):
        assert id_of(found, group) == id_of(steps[-1], group)
