"""Cuts examples into windows of word pieces and turns what they teach into label arrays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from training.reader.model import LINKS, SEQUENCES, WORDS
from training.reader.sets import Example
from variorum.extract.pieces import LOWER, Pieces, cut
from variorum.extract.wordpieces import WordPieces

IGNORE = -100
DATES = re.compile(
    r"(?:to|yester)?days?\b|tomorrow|tonight|morning|afternoon|evening|night|noon|mid|weeks?\b|months?\b|years?\b|decades?"
    r"|centur|ago\b|last\b|next\b|this\b|past\b|early\b|late\b|quarter|season|summer|winter|spring|autumn|fall\b|weekend"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|dozen|dollars?|pounds?|euros?|cents?|million|billion|trillion",
    re.I,
)


@dataclass
class Window:
    """A window ready for training: piece ids, letter cases and, by head, the label of each piece that starts a word."""

    ids: np.ndarray
    cases: np.ndarray
    labels: dict[str, np.ndarray]
    links: list[tuple[int, int, int]]  # role, from piece, to piece (0: nothing)


def windows(vocabulary: WordPieces, example: Example, size: int, draw: random.Random) -> Iterator[Window]:
    """Give the windows of one example; those that teach nothing are left out."""
    text = _recase(example, draw)
    for piece in cut(vocabulary, text, _sentences(text), size):
        window = _teach(example, piece)
        if window is not None:
            yield window


def _recase(example: Example, draw: random.Random) -> str:
    """Write one in twelve texts in capitals or small letters: headlines, and texts without case."""
    text = example.text
    chance = draw.random()
    changed = text.upper() if chance < 0.03 else text.lower() if chance < 0.08 else text
    return changed if len(changed) == len(text) else text


def _sentences(text: str) -> list[tuple[int, int]]:
    ends = [m.end() for m in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"a-z])|\n+", text)]
    starts = [0, *ends]
    return [(a, b) for a, b in zip(starts, [*ends, len(text)], strict=True) if b > a]


def _may_be_name(text: str, piece: Pieces, at: int) -> bool:
    """Tell whether an unmarked word of a partly marked text may be a name of a sort that the set does not mark."""
    return piece.cases[at] != LOWER or DATES.match(text, piece.offsets[at][0]) is not None


def _teach(example: Example, piece: Pieces) -> Window | None:
    starts = {start: at for at, (start, _) in enumerate(piece.offsets) if piece.first[at]}
    low, high = piece.offsets[1][0], piece.offsets[-2][1]
    taught = np.zeros(len(piece.ids), bool)
    for at, (start, _) in enumerate(piece.offsets):
        inside = not example.only or any(a <= start < b for a, b in example.only)
        taught[at] = piece.first[at] and inside
    if not taught.any():
        return None
    labels = {}
    for head, rows in example.spans.items():
        row = np.where(taught, 0, IGNORE)
        names = SEQUENCES[head]
        for start, end, label in rows:
            inside = [at for at, (a, b) in enumerate(piece.offsets) if piece.first[at] and start <= a < end]
            for number, at in enumerate(inside):
                if taught[at]:
                    begin = number == 0 and piece.offsets[at][0] == start
                    row[at] = 1 + 2 * names.index(label) + (0 if begin else 1)
        if head == "names" and example.partly:
            row[[at for at in np.flatnonzero(row == 0) if _may_be_name(example.text, piece, int(at))]] = IGNORE
        labels[head] = row
    for head, rows in example.words.items():
        row = np.full(len(piece.ids), IGNORE)
        for start, _, label in rows:
            if start in starts and taught[starts[start]]:
                row[starts[start]] = WORDS[head].index(label)
        labels[head] = row
    links = []
    for role, pairs in example.links.items():
        for source, target in pairs:
            if source in starts and (target is None or low <= target < high):
                to = 0 if target is None else starts.get(target)
                if to is not None:
                    links.append((LINKS.index(role), starts[source], to))
    return Window(np.array(piece.ids), np.array(piece.cases), labels, links)


def batches(rows: Sequence[Window], pieces: int, draw: random.Random) -> list[list[Window]]:
    """Put windows of like length together, about `pieces` to a batch, the batches in random order."""
    order = sorted(rows, key=lambda row: len(row.ids) + draw.randrange(24))
    found: list[list[Window]] = []
    now: list[Window] = []
    for row in order:
        if now and max(len(one.ids) for one in [*now, row]) * (len(now) + 1) > pieces:
            found.append(now)
            now = []
        now.append(row)
    found.append(now)
    draw.shuffle(found)
    return found
