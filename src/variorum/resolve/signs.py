"""One piece of evidence for or against two mentions being one event, before it is weighed."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """What two mentions show in one respect. The weight is `weights.toml`'s for factor and level, times `times`."""

    name: str  # as people read it: "date of event"
    factor: str  # table of weights.toml; "" when nothing can be said
    level: str  # key of that table
    note: str
    times: float = 1.0


def silent(name: str, note: str) -> Sign:
    """Give the sign of a respect in which nothing can be said; the note says why."""
    return Sign(name, "", "", note)


def missing(left: object, right: object) -> str:
    """Say which side states nothing; truth of the containers means "states something"."""
    if not left and not right:
        return "neither states any"
    return "the first states none" if not left else "the second states none"
