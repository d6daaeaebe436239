"""Who the harm word of a sentence speaks of: subject, object, and the groups joined to them. No values here.

Invariant: a victim is an index into the sentence's groups, with whether it is a part of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.extract.harm import BE, HAVE, Cue, Passive, find_name, read_passive
from variorum.extract.people import Group
from variorum.extract.peoplewords import CLOSED, OWNERS, Token, load_cues, words, words_after_people

_VERBS = (
    BE
    | HAVE
    | words("said says say told reported added will would could did does do announced claimed stated confirmed")
)
_STOPS = words("while when after before because although until though whereas ; : since that as if but where")
_TAKING = words("claim claims claimed claiming cost costs costing take takes took taken taking lost loss lose ended")
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
    tokens: list[Token]
    groups: list[Group]
    cues: list[Cue]
    taken: dict[int, tuple[Cue, bool]]  # index of group -> cue and whether as a part


def may_share(left: Cue, right: Cue) -> bool:
    """Tell whether one group may carry both words: kidnapped and killed, not wounded and killed."""
    return left.weak or right.weak or (left.prop != right.prop and {left.prop, right.prop} != {"killed", "injured"})


def is_joint(sentence: Clause, cue: Cue, victims: Sequence[tuple[int, bool]]) -> bool:
    """Tell whether the word is one of a pair for one figure, "killed or wounded 30": neither figure is known."""
    if cue.prop not in {"killed", "injured"} or cue.weak:
        return False
    for other in sentence.cues:
        if other is cue or other.weak or {other.prop, cue.prop} != {"killed", "injured"}:
            continue
        left, right = (other, cue) if other.first < cue.first else (cue, other)
        between = [token.low for token in sentence.tokens[left.after : right.first]]
        if between not in (
            [],
            [","],
            ["and"],
            ["or"],
            ["/"],
            ["and", "/", "or"],
            ["or", "otherwise"],
            ["and", "critically"],
        ):
            continue
        if not victims:
            return True
        first = sentence.groups[victims[0][0]]
        inside = left.after <= first.first < right.first
        return not inside
    return False


def find_victims(sentence: Clause, cue: Cue) -> tuple[list[tuple[int, bool]], tuple[int, int] | None, Passive | None]:
    """Give the groups the word speaks of, each with whether it is a part, or the span of one named person."""
    tokens = sentence.tokens
    if cue.form == "toll":
        return _after_toll(sentence, cue), None, None
    if cue.form == "noun":
        return _around_noun(sentence, cue), None, None
    passive = read_passive(tokens, cue.first) if cue.form in {"past", "adj"} else None
    if cue.form in {"past", "adj"} and passive is not None:
        who = _left(sentence, passive.first, passive)
        return who, None if who else find_name(tokens, passive.first, passive), passive
    if cue.form == "fate":
        start = cue.first
        while start > 0 and (
            tokens[start - 1].low in HAVE | {"also", "later", "all", "both", "then", "reportedly", "who"}
            or tokens[start - 1].low.endswith("ly")
            or (start > 1 and tokens[start - 1].low == "to" and tokens[start - 2].low in HAVE)
        ):
            start -= 1
        who = _left(sentence, start, None)
        return who, None if who else find_name(tokens, start, Passive(start, True, False, False)), None
    have = cue.first > 0 and any(token.low in HAVE for token in tokens[max(0, cue.first - 2) : cue.first])
    if cue.form in {"past", "base", "ing"} and cue.after < len(tokens) and tokens[cue.after].low in REFLEXIVE:
        return [], (cue.after, cue.after + 1), None
    if cue.form in {"past", "base", "ing"}:
        who = _right(sentence, cue.after)
        near = _touching(sentence, cue.first)
        if who and near and cue.form == "past" and not have:
            victim, subject = sentence.groups[who[0][0]], sentence.groups[near[0][0]]
            if not victim.head and not subject.single and begins_clause(sentence, victim):
                return near, None, None
        if who and not (near and cue.form == "past" and not have and sentence.groups[who[0][0]].first > cue.after):
            return who, None, None
        if near and cue.form == "past" and not have and not _takes_object(sentence, cue, near):
            return near, None, None
        return [], None, None
    if cue.form == "adj":
        return _inside(sentence, cue) or _aboard(sentence, cue) or _touching(sentence, cue.first), None, None
    return [], None, None


def _inside(sentence: Clause, cue: Cue) -> list[tuple[int, bool]]:
    """Give the group whose noun phrase holds the word before its noun: "20 dead soldiers"."""
    if cue.prop != "killed":  # "five missing fishermen were found alive"
        return []
    lows = [token.low for token in sentence.tokens]
    return [
        (index, False)
        for index, group in enumerate(sentence.groups)
        if group.first < cue.first and cue.after < group.after and lows[group.after - 1] == group.head
        if not {"and", "or"} & {*lows[group.first : group.after]}
    ]


def _aboard(sentence: Clause, cue: Cue) -> list[tuple[int, bool]]:
    """Give the people of "On board the buses were 150 fighters"."""
    if cue.prop != "people" or (cue.first > 0 and sentence.tokens[cue.first - 1].text not in {",", ";", "“", "and"}):
        return []
    for here in range(cue.after, min(cue.after + 5, len(sentence.tokens))):
        if sentence.tokens[here].low in {"were", "are"}:
            return _right(sentence, here + 1)
    return []


def _takes_object(sentence: Clause, cue: Cue, near: Sequence[tuple[int, bool]]) -> bool:
    """Tell whether one person before the verb did the harm: "the man murdered his", not "a man murdered in"."""
    following = sentence.tokens[cue.after].low if cue.after < len(sentence.tokens) else "."
    owned = following in OWNERS or following not in CLOSED | words_after_people()
    return len(near) == 1 and sentence.groups[near[0][0]].single and following[0].isalnum() and owned


REFLEXIVE = frozenset({"himself", "herself"})


def _touching(sentence: Clause, place: int) -> list[tuple[int, bool]]:
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
                and not any(token.low in _VERBS | _STOPS | {",", "and"} for token in gap[1:])
            ):
                return join_left(sentence, index) if gap[0].low != "and" else []
            break
    return []


def _ends_at(sentence: Clause, place: int) -> bool:
    return any(group.after == place for group in sentence.groups)


def _left(sentence: Clause, place: int, passive: Passive | None) -> list[tuple[int, bool]]:
    """Give the groups that are the subject of a verb which begins at a token."""
    tokens = sentence.tokens
    for index in range(len(sentence.groups) - 1, -1, -1):
        group = sentence.groups[index]
        if group.after > place:
            continue
        gap = tokens[group.after : place]
        if not _open(gap):
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


def _open(gap: Sequence[Token]) -> bool:
    """Tell whether the words between a noun and its verb hold no clause of their own."""
    if len(gap) > 22:
        return False
    lows = [token.low for token in gap]
    if any(low in _STOPS for low in lows):
        inner = [low for low in lows if low in _STOPS]
        if inner != ["as"] and not (set(lows[:1]) & {"who", "that", "as"}):
            return False
    if "and" in lows and any(
        low in {"the", "a", "an", "he", "she", "they"} for low in lows[lows.index("and") + 1 : lows.index("and") + 2]
    ):
        return False
    verbs = sum(low in _VERBS for low in lows)
    return verbs == 0 or (verbs <= 1 and bool({"who", "whom", "which", "that", ","} & set(lows)))


def join_left(sentence: Clause, index: int) -> list[tuple[int, bool]]:
    """Give a group with those joined to it on its left: "five women and three children", "20, including 2 boys"."""
    found = [index]
    while index > 0:
        group, before = sentence.groups[index], sentence.groups[index - 1]
        gap = [token.low for token in sentence.tokens[before.after : group.first]]
        if _told_twice(sentence, before, group):
            break
        if gap in LINKS or (group.part and len(gap) < 14 and _open(sentence.tokens[before.after : group.first])):
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


def _right(sentence: Clause, place: int) -> list[tuple[int, bool]]:
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
            return _onward(sentence, index)
        if group.first > place + skip:
            break
    return []


def _onward(sentence: Clause, index: int) -> list[tuple[int, bool]]:
    """Give a group with those joined to it on its right, up to a new clause."""
    result = [(index, False)]
    inside = False
    while index + 1 < len(sentence.groups):
        group, following = sentence.groups[index], sentence.groups[index + 1]
        gap = [token.low for token in sentence.tokens[group.after : following.first]]
        if _told_twice(sentence, group, following):
            break
        if following.part and len(gap) <= 10 and not any(low in _VERBS for low in gap[:-1]):
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
    if following in _VERBS:
        return True
    return any(cue.first == group.after and cue.form in {"past", "adj", "fate"} for cue in sentence.cues)


def _after_toll(sentence: Clause, cue: Cue) -> list[tuple[int, bool]]:
    """Give the figure that a "death toll" is said to have reached."""
    links = frozenset(load_cues("harm")["toll"]["links"])
    tokens = sentence.tokens
    if cue.after < len(tokens) and tokens[cue.first].low.endswith("to"):
        return []
    best: list[tuple[int, bool]] = []
    limit = min(
        [other.first for other in sentence.cues if other.first > cue.first and other.form not in {"noun", "adj"}]
        + [cue.after + 22]
    )
    for index, group in enumerate(sentence.groups):
        if group.first < cue.after - 1:
            if group.after == cue.first and not best and tokens[cue.first].low != "toll":
                best = [(index, False)]
            continue
        if group.first > limit or any(token.text == ";" for token in tokens[cue.after : group.first]):
            break
        before = tokens[group.first - 1].low
        if group.single or group.known:
            continue
        if before in links or group.first == cue.after:
            best = _onward(sentence, index)
            if before in {"to", "at", "reached", "hit"}:
                return best + _put_again(sentence, index)
        elif before not in {"from", "by"} and not best and before in {"killed", "dead", "put"}:
            best = [(index, False)]
    if not best:
        for index, group in enumerate(sentence.groups):
            if group.after <= cue.first and tokens[group.first - 1].low == "to" and cue.first - group.after <= 1:
                return [(index, False)]
    return best


_AGAIN = words("it this that figure toll number")
_CHANGED = words("raised raising revised revising lowered lowering updated updating increased increasing cut")


def _put_again(sentence: Clause, index: int) -> list[tuple[int, bool]]:
    """Give the figure that takes the place of one just given: "put the toll at six and raised it to eight"."""
    for later in range(index + 1, len(sentence.groups)):
        group = sentence.groups[later]
        lows = [token.low for token in sentence.tokens[sentence.groups[index].after : group.first]]
        if lows[-1:] == ["to"] and set(lows) & _CHANGED and set(lows) & _AGAIN and ";" not in lows:
            return [(later, False)]
    return []


def _countable(noun: str) -> bool:
    """Tell whether a number may stand right before a harm noun: "12 deaths", not "12 remains"."""
    return noun.endswith("s") and noun not in {"remains", "martyrdom"}


def _around_noun(sentence: Clause, cue: Cue) -> list[tuple[int, bool]]:
    """Give the people of "12 deaths", "bodies of 20 people", "claimed the lives of 12", "the dead were three women"."""
    tokens = sentence.tokens
    here = cue.after
    if tokens[cue.first].low in {"life", "lives"} and not any(
        token.low in _TAKING for token in tokens[max(0, cue.first - 6) : cue.first]
    ):
        return []
    if here < len(tokens) and tokens[here].low in {"of", "for"}:
        who = _right(sentence, here + 1)
        if who:
            return who
    for index in range(len(sentence.groups) - 1, -1, -1):
        group = sentence.groups[index]
        if not _countable(tokens[cue.after - 1].low):
            return []
        if (
            group.first < cue.first < group.after
            or group.after == cue.first
            or (group.first <= cue.first and cue.after == group.after)
        ):
            if group.single and cue.prop == "killed" and group.head in {"body", "life"}:
                return []
            return [(index, False)]
    return []
