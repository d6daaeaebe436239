"""One event as ACLED would code it: one conservative figure, codes for what, when and where, the dispute in the notes.

Source: ACLED codebook and its page "FAQs: ACLED Fatality Methodology"; which part, and what is not from it, stands on
docs/rules/acled.md. Invariant: no figure comes from anywhere but a standing report, and no code is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from variorum.publish.rules.account import REBEL, Account, is_one, listed
from variorum.publish.rules.sides import (
    DIRECT_HARM,
    DIRECTED,
    STATE,
    actors,
    civilians_hit,
    combatants_hit,
    is_alliance,
    is_armed,
    is_state,
    named_actors,
    target_bodies,
    together,
)
from variorum.publish.rules.tolls import Toll, bounds_in_words, tolls_of, totals
from variorum.schema import load_schema
from variorum.values.area import acled_geo_precision
from variorum.values.date import date_precision, show_date
from variorum.values.name import compare_name, kind_of

# A plural is kept as twice its word ("dozens" is 24 or more); ACLED codes the word once: 10, 12, 100 by its fatality
# page, and by the same step 20 and 1,000.
PLURAL = re.compile(r"\b(?:tens|dozens|scores|hundreds|thousands)\b", re.I)
COUNTED = ("killed", "injured", "missing", "detained", "released", "displaced")  # told in the notes
TWICE = frozenset({20, 24, 40, 200, 2_000, 20_000, 200_000})
EXPLOSIONS, BATTLES = "Explosions/Remote violence", "Battles"
CIVILIANS, PROTESTS, STRATEGIC = "Violence against civilians", "Protests", "Strategic developments"
ARMED_CLASH = "Armed clash"
AIR, SHELLING = "Air/drone strike", "Shelling/artillery/missile attack"
BURIED, SUICIDE = "Remote explosive/landmine/IED", "Suicide bomb"
# Path of weapons.toml -> sub-event; the longest path that fits decides.
BY_WEAPON = {
    "bomb.aerial": AIR,
    "bomb.barrel": AIR,
    "bomb.vacuum": AIR,
    "bomb.cluster": AIR,
    "missile.air_to_surface": AIR,
    "aircraft": AIR,
    "drone": AIR,
    "missile": SHELLING,
    "rocket": SHELLING,
    "shell": SHELLING,
    "rocket.grenade": "Grenade",
    "grenade": "Grenade",
    "bomb.suicide": SUICIDE,
    "bomb.car.suicide": SUICIDE,
    "bomb.car": BURIED,
    "bomb.motorcycle": BURIED,
    "bomb.roadside": BURIED,
    "bomb.sticky": BURIED,
    "bomb.parcel": BURIED,
    "bomb.time": BURIED,
    "mine": BURIED,
    "chemical": "Chemical weapon",
}
DISORDER = {
    BATTLES: "Political violence",
    EXPLOSIONS: "Political violence",
    CIVILIANS: "Political violence",
    PROTESTS: "Demonstrations",
    STRATEGIC: STRATEGIC,
}


@dataclass(frozen=True, slots=True)
class AcledView:
    """ACLED's columns as far as they follow from reports; "" and None are left for a person."""

    event_date: str
    year: int | None
    time_precision: int | None
    disorder_type: str
    event_type: str
    sub_event_type: str
    actor1: str
    assoc_actor_1: str
    inter1: int | None
    actor2: str
    assoc_actor_2: str
    inter2: int | None
    civilian_targeting: str
    country: str
    admin1: str
    location: str
    latitude: float | None
    longitude: float | None
    geo_precision: int | None
    source: str
    notes: str
    fatalities: int | None
    remarks: tuple[str, ...]  # which rule chose what, and what is left open


def acled_view(account: Account) -> AcledView:
    """Give an event in ACLED's columns.

    In: what stands of the event. Out: one frozen record; `fatalities` is the lowest standing figure, `notes` holds
    every figure with its source. Method: docs/rules/acled.md.
    """
    event = account.event
    remarks: list[str] = []
    fatalities, figures = _fatalities(account, remarks)
    event_type, sub_event_type = _types(account, remarks)
    day, time_precision = _day(event, remarks)
    place = event["place"] or {}
    first, second = _actors(account, event_type, remarks)
    targeting = event_type == CIVILIANS or (event_type == EXPLOSIONS and second.code == 7)
    where = account.values("place")
    if place and acled_geo_precision(where[0]) == 3:
        remarks.append("geo_precision 3: ACLED writes the provincial capital; here stands the middle of the area")
    return AcledView(
        event_date=day,
        year=int(day[:4]) if day else None,
        time_precision=time_precision,
        disorder_type=DISORDER.get(event_type, ""),
        event_type=event_type,
        sub_event_type=sub_event_type,
        actor1=first.name,
        assoc_actor_1="; ".join(first.beside),
        inter1=first.code,
        actor2=second.name,
        assoc_actor_2="; ".join(second.beside),
        inter2=second.code,
        civilian_targeting="Civilian targeting" if targeting else "",
        country=place.get("country_name") or "",
        admin1=place.get("admin1") or "",
        location=place.get("name") or "",
        latitude=place.get("lat"),
        longitude=place.get("lon"),
        geo_precision=acled_geo_precision(where[0]) if where else None,
        source="; ".join(dict.fromkeys(one.outlet for one in account.originals)),
        notes=_notes(account, figures),
        fatalities=fatalities,
        remarks=(*remarks, *account.set_aside(("killed",)), *account.ruled),
    )


def acled_figure(toll: Toll) -> int | None:
    """Give the number ACLED writes for one figure: a bound's lower end, a vague word by its own table."""
    if toll.least is None:
        return None
    vague = len(toll.statements) == 1 or len({one.value for one in toll.statements}) == 1
    if vague and toll.open_above and toll.least in TWICE and PLURAL.search(toll.statements[0].quote):
        return toll.least // 2
    return toll.least


def _fatalities(account: Account, remarks: list[str]) -> tuple[int | None, list[Toll]]:
    """Give the lowest standing figure, and all figures for the notes."""
    whole = totals(account, "killed")
    if not whole:
        return _from_parts(account, remarks)
    numbers = {index: number for index, toll in enumerate(whole) if (number := acled_figure(toll)) is not None}
    remarks.extend(bounds_in_words(whole))
    if not numbers:
        remarks.append("fatalities: people are reported dead without a least number; a person decides")
        return None, whole
    best = min(numbers.values())
    if len(set(numbers.values())) > 1:
        chosen = listed(whole[index].words for index, number in numbers.items() if number == best)
        remarks.append(f"fatalities: reports differ; {best} is the lowest that stands, by {chosen}")
    remarks.extend(_vague_words(whole))
    return best, whole


def _vague_words(tolls: Iterable[Toll]) -> Iterator[str]:
    """Say which words ACLED's own table gave another number than the least they are used for."""
    for toll in tolls:
        number = acled_figure(toll)
        if number != toll.least:
            yield f"fatalities: “{toll.statements[0].quote}” is coded {number}"


def _from_parts(account: Account, remarks: list[str]) -> tuple[int | None, list[Toll]]:
    """Give the figure where no voice counts everybody: the lowest for civilians and for combatants together."""
    parts = [tolls_of(account, "killed", scope) for scope in ("civilians", "combatants")]
    if not any(parts):
        parts = [tolls_of(account, "killed")]  # children, policemen: they may overlap, so that nothing is added up
        floors = [number for toll in parts[0] if (number := acled_figure(toll)) is not None]
        if not parts[0]:
            remarks.append("fatalities: no standing report gives a death, which ACLED writes as 0")
            return 0, []
        remarks.append("fatalities: no report counts everybody; the largest part stands for the whole")
        return max(floors, default=None), parts[0]
    lows = [
        min(numbers)
        for tolls in parts
        if (numbers := [number for toll in tolls if (number := acled_figure(toll)) is not None])
    ]
    everything = [toll for tolls in parts for toll in tolls]
    remarks.extend([*bounds_in_words(everything), *_vague_words(everything)])
    if len([tolls for tolls in parts if tolls]) > 1:
        remarks.append("fatalities: no report counts everybody; the lowest of each class are added")
    elif len({acled_figure(toll) for toll in everything}) > 1 and lows:
        remarks.append(f"fatalities: reports differ; {lows[0]} is the lowest that stands")
    return sum(lows) if lows else None, everything


def _types(account: Account, remarks: list[str]) -> tuple[str, str]:
    """Give event and sub-event type: the crosswalk of the kind, refined by weapon and by who was hit."""
    kind = account.event["kind"]
    event_type, sub = load_schema().kinds[kind].acled
    told = _by_weapon(account)
    if kind in ("strike", "bombing"):
        if told:
            return event_type, told[0]
        if kind == "strike":
            remarks.append(f"sub_event_type: no weapon is told; {AIR} or {SHELLING}")
            return event_type, ""
    if kind == "attack" and told:
        return EXPLOSIONS, told[0]
    if kind == "attack" and not civilians_hit(account):
        if combatants_hit(account):
            remarks.append("event_type: only combatants are reported hit, which ACLED codes as a battle")
            return BATTLES, ARMED_CLASH
        if any(is_armed(name) for name in target_bodies(account)):
            remarks.append("event_type: an armed body is reported attacked and no civilian hit: a battle")
            return BATTLES, ARMED_CLASH
    if event_type == STRATEGIC and account.said("killed"):
        return _deadly(account, sub, remarks)
    if kind in ("territory.taken", "territory.lost"):
        return _territory(account, kind, remarks)
    if kind == "protest" and (account.said("killed") or account.said("injured")):
        remarks.append("sub_event_type: people were hurt: an intervention, excessive force or a riot; a person decides")
        return event_type, ""
    return event_type, sub


def _deadly(account: Account, sub: str, remarks: list[str]) -> tuple[str, str]:
    """Give the types of what would be a strategic development, were nobody killed in it."""
    if combatants_hit(account) and not civilians_hit(account):
        remarks.append("event_type: fighters are reported killed in it, which ACLED codes as a battle")
        return BATTLES, ARMED_CLASH
    remarks.append(f"event_type: people are reported killed, and {STRATEGIC} are without violence; a person decides")
    return STRATEGIC, sub


def _by_weapon(account: Account) -> list[str]:
    """Give the sub-events that the weapons and platforms told speak for, the weapon's first; an aircraft decides."""
    paths = [*account.values("weapon"), *(value.rpartition(" ")[2] for value in account.values("platform"))]
    found: list[str] = []
    for path in paths:
        steps = path.split(".")
        known = next(
            (BY_WEAPON[head] for n in range(len(steps), 0, -1) if (head := ".".join(steps[:n])) in BY_WEAPON), None
        )
        if known is not None:
            found.append(known)
    flown = any(path.startswith("aircraft") for path in paths)
    if any("suicide" in one.value.split(".") for one in account.said("weapon")):  # a car bomb can be one too
        found.insert(0, SUICIDE)
    return list(dict.fromkeys([AIR, *found] if flown else found))


def _territory(account: Account, kind: str, remarks: list[str]) -> tuple[str, str]:
    """Tell whose gain it was, where the table of names knows the side."""
    won = "Government regains territory", "Non-state actor overtakes territory"
    names = actors(account)
    known = [is_state(name) for name in names if is_armed(name)]
    if len(known) != 1:
        remarks.append("sub_event_type: the side that gained is not known to be a state's or not")
        return BATTLES, ""
    state_gains = known[0] == (kind == "territory.taken")
    return BATTLES, won[0] if state_gains else won[1]


def _day(event: Any, remarks: list[str]) -> tuple[str, int | None]:
    """Give the day to write and time_precision: the middle of what is known where no day is."""
    found = event["date"]
    if found is None:
        remarks.append("event_date: no report states a day")
        return "", None
    code = date_precision(found["value"]).acled
    if code is None or found["low"] is None or found["high"] is None:
        remarks.append(f"event_date: {show_date(found['value'])} is not tied to the calendar")
        return "", None
    low, high = date.fromisoformat(found["low"]), date.fromisoformat(found["high"])
    if low != high:
        remarks.append(f"event_date: the middle of {show_date(found['value'])}")
    return (low + (high - low) / 2).isoformat(), code


@dataclass(frozen=True, slots=True)
class _Actor:
    name: str = ""
    code: int | None = None
    beside: tuple[str, ...] = ()  # who is associated with it


def _actors(account: Account, event_type: str, remarks: list[str]) -> tuple[_Actor, _Actor]:
    """Give both actors: who did it and whom it hit; in a clash or a deal the sides; bodies with a name come first."""
    country = (account.event["place"] or {}).get("country_name")
    of_country = f" ({country})" if country else ""
    named = named_actors(account)
    if event_type == PROTESTS:  # whoever calls for it, those who protest are the actor
        return _Actor(f"Protesters{of_country}", 6, tuple(named)), _Actor()
    sides = _sides(account, event_type, named)
    if len(sides) > 1:
        first, second, *others = sides
        if others:
            remarks.append(f"actor2: also named: {'; '.join(others)}")
        return _Actor(first, _inter(first, country)), _Actor(second, _inter(second, country))
    doers = named or actors(account) or sides
    rivals = [name for name in named[1:] if not together(account, named[0], name)]
    if not doers:
        remarks.append("actor1: no report names who did it")
    if rivals:
        remarks.append(f"actor1: other voices name {'; '.join(rivals)}")
    beside = tuple(name for name in named[1:] if name not in rivals)
    one = _Actor(doers[0], _inter(doers[0], country), beside) if doers else _Actor()
    bodies = [name for name in target_bodies(account) if not any(is_one(name, doer) for doer in doers)]
    if event_type == CIVILIANS:
        if not civilians_hit(account) and not account.said("detained", *DIRECT_HARM):
            remarks.append("actor2: no report counts those hit; events of this type are of civilians")
        return one, _Actor(f"Civilians{of_country}", 7, tuple(bodies))
    if event_type == EXPLOSIONS and civilians_hit(account) and not combatants_hit(account):
        return one, _Actor(f"Civilians{of_country}", 7, tuple(bodies))
    return one, _Actor(bodies[0], _inter(bodies[0], country), tuple(bodies[1:])) if bodies else _Actor()


def _sides(account: Account, event_type: str, named: list[str]) -> list[str]:
    """Give those who met where nobody did it to another: the sides of a clash, the parties of a deal."""
    kind = account.event["kind"]
    if kind in DIRECTED or (event_type == BATTLES and kind not in ("clash", "ceasefire.broken")):
        return []
    others = [name for name in account.values("party") if not any(is_one(name, one) for one in named)]
    sides = list(dict.fromkeys([*named, *others]))
    if len(sides) > 1:
        return sides
    return list(dict.fromkeys([*sides, *(name for name in actors(account) if not name[:1].isupper())]))


def _inter(name: str, country: str | None) -> int | None:
    """Give the code of an actor's nature where the table of names knows it: 1 state, 2 rebels, 8 another state."""
    kind = kind_of(name) if name else "unknown"
    if kind in REBEL:
        return 2
    if is_alliance(name):
        return 8
    if kind in STATE and country is not None:
        return {"equal": 1, "inside": 1, "disjoint": 8}.get(compare_name(name, country))
    return None


def _notes(account: Account, figures: list[Toll]) -> str:
    """Tell the event and its dispute: every figure with its source, who is named by whom, and who denies."""
    parts = [f"{account.event['title']}."]
    doers = [f"{one.value} ({one.said_by})" for prop in ("actor", "responsibility") for one in account.said(prop)]
    if doers:
        parts.append(f"Who acted, by source: {listed(doers)}.")
    if account.values("party"):
        parts.append(f"Parties: {listed(account.values('party'))}.")
    for prop in COUNTED:
        tolls = [*(figures if prop == "killed" else ()), *tolls_of(account, prop)]
        if tolls:
            parts.append(f"{prop.capitalize()}, by source: {listed(toll.words for toll in tolls)}.")
    parts.extend(f"{words[:1].upper()}{words[1:]}." for words in account.denials())
    return " ".join(parts)
