"""The values found in one sentence, before anyone says which event they belong to.

Invariant: offsets count in the sentence's text; `raw` is the text at those offsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.extract.sentences import Sentence
from variorum.extract.sites import find_struck, settle_names, settle_places
from variorum.extract.tolls import Toll, find_people, find_tolls
from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.date import find_dates, find_times
from variorum.values.gazetteer import Gazetteer
from variorum.values.name import find_names
from variorum.values.place import PlaceContext, find_places
from variorum.values.quantity import find_quantities
from variorum.values.weapon import find_platforms, find_weapons

SAID = (
    r"(?:said|says|told|announced|announces|reported|reports|stated|states|added|adds|confirmed|claimed|posted"
    r"|published|issued"
    r"|released|statement|conference|briefing|reporters|journalists)"
)
# A date that belongs to the saying, not to the event: "said in a statement on Thursday", "on Thursday said".
SAID_BEFORE = make_regex(
    rf"\b{SAID}(?: (?:in|a|an|the|on|to|via|by|its|his|her|late|early|state|news|media|press|statement|post|posted"
    rf"|video|agency|television"
    rf"|facebook|twitter|telegram|website|conference|briefing|online|reporters|journalists|afp|reuters|ap|leaflet"
    rf"|letter|note|message|audio|communique|interview|(?-i:[A-Z][\w.]+))){{0,8}} ?$",
    re.I,
)
SAID_AFTER = re.compile(
    r"^\s*(?:said|says|told|announced|reported|confirmed|stated|denied|claimed|lowered|raised|revised|updated|put"
    r"|blamed|accused|condemned"
    r"|rejected|acknowledged|admitted|called on|urged|warned)\b",
    re.I,
)
CLAIMED_BEFORE = re.compile(r"\bclaim(?:ed|s|ing) (?:the )?responsibility\b[^.;]{0,80}$", re.I)
# "put the number of dead at six on Tuesday and raised it to eight on Wednesday"
COUNTED_BEFORE = re.compile(
    r"\b(?:put|raised|lowered|revised|updated|counted|rose|risen|climbed|stood|stands)\b(?:(?!killed in|bombing|attack"
    r"|strike|blast|shelling|shooting)[^.;]){0,70}$",
    re.I,
)
# "raised its count of the dead in Monday's shelling to 15 on Wednesday": the figure stands right before the day
SET_BEFORE = re.compile(
    r"\b(?:put|raised|lowered|revised|updated|cut|increased|rose|risen|climbed)\b[^.;]{0,160}\b(?:to|at)"
    r" (?:(?:at least|about|around|nearly|almost) )?[\w-]+ ?$",
    re.I,
)
# "Under the truce they signed last week", "nurses captured in May": the day of another deed.
OTHER_DEED = make_regex(
    r"(?<!was )(?<!were )(?<!been )\b(?:signed|captured|seized|abducted|kidnapped|taken|arrested|founded|built"
    r"|declared|agreed|severed|elected"
    r"|appointed|born)(?: (?:in|on|early|late|since))? ?$"
    r"|\b(?:taken|captured|seized|stolen|looted|bought) from [^,.;]{0,60}$",
    re.I,
)
# "two of the wounded had been counted among the dead by mistake": an explanation, no figure
COUNTED_WRONGLY = re.compile(
    r"\b(?:counted|listed|included|recorded|registered)\b[^.;]{0,40}\b(?:by mistake|mistakenly|wrongly|in error"
    r"|twice)\b"
    r"|\b(?:mistakenly|wrongly) (?:counted|listed|included|recorded|registered)\b|\bdouble[- ]counted\b",
    re.I,
)
# "By noon the ministry had explained the strike" says nothing of when it struck.
BY_THEN = re.compile(r"\b[Bb]y\s*$")
# A date that is part of a name: "the 9 May hospital".
NAMED_AFTER = re.compile(
    r"^(?:th|st|rd|nd)? (?:[Ss]treet|[Hh]ospital|[Ss]quare|[Bb]ridge|[Bb]rigade|[Bb]attalion|[Mm]ovement|[Uu]niversity"
    r"|[Ss]tadium"
    r"|[Pp]ark|[Cc]amp|[Aa]greement|[Mm]artyrs|[Rr]evolution|[Nn]eighbou?rhood)\b"
)
FRONTED = re.compile(
    r"^(?:[\"“‘'(\s]|but |and |meanwhile,? |also |earlier |later )*(?:on |in |at |late |early |last |overnight)*$", re.I
)


@dataclass(frozen=True, slots=True)
class Entities:
    """What one sentence holds: each list in order of place in the text."""

    dates: tuple[Found, ...]  # of events, as far as the words around them tell
    said: tuple[Found, ...]  # dates of the saying
    times: tuple[Found, ...]
    places: tuple[Found, ...]
    names: tuple[Found, ...]
    weapons: tuple[Found, ...]
    platforms: tuple[Found, ...]
    quantities: tuple[Found, ...]
    tolls: tuple[Toll, ...]


def find_entities(
    sentence: Sentence,
    anchor: str | None,
    gazetteer: Gazetteer,
    context: PlaceContext,
    *,
    printed: str = "",
    told: str = "",
) -> Entities:
    """Give the values in one sentence; weekdays are resolved against `anchor`, the day the story was written.

    `printed` is the publication date as the text itself prints it: the day of the report, not of an event. `told` is
    what the sentence before says happened to people.
    """
    # The dateline says where and when the report was filed, not the event: blanked, so that offsets stay.
    filed = sentence.body_start - sentence.start
    text = " " * filed + sentence.text[filed:]
    dates: list[Found] = []
    said: list[Found] = []
    for found in find_dates(text, anchor):
        if (
            OTHER_DEED.search(text[: found.start])
            or NAMED_AFTER.match(text[found.end :])
            or (printed and found.raw in printed and sentence.index <= 1)
        ):
            continue
        (said if _is_said(text, found) else dates).append(found)
    names = settle_names(find_names(text))
    places = settle_places(find_places(text, gazetteer, context), names, text, gazetteer)
    struck = find_struck(text, (*names, *places), gazetteer, context)
    return Entities(
        dates=tuple(dates),
        said=tuple(said),
        times=tuple(found for found in find_times(text) if not BY_THEN.search(text[: found.start][-8:])),
        places=tuple(sorted((*places, *struck), key=lambda found: found.start)),
        names=names,
        weapons=tuple(find_weapons(text)),
        platforms=tuple(find_platforms(text)),
        quantities=tuple(find_quantities(text)),
        tolls=tuple(
            toll
            for toll in (*find_tolls(text, told), *find_people(text))
            if not COUNTED_WRONGLY.search(text[max(0, toll.start - 30) : toll.end + 60])
        ),
    )


def _is_said(text: str, found: Found) -> bool:
    if text[found.end : found.end + 2] in {"'s", "’s"}:
        return False  # "for Wednesday's ambush"
    before = re.sub(r"(?:on|late|early|in|at|late on|early on)\s*$", "", text[: found.start], flags=re.I)
    if SAID_BEFORE.search(before[-90:].rstrip() + " "):
        return True
    if COUNTED_BEFORE.search(before[-80:]) or SET_BEFORE.search(before[-200:]) or CLAIMED_BEFORE.search(before):
        return True
    return bool(SAID_AFTER.match(text[found.end :])) and not FRONTED.match(text[: found.start])


def find_anchor(sentences: Sequence[Sentence], published: str | None) -> str | None:
    """Give the day a story was written, as its own words tell: the latest weekday on which somebody "said" something.

    A story printed on a Friday whose sources "said on Wednesday" means by "on Friday" the Friday before that Wednesday.
    Falls back to the publication date, which also stands where an event is told of its weekday and the latest saying is
    of the day before; an undated article has no anchor.
    """
    if published is None:
        return None
    latest = None
    today = False
    for sentence in sentences[:12]:
        for found in find_dates(sentence.text, published):
            day = found.value
            said = len(day) == 10 and _is_said(sentence.text, found)
            if said and (latest is None or day > latest):
                latest = day
            today = today or (not said and day == published[:10] and found.raw.endswith("day"))
    if latest is None or _days(latest, published[:10]) > 3:
        return published
    # printed on Friday, "said on Thursday", "shelling on Friday": of one day's delay the Friday is more likely today
    return published if today and _days(latest, published[:10]) <= 1 else latest


def _days(early: str, late: str) -> int:
    from datetime import date

    return (date.fromisoformat(late) - date.fromisoformat(early)).days
