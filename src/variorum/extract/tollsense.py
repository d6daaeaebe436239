"""Whether a casualty figure is asserted, hedged or denied, and whether it counts weeks or a war: the words beside it.

Invariant: decided within one sentence.
"""

from __future__ import annotations

import re
from functools import cache

from variorum.extract.contents import TOLL_BESIDE
from variorum.extract.harm import Cue, Passive
from variorum.extract.neighbours import Clause
from variorum.extract.peoplewords import load_cues
from variorum.model import Stance

_HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|apparently|believed|feared|thought|suspected|presumed|unconfirmed|rumou?red|"
    r"(?:may|might|could) have)\b",
    re.I,
)

_DENIALS = re.compile(r"\b(?:den(?:y|ied|ies|ying)|reject(?:s|ed)?|rul(?:e|ed|es) out|no evidence)\b", re.I)


def stance_of(sentence: Clause, cue: Cue, passive: Passive | None) -> Stance:
    """Give the stance of a figure by the words before its harm word and the helping verbs of it."""
    before = sentence.text[max(0, cue.start - 60) : cue.end]
    beside = max((match.end() for match in TOLL_BESIDE.finditer(before)), default=0)
    if _DENIALS.search(before[: cue.start - max(0, cue.start - 60)], beside):
        return "denies"
    if (passive is not None and passive.hedged) or _HEDGES.search(sentence.text[max(0, cue.start - 30) : cue.start]):
        return "hedges"
    return "asserts"


@cache
def _total_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = load_cues("harm")["total"]
    return re.compile("|".join(rows["after"]), re.I), re.compile("|".join(rows["before"]), re.I)


WAR = 20_000  # killed: a figure this large is taken for that of a war; the bound is chosen, not measured
_ASIDE = re.compile(r"\b(?:that|which|who|where) (?:has|have|had|was|were|is|are)\b", re.I)
_RECORD = re.compile(r"\b(?:deadliest|worst|heaviest|bloodiest|biggest|first|largest|highest|one of)\b", re.I)


def is_total(sentence: Clause, cue: Cue, start: int) -> bool:
    """Tell whether the figure counts weeks or a war, by words of time beside it."""
    after, before = _total_patterns()
    begin, end = min(start, cue.start), max(start, cue.end)
    stop = min([other.start for other in sentence.cues if other.start > end] + [len(sentence.text)])
    floor = max([other.end for other in sentence.cues if other.end <= begin] + [0])
    later = after.search(sentence.text[end:stop])
    if later is not None and _ASIDE.search(sentence.text[end : end + later.start()]) is not None:
        later = None
    if later is not None and _RECORD.search(sentence.text[end : end + later.start()]) is not None:
        later = None
    return later is not None or (
        before.search(sentence.text[floor:begin]) is not None and _RECORD.search(sentence.text[floor:begin]) is None
    )
