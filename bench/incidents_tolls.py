"""What a resolved event says of its incident: killed, injured, city and date, held against the Gun Violence Archive.

Rules of the measurement. An incident is answered by the attack that holds most of its reports, else by another event
that does (a tie goes to the event that more of its reports open with, then to the one with fewer reports in all); an
incident in no event counts as a miss everywhere.
Killed and injured are right when the settled figure of all people is the incident's; no figure means 0. The city is
right when the settled place is a town, county or finer place that bears one of the incident's names, or lies within
10 km and its own radius (no more than 25 km) of the incident's point; a quarter without a point lies in its town. The
date is right when the settled days are at most three and one of them lies within a day of the incident's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from variorum.model import Event, Extraction, Settled
from variorum.resolve.terms import bounds
from variorum.values.area import extent, split_place
from variorum.values.date import known_days
from variorum.values.gazetteer import Entry, Gazetteer, distance_km, open_gazetteer
from variorum.values.placename import exact_key

ATTACKS = frozenset({"attack", "strike", "bombing", "clash", "execution", "chemical_attack"})
NEAR_KM = 10.0
WIDEST_KM = 25.0
DAYS = 3
Row = tuple[Mapping[str, str], Mapping[str, str]]  # a report and its incident


@dataclass(frozen=True, slots=True)
class Figures:
    """What one event says, in the words of the gate."""

    killed: int
    injured: int
    place: str  # canonical, "" for none
    days: tuple[date, date] | None


def incident_figures(event: Event) -> Figures:
    """Give the figures of an event as its settled values say them: the first place and date, of all people."""
    place = next((row.value for row in event.values if row.prop == "place" and row.support), "")
    days = next((known_days(row.value) for row in event.values if row.prop == "date" and row.support), None)
    return Figures(people(event.values, "killed"), people(event.values, "injured"), place, days)


def people(values: Iterable[Settled], prop: str) -> int:
    """Give the settled figure of all people; where only parts are told, their largest; 0 where nobody is."""
    rows = [row for row in values if row.prop == prop and row.support]
    whole = [row for row in rows if row.scope in {None, "all"}] or rows
    return max((_figure(row.value) for row in whole), default=0)


def _figure(value: str) -> int:
    """Give the number a count is printed with: its lower bound, or the upper one of "up to"."""
    found = bounds("count", value)
    if found is None:
        return 0
    return int(found[0]) if found[0] > 0 else int(found[1]) if found[1] < float("inf") else 0


def is_date(days: tuple[date, date] | None, incident: Mapping[str, str]) -> bool:
    """Tell whether settled days give the incident's date within a day."""
    if days is None or (days[1] - days[0]).days >= DAYS:
        return False
    told = date.fromisoformat(incident["date"][:10]).toordinal()
    return days[0].toordinal() - 1 <= told <= days[1].toordinal() + 1


def names_of(incident: Mapping[str, str]) -> set[str]:
    """Give the names of an incident's city or county as keys: "Saint Paul (Apple Valley)" has two."""
    parts = [part for part in re.split(r"[()]", incident["city_or_county"]) if part.strip()]
    return {exact_key(part.strip()) for part in parts if part.strip().lower() != "county"}


def is_city(value: str, incident: Mapping[str, str], book: Gazetteer) -> bool:
    """Tell whether a settled place is the incident's city."""
    place = split_place(value)
    if place is None:
        return False
    if place.base.startswith("name:") and exact_key(place.base[5:]) not in names_of(incident):
        return bool(place.within) and is_city(place.within, incident, book)  # a quarter lies in the town it is in
    entry = book.entry(place.base)
    name = entry.name if entry is not None else place.base.partition(":")[2]
    wide = entry is not None and entry.feature not in {"city", "admin2"}
    if wide:
        return False
    if exact_key(name) in names_of(incident) and _in_state(entry, incident, book):
        return True
    circle = extent(value, book)
    if circle is None or place.base.startswith("name:"):
        return False
    if not incident["latitude"]:
        return False
    point = float(incident["latitude"]), float(incident["longitude"])
    return distance_km(circle[:2], point) <= NEAR_KM + min(circle[2], WIDEST_KM)


def _in_state(entry: Entry | None, incident: Mapping[str, str], book: Gazetteer) -> bool:
    if entry is None or not entry.admin1:
        return True
    state = book.entry(entry.admin1)
    return state is None or exact_key(state.name) == exact_key(incident["state"])


def measure(rows: Sequence[Row], reading: Sequence[Extraction], events: Iterable[Event]) -> dict[str, float]:
    """Give the shares of incidents whose event gives killed, injured, city and date right.

    `reading` is what was read in the report of each row, `events` what the reports resolve to. `held` is the share of
    incidents with an event at all; `date_shown_within_1` dates an event without a date by its earliest report, as a
    list of events shows it.
    """
    incidents = {incident["incident_id"]: incident for _, incident in rows}
    row_of = {mention.id: index for index, read in enumerate(reading) for mention in read.mentions}
    chosen = _events_of(rows, reading, events)
    book = open_gazetteer()
    right: Counter[str] = Counter()
    for id, incident in incidents.items():
        event = chosen.get(id)
        if event is None:
            continue
        told = incident_figures(event)
        right["held"] += 1
        right["killed_exact"] += told.killed == int(incident["n_killed"])
        right["injured_exact"] += told.injured == int(incident["n_injured"])
        right["city"] += is_city(told.place, incident, book)
        right["date_within_1"] += is_date(told.days, incident)
        printed = min((rows[row_of[m]][0].get("dct") or "9999" for m in event.mentions if m in row_of), default="9999")
        right["date_shown_within_1"] += is_date(told.days or known_days(printed[:10]), incident)
    names = ("held", "killed_exact", "injured_exact", "city", "date_within_1", "date_shown_within_1")
    return {name: round(right[name] / max(1, len(incidents)), 4) for name in names}


def _events_of(rows: Sequence[Row], reading: Sequence[Extraction], events: Iterable[Event]) -> dict[str, Event]:
    """Lead each incident to the event that holds most of its reports, of several to the one they open with."""
    row_of = {mention.id: index for index, read in enumerate(reading) for mention in read.mentions}
    by_id = {event.id: event for event in events}
    held = {id: {row_of[mention] for mention in event.mentions if mention in row_of} for id, event in by_id.items()}
    live = {mention: id for id, event in by_id.items() if event.kind in ATTACKS for mention in event.mentions}
    told: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for id, indexes in held.items():
        for index in indexes:
            told[rows[index][1]["incident_id"]][id].add(index)
    first = [
        min((m for m in read.mentions if m.id in live), key=lambda m: (m.start, m.id), default=None) for read in reading
    ]
    opens = [live[mention.id] if mention is not None else "" for mention in first]

    def rank(id: str, indexes: set[int]) -> tuple[bool, int, int, int, int, str]:
        opened = sum(opens[index] == id for index in indexes)
        return by_id[id].kind not in ATTACKS, -len(indexes), -opened, len(held[id]), -len(by_id[id].mentions), id

    return {incident: by_id[min(found, key=lambda id: rank(id, found[id]))] for incident, found in told.items()}
