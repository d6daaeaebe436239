"""Grouping: people first, then average linkage and small steps, whatever the order."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Judgement, Verdict
from variorum.resolve.cluster import CLIP, MISSING, Grouping, Link, cluster

IDS = [f"men_{letter}" for letter in "ABCDEFGH"]


def link(left: str, right: str, score: float, veto: str | None = None) -> Link:
    first, second = sorted((left, right))
    return Link(f"men_{first}", f"men_{second}", score, math.log(score / (1 - score)), veto)


def verdict(left: str, right: str, word: Verdict, by: str = "mk", at: str = "2031-05-01") -> Judgement:
    first, second = sorted((left, right))
    return Judgement(f"men_{first}", f"men_{second}", word, by, None, "", at)


def groups(grouping: Grouping) -> list[str]:
    return ["".join(mention.removeprefix("men_") for mention in group) for group in grouping.groups]


@pytest.mark.parametrize(
    ("mentions", "links", "judgements", "expected"),
    [
        ("AB", [link("A", "B", 0.9)], [], ["AB"]),
        ("AB", [link("A", "B", 0.79)], [], ["A", "B"]),
        ("AB", [link("A", "B", 0.95, "stated-dates-differ")], [], ["A", "B"]),
        ("AB", [link("A", "B", 0.95)], [verdict("A", "B", "different")], ["A", "B"]),
        ("AB", [link("A", "B", 0.01)], [verdict("A", "B", "same")], ["AB"]),
        ("AB", [link("A", "B", 0.5, "stated-dates-differ")], [verdict("A", "B", "same")], ["AB"]),
        # A veto between two members keeps their groups apart, whoever else is alike.
        ("ABC", [link("A", "B", 0.95), link("B", "C", 0.9), link("A", "C", 0.6, "x")], [], ["AB", "C"]),
        # One strong pair between two groups that are otherwise unlike does not join them.
        (
            "ABCD",
            [link("A", "B", 0.97), link("C", "D", 0.97), link("B", "C", 0.9), link("A", "D", 0.05)],
            [],
            ["AB", "CD"],
        ),
        # A pair that was never compared counts as no evidence, not as agreement.
        ("ABCD", [link("A", "B", 0.97), link("C", "D", 0.97), link("B", "C", 0.85)], [], ["AB", "CD"]),
        # DIFFERENT goes before SAME, also when SAME was said earlier and through others.
        (
            "ABC",
            [],
            [verdict("A", "B", "same"), verdict("B", "C", "same", at="2031-05-02"), verdict("A", "C", "different")],
            ["AB", "C"],
        ),
        # The last word of one person counts; another person's DIFFERENT stands.
        ("AB", [], [verdict("A", "B", "different"), verdict("A", "B", "same", at="2031-05-02")], ["AB"]),
        ("AB", [], [verdict("A", "B", "different"), verdict("A", "B", "same", by="jd", at="2031-05-02")], ["A", "B"]),
        ("AB", [link("A", "B", 0.9)], [verdict("A", "B", "different", by="matcher")], ["AB"]),
    ],
)
def test_mentions_are_grouped(
    mentions: str, links: list[Link], judgements: list[Judgement], expected: list[str]
) -> None:
    assert groups(cluster([f"men_{m}" for m in mentions], links, judgements, threshold=0.8)) == expected


def test_a_retracted_verdict_says_nothing() -> None:
    row = Judgement("men_A", "men_B", "same", "mk", None, "", "2031-05-01", "2031-05-02")
    assert groups(cluster(["men_A", "men_B"], [], [row], threshold=0.8)) == ["A", "B"]


def test_a_merge_that_a_person_forbade_is_listed() -> None:
    found = cluster(
        ["men_A", "men_B", "men_C"],
        [link("A", "B", 0.95), link("B", "C", 0.95), link("A", "C", 0.9)],
        [verdict("A", "C", "different")],
        threshold=0.8,
    )
    assert [(row.left, row.right, row.wanted_by) for row in found.refused] == [
        ("men_A", "men_C", "matcher"),
        ("men_B", "men_C", "matcher"),
    ]
    assert "mk said that men_A and men_C differ" in found.refused[0].why


def test_a_persons_same_that_another_forbade_is_listed() -> None:
    rows = [verdict("A", "B", "same"), verdict("A", "B", "different", by="jd")]
    found = cluster(["men_A", "men_B"], [], rows, threshold=0.8)
    assert [(row.wanted_by, row.why) for row in found.refused] == [("mk", "jd said that men_A and men_B differ")]


def test_halves_that_hang_together_by_one_link_are_a_bridge() -> None:
    links = [link("A", "B", 0.97), link("C", "D", 0.97), link("B", "C", 0.93)]
    links += [link("A", "C", 0.7), link("A", "D", 0.7), link("B", "D", 0.7)]
    found = cluster([f"men_{m}" for m in "ABCD"], links, [], threshold=0.8)
    assert groups(found) == ["ABCD"]
    assert [(row.left, row.right, row.sizes) for row in found.bridges] == [("men_B", "men_C", (2, 2))]


def test_halves_with_two_links_are_no_bridge() -> None:
    links = [link("A", "B", 0.97), link("C", "D", 0.97), link("B", "C", 0.93), link("A", "D", 0.93)]
    links += [link("A", "C", 0.7), link("B", "D", 0.7)]
    assert cluster([f"men_{m}" for m in "ABCD"], links, [], threshold=0.8).bridges == ()


def test_a_mention_that_came_to_the_wrong_group_moves() -> None:
    """B goes to A by the best pair of all; C, D and E, which come together later, fit it better as a whole."""
    links = [link("A", "B", 0.98), link("C", "D", 0.97), link("D", "E", 0.97), link("C", "E", 0.97)]
    links += [link("B", "C", 0.9), link("B", "D", 0.9), link("B", "E", 0.9)]
    links += [link("A", one, 0.05) for one in "CDE"]
    mentions = [f"men_{m}" for m in "ABCDE"]
    assert groups(cluster(mentions, links, [], threshold=0.8, stepwise=False)) == ["AB", "CDE"]
    assert groups(cluster(mentions, links, [], threshold=0.8)) == ["A", "BCDE"]


def test_what_people_joined_moves_together() -> None:
    links = [link("A", "B", 0.98), link("C", "D", 0.97), link("D", "E", 0.97), link("C", "E", 0.97)]
    links += [link("B", "C", 0.9), link("B", "D", 0.9), link("B", "E", 0.9)]
    links += [link("A", one, 0.05) for one in "CDE"]
    said = [verdict("A", "B", "same")]
    assert groups(cluster([f"men_{m}" for m in "ABCDE"], links, said, threshold=0.8)) == ["AB", "CDE"]


def test_a_veto_between_two_heaps_is_listed() -> None:
    found = cluster(["men_A", "men_B"], [link("A", "B", 0.95, "stated-dates-differ")], [], threshold=0.8)
    assert [row.why for row in found.refused] == ["stated-dates-differ"]


def test_a_group_hangs_together_by_pairs_that_pass_the_threshold() -> None:
    links = [link("A", "B", 0.9), link("B", "C", 0.79), link("A", "C", 0.79)]
    assert groups(cluster([f"men_{m}" for m in "ABC"], links, [], threshold=0.8)) == ["AB", "C"]


pairs = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] < pair[1])
random_links = st.dictionaries(
    pairs, st.tuples(st.sampled_from([0.02, 0.3, 0.6, 0.82, 0.9, 0.99]), st.sampled_from([None, None, "veto"]))
).map(lambda rows: [Link(*p, s, math.log(s / (1 - s)), v) for p, (s, v) in rows.items()])
random_judgements = st.lists(
    st.builds(
        lambda pair, word, by, at: Judgement(*pair, word, by, None, "", f"2031-05-0{at}"),
        pairs,
        st.sampled_from(["same", "different", "unsure"]),
        st.sampled_from(["mk", "jd"]),
        st.integers(1, 4),
    ),
    max_size=8,
)


@given(random_links, random_judgements, st.randoms(use_true_random=False))
def test_the_groups_do_not_depend_on_any_order(
    links: list[Link], judgements: list[Judgement], chance: random.Random
) -> None:
    before = cluster(IDS, links, judgements, threshold=0.8)
    mixed = [chance.sample(rows, len(rows)) for rows in (IDS, links, judgements)]
    assert cluster(mixed[0], mixed[1], mixed[2], threshold=0.8) == before


@given(random_links, random_judgements)
@settings(max_examples=300)
def test_two_mentions_told_apart_are_never_together(links: list[Link], judgements: list[Judgement]) -> None:
    found = cluster(IDS, links, judgements, threshold=0.8)
    where = {mention: index for index, group in enumerate(found.groups) for mention in group}
    last = {(row.left, row.right, row.by): row for row in sorted(judgements, key=lambda r: (r.at, r.verdict))}
    for row in last.values():
        if row.verdict == "different":
            assert where[row.left] != where[row.right]


@given(random_links, random_judgements)
def test_a_veto_keeps_two_mentions_apart_unless_a_person_joined_them(
    links: list[Link], judgements: list[Judgement]
) -> None:
    found = cluster(IDS, links, judgements, threshold=0.8)
    where = {mention: index for index, group in enumerate(found.groups) for mention in group}
    if not any(row.verdict == "same" for row in judgements):
        assert all(where[row.left] != where[row.right] for row in links if row.veto is not None)


@given(random_links)
def test_no_mention_alone_fits_a_group(links: list[Link]) -> None:
    found = cluster(IDS, links, (), threshold=0.8)
    scored = {(row.left, row.right): row for row in links}
    for (mention,) in (group for group in found.groups if len(group) == 1):
        for group in found.groups:
            rows = [scored.get((min(mention, one), max(mention, one))) for one in group if one != mention]
            told = [row for row in rows if row is not None]
            if any(row.score >= 0.8 for row in told) and all(row.veto is None for row in told):
                fits = sum(MISSING if row is None else max(-CLIP, min(CLIP, row.logit)) for row in rows)
                assert fits < 1e-5


@given(random_links, random_judgements)
def test_every_mention_is_in_one_group(links: list[Link], judgements: list[Judgement]) -> None:
    found = cluster(IDS, links, judgements, threshold=0.8)
    assert sorted(mention for group in found.groups for mention in group) == IDS


@given(random_links, random_judgements)
def test_a_same_that_was_not_followed_is_listed(links: list[Link], judgements: list[Judgement]) -> None:
    found = cluster(IDS, links, judgements, threshold=0.8)
    where = {mention: index for index, group in enumerate(found.groups) for mention in group}
    last = {(row.left, row.right, row.by): row for row in sorted(judgements, key=lambda r: (r.at, r.verdict))}
    refused = {(row.left, row.right, row.wanted_by) for row in found.refused}
    for row in last.values():
        if row.verdict == "same":
            assert where[row.left] == where[row.right] or (row.left, row.right, row.by) in refused
