"""One event as Airwars would file it: least and most harm by class, who is suspected, and a proposed grading.

Source: Airwars, "Methodology", and the wording of its gradings; which part, and what is not from it, stands on
docs/rules/airwars.md. Invariant: a grading is a proposal with its reason; whom to believe is the user's own list, and
without one nothing is graded that needs it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from variorum.publish.rules.account import Account, Statement, independent, is_one, listed, voices
from variorum.publish.rules.sides import CIVILIAN_PARTS, DIRECT_HARM, DIRECTED, combatants_hit
from variorum.publish.rules.tolls import Toll, bounds_in_words, highest, lowest, tolls_of
from variorum.values.name import compare_name

CLASSES = {
    "civilian non-combatants": "civilians",
    "children": "children",
    "women": "women",
    "men": "men",
    "belligerents": "combatants",
}
STRIKES = frozenset({"strike", "bombing", "chemical_attack"})  # kinds of event of which a status is said
STATUS = {
    "Confirmed": "Declared strike",
    "Fair": "Likely strike",
    "Weak": "Single source claim",
    "Contested": "Contested strike",
}


@dataclass(frozen=True, slots=True)
class Harm:
    """The least and the largest standing figure for one class of people."""

    who: str
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None


@dataclass(frozen=True, slots=True)
class Belligerent:
    """One body that a report names as having done it."""

    name: str
    type: str  # Suspected | Known
    named_by: str
    denies: bool


@dataclass(frozen=True, slots=True)
class AirwarsView:
    """What an Airwars incident holds, as far as it follows from reports."""

    incident_date: str
    incident_date_end: str
    location: str
    country: str
    harm: tuple[Harm, ...]
    belligerents: tuple[Belligerent, ...]
    strike_status: str
    proposed_grading: str  # "" where none is proposed
    grading_reason: str
    sources: str
    remarks: tuple[str, ...]


def airwars_view(account: Account, credible: Collection[str] = ()) -> AirwarsView:
    """Give an event as an Airwars incident with a proposed grading.

    In: what stands of the event, and the names of sources and outlets that the user holds credible. Out: one frozen
    record with the reason of the grading in words. Method: docs/rules/airwars.md.
    """
    day, place = account.event["date"] or {}, account.event["place"] or {}
    belligerents = _belligerents(account)
    grading, reason = _grade(account, belligerents, credible)
    return AirwarsView(
        incident_date=day.get("low") or "",
        incident_date_end=day.get("high") or "",
        location=place.get("shown") or "",
        country=place.get("country_name") or "",
        harm=tuple(_harm(account)),
        belligerents=tuple(belligerents),
        strike_status=_status(account, belligerents, grading),
        proposed_grading=grading,
        grading_reason=reason,
        sources="; ".join(dict.fromkeys(one.outlet for one in account.originals)),
        remarks=(*_remarks(account), *account.set_aside(), *account.ruled),
    )


def _harm(account: Account) -> list[Harm]:
    rows = []
    for who, scope in CLASSES.items():
        killed, injured = (_tolls(account, prop, scope) for prop in ("killed", "injured"))
        if killed or injured:
            rows.append(Harm(who, lowest(killed), highest(killed), lowest(injured), highest(injured)))
    return rows


def _tolls(account: Account, prop: str, scope: str) -> list[Toll]:
    """Give the figures for a class.

    Civilians whom no voice counts are at least the largest part that one counts, and none where nobody was harmed.
    """
    found = tolls_of(account, prop, scope)
    if found or scope != "civilians":
        return found
    parts = [toll for part in CIVILIAN_PARTS for toll in tolls_of(account, prop, part) if toll.least]
    if parts:
        return [replace(max(parts, key=lambda toll: toll.least or 0), most=None, open_above=True)]
    everybody = tolls_of(account, prop)
    return everybody if {toll.most for toll in everybody} == {0} else []


def _remarks(account: Account) -> list[str]:
    words = account.denials()
    for prop in ("killed", "injured"):
        people = tolls_of(account, prop, "all")
        if people:
            told = listed(toll.words for toll in people)
            words.append(f"{prop}, of whom is not told, so in no class: {told}")
        if not tolls_of(account, prop, "civilians"):
            largest = listed(toll.words for toll in _tolls(account, prop, "civilians") if toll.least)
            words += [f"{prop}: no report counts the civilians; they are at least {largest}"] * bool(largest)
        for scope in CLASSES.values():
            words.extend(bounds_in_words(tolls_of(account, prop, scope), prop))
    return words


def _belligerents(account: Account) -> list[Belligerent]:
    """Give who is named as having done it: known where it says so itself, else suspected."""
    said = [*account.said("actor"), *account.said("responsibility")]
    denied = [*account.denied("actor"), *account.denied("responsibility")]
    found = []
    for name in dict.fromkeys(one.value for one in said):
        naming = [one for one in said if one.value == name]
        itself = any(_is_itself(one) and one.stance == "asserts" for one in naming)
        deniers = [one for one in denied if is_one(one.value, name)]
        found.append(
            Belligerent(name, "Known" if itself else "Suspected", listed(one.said_by for one in naming), bool(deniers))
        )
    return found


def _is_itself(statement: Statement) -> bool:
    """Tell whether a body speaks of itself: the group claims it, the ministry says its own state's aircraft did it."""
    return not statement.own and is_one(statement.voice, statement.value)


def _grade(account: Account, belligerents: list[Belligerent], credible: Collection[str]) -> tuple[str, str]:
    """Give the grading to propose, "" for none, and why: first what needs no judgement of whom to believe."""
    harm = [one for prop in ("killed", "injured") for one in account.said(prop, *DIRECT_HARM) if one.value != "0"]
    if not harm:
        return _without_harm(account)
    known = [one.name for one in belligerents if one.type == "Known" and not one.denies]
    own = [one for one in harm if not one.own and _among(one.voice, known)]
    if own:
        return "Confirmed", f"{own[0].voice} says that it did it, and itself speaks of civilians harmed"
    rivals = _rivals(account, belligerents)
    if rivals:
        return "Contested", f"different sources name different belligerents: {rivals}"
    # What a belligerent says of civilians is no independent source on its own attack.
    named = [one.name for one in belligerents]
    harm = [one for one in harm if one.own or not _among(one.voice, named)] or harm
    number = independent(harm)
    if number == 1:
        return "Weak", f"one independent source speaks of civilians harmed: {listed(one.said_by for one in harm)}"
    if not credible:
        return "", f"not graded: {number} independent sources, and no list of credible sources"
    believed = [one for one in harm if _listed(one, credible)]
    count = independent(believed) if believed else 0
    if count < 2:
        names = listed(one.said_by for one in believed) or "none"
        return "Weak", f"of {number} independent sources {count} on the list of credible sources: {names}"
    if not belligerents:
        return "", f"not graded: {count} credible sources, and no report names a belligerent"
    return (
        "Fair",
        f"{count} independent sources on the list of credible sources: {listed(one.said_by for one in believed)}",
    )


def _without_harm(account: Account) -> tuple[str, str]:
    """Grade an event of which no standing report says that civilians were harmed."""
    withdrawn = [one for prop in ("killed", "injured") for one in account.denied(prop) if one.scope in DIRECT_HARM]
    if withdrawn and combatants_hit(account):
        return "Discounted", f"only combatants are reported hit; harm to civilians is denied by {withdrawn[0].said_by}"
    return "", "not graded: no standing report says that civilians were harmed"


def _rivals(account: Account, belligerents: list[Belligerent]) -> str:
    """Say who names whom where sources that are not one name bodies that are not one; "" where they do not."""
    if account.event["kind"] not in DIRECTED:
        return ""
    naming = [*account.said("actor"), *account.said("responsibility")]
    named = {one.name for one in belligerents if one.name[:1].isupper()}  # "soldiers" rivals nobody
    for index, left in enumerate(naming):
        for right in naming[index + 1 :]:
            apart = not is_one(left.value, right.value) and compare_name(left.value, right.value) != "overlaps"
            both = {left.value, right.value} <= named and len(voices([left, right])) == 2
            together = any({left.value, right.value} <= {one.value for one in group} for group in voices(naming))
            if apart and both and not together:
                return f"{left.value} ({left.said_by}), {right.value} ({right.said_by})"
    return ""


def _status(account: Account, belligerents: list[Belligerent], grading: str) -> str:
    """Give the status of a strike: declared where a belligerent says it did it, else as the grading has it."""
    if account.event["kind"] not in STRIKES:
        return ""
    if any(one.type == "Known" for one in belligerents) and grading != "Contested":
        return "Declared strike"
    if not grading and account.statements and independent(account.statements) == 1:
        return "Single source claim"
    return STATUS.get(grading, "")


def _among(name: str, bodies: list[str]) -> bool:
    return any(is_one(name, body) for body in bodies)


def _folded(names: Collection[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _listed(statement: Statement, credible: Collection[str]) -> bool:
    """Tell whether a source or the outlet that carries it is on the user's list."""
    return not _folded([statement.voice, statement.outlet]).isdisjoint(_folded(credible))
