"""Which events of an edition are wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from variorum.errors import UsageError
from variorum.publish.jsonl import Edition, event_object
from variorum.schema import load_schema
from variorum.values.gazetteer import Gazetteer
from variorum.values.place import contains, distance_km, extent, parse_place, precision_of


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter over events; None means any."""

    place: str | None = None  # a place name in any spelling
    kind: str | None = None  # kind or family
    since: str | None = None  # ISO day
    until: str | None = None
    state: str | None = None  # name of a relation, or "single"
    min_lineages: int = 1
    story: str | None = None  # id of a story: events that one of its articles reports


def select(edition: Edition, chosen: Selection) -> Edition:
    """Give the edition with only the events that fit.

    Raises UsageError for a place the gazetteer does not know and a kind the schema does not have.
    """
    check_kind(chosen.kind)
    where = None if chosen.place is None else find_place(chosen.place, edition.gazetteer)
    told = {id for story in edition.stories if story.id == chosen.story for id in story.articles}
    kept = [event for event in edition.events if _fits(event_object(edition, event), chosen, where, edition)]
    if chosen.story is not None:
        kept = [event for event in kept if told & {article.id for article in edition.articles_of(event)}]
    return replace(edition, events=kept)


def check_kind(given: str | None) -> None:
    """Refuse a kind or family that the schema does not have. Raises UsageError with the nearest."""
    schema = load_schema()
    kinds = dict.fromkeys(
        code for row in schema.kinds.values() if not row.background for code in (row.family, row.code)
    )
    if given is not None and given not in kinds:
        raise UsageError(f"no kind or family {given}", _kind_remedy(given, list(kinds)))


def find_place(given: str, gazetteer: Gazetteer) -> str:
    """Give the place that a person named. Raises UsageError for one that the gazetteer does not know."""
    where = parse_place(given, gazetteer)
    if where is None or extent(where, gazetteer) is None:
        raise UsageError(f"the gazetteer knows no place {given}", "try another spelling, or the province or country")
    return where


def _kind_remedy(given: str, kinds: list[str]) -> str:
    from rapidfuzz import process  # imported here: only a mistake needs it

    near = process.extractOne(given.lower(), kinds, score_cutoff=60)
    return f"did you mean {near[0]}?" if near else f"kinds: {', '.join(kinds)}"


def _fits(event: dict[str, Any], chosen: Selection, where: str | None, edition: Edition) -> bool:
    if chosen.kind is not None and event["kind"] != chosen.kind and load_schema().family(event["kind"]) != chosen.kind:
        return False
    if chosen.since is not None or chosen.until is not None:
        date = event["date"]
        if date is None or date["low"] is None or date["high"] is None:
            return False
        if (chosen.since and date["high"] < chosen.since) or (chosen.until and date["low"] > chosen.until):
            return False
    if where is not None and not any(
        is_near(row["value"], where, edition.gazetteer) for row in event["values"] if row["prop"] == "place"
    ):
        return False
    if chosen.state == "single":
        return len(event["lineages"]) == 1
    if chosen.state is not None and chosen.state not in {row["name"] for row in event["relations"]}:
        return False
    return len(event["lineages"]) >= chosen.min_lineages


def is_near(value: str, where: str, book: Gazetteer) -> bool:
    """Tell whether a place lies in another, or near one that is no country or province."""
    if contains(where, value, book):
        return True
    if precision_of(where, book) in ("country", "admin1"):
        return False  # a border is known better than by the circle around it
    here, there = extent(value, book), extent(where, book)
    return here is not None and there is not None and distance_km(here[:2], there[:2]) <= max(here[2], there[2])
