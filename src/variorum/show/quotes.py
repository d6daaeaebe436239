"""A quote among the words around it. No markup and no printing: the faces add their own."""

from __future__ import annotations

from dataclasses import dataclass

LINE_BREAKS = str.maketrans("\n\r\t", "   ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with the words before and after it, on one line."""

    before: str
    quote: str
    after: str


def cut_passage(text: str, start: int, end: int, size: int) -> Passage:
    """Give a quote with up to `size` characters on either side, cut between words; `…` marks a cut."""
    before = _to_paragraph(text[max(0, start - size) : start][::-1], start <= size)[::-1]
    after = _to_paragraph(text[end : end + size], end + size >= len(text))
    return Passage(before.translate(LINE_BREAKS), text[start:end].translate(LINE_BREAKS), after.translate(LINE_BREAKS))


def _to_paragraph(run: str, whole: bool) -> str:
    """Give the words that lie next to the quote, within its paragraph; `run` leads away from it."""
    paragraph, broken, _ = run.partition("\n\n")
    if broken or whole:
        return paragraph.rstrip() if broken else paragraph
    words, gap, _ = paragraph.rpartition(" ")
    return (words if gap else paragraph) + "…"
