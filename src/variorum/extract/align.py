"""Finds quoted words in a text: as they stand, with other marks and spaces, or but for a slip of the pen.

Invariant: a span counts in the text itself and holds whole words, so the text's own words are always the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from variorum.values.number import find_figures

Span = tuple[int, int]

# Likeness (rapidfuzz, 0..100) from which words count as a slip of the pen: in 40 characters two letters may differ.
CLOSE = 95.0
# A shorter quote is found as it stands or not at all: one letter makes another name of it.
CLOSE_FROM = 20
# A longer one as well: the search takes 0.03 s for 1,000 characters in a text of 100,000, and minutes for 50,000.
CLOSE_TO = 1_000
CLOSE_MOST = 20  # places looked for: words that stand so often tell of no one event
# "Were not killed" is no slip of the pen for "were killed".
NEGATION = re.compile(r"\b(?:no|not|never|nobody|none|neither|nor|without|den(?:y|ies|ied))\b|n't\b", re.I)
MARKS = {
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›`´′ʼ"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), ""),  # soft hyphen and signs without width
    ord("…"): "...",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A text beside its folded form: one space for white space, one form of quotation marks and dashes."""

    text: str
    folded: str
    places: tuple[int, ...]  # offset in `text` of each character of `folded`


def fold(text: str) -> Page:
    """Fold a text, and keep where each character came from."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            if signs and signs[-1] == " ":
                continue
            sign = " "
        for one in MARKS.get(ord(sign), sign):
            signs.append(one)
            places.append(place)
    return Page(text, "".join(signs), tuple(places))


def find_quote(page: Page, quote: str) -> list[Span]:
    """Give every place at which the quoted words stand, by the strictest way that finds any; none for invented words.

    Words that are close to the text's, but hold other figures or another negation, are invented.
    """
    wanted = quote.strip()
    found = list(_places(page.text, wanted))
    if found:
        return found
    bare = fold(wanted).folded
    for form in (bare, bare.strip("\"' ."), bare.strip("\"' .").removesuffix(",")):
        spans = list(_places(page.folded, form))
        if spans:
            return [_unfold(page, span) for span in spans]
    return [_unfold(page, span) for span in _close(page.folded, bare)]


def _unfold(page: Page, span: Span) -> Span:
    return page.places[span[0]], page.places[span[1] - 1] + 1


def _places(text: str, words: str) -> Iterator[Span]:
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if _is_whole(text, start, end):
            yield start, end
        start = text.find(words, start + 1)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch cuts no word or figure: "12" does not stand in "2012" or "12,000"."""
    if start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        return False
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        return False
    cut_before = text[start].isdigit() and re.search(r"\d[.,]$", text[max(0, start - 2) : start])
    cut_after = text[end - 1].isdigit() and re.match(r"[.,]\d", text[end : end + 2])
    return not (cut_before or cut_after)


def _close(text: str, words: str) -> list[Span]:
    """Give the stretches that differ from the words by a slip of the pen, in order."""
    found: list[Span] = []
    waiting = [(0, len(text))] if CLOSE_FROM <= len(words) <= CLOSE_TO else []
    while waiting and len(found) < CLOSE_MOST:
        left, right = waiting.pop()
        if right - left < len(words):
            continue  # the search would look for the text in the words
        hit = fuzz.partial_ratio_alignment(words, text[left:right], score_cutoff=CLOSE)
        if hit is None:
            continue
        start, end = _whole_words(text, left + hit.dest_start, left + hit.dest_end)
        if fuzz.ratio(words, text[start:end]) >= CLOSE and _says(words) == _says(text[start:end]):
            found.append((start, end))
        waiting += [(left, min(start, left + hit.dest_start)), (max(end, left + hit.dest_end), right)]
    return sorted(found)


def _whole_words(text: str, start: int, end: int) -> Span:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _says(words: str) -> tuple[object, ...]:
    """Give what no slip of the pen may change: the figures, and how often something is negated."""
    figures = [(figure.low, figure.high, figure.about) for figure in find_figures(words) if figure.how != "article"]
    return *figures, len(NEGATION.findall(words))
