"""Many claims to one value: report in, settled rows out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from told import Fact, Happening, Told, said_in, tell, texts_of
from variorum.model import Settled
from variorum.resolve.settle import settle

KALIBR = "missile.cruise.kalibr"
DAY1, DAY2 = "2031-05-02", "2031-05-03"


def one(name: str, *facts: Fact, published: str | None = DAY1, outlet: str | None = None) -> Told:
    return tell(name, Happening("strike", facts), published=published, outlet=outlet)


def rows(*reports: Told, copies: dict[str, str] | None = None) -> list[Settled]:
    return settle(said_in(*reports, copies=copies), texts_of(*reports))


def only(*reports: Told, copies: dict[str, str] | None = None) -> Settled:
    (row,) = rows(*reports, copies=copies)
    return row


def killed(value: str, source: str = "", scope: str = "all", **more: str) -> Fact:
    return Fact("killed", value, scope, source, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figures", "value", "status"),
    [
        ([killed("39..")], "39..", "single"),
        ([killed("39.."), killed("39..")], "39..", "agreed"),
        ([killed("39.."), killed("40")], "40", "agreed"),
        ([killed("12"), killed("12"), killed("20")], "12", "contested"),
        ([killed("3"), killed("12")], "3..12", "contested"),
        ([killed("3"), killed("12..")], "3..", "contested"),
        ([killed("..3"), killed("12")], "..12", "contested"),
        ([killed("3", stance="hedges"), killed("12")], "12", "contested"),
        ([killed("~400"), killed("380..420")], "380..420", "agreed"),
        ([killed("5"), killed("5", stance="denies")], "5", "contested"),
    ],
)
def test_a_count_is_that_of_most_independent_voices(figures: list[Fact], value: str, status: str) -> None:
    row = only(*(one(f"Report {index}", fact) for index, fact in enumerate(figures)))
    assert (row.value, row.status) == (value, status)


def test_a_source_counts_once_however_many_relay_it() -> None:
    relayed = [one(f"Relay {index}", killed("40", "ministry")) for index in range(3)]
    others = [one("Tarn", killed("12", "clinic")), one("Wadi", killed("12", "council"))]
    row = only(*relayed, *others)
    assert row.value == "12"
    assert row.sources == ("clinic", "council")


def test_a_copy_counts_with_its_original() -> None:
    row = only(one("Tarn", killed("12")), one("Wadi", killed("12")), copies={"Wadi": "Tarn"})
    assert (row.status, row.lineages, row.sources, row.copies, len(row.support)) == ("single", 1, ("",), 1, 2)


def test_lineages_and_sources_are_counted_apart() -> None:
    row = only(one("Tarn", killed("7", "ministry")), one("Wadi", killed("7", "ministry")))
    assert (row.status, row.lineages, row.sources) == ("agreed", 2, ("ministry",))


def test_the_last_word_of_a_source_replaces_its_earlier() -> None:
    row = only(one("Tarn", killed("12", "clinic")), one("Wadi", killed("9", "clinic"), published=DAY2))
    assert (row.value, row.status, row.against) == ("9", "single", ())


def test_an_old_figure_reprinted_later_by_a_copy_does_not_come_back() -> None:
    row = only(
        one("Tarn", killed("12", "clinic")),
        one("Wadi", killed("9", "clinic"), published=DAY2),
        one("Late", killed("12", "clinic"), published="2031-05-09"),
        copies={"Late": "Tarn"},
    )
    assert row.value == "9"


def test_what_a_copy_changed_supports_nothing() -> None:
    row = only(one("Tarn", killed("12")), one("Wadi", killed("20")), copies={"Wadi": "Tarn"})
    assert (row.value, row.status) == ("12", "single")


def test_figures_for_different_people_are_settled_apart() -> None:
    found = rows(one("Tarn", killed("39..", scope="civilians"), killed("7", scope="children")))
    assert [(row.scope, row.value) for row in found] == [("children", "7"), ("civilians", "39..")]


def test_a_property_without_scope_has_none() -> None:
    assert only(one("Tarn", Fact("munitions", "7"))).scope is None


@pytest.mark.parametrize(
    ("prop", "values", "value", "status"),
    [
        ("distance", ["500..670 km", "500..650 km"], "500..650 km", "agreed"),
        ("date", ["2031-05", "2031-05-01"], "2031-05-01", "agreed"),
        ("date", ["2031-05-01", "2031-05-01", "2031-04-20"], "2031-05-01", "contested"),
        ("duration", ["2 year", "~3 year"], None, "contested"),
        (
            "weapon",
            ["missile.cruise", "missile.cruise.kalibr", "missile.ballistic"],
            "missile.cruise.kalibr",
            "contested",
        ),
        ("weapon", ["missile", "missile.cruise"], "missile.cruise", "agreed"),
        ("platform", ["vessel.submarine", "2 vessel.submarine"], "2 vessel.submarine", "agreed"),
    ],
)
def test_the_most_precise_that_agrees(prop: str, values: list[str], value: str | None, status: str) -> None:
    row = only(*(one(f"Report {index}", Fact(prop, text)) for index, text in enumerate(values)))
    assert row.status == status
    assert row.value == value or (value is None and row.value in values)


def test_a_day_that_most_agree_with_goes_before_the_week_that_fits_all() -> None:
    week, thursday, friday = "2031-04-28/2031-05-04", "2031-05-01", "2031-05-02"
    reports = [
        one("A", Fact("date", week)),
        *(one(name, Fact("date", thursday)) for name in "BCD"),
        one("E", Fact("date", friday)),
    ]
    assert rows(*reports)[0].value == thursday


def test_two_days_of_a_week_with_as_many_voices_leave_the_week() -> None:
    week = "2031-04-28/2031-05-04"
    told = [*(one(name, Fact("date", week)) for name in "ABC"), one("D", Fact("date", "2031-04-29"))]
    assert rows(*told, one("E", Fact("date", "2031-04-30")))[0].value == week


@pytest.mark.parametrize("copies", [None, {"Wadi": "Tarn"}])
def test_the_day_that_an_account_opens_with_stays_when_it_is_told_again(copies: dict[str, str] | None) -> None:
    days = Fact("date", "2031-05-01", source="clinic"), Fact("date", "2031-04-30", source="clinic")
    assert only(one("Tarn", *days), one("Wadi", *days), copies=copies).value == "2031-05-01"


def test_of_two_spellings_of_one_value_the_same_leads_whichever_report_sorts_first() -> None:
    for name in ("Wadi", "Arda", "Lusk", "Orme", "Sola"):
        assert only(one("Tarn", Fact("distance", "500 km")), one(name, Fact("distance", "310 mi"))).value == "310 mi"


def test_no_date_is_made_of_the_publication() -> None:
    assert [row.prop for row in rows(one("Tarn", killed("3")))] == ["killed"]


def test_a_conversion_in_brackets_is_no_second_figure() -> None:
    row = only(one("Tarn", Fact("distance", "500..670 km"), Fact("distance", "727 mi", joint=" (")))
    assert (row.value, row.status) == ("500..670 km", "single")


def test_each_value_of_a_set_has_its_row() -> None:
    facts = [Fact("cause", "a gas leak"), Fact("cause", "a rocket")]
    found = rows(one("Tarn", *facts), one("Wadi", Fact("cause", "A rocket")))
    assert [(row.value, row.status, row.lineages) for row in found] == [
        ("a rocket", "agreed", 2),
        ("a gas leak", "single", 1),
    ]


def test_what_is_only_denied_has_no_support() -> None:
    row = only(one("Tarn", Fact("cause", "a rocket", stance="denies")))
    assert (row.support, len(row.against), row.status) == ((), 1, "contested")


def test_two_places_hit_have_a_row_each() -> None:
    places = [Fact("place", "geo:34.5,40.1;u=2000"), Fact("place", "geo:36.5,41.9;u=2000")]
    assert len(rows(one("Tarn", *places))) == 2


facts = st.builds(
    Fact,
    st.just("killed"),
    st.sampled_from(["0", "3", "12", "12..", "..20", "~15", "10..14", "40"]),
    st.sampled_from(["all", "civilians"]),
    st.sampled_from(["", "clinic", "council"]),
    st.sampled_from(["asserts", "asserts", "hedges", "denies"]),
)
stories = st.lists(st.tuples(st.lists(facts, max_size=3), st.sampled_from([DAY1, DAY2, None])), min_size=1, max_size=5)


@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(told: list[tuple[list[Fact], str | None]], chance: object) -> None:
    reports = [one(f"R{i}", *found, published=day) for i, (found, day) in enumerate(told)]
    said = said_in(*reports)
    mixed = chance.sample(said, len(said))  # type: ignore[attr-defined]
    assert settle(mixed, texts_of(*reports)) == settle(said, texts_of(*reports))


@given(stories, st.integers(1, 3))
def test_copies_change_no_value(told: list[tuple[list[Fact], str | None]], times: int) -> None:
    reports = [one(f"R{i}", *found, published=day) for i, (found, day) in enumerate(told)]
    more = [one(f"Copy {n}", *told[0][0], published="2031-06-01", outlet=f"Copier {n}") for n in range(times)]
    copies = {f"Copy {n}": "R0" for n in range(times)}
    without = [(row.prop, row.scope, row.value, row.status, row.lineages, row.sources) for row in rows(*reports)]
    found = rows(*reports, *more, copies=copies)
    assert [(row.prop, row.scope, row.value, row.status, row.lineages, row.sources) for row in found] == without


@given(stories)
def test_support_and_opposition_are_apart(told: list[tuple[list[Fact], str | None]]) -> None:
    for row in rows(*(one(f"R{i}", *found, published=day) for i, (found, day) in enumerate(told))):
        assert not set(row.support) & set(row.against)
        assert row == replace(row, status="contested") or not row.against
