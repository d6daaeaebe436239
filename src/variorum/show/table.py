"""The claim table of an event and its row in a list, from the exported event object. No ledger, no printing.

Invariant: every claim of the event stands behind one line: a settled value, or one that it was settled against; no
figure of confidence is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from variorum.schema import load_schema
from variorum.values import show

# A list shows the worst that can be said of an event's accounts.
WORST = ("impossible", "contradicts", "revised", "drift in copies", "overlaps", "refines", "agrees")
WIDEST = ("all", "civilians+combatants", "civilians", "combatants", "police", "children", "women", "men")


# Relations of a claim that need no words beside the sign.
PLAIN = {"agrees", "refines", "other scope"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the claim table."""

    prop: str
    name: str  # property with scope, in words
    value: str  # for people
    settled: bool  # False: a value that stands against the settled one, or that its source gave up
    relation: str  # name of the worst relation its claims take part in; "" for none
    note: str  # of that relation
    lineages: int  # independent texts that say it
    copies: int  # copies that say it
    sources: tuple[str, ...]  # each once, however it is named; "" is an outlet's own voice
    outlets: int  # distinct ones that printed it
    claims: tuple[Mapping[str, Any], ...]

    @property
    def one_source(self) -> bool:
        """Whether several independent texts say it, and all of them from one speaker."""
        return self.lineages > 1 and len(self.sources) == 1 and self.sources[0] != ""


@dataclass(frozen=True, slots=True)
class View:
    """One event laid out for people."""

    object: Mapping[str, Any]
    when: str
    where: str
    sources: tuple[str, ...]  # named ones, each once
    outlets: int
    own_voice: bool  # an outlet says something that nobody is named for
    relations: Mapping[str, tuple[str, ...]]  # name -> the properties in which claims stand so to each other
    lines: tuple[Line, ...]
    notes: tuple[str, ...]  # what is impossible in itself


def make_view(event: Mapping[str, Any]) -> View:
    """Lay out one exported event object."""
    return View(
        object=event,
        when=show("date", event["date"]["value"]) if event["date"] else "no report states a date",
        where=_where(event["place"]),
        sources=_voices(event),
        outlets=len(event["outlets"]),
        own_voice=any(not claim["voice"] for claim in event["claims"]),
        relations={
            name: tuple(sorted({row["prop"] for row in event["relations"] if row["name"] == name}))
            for name in sorted({row["name"] for row in event["relations"]})
        },
        lines=tuple(_lines(event)),
        notes=tuple(dict.fromkeys(row["note"] for row in event["relations"] if row["name"] == "impossible")),
    )


def _voices(event: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({claim["voice"] for claim in event["claims"] if claim["voice"]}))


def _where(place: Mapping[str, Any] | None) -> str:
    if place is None:
        return "no report names a place"
    country = place["country_name"]
    words = str(place["shown"]) + (f", {country}" if country and country not in place["shown"] else "")
    # A country or province has edges of its own; the circle around it says less.
    circled = place["radius_km"] and place["precision"] not in ("country", "admin1")
    return words + (f" (within {place['radius_km']:g} km)" if circled else "")


def _lines(event: Mapping[str, Any]) -> Iterator[Line]:
    order = list(load_schema().properties)
    rows = sorted(event["values"], key=lambda row: (order.index(row["prop"]), scope_rank(row["scope"])))
    for (prop, scope), group in groupby(rows, key=lambda row: (row["prop"], row["scope"])):
        settled = list(group)
        scoped = load_schema().properties[prop].scoped
        claims = [
            row
            for row in event["claims"]
            if row["prop"] == prop and (not scoped or (row["scope"] or "all") == (scope or "all"))
        ]
        denied = [row["value"] for row in settled if not row["support"]]
        used = {id for row in settled for id in row["support"]}
        rest = [claim for claim in claims if claim["id"] not in used]
        others = [_other(event, scope, value, stance, rest) for value, stance in _values(rest)]
        told = {line.note for line in others}
        for row in settled:
            if row["value"] in denied and all(claim["value"] != row["value"] for claim in claims):
                yield _without_claims(row)  # worked out of other figures, as its basis says: nobody states it
            elif row["value"] not in denied:
                line = _settled(event, row)
                yield replace(line, note="") if line.note in told else line
        yield from others


def scope_rank(scope: str | None) -> int:
    """Give the place of a scope among all, the widest first."""
    return WIDEST.index(scope) if scope in WIDEST else len(WIDEST) if scope else 0


def _values(claims: Iterable[Mapping[str, Any]]) -> list[tuple[str, bool]]:
    """Give the distinct values with whether they are denied, in the order of the claims."""
    return list(dict.fromkeys((claim["value"], claim["stance"] == "denies") for claim in claims))


def _settled(event: Mapping[str, Any], row: Mapping[str, Any]) -> Line:
    # Of any scope: two men are two people where no report says more.
    own = [claim for claim in event["claims"] if claim["id"] in set(row["support"])]
    line = _line(event, row["scope"], row["value"], own, settled=True)
    # The ledger's own figures: what supports a value is decided where it is settled.
    return replace(
        line, lineages=row["lineages"], copies=row["copies"], sources=tuple(row["sources"]), outlets=row["outlets"]
    )


def _without_claims(row: Mapping[str, Any]) -> Line:
    prop, scope = row["prop"], row["scope"]
    name = prop.replace("_", " ") + (f" ({scope})" if scope and scope != "all" else "")
    value = show(load_schema().properties[prop].type, row["value"])
    return Line(prop, name, value, True, "", row["basis"], 0, 0, (), 0, ())


def _other(
    event: Mapping[str, Any], scope: str | None, value: str, denied: bool, rest: Sequence[Mapping[str, Any]]
) -> Line:
    own = [claim for claim in rest if claim["value"] == value and (claim["stance"] == "denies") == denied]
    return _line(event, scope, value, own, settled=False)


def _line(
    event: Mapping[str, Any], scope: str | None, value: str, claims: Sequence[Mapping[str, Any]], *, settled: bool
) -> Line:
    prop = claims[0]["prop"]
    ids = {claim["id"] for claim in claims}
    relations = [row for row in event["relations"] if row["prop"] == prop and {row["left"], row["right"]} & ids]
    relations.sort(key=lambda row: WORST.index(row["name"]) if row["name"] in WORST else len(WORST))
    worst = relations[0] if relations else None
    stances = {claim["stance"] for claim in claims}
    mark = " (denied)" if stances == {"denies"} else " (hedged)" if stances == {"hedges"} else ""
    articles = {claim["article"] for claim in claims}
    first = {ids[0] for ids in event["lineages"]}
    return Line(
        prop=prop,
        name=prop.replace("_", " ") + (f" ({scope})" if scope and scope != "all" else ""),
        value=show(load_schema().properties[prop].type, value) + mark,
        settled=settled,
        relation=worst["name"] if worst else "",
        note=worst["note"] if worst is not None and worst["name"] not in PLAIN else "",
        lineages=len(articles & first),
        copies=len(articles - first),
        sources=tuple(sorted({claim["voice"] for claim in claims})),
        outlets=len({claim["outlet"] for claim in claims}),
        claims=tuple(claims),
    )


def make_row(event: Mapping[str, Any]) -> dict[str, Any]:
    """Give the row of one event in a list, with plain values."""
    names = {row["name"] for row in event["relations"]}
    state = next((name for name in WORST if name in names), "agrees")
    if len(event["lineages"]) == 1 and state in {"agrees", "refines", "drift in copies"}:
        state = "single"
    killed = sorted(
        (row for row in event["values"] if row["prop"] == "killed"), key=lambda row: scope_rank(row["scope"])
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
        "outlets": len(event["outlets"]),
        "lineages": len(event["lineages"]),
        "sources": len(_voices(event)),
        "title": event["title"],
        "what": event["title"].removesuffix(f", {words}"),
    }
