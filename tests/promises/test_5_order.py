"""Promise 5: the result does not depend on the order in which articles came."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from conftest import NewPlace
from invented import Story, at, content, stories, take, tries
from variorum.ledger import Ledger


def deal(told: Sequence[Story], batches: int, chance: random.Random) -> list[list[Story]]:
    """Deal reports into batches in a random order."""
    mixed = chance.sample(told, len(told))
    cuts = sorted(chance.sample(range(1, len(mixed)), min(batches, len(mixed)) - 1)) if len(mixed) > 1 else []
    return [mixed[first:last] for first, last in zip([0, *cuts], [*cuts, len(mixed)])]


@tries(25)
@given(stories(min_size=2, max_size=7), st.integers(2, 4), st.randoms(use_true_random=False))
def test_the_result_does_not_depend_on_the_order_in_which_articles_came(
    empty_place: NewPlace, told: list[Story], batches: int, chance: random.Random
) -> None:
    found = []
    for dealt in ([told], deal(told, batches, chance)):
        place = empty_place("sqlite")
        with Ledger.open(place) as ledger:
            for number, batch in enumerate(dealt):
                take(ledger, Path(place).parent / "in", f"batch{number}", batch, at(number))
            found.append((content(ledger), list(ledger.copies()), {row.id for row in ledger.claims()}))
    assert found[0] == found[1]
