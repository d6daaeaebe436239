"""Places and names as a report of events means them: whose and which left out, town told from province, lead words cut.

Invariant: offsets stay in the sentence; nothing is added that the finders did not find.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.model import Found
from variorum.values.gazetteer import Gazetteer
from variorum.values.place import PlaceContext, find_places

# "US-backed", "Veliky Novgorod submarine", "Elm Street": the place says whose or which, not where.
ATTACHED = re.compile(
    r"^\s?[-‑](?:backed|led|held|based|supported|made|controlled|sponsored|born|brokered|trained|funded|designed"
    r"|style)\b"
    r"|^(?:-class)?,? (?:submarines?|frigate|corvette|destroyer|warship|cruiser|class|FC|United|newspaper|University"
    r"|Post|Times"
    r"|Hospital|Medical|Health|High School|Elementary|Middle School|Street|St\b|Avenue|Ave\b|Road|Rd\b|Boulevard|Blvd"
    r"|Drive|Lane"
    r"|Court|Highway|View|Police|County Sheriff|Sheriff|Fire|Department of)\b"
)
# Capitalised too: "Sagaing Region"; the "State" of a body is none: "Kano State University".
PROVINCE_AFTER = re.compile(
    r"^(?:[’']s?)? (?:[Pp]rovince|[Gg]overnorate|[Rr]egion|[Oo]blast|[Ss]tate|[Dd]ivision|[Dd]epartment"
    r"|[Pp]refecture)s?\b"
    r"(?!-| (?:University|College|Police|Prison|Penitentiary|Hospital|TV|Television|Radio|of [A-Z]))"
    r"|^(?:, [A-Z][\w’'-]+){0,3},? (?:and|or) [A-Z][\w’'-]+ (?:provinces|governorates|regions|oblasts|states"
    r"|departments|prefectures)\b",
)
PROVINCE_BEFORE = re.compile(
    r"\b(?<!Islamic )(?:[Pp]rovince|[Gg]overnorate|[Rr]egion|[Oo]blast|[Ss]tate|[Dd]epartment) of (?:the )?$"
)
PROVINCE_INSIDE = re.compile(r"\w (?:Province|Governorate|Region|Oblast|State|Division|Department|Prefecture)$")
# Capitalised only because they open a sentence; no part of the body's name.
LEAD_WORDS = re.compile(
    r"(?:Envoys|Busloads|Members|Fighters|Soldiers|Troops|Leaders|Residents|Suspected|Alleged|Dozens|Hundreds"
    r"|Thousands|Representatives"
    r"|Families|Relatives|Forces|Supporters|Officials|Delegates|Militants|Rebels|Most|Some|Several"
    r"|Many)\s+(?:of\s+)?(?:the\s+)?(?=[A-Z])"
)


STRUCK = re.compile(
    r"\b(?:(?:(?:air ?)?(?:strikes?|raids?)|attacks?|shelling|bombardment|assault|offensive|siege|bombing"
    r"|massacre) (?:on|of|against|at)"
    r"|captured|seized|recaptured|retook|shelled|bombed|bombarded|overran) (?:the )?"
    r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?![\w’'-])"
)


def settle_places(
    places: Sequence[Found], names: Sequence[Found], text: str, gazetteer: Gazetteer
) -> tuple[Found, ...]:
    """Give the places of a sentence that say where something is, each as town or province as its words tell."""
    kept = [
        place
        for place in places
        if not ATTACHED.match(text[place.end :])
        and not (place.value.startswith("name:") and _is_country(place.raw, gazetteer))
        # a place that is a part of a body's name: "Islamic State of Iraq"
        and not any(name.start <= place.start and place.end <= name.end and name.raw != place.raw for name in names)
    ]
    return tuple(_town_or_province(place, text, gazetteer) for place in kept)


def find_struck(text: str, taken: Sequence[Found], gazetteer: Gazetteer, context: PlaceContext) -> tuple[Found, ...]:
    """Give the towns that stand as what was struck or taken, "an air raid on Haradh", where nothing else says town.

    `taken` are names and places found already. A name that the gazetteer lacks stays what it is.
    """
    rows: list[Found] = []
    for match in STRUCK.finditer(text):
        start, end = match.span("name")
        if any(found.start < end and start < found.end for found in taken):
            continue
        sentence = f"the town of {match['name']}"
        told = [place for place in find_places(sentence, gazetteer, context) if place.raw == match["name"]]
        if told and told[0].value.startswith(("gn:", "own:")):
            rows.append(replace(told[0], start=start, end=end))
    return tuple(rows)


def _is_country(name: str, gazetteer: Gazetteer) -> bool:
    # "the suburbs of Syria's X": the unknown suburb is not called Syria
    return any(entry.feature == "country" for entry in gazetteer.find(name))


def _town_or_province(place: Found, text: str, gazetteer: Gazetteer) -> Found:
    base, *rest = place.value.split(";")
    entry = gazetteer.entry(base)
    if entry is None or entry.feature not in {"city", "admin1"}:
        return place
    province = (
        PROVINCE_AFTER.match(text[place.end :])
        or PROVINCE_BEFORE.search(text[: place.start])
        or PROVINCE_INSIDE.search(place.raw)
    )
    other = None
    if province and entry.feature == "city" and entry.admin1:
        other = gazetteer.entry(entry.admin1)
    elif not province and entry.feature == "admin1":
        towns = [match.entry for match in gazetteer.matches(place.raw) if match.entry.feature == "city"]
        other = max((town for town in towns if town.admin1 == entry.id), key=lambda town: town.population, default=None)
    if other is None:
        return place
    extra = {**place.extra, "feature": other.feature, "name": other.name}
    if place.extra.get("precision") in {"exact", "admin1"}:
        extra["precision"] = "admin1" if other.feature == "admin1" else "exact"
    return replace(place, value=";".join([other.id, *rest]), extra=extra)


def settle_names(names: Sequence[Found]) -> tuple[Found, ...]:
    """Give the names without words that are capitalised only because they open the sentence."""
    return tuple(_cut_lead(name) for name in names)


def _cut_lead(name: Found) -> Found:
    match = LEAD_WORDS.match(name.raw)
    if match is None:
        return name
    start = name.start + match.end()
    value = name.value[match.end() :] if name.value.startswith(match.group()) else name.value
    return replace(name, start=start, raw=name.raw[match.end() :], value=value)
