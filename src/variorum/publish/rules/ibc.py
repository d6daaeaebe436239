"""One event as Iraq Body Count would enter it: least and most deaths and injuries of civilians, with who reported them.

Source: Iraq Body Count, "Methods", its 18 variables; which part, and what is not from it, stands on
docs/rules/iraq-body-count.md. Invariant: fighters, attackers and policemen are in no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from variorum.publish.rules.account import Account, independent, listed
from variorum.publish.rules.sides import actors, combatants_hit
from variorum.publish.rules.tolls import bounds_in_words, highest, lowest, tolls_of
from variorum.values import show

# Fights between armed sides: people who are not called civilians may be fighters.
FIGHTS = frozenset({"clash", "territory.taken", "territory.lost", "territory.advance", "ceasefire.broken"})
LEFT_OUT = ("combatants", "attackers", "police")
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


@dataclass(frozen=True, slots=True)
class _Range:
    least: int | None
    most: int | None


def ibc_view(account: Account) -> IbcView:
    """Give an event in Iraq Body Count's variables.

    In: what stands of the event. Out: one frozen record with the least and the largest standing figure for civilians.
    Method: docs/rules/iraq-body-count.md.
    """
    remarks: list[str] = []
    deaths, injuries = (_range(account, prop, remarks) for prop in ("killed", "injured"))
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
        min_deaths=deaths.least,
        max_deaths=deaths.most,
        min_injuries=injuries.least,
        max_injuries=injuries.most,
        weapons="; ".join(show("weapon", value) for value in account.values("weapon")),
        killers="; ".join(killers),
        media_sources="; ".join(dict.fromkeys(one.outlet for one in account.originals)),
        primary_witnesses="; ".join(dict.fromkeys(witnesses)),
        remarks=(*remarks, *account.set_aside(), *account.ruled),
    )


def _range(account: Account, prop: str, remarks: list[str]) -> _Range:
    """Give the least and the largest standing figure for civilians, and say what was taken for civilians.

    People of whom no report says what they were are taken for civilians. Where fighters were hit or armed sides fought
    that is unclear, and they count in the largest figure only.
    """
    stated = tolls_of(account, prop, "civilians")
    people = tolls_of(account, prop, "all")
    unclear = account.event["kind"] in FIGHTS or combatants_hit(account)
    if people:
        words = "count in the maximum only, since fighters were hit" if unclear else "are taken for civilians"
        remarks.append(f"{prop}: people of whom no report says what they were {words}")
    least, most = (stated, [*stated, *people]) if unclear else ([*stated, *people], [*stated, *people])
    if not most:
        most = sorted(tolls_of(account, prop, *WITHIN), key=lambda toll: -(toll.least or 0))[:1]
        least = most
        remarks.extend(
            f"{prop}: only a part is counted, {toll.words}; the civilians are at least that" for toll in most
        )
    if len({(toll.least, toll.most) for toll in most}) > 1:
        remarks.append(f"{prop}: from {listed(toll.words for toll in most)}")
    remarks.extend(bounds_in_words(most, prop))
    remarks.extend(f"{prop}: {toll.words} are in no figure" for toll in tolls_of(account, prop, *LEFT_OUT))
    low = lowest(least)
    return _Range(low if low is not None or not most or least == most else 0, highest(most))


def _sources(account: Account) -> list[str]:
    statements = [*account.said("killed"), *account.said("injured")]
    number = independent(statements)
    if statements and number < 2:
        return ["one independent source gives figures; Iraq Body Count asks for two as a rule"]
    return []
