"""Who printed what, in figures: who was first, who was copied, how long there is no report here."""

from __future__ import annotations

import pytest

from variorum.ledger.printed import Printed
from variorum.pipeline.outlets import Gap, OutletRow, find_first, find_gap, known_by, make_outlets


def printed(id: str, outlet: str, published: str | None, original: str | None = None) -> Printed:
    return Printed(id, int(id[1:]), outlet, "en", published, original)


def rows(*given: Printed, told: dict[str, list[str]] | None = None, days: tuple[str, ...] = ()) -> dict[str, OutletRow]:
    pairs = [(event, id) for event, ids in (told or {}).items() for id in ids]
    return {row.outlet: row for row in make_outlets({row.id: row for row in given}, pairs, days).rows}


def test_the_earlier_day_is_first() -> None:
    first = find_first([printed("R2", "Lantern", "2019-03-08"), printed("R1", "Agency", "2019-03-07")])
    assert first is not None
    assert first.outlet == "Agency"


def test_of_two_reports_of_one_day_without_a_time_neither_is_first() -> None:
    assert find_first([printed("R1", "Agency", "2019-03-07"), printed("R2", "Lantern", "2019-03-07T09:00")]) is None


def test_times_of_day_tell_who_is_first_where_both_have_one() -> None:
    first = find_first([printed("R1", "Agency", "2019-03-07T10:00"), printed("R2", "Lantern", "2019-03-07T09:00")])
    assert first is not None
    assert first.outlet == "Lantern"


def test_nobody_is_known_to_be_first_beside_a_report_without_a_date() -> None:
    assert find_first([printed("R1", "Agency", "2019-03-07"), printed("R2", "Lantern", None)]) is None


def test_an_outlet_that_tells_an_event_alone_is_not_first_with_it() -> None:
    found = rows(printed("R1", "Agency", "2019-03-07"), printed("R2", "Agency", "2019-03-08"), told={"E": ["R1", "R2"]})
    assert (found["Agency"].first, found["Agency"].shared, found["Agency"].events) == (0, 0, 1)


def test_an_outlet_is_first_with_an_event_that_another_tells_later() -> None:
    found = rows(
        printed("R1", "Agency", "2019-03-07"), printed("R2", "Lantern", "2019-03-08"), told={"E": ["R1", "R2"]}
    )
    assert (found["Agency"].first, found["Lantern"].first) == (1, 0)
    assert (found["Agency"].shared, found["Lantern"].shared) == (1, 1)


def test_a_report_without_an_outlet_counts_as_one_of_its_own() -> None:
    given = printed("R1", "", "2019-03-07"), printed("R2", "Lantern", "2019-03-08")
    assert rows(*given, told={"E": ["R1", "R2"]})["Lantern"].first == 0
    assert make_outlets({row.id: row for row in given}, [], ()).unnamed == 1


def test_a_copy_of_its_own_text_is_no_copy_by_others() -> None:
    found = rows(
        printed("R1", "Agency", "2019-03-07"),
        printed("R2", "Agency", "2019-03-08", "R1"),
        printed("R3", "Lantern", "2019-03-08", "R1"),
    )
    agency = found["Agency"]
    assert (agency.originals, agency.copies, agency.led, agency.copied) == (1, 1, 1, 1)
    assert (found["Lantern"].originals, found["Lantern"].copies) == (0, 1)


def test_a_copy_whose_original_was_not_there_yet_is_a_text_of_its_own() -> None:
    assert rows(printed("R3", "Lantern", "2019-03-08", "R1"))["Lantern"].originals == 1


DAYS = ("2019-03-05", "2019-03-05", "2019-03-20")


def test_the_longest_stretch_without_a_report_is_one_in_which_the_ledger_has_events() -> None:
    gap = find_gap({"2019-03-01", "2019-03-10", "2019-03-19"}, DAYS)
    assert gap == Gap("2019-03-02", "2019-03-09", 8, 2)


@pytest.mark.parametrize("days", [{"2019-03-04", "2019-03-06"}, {"2019-03-06", "2019-03-19"}, {"2019-03-05"}, set()])
def test_days_without_events_and_days_before_the_first_report_are_no_gap(days: set[str]) -> None:
    gap = find_gap(days, DAYS)
    assert gap is None or (gap.days == 1 and gap.first == "2019-03-05")


def test_as_of_a_day_counts_what_was_printed_by_its_end_and_what_has_no_date() -> None:
    assert known_by("2019-03-07", "2019-03-07T23:59")
    assert known_by("2019-03-07", None)
    assert known_by(None, "2030")
    assert not known_by("2019-03-07", "2019-03-08")
