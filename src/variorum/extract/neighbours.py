"""The counted people beside a word in one sentence: its subject, its object, and those joined to them. No harm here.

Invariant: a neighbour is an index into the sentence's groups, with whether it is a part of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.extract.harm import BE, HAVE, Cue, Passive
from variorum.extract.people import Group
from variorum.extract.peoplewords import Token, words

VERBS = (
    BE
    | HAVE
    | words("said says say told reported added will would could did does do announced claimed stated confirmed")
)


STOPS = words("while when after before because although until though whereas ; : since that as if but where")


_TAILS = words("in of from including and [ mostly mainly most all many some on")  # begin words between noun and verb


_JOINS = (
    "and | , | , and | or | plus | as well as | , as well as | along with | together with | alongside | and at "
    "| and also | and her | and his | and their | and the"
)


LINKS = [row.split() for row in _JOINS.split("|")]


@dataclass(slots=True)
class Clause:
    """One sentence while it is read: its words, its groups, its harm words, and which word has taken which group."""

    text: str
    tokens: tuple[Token, ...]
    groups: list[Group]
    cues: list[Cue]
    taken: dict[int, tuple[Cue, bool]]  # index of group -> cue and whether as a part


def touching(sentence: Clause, place: int) -> list[tuple[int, bool]]:
    """Give the groups that end right before a word: "12 people | dead", "39 | killed in"."""
    while place > 0 and (
        sentence.tokens[place - 1].low.endswith("ly")
        or sentence.tokens[place - 1].low
        in {"feared", "confirmed", "found", "reported", "who", "others", "shot", ",", "also"}
    ):
        if sentence.tokens[place - 1].low == "," and (place < 2 or not _ends_at(sentence, place - 1)):
            break
        place -= 1
    for index in range(len(sentence.groups) - 1, -1, -1):
        group = sentence.groups[index]
        if group.after == place:
            return join_left(sentence, index)
        if group.after < place:
            gap = sentence.tokens[group.after : place]
            if (
                len(gap) <= 7
                and gap[0].low in _TAILS
                and not any(token.low in VERBS | STOPS | {",", "and"} for token in gap[1:])
            ):
                return join_left(sentence, index) if gap[0].low != "and" else []
            break
    return []


def _ends_at(sentence: Clause, place: int) -> bool:
    return any(group.after == place for group in sentence.groups)


def left_of(sentence: Clause, place: int, passive: Passive | None) -> list[tuple[int, bool]]:
    """Give the groups that are the subject of a verb which begins at a token."""
    tokens = sentence.tokens
    for index in range(len(sentence.groups) - 1, -1, -1):
        group = sentence.groups[index]
        if group.after > place:
            continue
        gap = tokens[group.after : place]
        if not is_open(gap):
            return []
        chain = join_left(sentence, index)
        plural = len(chain) > 1 or not group.single
        if passive is not None and passive.first < len(tokens):
            verb = tokens[passive.first].low
            if (
                verb in {"was", "is"}
                and plural
                and len(chain) == 1
                and group.value not in {"1", "0"}
                and not group.head.endswith("family")
                and not _collective(tokens, group)
            ):
                return []
            if (
                verb in {"were", "are", "have"}
                and group.single
                and len(chain) == 1
                and not any(
                    token.low in {"and", "with"} for token in [*gap, *tokens[max(0, group.first - 1) : group.first]]
                )
            ):
                return []
        return chain
    return []


def _collective(tokens: Sequence[Token], group: Group) -> bool:
    before = [token.low for token in tokens[max(0, group.first - 3) : group.first]]
    return "of" in before[-1:] or "no" in before


def is_open(gap: Sequence[Token]) -> bool:
    """Tell whether the words between a noun and its verb hold no clause of their own."""
    if len(gap) > 22:
        return False
    lows = [token.low for token in gap]
    if any(low in STOPS for low in lows):
        inner = [low for low in lows if low in STOPS]
        if inner != ["as"] and not (set(lows[:1]) & {"who", "that", "as"}):
            return False
    if "and" in lows and any(
        low in {"the", "a", "an", "he", "she", "they"} for low in lows[lows.index("and") + 1 : lows.index("and") + 2]
    ):
        return False
    verbs = sum(low in VERBS for low in lows)
    return verbs == 0 or (verbs <= 1 and bool({"who", "whom", "which", "that", ","} & set(lows)))


def join_left(sentence: Clause, index: int) -> list[tuple[int, bool]]:
    """Give a group with those joined to it on its left: "five women and three children", "20, including 2 boys"."""
    found = [index]
    while index > 0:
        group, before = sentence.groups[index], sentence.groups[index - 1]
        gap = [token.low for token in sentence.tokens[before.after : group.first]]
        if _told_twice(sentence, before, group) or (before.part and group.more):
            break
        if gap in LINKS or (group.part and len(gap) < 14 and is_open(sentence.tokens[before.after : group.first])):
            pass
        else:
            break
        index -= 1
        found.append(index)
    found.reverse()
    result: list[tuple[int, bool]] = []
    inside = False
    for at in found:
        group = sentence.groups[at]
        inside = group.part or (
            inside and group.head != "" and at != found[0] and not group.more and group.scope != "all"
        )
        result.append((at, inside and len(found) > 1 and at != found[0]))
    return result


def right_of(sentence: Clause, place: int) -> list[tuple[int, bool]]:
    """Give the groups that are the object of a verb which ends before a token."""
    tokens = sentence.tokens
    skip = 0
    while (
        place + skip < len(tokens)
        and skip < 3
        and (
            tokens[place + skip].low
            in {"also", ":", "off", "an", "the", "its", "their", "his", "her", "of", "reportedly", "what", "all"}
            or tokens[place + skip].low.endswith("ly")
        )
    ):
        skip += 1
    for index, group in enumerate(sentence.groups):
        if place <= group.first <= place + skip:
            if any(tokens[at].low == "of" for at in range(place + 1, group.first)) and not group.of:
                return []
            return onward(sentence, index)
        if group.first > place + skip:
            break
    return []


def onward(sentence: Clause, index: int) -> list[tuple[int, bool]]:
    """Give a group with those joined to it on its right, up to a new clause."""
    result = [(index, False)]
    inside = False
    while index + 1 < len(sentence.groups):
        group, following = sentence.groups[index], sentence.groups[index + 1]
        gap = [token.low for token in sentence.tokens[group.after : following.first]]
        if _told_twice(sentence, group, following):
            break
        if following.part and len(gap) <= 10 and not any(low in VERBS for low in gap[:-1]):
            inside = True
        elif gap not in LINKS or begins_clause(sentence, following) or (not following.head and not following.more):
            break
        index += 1
        inside = (inside and following.scope != "all") or following.part
        result.append((index, inside))
    return result


def _told_twice(sentence: Clause, left: Group, right: Group) -> bool:
    """Tell whether two groups are one person, "his father, a miner, died", not the start of a list."""
    tokens = sentence.tokens
    if not (left.single and right.single and tokens[right.first].low in {"a", "an", "the"}):
        return False
    after = [token.low for token in tokens[right.after : right.after + 2]]
    return [token.low for token in tokens[left.after : right.first]] == [","] and "and" not in after


def begins_clause(sentence: Clause, group: Group) -> bool:
    """Tell whether a verb follows a group, so that it begins a clause or carries a harm word of its own."""
    following = sentence.tokens[group.after].low if group.after < len(sentence.tokens) else ""
    if following in VERBS:
        return True
    return any(cue.first == group.after and cue.form in {"past", "adj", "fate"} for cue in sentence.cues)


def controller(sentence: Clause, place: int) -> list[tuple[int, bool]]:
    """Give the subject of the clause that ends at a token: "a boy is recovering | after being shot"."""
    for index in range(len(sentence.groups) - 1, -1, -1):
        group = sentence.groups[index]
        if group.after > place:
            continue
        gap = [token.low for token in sentence.tokens[group.after : place]]
        return join_left(sentence, index) if len(gap) <= 12 and not {";", "that", "said", "who"} & set(gap) else []
    return []


_WITH = words("along together")


def companions(sentence: Clause, place: int) -> list[tuple[int, bool]]:
    """Give those told after the verb: "were killed | along with six guards"."""
    tokens = sentence.tokens
    if place + 1 < len(tokens) and tokens[place].low in _WITH and tokens[place + 1].low == "with":
        return right_of(sentence, place + 2)
    return right_of(sentence, place + 1) if place < len(tokens) and tokens[place].low == "alongside" else []


def beside_self(sentence: Clause, place: int) -> list[tuple[int, bool]]:
    """Give those joined to "himself" at a token: "shot himself and two others"."""
    if place + 1 < len(sentence.tokens) and sentence.tokens[place + 1].low == "and":
        return right_of(sentence, place + 2)
    return []
