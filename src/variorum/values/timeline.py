"""Every time expression of a text in reading order, each resolved against what was told before it.

More than dates: durations, sets, times of day, and words such as "now" and "two days later". Values are those of
`timex`. Invariant: the expressions do not overlap and come in order. The reader of events does not use this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.model import Found
from variorum.values.calendar import atom_days
from variorum.values.caseless import make_regex
from variorum.values.clock import find_times
from variorum.values.date import anchor_to_story, find_dates
from variorum.values.letters import make_small
from variorum.values.quantity import find_quantities
from variorum.values.timewords import Setting, TimeWords, count_units, read_time_words
from variorum.values.timex import DAY_PARTS, write_date, write_duration, write_period

_JOINT = re.compile(r"\s*(?:[-–—/]|\b(?:to|and|until|till|through)\b)\s*(?:the\s+)?", re.IGNORECASE)
_NAMED = make_regex(
    r"\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)", re.IGNORECASE
)
# "The night of 3 May", "the morning of Tuesday"
_PART_OF = re.compile(
    rf"\b(?:the\s+)?(?:early\s+|late\s+)?({'|'.join(DAY_PARTS)})\s+(?:of|on)\s+(?:the\s+)?$", re.IGNORECASE
)
_COMPARED = re.compile(r"\b(?:ago|earlier)\b", re.IGNORECASE)  # the quarter that another is held against
_PORTION = re.compile(r"(?:the\s+)?(?:first|last|final)\s+(?P<n>\w+)\s+(?P<unit>month|week)s\s+of\s+", re.IGNORECASE)
_CLOCK = re.compile(r"~?(\d\d:\d\d)")
_POINTS = {"noon": "12:00", "midnight": "24:00"}
_BETWEEN = re.compile(r",?\s*(?:on\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One expression before it is resolved: a value, or words that need the setting."""

    start: int
    end: int
    kind: str
    value: str = ""
    words: TimeWords | None = None


def find_time_expressions(text: str, published: str | None, *, story: bool = False) -> list[Found]:
    """Find every time expression; `extra["kind"]` is date, time, duration, set, reference or role ("former").

    In a `story`, a history told in order, dates without a year and words such as "in the winter" lean on the dates
    before them.
    """
    day = atom_days((published or "")[:10])
    setting = Setting(published=day[0] if day else None, story=story)
    found: list[Found] = []
    for piece in sorted(_pieces(text, published, story=story), key=_order):
        if found and piece.start < found[-1].end:
            continue
        value = piece.words.read(setting) if piece.words else piece.value
        if value is None:
            continue
        if piece.kind == "time" and value.startswith("T"):
            value = f"{setting.day or published or 'XXXX-XX-XX'}{value}"
        found.append(Found(piece.start, piece.end, text[piece.start : piece.end], value, {"kind": piece.kind}))
        setting = _move(setting, piece.kind, value, found[-1].raw)
    return found


def _order(piece: _Piece) -> tuple[int, int, bool]:
    """Order by place, the longer first; of two readings of the same words the one that leans on words before."""
    leans = piece.words is not None and piece.kind == "date"
    return piece.start, -piece.end, not leans


def _move(setting: Setting, kind: str, value: str, raw: str) -> Setting:
    """Give the setting after an expression was told."""
    if kind not in ("date", "time"):
        return setting
    if re.fullmatch(r"\d{4}-Q\d", value):
        return setting if _COMPARED.search(raw) else replace(setting, quarter=value)
    return replace(setting, told=value) if re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:T|$)", value) else setting


def _pieces(text: str, published: str | None, *, story: bool) -> Iterator[_Piece]:
    dates = find_dates(text, None if story else published)
    words = list(read_time_words(text))
    if story:
        dates = _anchor(text, dates, words, published)
    times = find_times(text)
    yield from _date_pieces(text, dates, times)
    for found in find_quantities(text):
        value = write_duration(found)
        if value is not None:
            yield _Piece(found.start, found.end, "duration", value)
    for found in times:
        clock = _CLOCK.fullmatch(found.value)
        if clock or found.value in _POINTS:
            yield _Piece(found.start, found.end, "time", f"T{clock[1] if clock else _POINTS[found.value]}")
    for one in words:
        yield _Piece(one.start, one.end, one.kind, words=one)


def _anchor(text: str, dates: Sequence[Found], words: Sequence[TimeWords], published: str | None) -> list[Found]:
    """Give the dates of a history their years; a year that stands alone, as in a heading, gives its year as well."""
    taken = [(one.start, one.end) for one in dates]
    years = [
        Found(one.start, one.end, year, year, {"alone": "1"})
        for one in words
        if (year := text[one.start : one.end]).isdigit()
        and len(year) == 4
        and not any(start < one.end and one.start < end for start, end in taken)
    ]
    told = anchor_to_story(sorted((*dates, *years), key=lambda one: one.start), published)
    return [one for one in told if "alone" not in one.extra]


def _date_pieces(text: str, dates: Sequence[Found], times: Sequence[Found]) -> Iterator[_Piece]:
    clocks = {found.end: found for found in times if _CLOCK.fullmatch(found.value)}
    for found in dates:
        portion = _PORTION.match(found.raw)
        if portion:  # "the first nine months of 2016": a length, and the year that it is of
            length = write_period(count_units(portion["n"]) or "X", portion["unit"].lower())
            yield _Piece(found.start, found.start + portion.end("unit") + 1, "duration", length)
            yield _Piece(found.start + portion.end(), found.end, "date", write_date(replace(found, raw="late")))
            continue
        for one in _split_range(found):
            start, value = one.start, write_date(one)
            part = _PART_OF.search(text, max(0, start - 30), start)
            if part and len(value) == 10:
                yield _Piece(part.start(), one.end, "time", f"{value}T{DAY_PARTS[make_small(part[1])]}")
                continue
            clock = next((clocks[end] for end in range(start, max(0, start - 5), -1) if end in clocks), None)
            if clock and len(one.value) == 10 and _BETWEEN.fullmatch(text, clock.end, start):
                yield _Piece(clock.start, one.end, "time", f"{one.value}T{clock.value.lstrip('~')}")
                continue
            yield _Piece(start, one.end, "date", value)


def _split_range(found: Found) -> list[Found]:
    """Give the two dates of a range that the text names one by one: "12-14 July", "from 1996 to 2006"."""
    first, _, last = found.value.partition("/")
    if not last or "rel:" in found.extra.get("relative", ""):
        return [found]
    for joint in _JOINT.finditer(found.raw):
        left, right = found.raw[: joint.start()], found.raw[joint.end() :]
        if _NAMED.search(left) and _NAMED.search(right):
            return [
                Found(found.start, found.start + joint.start(), left, first, {}),
                Found(found.start + joint.end(), found.end, right, last, {}),
            ]
    return [found]
