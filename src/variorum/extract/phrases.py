"""Finds noun phrases among the words of a sentence: one that ends or begins at a place, with all that belongs to it.

Invariant: a phrase is a pair of places in the list of words, the last one included.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.grammar import Word, attributing_forms, words_of

Phrase = tuple[int, int]

NOUNS = frozenset({"noun", "name", "num"})
PARTS = NOUNS | {"det", "poss"}
ALONE = frozenset({"pron", "rel", "obj"})
# Relative clauses that belong to a source, as annotators take them: none of a few words before a verb, none that is
# long behind one (read on training articles).
SHORT_ASIDE, LONG_ASIDE = 7, 12


def is_day(word: Word) -> bool:
    """Tell whether a word names a day, a month or a time of day."""
    return word.text in words_of("words", "days")


def chunk_start(words: Sequence[Word], last: int) -> int:
    """Give where the plain noun phrase begins that ends at a place: determiner, adjectives, nouns, names."""
    place = last
    if words[last].kind in ALONE:
        return last
    while place > 0:
        word, before = words[place], words[place - 1]
        if word.kind == "det" and before.kind not in {"det", "poss"}:
            break
        if is_day(before) and not is_day(word) and word.kind != "noun":
            break
        if word.kind == "num" and word.text.islower() and before.kind == "noun":
            break  # "in the town ‹two residents›"
        inside = before.kind == "adv" and place > 1 and words[place - 2].kind == "det"
        inside = inside or (before.low in {"nearly", "almost", "roughly", "only"} and word.kind == "num")
        inside = inside or (before.text in {"&", "/"} and place > 1 and words[place - 2].kind in NOUNS)
        if before.kind not in PARTS and not inside:
            opened = _quoted_part(words, place - 1)
            if opened is None:
                break
            place = opened
            continue
        place -= 1
    if place and words[place].kind in NOUNS and _is_adjectival(words, place - 1):
        place -= 1
    return place


def _quoted_part(words: Sequence[Word], close: int) -> int | None:
    """Give where quoted words inside a phrase begin: "the “never again” movement"."""
    if words[close].text not in {"”", '"', "''"}:
        return None
    for place in range(close - 2, max(0, close - 7), -1):
        if words[place].text in {"“", '"', "''"}:
            return place if place and words[place - 1].kind in {"det", "name", "noun"} else None
    return None


def _is_adjectival(words: Sequence[Word], place: int) -> bool:
    """Tell whether a form in -ing at the front of a clause belongs to the noun behind it: "And ‹leading› medics"."""
    word = words[place]
    if word.kind != "ing" or word.low in attributing_forms():
        return False
    return place == 0 or words[place - 1].kind == "conj" or words[place - 1].low == "that"


def phrase_start(words: Sequence[Word], last: int) -> int:
    """Give where the whole noun phrase begins that ends at a place: "the head of the office in Koro", "X and Y"."""
    first = chunk_start(words, last)
    while first >= 2:
        link, before = words[first - 1], words[first - 2]
        if (
            link.kind in {"prep", "to"}
            and link.low in words_of("words", "joining")
            and before.kind in PARTS
            and not is_day(before)
        ):
            if is_day(words[first]):
                break
            first = chunk_start(words, first - 2)
        elif link.low in {"and", "or", "&"} and before.kind in NOUNS | {"pron"} and words[first].kind != "pron":
            other = phrase_start(words, first - 2)
            if other > 0 and not is_boundary(words[other - 1]):
                break
            first = other
        elif (
            link.text == ","
            and before.kind in NOUNS
            and any(word.low == "and" for word in words[first:last])
            and words[last].kind in NOUNS
            and first - 2 >= 0
            and (chunk_start(words, first - 2) == 0 or words[chunk_start(words, first - 2) - 1].text == ",")
        ):
            first = chunk_start(words, first - 2)  # "A, B and C"
        else:
            break
    return first


def is_joining(word: Word) -> bool:
    """Tell whether a word is a preposition that joins a phrase to the noun before it."""
    return word.kind in {"prep", "to"} and word.low in words_of("words", "joining")


def is_boundary(word: Word) -> bool:
    """Tell whether a clause can begin behind a word."""
    return word.kind in {"mark", "sub", "conj", "adv"} and word.text not in {"'", "’", "-"}


def phrase_end(words: Sequence[Word], first: int) -> int | None:
    """Give the last place of the plain noun phrase that begins at a place, or None where none begins."""
    if first >= len(words):
        return None
    if words[first].kind in {"pron", "obj", "rel"}:
        return first
    place = first
    while place < len(words):
        word = words[place]
        joined = word.text in {"&", "/"} and place > first and place + 1 < len(words)
        inner = (
            word.kind in {"ing", "verb", "adv"}
            and place > first
            and words[first].kind == "det"
            and place + 1 < len(words)
            and words[place + 1].kind in NOUNS
            and all(one.kind not in NOUNS for one in words[first:place])
        )
        if word.kind not in PARTS and not joined and not inner:
            break
        if word.kind == "det" and place > first and words[place - 1].kind not in {"det", "poss"}:
            break
        if is_day(word) and place > first and not is_day(words[place - 1]):
            break
        place += 1
    last = place - 1
    return last if last >= first and words[last].kind in PARTS else None


def phrase_behind(words: Sequence[Word], first: int) -> Phrase | None:
    """Give the whole phrase that begins behind "said" or "according to": with titles, appositions, relative clauses."""
    last = phrase_end(words, first)
    if last is None or words[first].kind in ALONE:
        return (first, last) if last is not None else None
    while last + 1 < len(words):
        after = words[last + 1]
        if after.text == "(":
            close = next((k for k in range(last + 1, min(len(words), last + 8)) if words[k].text == ")"), None)
            if close is None:
                break
            last = close
        elif is_joining(after):
            more = phrase_end(words, last + 2)
            if more is None or is_day(words[more]) or words[more].low in words_of("words", "channels"):
                break
            if after.low in {"on", "in", "at", "to", "with"} and _occasion(words, last + 2, more):
                break
            last = more
        elif after.low in {"and", "or"} and phrase_end(words, last + 2) is not None:
            more = phrase_end(words, last + 2) or last
            if more + 1 < len(words) and words[more + 1].kind in {"verb", "aux"}:
                break
            last = more
        elif after.text == ",":
            stop = _inserted_end(words, last + 2)
            if stop is None:
                break
            last = stop
        elif after.kind == "rel" and _clause_end(words, last + 2) - last < LONG_ASIDE + 2:
            last = _clause_end(words, last + 2)
        else:
            break
    return first, last


def _occasion(words: Sequence[Word], first: int, last: int) -> bool:
    said_in = words_of("words", "channels") | {"reporters", "time"}
    return any(is_day(word) or word.low in said_in for word in words[first : last + 1])


def _inserted_end(words: Sequence[Word], first: int) -> int | None:
    """Give where an apposition or relative clause behind a comma ends, or None where something else begins."""
    if first >= len(words):
        return None
    word = words[first]
    if word.kind == "rel" and word.low in {"who", "whose", "which"}:
        last = _clause_end(words, first + 1)
        return last if last - first < LONG_ASIDE else None
    if word.kind in {"det", "noun", "num", "name"} and not is_day(word):
        end = phrase_behind(words, first)
        if end is None or (end[1] + 1 < len(words) and words[end[1] + 1].kind in {"verb", "aux", "adv"}):
            return None
        return end[1]
    return None


def _clause_end(words: Sequence[Word], place: int) -> int:
    """Give the last place of a relative clause: before the next comma, stop or quotation mark."""
    while place < len(words) and not (
        words[place].kind == "mark" and words[place].text in {",", ".", ";", ":", "“", '"', "''", "—", "--", "?", "!"}
    ):
        place += 1
    return place - 1
