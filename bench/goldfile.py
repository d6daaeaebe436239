"""Reads a gold file of facts and checks that each fact could be checked; a misspelt key would else pass for ever."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from variorum.schema import load_schema

Row = Mapping[str, Any]  # one fact, event or claim as it stands in TOML or JSON

# What a fact may say about a claim. `value` may end in `*`: any value that starts so.
CLAIM_KEYS = frozenset({"prop", "value", "scope", "source", "stance", "report", "quote"})
KEYS: dict[str, frozenset[str]] = {
    "joined": frozenset(),
    "apart": frozenset({"other"}),
    "kind": frozenset({"kinds"}),
    "date": frozenset({"value", "low", "high"}),
    "place": frozenset({"names", "country", "lat", "lon", "km"}),
    "claim": CLAIM_KEYS,
    "no_claim": CLAIM_KEYS,
    "settled": frozenset({"prop", "scope", "value", "status", "sources", "lineages", "copies"}),
    "relation": frozenset({"name", "prop", "values", "reports"}),
    "no_relation": frozenset({"name", "prop", "values", "reports"}),
    "no_kind": frozenset({"kinds", "reports"}),
    "no_date": frozenset({"value"}),
    "no_background": frozenset(),
    "same_place": frozenset({"names", "country"}),
}
EVERYWHERE = frozenset({"no_claim", "no_kind", "no_date", "no_background", "same_place"})  # those `never` rows may use
COMMON_KEYS = frozenset({"says", "check", "forms"})


class GoldError(ValueError):
    """The gold file itself is wrong: an unknown check, key, kind or property."""


def read_gold(path: Path) -> dict[str, Any]:
    """Read a gold file and check it; raise GoldError for a fact that could never be checked."""
    gold = tomllib.loads(path.read_text(encoding="utf-8"))
    ids = [event["id"] for event in gold["event"]]
    if len(ids) != len(set(ids)):
        raise GoldError(f"{path.name}: an event id is used twice")
    for event in gold["event"]:
        for kind in event["kinds"]:
            _check_kind(kind, event["id"])
        for fact in event["fact"]:
            _check_fact(fact, event["id"], frozenset(KEYS), ids)
    for row in gold.get("never", []):
        _check_fact(row, "never", EVERYWHERE, ids)
    return gold


def _check_kind(kind: str, where: str) -> None:
    if kind not in load_schema().kinds:
        raise GoldError(f"{where}: no kind {kind}")


def _check_fact(fact: Row, where: str, allowed: frozenset[str], ids: list[str]) -> None:
    check = fact.get("check", "")
    if check not in allowed:
        raise GoldError(f"{where}: no check {check!r} here")
    unknown = set(fact) - KEYS[check] - COMMON_KEYS
    if unknown:
        raise GoldError(f"{where}: {check} does not know {', '.join(sorted(unknown))}")
    if not fact.get("says"):
        raise GoldError(f"{where}: a fact must say what it holds")
    if "prop" in fact and fact["prop"] not in load_schema().properties:
        raise GoldError(f"{where}: no property {fact['prop']}")
    if check == "apart" and fact["other"] not in ids:
        raise GoldError(f"{where}: no event {fact['other']}")
    for kind in fact.get("kinds", []):
        _check_kind(kind, where)
