"""Finds the subject of a verb and whose a noun is, among the words of a sentence.

Invariant: a phrase is a pair of places in the list of words, the last one included; it never holds the verb it serves.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.extract.grammar import Word, attributing_forms, words_of
from variorum.extract.phrases import ALONE, NOUNS, SHORT_ASIDE, Phrase, chunk_start, is_boundary, is_day, phrase_start

WHOLE = frozenset({"all", "both", "half", "such", "many", "most", "some", "no", "every", "another", "other"})
POINTING = frozenset({"this", "that", "few", "several"})
OPENING = frozenset({"det", "noun", "name", "num", "rel", "prep", "ing", "verb", "adv"})
# Words behind a comma that tell when or how: they are no part of the phrase before it.
LOOSE = frozenset({"meanwhile", "however", "too", "for", "in", "on", "by", "speaking", "when", "asked", "after"})


def subject_of(words: Sequence[Word], verb: int) -> Phrase | None:
    """Give the subject of the verb at a place, with what is inserted between them, or None where it has none there."""
    place = _skip_back(words, verb - 1)
    if place < 0:
        return None
    whole = _over_relative(words, verb, place)
    if whole is not None:
        return whole
    word = words[place]
    if word.text in {",", ")", "-", "–", "—", "--"}:
        return _before_inserted(words, place)
    if word.kind in {"pron", "rel"}:
        return place, place
    if is_day(word) and all(
        is_day(one) or one.kind in {"det", "num"} for one in words[chunk_start(words, place) : place]
    ):
        return None
    of_them = word.kind == "obj" and place > 1 and words[place - 1].low == "of"  # "ten of them"
    if word.kind not in NOUNS and not of_them and not (word.kind == "det" and word.low in WHOLE | POINTING):
        return None
    first = phrase_start(words, place)
    if first > 0 and words[first - 1].kind in {"prep"} and words[first - 1].low not in {"like", "of"}:
        lead = first - 2
        if lead < 0 or words[lead].kind not in {"adv", "mark", "conj", "sub"}:
            return (first, place) if lead < 0 else None
    return first, place


def _over_relative(words: Sequence[Word], verb: int, last: int) -> Phrase | None:
    """Read "‹voters who had heard him over the years› said": a phrase with a relative clause that no comma sets off."""
    if words[verb].kind == "ing" or words[last].kind in {"conj", "pron", "rel", "sub", "mark", "to"}:
        return None
    for place in range(last - 1, max(0, last - 26), -1):
        word = words[place]
        if word.text in {";", ":", ",", "“", '"', "''", "—"} or word.kind in {"sub", "pron"}:
            return None
        if word.kind != "rel":
            continue
        after = words[place + 1]
        follows = words[place + 2] if after.kind in {"aux", "adv"} else after
        if after.kind not in {"verb", "aux", "adv"} or place + 1 >= verb or follows.low in attributing_forms():
            return None
        if words[place - 1].kind not in NOUNS or word.low not in {"who", "that"} or last - place < 2:
            return None
        first = phrase_start(words, place - 1)
        return (first, last) if first == 0 or is_boundary(words[first - 1]) else None
    return None


def _skip_back(words: Sequence[Word], place: int) -> int:
    """Leave out what stands between a subject and its verb: auxiliaries, adverbs, the day, the occasion."""
    while place >= 0:
        word = words[place]
        if word.kind in {"aux", "adv"} or word.low in {"n't", "himself", "herself", "itself", "themselves"}:
            place -= 1
            continue
        if word.kind in NOUNS and (is_day(word) or word.low in words_of("words", "channels") or word.kind == "num"):
            first = chunk_start(words, place)
            lead = first - 1
            if (
                lead > 0
                and words[lead].kind == "prep"
                and words[lead - 1].kind in NOUNS | {"pron", "rel", "aux", "adv"}
            ):
                occasion = words[lead].low in {"on", "in", "at", "during"} or is_day(word)
                if occasion and words[lead].low != "of":
                    place = lead - 1
                    continue
            whole = first == place or words[first].low in {"this", "last", "next", "that", "earlier", "later", "the"}
            if is_day(word) and lead >= 0 and words[lead].kind in NOUNS | {"pron"} and whole:
                place = lead
                continue
            if is_day(word) and word.kind == "name" and place > 0 and words[place - 1].kind in NOUNS | {"pron"}:
                place -= 1
                continue
        return place
    return place


def _before_inserted(words: Sequence[Word], close: int) -> Phrase | None:
    """Read "X, a monitor based abroad, said" and "X (D-Koro) said": the phrase with what is inserted."""
    mark = words[close].text
    opening = {")": "("}.get(mark, mark)
    tries = 0
    for place in range(close - 1, max(-1, close - 48), -1):
        text = words[place].text
        if text in {";", "“", '"', "''"} and tries == 0 and opening == ",":
            return None
        if text != opening:
            continue
        tries += 1
        if tries > 4 or place == 0:
            return None
        first_inside = words[place + 1]
        end = _skip_back(words, place - 1)
        if end < 0 or words[end].kind not in NOUNS | {"pron", "mark"} or words[end].kind == "mark":
            if end >= 0 and words[end].text == ")":
                whole = _before_inserted(words, end)
                return (whole[0], close - 1) if whole is not None else None
            continue
        first = phrase_start(words, end)
        lead = words[first - 1] if first > 0 else None
        if lead is not None and not is_boundary(lead) and opening == ",":
            continue
        if opening == "," and (first_inside.kind not in OPENING or (lead is None and is_day(words[end]))):
            continue
        if first_inside.kind == "prep" and words[close - 1].kind in NOUNS and tries == 1 and words[end].kind == "pron":
            continue
        if words[end].kind in ALONE:
            return first, end
        last = close if mark == ")" else close - 1
        inside = words[place + 1 : close]
        if first_inside.kind in {"det", "noun", "num", "name"} and opening == "," and _has_clause(inside):
            continue
        if first_inside.low in {"who", "whose", "which"} and close - place < SHORT_ASIDE:
            last = end
        if opening == "," and lead is not None and lead.text == "," and words[first].kind in {"det", "num", "noun"}:
            outer = _before_inserted(words, first - 1)  # "X, 70, a farmer, said"
            if outer is not None and words[outer[0]].kind == "name":
                return outer[0], last
        if first_inside.low in LOOSE:
            last = end
        return first, last
    return None


def _has_clause(words: Sequence[Word]) -> bool:
    """Tell whether words hold a finite verb of their own, one in a relative clause left out."""
    for place, word in enumerate(words):
        if word.kind == "rel" or (word.kind == "sub" and place):
            return False
        if word.kind == "aux" or (word.kind == "verb" and place and words[place - 1].kind in {"pron", "name"}):
            return True
    return False


def owner_of(words: Sequence[Word], noun: int) -> Phrase | None:
    """Give whose a noun is: "‹the ministry's› claim", "‹her› hope", "the fear ‹of doctors›" is left out."""
    for place in range(noun - 1, max(-1, noun - 5), -1):
        word = words[place]
        if word.kind == "poss":
            return chunk_start(words, place), place
        if word.low in {"his", "her", "their", "its", "my", "our", "your"}:
            return place, place
        if word.kind not in NOUNS | {"adv", "det"}:
            return None
    return None
