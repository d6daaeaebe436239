"""Numbers in one sentence that are ages, not counts, and numbers that stand alone for people. No groups are made here.

Invariant: nothing here reads beyond the tokens it is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.extract.peoplewords import (
    CLOSED,
    Token,
    harmed_words,
    load_nouns,
    moving_words,
    read_noun_phrase,
    words,
    words_after_people,
)


def stands_alone(tokens: Sequence[Token], here: int) -> bool:
    """Tell whether a count that ends here stands alone for people, not before a noun of its own."""
    if here >= len(tokens):
        return True
    low = tokens[here].low
    if low == "casualties":  # killed and injured together: neither figure is known
        return False
    if low in CLOSED or low in harmed_words() or not low[0].isalnum():
        return low not in {"%", "$", "/", "-", "–", "'", "to", "than", "of", "°"}
    return low in words_after_people() or low in moving_words() or low in {"saying", "adding"}


def is_age(tokens: Sequence[Token], first: int, here: int) -> bool:
    """Tell whether a bare number is somebody's age: "Jane Doe, 34, was", "Jane Doe 34 was", "aged 34"."""
    last = tokens[here - 1].text
    if not last.isdigit() or int(last) > 110:
        return False
    listed = first
    while listed > 1 and tokens[listed - 1].low in {"and", ","} and tokens[listed - 2].text.isdigit():
        listed -= 2  # "two boys, 7 and 8,"
    if listed and tokens[listed - 1].low in {"aged", "age", "ages"}:
        return True
    of_people = listed > 1 and tokens[listed - 1].low == "," and tokens[listed - 2].low in load_nouns().scope_of
    if of_people and (listed < first or (here < len(tokens) and tokens[here].low == "and")):
        return True
    if here - first != 1:
        return False
    before = tokens[first - 1] if first else None
    following = tokens[here].low if here < len(tokens) else ""
    if before is None:
        return False
    if before.low in {"also", "only", "just"} and first > 1 and tokens[first - 2].low == ",":
        return following in {",", "."}
    if before.low == "," and first > 1:
        return following in {",", "of", "was", ".", ")", ";"} and (
            tokens[first - 2].text[:1].isupper() or following == ","
        )
    return (
        before.text[:1].isupper()
        and following in {"was", "is", "of", "who", "has", "and", "died", "from"}
        and before.low not in {"and"}
        and first > 1
    )


# Words for people together, where a number after "of" is how many they are: "a crew of 12".
COLLECTIVES = words("crew staff personnel police forces militia militias guard paramilitary peshmerga dead displaced")


def is_plural(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a noun for several people stands at a token, with no count read for it: "boys (of 12 and 14)"."""
    low = tokens[place].low if place >= 0 else ""
    return low in load_nouns().scope_of and low not in COLLECTIVES and low not in load_nouns().singular


def past_ages(tokens: Sequence[Token], place: int, counted: Mapping[int, tuple[int, str]], *, many: bool) -> int:
    """Give the token after the ages that begin with "of" at a token: "of 62", "of 12 and 14"; the same one if none."""
    here = place
    while (
        here < len(tokens) and here + 1 in counted and tokens[here].low in ({"of"} if here == place else {"and", ","})
    ):
        after, value = counted[here + 1]
        age = value.removeprefix("~")
        if not age.isdigit() or int(age) > 110 or not stands_alone(tokens, after) or read_noun_phrase(tokens, after):
            break
        here = after
        if not many:
            break
    return here
