"""Who acted and who was hit, as far as an event's statements tell: what the codes for sides rest on.

Invariant: a body whose nature the table of names does not hold has no nature here; nothing is guessed from its name.
"""

from __future__ import annotations

from variorum.publish.rules.account import REBEL, Account, is_one, voices
from variorum.values.name import find_names, kind_of
from variorum.values.nametable import load_names

STATE = frozenset({"state", "state forces", "ministry", "government"})
ARMED = REBEL | {"militia", "coalition"}
# Kinds of event in which one side does something to another; in a clash all who are named are sides.
DIRECTED = frozenset({"strike", "bombing", "attack", "execution", "chemical_attack", "abduction", "destruction"})
CIVILIAN_PARTS = ("children", "women", "journalists", "medics")
DIRECT_HARM = ("civilians", *CIVILIAN_PARTS)


def actors(account: Account) -> list[str]:
    """Give who did it by what is affirmed: those named as actors, then those who claimed it."""
    claimed = [one.value for one in account.said("responsibility")]
    return list(dict.fromkeys([*account.values("actor"), *claimed]))


def named_actors(account: Account) -> list[str]:
    """Give the bodies with a name that did it, one for each: a state beside its own navy is no second body."""
    found: list[str] = []
    for name in actors(account):
        if name[:1].isupper() and not any(is_one(name, other) for other in found):
            found.append(name)
    return found


def together(account: Account, left: str, right: str) -> bool:
    """Tell whether one voice names both bodies; whom different voices name may be rivals."""
    naming = voices([*account.said("actor"), *account.said("responsibility")])
    return any({left, right} <= {one.value for one in group} for group in naming)


def target_bodies(account: Account) -> list[str]:
    """Give the named bodies it was directed at: a brigade, a ministry; no market and no depot."""
    return [name for name in account.values("target") if kind_of(name) != "unknown" or name[:1].isupper()]


def is_state(name: str) -> bool:
    """Tell whether a body is known to be a state or a part of one; "the Jazira Army" may be anybody's."""
    if kind_of(name) in STATE - {"state forces"}:
        return True
    owned = name in load_names()["part_of"] or any(found.extra.get("state") for found in find_names(name))
    return kind_of(name) == "state forces" and owned


def is_alliance(name: str) -> bool:
    """Tell whether a body is an alliance of states by the table of names; an "Islamist coalition" is none."""
    return name in load_names()["coalition"]


def is_armed(name: str) -> bool:
    """Tell whether a body is known to bear arms, and whose it is: a state's, rebels, a militia, a coalition."""
    return is_state(name) or kind_of(name) in ARMED


def civilians_hit(account: Account) -> bool:
    """Tell whether a voice says that civilians were killed or injured, more than none."""
    return any(one.value != "0" for prop in ("killed", "injured") for one in account.said(prop, *DIRECT_HARM))


def combatants_hit(account: Account) -> bool:
    """Tell whether a voice says that fighters or soldiers were killed or injured."""
    scopes = ("combatants", "civilians+combatants")
    return any(one.value != "0" for prop in ("killed", "injured") for one in account.said(prop, *scopes))
