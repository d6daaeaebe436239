"""One event as Iraq Body Count would enter it: least and most deaths and injuries of civilians, with who reported them.

Source: Iraq Body Count, "Methods", its 18 variables; which part, and what is not from it, stands on
docs/rules/iraq-body-count.md. Invariant: fighters and attackers are in no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from variorum.publish.rules.account import Account, independent
from variorum.publish.rules.sides import actors
from variorum.publish.rules.tolls import Toll, bounds_in_words, highest, lowest, tolls_of
from variorum.values import show

# A figure "of people" in a fight between armed sides is not taken for civilians.
FIGHTS = frozenset({"clash", "territory.taken", "territory.lost", "territory.advance", "ceasefire.broken"})
FIGHTERS = ("combatants", "attackers")
WITHIN = ("children", "women", "journalists", "medics")


@dataclass(frozen=True, slots=True)
class IbcView:
    """Iraq Body Count's variables of an incident; "" and None are left for a person."""

    date: str
    time: str
    place: str
    target: str
    min_deaths: int | None
    max_deaths: int | None
    min_injuries: int | None
    max_injuries: int | None
    weapons: str
    killers: str
    media_sources: str
    primary_witnesses: str
    remarks: tuple[str, ...]  # which rule chose what, and what is left open


def ibc_view(account: Account) -> IbcView:
    """Give an event in Iraq Body Count's variables.

    In: what stands of the event. Out: one frozen record with the least and the largest standing figure for civilians.
    Method: docs/rules/iraq-body-count.md.
    """
    remarks: list[str] = []
    deaths, injuries = (_civilians(account, prop, remarks) for prop in ("killed", "injured"))
    day, place = account.event["date"] or {}, account.event["place"] or {}
    remarks.extend(_sources(account))
    denied = {one.value for one in account.denied("responsibility")}
    killers = [name for name in actors(account) if name not in denied]
    witnesses = [one.voice for prop in ("killed", "injured") for one in account.said(prop) if not one.own]
    return IbcView(
        date=show("date", day["value"]) if day else "",
        time="; ".join(account.values("time")),
        place=place.get("shown") or "",
        target="; ".join(account.values("target")),
        min_deaths=lowest(deaths),
        max_deaths=highest(deaths),
        min_injuries=lowest(injuries),
        max_injuries=highest(injuries),
        weapons="; ".join(show("weapon", value) for value in account.values("weapon")),
        killers="; ".join(killers),
        media_sources="; ".join(dict.fromkeys(one.outlet for one in account.originals)),
        primary_witnesses="; ".join(dict.fromkeys(witnesses)),
        remarks=(*remarks, *account.set_aside(), *account.ruled),
    )


def _civilians(account: Account, prop: str, remarks: list[str]) -> list[Toll]:
    """Give the figures for civilians: as stated; else those of people of whom no fighter is told; else a part's."""
    stated = tolls_of(account, prop, "civilians")
    people = tolls_of(account, prop, "all")
    fighters = [toll for hurt in ("killed", "injured") for toll in tolls_of(account, hurt, *FIGHTERS) if toll.most != 0]
    taken = stated
    if people and account.event["kind"] in FIGHTS:
        remarks.append(f"{prop}: in a fight, people not called civilians are not counted")
    elif people and fighters:
        remarks.append(f"{prop}: fighters were hit, so people of whom no report says what they were are left out")
    elif people:
        taken = [*stated, *people]
        remarks.append(f"{prop}: people whom no report calls fighters are taken for civilians")
    if not taken:
        taken = sorted(tolls_of(account, prop, *WITHIN), key=lambda toll: -(toll.least or 0))[:1]
        if taken:
            remarks.append(f"{prop}: only a part is counted, {taken[0].words}; the civilians are at least that many")
    if len({(toll.least, toll.most) for toll in taken}) > 1:
        remarks.append(f"{prop}: from {'; '.join(dict.fromkeys(toll.words for toll in taken))}")
    remarks.extend(bounds_in_words(taken, prop))
    return taken


def _sources(account: Account) -> list[str]:
    statements = [*account.said("killed"), *account.said("injured")]
    number = independent(statements)
    if statements and number < 2:
        return ["one independent source gives figures; Iraq Body Count asks for two as a rule"]
    return []
