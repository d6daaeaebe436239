"""Persons told by name or as "he" beside a harm word: its subject, its object, or who its noun speaks of. No counts.

Invariant: a person is a span of tokens, first and after.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.harm import Passive
from variorum.extract.peoplewords import AGED, CLOSED, Token, load_nouns, words, words_after_people

_NAME_STOP = words(
    "the a an it he she they this that there who which monday tuesday wednesday thursday friday saturday sunday"
)
_NO_NAMES = words("self himself herself police shooting shootings death deaths murder homicide man woman boy girl")
_NOBODY = words(
    "many some others several most all both none nobody everyone everybody someone somebody another few scores dozens "
    "hundreds thousands syria iraq no not one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty half more people more officers officials"
)
_OBJECTS = words("him her")
_CONTROLS = words("after before while following")


def find_name(tokens: Sequence[Token], place: int, passive: Passive) -> tuple[int, int] | None:
    """Give the tokens of one person who is the subject by name or as "he": "Jane Roe, 34, was", "he was"."""
    verb = tokens[passive.first].low if passive.first < len(tokens) else ""
    if verb in {"were", "are", "have"}:
        return None
    end = place
    here = place - 1
    if here >= 0 and tokens[here].low == "who":
        here -= 1
    if here >= 0 and tokens[here].low == ",":
        here -= 1
        back = here
        while back >= 0 and here - back < 10 and tokens[back].low != ",":
            back -= 1
        if back > 0 and tokens[back].low == ",":
            here = back - 1
    elif here > 0 and tokens[here].text.isdigit() and int(tokens[here].text) <= 110:
        here -= 1
        if tokens[here].low == ",":
            here -= 1
    end = here + 1
    while here >= 0 and end - here <= 5 and tokens[here].text[:1].isupper() and tokens[here].low not in _NAME_STOP:
        here -= 1
    start = here + 1
    if start > 2 and start < end and tokens[start - 1].low in {"of", "from"} and _capital(tokens[start - 2]):
        return find_name(tokens, start - 1, passive)  # "Jane Roe of Orvale died"
    if start > 0 and tokens[start - 1].low in {"in", "at", "near", "of", "on", "to", "for", "by"}:
        return None
    if start == 0 and end == 1 and _is_family_name(tokens[0]):
        return 0, 1
    if start < end and is_headline(tokens):
        return None
    if start < end and (end - start >= 2 or start > 0) and tokens[start].text[0].isalpha():
        return start, end
    if end - 1 >= 0 and tokens[end - 1].low in {"he", "she"}:
        return end - 1, end
    return None


def _is_family_name(token: Token) -> bool:
    """Tell whether one capitalised word that opens a sentence is somebody named before: "Testley died"."""
    return len(token.text) > 2 and _capital(token) and token.low not in _NOBODY


def is_headline(tokens: Sequence[Token]) -> bool:
    """Tell whether nearly all words are capitalised, so that capitals tell no names."""
    plain = [
        token for token in tokens if token.text[:1].isalpha() and (token.low not in CLOSED or token.low in _NAME_STOP)
    ]
    return len(plain) >= 5 and sum(token.text[:1].isupper() for token in plain) >= 0.8 * len(plain)


def find_object_name(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Give the tokens of one person who is the object of a verb: "killing Jane Roe and", "shot him"."""
    here = place
    while (
        here < len(tokens)
        and here - place < 3
        and (AGED.fullmatch(tokens[here].low) or tokens[here].low.endswith("ly") or tokens[here].low == "officer")
    ):
        here += 1
    if here >= len(tokens):
        return None
    after = tokens[here + 1].low if here + 1 < len(tokens) else "."
    if tokens[here].low in _OBJECTS:
        return (here, here + 1) if tokens[here].low == "him" or after in CLOSED or not after[0].isalnum() else None
    start = here
    while here < len(tokens) and here - start < 5 and _capital(tokens[here]):
        here += 1
    if is_headline(tokens):
        return None
    return (start, here) if here - start >= 2 and _ends_name(tokens, here) else None


def join_names(tokens: Sequence[Token], named: tuple[int, int]) -> list[tuple[int, int]]:
    """Give a person with those named after it: "Jane Roe, 34, and Jon Doe, 35"."""
    found = [named]
    while True:
        here = _past_age(tokens, found[-1][1])
        comma = here < len(tokens) and tokens[here].low == ","
        here += comma
        joined = here < len(tokens) and tokens[here].low == "and"
        here += joined
        start = here
        while here < len(tokens) and here - start < 5 and _capital(tokens[here]):
            here += 1
        if not (comma or joined) or here - start < 2:
            return found
        found.append((start, here))


def _past_age(tokens: Sequence[Token], here: int) -> int:
    """Give the token after ", 34," that follows a name, the comma behind it left for the list."""
    aged = [token.low for token in tokens[here : here + 2]]
    if len(aged) == 2 and aged[0] == "," and aged[1].isdigit() and int(aged[1]) <= 110:
        return here + 2
    return here


def find_listed_name(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Give the first of several persons named before "were": "Jane Roe, 34, and Jon Doe, 35, were killed"."""
    for first in range(max(0, place - 24), place - 4):
        if not _capital(tokens[first]) or (first and _capital(tokens[first - 1])):
            continue
        after = first
        while after < place and after - first < 5 and _capital(tokens[after]):
            after += 1
        if after - first < 2:
            continue
        row = join_names(tokens, (first, after))
        end = _past_age(tokens, row[-1][1])
        if len(row) > 1 and end <= place and all(token.low == "," for token in tokens[end:place]):
            return first, after
    return None


def find_owner_name(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Give the tokens of the person whose death a noun tells: "Jane Roe's death"."""
    if place < 1 or not tokens[place - 1].text.endswith(("'s", "’s")):
        return None
    here = place - 1
    while here >= 0 and place - here <= 4 and _capital(tokens[here]):
        here -= 1
    return (here + 1, place) if here + 1 < place else None


def find_controller_name(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Give the person who opens a sentence that ends in "after being shot": "Jane Roe, 34, is recovering after"."""
    here = 0
    while here < min(place, 5) and _capital(tokens[here]):
        here += 1
    return (0, here) if here >= 2 else None


def controls(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the word before a place hands it the subject of the clause before: "recovering after (being)"."""
    return place > 1 and tokens[place - 1].low in _CONTROLS


def _capital(token: Token) -> bool:
    nouns = load_nouns()
    base = token.low.removesuffix("'s")
    return (
        token.text[:1].isupper()
        and not (token.text.isupper() and len(token.text) > 2)
        and base not in _NAME_STOP
        and base not in CLOSED
        and base not in _NO_NAMES
        and base not in nouns.modifiers
        and (base not in nouns.scope_of or base in nouns.singular)
        and base not in nouns.peoples
    )


def _ends_name(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether no noun follows that the capitals belong to: "killing Jane Roe in", not "killing Free Army men"."""
    if here >= len(tokens):
        return True
    low = tokens[here].low
    return (
        not low[0].isalnum() or low[0].isdigit() or low in CLOSED or low in words_after_people() or low.endswith("ly")
    )
