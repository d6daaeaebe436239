"""The questions before a reviewer: in the order of the queue, the answered left out, the skipped last."""

from __future__ import annotations

from pathlib import Path

from variorum.ledger import Ledger
from variorum.pipeline import Item, run
from variorum.web.desk import Before, Desks, Lane, item_key
from variorum.web.followup import Followup


def make_before(count: int, gone: tuple[int, ...] = (), skipped: tuple[int, ...] = ()) -> tuple[Before, list[str]]:
    """So many questions of one kind, some answered, some skipped by their places."""
    items = [Item("place", "place", (f"clm_{number}",), (), "", 0.0) for number in range(count)]
    keys = [item_key(item) for item in items]
    lane = Lane(1, 0, items, keys, {key: place for place, key in enumerate(keys)}, {"place": list(range(count))})
    before = Before(lane, range(count), frozenset(keys[n] for n in gone), [keys[n] for n in skipped])
    return before, keys


def walk(before: Before, keys: list[str], steps: int) -> list[int]:
    at, found = before.next(None), []
    for _ in range(steps):
        assert at is not None
        found.append(keys.index(at))
        at = before.next(at)
    return found


def test_questions_come_in_order_and_then_from_the_first() -> None:
    assert walk(*make_before(3), 4) == [0, 1, 2, 0]


def test_answered_ones_are_left_out_and_skipped_ones_come_last() -> None:
    assert walk(*make_before(5, gone=(2,), skipped=(3, 0)), 5) == [1, 4, 3, 0, 1]


def test_going_back_is_going_on_the_other_way() -> None:
    before, keys = make_before(5, gone=(2,), skipped=(3, 0))
    forth = [keys[n] for n in (1, 4, 3, 0)]
    for one, other in zip(forth, [*forth[1:], forth[0]]):
        assert before.next(one) == other
        assert before.previous(other) == one


def test_numbers_run_from_one_to_what_is_left() -> None:
    before, keys = make_before(5, gone=(2,), skipped=(3, 0))
    assert before.count == 4
    assert [before.number(keys[n]) for n in (1, 4, 3, 0)] == [1, 2, 3, 4]
    assert before.number(keys[2]) is None


def test_nothing_is_left_when_all_are_answered() -> None:
    before, _ = make_before(2, gone=(0, 1))
    assert before.next(None) is None
    assert before.count == 0


def test_a_question_is_named_by_what_it_asks() -> None:
    one = Item("same", "same", ("men_1", "men_2"), (), "because", 0.5, "unsure", 0.6)
    assert item_key(one) == item_key(Item("same", "same", ("men_1", "men_2"), ("evt_1",), "", 0.1, "unsure", 0.4))
    assert item_key(one) != item_key(Item("same", "same", ("men_1", "men_3"), (), "because", 0.5, "unsure", 0.6))


def test_after_a_run_the_queue_is_a_newer_one_or_said_to_be_older(own_examples: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Four people were killed in a blast in Homs on Monday, police said.")
    with Ledger.open(own_examples, readonly=True) as ledger:
        desks = Desks(ledger, Followup(str(own_examples)))
        first = desks.before("ada", None, False)
        assert not first.older
        with Ledger.open(own_examples) as writing:
            run([tmp_path / "new.txt"], writing, now="2031-05-04T10:00:00+00:00", workers=1)
        second = desks.before("ada", None, False)
        assert second.older or second.lane.run > first.lane.run
