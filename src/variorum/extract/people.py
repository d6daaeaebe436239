"""Counted people in one sentence: tokens, and groups such as "at least 39 civilians" with their scope. No harm words here.

Invariant: `text[group.start:group.end]` is the count with its noun phrase.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from variorum.values.count import find_counts

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:-\w+)*|[^\W\d_]\w*(?:[-’'.][^\W_]\w*)*[’']?|\S"
)
_CLOSED = frozenset(
    "in on at by from to for with without near during after before when while as since until till under over into onto "
    "through across against between among amid around outside inside beyond along off up down out about despite because "
    "if though although that which who whom whose where is are was were be been being am has have had having do does did "
    "will would could should may might must can shall and or but nor yet so than then there it its they them he she "
    "his her their our my your we you i said says say told added not also only just including".split()
)
_MORE = frozenset("more other others additional further".split())
_PARTITIVE = re.compile(
    r"of\s+(?:the\s+|those\s+|these\s+|its\s+|his\s+|her\s+|their\s+|our\s+|whom\b|them\b|which\b|us\b|those\b)"
)
_SINGLE = frozenset("a an one another".split())
_OWNED = frozenset("his her their the my".split())
_PARTS = frozenset("including include includes included involving particularly notably namely".split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign with its place in the sentence."""

    text: str
    low: str
    start: int
    end: int


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


@dataclass(frozen=True, slots=True)
class Nouns:
    """The people words of cues/people.toml, ready for look-up."""

    scope_of: Mapping[str, str]
    singular: frozenset[str]
    generic: frozenset[str]
    default: Mapping[str, str]
    modifiers: Mapping[str, str]


@cache
def load_cues(name: str) -> Mapping[str, Any]:
    """Give the rows of one cue file."""
    return tomllib.loads(files("variorum.extract").joinpath("cues", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_nouns() -> Nouns:
    """Give the nouns for people, with every plural."""
    data = load_cues("people")
    scope_of: dict[str, str] = {}
    singular: set[str] = set()
    for name in data["peoples"]["nouns"]:
        plural = name if name.endswith(("ese", "ench", "ze")) else name + "s"
        scope_of.setdefault(plural, "all")
        scope_of.setdefault(name, "all")
        singular.add(name)
    for scope, rows in data["scopes"].items():
        for row in rows:
            forms = row.split()
            if len(forms) == 2:
                singular.add(forms[0])
            for form in forms:
                scope_of[form] = scope
    generic = frozenset(form for row in data["generic"]["nouns"] for form in row.split())
    modifiers = {word: scope for scope, words in data["modifiers"].items() for word in words}
    return Nouns(scope_of, frozenset(singular), generic, data["generic"]["default"], modifiers)


def read_tokens(text: str) -> list[Token]:
    """Give the words and signs of a sentence, in order."""
    return [Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def find_groups(text: str, tokens: Sequence[Token]) -> list[Group]:
    """Give the counted people of a sentence, in order, not overlapping."""
    groups: list[Group] = []
    counted = _counted(text, tokens)
    place = 0
    while place < len(tokens):
        group: Group | None = None
        if place in counted:
            after, value = counted[place]
            group = _from_count(text, tokens, (place, after), value)
            if group is None:
                place = after
                continue
        elif tokens[place].low in _SINGLE or tokens[place].low in _OWNED:
            group = _from_article(text, tokens, place, counted)
        if group is None:
            place += 1
        else:
            groups.append(group)
            place = group.after
    return [_as_part(group, tokens) for group in groups]


def _counted(text: str, tokens: Sequence[Token]) -> dict[int, tuple[int, str]]:
    """Give for the first token of each count the token after it and the value."""
    found: dict[int, tuple[int, str]] = {}
    starts = {token.start: index for index, token in enumerate(tokens)}
    for count in find_counts(text):
        if count.start not in starts:
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
        if of in {"them", "whom", "which", "us", "those"} and not (
            of == "those" and inner < len(tokens) and tokens[inner].low in _harmed()
        ):
            return _part_of_known(text, tokens, (first, inner), value, of)
        here = inner
        if here < len(tokens) and tokens[here].low in _harmed():
            of = "injured" if tokens[here].low in {"wounded", "injured", "hurt"} else "killed"
            return _part_of_known(text, tokens, (first, here + 1), value, of)
        of = "known"
    elif here < len(tokens) and tokens[here].low == "of" and here > after - 1:
        here += 1
    found = _noun_phrase(tokens, here)
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
    if _bare(tokens, here) and not _age(tokens, first, here):
        return Group(value, "all", tokens[first].start, tokens[here - 1].end, first, here, more=more)
    return None


@cache
def _harmed() -> frozenset[str]:
    return frozenset("dead killed wounded injured victims fatalities casualties hurt".split())


def _part_of_known(text: str, tokens: Sequence[Token], span: tuple[int, int], value: str, of: str) -> Group:
    """Read "two of them children", "five of the dead were women", "two of whom died"."""
    first, after = span
    scope, head, end = "all", "", after
    here = after
    if here < len(tokens) and tokens[here].low in {"were", "was", "are", "is", ",", "being"}:
        here += 1
    found = _noun_phrase(tokens, here)
    if found is not None:
        end, head_at, scope, _ = found
        head = tokens[head_at].low
    return Group(
        value, scope, tokens[first].start, tokens[end - 1].end, first, end, head, of=of, part=found is not None
    )


def _from_article(
    text: str, tokens: Sequence[Token], place: int, counted: Mapping[int, tuple[int, str]]
) -> Group | None:
    """Read "a 15-year-old boy", "another man", "the gunman", "his wife" as one person."""
    nouns = load_nouns()
    low = tokens[place].low
    if low == "another" and place + 1 in counted:
        return None
    if low in _OWNED and place + 1 in counted:
        return None
    if low == "one" and place + 1 < len(tokens) and tokens[place + 1].low == "of":
        return None
    found = _noun_phrase(tokens, place + 1, single=True)
    if found is None:
        return None
    end, head_at, scope, joined = found
    if tokens[head_at].low not in nouns.singular or joined:
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
        known=low in {"the", "his", "her", "their", "my"},
        more=low == "another",
    )


def _noun_phrase(tokens: Sequence[Token], here: int, *, single: bool = False) -> tuple[int, int, str, bool] | None:
    """Give (token after, token of the head noun, scope, whether two kinds are joined) of a noun phrase, or None."""
    nouns = load_nouns()
    start = here
    head = -1
    brackets = 0
    while here < len(tokens) and here - start < 8:
        token = tokens[here]
        if token.low in {"[", "("} and head < 0 and here > start:
            brackets += 1
        elif brackets:
            brackets -= token.low in {"]", ")"}
        elif _noun(token, nouns):
            head = here
            if token.low in {"dead"}:
                break
        elif head >= 0:
            break
        elif token.low == "and" and here + 1 < len(tokens) and here > start and _adjective(tokens, here):
            pass
        elif token.low in {"-", "'", '"', "“", "”", "–"} and here + 1 < len(tokens) and here > start:
            pass
        elif not _modifier(token):
            return None
        here += 1
    if head < 0 or brackets:
        return None
    scope = _scope(tokens, start, head, nouns)
    end = head + 1
    if (
        tokens[head].low in {"member", "members", "staff", "personnel"}
        and end + 1 < len(tokens)
        and tokens[end].low in {"of", "from"}
    ):
        scope, end = _members(tokens, end, scope)
    joined_end = None if single else _joined(tokens, end)
    if joined_end is not None:
        other = _scope(tokens, end + 1, joined_end - 1, nouns)
        if other != scope:
            return joined_end, head, _union(scope, other), True
        return joined_end, head, scope, False
    return end, head, scope, False


def _noun(token: Token, nouns: Nouns) -> bool:
    low = token.low.removesuffix("'s") if token.low.endswith("'s") else token.low
    return low == token.low and (
        low in nouns.scope_of or ("-" in low and low.rsplit("-", 1)[1] in nouns.scope_of and not low[0].isdigit())
    )


def _adjective(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether "and" joins two words before one noun: "Syrian and Iraqi soldiers"."""
    return tokens[here - 1].text[:1].isupper() and tokens[here + 1].text[:1].isupper()


def _modifier(token: Token) -> bool:
    if token.low in _CLOSED or not (token.text[0].isalnum()):
        return False
    return not token.text[0].isdigit() or "-" in token.text


def _scope(tokens: Sequence[Token], start: int, head: int, nouns: Nouns) -> str:
    low = tokens[head].low
    scope = nouns.scope_of.get(low) or nouns.scope_of.get(low.rsplit("-", 1)[-1], "all")
    if low in nouns.generic:
        for index in range(head - 1, start - 1, -1):
            word = tokens[index].low.removesuffix("'s").removesuffix("s'")
            told = nouns.modifiers.get(word)
            if told is None and "-" in word:
                told = nouns.modifiers.get(word.rsplit("-", 1)[-1])
            if told is None:
                told = nouns.scope_of.get(word)
                told = None if told == "all" else told
            if told is not None and not (told == "civilians" and scope in {"women", "children"}):
                return told
        if low in {"member", "members"} and any(tokens[index].text[:1].isupper() for index in range(start, head)):
            return "combatants"
        return nouns.default.get(low, scope)
    return scope


def _members(tokens: Sequence[Token], end: int, scope: str) -> tuple[str, int]:
    """Read whose members they are: "members of Ahrar al-Sham", "members of the same family"."""
    nouns = load_nouns()
    here = end + 1
    named = False
    while here < len(tokens) and here - end < 6:
        low = tokens[here].low
        if low in {"family", "household", "congregation", "community", "families"}:
            return "civilians", here + 1
        told = nouns.modifiers.get(low) or nouns.scope_of.get(low)
        if told is not None and told != "all":
            return told, here + 1
        if tokens[here].text[:1].isupper():
            named = True
        elif low not in {"the", "a", "an", "same", "one", "their", "his", "single", "al"}:
            break
        here += 1
    if named and scope == "all":
        return "combatants", here
    return scope, (here if named else end)


def _joined(tokens: Sequence[Token], end: int) -> int | None:
    """Give the token after "and soldiers" in "400 civilians and soldiers", where no second count stands."""
    nouns = load_nouns()
    if end + 1 >= len(tokens) or tokens[end].low not in {"and", "or"}:
        return None
    here = end + 1
    while here < len(tokens) and here - end < 4:
        token = tokens[here]
        if _noun(token, nouns):
            while here + 1 < len(tokens) and _noun(tokens[here + 1], nouns):
                here += 1
            if tokens[here].low in nouns.singular:
                return None
            following = tokens[here + 1].low if here + 1 < len(tokens) else "."
            ends = following in _CLOSED or not following[0].isalnum() or following in _harmed()
            return here + 1 if ends else None
        if (
            not _modifier(token)
            or token.low in _not_joined()
            or any(part in _not_joined() for part in token.low.split("-")[:1])
        ):
            return None
        here += 1
    return None


@cache
def _not_joined() -> frozenset[str]:
    words = {
        "a",
        "an",
        "the",
        "another",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "dozens",
        "scores",
        "hundreds",
        "several",
        "no",
        "some",
        "many",
    }
    words |= {word for word in _after_bare() if word.endswith("ed") or word.endswith("ing")} - {"wounded"}
    return frozenset(
        words | {row for cue in load_cues("harm")["word"] for form in cue.get("past", ()) for row in form.split()[:1]}
    )


def _union(left: str, right: str) -> str:
    civil = {"civilians", "children", "women", "journalists", "medics"}
    if left in civil and right in civil:
        return "civilians"
    if {left, right} & civil and {left, right} & {"combatants"}:
        return "civilians+combatants"
    if {left, right} <= {"combatants", "police"}:
        return "combatants"
    return "all"


def _side(text: str, tokens: Sequence[Token], start: int, end: int, scope: str) -> str:
    if scope not in {"combatants", "police", "attackers", "civilians+combatants"} or end <= start:
        return ""
    return text[tokens[start].start : tokens[end - 1].end]


def _bare(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether a count that ends here stands alone for people, not before a noun of its own."""
    if here >= len(tokens):
        return True
    low = tokens[here].low
    if low in _CLOSED or low in _harmed() or not low[0].isalnum():
        return low not in {"%", "$", "/", "-", "–", "'", "to", "than", "of", "°", "/"}
    return low in _after_bare()


@cache
def _after_bare() -> frozenset[str]:
    words = set(
        "more others died perished dead lost missing seriously critically badly severely some mostly all wounded overnight today "
        "yesterday early late last earlier this monday tuesday wednesday thursday friday saturday sunday each shot stabbed".split()
    )
    for row in load_cues("harm")["word"]:
        for key in ("past", "fate", "adj"):
            words.update(form.split()[0] for form in row.get(key, ()))
    return frozenset(words)


def _age(tokens: Sequence[Token], first: int, here: int) -> bool:
    """Tell whether a bare number is somebody's age: "Jane Doe, 34, was", "Jane Doe 34 was", "aged 34"."""
    if not tokens[first].text.isdigit() or here - first != 1 or int(tokens[first].text) > 110:
        return False
    before = tokens[first - 1] if first else None
    following = tokens[here].low if here < len(tokens) else ""
    if before is None:
        return False
    if before.low in {"aged", "age", "ages"}:
        return True
    if before.low == "," and first > 1:
        return following in {",", "of", "was", "."} and (tokens[first - 2].text[:1].isupper() or following == ",")
    return (
        before.text[:1].isupper()
        and following in {"was", "is", "of", "who", "has", "and", "died", "from"}
        and before.low not in {"and"}
        and first > 1
    )


def _as_part(group: Group, tokens: Sequence[Token]) -> Group:
    before = [token.low for token in tokens[max(0, group.first - 3) : group.first]]
    if not before or group.part:
        return group
    introduced = before[-1] in _PARTS or before[-2:] in (
        ["among", "them"],
        ["of", "whom"],
        ["among", "whom"],
        ["such", "as"],
    )
    introduced = introduced or before[-2:] in (["including", "at"], ["them", "were"], ["them", ","], ["whom", "were"])
    return replace(group, part=True) if introduced else group
