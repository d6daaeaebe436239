"""The names in a ledger: who acted and who was hit, and where; with how they are written and how often.

Invariant: a claim counts under the name that stands, a person's where one corrected it; the words of the report are
what they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.ledger import Ledger
from variorum.ledger.printed import NamedClaim, Printed, read_named, read_printed
from variorum.ledger.records import PlacedClaim
from variorum.model import Claim
from variorum.pipeline.outlets import known_by
from variorum.pipeline.placedoubt import find_place_doubts
from variorum.pipeline.places import gazetteer
from variorum.pipeline.spokespeople import ruled_claims
from variorum.publish.where import describe_place
from variorum.schema import load_schema

VERBS = ("responsibility",)  # properties whose words are not the name but what its bearer did: "denied"


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of an actor, target or party, in figures."""

    name: str
    wordings: tuple[tuple[str, int], ...]  # the words of reports, most first
    props: tuple[tuple[str, int], ...]
    claims: int
    reports: int
    events: tuple[str, ...]  # ids, sorted
    by_person: int  # claims that have the name by a person's word


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One wording of a place, and the entry of the gazetteer that it is taken for."""

    wording: str  # as most reports write it
    base: str  # gn:173480, ne:SY, name:Tell Hamra: what it is taken for, without direction and distance
    wordings: tuple[tuple[str, int], ...]
    known: Mapping[str, Any]  # name, coordinates, precision, country, province
    doubt: float  # 0..1, the largest of its events
    why: str  # "" where nothing is doubted
    claims: int
    reports: int
    events: tuple[str, ...]
    by_person: int


def name_props() -> list[str]:
    """Give the properties whose values are names of people and bodies."""
    return [prop.code for prop in load_schema().properties.values() if prop.type == "name"]


def place_props() -> list[str]:
    """Give the properties whose values are places."""
    return [prop.code for prop in load_schema().properties.values() if prop.type == "place"]


def read_names(ledger: Ledger, props: Iterable[str], as_of: str | None = None) -> tuple[list[NamedClaim], set[str]]:
    """Give the claims of some properties as they stand on a day, and the ids of those that a person corrected."""
    wanted = set(props)
    with ledger.snapshot():
        printed = {row.id: row for row in read_printed(ledger)}
        found = read_named(ledger, wanted)
        ruled = [(claim, row) for claim, row in ruled_claims(ledger) if claim.prop in wanted]
    by_person = {claim.id for claim, row in ruled if claim.value != row.claim.value}
    found += [_named(claim, row.article_id, row.event_id) for claim, row in ruled]
    return [row for row in found if _is_known(row, printed, as_of)], by_person


def _named(claim: Claim, article_id: str, event_id: str | None) -> NamedClaim:
    return NamedClaim(claim.id, claim.prop, claim.value, claim.quote, article_id, event_id)


def _is_known(row: NamedClaim, printed: Mapping[str, Printed], as_of: str | None) -> bool:
    return row.article_id in printed and known_by(as_of, printed[row.article_id].published)


def count_names(ledger: Ledger, as_of: str | None = None) -> list[NameRow]:
    """Count every name of an actor, target or party; by name."""
    claims, by_person = read_names(ledger, name_props(), as_of)
    groups: defaultdict[str, list[NamedClaim]] = defaultdict(list)
    for claim in claims:
        groups[claim.value].append(claim)
    return [
        NameRow(
            name,
            _counted(claim.quote for claim in rows if claim.prop not in VERBS),
            _counted(claim.prop for claim in rows),
            len(rows),
            len({claim.article_id for claim in rows}),
            _events(rows),
            sum(claim.id in by_person for claim in rows),
        )
        for name, rows in sorted(groups.items())
    ]


def count_places(ledger: Ledger, as_of: str | None = None) -> list[PlaceRow]:
    """Count every wording of a place with what it is taken for: those in doubt first, then by number of events."""
    claims, by_person = read_names(ledger, place_props(), as_of)
    groups: defaultdict[tuple[str, str], list[NamedClaim]] = defaultdict(list)
    for claim in claims:
        groups[base_of(claim.value), fold(claim.quote)].append(claim)
    doubts = _doubts(claim for claim in claims if claim.id not in by_person)
    known = {base: describe_place(base, gazetteer()) for base in {base for base, _ in groups}}
    found = []
    for (base, _), rows in groups.items():
        doubt, why = max((doubts[row.id] for row in rows if row.id in doubts), default=(0.0, ""))
        wordings = _counted(claim.quote for claim in rows)
        found.append(
            PlaceRow(
                wordings[0][0],
                base,
                wordings,
                known[base],
                round(doubt, 3),
                why,
                len(rows),
                len({claim.article_id for claim in rows}),
                _events(rows),
                sum(claim.id in by_person for claim in rows),
            )
        )
    return sorted(found, key=lambda row: (-row.doubt, -len(row.events), -row.claims, row.wording, row.base))


def base_of(value: str) -> str:
    """Give what a place value is taken for, without direction, distance and what it lies in."""
    return value.partition(";")[0]


def fold(wording: str) -> str:
    """Give a wording without regard to case and spaces."""
    return " ".join(wording.split()).casefold()


def _doubts(claims: Iterable[NamedClaim]) -> dict[str, tuple[float, str]]:
    """Lead the claims of events whose place is in doubt to how much, and why."""
    placed = [
        PlacedClaim(row.event_id, row.article_id, row.id, row.value, row.quote)
        for row in claims
        if row.event_id is not None and row.prop == "place"
    ]
    placed.sort(key=lambda row: (row.event_id, row.claim_id))
    return {id: (doubt.doubt, doubt.why) for doubt in find_place_doubts(placed) for id in doubt.claims}


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda row: (-row[1], row[0])))


def _events(rows: Iterable[NamedClaim]) -> tuple[str, ...]:
    return tuple(sorted({row.event_id for row in rows if row.event_id is not None}))


def claims_named(ledger: Ledger, name: str) -> Iterator[NamedClaim]:
    """Yield the claims that stand with a name as their value, by id."""
    yield from sorted(row for row in read_names(ledger, name_props())[0] if row.value == name)


def claims_placed(ledger: Ledger, base: str, wording: str) -> Iterator[NamedClaim]:
    """Yield the claims in which a wording is taken for an entry, by id."""
    wanted = fold(wording)
    for row in sorted(read_names(ledger, place_props())[0]):
        if base_of(row.value) == base and fold(row.quote) == wanted:
            yield row
