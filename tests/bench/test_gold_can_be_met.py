"""That a perfect reading passes every fact of a gold file, so that no two facts exclude each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bench.facts import Prediction, check_gold
from bench.goldfile import read_gold

ROOT = Path(__file__).parents[2]
FORMS = [("bench/gold/seeds.toml", "txt"), ("bench/gold/seeds.toml", "jsonl"), ("examples/expected.toml", "files")]


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


class Perfect:
    """Builds the events that a gold file asks for, with nothing in them that it does not ask for."""

    def __init__(self, gold: dict[str, Any], form: str) -> None:
        self.form = form
        self.reports = {f"art_{name}": name for event in gold["event"] for name in event["reports"]}
        self.events = tuple(self.event(event) for event in gold["event"])

    def event(self, expected: dict[str, Any]) -> dict[str, Any]:
        facts = [fact for fact in expected["fact"] if self.form in fact.get("forms", [self.form])]
        claims: list[dict[str, Any]] = []
        event: dict[str, Any] = {"id": f"evt_{expected['id']}", "kind": expected["kinds"][0]}
        event |= {"articles": [f"art_{name}" for name in expected["reports"]], "claims": claims, "relations": []}
        date = {"value": expected["dates"][0]}
        place: dict[str, Any] = {"name": "", "as_written": []}
        settled: dict[tuple[str, str], dict[str, Any]] = {}
        for key in expected.get("key", []):
            claims.append(self.claim(key, expected))
        for fact in facts:
            if fact["check"] == "date":
                date |= {part: first(fact[part]) for part in ("value", "low", "high") if part in fact}
            elif fact["check"] == "place":
                place |= {part: fact[part] for part in ("country", "lat", "lon") if part in fact}
                place["as_written"] += fact.get("names", [])
            elif fact["check"] == "claim":
                claims.append(self.claim(fact, expected))
            elif fact["check"] == "settled":
                row = settled.setdefault((fact["prop"], first(fact.get("scope", "-"))), self.row(fact))
                row |= {part: first(fact[part]) for part in ("value", "status", "lineages", "copies") if part in fact}
                row |= {"sources": fact["sources"]} if "sources" in fact else {}
            elif fact["check"] == "relation":
                event["relations"].append(self.relation(fact, expected, claims))
        return event | {"date": date, "place": place, "values": list(settled.values())}

    def row(self, fact: dict[str, Any]) -> dict[str, Any]:
        scope = first(fact.get("scope", "-"))
        row = {"prop": fact["prop"], "scope": None if scope == "-" else scope, "value": "", "status": "single"}
        return row | {"lineages": 1, "copies": 0, "sources": []}

    def claim(self, want: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
        scope = first(want.get("scope", "-"))
        return {
            "id": f"clm_{id(want)}",
            "prop": want.get("prop", "responsibility"),
            "scope": None if scope == "-" else scope,
            "value": first(want.get("value", "")).removesuffix("*"),
            "source": first(want.get("source", "")),
            "stance": want.get("stance", "asserts"),
            "article": f"art_{first(want.get('report', expected['reports'][0]))}",
            "quote": first(want.get("quote", "")),
        }

    def relation(self, fact: dict[str, Any], expected: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
        sides = []
        for number, value in enumerate(fact["values"]):
            report = fact.get("reports", [expected["reports"][0]] * 2)[number]
            side = self.claim({"prop": fact["prop"], "value": first(value), "report": first(report)}, expected)
            sides.append(side | {"id": f"clm_{id(fact)}_{number}"})
        claims.extend(sides)
        right = sides[1]["id"] if len(sides) > 1 else None
        return {"name": fact["name"], "prop": fact["prop"], "left": sides[0]["id"], "right": right, "note": ""}


@pytest.mark.parametrize(("path", "form"), FORMS)
def test_a_perfect_reading_passes_every_fact(path: str, form: str) -> None:
    gold = read_gold(ROOT / path)
    perfect = Perfect(gold, form)
    outcomes = check_gold(gold, Prediction(perfect.events, perfect.reports, lambda names, country: None), form=form)
    assert [(outcome.id, outcome.says, outcome.why) for outcome in outcomes if not outcome.passed] == []


@pytest.mark.parametrize(("path", "form"), FORMS)
def test_an_empty_reading_passes_no_fact_about_an_event(path: str, form: str) -> None:
    gold = read_gold(ROOT / path)
    outcomes = check_gold(gold, Prediction((), {}, lambda names, country: None), form=form)
    assert [one.id for one in outcomes if one.passed and not one.id.startswith("never")] == []
