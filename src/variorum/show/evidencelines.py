"""The lines of evidence for two mentions being one event, as a table in text. No colour and no printing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Protocol

from variorum.show.textcells import fit, width
from variorum.show.words import plain, short

BAR = 0.5  # log-odds that a block of the bar stands for
VALUE_WIDE = 26
LINE_WIDE = 110
NOTE_WIDE = 40  # on a card, so that a line stays on one line of most terminals


class Reason(Protocol):
    """One thing that was compared, with its weight in log-odds."""

    @property
    def name(self) -> str:
        """What it is."""
        ...

    @property
    def left(self) -> str:
        """What the first report says of it."""
        ...

    @property
    def right(self) -> str:
        """What the second says."""
        ...

    @property
    def weight(self) -> float:
        """How much it speaks for one event."""
        ...

    @property
    def note(self) -> str:
        """How the two compare, in words."""
        ...


class Evidence(Protocol):
    """A sum of evidence, laid out for people."""

    @property
    def total(self) -> float:
        """The sum of the weights."""
        ...

    @property
    def score(self) -> float:
        """The same as a score, 0..1."""
        ...

    @property
    def used(self) -> Sequence[Reason]:
        """What has a weight, strongest first."""
        ...

    @property
    def not_used(self) -> Sequence[str]:
        """What could not be compared, in words."""
        ...

    @property
    def changes(self) -> Sequence[str]:
        """What would change the answer, in words."""
        ...


def evidence_lines(
    found: Evidence, heads: Sequence[str], *, most: int | None = None, wide: int | None = None
) -> Iterator[str]:
    """Give the heading and the lines of a sum, the largest first; with `most` the rest are one line.

    `wide` cuts a line to so many columns.
    """
    used = list(found.used if most is None else found.used[:most])
    size = max([8, *(width(reason.name) for reason in used)])
    one, other = (fit(head, VALUE_WIDE) for head in heads)
    yield f"  {fit('EVIDENCE', size)}  {one}  {other}  WEIGHT"
    for reason in used:
        bar = ("█" if reason.weight > 0 else "░") * max(1, round(abs(reason.weight) / BAR))
        stated = bool(reason.left or reason.right)
        cells = [fit(plain(value) or ("–" if stated else ""), VALUE_WIDE) for value in (reason.left, reason.right)]
        note = reason.note if most is None else short(reason.note, NOTE_WIDE)
        tail = f"   {note}" if note else ""
        line = f"  {fit(reason.name, size)}  {cells[0]}  {cells[1]}  {reason.weight:+5.1f}  {bar}{tail}"
        yield line if wide is None else fit(line, wide).rstrip()
    rest = found.used[len(used) :]
    blank = fit("", size + 2 + VALUE_WIDE)
    if rest:
        words = f"{len(rest)} smaller"
        yield f"  {fit(words, size)}  {fit('', VALUE_WIDE)}  {fit('', VALUE_WIDE)}  {sum(r.weight for r in rest):+5.1f}"
    yield f"  {blank}  {fit('total', VALUE_WIDE, right=True)}  {found.total:+5.1f}  = {found.score:.2f}"


def change_lines(found: Evidence) -> Iterator[str]:
    """Say what would change the answer, and what was not used."""
    yield from (f"  {change}" for change in found.changes)
    if found.not_used:
        words = f"Not used: {', '.join(found.not_used)}."
        yield from textwrap.wrap(words, LINE_WIDE, initial_indent="  ", subsequent_indent="    ")
