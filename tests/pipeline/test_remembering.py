"""A round does not do again what the one before did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from variorum.pipeline import remembering
from variorum.pipeline.remembering import Remembered


def double(number: int) -> int:
    return 2 * number


class Counting:
    """The built-in map, that draws some pieces ahead as an engine does, and counts them."""

    def __init__(self) -> None:
        self.done: list[int] = []

    def __call__(self, function: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
        ahead: list[Any] = []
        for piece in pieces:
            ahead.append(piece)
            self.done.append(piece)
            if len(ahead) > 3:
                yield function(ahead.pop(0))
        yield from map(function, ahead)


@given(st.lists(st.lists(st.integers(0, 20), max_size=15), max_size=4))
def test_every_round_gives_what_the_map_gives(rounds: list[list[int]]) -> None:
    remembered = Remembered()
    for pieces in rounds:
        remembered.begin_round()
        assert list(remembered.over(Counting())(double, pieces)) == [2 * piece for piece in pieces]


def test_only_what_is_new_is_worked_on() -> None:
    remembered, share = Remembered(), Counting()
    for pieces in (range(10), range(12)):
        remembered.begin_round()
        list(remembered.over(share)(double, pieces))
    assert share.done == [*range(10), 10, 11]
    assert (remembered.met, remembered.missed) == (10, 2)


def test_what_a_round_does_not_ask_for_is_forgotten() -> None:
    remembered, share = Remembered(), Counting()
    for pieces in ([1, 2], [2], [1]):
        remembered.begin_round()
        list(remembered.over(share)(double, pieces))
    assert share.done == [1, 2, 1]


def test_another_function_is_asked_anew() -> None:
    remembered = Remembered()
    remembered.begin_round()
    share = remembered.over(map)
    assert [*share(double, [3]), *share(abs, [3])] == [6, 3]


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(remembering, "MOST_BYTES", 20)
    remembered, share = Remembered(), Counting()
    for _ in range(2):
        remembered.begin_round()
        assert list(remembered.over(share)(double, range(50))) == [2 * piece for piece in range(50)]
    assert 50 < len(share.done) < 100


def test_what_is_given_may_be_changed_by_who_gets_it() -> None:
    remembered = Remembered()
    for _ in range(3):
        remembered.begin_round()
        for found in remembered.over(map)(list, [(1, 2)]):
            assert found == [1, 2]
            found.append(3)
