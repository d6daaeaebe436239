"""The measures of clusters against the examples worked in the papers that define them."""

import itertools
import random

import numpy as np
import pytest
from bench.scorers import _assign, b_cubed, conll, measure


def clusters(*texts: str) -> dict[str, int]:
    """Write clusters as words: each letter an item."""
    return {item: at for at, text in enumerate(texts) for item in text}


THREE = clusters("12345", "67", "89ABC")  # the truth in Bagga and Baldwin 1998 and in Luo 2005
FIRST = clusters("12345", "6789ABC")
SECOND = clusters("1234589ABC", "67")
ONE = clusters("123456789ABC")
ALONE = clusters(*"123456789ABC")

KEY = clusters("abc", "defg")  # Pradhan et al. 2014 and Moosavi and Strube 2016
OWN = clusters("ab", "cd", "fghi")


@pytest.mark.parametrize(
    ("name", "told", "true", "precision", "recall"),
    [
        # Vilain et al. 1995: a chain of four cut in the middle, and the reverse
        ("muc", clusters("AB", "CD"), clusters("ABCD"), 1.0, 2 / 3),
        ("muc", clusters("ABCD"), clusters("AB", "CD"), 2 / 3, 1.0),
        # Bagga and Baldwin 1998: MUC sees no difference between the two answers, B³ does
        ("muc", FIRST, THREE, 0.9, 1.0),
        ("muc", SECOND, THREE, 0.9, 1.0),
        ("b3", FIRST, THREE, 0.762, 1.0),
        ("b3", SECOND, THREE, 0.583, 1.0),
        # Pradhan et al. 2014: own mentions; e is missed, h and i are spurious
        ("muc", OWN, KEY, 0.40, 0.40),
        ("b3", OWN, KEY, 0.50, 0.417),
        ("ceafe", OWN, KEY, 0.433, 0.65),
        # Moosavi and Strube 2016: the same example
        ("lea", OWN, KEY, 0.333, 0.238),
    ],
)
def test_precision_and_recall_are_as_published(name, told, true, precision, recall):
    found = measure(name, told, true)
    assert found["precision"] == pytest.approx(precision, abs=0.0005)
    assert found["recall"] == pytest.approx(recall, abs=0.0005)


@pytest.mark.parametrize(
    ("told", "muc", "b3", "ceafe"),
    [(FIRST, 0.947, 0.865, 0.733), (SECOND, 0.947, 0.737, 0.667), (ONE, 0.900, 0.545, 0.294), (ALONE, 0, 0.400, 0.178)],
)
def test_f1_is_as_in_the_table_of_luo_2005(told, muc, b3, ceafe):
    found = conll(told, THREE)
    assert [found["muc"], found["b3"], found["ceafe"]] == pytest.approx([muc, b3, ceafe], abs=0.0006)


def test_conll_is_the_mean_of_the_three():
    found = conll(OWN, KEY)
    assert found["conll"] == pytest.approx((0.40 + 0.4545 + 0.52) / 3, abs=0.0005)


def test_a_lone_item_links_to_itself_in_lea():
    assert measure("lea", clusters("a", "b", "cd"), clusters("a", "bc", "d"))["recall"] == pytest.approx(1 / 4)


def test_b_cubed_gives_its_three_figures():
    assert b_cubed(FIRST, THREE) == measure("b3", FIRST, THREE)
    assert set(b_cubed({}, THREE)) == {"precision", "recall", "f1"}


def test_nothing_found_scores_nothing():
    assert set(conll({}, THREE).values()) == {0.0}


def test_the_pairing_is_the_cheapest_of_all():
    chance = random.Random(4)
    for rows, columns in itertools.product(range(1, 5), range(1, 6)):
        if rows > columns:
            continue
        cost = np.array([[chance.random() for _ in range(columns)] for _ in range(rows)])
        found = sum(cost[row, column] for row, column in _assign(cost))
        least = min(
            sum(cost[row, column] for row, column in enumerate(chosen))
            for chosen in itertools.permutations(range(columns), rows)
        )
        assert found == pytest.approx(least)
