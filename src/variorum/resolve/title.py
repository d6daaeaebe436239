"""A short human title for an event, from its settled values. No claim is read here.

Invariant: a title says nothing that no settled value says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variorum.model import Settled
from variorum.resolve.terms import bounds, shown_claim

# What each kind is called at the start of a title; {weapon}, {place}, … follow in `make_title`.
NOUNS: Mapping[str, str] = {
    "strike": "Strike",
    "bombing": "Bombing",
    "clash": "Fighting",
    "attack": "Attack",
    "abduction": "Abduction",
    "execution": "Execution",
    "chemical_attack": "Chemical attack",
    "siege.laid": "Siege laid",
    "siege.broken": "Siege broken",
    "territory.taken": "Territory taken",
    "territory.lost": "Territory lost",
    "territory.advance": "Advance",
    "territory.withdrawal": "Withdrawal",
    "transfer.departed": "Departure of a convoy or transfer",
    "transfer.arrived": "Arrival of a convoy or transfer",
    "displacement": "Displacement",
    "talks": "Talks",
    "agreement": "Agreement",
    "ceasefire": "Ceasefire",
    "ceasefire.broken": "Ceasefire broken",
    "deployment.sent": "Deployment",
    "deployment.withdrawn": "Forces or surveillance withdrawn",
    "arrest": "Arrest",
    "release": "Release",
    "protest": "Protest",
    "destruction": "Destruction",
}
_ARMED = frozenset({"strike", "bombing", "attack", "chemical_attack", "clash"})


def make_title(kind: str, values: Iterable[Settled]) -> str:
    """Give a title such as "Strike with cruise missiles near Deir ez-Zor, 14 September 2017"."""
    first: dict[str, Settled] = {}
    for row in values:
        if row.support:
            first.setdefault(row.prop, row)
    words = [NOUNS.get(kind, kind.replace(".", " ").replace("_", " ").capitalize())]
    if kind in _ARMED and "weapon" in first:
        words.append(f"with {_weapon(first)}")
    if kind in ("talks", "agreement") and "subject" in first:
        words.append(f"on {first['subject'].value}")
    if "place" in first:
        place = shown_claim("place", first["place"].value)
        lead = place.partition(" ")[0].lower()
        # A shown place may bring its own preposition: "near Homs", "south-east of Homs", "15 km from Homs".
        joined = lead in ("near", "in", "off", "around", "between") or " of " in place.partition(",")[0]
        article = "the " if place.endswith((" Sea", " Ocean", " River", " Gulf", " Desert")) else ""
        words.append(place if joined else f"in {article}{place}")
    title = " ".join(words)
    if "date" in first:
        title += f", {shown_claim('date', first['date'].value)}"
    return title


def _weapon(first: Mapping[str, Settled]) -> str:
    name = shown_claim("weapon", first["weapon"].value)
    number = bounds("count", first["munitions"].value) if "munitions" in first else None
    if number is not None and number == (1, 1):
        return f"a {name}" if name[:1].lower() not in "aeiou" else f"an {name}"
    if name.endswith(("s", "gas", "artillery", "fire", "agent")) or (
        "munitions" not in first and "." not in first["weapon"].value
    ):
        return name
    return f"{name}s"
