"""Pieces that stay as they are where something is added elsewhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.resolve.steady import MOST, cut_steadily

NAMES = [f"evt_{number:05d}" for number in range(3_000)]


def test_the_pieces_hold_everything_in_order() -> None:
    assert [name for piece in cut_steadily(NAMES, str, 100) for name in piece] == NAMES


def test_the_pieces_are_of_about_the_size_wanted() -> None:
    pieces = list(cut_steadily(NAMES, str, 100))
    assert 15 <= len(pieces) <= 60
    assert max(map(len, pieces)) <= MOST * 100


@given(st.integers(0, len(NAMES)), st.text(min_size=1, max_size=9))
def test_what_is_added_changes_one_piece_or_two(place: int, name: str) -> None:
    before = [tuple(piece) for piece in cut_steadily(NAMES, str, 100)]
    after = {tuple(piece) for piece in cut_steadily([*NAMES[:place], name, *NAMES[place:]], str, 100)}
    assert sum(piece not in after for piece in before) <= 2


def test_items_of_one_name_stay_together() -> None:
    items = [(name, number) for name in NAMES for number in range(3)]
    pieces = [{name for name, _ in piece} for piece in cut_steadily(items, lambda item: item[0], 100)]
    assert sum(map(len, pieces)) == len(NAMES)
