"""One event as UCDP GED would code it: low, best and high, deaths by side, codes for how well where and when is known.

Source: UCDP GED codebook, variables best, low, high, deaths_*, date_prec, where_prec, event_clarity; which part, and
what is not from it, stands on docs/rules/ucdp.md. Invariant: best is the sum of the deaths by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.publish.rules.account import Account, is_one, voices
from variorum.publish.rules.sides import (
    CIVILIAN_PARTS,
    DIRECTED,
    civilians_hit,
    combatants_hit,
    is_alliance,
    is_armed,
    is_state,
    named_actors,
    target_bodies,
)
from variorum.publish.rules.tolls import Toll, add, bounds_in_words, highest, lowest, tolls_of, totals
from variorum.schema import load_schema
from variorum.values.area import ucdp_where_prec
from variorum.values.date import date_precision, show_date
from variorum.values.name import kind_of

UNDATED = "undated"  # in the lists of sources, whose items stand in one order
# Kinds that are a use of armed force where people are killed in it, and none where nobody is.
FOUGHT = frozenset(
    {
        *("siege.laid", "siege.broken", "territory.taken", "territory.lost", "territory.advance"),
        *("ceasefire.broken", "abduction", "destruction"),
    }
)


@dataclass(frozen=True, slots=True)
class UcdpView:
    """UCDP GED's columns as far as they follow from reports; "" and None are left for a person."""

    type_of_violence: int | None
    side_a: str
    side_b: str
    number_of_sources: int
    source_article: str
    source_office: str
    source_date: str
    source_headline: str
    source_original: str
    where_prec: int | None
    where_coordinates: str
    where_description: str
    adm_1: str
    latitude: float | None
    longitude: float | None
    country: str
    event_clarity: int
    date_prec: int | None
    date_start: str
    date_end: str
    deaths_a: int | None
    deaths_b: int | None
    deaths_civilians: int | None
    deaths_unknown: int | None
    best: int | None
    high: int | None
    low: int | None
    remarks: tuple[str, ...]  # which rule chose what, and what is left open


@dataclass(frozen=True, slots=True)
class _Sides:
    type_of_violence: int | None
    a: str
    b: str
    combatants_are: str  # "a", "b", or "" where not known


@dataclass(frozen=True, slots=True)
class _Deaths:
    a: int
    b: int
    civilians: int
    unknown: int


def ucdp_view(account: Account) -> UcdpView:
    """Give an event in UCDP GED's columns.

    In: what stands of the event. Out: one frozen record; `best` is the figure of most voices, `low` and `high` the
    least and largest that stand. Method: docs/rules/ucdp.md.
    """
    event, remarks = account.event, list[str]()
    place, day = event["place"] or {}, event["date"] or {}
    where = account.values("place")
    sides = _sides(account)
    others = named_actors(account)[1:] if account.event["kind"] in DIRECTED else named_actors(account)[2:]
    if others:
        remarks.append(f"sides: also named: {'; '.join(others)}")
    tolls = _tolls(account, remarks)
    chosen = choose(tolls)
    best = chosen.least if chosen is not None else None
    deaths = _deaths(account, best, sides, remarks) if best is not None else None
    _explain(account, tolls, chosen, remarks)
    precision = date_precision(day["value"]) if day else None
    if precision is not None and precision.ucdp is None:
        remarks.append(f"date_start: {show_date(day['value'])} is not tied to the calendar")
    originals = account.originals
    outlets = list(dict.fromkeys(one.outlet for one in account.reports))
    if len(account.reports) > len(originals):
        remarks.append(
            f"number_of_sources: {len(originals)} independent texts in {len(account.reports)} reports of "
            f"{len(outlets)} outlets; a copy counts with its original"
        )
    return UcdpView(
        type_of_violence=sides.type_of_violence,
        side_a=sides.a,
        side_b=sides.b,
        number_of_sources=len(originals),
        source_article=";".join(f'"{_item(one.outlet)},{one.day or UNDATED},{_item(one.title)}"' for one in originals),
        source_office=";".join(_item(one.outlet) for one in originals),
        source_date=";".join(one.day or UNDATED for one in originals),
        source_headline=";".join(_item(one.title) for one in originals),
        source_original=", ".join(dict.fromkeys(_item(one.voice) for one in account.statements if not one.own)),
        where_prec=ucdp_where_prec(where[0]) if where else None,
        where_coordinates=place.get("name") or "",
        where_description=place.get("shown") or "",
        adm_1=place.get("admin1") or "",
        latitude=place.get("lat"),
        longitude=place.get("lon"),
        country=place.get("country_name") or "",
        event_clarity=_clarity(account, remarks),
        date_prec=precision.ucdp if precision is not None else None,
        date_start=day.get("low") or "",
        date_end=day.get("high") or "",
        deaths_a=deaths.a if deaths is not None else None,
        deaths_b=deaths.b if deaths is not None else None,
        deaths_civilians=deaths.civilians if deaths is not None else None,
        deaths_unknown=deaths.unknown if deaths is not None else None,
        best=best,
        high=highest([*tolls, *tolls_of(account, "killed", "civilians", "combatants")]),
        low=lowest(tolls),
        remarks=(*remarks, *account.denials(), *account.set_aside(("killed",)), *account.ruled),
    )


def _item(words: str) -> str:
    """Give words as one item of a list with semicolons and quotation marks."""
    return words.replace(";", ",").replace('"', "'")


def is_fought(account: Account) -> bool:
    """Tell whether an event is a use of armed force: by its kind, or by fighters or others killed in fighting."""
    kind: str = account.event["kind"]
    killed = any(toll.most for toll in tolls_of(account, "killed"))
    return load_schema().kinds[kind].ucdp or (killed and (kind in FOUGHT or combatants_hit(account)))


def choose(tolls: Sequence[Toll]) -> Toll | None:
    """Give the figure of most voices; of equal support the one last said, then the lowest. None without any figure.

    As when the ledger settles a toll: "at least 7" speaks for 11 too, and of the two the exact figure is chosen.
    """
    figures: dict[tuple[int, bool], list[Toll]] = {}
    for toll in tolls:
        if toll.least is not None:
            figures.setdefault((toll.least, toll.open_above), []).append(toll)
    if not figures:
        return None
    ranks = {key: _rank(key, rows, tolls) for key, rows in figures.items()}
    leading = [key for key in figures if ranks[key] == max(ranks.values())]
    last = {key: _last_said(figures[key]) for key in leading}
    days = [day for day in last.values() if day is not None]
    if len(days) == len(leading) and sum(day == max(days) for day in days) == 1:
        return figures[max(leading, key=lambda key: last[key] or "")][0]
    return figures[min(leading)][0]


def _rank(key: tuple[int, bool], rows: Sequence[Toll], tolls: Sequence[Toll]) -> tuple[int, int, bool, bool]:
    """Rank a figure: voices that say it, voices that say what fits it, said without a hedge, exact."""
    number, open_above = key
    fitting = [toll for toll in tolls if _fits(toll, number) or (open_above and (toll.most or 0) >= number)]
    return _weight(rows), _weight([*rows, *fitting]), any(row.asserted for row in rows), not open_above


def _fits(toll: Toll, number: int) -> bool:
    low = toll.least if toll.least is not None else 0
    return low <= number and (toll.open_above or (toll.most is not None and number <= toll.most))


def _weight(rows: Sequence[Toll]) -> int:
    return len(voices(one for row in rows for one in row.statements))


def _last_said(rows: Sequence[Toll]) -> str | None:
    days = [row.last_said for row in rows]
    return None if None in days else max(day for day in days if day is not None)


def _tolls(account: Account, remarks: list[str]) -> list[Toll]:
    """Give the figures for everybody; where no voice counts everybody, those of civilians and combatants together."""
    whole = totals(account, "killed")
    if whole:
        return whole
    civilians, combatants = (tolls_of(account, "killed", scope) for scope in ("civilians", "combatants"))
    if civilians and combatants:
        remarks.append("best: no report counts everybody; civilians and combatants of different reports are added")
        return [add(left, right) for left in civilians for right in combatants]
    if civilians or combatants:
        return civilians or combatants
    parts = tolls_of(account, "killed")
    if parts:
        remarks.append("best: no report counts everybody; the largest part stands for the whole")
    return sorted(parts, key=lambda toll: -(toll.least or 0))[:1]


def _explain(account: Account, tolls: Sequence[Toll], chosen: Toll | None, remarks: list[str]) -> None:
    if chosen is None:
        remarks.append("best: no standing report gives a number of dead; GED holds events with at least one death")
    elif chosen.least == 0:
        remarks.append("best: no death; GED holds events with at least one")
    elif len({toll.least for toll in tolls}) > 1:
        remarks.append(f"best: {chosen.words}, chosen by most voices, then the last said, then the lowest")
    if chosen is not None and not is_fought(account):
        remarks.append(f"GED codes no event for the kind {account.event['kind']} alone")
    remarks.extend(bounds_in_words(tolls))


def _deaths(account: Account, best: int, sides: _Sides, remarks: list[str]) -> _Deaths:
    """Share the best figure out by side: what no report gives to a side or to civilians is unknown."""
    civilians = _part(account, "civilians", *CIVILIAN_PARTS)
    fighters = _part(account, "combatants")
    if sides.type_of_violence == 3:
        own = min(_part(account, "attackers"), best)
        if civilians != best - own:
            remarks.append("deaths_civilians: in one-sided violence all dead but the attackers are civilians")
        return _Deaths(own, 0, best - own, 0)
    if civilians + fighters > best:
        remarks.append(f"deaths by side: the parts, {civilians} and {fighters}, exceed {best}; left in deaths_unknown")
        return _Deaths(0, 0, 0, best)
    own = min(_part(account, "attackers"), best - civilians - fighters)
    if fighters and not sides.combatants_are:
        remarks.append(f"deaths by side: of which side the {fighters} combatants were is not read; in deaths_unknown")
    a = own + (fighters if sides.combatants_are == "a" else 0)
    b = fighters if sides.combatants_are == "b" else 0
    return _Deaths(a, b, civilians, best - civilians - a - b)


def _part(account: Account, scope: str, *within: str) -> int:
    """Give the figure for one class, or at least the largest of the classes within it."""
    chosen = choose(tolls_of(account, "killed", scope))
    if chosen is not None and chosen.least is not None:
        return chosen.least
    return max((toll.least or 0 for one in within for toll in tolls_of(account, "killed", one)), default=0)


def _sides(account: Account) -> _Sides:
    """Give the sides: in a clash those named, else who did it and whom it hit; of a state and rebels the state is a."""
    names = named_actors(account)  # a side is a body with a name, not "soldiers"
    bodies = [name for name in target_bodies(account) if not any(is_one(name, other) for other in names)]
    if account.event["kind"] not in DIRECTED:
        if len(names) < 2 or account.event["kind"] != "clash":
            return _Sides(None, names[0] if names else "", "", "")
        a, b = sorted(names[:2], key=lambda name: not _of_states(name))
        return _Sides(_fought(a, b), a, b, "")
    doer = names[0] if names else ""
    if bodies and (combatants_hit(account) or not civilians_hit(account)):
        if doer and _of_states(bodies[0]) and not _of_states(doer):
            return _Sides(_fought(bodies[0], doer), bodies[0], doer, "a")
        return _Sides(_fought(doer, bodies[0]), doer, bodies[0], "b")
    if civilians_hit(account) and not combatants_hit(account):
        return _Sides(3 if doer and is_armed(doer) else None, doer, "Civilians", "")
    return _Sides(None, doer, "", "")


def _fought(a: str, b: str) -> int | None:
    """Give 1 where a state is one of two armed sides, 2 where neither is; None where the nature of one is not known."""
    if not (a and b and is_armed(a) and is_armed(b)):
        return None
    if _of_states(a) or _of_states(b):
        return 1
    return None if "coalition" in (kind_of(a), kind_of(b)) else 2  # of whom it is one is not known


def _of_states(name: str) -> bool:
    return is_state(name) or is_alliance(name)


def _clarity(account: Account, remarks: list[str]) -> int:
    """Give 2 where reports tell several events as one, else 1."""
    whole = [
        row for row in account.event["related"] if row["name"] == "part of" and row["right"] == account.event["id"]
    ]
    if whole:
        remarks.append("event_clarity 2: a round-up, of which other events of the ledger are parts")
    return 2 if whole else 1
