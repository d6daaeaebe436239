"""One event as UCDP GED codes it: claims in, low, best, high and deaths by side out."""

from __future__ import annotations

import pytest

from publish.rules.told_account import account, says
from variorum.publish.rules import Statement, ucdp_view

FIGURES = [
    ([says("12")], (12, 12, 12)),
    ([says("12"), says("9", "ministry", outlet="Hill Wire", when=None)], (9, 9, 12)),
    ([says("12"), says("9", "ministry", when="2031-05-04", outlet="Hill Wire")], (9, 9, 12)),
    ([says("9"), says("12", "ministry", when="2031-05-04", outlet="Hill Wire")], (9, 12, 12)),
    ([says("12"), says("12", "mayor"), says("9", "ministry", when="2031-05-04")], (9, 12, 12)),
    ([says("11"), says("7..", "monitor")], (7, 11, 11)),
    ([says("12..")], (12, 12, 12)),
    ([says("30..40")], (30, 30, 40)),
    ([says("~400")], (400, 400, 400)),
    ([says("..200")], (None, None, 200)),
    ([says("..200"), says("15", "mayor")], (15, 15, 200)),
    ([], (None, None, None)),
    ([says("12", stance="denies")], (None, None, None)),
]


@pytest.mark.parametrize(("statements", "figures"), FIGURES)
def test_low_best_and_high(statements: list[Statement], figures: tuple[int | None, int | None, int | None]) -> None:
    view = ucdp_view(account(*statements))
    assert (view.low, view.best, view.high) == figures


def test_outlets_that_relay_one_source_are_one_voice() -> None:
    relayed = [says("30", "Syrian army", outlet=outlet) for outlet in ("Tarn Post", "Hill Wire", "Lake Daily")]
    view = ucdp_view(account(*relayed, says("9", "mayor"), says("9", "clinic")))
    assert view.best == 9


SIDES = [
    ([says("12"), says("9", scope="civilians")], {}, (0, 0, 9, 3)),
    ([says("12"), says("2", scope="children")], {}, (0, 0, 2, 10)),
    ([says("12"), says("4", scope="combatants")], {}, (0, 0, 0, 12)),
    ([says("4", scope="combatants")], {"target": ["Tihama Brigades"]}, (0, 4, 0, 0)),
    ([says("4", scope="combatants"), says("9", scope="civilians")], {"target": ["Tihama Brigades"]}, (0, 4, 9, 0)),
    ([says("4", scope="combatants")], {"actor": ["Islamic State"], "target": ["Syrian army"]}, (4, 0, 0, 0)),
    ([says("12"), says("1", scope="attackers")], {}, (1, 0, 0, 11)),
    ([says("12"), says("20", scope="civilians")], {}, (0, 0, 0, 12)),
]


@pytest.mark.parametrize(("statements", "settled", "deaths"), SIDES)
def test_deaths_by_side_are_what_reports_give_and_the_rest_unknown(
    statements: list[Statement], settled: dict[str, list[str]], deaths: tuple[int, int, int, int]
) -> None:
    view = ucdp_view(account(*statements, **settled))  # type: ignore[arg-type]
    assert (view.deaths_a, view.deaths_b, view.deaths_civilians, view.deaths_unknown) == deaths


@pytest.mark.parametrize("statements", [row[0] for row in FIGURES + SIDES], ids=str)
def test_best_is_the_sum_of_the_deaths_by_side(statements: list[Statement]) -> None:
    view = ucdp_view(account(*statements))
    parts = [view.deaths_a, view.deaths_b, view.deaths_civilians, view.deaths_unknown]
    assert parts == [None] * 4 if view.best is None else sum(part or 0 for part in parts) == view.best


VIOLENCE = [
    ("clash", {"actor": ["Islamic State", "Syrian army"]}, [], 1, "Syrian army", "Islamic State"),
    ("clash", {"actor": ["Hill Force", "Vale Force"]}, [], None, "Hill Force", "Vale Force"),
    ("clash", {"actor": ["Syria", "Syrian rebels"]}, [], 1, "Syria", "Syrian rebels"),
    ("clash", {"actor": ["Islamic State", "Syrian government"]}, [], 1, "Syrian government", "Islamic State"),
    (
        "strike",
        {"actor": ["US-led coalition"], "target": ["Islamic State"]},
        [],
        1,
        "US-led coalition",
        "Islamic State",
    ),
    ("clash", {"actor": ["Islamist coalition", "Islamic State"]}, [], None, "Islamist coalition", "Islamic State"),
    ("clash", {"actor": ["Syria", "Syrian army"]}, [], None, "Syria", ""),
    ("strike", {"actor": ["Syrian army"], "target": ["Islamic State"]}, [], 1, "Syrian army", "Islamic State"),
    ("execution", {"actor": ["Islamic State"]}, [says("9", scope="civilians")], 3, "Islamic State", "Civilians"),
    ("execution", {"actor": ["soldiers"]}, [says("9", scope="civilians")], None, "", "Civilians"),
    ("strike", {}, [], None, "", ""),
]


@pytest.mark.parametrize(("kind", "settled", "statements", "violence", "side_a", "side_b"), VIOLENCE)
def test_type_of_violence_is_given_only_where_both_sides_are_known(
    kind: str,
    settled: dict[str, list[str]],
    statements: list[Statement],
    violence: int | None,
    side_a: str,
    side_b: str,
) -> None:
    view = ucdp_view(account(*statements, kind=kind, **settled))  # type: ignore[arg-type]
    assert (view.type_of_violence, view.side_a, view.side_b) == (violence, side_a, side_b)


PLACES = [("gn:170063", 1), ("gn:170063;near", 2), ("ne:SY", 6)]


@pytest.mark.parametrize(("place", "code"), PLACES)
def test_where_prec_follows_from_the_place(place: str, code: int) -> None:
    assert ucdp_view(account(place=place)).where_prec == code


DAYS = [("2031-05-14", 1), ("2031-05-14/2031-05-15", 2), ("2031-05-12/2031-05-18", 3), ("2031-05", 4), ("2031", 5)]


@pytest.mark.parametrize(("date", "code"), DAYS)
def test_date_prec_follows_from_the_date(date: str, code: int) -> None:
    assert ucdp_view(account(date=date)).date_prec == code


def test_source_original_names_who_is_quoted_and_no_outlet() -> None:
    assert ucdp_view(account(says("12"), says("12", ""))).source_original == "clinic"


def test_a_round_up_of_other_events_is_not_clear() -> None:
    found = account(says("12"))
    found.event["related"].append({"name": "part of", "left": "evt_2", "right": "evt_1"})
    assert ucdp_view(found).event_clarity == 2


def test_whoever_else_is_named_is_told() -> None:
    assert "sides: also named: Russia" in ucdp_view(account(actor=["Turkey", "Russia"], kind="strike")).remarks


def test_the_lists_of_sources_have_one_item_a_text_in_one_order() -> None:
    view = ucdp_view(account(says("12", ""), says("9", "", outlet="Hill; Wire")))
    assert view.source_office == "Tarn Post;Hill, Wire"
    assert view.source_date == "2031-05-02;2031-05-02"
    assert view.source_article == '"Tarn Post,2031-05-02,Tarn Post reports";"Hill, Wire,2031-05-02,Hill, Wire reports"'


FOUGHT = [("siege.broken", "4", True), ("abduction", "1", True), ("siege.broken", "0", False), ("talks", "4", False)]


@pytest.mark.parametrize(("kind", "killed", "fought"), FOUGHT)
def test_a_siege_or_an_abduction_is_a_use_of_armed_force_where_people_died(
    kind: str, killed: str, fought: bool
) -> None:
    view = ucdp_view(account(says(killed), kind=kind))
    assert any(words.startswith("GED codes no event") for words in view.remarks) is not fought


def test_in_one_sided_violence_all_dead_but_the_attackers_are_civilians() -> None:
    told = [says("6"), says("9", "mayor", scope="civilians", outlet="Hill Wire"), says("6", "clinic")]
    view = ucdp_view(account(*told, says("1", scope="attackers"), kind="attack", actor=["Islamic State"]))
    assert (view.type_of_violence, view.best, view.deaths_a, view.deaths_civilians) == (3, 6, 1, 5)
