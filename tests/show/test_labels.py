from __future__ import annotations

from variorum.show.labels import Box, Sheet, around, text_width


def test_words_do_not_take_a_place_that_is_taken() -> None:
    sheet = Sheet(100, 50, [Box(50, 0, 100, 50)])
    place = sheet.place(around(45, 25, 3, (30, 12), 10))
    assert place is not None
    assert place.box.right <= 50
    assert place.anchor == "end"


def test_words_that_fit_nowhere_have_no_place() -> None:
    assert Sheet(100, 50).place(around(50, 25, 3, (300, 12), 10)) is None


def test_words_stay_within_the_picture() -> None:
    for x in range(0, 101, 10):
        place = Sheet(100, 50).place(around(x, 25, 3, (40, 12), 10))
        assert place is None or place.box.within(Box(0, 0, 100, 50))


def test_a_place_once_given_is_taken() -> None:
    sheet = Sheet(200, 50)
    first, second = (sheet.place(around(100, 25, 3, (40, 12), 10)) for _ in range(2))
    assert first is not None
    assert second is not None
    assert not first.box.meets(second.box)


def test_boxes_that_only_touch_do_not_meet() -> None:
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))


def test_wide_letters_are_wider_and_marks_above_take_no_room() -> None:
    assert text_width("MMM", 10) > text_width("iii", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)
