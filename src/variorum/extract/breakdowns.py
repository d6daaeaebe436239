"""Figures that no harm word governs: "…: five women and four men", "eight of them were girls", "put the dead at 40".

Invariant: what is taken up was told in the same sentence or in the one before; a figure is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from variorum.extract.neighbours import Clause
from variorum.extract.people import Group
from variorum.extract.peoplewords import read_noun_phrase
from variorum.extract.tollsense import WAR
from variorum.values.letters import make_small
from variorum.values.number import find_figures


class Part(NamedTuple):
    """A figure found: the counted people, what happened to them, and whether they are a part of others."""

    group: Group
    prop: str
    scope: str
    end: int  # of the count with what it counts, in the sentence
    part: bool


_PROPS = {
    "dead": "killed",
    "killed": "killed",
    "victims": "killed",
    "slain": "killed",
    "fatalities": "killed",
    "deaths": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "missing": "missing",
    "displaced": "displaced",
    "detained": "detained",
    "arrested": "detained",
    "prisoners": "detained",
}
_WHO = rf"(?P<who>{'|'.join(_PROPS)})"
HARMED = re.compile(rf"\b{_WHO}\b", re.I)
_LEAD = r"(?:(?:at least|about|around|some|nearly|almost|more than|over|up to|between|a total of|now|only)\s+)*"
# What stands between words for the harmed and their figure, the figure right behind.
SETS = tuple(
    re.compile(pattern + rf"\s+{_LEAD}$", re.I)
    for pattern in (
        r"\b(?:puts?|putting|sets?|estimat(?:es?|ed|ing)|gave|gives?) (?:the |its |their )?"
        r"(?:(?:number|count|figure|total) (?:of|for) )?"
        rf"(?:the |those )?{_WHO}\b[^.;:\d]{{0,40}}?\b(?:at|as)",
        rf"\bthe {_WHO} (?:now )?(?:numbers?|numbered|total(?:led|s)?)",
        r"\b(?:count|tally|toll|list|number|numbers|figure|total) of (?:the |those |people )*(?:[\w-]+ )?"
        rf"{_WHO}\b[^.;:\d]{{0,60}}?\b(?:to|at|reached|reaches|is|was|as)",
        r"\bnames of",
    )
)
_LISTED = re.compile(r"[\s\"“”]*(?:,|;|and|,? ?and|, as well as)[\s]*(?:the |another |some |about )?$")
_IS = re.compile(
    r",?(?: (?:he|she|it|they) (?:said|says|added),)?,? ?(?:were|are|was|is|being|among them)? ?(?:an? )?$"
)
_HARMED_THERE = re.compile(r"\b(?:patients|victims|dead|wounded|injured|casualties|bodies)$", re.I)
# "Earlier reports gave the number of dead as 12": what nobody says any more.
RECAP = re.compile(
    r"\b(?:[Ee]arlier|[Pp]revious|[Ii]nitial|[Ff]irst) (?:\w+ )?(?:reports?|figures?|accounts?|counts?|tolls?"
    r"|estimates?|versions?)\b"
)
_YEARS = re.compile(
    r"\b(?:war|conflict|uprising|decade|years?|months?|since (?:the|it|\d{4}|January|February|March|April|May|June|July"
    r"|August|September|October|November|December)|so far this|in (?:19|20)\d\d|of (?:19|20)\d\d)\b",
    re.I,
)
_COLON = re.compile(r":\s*(?:at least |some |about )?$")


def find_parts(sentence: Clause, told: str, in_sentence: Sequence[tuple[int, str]]) -> Iterator[Part]:
    """Yield the parts and set figures of a sentence.

    `told` is what the sentence before says happened to people; `in_sentence` the places and kinds of the figures that
    harm words of this sentence govern.
    """
    groups = sentence.groups
    taken = set(sentence.taken)
    prop, last = "", -2
    if RECAP.search(sentence.text):
        return
    for index, group in enumerate(groups):
        if index in taken or group.single or _of_a_war(sentence.text, group):
            continue
        named = _set(sentence.text, group)
        if named:
            yield Part(group, named, group.scope, group.end, False)
            continue
        before = [kind for place, kind in in_sentence if place < group.start]
        if _COLON.search(sentence.text[: group.start]) and before and group.head:
            prop = before[-1]
        elif _of_those(sentence.text, group, before[-1] if before else told) and (
            before or (told and not find_figures(sentence.text[: group.start]))
        ):
            prop = _PROPS.get(group.of, before[-1] if before else told)
        elif not (prop and last == index - 1 and _LISTED.search(sentence.text[groups[last].end : group.start][-40:])):
            continue
        found = _scope(sentence, group)
        if found is not None:
            last = index
            yield Part(group, prop, *found, True)


def _of_a_war(text: str, group: Group) -> bool:
    """Tell whether a figure is that of a war or of years, by its size or the words right around it."""
    number = re.search(r"\d+", group.value)
    around = text[max(0, group.start - 60) : group.end + 40]
    return (number is not None and int(number.group()) >= WAR) or _YEARS.search(around) is not None


def _of_those(text: str, group: Group, prop: str) -> bool:
    """Tell whether a group is a part of the people told of: "eight of them", of the injured "two of its patients"."""
    if group.of != "known":
        return bool(group.of)
    there = _HARMED_THERE.search(text[group.start : group.end])
    return there is not None and (there.group() != "patients" or prop == "injured")


def _set(text: str, group: Group) -> str:
    """Give what a phrase before a figure says of the people counted, "" for none."""
    before = text[max(0, group.start - 140) : group.start]
    for pattern in SETS:
        match = pattern.search(before)
        if match is not None:
            who = match.groupdict().get("who")
            if who is None:
                return (
                    "killed"
                    if group.of in {"", "dead"} and re.match(r"\s*(?:dead|killed)\b", text[group.end :])
                    else ""
                )
            return _PROPS[make_small(who)]
    return ""


def _scope(sentence: Clause, group: Group) -> tuple[str, int] | None:
    """Give who a part counts and where that ends: its own noun, or the one behind "were"."""
    if group.head and group.of != "known":
        return group.scope, group.end
    tokens = sentence.tokens
    for place in range(group.after, min(len(tokens), group.after + 7)):
        if _IS.fullmatch(sentence.text[group.end : tokens[place].start]) is None:
            continue
        found = read_noun_phrase(tokens, place)
        if found is not None and found[2] != "all":
            return found[2], tokens[found[0] - 1].end
    return None
