"""Problems of an archive's pages, counted: one row for each code, with how many and an example. No ledger in here.

Of millions of pages a fifth are front pages, errors and walls, and a row for each would hide what matters. What may
lose an article keeps a row of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from variorum.model import Problem

# Code -> what is said of so many pages.
WORDS = {
    "not-article": "of its pages: no article but a front page, a list, an error or a notice",
    "login-wall": "of its pages: only what stands before a log-in or a subscription",
    "no-text": "of its pages: no text of an article",
    "empty": "of its pages: empty",
    "unsupported": "of its pages: a document that is not read",
}
# The address of a page may have blanks in it.
INSIDE = re.compile(r", (?:line \d+|byte \d+|page (?:\S*|[a-z][a-z0-9+.-]{0,20}:.*)|pages)$", re.I | re.S)
SAID = re.compile(r"(?P<count>[\d,]+) .*?, such as (?P<example>.*)", re.S)


def file_of(row: Problem) -> str:
    """Give the name of the input that a problem is of."""
    return INSIDE.sub("", row.where)


def is_counted(row: Problem) -> bool:
    """Tell whether a row stands for many pages."""
    return row.where.endswith(", pages") and row.code in WORDS


@dataclass
class Counts:
    """The counted rows of one archive."""

    name: str
    before: Iterable[Problem] = ()  # rows of the stretch that was read before
    rows: dict[str, Problem] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    changed: bool = False  # since it was asked last

    def __post_init__(self) -> None:
        for row in filter(is_counted, self.before):
            if said := SAID.fullmatch(row.cause):
                self.rows[row.code], self.counts[row.code] = row, int(said["count"].replace(",", ""))

    @property
    def where(self) -> str:
        """Their place in the problem list."""
        return f"{self.name}, pages"

    def add(self, row: Problem) -> bool:
        """Count a problem; False for one that has a row of its own."""
        if row.code not in WORDS or ", page " not in row.where:
            return False
        self.changed = True
        self.counts[row.code] = count = self.counts.get(row.code, 0) + 1
        before = self.rows.get(row.code)
        said = SAID.fullmatch(before.cause) if before is not None else None
        example = said["example"] if said else f"{row.where.removeprefix(f'{self.name}, page ')} ({row.cause})"
        cause = f"{count:,} {WORDS[row.code]}, such as {example}"
        self.rows[row.code] = replace(before or row, where=self.where, cause=cause)
        return True

    def told(self) -> list[Problem]:
        """Give the rows as they stand, sorted by code."""
        self.changed = False
        return [self.rows[code] for code in sorted(self.rows)]
