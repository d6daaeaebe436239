"""Parts that are told apart from the whole: "three women were among the dead", "of the dead, six were guards".

Invariant: the fate a part is given stands in its own sentence.
"""

from __future__ import annotations

import re

from variorum.extract.harm import Cue
from variorum.extract.neighbours import Clause
from variorum.extract.people import Group

_FATES = r"(dead|killed|fatalities|victims|casualties|deaths|martyrs|slain|wounded|injured|missing)"
_DEAD = re.compile(
    rf"(?: (?:from|of) (?:[\w’'-]+ ){{1,4}}|\W*)(?:were |was |are |is )?(?:also |reportedly |identified )?"
    rf"among(?:st)? (?:[^\s,;]+ ){{0,5}}?{_FATES}\b",
    re.I,
)
_DEAD_BEFORE = re.compile(
    rf"(?:among|amongst|of) (?:the |those )?{_FATES} (?:were|was|are|is) (?:also )?(?:at least )?$"
    rf"|\bof (?:the |those )?{_FATES}, (?:at least )?$"
    rf"|\b(?:the )?{_FATES} (?:were|included|include|are) (?:at least )?$",
    re.I,
)


def find_fate(sentence: Clause, group: Group) -> Cue | None:
    """Read "three women were among the dead" and "among the dead were three women"."""
    found = _DEAD.match(sentence.text, group.end) or _DEAD_BEFORE.search(sentence.text[: group.start])
    if found is None:
        return None
    word = next(text for text in found.groups() if text)
    prop = "injured" if word.lower() in {"wounded", "injured"} else "missing" if word.lower() == "missing" else "killed"
    if word.lower() == "casualties":
        return None
    start = found.start(found.lastindex or 1)
    at = next((i for i, token in enumerate(sentence.tokens) if token.start >= start), 0)
    return Cue(prop, "adj", at, at + 1, start, start + len(word))
