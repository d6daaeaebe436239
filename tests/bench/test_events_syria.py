"""Events linked to rows in the formats of Airwars and UCDP GED, on invented rows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from bench.events_syria import (
    Asked,
    Row,
    index_days,
    is_deadly,
    is_near,
    link,
    make_asked,
    nearest,
    province_of,
    read_airwars,
    read_ucdp,
    score,
    score_shifted,
    toll_of,
    tolls_meet,
)

from variorum.model import Event, Settled

IDLIB = (35.93, 36.63)
ROW = Row("ucdp", "1", 1000, 1000, IDLIB, "idlib", 5, 7)
ASKED = Asked("strike", 1000, IDLIB, 5.0, "idlib", (6, 6))


def event(kind: str, *values: tuple[str, str | None, str]) -> Event:
    rows = tuple(Settled(prop, scope, value, "single", (), (), 1, (), 0) for prop, scope, value in values)
    return Event("evt_1", kind, "", (), rows, ())


def test_airwars_is_read_with_civilians_and_belligerents() -> None:
    line = {
        "code": "X1",
        "date": "2016-05-09",
        "region": "Idlib",
        "lat": 35.9,
        "lon": 36.6,
        "geo_accuracy": "town",
        "civ_killed_min": 3,
        "civ_killed_max": 5,
        "military_killed_max": 2,
    }
    wide = line | {"code": "X2", "geo_accuracy": "province_governorate", "date_range_end": "2016-05-11"}
    (close, far) = read_airwars(map(json.dumps, [line, wide, {"code": "X3"}]))
    assert (close.low, close.high, close.point, close.governorate) == (3, 7, (35.9, 36.6), "idlib")
    assert far.point is None
    assert far.last - far.first == 2


def test_ucdp_is_read_where_its_date_is_close() -> None:
    line = {
        "id": "7.0",
        "date_start": "2016-05-09",
        "date_end": "2016-05-09",
        "date_prec": "1.0",
        "where_prec": "1.0",
        "latitude": "35.9",
        "longitude": "36.6",
        "adm_1": "Rif Dimashq Governorate",
        "low": "2.0",
        "high": "4.0",
    }
    rows = read_ucdp(map(json.dumps, [line, line | {"where_prec": "4.0"}, line | {"date_prec": "4.0"}]))
    assert [(row.low, row.high, row.governorate) for row in rows] == [(2, 4, "damascus")] * 2
    assert [row.point is None for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("name", "group"), [("Al Hasakah Governorate", "hasakeh"), ("Ar Raqqah", "raqqa"), ("Haifa", ""), (None, "")]
)
def test_provinces_are_named_in_many_ways(name: str | None, group: str) -> None:
    assert province_of(name) == group


@pytest.mark.parametrize(
    ("told", "toll"),
    [
        ([("all", "12")], (12, 12)),
        ([("all", "12"), ("civilians", "9")], (9, 12)),
        ([("all", "12..")], (12, 18)),
        ([("children", "3"), ("combatants", "20")], (20, 23)),
        ([("all", "12"), ("combatants", "40")], (12, 12)),
        ([], None),
    ],
)
def test_a_toll_runs_over_what_is_settled(told: list[tuple[str, str]], toll: tuple[int, int] | None) -> None:
    assert toll_of(event("strike", *(("killed", scope, value) for scope, value in told))) == toll


@pytest.mark.parametrize(
    ("kind", "killed", "deadly"), [("strike", "3", True), ("strike", "0", False), ("protest", "3", False)]
)
def test_only_violence_that_killed_is_asked_for(kind: str, killed: str, deadly: bool) -> None:
    assert is_deadly(event(kind, ("killed", "all", killed))) == deadly


def test_an_event_needs_a_day_and_a_governorate() -> None:
    day, town, dead = ("date", None, "2016-05-09"), ("place", None, "gn:169389"), ("killed", "all", "3")
    assert make_asked(event("strike", town, dead)) is None
    assert make_asked(event("strike", day, dead)) is None
    assert make_asked(event("strike", day, ("place", None, "ne:SY"), dead)) is None
    asked = make_asked(event("strike", day, ("place", None, "ne:SY.idlib"), town, dead))
    assert asked is not None
    assert asked.point is not None


@pytest.mark.parametrize(
    ("asked", "row", "near"),
    [
        (ASKED, ROW, True),
        (ASKED, replace(ROW, point=(36.13, 36.63)), True),  # 22 km
        (ASKED, replace(ROW, point=(36.23, 36.63)), False),  # 33 km, though in the governorate
        (replace(ASKED, radius_km=40.0), replace(ROW, point=(36.23, 36.63)), True),
        (ASKED, replace(ROW, point=None), True),
        (replace(ASKED, point=None), replace(ROW, governorate="hama"), False),
    ],
)
def test_near_is_within_the_radius_or_in_the_governorate(asked: Asked, row: Row, near: bool) -> None:
    assert is_near(asked, row) == near


@pytest.mark.parametrize(("day", "count"), [(999, 1), (1001, 1), (1002, 0)])
def test_a_day_is_allowed_on_either_side(day: int, count: int) -> None:
    assert len(link(ASKED, index_days([ROW]), day)) == count


def test_airwars_counts_strikes_alone() -> None:
    by_day = index_days([replace(ROW, of="airwars")])
    assert link(ASKED, by_day, 1000)
    assert not link(replace(ASKED, kind="execution"), by_day, 1000)


@pytest.mark.parametrize(
    ("toll", "meet"), [((6, 6), True), ((8, 8), False), ((11, 13), True), ((40, 60), False), ((1, 4), True)]
)
def test_a_toll_meets_one_row_or_all_of_a_day(toll: tuple[int, int], meet: bool) -> None:
    assert tolls_meet(toll, [ROW, replace(ROW, id="2"), replace(ROW, id="3", first=999, low=3, high=3)]) == meet


def test_the_baseline_takes_the_nearest_day_in_the_governorate() -> None:
    by_day = index_days([replace(ROW, id="2", first=999, last=999), replace(ROW, point=None)])
    assert [row.id for row in nearest(ASKED, by_day, 1000)] == ["1"]
    assert nearest(replace(ASKED, governorate="hama"), by_day, 1000) == []


def test_shares_are_of_events_and_of_those_found() -> None:
    by_day = index_days([ROW])
    events = [ASKED, replace(ASKED, toll=(90, 90)), replace(ASKED, day=2000), replace(ASKED, governorate="")]
    assert score(events, by_day, link) == {"found": 0.75, "toll_meets": pytest.approx(2 / 3), "met": 0.5}


def test_chance_is_the_mean_of_both_shifts() -> None:
    by_day = index_days([ROW, replace(ROW, id="2", first=1070, last=1070)])
    told = score_shifted([ASKED], by_day, link, frozenset({1000, 1070}))
    assert told == {"found_shifted": 0.5, "toll_meets_shifted": 0.5, "met_shifted": 0.5}
