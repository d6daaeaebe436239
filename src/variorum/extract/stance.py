"""Tells at one place of a sentence whether what stands there is asserted, weakened or denied.

A hedge adjective weakens its noun phrase ("suspected Russian strikes" leaves the toll alone), an adverb or modal its
clause; a denial covers what follows it in its clause. The words are in cues/attribution.toml.
"""

from __future__ import annotations

import re

from variorum.extract.contents import TOLL_BESIDE
from variorum.extract.cuewords import stance_pattern
from variorum.extract.sentences import Sentence
from variorum.model import Stance

# A noun phrase behind a hedge ends at a preposition, a verb, a mark or after eight words.
PHRASE_END = re.compile(
    r"[,;:.()\"“”—]|\b(?:on|in|at|by|near|that|which|who|of|for|from|with|against|into|over|to|has|have|had|was"
    r"|were|is|are"
    r"|killed|killing|hit|struck|wounded|injured|said|targeted|targeting|after|before|during|when|while|as)\b"
)
CLAUSE_BREAK = re.compile(
    r"[;:\"“”—]|,(?!\d)|\b(?:while|but|although|though|whereas|because|when|which|that|who|and (?=(?:the|a|an|its"
    r"|they|he|she|it"
    r"|at least|more than|another)\b)|after|before)\b"
)


def stance_in(sentence: Sentence, offset: int) -> Stance:
    """Give the stance that the words of a sentence give to what stands at an offset of the article."""
    text, place = sentence.text, offset - sentence.start
    start, end = _clause(text, place)
    if any(cue.end() <= place for cue in stance_pattern("denials", "clause").finditer(text, start, end)):
        return "denies"
    that = re.search(
        r"\b(?:no evidence|no proof|denied|denies|denying|(?:denied|rejected|dismissed|refuted|disputed) (?:the )?"
        r"(?:claims|reports|allegations|accusations))(?: of)? that\b",
        text[:place],
    )
    between = text[that.end() : place] if that is not None else ""
    if that is not None and not re.search(r"[,;.]", between) and TOLL_BESIDE.search(between) is None:
        return "denies"
    for cue in stance_pattern("hedges", "phrase").finditer(text):
        if cue.end() <= place:
            stop = PHRASE_END.search(text, cue.end())
            words = len(text[cue.end() : place].split())
            if (stop is None or place < stop.start()) and words <= 8:
                return "hedges"
    if stance_pattern("hedges", "clause").search(text, start, end) is not None:
        return "hedges"
    return "asserts"


def _clause(text: str, place: int) -> tuple[int, int]:
    """Give the bounds of the clause around a place."""
    start, end = 0, len(text)
    for match in CLAUSE_BREAK.finditer(text):
        if match.end() <= place:
            start = match.end()
        elif match.start() > place:
            end = match.start()
            break
    for match in TOLL_BESIDE.finditer(text, start, end):
        if match.end() <= place:
            start = match.end()
        else:
            end = match.start()
            break
    return start, end
