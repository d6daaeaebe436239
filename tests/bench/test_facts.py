from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from bench.facts import Prediction, check_gold, distance_km, match_events

REPORTS = {"art_a": "01", "art_b": "02"}


def claim(prop: str, value: str, **other: Any) -> dict[str, Any]:
    row = {
        "id": f"clm_{prop}_{value}",
        "prop": prop,
        "scope": None,
        "value": value,
        "source": "",
        "stance": "asserts",
        "article": "art_a",
        "start": 0,
        "end": 4,
        "quote": value,
    }
    return row | other


def event(**other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": "evt_1",
        "kind": "strike",
        "date": {"value": "2019-03-07", "low": "2019-03-07", "high": "2019-03-07"},
        "place": {"name": "Zabid", "lat": 14.2, "lon": 43.3, "country": "YE", "as_written": ["Zabīd"]},
        "values": [
            {
                "prop": "munitions",
                "scope": None,
                "value": "5",
                "status": "agreed",
                "lineages": 2,
                "copies": 1,
                "sources": ["Marenian defence ministry"],
            }
        ],
        "relations": [
            {"name": "overlaps", "prop": "distance", "left": "clm_l", "right": "clm_r", "note": "300–420 and 300–400"},
            {"name": "impossible", "prop": "distance", "left": "clm_l", "right": None, "note": "590 miles"},
        ],
        "articles": ["art_a", "art_b"],
        "claims": [
            claim("munitions", "5", source="Marenian defence ministry", quote="five missiles"),
            claim("killed", "4", scope="combatants", stance="hedges"),
            claim("weapon", "missile.cruise.kalibr", article="art_b"),
            claim("distance", "300..420 km", id="clm_l"),
            claim("distance", "300..400 km", id="clm_r", article="art_b"),
        ],
    }
    return row | other


def gold(*facts: dict[str, Any], never: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "event": [
            {
                "id": "X1",
                "kinds": ["strike"],
                "dates": ["2019-03-07"],
                "reports": ["01", "02"],
                "key": [{"prop": "munitions", "value": "5"}],
                "fact": [{"says": "it", **fact} for fact in facts],
            }
        ],
        "never": [{"says": "never", **row} for row in never or []],
    }


def why(fact: dict[str, Any], *events: dict[str, Any]) -> str:
    (outcome,) = check_gold(gold(fact), Prediction(events or (event(),), REPORTS), form="files")
    return outcome.why


HOLDS = [
    {"check": "joined"},
    {"check": "kind", "kinds": ["strike"]},
    {"check": "date", "value": "2019-03-07", "low": "2019-03-07"},
    {"check": "date", "value": ["rel:thu", "2019-03-07"]},
    {"check": "place", "names": ["zabid"], "country": "YE", "lat": 14.2, "lon": 43.4, "km": 20},
    {"check": "claim", "prop": "munitions", "value": "5", "source": "marenian defence ministry", "report": "01"},
    {"check": "claim", "prop": "killed", "scope": "combatants", "stance": "hedges"},
    {"check": "claim", "prop": "weapon", "value": "missile.*"},
    {"check": "claim", "quote": "FIVE"},
    {"check": "no_claim", "prop": "munitions", "value": "8"},
    {"check": "settled", "prop": "munitions", "value": "5", "status": "agreed", "lineages": 2, "copies": 1},
    {"check": "settled", "prop": "munitions", "sources": ["Marenian defence ministry"]},
    {"check": "relation", "name": "overlaps", "prop": "distance", "values": ["300..400 km", "300..420 km"]},
    {"check": "relation", "name": "impossible", "prop": "distance", "values": ["300..420 km"], "reports": ["01"]},
    {"check": "relation", "name": "overlaps", "prop": "distance", "values": ["300..420 km"]},
    {"check": "no_relation", "name": "contradicts", "prop": "distance"},
]


@pytest.mark.parametrize("fact", HOLDS, ids=str)
def test_a_fact_that_the_events_say_holds(fact: dict[str, Any]) -> None:
    assert why(fact) == ""


FAILS = [
    ({"check": "kind", "kinds": ["bombing"]}, "kind is strike"),
    ({"check": "date", "value": "2019-03-08"}, "date value is 2019-03-07"),
    ({"check": "place", "names": ["Aden"]}, "place is Zabid"),
    ({"check": "place", "lat": 36.0, "lon": 40.0, "km": 50}, "km away"),
    ({"check": "place", "country": "SY"}, "country is YE"),
    ({"check": "claim", "prop": "munitions", "value": "7"}, "munitions 5"),
    ({"check": "claim", "prop": "munitions", "value": "5", "report": "02"}, "munitions 5"),
    ({"check": "claim", "prop": "killed", "scope": "civilians"}, "killed of combatants 4"),
    ({"check": "claim", "prop": "killed", "stance": "asserts"}, "hedges"),
    ({"check": "claim", "prop": "munitions", "source": ""}, "Marenian"),
    ({"check": "claim", "prop": "injured"}, "no such property"),
    ({"check": "claim", "prop": "weapon", "value": "missile"}, "missile.cruise.kalibr"),
    ({"check": "no_claim", "prop": "killed"}, "holds killed"),
    ({"check": "settled", "prop": "munitions", "status": "contested"}, "munitions is agreed"),
    ({"check": "settled", "prop": "munitions", "lineages": 3}, "counts 2 lineages"),
    ({"check": "settled", "prop": "munitions", "sources": ["Marenian defence ministry", "A"]}, "has sources"),
    ({"check": "settled", "prop": "killed"}, "not settled"),
    ({"check": "relation", "name": "contradicts", "prop": "distance"}, "has overlaps"),
    ({"check": "relation", "name": "overlaps", "prop": "distance", "values": ["300..400 km", "9 km"]}, "has overlaps"),
    ({"check": "relation", "name": "impossible", "values": ["300..420 km", "300..400 km"]}, "has overlaps"),
    ({"check": "no_relation", "name": "impossible", "prop": "distance"}, "590 miles"),
]


@pytest.mark.parametrize(("fact", "reason"), FAILS, ids=str)
def test_a_fact_that_the_events_do_not_say_fails_with_a_reason(fact: dict[str, Any], reason: str) -> None:
    assert reason in why(fact)


def test_a_missing_event_fails_every_fact_about_it_even_a_negative_one() -> None:
    other_report = event(articles=["art_z"])
    assert why({"check": "no_claim", "prop": "killed", "value": "9"}, other_report) == "no such event was found"


def test_an_event_without_one_of_its_reports_is_not_joined() -> None:
    assert "lacks report 02" in why({"check": "joined"}, event(articles=["art_a"]))


def test_an_event_told_twice_is_not_joined() -> None:
    assert "tells the same again" in why({"check": "joined"}, event(), event(id="evt_0", articles=["art_b"]))


def test_a_fact_for_another_form_is_not_counted() -> None:
    facts = gold({"check": "joined", "forms": ["txt"]})
    assert check_gold(facts, Prediction((event(),), REPORTS), form="jsonl") == []


def test_a_key_value_outweighs_the_date_in_choosing_the_event_meant() -> None:
    same_day = event(id="evt_9", claims=[claim("munitions", "3")])
    other_day = event(id="evt_1", date={"value": "2019-03-09"})
    found = match_events(gold(), Prediction((same_day, other_day), REPORTS))
    assert found["X1"]["id"] == "evt_1"


def test_an_event_with_neither_key_nor_date_is_not_the_one_meant() -> None:
    stranger = event(claims=[claim("munitions", "3")], date={"value": "2019-05-01"})
    assert match_events(gold(), Prediction((stranger,), REPORTS)) == {}


def test_two_expected_events_in_one_predicted_event_are_not_apart() -> None:
    facts = gold({"check": "apart", "other": "X2"})
    second = deepcopy(facts["event"][0]) | {"id": "X2", "fact": []}
    facts["event"].append(second)
    (outcome,) = check_gold(facts, Prediction((event(),), REPORTS), form="files")
    assert outcome.why == "both are evt_1"


NEVER = [
    ({"check": "no_claim", "quote": "missiles"}, "evt_1 holds"),
    ({"check": "no_kind", "kinds": ["strike"], "reports": ["02"]}, "evt_1 is strike in 02"),
    ({"check": "no_date", "value": ["2019-03-07"]}, "is dated"),
]


@pytest.mark.parametrize(("row", "reason"), NEVER, ids=str)
def test_a_never_line_fails_when_it_stands_in_any_event(row: dict[str, Any], reason: str) -> None:
    (outcome,) = check_gold(gold(never=[row]), Prediction((event(),), REPORTS), form="files")
    assert reason in outcome.why


def test_background_in_the_export_is_reported() -> None:
    background = event(kind="background.total")
    (outcome,) = check_gold(gold(never=[{"check": "no_background"}]), Prediction((background,), {}), form="files")
    assert "background.total" in outcome.why


def test_a_never_line_holds_when_nothing_was_found() -> None:
    (outcome,) = check_gold(gold(never=[{"check": "no_claim", "prop": "killed"}]), Prediction((), {}), form="files")
    assert outcome.passed


def test_one_degree_of_latitude_is_111_km() -> None:
    assert distance_km(10, 20, 11, 20) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize("told", [None, "two places"])
def test_names_of_one_place_are_asked_of_the_gazetteer(told: str | None) -> None:
    row = {"check": "same_place", "names": ["Sabha", "Sebha"], "country": "Libya"}
    asked = Prediction(
        (), {}, lambda names, country: told if (list(names), country) == (row["names"], "Libya") else "x"
    )
    (outcome,) = check_gold(gold(never=[row]), asked, form="files")
    assert outcome.why == (told or "")
