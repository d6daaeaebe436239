"""One event as ACLED codes it: claims in, figures and codes out."""

from __future__ import annotations

import pytest

from publish.rules.told_account import account, says
from variorum.publish.rules import Statement, acled_view

FIGURES = [
    ([says("12")], 12),
    ([says("12"), says("9", "ministry", outlet="Hill Wire")], 9),
    ([says("12..")], 12),
    ([says("30..40")], 30),
    ([says("~400")], 400),
    ([says("24..", quote="dozens of people")], 12),
    ([says("24..", quote="at least two dozen")], 24),
    ([says("20..", quote="tens")], 10),
    ([says("200..", quote="Hundreds")], 100),
    ([says("200..", quote="more than 200")], 200),
    ([says("3..", quote="several")], 3),
    ([says("..200")], None),
    ([says("..200"), says("15", "ministry")], 15),
    ([], 0),
    ([says("12", stance="denies")], 0),
    ([says("0"), says("5", "ministry")], 0),
]


@pytest.mark.parametrize(("statements", "figure"), FIGURES)
def test_fatalities_are_the_lowest_figure_that_stands(statements: list[Statement], figure: int | None) -> None:
    assert acled_view(account(*statements)).fatalities == figure


WHOLES = [
    ([says("40"), says("7", scope="children")], 40),
    ([says("40"), says("7", "school", scope="children")], 40),
    ([says("4", scope="combatants"), says("9", scope="civilians")], 13),
    ([says("4", "army", scope="combatants"), says("9", "clinic", scope="civilians")], 13),
    ([says("7", scope="children"), says("2", scope="police")], 7),
    ([says("21", scope="civilians+combatants")], 21),
]


@pytest.mark.parametrize(("statements", "figure"), WHOLES)
def test_a_part_never_undercuts_a_whole(statements: list[Statement], figure: int) -> None:
    assert acled_view(account(*statements)).fatalities == figure


def test_the_notes_tell_every_figure_with_its_source() -> None:
    view = acled_view(account(says("12"), says("9..", "ministry", outlet="Hill Wire", stance="hedges")))
    assert "12 (clinic, in Tarn Post); at least 9 (ministry, in Hill Wire, hedged)" in view.notes


def test_a_dispute_is_said_with_whose_figure_was_taken() -> None:
    view = acled_view(account(says("12"), says("9", "ministry", outlet="Hill Wire")))
    assert "fatalities: reports differ; 9 is the lowest that stands, by 9 (ministry, in Hill Wire)" in view.remarks


@pytest.mark.parametrize("scope", ["all", "combatants"])
def test_a_vague_word_is_said_with_its_number(scope: str) -> None:
    view = acled_view(account(says("24..", scope=scope, quote="Dozens")))
    assert "fatalities: “Dozens” is coded 12" in view.remarks


def test_equal_figures_are_no_dispute() -> None:
    view = acled_view(account(says("9"), says("9", "ministry", outlet="Hill Wire")))
    assert not any("differ" in words for words in view.remarks)


TYPES = [
    ("strike", {"weapon": ["shell.mortar"]}, "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    (
        "strike",
        {"weapon": ["missile.cruise.kalibr"]},
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    ),
    (
        "strike",
        {"weapon": ["missile"], "platform": ["2 aircraft.jet"]},
        "Explosions/Remote violence",
        "Air/drone strike",
    ),
    ("strike", {"weapon": ["bomb.barrel"]}, "Explosions/Remote violence", "Air/drone strike"),
    ("strike", {"weapon": ["drone.kamikaze"]}, "Explosions/Remote violence", "Air/drone strike"),
    ("strike", {}, "Explosions/Remote violence", ""),
    ("bombing", {"weapon": ["bomb.car"]}, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("bombing", {"weapon": ["bomb.car.suicide"]}, "Explosions/Remote violence", "Suicide bomb"),
    ("bombing", {"weapon": ["grenade"]}, "Explosions/Remote violence", "Grenade"),
    ("bombing", {}, "Explosions/Remote violence", "Remote explosive/landmine/IED"),
    ("chemical_attack", {"weapon": ["chemical.nerve.sarin"]}, "Explosions/Remote violence", "Chemical weapon"),
    ("attack", {}, "Violence against civilians", "Attack"),
    ("clash", {}, "Battles", "Armed clash"),
    ("protest", {}, "Protests", "Peaceful protest"),
    ("territory.taken", {"actor": ["Syrian army"]}, "Battles", "Government regains territory"),
    ("territory.taken", {"actor": ["Islamic State"]}, "Battles", "Non-state actor overtakes territory"),
    ("territory.lost", {"actor": ["Syrian army"]}, "Battles", "Non-state actor overtakes territory"),
    ("territory.taken", {"actor": ["Jazira Army"]}, "Battles", ""),
    ("agreement", {}, "Strategic developments", "Agreement"),
    ("transfer.arrived", {}, "Strategic developments", "Other"),
    ("attack", {"target": ["Syrian army"]}, "Battles", "Armed clash"),
]


@pytest.mark.parametrize(("kind", "settled", "event_type", "sub_event_type"), TYPES)
def test_event_types_follow_from_kind_and_weapon(
    kind: str, settled: dict[str, list[str]], event_type: str, sub_event_type: str
) -> None:
    view = acled_view(account(kind=kind, **settled))  # type: ignore[arg-type]
    assert (view.event_type, view.sub_event_type) == (event_type, sub_event_type)


def test_a_car_bomb_that_one_voice_calls_a_suicide_bomb_is_one() -> None:
    view = acled_view(account(says("bomb.suicide", prop="weapon"), weapon=["bomb.car"]))
    assert view.sub_event_type == "Suicide bomb"


def test_an_attack_on_fighters_alone_is_a_battle() -> None:
    view = acled_view(account(says("4", scope="combatants"), kind="attack"))
    assert (view.event_type, view.sub_event_type) == ("Battles", "Armed clash")


KILLED_IN_A_SIEGE = [("combatants", "Battles", "Armed clash"), ("all", "Strategic developments", "Other")]


@pytest.mark.parametrize(("scope", "event_type", "sub_event_type"), KILLED_IN_A_SIEGE)
def test_a_siege_in_which_fighters_alone_died_is_a_battle_and_other_deaths_are_left_to_a_person(
    scope: str, event_type: str, sub_event_type: str
) -> None:
    view = acled_view(account(says("22", scope=scope), kind="siege.broken"))
    assert (view.event_type, view.sub_event_type) == (event_type, sub_event_type)
    assert any(words.startswith("event_type") for words in view.remarks)


def test_a_protest_at_which_people_were_hurt_is_left_to_a_person() -> None:
    assert acled_view(account(says("3", prop="injured"), kind="protest")).sub_event_type == ""


DAYS = [
    ("2031-05-14", "2031-05-14", "2031-05-14", "2031-05-14", 1),
    ("2031-05-12/2031-05-18", "2031-05-12", "2031-05-18", "2031-05-15", 2),
    ("2031-05", "2031-05-01", "2031-05-31", "2031-05-16", 3),
    ("rel:thu", "", "", "", None),
]


@pytest.mark.parametrize(("date", "low", "high", "day", "precision"), DAYS)
def test_the_day_is_the_middle_of_what_is_known(
    date: str, low: str, high: str, day: str, precision: int | None
) -> None:
    view = acled_view(account(date=date, low=low, high=high))
    assert (view.event_date, view.time_precision) == (day, precision)


PLACES = [("gn:170063", 1), ("gn:170063;near", 2), ("ne:SY", 3)]


@pytest.mark.parametrize(("place", "precision"), PLACES)
def test_geo_precision_follows_from_the_place(place: str, precision: int) -> None:
    assert acled_view(account(place=place)).geo_precision == precision


CODES = [
    ("Syrian army", 1),
    ("Islamic State", 2),
    ("Turkey", 8),
    ("US-led coalition", 8),
    ("Jazira Army", None),
    ("soldiers", None),
]


@pytest.mark.parametrize(("actor", "code"), CODES)
def test_inter_is_given_only_where_the_nature_of_an_actor_is_known(actor: str, code: int | None) -> None:
    assert acled_view(account(actor=[actor])).inter1 == code


def test_civilians_alone_hit_are_the_second_actor() -> None:
    view = acled_view(account(says("4", scope="civilians")))
    assert (view.actor2, view.inter2, view.civilian_targeting) == ("Civilians (Syria)", 7, "Civilian targeting")


def test_who_claims_it_is_an_actor() -> None:
    view = acled_view(account(says("Katiba X", "Katiba X", prop="responsibility")))
    assert view.actor1 == "Katiba X"


def test_without_day_and_place_the_columns_stay_empty() -> None:
    view = acled_view(account(date=None, place=None))
    assert (view.event_date, view.year, view.location, view.geo_precision) == ("", None, "", None)


ACTORS = [
    ("clash", {"actor": ["Syria", "Syrian rebels"]}, "Syria", "Syrian rebels"),
    ("clash", {"actor": ["Syria", "Syrian army"]}, "Syria", ""),
    ("clash", {"actor": ["Hill Force", "gunmen"]}, "Hill Force", "gunmen"),
    ("ceasefire", {"party": ["Hill Force", "Vale Force"]}, "Hill Force", "Vale Force"),
    ("agreement", {"party": ["soldiers"], "actor": ["soldiers"]}, "soldiers", ""),
    ("release", {"actor": ["Hill Force", "Vale Force"]}, "Hill Force", "Vale Force"),
    ("abduction", {"actor": ["gunmen", "Hill Force"]}, "Hill Force", "Civilians (Syria)"),
    ("attack", {"target": ["Syrian army"]}, "", "Syrian army"),
    ("strike", {"actor": ["Turkey"], "target": ["Turkey"]}, "Turkey", ""),
    ("protest", {"actor": ["Hill Union"]}, "Protesters (Syria)", ""),
]


@pytest.mark.parametrize(("kind", "settled", "actor1", "actor2"), ACTORS)
def test_the_actors_are_the_sides_or_who_did_it_and_whom_it_hit(
    kind: str, settled: dict[str, list[str]], actor1: str, actor2: str
) -> None:
    view = acled_view(account(kind=kind, **settled))  # type: ignore[arg-type]
    assert (view.actor1, view.actor2) == (actor1, actor2)


def test_only_whom_the_same_source_names_is_associated() -> None:
    one, two = says("Turkey", "clinic", prop="actor"), says("Hill Force", "monitor", prop="actor")
    rivals = acled_view(account(one, two, actor=["Turkey", "Hill Force"]))
    assert rivals.assoc_actor_1 == ""
    assert "actor1: other voices name Hill Force" in rivals.remarks
    both = acled_view(account(one, says("Hill Force", "clinic", prop="actor"), actor=["Turkey", "Hill Force"]))
    assert both.assoc_actor_1 == "Hill Force"


def test_the_notes_tell_who_names_whom_and_what_else_was_counted() -> None:
    view = acled_view(account(says("Turkey", "clinic", prop="actor"), says("1", prop="missing", scope="women")))
    assert "Who acted, by source: Turkey (clinic, in Tarn Post)." in view.notes
    assert "Missing, by source: 1 woman (clinic, in Tarn Post)." in view.notes
