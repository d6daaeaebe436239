"""Which words a copy leaves out, adds and keeps, beside its original. No markup.

Invariant: the kept and left-out runs put together are the original, the kept and added ones the copy, to the last
character but for spaces. The work is bounded whatever the texts are: long ones are cut where both share a rare run of
words (patience diff, Cohen), and a stretch that is still too long is told as left out and added.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

What = Literal["same", "left out", "added"]
# A word with the space after it: a text is the sum of its words.
_WORD = re.compile(r"\s*\S+\s*|\s+")
CELLS = 25_000_000  # words times words of one stretch that are matched to the word: 5,000 by 5,000; 0.1 s, 3 MB
LONG = 5  # words that stand once in both texts and hold stretches apart
ALONE = 4  # times longer changes on both sides make kept words a part of the change


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of one or both texts."""

    what: What
    text: str
    start: int  # code points; of the original where it stands there, else of the copy


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts side by side."""

    runs: tuple[Run, ...]
    kept: int  # words
    left_out: int
    added: int
    whole: bool  # False: some stretch was too long to be matched word by word, and stands as left out and added


def compare_words(original: str, copy: str) -> Compared:
    """Give the runs of words that two texts share, and that only one has, in order.

    A word is the same with its signs and in its case; spaces and line breaks do not count.
    """
    ours, theirs = _WORD.findall(original), _WORD.findall(copy)
    mine, yours = [word.strip() for word in ours], [word.strip() for word in theirs]
    ours_at, theirs_at = _places(ours), _places(theirs)
    runs: list[Run] = []
    whole = True
    counts: Counter[str] = Counter()
    for tag, a, b, c, d in _matched(mine, yours):
        whole = whole and tag != "unmatched"
        if tag == "equal":
            # The words of the original; where the copy breaks lines otherwise, nothing is said of it.
            runs.append(Run("same", "".join(theirs[c:d]), ours_at[a]))
            counts["same"] += b - a
            continue
        if b > a:
            runs.append(Run("left out", "".join(ours[a:b]), ours_at[a]))
            counts["left out"] += b - a
        if d > c:
            runs.append(Run("added", "".join(theirs[c:d]), theirs_at[c]))
            counts["added"] += d - c
    return Compared(tuple(runs), counts["same"], counts["left out"], counts["added"], whole)


def _places(words: Sequence[str]) -> list[int]:
    found, place = [], 0
    for word in words:
        found.append(place)
        place += len(word)
    return [*found, place]


Op = tuple[str, int, int, int, int]


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> list[Op]:
    """Give what makes the one the other, in order: "equal", "replace", or "unmatched" where that was not looked for."""
    found: list[Op] = []
    a = c = 0
    for b, d in [*_anchors(ours, theirs), (len(ours), len(theirs))]:
        for op in _stretch(ours, theirs, (a, b, c, d)):
            if found and found[-1][0] == op[0]:
                tag, first, _, other, _ = found.pop()
                op = (tag, first, op[2], other, op[4])
            found.append(op)
        a, c = b, d
    return _smoothed(found)


def _stretch(ours: Sequence[str], theirs: Sequence[str], span: tuple[int, int, int, int]) -> Iterator[Op]:
    a, b, c, d = span
    if b - a == d - c and ours[a:b] == theirs[c:d]:
        if b > a:
            yield "equal", a, b, c, d
        return
    if (b - a) * (d - c) > CELLS:
        yield "unmatched", a, b, c, d
        return
    from rapidfuzz.distance import Indel  # 30 ms to import; the longest common words, 64 at a time (Hyyrö 2004)

    numbers = {word: number for number, word in enumerate({*ours[a:b], *theirs[c:d]})}  # compared exactly, not by hash
    one, other = ([numbers[word] for word in part] for part in (ours[a:b], theirs[c:d]))
    for op in Indel.opcodes(one, other):
        tag = "equal" if op.tag == "equal" else "replace"
        yield tag, a + op.src_start, a + op.src_end, c + op.dest_start, c + op.dest_end


def _smoothed(ops: Sequence[Op]) -> list[Op]:
    """Count a word or two kept between changes as changed: "the" in two rewritten sentences is no likeness."""
    found: list[Op] = []
    for place, op in enumerate(ops):
        tag, _, b, _, d = op
        around = [o for o in (*found[-1:], *ops[place + 1 : place + 2]) if o[0] == "replace"]
        size = sum(max(o[2] - o[1], o[4] - o[3]) for o in around)
        if tag == "equal" and len(around) == 2 and (b - op[1]) * ALONE < size:
            tag = "replace"
        if found and found[-1][0] == tag == "replace":
            found[-1] = (tag, found[-1][1], b, found[-1][3], d)
        else:
            found.append((tag, *op[1:]))
    return found


def _anchors(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Give places, in the order of both texts, where a run of LONG words begins that stands once in each (patience)."""
    if len(ours) * len(theirs) <= CELLS:
        return []
    mine, yours = _once(ours), _once(theirs)
    shared = sorted((mine[run], yours[run]) for run in mine.keys() & yours.keys())
    return _in_order(shared)


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    many: set[tuple[str, ...]] = set()
    for place in range(len(words) - LONG + 1):
        run = tuple(words[place : place + LONG])
        if run in found:
            many.add(run)
        found[run] = place
    return {run: place for run, place in found.items() if run not in many}


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the most pairs that rise on both sides: the longest increasing run (Fredman 1975)."""
    tops: list[int] = []  # the smallest right end of a run of each length
    ends: list[int] = []
    before: list[int] = []
    for number, (_, right) in enumerate(pairs):
        length = bisect_left(tops, right)
        before.append(ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(right)
            ends.append(number)
        else:
            tops[length], ends[length] = right, number
    found = []
    number = ends[-1] if ends else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
