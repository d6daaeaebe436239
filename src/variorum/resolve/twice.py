"""Figures that a report gives twice, in two units: which claims they are, which cannot be right. Chooses no values.

Invariant: a pair is told of once in a lineage; what a copy reprints, its original got wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from variorum.resolve.voices import Said
from variorum.schema import load_schema
from variorum.values.quantity import Conversion, check_conversion, find_conversions, unit_of
from variorum.values.units import dimension

# A claim that speaks of a pair stands beside it in its sentence: "20 km (8 miles) east of the town".
REACH = 120
FAR = frozenset({"distance", "place", "place_from"})  # what a length most likely speaks of
# Where a claim's words are wider than the figure, a bracket opens at most this many characters after the first.
BRACKET_GAP = 3
_SENTENCE_ENDS = re.compile(r"[.!?][\"'”’)]*\s+[A-Z\"'“‘]|\n")
Twice = tuple[Said, Said, str | None]


def second_figures(said: Iterable[Said], texts: Mapping[str, str]) -> dict[str, Twice]:
    """Lead each claim that only converts another to (first figure, conversion, why it is impossible), by its id."""
    found: dict[str, Twice] = {}
    schema = load_schema()
    in_article: dict[tuple[str, str, str, str], list[Said]] = {}
    for one in said:
        claim = one.claim
        if schema.properties[claim.prop].type == "quantity":
            in_article.setdefault((one.article_id, claim.prop, claim.source, claim.mention_id), []).append(one)
    for figures in in_article.values():
        figures.sort(key=lambda one: (one.claim.start, one.claim.end, one.claim.id))
        for first, second in pairwise(figures):
            if not _is_other_unit(first.claim.value, second.claim.value):
                continue  # "500 km (530 km by road)" are two figures
            text = texts.get(first.article_id, "")
            between = text[first.claim.end : second.claim.start]
            bracketed = second.claim.start - first.claim.end <= BRACKET_GAP and ("(" in between or "[" in between)
            if bracketed or any(_is_pair(pair, first, second) for pair in find_conversions(text)):
                found[second.claim.id] = (first, second, check_conversion(first.claim.value, second.claim.value))
    return found


def _is_other_unit(left: str, right: str) -> bool:
    """Tell whether two quantities measure the same in two units."""
    units = unit_of(left), unit_of(right)
    return units[0] != units[1] and dimension(units[0]) == dimension(units[1])


def _is_pair(pair: Conversion, first: Said, second: Said) -> bool:
    return (
        first.claim.start < pair.end
        and pair.start < first.claim.end
        and second.claim.start < pair.second_end
        and pair.second_start < second.claim.end
    )


def wrong_pairs(said: Sequence[Said], texts: Mapping[str, str]) -> list[tuple[Said, str]]:
    """Give each claim beside which a text gives a figure twice, not the same, with why; not where both are claimed.

    A place claim covers the name of a town: how far from it is said beside it.
    """
    in_article: dict[str, list[Said]] = {}
    for one in sorted(said, key=lambda one: (one.copy, one.place)):
        in_article.setdefault(one.article_id, []).append(one)
    wrong = {id: [pair for pair in find_conversions(texts.get(id, "")) if pair.wrong is not None] for id in in_article}
    if not any(wrong.values()):
        return []  # as in nearly every event
    claimed: set[str] = set()
    for first, second, _ in second_figures(said, texts).values():
        claimed |= {first.claim.id, second.claim.id}
    told: set[tuple[str, str, str]] = set()
    found: list[tuple[Said, str]] = []
    for article_id, claims in in_article.items():
        text = texts.get(article_id, "")
        for pair in wrong[article_id]:
            key = claims[0].root, pair.value, pair.second
            if claims[0].copy and key in told:
                continue
            long = dimension(unit_of(pair.value)) == "length"
            near = [
                (long and one.claim.prop not in FAR, gap, one.place, one)
                for one in claims
                if (gap := _gap(pair, one, text)) is not None
            ]
            if not near:
                continue
            told.add(key)
            if not any(gap == 0 and one.claim.id in claimed for _, gap, _, one in near):
                found.append((min(near, key=lambda row: row[:3])[3], pair.wrong or ""))
    return found


def _gap(pair: Conversion, one: Said, text: str) -> int | None:
    """Give how far a claim's words stand from a pair; None where they are too far, or in another sentence."""
    left, right = sorted(((pair.start, pair.second_end), (one.claim.start, one.claim.end)))
    gap = max(0, right[0] - left[1])
    return None if gap > REACH or _SENTENCE_ENDS.search(text, left[1], right[0] + 1) else gap
