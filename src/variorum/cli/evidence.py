"""The table of evidence for two mentions being one event, for `why` and for the cards of `review`."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from variorum.pipeline import Explanation

BAR = 0.5  # log-odds that a block of the bar stands for
VALUE_WIDE = 26
LINE_WIDE = 110
NOTE_WIDE = 40  # on a card, so that a line stays on one line of most terminals


def evidence_lines(found: Explanation, heads: Sequence[str], *, most: int | None = None) -> Iterator[str]:
    """Give the lines of a sum of evidence, the largest first; with `most` the rest are one line."""
    from variorum.cli.table import fit, width
    from variorum.show.words import plain, short

    used = list(found.used if most is None else found.used[:most])
    size = max([8, *(width(reason.name) for reason in used)])
    one, other = (fit(head, VALUE_WIDE) for head in heads)
    yield click.style(f"  {fit('EVIDENCE', size)}  {one}  {other}  WEIGHT", bold=True)
    for reason in used:
        bar = ("█" if reason.weight > 0 else "░") * max(1, round(abs(reason.weight) / BAR))
        stated = bool(reason.left or reason.right)
        cells = [fit(plain(value) or ("–" if stated else ""), VALUE_WIDE) for value in (reason.left, reason.right)]
        note = reason.note if most is None else short(reason.note, NOTE_WIDE)
        tail = f"   {note}" if note else ""
        line = f"  {fit(reason.name, size)}  {cells[0]}  {cells[1]}  {reason.weight:+5.1f}  {bar}{tail}"
        if most is not None and sys.stdout.isatty():
            line = fit(line, shutil.get_terminal_size().columns).rstrip()
        yield line
    rest = found.used[len(used) :]
    blank = fit("", size + 2 + VALUE_WIDE)
    if rest:
        words = f"{len(rest)} smaller"
        yield f"  {fit(words, size)}  {fit('', VALUE_WIDE)}  {fit('', VALUE_WIDE)}  {sum(r.weight for r in rest):+5.1f}"
    yield f"  {blank}  {fit('total', VALUE_WIDE, right=True)}  {found.total:+5.1f}  = {found.score:.2f}"


def change_lines(found: Explanation) -> Iterator[str]:
    """Say what would change the answer, and what was not used."""
    yield from (f"  {change}" for change in found.changes)
    if found.not_used:
        words = f"Not used: {', '.join(found.not_used)}."
        yield from textwrap.wrap(words, LINE_WIDE, initial_indent="  ", subsequent_indent="    ")
