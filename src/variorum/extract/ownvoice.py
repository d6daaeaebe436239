"""Tells when a report names its own outlet as the source: "the Observatory counts 19" in the Observatory's bulletin.

Invariant: what an outlet says of itself by name is said in its own voice; the content stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from variorum.extract.statements import Attribution

SELF = re.compile(
    r"(?:.*\b(?:from|of|for|with|at) )?(?:this|our) (?:\w+ )?(?:website|site|newspaper|paper|station|agency|channel"
    r"|magazine|correspondents?|reporters?|team|newsroom|editors?|observers?|researchers?|investigators?|staff|desk)"
    r"|(?:figures|data|information|lists?|accounts?|reports?|testimon\w+) (?:that )?(?:it|we) (?:has|have) .*",
    re.I,
)
# Heads by which a body that publishes calls itself. "Police" or "army" in the name of a paper are others.
HEADS = frozenset(
    {
        "agency", "alliance", "archive", "association", "bureau", "centre", "center", "coalition", "collective",
        "commission", "committee", "council", "desk", "federation", "foundation", "group", "initiative", "institute",
        "league", "mission", "monitor", "network", "observatory", "office", "organisation", "organization",
        "platform", "project", "service", "society", "team", "union", "watch", "ministry", "gazette",
    }
)  # fmt: skip
SMALL = frozenset({"the", "a", "an", "of", "for", "and", "on", "in", "to", "de", "la", "le", "al"})


def in_own_voice(rows: Iterable[Attribution], outlet: str) -> list[Attribution]:
    """Give the attributions with the source left empty where it is the outlet itself; `outlet` may be unknown, ""."""
    return [replace(row, source="", speaker="") if is_own(row.source, outlet) else row for row in rows]


def is_own(source: str, outlet: str) -> bool:
    """Tell whether a source is the outlet that prints the report."""
    if SELF.fullmatch(source):
        return True
    mine, theirs = _words(outlet), _words(source)
    if not mine or not theirs or not theirs <= mine:
        return False
    return len(theirs) > 1 or theirs == mine or bool(theirs & HEADS)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"[’']s\b", "", name.casefold()))) - SMALL
