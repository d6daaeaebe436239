"""The small algebra of scopes: what is part of what, which parts exclude each other and which make up a whole.

Invariant: nothing is part of itself, and being part is transitive.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from variorum.schema import load_schema

JOINT = "civilians+combatants"
# Nobody is both. Scopes not listed here may overlap (a policeman may be a fighter, a woman a medic).
EXCLUSIVE = (frozenset({"civilians", "combatants"}), frozenset({"children", "women", "men"}))
# Together they are everybody in the whole.
PARTITIONS = (
    (frozenset({"civilians", "combatants"}), frozenset({"all", JOINT})),
    (frozenset({"children", "women", "men"}), frozenset({"all"})),  # men are no part of civilians: some are fighters
)


@cache
def is_part(part: str, whole: str) -> bool:
    """Tell whether everyone in `part` is in `whole` too."""
    scopes = load_schema().scopes
    if part == whole or part not in scopes or whole not in scopes:
        return False
    wholes = load_schema().wholes(part)
    if whole == JOINT:
        return bool({"civilians", "combatants"} & ({part} | wholes))
    return whole in wholes


def exclude_each_other(parts: Collection[str]) -> bool:
    """Tell whether no one can be in two of the scopes, directly or through what contains them."""
    names = sorted(parts)
    return all(_exclusive(a, b) for index, a in enumerate(names) for b in names[index + 1 :])


@cache
def _exclusive(left: str, right: str) -> bool:
    scopes = load_schema().scopes
    if left not in scopes or right not in scopes:
        return False
    above_left = {left} | load_schema().wholes(left)
    above_right = {right} | load_schema().wholes(right)
    return any(a != b and a in family and b in family for family in EXCLUSIVE for a in above_left for b in above_right)


def make_up(parts: Collection[str], whole: str) -> bool:
    """Tell whether the parts together are everybody in the whole."""
    return any(set(parts) == members and whole in wholes for members, wholes in PARTITIONS)
