"""The claim table of an event and its row in a list, from the exported event object. No ledger, no printing.

Invariant: every row comes from one settled value or from claims that stand against one; nothing is left out, and no
figure of confidence is made up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.schema import load_schema
from variorum.values import show

# A list shows the worst that can be said of an event's accounts.
WORST = ("impossible", "contradicts", "revised", "drift in copies", "overlaps", "refines", "agrees")
WIDEST = ("all", "civilians+combatants", "civilians", "combatants", "police", "children", "women", "men")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the claim table."""

    prop: str
    name: str  # property with scope, in words
    value: str  # for people
    relation: str  # name of the worst relation its claims take part in; "" for none
    note: str  # of that relation
    lineages: int
    copies: int
    sources: tuple[str, ...]  # "" is an outlet's own voice
    claims: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class View:
    """One event laid out for people."""

    object: Mapping[str, Any]
    when: str
    where: str
    sources: tuple[str, ...]
    relations: Mapping[str, tuple[str, ...]]  # name -> the properties in which claims stand so to each other
    lines: tuple[Line, ...]
    notes: tuple[str, ...]  # what is impossible, what nobody states


def make_view(event: Mapping[str, Any]) -> View:
    """Lay out one exported event object."""
    claims = {claim["id"]: claim for claim in event["claims"]}
    return View(
        object=event,
        when=show("date", event["date"]["value"]) if event["date"] else "no report states a date",
        where=_where(event["place"]),
        sources=tuple(sorted({claim["source"] for claim in claims.values() if claim["source"]})),
        relations={
            name: tuple(sorted({row["prop"] for row in event["relations"] if row["name"] == name}))
            for name in sorted({row["name"] for row in event["relations"]})
        },
        lines=tuple(_line(row, event, claims) for row in _ordered(event["values"])),
        notes=tuple(dict.fromkeys(row["note"] for row in event["relations"] if row["name"] == "impossible")),
    )


def _where(place: Mapping[str, Any] | None) -> str:
    if place is None:
        return "no report names a place"
    country = place["country_name"]
    words = str(place["shown"]) + (f", {country}" if country and country not in place["shown"] else "")
    return words + (f" (within {place['radius_km']:g} km)" if place["radius_km"] else "")


def _ordered(values: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    order = list(load_schema().properties)
    return sorted(values, key=lambda row: (order.index(row["prop"]), _scope_rank(row["scope"])))


def _scope_rank(scope: str | None) -> int:
    return WIDEST.index(scope) if scope in WIDEST else len(WIDEST) if scope else 0


def _line(row: Mapping[str, Any], event: Mapping[str, Any], claims: Mapping[str, Any]) -> Line:
    own = set(row["support"])
    relations = [
        relation
        for relation in event["relations"]
        if relation["prop"] == row["prop"] and (relation["left"] in own or relation["right"] in own)
    ]
    relations.sort(key=lambda relation: WORST.index(relation["name"]) if relation["name"] in WORST else len(WORST))
    worst = relations[0] if relations else None
    telling = worst is not None and worst["name"] not in {"agrees", "refines", "other scope"}
    kind = load_schema().properties[row["prop"]].type
    scope = f" ({row['scope']})" if row["scope"] and row["scope"] != "all" else ""
    words = show(kind, row["value"])
    hedged = own and all(claims[id]["stance"] == "hedges" for id in own if id in claims)
    denied = own and all(claims[id]["stance"] == "denies" for id in own if id in claims)
    return Line(
        prop=row["prop"],
        name=row["prop"].replace("_", " ") + scope,
        value=words + (" (denied)" if denied else " (hedged)" if hedged else ""),
        relation=worst["name"] if worst else "",
        note=worst["note"] if worst is not None and telling else "",
        lineages=row["lineages"],
        copies=row["copies"],
        sources=tuple(row["sources"]),
        claims=tuple(claims[id] for id in row["support"] if id in claims),
    )


def make_row(event: Mapping[str, Any]) -> dict[str, Any]:
    """Give the row of one event in a list, with plain values."""
    names = {row["name"] for row in event["relations"]}
    state = next((name for name in WORST if name in names), "agrees")
    if len(event["lineages"]) == 1 and state in {"agrees", "refines", "drift in copies"}:
        state = "single"
    killed = sorted(
        (row for row in event["values"] if row["prop"] == "killed"), key=lambda row: _scope_rank(row["scope"])
    )
    date = event["date"]["value"] if event["date"] else None
    words = show("date", date) if date else None
    return {
        "id": event["id"],
        "state": {"refines": "agrees", "drift in copies": "agrees"}.get(state, state),
        "date": date,
        # ISO 8601 where the year is known.
        "day": words.removesuffix(", year not stated") if words and date and not date[:1].isdigit() else date,
        "kind": event["kind"],
        "place": event["place"]["shown"] if event["place"] else None,
        "killed": show("count", killed[0]["value"])
        + (f" {killed[0]['scope']}" if killed[0]["scope"] not in {None, "all"} else "")
        if killed
        else None,
        "reports": len(event["articles"]),
        "lineages": len(event["lineages"]),
        "title": event["title"],
        "what": event["title"].removesuffix(f", {words}"),
    }
