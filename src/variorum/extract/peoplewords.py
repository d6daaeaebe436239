"""Words for people in one sentence: tokens, noun phrases and the scope they speak of. No counts here.

Invariant: a token's text is the sentence between its offsets.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:-\w+)*|[^\W\d_]\w*(?:[-’'.][^\W_]\w*)*[’']?|\S"
)


def words(row: str) -> frozenset[str]:
    """Give the words of a line."""
    return frozenset(row.split())


OWNERS = words("a an the his her their its my our your")
CLOSED = words(
    "of the a an this these those "
    "in on at by from to for with without near during after before when while as since until till "
    "under over into onto through across against between among amid around outside inside beyond "
    "along off up down out about despite because if though although that which who whom whose where "
    "is are was were be been being am has have had having do does did will would could should may "
    "might must can shall and or but nor yet so than then there it its they them he she his her their "
    "our my your we you i said says say told added not also only just including"
)


AGED = re.compile(r"(\d{1,2}|[a-z]+)-(?:year|month|week|day)s?-olds?")
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TEENS = {name: number for number, name in enumerate(_NUMBERS.split(), start=1)}
# Nouns that also stand before another noun: "a captive Harab fighter".
_ALSO_ADJECTIVES = frozenset(
    {"captive", "civilian", "local", "rebel", "militant", "female", "male", "adult", "suspect"}
)
_NAMES = {"IS": "isis", "US": "u.s."}  # names that would read as small words


class Token(NamedTuple):
    """One word or sign with its place in the sentence; a tuple, made faster than a frozen dataclass."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Nouns:
    """The people words of cues/people.toml, ready for look-up."""

    scope_of: Mapping[str, str]
    peoples: frozenset[str]  # "Syrian", "Kurd": also said of things
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
    singular: set[str] = {"member"}
    scope_of.update(data["generic"]["default"])
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
    return Nouns(
        scope_of,
        frozenset(data["peoples"]["nouns"]),
        frozenset(singular),
        generic,
        data["generic"]["default"],
        modifiers,
    )


@lru_cache(maxsize=16)  # a sentence is read for harm and then for crowds
def read_tokens(text: str) -> tuple[Token, ...]:
    """Give the words and signs of a sentence, in order."""
    # Past the constructor, which is a call in Python more for each word.
    return tuple(
        [
            tuple.__new__(Token, (word, _NAMES.get(word) or word.lower().replace("’", "'"), *m.span()))
            for m in _TOKEN.finditer(text)
            for word in (m.group(),)
        ]
    )


@cache
def harmed_words() -> frozenset[str]:
    """Give the words for people harmed: "the dead", "victims"."""
    return words("dead killed wounded injured victims fatalities casualties hurt")


@cache
def words_after_people() -> frozenset[str]:
    """Give the words that may follow a number of people without a noun: "12 died", "30 others"."""
    following = set(
        words(
            "the a an according more others died perished dead lost missing seriously critically badly "
            "severely some mostly all wounded overnight today yesterday early late last earlier this monday "
            "tuesday wednesday thursday friday saturday sunday each shot stabbed remains remained remain suffering "
            "suffered"
        )
    )
    for row in load_cues("harm")["word"]:
        for key in ("past", "fate", "adj", "base", "ing"):
            following.update(form.split()[0] for form in row.get(key, ()))
    return frozenset(following)


@cache
def moving_words() -> frozenset[str]:
    """Give the first words of what people do together: "crossed", "marched", "took" to the streets."""
    return frozenset(form.split()[0] for row in load_cues("harm")["people"] for form in row.get("fate", ()))


def read_noun_phrase(tokens: Sequence[Token], here: int, *, single: bool = False) -> tuple[int, int, str, bool] | None:
    """Give (token after, token of the head noun, scope, whether two kinds are joined) of a noun phrase, or None."""
    nouns = load_nouns()
    start = here
    head = _head(tokens, here, single)
    if head is None:
        return None
    scope = _scope(tokens, start, head, nouns)
    end = head + 1
    if (
        tokens[head].low in {"member", "members", "leader", "leaders", "staff", "personnel"}
        and end + 1 < len(tokens)
        and tokens[end].low in {"of", "from"}
    ):
        scope, end = _members(tokens, end, scope)
    aboard = any(token.low in _CARRYING for token in tokens[max(0, start - 6) : start])
    joined_end = None if single else _joined(tokens, end, aboard)
    if joined_end is not None:
        other = _scope(tokens, end + 1, joined_end - 1, nouns)
        if other != scope:
            return joined_end, head, _union(scope, other), True
        return joined_end, head, scope, False
    return end, head, scope, False


def _head(tokens: Sequence[Token], here: int, single: bool) -> int | None:
    """Give the head noun of the phrase that begins at a token: the last of a run of nouns for people.

    A noun in the other number ("50 captive troops"), or the name of a people ("a Syrian soldier"), is the head only
    when no better one follows.
    """
    nouns = load_nouns()
    start, head, spare, brackets = here, -1, -1, 0
    while here < len(tokens) and here - start < 8:
        token = tokens[here]
        if brackets or (token.low in {"[", "("} and head < 0 and here > start):
            brackets += (token.low in {"[", "("}) - (token.low in {"]", ")"})
        elif _noun(token, nouns) and not _slight(tokens, here):
            people = token.low in nouns.peoples or AGED.fullmatch(token.low) is not None
            people = people or token.low in _ALSO_ADJECTIVES
            if people or (not single and token.low in nouns.singular):
                if head >= 0:
                    break
                spare = here
            else:
                head = here
            if token.low == "dead":
                break
        elif head < 0 and spare < 0 and _is_agent_head(tokens, start, here, single):
            head = here
        elif (
            (spare >= 0 and spare == here - 1 and token.low in words_after_people())
            or head >= 0
            or not (_modifier(token) or (here > start and here + 1 < len(tokens) and _inside(tokens, here)))
            or (single and here > start and token.low in _NO_MODIFIERS)
        ):
            break
        here += 1
    if head >= 0:
        return None if brackets else head
    return spare if spare >= 0 and spare == here - 1 else None


_NO_MODIFIERS = words("left leaves suffered sustained struck hit shot one two three four five six seven eight nine ten")
_SLIGHT = words("injury injuries wound wounds damage cuts burns bruises scrapes condition league crash")


def _slight(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether "minor" is no child: "suffered minor injuries"."""
    return tokens[here].low == "minor" and here + 1 < len(tokens) and tokens[here + 1].low in _SLIGHT


def _inside(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether a sign or "and" stands between the words before a noun: "Syrian and Iraqi soldiers"."""
    if tokens[here].low == "and":
        return tokens[here - 1].text[:1].isupper() and tokens[here + 1].text[:1].isupper()
    return tokens[here].low in {"-", "'", '"', "“", "”", "–"}


@cache
def _agents() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    rows = load_cues("people")["agents"]
    return re.compile(rows["many"]), re.compile(rows["one"]), words(rows["not"])


def is_agent(word: str, *, single: bool = False) -> bool:
    """Tell whether a word in lower case names people by what they do, though no list holds it: "surveyors"."""
    many, one, things = _agents()
    if word in things or word in CLOSED or word.rsplit("-", 1)[-1] in things or word in load_nouns().scope_of:
        return False
    return (one if single else many).fullmatch(word) is not None and word + "s" not in things


def _is_agent_head(tokens: Sequence[Token], start: int, here: int, single: bool) -> bool:
    """Tell whether a noun phrase may end in an unlisted noun for people: near its count, with plain words between."""
    if not is_agent(tokens[here].low, single=single) or here - start > 3:
        return False
    if any(token.low in words_after_people() or not token.text[0].isalpha() for token in tokens[start:here]):
        return False
    return here + 1 == len(tokens) or tokens[here + 1].low not in _SAYING


def is_single(word: str) -> bool:
    """Tell whether a word in lower case is a noun for one person."""
    return word in load_nouns().singular or AGED.fullmatch(word) is not None or is_agent(word, single=True)


_SAYING = words(
    "said say says told tell reported report reports added claim claimed believe believed estimate estimated"
)


def _noun(token: Token, nouns: Nouns) -> bool:
    if AGED.fullmatch(token.low):
        return True
    low = token.low.removesuffix("'s") if token.low.endswith("'s") else token.low
    return low == token.low and (
        low in nouns.scope_of or ("-" in low and low.rsplit("-", 1)[1] in nouns.scope_of and not low[0].isdigit())
    )


def _modifier(token: Token) -> bool:
    if token.low in CLOSED or not (token.text[0].isalnum()):
        return False
    return not token.text[0].isdigit() or "-" in token.text


def _scope(tokens: Sequence[Token], start: int, head: int, nouns: Nouns) -> str:
    low = tokens[head].low
    aged = AGED.fullmatch(low)
    if aged is not None:
        return "children" if (int(aged[1]) if aged[1].isdigit() else _TEENS.get(aged[1], 18)) < 18 else "all"
    scope = nouns.scope_of.get(low) or nouns.scope_of.get(low.rsplit("-", 1)[-1], "all")
    agent = low not in nouns.scope_of and low.rsplit("-", 1)[-1] not in nouns.scope_of
    if agent:
        scope = "civilians"
    if agent or low in nouns.generic:
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
        if low in {"member", "members"} and any(tokens[index].low == "own" for index in range(max(0, start - 1), head)):
            return "combatants"
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
        if tokens[here].text[:1].isupper() or (named and re.match(r"(?:al|el|a[sdrntz]|e[sdz])-", low)):
            named = True
        elif low not in {"the", "so-called", "a", "an", "same", "one", "their", "his", "single", "al"}:
            break
        here += 1
    if named and scope == "all":
        return "combatants", here
    return scope, (here if named else end)


# After "a bus carrying 40 rebels and civilians" the verb that follows is the bus's, not that of a new clause.
_CARRYING = frozenset({"carrying", "transporting", "ferrying", "evacuating", "taking", "bringing"})


def _joined(tokens: Sequence[Token], end: int, aboard: bool) -> int | None:
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
            ends = following in CLOSED or not following[0].isalnum() or following in harmed_words()
            # "400 fighters and civilians crossed": before any verb of moving, both are its subject.
            moved = following in moving_words() and not any(token.low in moving_words() for token in tokens[:end])
            return here + 1 if ends or aboard or moved else None
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
    """Give the words that end a phrase rather than join to it: a second count, a harm word."""
    counts = words(
        "another one two three four five six seven eight nine ten eleven twelve dozens scores hundreds several no"
    )
    harms = {form.split()[0] for row in load_cues("harm")["word"] for form in row.get("past", ())}
    after = {word for word in words_after_people() if word.endswith(("ed", "ing"))} - {"wounded"}
    return counts | words("a an the some many") | harms | after


def _union(left: str, right: str) -> str:
    civil = {"civilians", "children", "women", "journalists", "medics"}
    if left in civil and right in civil:
        return "civilians"
    if {left, right} & civil and {left, right} & {"combatants"}:
        return "civilians+combatants"
    if {left, right} <= {"combatants", "police"}:
        return "combatants"
    return "all"
