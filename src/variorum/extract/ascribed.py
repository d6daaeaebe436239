"""Who is said by others to have done it: "accused the army of shelling", "a commander blamed the Guard".

Invariant: a name is given only for words that lay the deed to it, never for being named beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Found
from variorum.values.letters import make_small

# "accused X of shelling", "X was responsible for the attack", "blamed X for it": the deed is ascribed to X.
ASCRIBED_BEFORE = re.compile(
    r"\b(?P<verb>accus(?:ed|es|ing)|blam(?:ed|es|ing)|nam(?:ed|es|ing)|identif(?:ied|ies|ying))"
    r" (?:the |its |(?:President|president) [\w -]{0,20})?$"
)
ASCRIBED_AFTER = re.compile(
    r"(?:['’]s)?(?: [\w’'-]+){0,2}?(?: of (?:\w+ )?(?:being behind|carrying out|launching|conducting|committing|using"
    r"|dropping|firing|attacking|bombing|shelling|striking|targeting|killing|executing|perpetrating|staging|the)"
    r"| for (?:the|an?|this|that|\w+ing|\w*day['’]?s)|,? (?:was|were|is|are)(?: \w+ly)? (?:responsible for|behind))\b"
)
# "…, blaming X.", "he named X as the group behind it": nothing more need be said of the deed.
BLAMED_AFTER = {
    "bla": re.compile(r"(?:['’]s)?(?: [\w’'-]+){0,2}?(?=\s*(?:[,.;]|for\b|who\b|which\b|$))"),
    "acc": re.compile(r"(?=\s*(?:[.;]|$))"),
    "nam": re.compile(
        r" as (?:the |its )?(?:[\w-]+ ){0,3}?(?:behind|responsible|authors?|perpetrators?|culprits?|attackers?)\b"
    ),
}
BLAMED_AFTER["ide"] = BLAMED_AFTER["nam"]
NOT_ASCRIBED = re.compile(r"\b(?:not|never|denied|denies|no evidence|whether|if) (?:[\w’'-]+ ){0,4}$", re.I)


def find_ascribed(text: str, rows: Sequence[Found]) -> list[Found]:
    """Give those of a sentence's names to whom somebody lays the deed; `rows` are its names, offsets in `text`."""
    found: list[Found] = []
    if not any(word in text for word in ("accus", "blam", "responsible", "behind")):
        return found
    for row in rows:
        before = ASCRIBED_BEFORE.search(text[max(0, row.start - 50) : row.start])
        if before is not None and BLAMED_AFTER[make_small(before["verb"][:3])].match(text, row.end):
            found.append(row)
            continue
        after = ASCRIBED_AFTER.match(text, row.end)
        if after is None or NOT_ASCRIBED.search(text[: row.start][-40:]):
            continue
        verb = after.group().rstrip().endswith(("responsible for", "behind")) and "being" not in after.group()
        if verb or before is not None:
            found.append(row)
    return found
