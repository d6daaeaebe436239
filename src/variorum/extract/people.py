"""Counted people in one sentence: groups such as "at least 39 civilians" with their scope. No harm words here.

Invariant: `text[group.start:group.end]` is the count with its noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from variorum.extract.ages import COLLECTIVES, is_age, is_plural, past_ages, stands_alone
from variorum.extract.peoplewords import (
    AGED,
    CLOSED,
    Token,
    harmed_words,
    is_single,
    read_noun_phrase,
    words,
    words_after_people,
)
from variorum.values.count import find_counts

_MORE = words("more other others additional further")
_PARTITIVE = re.compile(
    r"of\s+(?:the\s+|those\s+|these\s+|its\s+|his\s+|her\s+|their\s+|our\s+|whom\b|them\b|which\b|us\b|those\b)"
)
_ORDINALS = words("second third fourth fifth sixth seventh eighth ninth tenth")
_SINGLE = words("a an one another")
_OWNED = words("his her their the my")
_AMONG_THEM = re.compile(r"(?:and .{0,20})?(?:was|were|is|are) (?:also )?among them\b")
_HARMING = words("dead kills killed killing murdered assassinated executed wounded wounding injured abducted kidnapped")
_BEFORE_AGED = words("of kills killing killed shoots shooting shot injures injured wounds wounded")
_COPULAS = words("were was are is")
_PARTS = words("including include includes included involving particularly notably namely")


@dataclass(frozen=True, slots=True)
class Group:
    """Counted people: the count, who they are, and where that stands, in characters and in tokens."""

    value: str
    scope: str
    start: int
    end: int
    first: int  # token of the count's first word
    after: int  # token after the noun phrase
    head: str = ""  # the noun in lower case; "" for a bare number
    side: str = ""
    single: bool = False  # "a man", "one woman"
    known: bool = False  # "the man", "his wife": someone the report has spoken of
    of: str = ""  # "them", "dead", "wounded": a part of people named before
    part: bool = False  # stands after "including", "among them" or as "two of them children"
    more: bool = False  # "another 7", "two others": on top of people named before
    joined: bool = False  # one figure for two kinds of people together


def find_groups(text: str, tokens: Sequence[Token]) -> list[Group]:
    """Give the counted people of a sentence, in order, not overlapping."""
    groups: list[Group] = []
    counted = _counted(text, tokens)
    place = 0
    while place < len(tokens):
        group: Group | None = None
        if place in counted:
            after, value = counted[place]
            aged = past_ages(tokens, place - 1, counted, many=True) if is_plural(tokens, place - 2) else place
            if aged > place:
                place = aged
                continue
            group = _from_count(text, tokens, (place, after), value)
            if group is None:
                place = after
                continue
        elif tokens[place].low in _SINGLE or tokens[place].low in _OWNED:
            group = _from_article(text, tokens, place, counted)
        elif _follows_one(groups, tokens, place):
            group = _from_noun(text, tokens, place)
        elif place == 0 or tokens[place - 1].text in {":", ";", "—", "×"} or AGED.fullmatch(tokens[place].low):
            group = _from_headline(text, tokens, place)
        if group is None:
            place += 1
        else:
            groups.append(_with_age(group, tokens, counted))
            place = groups[-1].after
    groups = [_told_later(group, tokens) for group in groups]
    groups = [_told_next(groups, index, tokens) for index in range(len(groups))]
    groups = [_told_before(groups, index, tokens) for index in range(len(groups))]
    return [_as_part(group, tokens) for group in groups]


def _follows_one(groups: Sequence[Group], tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a noun without an article may follow one person: "a mother and | daughter"."""
    joined = place > 0 and tokens[place - 1].low == "and" and len(groups) > 0 and groups[-1].after == place - 1
    return joined and groups[-1].single and groups[-1].head != ""


def _from_noun(text: str, tokens: Sequence[Token], place: int) -> Group | None:
    """Read the second of "a mother and daughter" as one person."""
    found = read_noun_phrase(tokens, place, single=True)
    if found is None or not is_single(tokens[found[1]].low) or found[1] - place > 2:
        return None
    end, head_at, scope, _ = found
    side = _side(text, tokens, place, end, scope)
    return Group(
        "1", scope, tokens[place].start, tokens[end - 1].end, place, end, tokens[head_at].low, side, single=True
    )


def _from_headline(text: str, tokens: Sequence[Token], place: int) -> Group | None:
    """Read a headline's subject without an article: "Man shot dead", "10-year-old wounded"."""
    found = read_noun_phrase(tokens, place, single=True)
    if found is None:
        return None
    end, head_at, scope, _ = found
    following = tokens[end].low if end < len(tokens) else ""
    if not is_single(tokens[head_at].low):
        return None
    aged = AGED.fullmatch(tokens[place].low) is not None and place > 0 and tokens[place - 1].low in _BEFORE_AGED
    if not aged and following not in words_after_people() | {"is", "was", "has", ",", "among"}:
        return None
    side = _side(text, tokens, place, end, scope)
    low = tokens[head_at].low
    return Group("1", scope, tokens[place].start, tokens[end - 1].end, place, end, low, side, single=True)


def _counted(text: str, tokens: Sequence[Token]) -> dict[int, tuple[int, str]]:
    """Give for the first token of each count the token after it and the value."""
    found: dict[int, tuple[int, str]] = {}
    starts = {token.start: index for index, token in enumerate(tokens)}
    for count in find_counts(text):
        if count.start not in starts or (count.extra.get("article") and count.value == "1"):
            continue
        first = starts[count.start]
        after = first
        while after < len(tokens) and tokens[after].start < count.end:
            after += 1
        if tokens[after - 1].end == count.end:
            found[first] = (after, count.value)
    return found


def _from_count(text: str, tokens: Sequence[Token], span: tuple[int, int], value: str) -> Group | None:
    first, after = span
    if after < len(tokens) and tokens[after].low in {"%", "percent", "per", "°"}:
        return None
    if first > 0 and tokens[first - 1].low in {"$", "€", "£", "¥", "no.", "number", "route", "highway", "section"}:
        return None
    more = first > 0 and tokens[first - 1].low in {"another", "other"}
    if more:
        first -= 1
    here = after
    while here < len(tokens) and tokens[here].low in _MORE:
        more = True
        here += 1
        if tokens[here - 1].low == "others":
            break
    of = ""
    rest = text[tokens[here].start :] if here < len(tokens) else ""
    partitive = _PARTITIVE.match(rest)
    if partitive is not None:
        inner = here
        while inner < len(tokens) and tokens[inner].end <= tokens[here].start + len(partitive.group().rstrip()):
            inner += 1
        of = tokens[inner - 1].low
        if of == "which":
            return None
        if of in {"them", "whom", "us", "those"} and not (
            of == "those" and inner < len(tokens) and tokens[inner].low in harmed_words()
        ):
            return _part_of_known(text, tokens, (first, inner), value, of)
        here = inner
        if here < len(tokens) and tokens[here].low in harmed_words():
            of = "injured" if tokens[here].low in {"wounded", "injured", "hurt"} else "killed"
            of = "victims" if tokens[here].low in {"victims", "casualties"} else of
            return _part_of_known(text, tokens, (first, here + 1), value, of)
        of = "known"
    elif here < len(tokens) and tokens[here].low == "of" and here > after - 1:
        here += 1
    found = read_noun_phrase(tokens, here, single=value == "1")
    if found is not None:
        end, head_at, scope, joined = found
        side = _side(text, tokens, here, end, scope)
        return Group(
            value,
            scope,
            tokens[first].start,
            tokens[end - 1].end,
            first,
            end,
            tokens[head_at].low,
            side,
            of=of,
            more=more,
            joined=joined,
        )
    if here != after and not more:
        return None
    if not more and here + 1 < len(tokens) and tokens[here].low in _COPULAS and not _is_done(tokens[here + 1].low):
        told = _part_of_known(text, tokens, (first, here), value, "")
        if told.head:
            return told
    if stands_alone(tokens, here) and not is_age(tokens, first, here):
        return Group(value, "all", tokens[first].start, tokens[here - 1].end, first, here, more=more)
    return None


def _is_done(word: str) -> bool:
    """Tell whether a word after "were" says what happened rather than who: "17 were taken prisoner"."""
    return word in words_after_people() or word.endswith("ed")


def _part_of_known(text: str, tokens: Sequence[Token], span: tuple[int, int], value: str, of: str) -> Group:
    """Read "two of them children", "five of the dead were women", "two of whom died"."""
    first, after = span
    scope, head, end = "all", "", after
    here = after
    if here < len(tokens) and tokens[here].low in _COPULAS | {",", "being"}:
        here += 1
    if here < len(tokens) and tokens[here].low in {"a", "an"} and value == "1":
        here += 1
    found = read_noun_phrase(tokens, here, single=value == "1")
    side = ""
    if found is not None:
        end, head_at, scope, _ = found
        head = tokens[head_at].low
        side = _side(text, tokens, here, end, scope)
    part = found is not None
    return Group(value, scope, tokens[first].start, tokens[end - 1].end, first, end, head, side, of=of, part=part)


def _from_article(
    text: str, tokens: Sequence[Token], place: int, counted: Mapping[int, tuple[int, str]]
) -> Group | None:
    """Read "a 15-year-old boy", "another man", "the gunman", "his wife" as one person."""
    low = tokens[place].low
    if low == "another" and place + 1 in counted:
        return None
    if low in _OWNED and place + 1 in counted:
        return None
    if low == "one" and place + 1 < len(tokens) and tokens[place + 1].low == "of":
        return _one_of_them(text, tokens, place)
    found = read_noun_phrase(tokens, place + 1, single=True)
    bare = 0 if found is not None else _past_other(tokens, place)
    if bare:
        start, end = tokens[place].start, tokens[bare - 1].end
        return Group("1", "all", start, end, place, bare, single=True, more=True)
    if found is None:
        end = _past_owner(tokens, place, counted)
        head_at, scope, joined = end - 1, "all", False
    else:
        end, head_at, scope, joined = found
    if end <= place or joined or not (found is None or is_single(tokens[head_at].low)):
        return None
    side = _side(text, tokens, place + 1, end, scope)
    return Group(
        "1",
        scope,
        tokens[place].start,
        tokens[end - 1].end,
        place,
        end,
        tokens[head_at].low,
        side,
        single=True,
        known=low == "the",
        more=low == "another" or (low == "a" and tokens[place + 1].low in _ORDINALS),
    )


def _one_of_them(text: str, tokens: Sequence[Token], place: int) -> Group | None:
    """Read "one of them", "one of whom", and who that was: "one of them a child"; "one of his friends"."""
    if place + 3 < len(tokens) and tokens[place + 2].low in _OWNED | {"those", "these"}:
        found = read_noun_phrase(tokens, place + 3)
        if found is None or is_single(tokens[found[1]].low):
            return None
        end, head_at, scope, _ = found
        start, stop = tokens[place].start, tokens[end - 1].end
        side = _side(text, tokens, place + 3, end, scope)
        return Group("1", scope, start, stop, place, end, tokens[head_at].low, side, single=True, of="known")
    if place + 2 >= len(tokens) or tokens[place + 2].low not in {"them", "whom"}:
        return None
    return replace(_part_of_known(text, tokens, (place, place + 3), "1", tokens[place + 2].low), single=True)


def _past_other(tokens: Sequence[Token], place: int) -> int:
    """Give the token after "another", "the other" or "a third" that stands alone for one more person; 0 if none."""
    low = tokens[place].low
    here = place + 1
    if low in {"the", "a"}:
        if here >= len(tokens) or not (tokens[here].low == "other" if low == "the" else tokens[here].low in _ORDINALS):
            return 0
        here += 1
    elif low != "another":
        return 0
    return here if here >= len(tokens) or stands_alone(tokens, here) else 0


def _past_owner(tokens: Sequence[Token], place: int, counted: Mapping[int, tuple[int, str]]) -> int:
    """Give the token after a noun no list holds that its company shows to be a person: "killed an X and his two sons".

    Read only where a sentence or the object of a harm word begins; 0 where it is no person.
    """
    if tokens[place].low not in {"a", "an"} or not (place == 0 or tokens[place - 1].low in _HARMING):
        return 0
    here = place + 1
    while here < len(tokens) and here - place <= 4 and tokens[here].text.isalpha() and tokens[here].low not in CLOSED:
        here += 1
    if [token.low for token in tokens[here : here + 2]] not in (["and", "his"], ["and", "her"]) or here == place + 1:
        return 0
    after = counted[here + 2][0] if here + 2 in counted else here + 2
    return here if read_noun_phrase(tokens, after, single=after == here + 2) is not None else 0


def _side(text: str, tokens: Sequence[Token], start: int, end: int, scope: str) -> str:
    if scope not in {"combatants", "police", "attackers", "civilians+combatants"} or end <= start:
        return ""
    return text[tokens[start].start : tokens[end - 1].end]


def _with_age(group: Group, tokens: Sequence[Token], counted: Mapping[int, tuple[int, str]]) -> Group:
    """Take the age into the noun phrase: "a man of 62", "two boys of 12"; also the children of "a mother of three"."""
    if not group.head or group.head in COLLECTIVES or group.head.endswith("family"):
        return group
    end = past_ages(tokens, group.after, counted, many=not group.single)
    return group if end == group.after else replace(group, after=end, end=tokens[end - 1].end)


def _told_later(group: Group, tokens: Sequence[Token]) -> Group:
    """Take the scope from words after the group: "six people, all civilians", "43 dead, all of them rebels"."""
    if group.scope != "all" or group.single:
        return group
    here = group.after
    while here < len(tokens) and here < group.after + 2 and tokens[here].low in {",", "-", "–", "—", "dead", "killed"}:
        here += 1
    if here >= len(tokens) or tokens[here].low != "all":
        return group
    if [token.low for token in tokens[here + 1 : here + 3]] in (["of", "them"], ["of", "whom"]):
        here += 2
    found = read_noun_phrase(tokens, here + 1)
    return group if found is None else replace(group, scope=found[2])


def _told_next(groups: Sequence[Group], index: int, tokens: Sequence[Token]) -> Group:
    """Take the noun of the next number where one noun serves both: "killed 28 and wounded 30 militants"."""
    group = groups[index]
    if group.head or group.of or group.more or index + 1 == len(groups) or group.scope != "all":
        return group
    following = groups[index + 1]
    gap = [token.low for token in tokens[group.after : following.first]]
    if len(gap) == 2 and gap[0] == "and" and gap[1] in words_after_people() and following.head and not following.single:
        return replace(group, scope=following.scope, side=following.side)
    return group


def _told_before(groups: Sequence[Group], index: int, tokens: Sequence[Token]) -> Group:
    """Take the side of the number before: "22 soldiers were killed and 17 were captured".

    Only that of armed men: beside dead civilians or children, bare numbers of hurt also count others.
    """
    group = groups[index]
    if index == 0 or group.head or group.of or group.more or group.single:
        return group
    before = groups[index - 1]
    gap = [token.low for token in tokens[before.after : group.first]]
    following = tokens[group.after].low if group.after < len(tokens) else "."
    told = before.scope in {"combatants", "police"} and not before.single and not before.known and before.head != ""
    if not told or not 2 <= len(gap) <= 8 or gap[-1] != "and" or set(gap) & {",", ";", "while", "when", "after"}:
        return group
    if gap[0] not in _COPULAS | {"have", "had", "died"} and gap[0] not in words_after_people():
        return group
    runs_on = following in _COPULAS | {"have", "had"} or following in words_after_people()
    return replace(group, scope=before.scope, side=before.side) if runs_on else group


def _as_part(group: Group, tokens: Sequence[Token]) -> Group:
    before = [token.low for token in tokens[max(0, group.first - 3) : group.first]]
    if group.part:
        return group
    apart = [["among", "them"], ["of", "whom"], ["among", "whom"], ["such", "as"]]
    introduced: object = before[-1:] and (before[-1] in _PARTS or before[-2:] in apart)
    introduced = introduced or _AMONG_THEM.match(" ".join(token.low for token in tokens[group.after : group.after + 8]))
    introduced = introduced or before[-2:] in (["including", "at"], ["them", "were"], ["them", ","], ["whom", "were"])
    return replace(group, part=True) if introduced else group
