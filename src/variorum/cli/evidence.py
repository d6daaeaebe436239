"""The table of evidence for two mentions being one event, for `why` and for the cards of `review`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from variorum.show import evidencelines
from variorum.show.evidencelines import change_lines

if TYPE_CHECKING:
    from variorum.pipeline import Explanation


def evidence_lines(found: Explanation, heads: Sequence[str], *, most: int | None = None) -> Iterator[str]:
    """Give the lines of a sum of evidence, the largest first; with `most` the rest are one line."""
    wide = shutil.get_terminal_size().columns if most is not None and sys.stdout.isatty() else None
    heading, *lines = evidencelines.evidence_lines(found, heads, most=most, wide=wide)
    yield click.style(heading, bold=True)
    yield from lines


__all__ = ["change_lines", "evidence_lines"]
