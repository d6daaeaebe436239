"""Which decision there is which here: equal rows first, and each at most once."""

from __future__ import annotations

from dataclasses import replace

import pytest

import factories as make
from invented import at
from variorum.ledger import Decision
from variorum.pipeline.twins import pair_decisions, pair_rows

FOUND = make.extraction(make.article("one"))
WORD = make.ruling(FOUND.claims[0])
OTHER_WORD = make.ruling(FOUND.claims[1])


def rows(*stamps: str | None, act: int = 1, start: int = 1) -> list[Decision]:
    """Rows of one decision in the same words, each taken back at a time or live."""
    return [Decision(start + place, replace(WORD, retracted=stamp), act) for place, stamp in enumerate(stamps)]


@pytest.mark.parametrize(
    ("theirs", "ours", "twins"),
    [
        ([None], [None], [1]),
        ([at(1), None], [None], [None, 1]),  # the live row is the live row, whatever stands before it
        ([at(1), None], [at(1)], [1, None]),
        ([at(1), None], [at(2)], [1, None]),
        ([at(1)], [at(2), None], [1]),
        ([at(1)], [None], [1]),
        ([None], [at(1)], [1]),
        ([None, at(1)], [at(1), None], [2, 1]),
        ([at(1)], [], [None]),
    ],
)
def test_rows_in_the_same_words_are_paired_by_their_state(
    theirs: list[str | None], ours: list[str | None], twins: list[int | None]
) -> None:
    found = pair_rows(rows(*theirs), rows(*ours))
    assert [twin and twin.number for _, twin in found] == twins


@pytest.mark.parametrize(
    ("theirs", "ours", "pairs"),
    [
        ([at(1), None], [None], {2: 1}),
        ([at(1), None], [at(1)], {1: 1}),
        ([None, at(1)], [at(1)], {2: 1}),
        ([at(1)], [None, at(2)], {1: 2}),
        ([at(1)], [None], {1: 1}),
    ],
)
def test_of_decisions_in_the_same_words_those_most_alike_are_one(
    theirs: list[str | None], ours: list[str | None], pairs: dict[int, int]
) -> None:
    def each(stamps: list[str | None]) -> dict[int, list[Decision]]:
        return {number: rows(stamp, act=number, start=number) for number, stamp in enumerate(stamps, start=1)}

    assert pair_decisions(each(theirs), each(ours)) == pairs


def test_decisions_in_other_words_are_no_twins() -> None:
    assert pair_decisions({1: rows(None)}, {1: [Decision(1, OTHER_WORD, 1)]}) == {}
