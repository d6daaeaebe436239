"""Finds the stretches of an article that stand in quotation marks.

Invariant: spans run from the opening to behind the closing mark; one left open ends with its paragraph.
"""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.extract.sentences import Sentence

MARK = re.compile(r"''|[\"“”„«»]|(?<![\w’'])['‘](?=\w)|(?<=[,.!?…\w])['’](?=[\s,.;:)]|$)")


def find_quotes(text: str, sentences: list[Sentence]) -> list[tuple[int, int]]:
    """Give the quotations of an article in order, longer than a few letters."""
    bounds: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        low, _ = bounds.get(sentence.paragraph, (sentence.start, 0))
        bounds[sentence.paragraph] = (low, sentence.end)
    found: list[tuple[int, int]] = []
    for low, high in bounds.values():
        found += _quotes(text, low, high)
    return found


@lru_cache(maxsize=64)  # each stretch that somebody may have said asks for those of its paragraph
def _quotes(text: str, low: int, high: int) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in MARK.finditer(text, low, high):
        mark, place = match.group(), match.start()
        single = mark in {"'", "‘", "’"}
        if mark == "''":
            mark = '"'  # typed as two single marks
        if opened is None:
            before = text[place - 1] if place > low else " "
            if mark in "“„«" or (mark == '"' and not before.isalnum()) or (single and _opens_single(text, place, high)):
                opened = (place, mark)
        elif single != (opened[1] in {"'", "‘"}):
            continue
        elif mark in "”»\"’'" or (mark == "“" and opened[1] == "„"):
            found.append((opened[0], match.end()))
            opened = None
        elif mark == "“" and place - opened[0] > 1:
            opened = (place, mark)  # the closing mark was left out
    if opened is not None and opened[1] not in "'‘":
        found.append((opened[0], high))
    return tuple(found)


def _opens_single(text: str, place: int, high: int) -> bool:
    """Tell whether a single mark opens a quotation: it follows a space and a closing one comes later."""
    if place and not (text[place - 1].isspace() or text[place - 1] in "([—"):
        return False
    return re.search(r"[\w,.!?…]['’](?=[\s,.;:)]|$)", text[place + 1 : min(high, place + 600)]) is not None
