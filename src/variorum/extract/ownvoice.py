"""Tells when a report names its own outlet as the source: "the Observatory counts 19" in the Observatory's bulletin.

Invariant: what an outlet says of itself by name is said in its own voice; the content stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from variorum.extract.statements import Attribution

SELF = re.compile(
    r"(?:[\w-]+ ){0,3}?(?:from |of |for |with |at )?(?:this|our) (?:\w+ )?(?:website|site|newspaper|paper|station"
    r"|agency|channel|magazine|correspondents?|reporters?|team|newsroom|editors?|observers?|researchers?|investigators?"
    r"|staff|desk)(?: in [A-Z][\w’'-]+)?"
    r"|(?:figures|data|lists?|testimon\w+) (?:that )?(?:it|we) (?:has|have) (?:collected|gathered|compiled|documented"
    r"|recorded|verified)",
    re.I,
)
SMALL = frozenset({"the", "a", "an", "of", "for", "and", "on", "in", "to", "de", "la", "le", "al"})
# Where the head of an outlet's name ends: "‹Commission› for Civilian Protection", "‹National Police›, bulletin 311".
_TAIL = re.compile(r"\s(?:for|of|on|in|against|at)\s.*$|,.*$", re.I)


def in_own_voice(rows: Iterable[Attribution], outlet: str) -> list[Attribution]:
    """Give the attributions with the source left empty where it is the outlet itself; `outlet` may be unknown, ""."""
    return [replace(row, source="", speaker="") if is_own(row.source, outlet) else row for row in rows]


def is_own(source: str, outlet: str) -> bool:
    """Tell whether a source is the outlet that prints the report: its name, or a part of it that holds its head.

    "Commission" is the Commission for Civilian Protection; "police" is not the Police Gazette.
    """
    if SELF.fullmatch(source):
        return True
    mine, theirs = _words(outlet), _words(source)
    if not theirs or not theirs <= mine:
        return False
    head = re.findall(r"\w+", _TAIL.sub("", outlet).casefold())
    return theirs == mine or (bool(head) and head[-1] in theirs)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", re.sub(r"[’']s\b", "", name.casefold()))) - SMALL
