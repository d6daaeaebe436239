"""Names of bodies: armed groups, states' forces, ministries, monitors, agencies. Persons are in person.py.

Invariant: a found name's span never begins with an article, and `parse_name` of a canonical name is that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from variorum.model import Found
from variorum.values.caseless import make_regex
from variorum.values.namepattern import name_at, state_at
from variorum.values.nametable import known_kinds, load_names, tokenize
from variorum.values.order import Order

# Words after a state's adjective that make it no actor: its people, places and affairs.
NO_AGENT = make_regex(
    r"(?:led|backed|allied|based|born|held|controlled|style|speaking|occupied|supported|run|made|built|brokered"
    r"|civilians?|people|refugees?|children|child|wom[ae]n|m[ae]n|girls?|boys?|journalists?|nationals?|citizens?"
    r"|city|cities|towns?|villages?|capital|provinces?|region|governorate|borders?|coast|coastal|desert|territor\w+"
    r"|soil|conflict|war|crisis|revolution|uprising|language|population|famil\w+|workers?|pilgrims?|tourists?"
    r"|airspace|side|lands?|community|exiles?|diaspora|economy|currency|history|culture|spring|time|embassy|sea"
    r"|waters|street)\b"
)
ACTS = make_regex(
    r"(?:’s|'s)? ?(?:,? (?:on|has|had|have|also|then|again|later|late|early|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"\b){0,3} ?(?:said|says|fired|fires|carried|launched|launches|bombed|bombs|struck|strikes|shelled|attacked|killed"
    r"|seized|took|denied|denies|rejected|accused|accuses|claimed|claims|announced|agreed|sent|deployed|began|destroyed"
    r"|targeted|hit|conducted|intercepted|shot|invaded|occupied|warned|confirmed|blamed|blames|stopped|started|signed"
    r"|negotiat\w+|withdrew|pulled|retaliated|responded"
    r"|and [A-Z]\w+ (?:said|fired|launched|carried|agreed|are|signed))\b"
)
NOT_AGENT_BEFORE = make_regex(
    r"\b(?:in|of|from|to|across|near|through|around|inside|within|into|over|outside|throughout|northern|southern"
    r"|eastern|western|neighbou?ring|for|on|against|with|(?:north|south)(?:[- ]?(?:east|west)(?:ern)?)?|east|west) "
    r"(?:the )?$",
    re.I,
)


def find_names(text: str) -> list[Found]:
    """Give the bodies named in a text; extra: kind, and state where the name tells it."""
    return list(_found(text))


@lru_cache(maxsize=4096)
def _found(text: str) -> tuple[Found, ...]:
    tokens = tokenize(text)
    found: list[Found] = []
    index = 0
    while index < len(tokens):
        hit = name_at(tokens, index, text)
        if hit is None:
            index += 1
            continue
        used, name, kind, state = hit
        start, end = tokens[index].start, tokens[index + used - 1].end
        extra = {"kind": kind} | ({"state": state} if state else {})
        found.append(Found(start, end, text[start:end], name, extra))
        index += used
    return tuple(found)


def find_demonyms(text: str) -> list[Found]:
    """Give the states that act by their bare adjective or name ("Turkish strikes", "Iran fired"), not bodies.

    An adjective of people, places or affairs ("Syrian civilians", "Syrian desert") is left out.
    """
    return list(_demonyms(text))


@lru_cache(maxsize=256)  # asked for each role of each clause of a sentence
def _demonyms(text: str) -> tuple[Found, ...]:
    taken = [(found.start, found.end) for found in _found(text)]
    tokens = tokenize(text)
    found: list[Found] = []
    for index, token in enumerate(tokens):
        if any(start <= token.start < end for start, end in taken):
            continue
        hit = state_at(tokens, index, text)
        if hit is None or not hit[1].name or hit[1].form == "leader":
            continue
        used, state, _ = hit
        last = tokens[index + used - 1]
        rest = text[last.after :]
        if state.form == "adjective":
            if NO_AGENT.match(rest.lstrip(" -")) or re.match(r"[-–]\w", rest):
                continue
        elif state.form == "seat" or not ACTS.match(rest) or NOT_AGENT_BEFORE.search(text[: token.start]):
            continue
        found.append(Found(token.start, last.end, text[token.start : last.end], state.name, {"kind": "state"}))
        taken.append((token.start, last.end))
    return tuple(found)


def find_states(text: str) -> list[Found]:
    """Give every state named, by its name, adjective or seat of government; extra: form."""
    return list(_states(text))


@lru_cache(maxsize=256)
def _states(text: str) -> tuple[Found, ...]:
    tokens = tokenize(text)
    found: list[Found] = []
    reached = 0
    for index in range(len(tokens)):
        hit = state_at(tokens, index, text) if index >= reached else None
        if hit is not None and hit[1].name and hit[1].form != "leader":
            start, end = tokens[index].start, tokens[index + hit[0] - 1].end
            found.append(Found(start, end, text[start:end], hit[1].name, {"kind": "state", "form": hit[1].form}))
            reached = index + hit[0]
    return tuple(found)


def parse_name(raw: str) -> str | None:
    """Give the canonical form of a name, a state's name for a state, the words themselves for a name not known."""
    bare = re.sub(r"^(?:the|The)\s+", "", re.sub(r"\s+", " ", raw).strip(' \t,.;:"“”'))
    for found in _found(bare):
        if found.start == 0 and found.end >= len(bare) - 2:
            return found.value
    whole = [found for found in find_states(bare) if found.start == 0 and found.end >= len(bare) - 2]
    if whole:
        return whole[0].value
    return bare if bare and any(letter.isalpha() for letter in bare) else None


def kind_of(name: str) -> str:
    """Give the kind of a canonical name: "rebel", "monitor", "ministry", "state" … or "unknown"."""
    known = known_kinds().get(name)
    if known is not None:
        return known
    if name in load_names()["states"]:
        return "state"
    found = _found(name)
    if found and found[0].start == 0 and found[0].end == len(name):
        return found[0].extra["kind"]
    return "unknown"


def _wholes(name: str) -> Iterator[str]:
    """Give the larger bodies a name belongs to, its state last."""
    part_of = load_names()["part_of"]
    current: str | None = part_of.get(name)
    while current is not None:
        yield current
        current = part_of.get(current)
    found = _found(name)
    if found and found[0].end == len(name) and "-" not in found[0].value.split(" ")[0] and found[0].extra.get("state"):
        yield found[0].extra["state"]


def compare_name(left: str, right: str) -> Order:
    """Say how two names stand: a part is inside its whole, two bodies of one state overlap."""
    if left.casefold() == right.casefold():
        return "equal"
    left_wholes, right_wholes = tuple(_wholes(left)), tuple(_wholes(right))
    if right in left_wholes:
        return "inside"
    if left in right_wholes:
        return "contains"
    if set(left_wholes) & set(right_wholes):
        return "overlaps"
    if not (_certain(left) and _certain(right)):
        return "unknown"
    return "disjoint"


def _certain(name: str) -> bool:
    """Tell whether a name is listed or names its state: only then do two different names mean two different bodies."""
    if name in known_kinds() or name in load_names()["states"]:
        return True
    found = _found(name)
    return bool(found) and found[0].end == len(name) and "state" in found[0].extra


def show_name(value: str) -> str:
    """Write a name for people."""
    return value
