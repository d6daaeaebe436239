"""Who the harm word of a sentence speaks of. No values here.

Invariant: a victim is an index into the sentence's groups, with whether it is a part of another.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.harm import HAVE, Cue, Passive, read_passive
from variorum.extract.named import (
    controls,
    find_controller_name,
    find_listed_name,
    find_name,
    find_object_name,
    find_owner_name,
)
from variorum.extract.neighbours import (
    Clause,
    begins_clause,
    beside_self,
    companions,
    controller,
    left_of,
    onward,
    right_of,
    touching,
)
from variorum.extract.peoplewords import CLOSED, OWNERS, load_cues, words, words_after_people

_TAKING = words("claim claims claimed claiming cost costs costing take takes took taken taking lost loss lose ended")


def may_share(left: Cue, right: Cue) -> bool:
    """Tell whether one group may carry both words: kidnapped and killed, not wounded and killed."""
    if (left.prop, right.prop, right.form) == ("injured", "killed", "fate"):
        return True  # "a boy wounded on Friday died on Saturday"
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
        who = _around_noun(sentence, cue)
        return who, None if who else _named_of(sentence, cue), None
    passive = read_passive(tokens, cue.first) if cue.form in {"past", "adj"} else None
    if cue.form in {"past", "adj"} and passive is not None:
        who = left_of(sentence, passive.first, passive)
        who += companions(sentence, cue.after) if who else []
        named = None if who else find_name(tokens, passive.first, passive) or _listed(sentence, passive)
        if not who and named is None and tokens[passive.first].low == "being" and controls(tokens, passive.first):
            who = controller(sentence, passive.first - 1)
            named = None if who else find_controller_name(tokens, passive.first - 1)
        return who, named, passive
    if cue.form == "fate":
        start = cue.first
        while start > 0 and (
            tokens[start - 1].low in HAVE | {"also", "later", "all", "both", "then", "reportedly", "who"}
            or tokens[start - 1].low.endswith("ly")
            or (start > 1 and tokens[start - 1].low == "to" and tokens[start - 2].low in HAVE)
        ):
            start -= 1
        who = left_of(sentence, start, None)
        named = None if who else find_name(tokens, start, Passive(start, True, False, False))
        if not who and named is None and cue.end and tokens[cue.first].low.endswith("ing") and controls(tokens, start):
            who = controller(sentence, start - 1)
            named = None if who else find_controller_name(tokens, start - 1)
        return who, named, None
    have = cue.first > 0 and any(token.low in HAVE for token in tokens[max(0, cue.first - 2) : cue.first])
    if cue.form in {"past", "base", "ing"} and cue.after < len(tokens) and tokens[cue.after].low in REFLEXIVE:
        return beside_self(sentence, cue.after), (cue.after, cue.after + 1), None
    if cue.form in {"past", "base", "ing"}:
        who = right_of(sentence, cue.after) or right_of(sentence, _past_second_verb(sentence, cue))
        near = touching(sentence, cue.first)
        if who and near and cue.form == "past" and not have:
            victim, subject = sentence.groups[who[0][0]], sentence.groups[near[0][0]]
            if not victim.head and not subject.single and begins_clause(sentence, victim):
                return near, None, None
        if who and not (near and cue.form == "past" and not have and sentence.groups[who[0][0]].first > cue.after):
            return who, None, None
        told = None if who else find_object_name(tokens, cue.after)
        if told is not None:
            return [], told, None
        if near and cue.form == "past" and not have and not _takes_object(sentence, cue, near):
            return near, None, None
        return [], None, None
    if cue.form == "adj":
        return _inside(sentence, cue) or _aboard(sentence, cue) or touching(sentence, cue.first), None, None
    return [], None, None


def _past_second_verb(sentence: Clause, cue: Cue) -> int:
    """Give the token after a second verb with the same object, "killed and crucified | five"; else the one after."""
    here = cue.after
    rows = [token.low for token in sentence.tokens[here : here + 2]]
    if len(rows) < 2 or rows[0] != "and" or not rows[1].endswith("ed"):
        return here
    return here if any(other.first == here + 1 for other in sentence.cues) else here + 2


def _listed(sentence: Clause, passive: Passive) -> tuple[int, int] | None:
    """Give the first of the persons whom "were" has as its subject by name."""
    plural = sentence.tokens[passive.first].low in {"were", "are", "have"}
    return find_listed_name(sentence.tokens, passive.first) if plural else None


def _named_of(sentence: Clause, cue: Cue) -> tuple[int, int] | None:
    """Give the person whose death a noun tells: "the murder of Jane Roe", "Jane Roe's death"."""
    tokens = sentence.tokens
    if tokens[cue.first].low in {"life", "lives", "bodies", "massacre", "massacres"} or cue.prop != "killed":
        return None
    if cue.after < len(tokens) and tokens[cue.after].low == "of":
        return find_object_name(tokens, cue.after + 1)
    return find_owner_name(tokens, cue.first)


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
            return right_of(sentence, here + 1)
    return []


def _takes_object(sentence: Clause, cue: Cue, near: Sequence[tuple[int, bool]]) -> bool:
    """Tell whether one person before the verb did the harm: "the man murdered his", not "a man murdered in"."""
    following = sentence.tokens[cue.after].low if cue.after < len(sentence.tokens) else "."
    owned = following in OWNERS or following not in CLOSED | words_after_people()
    return len(near) == 1 and sentence.groups[near[0][0]].single and following[0].isalnum() and owned


REFLEXIVE = frozenset({"himself", "herself", "self"})


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
            best = onward(sentence, index)
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
        who = right_of(sentence, here + 1)
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
