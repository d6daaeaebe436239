"""Which places of events are in doubt: names that the gazetteer lacks, and names that another place bears too.

Invariant: claims of one event with one name and one gazetteer entry are one doubt, so one answer holds for them all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.ledger.records import PlacedClaim
from variorum.pipeline.places import gazetteer
from variorum.values.area import split_place
from variorum.values.gazetteer import Entry, distance_km

UNKNOWN = 0.6  # doubt of a name that the gazetteer lacks
NEAR_KM = 50.0  # two bearers of a name within it are one place for most questions
CLOSE = 1.0  # powers of ten of population by which a rival may fall short of the place that was taken


@dataclass(frozen=True, slots=True)
class PlaceDoubt:
    """One place of one event that a person should look at."""

    event_id: str
    claims: tuple[str, ...]  # sorted ids
    value: str  # of the first of them
    why: str
    doubt: float  # 0..1


def find_place_doubts(claims: Sequence[PlacedClaim]) -> list[PlaceDoubt]:
    """Give the places in doubt by event; `claims` are sorted by event and id."""
    groups: defaultdict[tuple[str, str, str], list[PlacedClaim]] = defaultdict(list)
    countries: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        base = claim.value.partition(";")[0]
        groups[claim.event_id, base, claim.quote.casefold()].append(claim)
        entry = gazetteer().entry(base)
        if entry is not None:
            countries[claim.event_id][f"{base} {entry.country}"] += 1
    found = []
    for (event_id, base, _), group in groups.items():
        # What the other places of the event say of its country.
        around = {key.split(" ")[1]: 1.0 for key in countries[event_id] if not key.startswith(base + " ")}
        judged = judge_place(base, group[0].quote, around)
        if judged is not None:
            ids = tuple(sorted(claim.claim_id for claim in group))
            first = next(claim for claim in group if claim.claim_id == ids[0])
            found.append(PlaceDoubt(event_id, ids, first.value, *judged))
    return found


def judge_place(base: str, name: str, countries: Mapping[str, float]) -> tuple[str, float] | None:
    """Say why the entry taken for a name is in doubt, and how much, 0..1; None where it is not."""
    book = gazetteer()
    taken = book.entry(base)
    if taken is None:
        return (f"“{name}” is in no gazetteer", UNKNOWN) if base.startswith("name:") else None
    matches = [match for match in book.matches(name) if match.exact]
    worth = {match.entry.id: book.rank(match, matches, countries) for match in matches}
    if taken.id not in worth:
        return None
    here = (taken.lat, taken.lon)
    rivals = {
        match.entry.id: match.entry
        for match in matches
        if distance_km(here, (match.entry.lat, match.entry.lon)) > max(NEAR_KM, taken.radius_km, match.entry.radius_km)
    }
    gaps = {id: worth[taken.id] - worth[id] for id in rivals}
    close = sorted((id for id in gaps if gaps[id] < CLOSE), key=lambda id: (gaps[id], id))
    if not close:
        return None
    doubt = min(1.0, 1 - max(0.0, gaps[close[0]]) / CLOSE)
    rival = rivals[close[0]]
    more = f" and {len(close) - 1} more" if len(close) > 1 else ""
    return f"“{name}” is taken for {describe(taken)}; another is {describe(rival)}{more}", doubt * 0.5


def find_candidates(name: str) -> list[Entry]:
    """Give the places that a name can mean, the likeliest first."""
    return gazetteer().find(name)


def describe(entry: Entry) -> str:
    """Give a place in words: name, province and country."""
    province = gazetteer().entry(entry.admin1) if entry.admin1 else None
    country = gazetteer().entry(f"ne:{entry.country}") if entry.country else None
    parts = [entry.name, *(one.name for one in (province, country) if one is not None and one.id != entry.id)]
    return ", ".join(dict.fromkeys(parts))


def at_entry(value: str, id: str) -> str:
    """Give a place value with another entry in it: what it says of direction and distance stays."""
    place = split_place(value)
    rest = value.split(";")[1:] if place is not None else []
    return ";".join([id, *(part for part in rest if not part.startswith("in="))])
