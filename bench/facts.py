"""Facts of a gold file held against exported events: matching, checks and reasons. Runs nothing, reads no files.

Invariant: a fact passes only when the events say it; an event that was not found fails every fact about it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from math import asin, cos, radians, sin, sqrt
from typing import Any

from bench.goldfile import Row
from variorum.schema import load_schema


@dataclass(frozen=True)
class Prediction:
    """What one run gave: the exported events and the report each article id stands for."""

    events: tuple[Row, ...]
    reports: Mapping[str, str]  # article id → name of the report, as in the gold
    same_place: Callable[[Iterable[str], str], str | None] = field(default=lambda names, country: "no gazetteer")


@dataclass(frozen=True)
class Outcome:
    """One fact, whether it held, and why not."""

    id: str
    says: str
    why: str  # "" when the fact holds

    @property
    def passed(self) -> bool:
        """Tell whether the fact holds."""
        return not self.why


# ---------------------------------------------------------------- words and values


def fold(text: str) -> str:
    """Give a text without case, accents and kinds of quote mark, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _listed(wanted: object) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _value_fits(prop: str, value: str, wanted: object) -> bool:
    loose = prop in load_schema().properties and load_schema().properties[prop].type in {"name", "text"}
    for one in _listed(wanted):
        if one.endswith("*") and value.startswith(one[:-1]):
            return True
        if value == one or (loose and fold(one) in fold(value)):
            return True
    return False


def _source_fits(source: str, wanted: object) -> bool:
    return any(fold(one) in fold(source) if one else source == "" for one in _listed(wanted))


def _scope_fits(scope: str | None, wanted: object) -> bool:
    return any((scope or "-") == one for one in _listed(wanted))


def _claim_fits(claim: Row, want: Row, reports: Mapping[str, str]) -> bool:
    return (
        ("prop" not in want or claim["prop"] == want["prop"])
        and ("value" not in want or _value_fits(claim["prop"], claim["value"], want["value"]))
        and ("scope" not in want or _scope_fits(claim["scope"], want["scope"]))
        and ("source" not in want or _source_fits(claim["source"], want["source"]))
        and ("stance" not in want or claim["stance"] == want["stance"])
        and ("report" not in want or reports.get(claim["article"]) in _listed(want["report"]))
        and ("quote" not in want or any(fold(one) in fold(claim["quote"]) for one in _listed(want["quote"])))
    )


def _show_claim(claim: Row, reports: Mapping[str, str]) -> str:
    scope = f" of {claim['scope']}" if claim["scope"] else ""
    source = claim["source"] or "the outlet"
    report = reports.get(claim["article"], claim["article"])
    return f"{claim['prop']}{scope} {claim['value']} ({source} {claim['stance']}, {report})"


# ---------------------------------------------------------------- which predicted event is meant


def match_events(gold: Row, prediction: Prediction) -> dict[str, Row]:
    """Give for each expected event the predicted one that is meant, where there is one.

    By compatible kind and a shared report first; then key values (4 each), date (3), shared reports (1 each). One
    that shares neither a key value nor a date is not the event meant. Two expected events may meet in one predicted
    event: that is what the check `apart` is for.
    """
    found: dict[str, Row] = {}
    for expected in gold["event"]:
        ranked = [(_score(expected, event, prediction), event["id"], event) for event in prediction.events]
        best = max((row for row in ranked if row[0] > 0), key=lambda row: (row[0], row[1]), default=None)
        if best is not None:
            found[expected["id"]] = best[2]
    return found


def _score(expected: Row, event: Row, prediction: Prediction) -> int:
    schema = load_schema()
    if event["kind"] not in schema.kinds:
        return 0
    if not any(schema.compatible(kind, event["kind"]) for kind in expected["kinds"]):
        return 0
    shared = set(expected["reports"]) & _reports_of(event, prediction)
    if not shared:
        return 0
    keys = sum(_has_key(event, key, prediction) for key in expected.get("key", []))
    dated = (event.get("date") or {}).get("value") in expected.get("dates", [])
    if not keys and not dated:
        return 0
    exact = event["kind"] in expected["kinds"]
    return 4 * keys + 3 * dated + len(shared) + 2 * exact


def _has_key(event: Row, key: Row, prediction: Prediction) -> bool:
    return any(_claim_fits(claim, key, prediction.reports) for claim in event["claims"])


def _reports_of(event: Row, prediction: Prediction) -> set[str]:
    return {prediction.reports.get(article, article) for article in event["articles"]}


# ---------------------------------------------------------------- the checks: each gives "" or the reason it fails


@dataclass(frozen=True)
class _Case:
    expected: Row
    event: Row
    fact: Row
    found: Mapping[str, Row]
    prediction: Prediction


def _joined(case: _Case) -> str:
    missing = set(case.expected["reports"]) - _reports_of(case.event, case.prediction)
    if missing:
        return f"{case.event['id']} lacks report {', '.join(sorted(missing))}"
    for other in case.prediction.events:
        if other["id"] != case.event["id"] and other["kind"] == case.event["kind"]:
            rest = set(case.expected["reports"]) & _reports_of(other, case.prediction)
            for key in case.expected.get("key", []):
                if rest and _has_key(other, key, case.prediction):
                    return f"{other['id']} tells the same again ({key['prop']} {key.get('value', '')})"
    return ""


def _apart(case: _Case) -> str:
    other = case.found.get(case.fact["other"])
    if other is None:
        return f"{case.fact['other']} was not found"
    return f"both are {other['id']}" if other["id"] == case.event["id"] else ""


def _kind(case: _Case) -> str:
    return "" if case.event["kind"] in case.fact["kinds"] else f"kind is {case.event['kind']}"


def _date(case: _Case) -> str:
    date = case.event.get("date") or {}
    for part in ("value", "low", "high"):
        if part in case.fact and date.get(part) not in _listed(case.fact[part]):
            return f"date {part} is {date.get(part)}"
    return ""


def _place(case: _Case) -> str:
    place = case.event.get("place")
    if not place:
        return "no place"
    written = {fold(name) for name in [place.get("name") or "", *place.get("as_written", [])]}
    if "names" in case.fact and not written & {fold(name) for name in case.fact["names"]}:
        return f"place is {place.get('name')}, written {', '.join(place.get('as_written', [])) or '-'}"
    if "country" in case.fact and place.get("country") != case.fact["country"]:
        return f"country is {place.get('country')}"
    if "km" in case.fact:
        if place.get("lat") is None:
            return f"{place.get('name')} has no coordinates"
        away = distance_km(place["lat"], place["lon"], case.fact["lat"], case.fact["lon"])
        if away > case.fact["km"]:
            return f"{place.get('name')} lies {away:.0f} km away"
    return ""


def _claim(case: _Case) -> str:
    if any(_claim_fits(claim, case.fact, case.prediction.reports) for claim in case.event["claims"]):
        return ""
    near = [claim for claim in case.event["claims"] if claim["prop"] == case.fact.get("prop", claim["prop"])]
    return "; ".join(_show_claim(claim, case.prediction.reports) for claim in near[:4]) or "no such property"


def _no_claim(case: _Case) -> str:
    return _claim_in([case.event], case.fact, case.prediction)


def _settled(case: _Case) -> str:
    fact = case.fact
    rows = [row for row in case.event["values"] if row["prop"] == fact["prop"]]
    if "scope" in fact:
        rows = [row for row in rows if _scope_fits(row["scope"], fact["scope"])]
    if any(not _settled_mismatch(row, fact) for row in rows):
        return ""
    return _settled_mismatch(rows[0], fact) if rows else f"{fact['prop']} is not settled for this scope"


def _settled_mismatch(row: Row, fact: Row) -> str:
    if "value" in fact and not _value_fits(row["prop"], row["value"], fact["value"]):
        return f"{row['prop']} is settled as {row['value']}"
    if "status" in fact and row["status"] not in _listed(fact["status"]):
        return f"{row['prop']} is {row['status']}"
    for part in ("lineages", "copies"):
        if part in fact and row[part] != fact[part]:
            return f"{row['prop']} counts {row[part]} {part}"
    if "sources" in fact:
        unlike = [source for source in row["sources"] if not _source_fits(source, fact["sources"])]
        if unlike or len(row["sources"]) != len(fact["sources"]):
            return f"{row['prop']} has sources {', '.join(s or 'the outlet' for s in row['sources'])}"
    return ""


def _relations(case: _Case) -> Iterator[Row]:
    claims = {claim["id"]: claim for claim in case.event["claims"]}
    for relation in case.event["relations"]:
        if relation["name"] != case.fact["name"] or relation["prop"] != case.fact.get("prop", relation["prop"]):
            continue
        sides = [claims[side] for side in (relation["left"], relation.get("right")) if side in claims]
        if "values" in case.fact and not _pair_fits(
            [(relation["prop"], side["value"]) for side in sides],
            case.fact["values"],
            lambda have, want: _value_fits(have[0], have[1], want),
        ):
            continue
        if "reports" in case.fact and not _pair_fits(
            [case.prediction.reports.get(side["article"], "") for side in sides],
            case.fact["reports"],
            lambda report, want: report in _listed(want),
        ):
            continue
        yield relation


def _pair_fits(have: list[Any], want: list[Any], fits: Callable[[Any, Any], bool]) -> bool:
    """Tell whether the sides fit the wanted ones, in either order; one wanted may be either side."""
    return any(all(fits(h, w) for h, w in zip(order, want)) for order in permutations(have, len(want)))


def _relation(case: _Case) -> str:
    if next(_relations(case), None) is not None:
        return ""
    claims = {claim["id"]: claim for claim in case.event["claims"]}
    have = [
        f"{row['name']} {claims[row['left']]['value'] if row['left'] in claims else '?'}"
        f"–{claims[row['right']]['value'] if row.get('right') in claims else '·'}"
        for row in case.event["relations"]
        if row["prop"] == case.fact.get("prop", row["prop"])
    ]
    return "has " + "; ".join(have[:4]) if have else "no relation there"


def _no_relation(case: _Case) -> str:
    relation = next(_relations(case), None)
    return "" if relation is None else f"{relation['name']}: {relation['note']}"


CHECKS: dict[str, Callable[[_Case], str]] = {
    "joined": _joined,
    "apart": _apart,
    "kind": _kind,
    "date": _date,
    "place": _place,
    "claim": _claim,
    "no_claim": _no_claim,
    "settled": _settled,
    "relation": _relation,
    "no_relation": _no_relation,
}


def _claim_in(events: Iterable[Row], fact: Row, prediction: Prediction) -> str:
    for event in events:
        for claim in event["claims"]:
            if _claim_fits(claim, fact, prediction.reports):
                return f"{event['id']} holds {_show_claim(claim, prediction.reports)}: “{claim['quote']}”"
    return ""


def _check_everywhere(fact: Row, prediction: Prediction) -> str:
    check = fact["check"]
    if check == "no_claim":
        return _claim_in(prediction.events, fact, prediction)
    if check == "same_place":
        return prediction.same_place(fact["names"], fact["country"]) or ""
    for event in prediction.events:
        date = event.get("date") or {}
        if check == "no_background" and event["kind"].startswith("background."):
            return f"{event['id']} is {event['kind']}"
        if check == "no_date" and {date.get(part) for part in ("value", "low", "high")} & set(_listed(fact["value"])):
            return f"{event['id']} is dated {date.get('value')}"
        if check == "no_kind" and event["kind"] in fact["kinds"]:
            shared = _reports_of(event, prediction) & set(fact.get("reports", prediction.reports.values()))
            if shared:
                return f"{event['id']} is {event['kind']} in {', '.join(sorted(shared))}"
    return ""


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance in kilometres (haversine, mean Earth radius 6371 km)."""
    a, b = radians(lat), radians(other_lat)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * 6371 * asin(sqrt(h))


def check_gold(gold: Row, prediction: Prediction, *, form: str) -> list[Outcome]:
    """Hold every fact of one form of the input against the prediction, in the order of the gold file."""
    found = match_events(gold, prediction)
    outcomes = []
    for expected in gold["event"]:
        event = found.get(expected["id"])
        for number, fact in enumerate(expected["fact"], 1):
            if form not in fact.get("forms", [form]):
                continue
            if event is None:
                why = "no such event was found"
            elif fact["check"] in CHECKS:
                why = CHECKS[fact["check"]](_Case(expected, event, fact, found, prediction))
            else:
                why = _check_everywhere(fact, prediction)
            outcomes.append(Outcome(f"{expected['id']}.{number}", fact["says"], why))
    for number, fact in enumerate(gold.get("never", []), 1):
        if form in fact.get("forms", [form]):
            outcomes.append(Outcome(f"never.{number}", fact["says"], _check_everywhere(fact, prediction)))
    return outcomes
