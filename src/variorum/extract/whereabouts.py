"""Where the event of a clause was, among the places that the clause names: not where people live, speak or are taken.

Invariant: every row's span is the words its place was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.extract.attribution import Attribution
from variorum.extract.means import Draftclaim
from variorum.extract.realis import VIOLENT, Frame
from variorum.model import Found

# "A machine gun taken from the army at X in April": where and when the arms were had.
SPOILS = re.compile(r"\b(?:taken|captured|seized|stolen|looted|bought) from [^,.;]{0,60}$", re.I)
# Where the wounded are taken is not where it happened.
TAKEN_TO = re.compile(
    r"\b(?:taken|rushed|transported|sent|brought|admitted|airlifted|treated|flown)\b[^.;]{0,60}"
    r"\b(?:hospitals?|clinics?|medical cent(?:er|re)s?|morgue)\b[^.;]{0,25}$",
    re.I,
)
HOSPITAL_AFTER = re.compile(
    r"^(?:[’']s)?(?:[- ]area)? (?:(?:regional|area|local|children[’']s) )*"
    r"(?:hospitals?|(?:trauma|medical|burn) (?:center|centre|unit)|clinic)\b"
)
TREATED_AT = re.compile(
    r"\b(?:taken|rushed|transported|sent|brought|admitted|airlifted|treated|flown|recovering|hospitali[sz]ed|condition"
    r"|died|dies)\b[^.;]{0,60}\b(?:to|at|in) (?:an? |the )?$",
    re.I,
)
FLOWN_TO = re.compile(r"\b(?:flown|airlifted|life-?flighted|transported|rushed|transferred) to (?:an? |the )?$", re.I)
# Where somebody lives: "Smith, 28, of Tarnville".
LIVES_IN = re.compile(r", \d{1,3},? of (?:the )?(?:North |South |East |West )?$")
# "from A at B": only A is where it came from. "from helicopters" is no place.
FROM = re.compile(
    r"\bfrom\b(?! (?:which|where|whom))(?! (?:an? |the |its )?(?:[\w-]+ ){0,2}(?:helicopters?|planes?|aircraft|jets?"
    r"|warplanes?"
    r"|drones?|vehicles?|cars?|air)\b)(?:(?!\b(?:at|on|onto|into|against|towards?|over|to|targeting|hitting|before"
    r"|and|for|bound|reached|arrived|entered|crossed|made it|got)\b)[^,;.]){0,60}$",
    re.I,
)
BESIDE = re.compile(
    r"(?:north|south|east|west|km|kilomet\w+|miles?|away|far)\s+from\s+(?:the )?(?:city of |town of )?$", re.I
)
LEFT = re.compile(
    r"\b(?:left|departed|leaving|evacuated from|out of|fled)(?:(?! for\b| bound\b| to\b) [\w’'-]+){0,4} ?$", re.I
)
TOLD_IN = re.compile(
    r"\b(?:told|said|speaking|reporters|journalists|statement|interview|conference)(?: [\w’'-]+){0,4} (?:in|from"
    r"|at) ?(?:the )?$",
    re.I,
)
ONE_OF = re.compile(r"\b(?:including|among them|among others|such as|notably)\b[^.;]{0,50}$", re.I)


def find_places_told(frame: Frame, kind: str, base: int, attributions: Sequence[Attribution]) -> Iterator[Draftclaim]:
    """Yield where the event of a clause was, as "place", and where it came from, as "place_from".

    `base` is the sentence's offset in the article; offsets of the rows are in the sentence.
    """
    text = frame.sentence.text
    told = [found for found in frame.places if _says_where(found, frame, kind, base, attributions)]
    if any(not found.extra.get("route") and found.extra.get("feature") != "country" for found in told):
        # "45 km south of X, on the road to Y": Y only says which road
        told = [found for found in told if not found.extra.get("route")]
    local = [found for found in told if found.extra.get("feature") != "country"]
    for found in local or told:
        before = text[frame.start : found.start]
        if BESIDE.search(before[-24:]) or found.extra.get("precision") == "direction":
            before = ""  # "to the south-east from the town" is no place of launch
        sea = found.extra.get("feature") == "sea"
        launched = kind in {"strike"} and (FROM.search(before) or sea)
        if launched or (kind.startswith("transfer") and (FROM.search(before) or LEFT.search(before))):
            yield Draftclaim("place_from", found.value, found.start, found.end)
        elif local or kind not in {"talks", "agreement"}:
            # "villages of the district, among them the town of X": X is one of the places, not the place
            part = "part" if ONE_OF.search(text[frame.start : found.start]) else None
            yield Draftclaim("place", found.value, found.start, found.end, scope=part)


def _is_treated(before: str, after: str) -> bool:
    """Tell whether a place names the hospital where people are treated; one that is struck is where it was."""
    return HOSPITAL_AFTER.match(after) is not None and TREATED_AT.search(before[-110:]) is not None


def is_aside(text: str, found: Found) -> bool:
    """Tell whether a place of a sentence is where people are treated, speak or had their arms from."""
    before, after = text[: found.start], text[found.end :]
    return bool(
        TAKEN_TO.search(before[-110:])
        or SPOILS.search(before[-70:])
        or FLOWN_TO.search(before[-40:])
        or _is_treated(before, after)
        or TOLD_IN.search(before[-60:])
    )


def _says_where(found: Found, frame: Frame, kind: str, base: int, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a place that a clause names is one where its event was or came from."""
    text = frame.sentence.text
    before, after = text[: found.start], text[found.end :]
    if found.extra.get("metonym") or TAKEN_TO.search(before[-110:]) or SPOILS.search(before[-70:]):
        return False
    if frame.family in VIOLENT and (
        FLOWN_TO.search(before[-40:]) or _is_treated(before, after) or LIVES_IN.search(before[-60:])
    ):
        return False
    if any(row.source_start <= base + found.start < max(row.source_end, row.source_start + 1) for row in attributions):
        return False
    return kind == "talks" or not TOLD_IN.search(before[-60:])
