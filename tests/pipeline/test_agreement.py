"""How far reviewers agree: kappa against examples worked by hand, and figures out of a ledger."""

from __future__ import annotations

import pytest

import factories as make
from variorum.ledger import Ledger
from variorum.model import Judgement, Ruling
from variorum.pipeline import find_agreement
from variorum.pipeline.agreement import kappa

NOW = make.NOW


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # both yes 20, ada only 5, bo only 10, both no 15: agreed 0.7, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5
        ({("y", "y"): 20, ("y", "n"): 5, ("n", "y"): 10, ("n", "n"): 15}, 0.4),
        # 45 + 15 of 100 agreed, by chance 0.6 * 0.7 + 0.4 * 0.3 = 0.54
        ({("y", "y"): 45, ("y", "n"): 15, ("n", "y"): 25, ("n", "n"): 15}, 0.06 / 0.46),
        # the same agreement with other margins: by chance 0.6 * 0.3 + 0.4 * 0.7 = 0.46
        ({("y", "y"): 25, ("y", "n"): 35, ("n", "y"): 5, ("n", "n"): 35}, 0.14 / 0.54),
        # three categories: agreed 6 of 10, by chance 0.5 * 0.4 + 0.3 * 0.4 + 0.2 * 0.2 = 0.36
        (
            {("a", "a"): 3, ("a", "b"): 1, ("a", "c"): 1, ("b", "b"): 2, ("b", "a"): 1, ("c", "c"): 1, ("c", "b"): 1},
            0.24 / 0.64,
        ),
        ({("y", "y"): 3, ("n", "n"): 4}, 1.0),
        ({("y", "n"): 1, ("n", "y"): 1}, -1.0),
    ],
)
def test_kappa_is_that_worked_by_hand(table: dict[tuple[str, str], int], expected: float) -> None:
    assert kappa([pair for pair, count in table.items() for _ in range(count)]) == pytest.approx(expected)


@pytest.mark.parametrize("words", [[], [("y", "y")], [("y", "y")] * 5])
def test_kappa_is_undefined_without_words_and_with_one_category_alone(words: list[tuple[str, str]]) -> None:
    assert kappa(words) is None


def test_kappa_is_zero_where_one_says_always_the_same() -> None:
    assert kappa([("y", "y"), ("y", "n"), ("y", "y")]) == pytest.approx(0.0)


@pytest.fixture
def mentions(ledger: Ledger) -> list[str]:
    """Four mentions of four reports, sorted."""
    found = []
    for number in range(4):
        article = make.article(f"r{number}", make.TEXT + f" {number}")
        ledger.add_article(article)
        ledger.add_extraction(make.extraction(article))
        found += [mention.id for mention in ledger.mentions(article.id)]
    return sorted(found)


def say(ledger: Ledger, by: str, pair: tuple[str, str], verdict: str, *, blind: bool = False) -> int:
    row = Judgement(*pair, verdict, by, None, f"{by} says so", NOW, blind=blind)  # type: ignore[arg-type]
    return ledger.decide([row])[0].act


def rule(ledger: Ledger, by: str, ids: list[str], verdict: str, *, name: str = "", blind: bool = False) -> None:
    """One decision on claims: on what each says, or on a relation of each to the first."""
    ledger.decide(
        [
            Ruling(id, verdict, name or None, by, "", NOW, blind=blind)  # type: ignore[arg-type]
            if not name
            else Ruling(id, verdict, name, by, "", NOW, other=ids[0], field="relation", blind=blind)  # type: ignore[arg-type]
            for id in (ids[1:] if name else ids)
        ]
    )


def test_what_was_taken_back_does_not_count(ledger: Ledger, mentions: list[str]) -> None:
    pair, other = (mentions[0], mentions[1]), (mentions[2], mentions[3])
    say(ledger, "ada", pair, "same")
    say(ledger, "bo", pair, "same", blind=True)
    say(ledger, "ada", other, "same")
    ledger.retract(say(ledger, "bo", other, "different"), by="bo", at=NOW)
    rows, differences = find_agreement(ledger)
    assert [(row.kind, row.left, row.right, row.items, row.agreed, row.kappa) for row in rows] == [
        ("same", "ada", "bo", 1, 1.0, None)
    ]
    assert differences == []


def test_unsure_is_a_category_of_its_own(ledger: Ledger, mentions: list[str]) -> None:
    one, two, three = [(mentions[0], mentions[number]) for number in (1, 2, 3)]
    for pair, first, second in ((one, "same", "same"), (two, "unsure", "unsure"), (three, "unsure", "same")):
        say(ledger, "ada", pair, first)
        say(ledger, "bo", pair, second, blind=True)
    rows, differences = find_agreement(ledger)
    assert rows[0].items == 3
    assert rows[0].agreed == pytest.approx(2 / 3)
    # by chance 1/3 * 2/3 + 2/3 * 1/3 = 4/9
    assert rows[0].kappa == pytest.approx((2 / 3 - 4 / 9) / (5 / 9))
    assert [(row.left.says, row.right.says, row.right.blind) for row in differences] == [("unsure", "same", True)]
    assert differences[0].left.reason == "ada says so"


def test_kinds_and_pairs_of_reviewers_are_counted_apart(ledger: Ledger, mentions: list[str]) -> None:
    claims = [claim.id for claim in ledger.claims()][:2]
    for by in ("ada", "bo", "cy"):
        say(ledger, by, (mentions[0], mentions[1]), "same")
        ledger.decide([Ruling(claims[0], "accept", "contradicts", by, "", NOW, other=claims[1], field="relation")])
    rows, _ = find_agreement(ledger)
    pairs = [("ada", "bo"), ("ada", "cy"), ("bo", "cy")]
    assert [(row.kind, row.left, row.right) for row in rows] == [
        *(("same", *pair) for pair in pairs),
        *(("contradiction", *pair) for pair in pairs),
    ]


def test_one_decision_on_parts_of_a_sum_counts_once_and_one_on_several_claims_each_time(
    ledger: Ledger, mentions: list[str]
) -> None:
    claims = [claim.id for claim in ledger.claims()]
    for by in ("ada", "bo"):
        rule(ledger, by, claims[:4], "accept", name="impossible")
        rule(ledger, by, claims[4:7], "reject")
    rows, _ = find_agreement(ledger)
    assert [(row.kind, row.items) for row in rows] == [("contradiction", 1), ("value", 3)]


def test_every_pair_of_one_decision_counts(ledger: Ledger, mentions: list[str]) -> None:
    first, *others = mentions
    for by, verdicts in (("ada", ("same", "same", "same")), ("bo", ("same", "same", "different"))):
        ledger.decide(
            [Judgement(first, other, verdict, by, None, "", NOW) for other, verdict in zip(others, verdicts)]  # type: ignore[arg-type]
        )
    rows, differences = find_agreement(ledger)
    assert [(row.items, row.agreed) for row in rows] == [(3, pytest.approx(2 / 3))]
    assert [row.thing.ids for row in differences] == [(first, others[2])]


def test_a_difference_in_one_part_of_a_sum_is_not_hidden_by_the_others(ledger: Ledger, mentions: list[str]) -> None:
    claims = sorted(claim.id for claim in ledger.claims())[:3]
    rule(ledger, "ada", claims, "accept", name="impossible")
    rows = [("accept", claims[1]), ("reject", claims[2])]
    ledger.decide(
        [Ruling(id, says, "impossible", "bo", "", NOW, other=claims[0], field="relation") for says, id in rows]  # type: ignore[arg-type]
    )
    found, differences = find_agreement(ledger)
    assert [(row.items, row.agreed) for row in found] == [(1, 0.0)]
    assert [row.right.says for row in differences] == ["reject"]


def test_settling_a_difference_makes_no_agreement_and_is_told(ledger: Ledger, mentions: list[str]) -> None:
    claims = [next(iter(ledger.claims())).id]
    rule(ledger, "ada", claims, "accept")
    rule(ledger, "bo", claims, "reject", blind=True)
    rule(ledger, "ada", claims, "reject")
    rows, differences = find_agreement(ledger)
    assert [(row.items, row.agreed) for row in rows] == [(1, 0.0)]
    assert [(row.left.says, row.right.says) for row in differences] == [("accept", "reject")]
    assert differences[0].settled is not None
    assert (differences[0].settled.by, differences[0].settled.says) == ("ada", "reject")


def test_of_a_blind_and_an_open_word_of_one_person_the_blind_one_counts(ledger: Ledger, mentions: list[str]) -> None:
    claims = [next(iter(ledger.claims())).id]
    rule(ledger, "ada", claims, "accept")
    rule(ledger, "bo", claims, "reject", blind=True)
    rule(ledger, "bo", claims, "accept")
    assert [row.agreed for row in find_agreement(ledger)[0]] == [0.0]
