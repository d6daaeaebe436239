"""What reaches over sentences: a source named later, a quotation of several sentences, one that no verb governs.

Offsets count in the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.extract.contents import Span
from variorum.extract.sentences import Sentence
from variorum.extract.statements import Attribution, source_at
from variorum.values.name import kind_of
from variorum.values.person import NAME

# "— A. B., fisherman" under a quotation or right behind it.
SIGNED = re.compile(
    rf"(?:\n|(?<=[”\"’'])\s)[ \t]*(?P<dash>[—–]|--?)[ \t]*(?P<name>{NAME})(?:,[^\n]{{0,60}})?[ \t]*(?=\n|$)"
)
MONITOR = re.compile(r"(?:[\w-]+ ){0,2}(?:monitor|watchdog|monitoring (?:group|organi[sz]ation)|rights group)")


def name_late(rows: Sequence[Attribution], sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give a source its name where the same story names it later: "a monitor said", "the defence ministry said"."""
    named: dict[tuple[int, str], set[str]] = {}
    for row in rows:
        if kind_of(row.source) == "monitor":
            named.setdefault((_story(sentences, row.cue_start), "monitor"), set()).add(row.source)
        elif kind_of(row.source) == "ministry" and row.source[0].isupper():
            subject = row.source.split(" ", 1)[1]
            for word in (subject, "ministry"):
                named.setdefault((_story(sentences, row.cue_start), word), set()).add(row.source)
    found: list[Attribution] = []
    for row in rows:
        word = "monitor" if MONITOR.fullmatch(row.source) else row.source
        names = named.get((_story(sentences, row.cue_start), word), set())
        found.append(replace(row, source=next(iter(names))) if len(names) == 1 else row)
    return found


def widen(rows: list[Attribution], quotes: Sequence[Span]) -> list[Attribution]:
    """Stretch a content that lies in a quotation over the sentences of that quotation before and behind it."""
    found: list[Attribution] = []
    for row in rows:
        start, end = row.content_start, row.content_end
        for low, high in quotes:
            if low < start < high and row.cue_start >= high - 1:
                start = low
            if low <= start + 1 and start < high and high > end and row.cue_end <= low + 1:
                end = high
        found.append(replace(row, content_start=start, content_end=end))
    return found


def run_on(rows: Sequence[Attribution], quotes: Sequence[Span], sentences: Sequence[Sentence]) -> list[Attribution]:
    """Give the quotations that no verb governs to the source that spoke next to them."""
    found: list[Attribution] = []
    for low, high in quotes:
        if high - low < 14 or source_at([*rows, *found], low + 2) is not None:
            continue
        here = next((one for one in sentences if one.start <= low < one.end), None)
        if here is None:
            continue
        near = [row for row in rows if _paragraph(sentences, row.cue_start) == here.paragraph]
        before = [
            row for row in (*rows, *found) if row.cue_end <= low and _story(sentences, row.cue_start) == here.story
        ]
        after = [row for row in near if row.cue_start >= high]
        last = max(before, key=lambda row: (row.content_end, row.cue_start), default=None)
        chosen = last if last is not None and _paragraph(sentences, last.cue_start) == here.paragraph else None
        chosen = chosen or (after[0] if after else None)
        opens = here.start <= low <= here.start + 2
        if (
            chosen is None
            and opens
            and last is not None
            and here.paragraph - _paragraph(sentences, last.content_end - 1) <= 2
        ):
            chosen = last
        if chosen is not None:
            found.append(replace(chosen, content_start=low, content_end=high, stance="asserts"))
    return found


def signed(text: str, quotes: Sequence[Span], rows: Sequence[Attribution]) -> list[Attribution]:
    """Give the quotations and letters that a line with a dash and a name signs."""
    found: list[Attribution] = []
    for match in SIGNED.finditer(text):
        low = next((start for start, end in quotes if 0 <= match.start() - end <= 2), None)
        if low is not None and source_at(rows, low + 2) is None:
            name = match["name"]
            found.append(Attribution(name, *match.span("name"), *match.span("dash"), low, match.start()))
    return found


def _paragraph(sentences: Sequence[Sentence], offset: int) -> int:
    return next((one.paragraph for one in sentences if one.start <= offset < one.end), -9)


def _story(sentences: Sequence[Sentence], offset: int) -> int:
    return next((one.story for one in sentences if one.start <= offset < one.end), -9)
