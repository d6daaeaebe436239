"""Cuts an article's text into sentences with exact offsets and says which of them belong to the report.

Invariant: `text[sentence.start:sentence.end] == sentence.text`; sentences do not overlap and come in order; nothing but
white space lies between them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from variorum.extract.layout import (
    COLON_LINE,
    DATE_FRONT,
    DATE_INSIDE,
    DATELINE,
    cut_edges,
    find_paragraphs,
    is_furniture,
)
from variorum.extract.mastheads import find_masthead
from variorum.extract.stories import number_stories

Role = Literal["title", "heading", "body", "furniture"]
Piece = tuple[int, int, int, Role]  # start, end, paragraph, role


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one line that stands for itself."""

    index: int
    start: int  # offset in the article's text
    end: int
    text: str
    paragraph: int  # number of the line or wrapped block it stands in
    role: Role
    story: int = 0  # number of the story in the text, where several were pasted into one
    body_start: int = 0  # offset after a dateline ("PORT SELLA (Agency) — "); equals `start` where there is none


@cache
def _words(row: str) -> frozenset[str]:
    rows = tomllib.loads(files("variorum.extract").joinpath("cues/stops.toml").read_text(encoding="utf-8"))
    return frozenset(rows[row].split())


# The agency's name in brackets after a caption's full stop belongs to the caption.
CREDIT = re.compile(r"\s*[\[(](?:AFP|AP|Reuters|REUTERS|Getty|EPA|AA|Anadolu|Xinhua|TASS|DPA|File)\b[^\])]{0,40}[\])]")
STOP = re.compile(r"(?:\.{2,}|…|[.!?。؟۔]+)[\"”’'»)\]]*")


def split_sentences(text: str, title: str = "") -> list[Sentence]:
    """Give the sentences of an article in order.

    `title` is the article's title where it is kept beside the text; it tells a title that runs into the first sentence.
    """
    pieces: list[Piece] = []
    paragraphs = list(find_paragraphs(text))
    headline = _headline(text, paragraphs, title)
    for number, (start, end) in enumerate(paragraphs):
        if number <= headline:
            pieces.append((start, end, number, "title" if number == headline else "furniture"))
            continue
        if number == 0:
            for left, right, role in _front(text, start, end, title):
                pieces.append((left, right, number, role))
                start = right
            start = _trim(text, start, end)[0]
        edges, (start, end) = cut_edges(text, start, end)
        pieces += [(left, right, number, "furniture") for left, right in edges]
        whole = text[start:end].strip()
        alone = _alone(whole, number, len(paragraphs), bool(pieces))
        for left, right in _cut(text, start, end):
            pieces.append((left, right, number, "furniture" if is_furniture(text[left:right]) else alone))
    pieces = [part for piece in pieces for part in _cut_masthead(text, piece)]
    pieces = sorted((*_trim(text, piece[0], piece[1]), *piece[2:]) for piece in pieces)
    return _number(text, [piece for piece in pieces if piece[0] < piece[1]])


def _number(text: str, pieces: list[Piece]) -> list[Sentence]:
    datelines = [DATELINE.match(text, left, right) if role == "body" else None for left, right, _, role in pieces]
    body = [place for place, piece in enumerate(pieces) if piece[3] == "body"]
    labels = [place for place in body if COLON_LINE.match(text, pieces[place][0], pieces[place][1])]
    if labels and labels == body[:1]:
        datelines[labels[0]] = COLON_LINE.match(text, pieces[labels[0]][0], pieces[labels[0]][1])
    stories = number_stories(
        [(text[left:right], role, line is not None) for (left, right, _, role), line in zip(pieces, datelines)]
    )
    return [
        Sentence(index, left, right, text[left:right], number, role, story, left if line is None else line.end())
        for index, ((left, right, number, role), line, story) in enumerate(zip(pieces, datelines, stories))
    ]


def _cut_masthead(text: str, piece: Piece) -> tuple[Piece, ...]:
    """Cut the outlet's name off a title: where an outlet has its seat is not where the event was."""
    left, right, number, role = piece
    stop = left + find_masthead(text[left:right]) if role == "title" else right
    return (piece,) if stop == right else ((left, stop, number, "title"), (stop, right, number, "furniture"))


def _headline(text: str, paragraphs: list[tuple[int, int]], title: str) -> int:
    """Give the paragraph that is the title where an outlet, a date or a byline stands above it; -1 where none does."""
    wanted = " ".join(title.split())
    for number, (start, end) in enumerate(paragraphs[:6]):
        if wanted and " ".join(text[start:end].split()) == wanted:
            return number or -1
    return -1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _front(text: str, start: int, end: int, title: str) -> Iterator[tuple[int, int, Role]]:
    """Give the date line and the title that stand in front of the first sentence of a text without line breaks."""
    start = _trim(text, start, end)[0]
    line = DATE_FRONT.match(text, start, end)
    if line is not None and line.end() < end:
        yield start, line.end(), "furniture"
        start = line.end()
    title = title.strip()
    if title and text.startswith(title, start) and start + len(title) < end:
        stop = start + len(title)
        while stop < end and text[stop] in " .!?…":
            stop += 1
        yield start, stop, "title"
        # Some page readers repeat the title after bylines and share bars; the report begins after the last one.
        again = text.find(title, stop, min(end, stop + 400))
        if again >= 0:
            yield stop, again, "furniture"
            yield again, again + len(title), "title"
        return
    inside = DATE_INSIDE.search(text, start, min(end, start + 220)) if line is None else None
    if inside is not None and inside.start() > start and len(text[start : inside.start()].split()) <= 24:
        yield start, inside.start(), "title"
        yield inside.start(), inside.end(), "furniture"
        return
    if line is not None:
        first = next(_cut(text, start, end), None)
        # A sentence of more than 24 words after the date is the lead, not its title.
        if first is not None and first[1] < end and len(text[first[0] : first[1]].split()) <= 24:
            yield first[0], first[1], "title"


def _alone(line: str, number: int, total: int, fronted: bool) -> Role:
    """Tell title, block heading and body apart by the line as a whole."""
    words = line.split()
    if not words or total == 1:
        return "body"
    stopped = line.rstrip("\"”’'»)]")[-1:] in ".…؟۔:;,"
    filed = DATELINE.match(line) or (stopped and COLON_LINE.match(line))
    if number == 0 and not fronted and len(line) <= 200 and not filed:
        return "title" if not stopped or (len(words) <= 25 and line.count(". ") == 0) else "body"
    quoted = any(mark in line for mark in '"“”')
    if (
        number > 0
        and not stopped
        and len(words) <= 10
        and not line[0].islower()
        and not quoted
        and line[-1] not in "!?"
    ):
        return "heading"
    return "body"


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the spans of the sentences of one paragraph."""
    left = start
    for stop in STOP.finditer(text, start, end):
        if stop.start() < left:
            continue
        credit = CREDIT.match(text, stop.end(), end)
        if credit is not None:
            yield left, credit.end()
            left = _trim(text, credit.end(), end)[0]
        elif stop.end() < end and _ends(text, left, stop, end):
            yield left, stop.end()
            left = _trim(text, stop.end(), end)[0]
    if left < end:
        yield left, end


def _ends(text: str, left: int, stop: re.Match[str], end: int) -> bool:
    """Tell whether a stop inside a paragraph ends the sentence that began at `left`."""
    after = stop.end()
    following = text[after : after + 40]
    if not following[:1].isspace():
        return _glued(text, left, stop, following)
    following = following.lstrip()
    if not following or not _opens(following):
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    token = text[max(left, stop.start() - 24) : stop.start()].split()[-1:] or [""]
    word = token[0].lstrip("\"“‘'([—–-")
    plain = word.lower()
    upcoming = re.split(r"[\s,]", following.lstrip("\"“‘'(["), maxsplit=1)[0]
    if len(stop.group().rstrip("\"”’'»)]")) < len(stop.group()):
        return True  # the stop stands inside a quotation or bracket that closes here
    if plain in {"a.m", "p.m"}:
        return upcoming not in _words("after_clock") and not upcoming.isupper() and not upcoming[:1].isdigit()
    if plain in _words("endings") or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) or re.fullmatch(r"[A-Z]", word):
        return upcoming in _words("openers")
    if plain in _words("months"):
        return not upcoming[:1].isdigit()
    if plain == "no":
        return not upcoming[:1].isdigit()
    return plain not in _words("titles")


def _opens(following: str) -> bool:
    """Tell whether what follows can begin a sentence: not a lower-case letter, save an Arabic article before a name."""
    bare = following.lstrip("\"“‘'([«—–- ")
    if not bare:
        return False
    if bare[0].islower():
        return re.match(r"(?:al|el|ar|as|ash|an|at|ad|az)-[A-Z]", bare) is not None
    # "U.S. -led": a dash glued to a word carries the sentence on.
    return not (following[0] in "-–" and following[1:2].isalpha())


def _glued(text: str, left: int, stop: re.Match[str], following: str) -> bool:
    """Tell whether a stop without white space after it ends a sentence, as in "the issue.Two patrols"."""
    before = text[max(left, stop.start() - 20) : stop.start()]
    word = re.search(r"[^\W\d_]{2,}$", before)
    digits = re.search(r"(?:\s|^)\d+$", before)
    if word is None and digits is None:
        return False
    if word is not None and not word.group()[-1].islower():
        return False
    if re.search(r"[@/]|www$", before.split()[-1] if before.split() else ""):
        return False
    if word is not None and word.group().lower() in _words("titles") | _words("months") and len(word.group()) < 4:
        return False
    return re.match(r"[\"“‘]?(?:[A-Z][a-z]+[\s,’']|A\s|I\s|[A-Z]{2,6}\s)", following) is not None
