"""Finds sources without a name that speak together: "police and medics".

Invariant: each source that `apart` gives ends in a listed head, and no body or state is named in the phrase.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.extract.cuewords import head_pattern
from variorum.values.name import find_names, find_states


@cache
def joint_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Give the patterns of sources without a name that speak together: before a verb, behind one, and alone."""
    small = r"(?:(?:the|some|several|local|both) )?(?:(?!and |[\w-]+ly )[\w-]+ ){0,2}?"
    one = rf"{small}{head_pattern()}"
    front = re.compile(rf"(?:^\s*|[,;:“\"”] )(?P<all>{one} and )$|^\s*(?P<list>{one}, {one},? and )$", re.I)
    behind = re.compile(rf" and (?!(?:he|she|they|it) ){one}(?=[.,;:]|\s*$| (?:in|on|at|who) )")
    return front, behind, re.compile(rf"(?P<first>{one})(?:, (?P<middle>{one}))?,? and (?P<last>{one})", re.I)


def apart(phrase: str) -> list[str]:
    """Give the sources without a name that one phrase holds, "police and medics", or nothing where it holds one."""
    match = joint_patterns()[2].fullmatch(phrase)
    if match is None or find_names(phrase) or find_states(phrase):
        return []
    return [part for part in match.group("first", "middle", "last") if part]
