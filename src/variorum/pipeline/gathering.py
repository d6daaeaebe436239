"""Files into the ledger: what is new is read, what was read before and did not change is passed by.

Invariant: a batch is written whole or not at all, an input is remembered only together with all that it yielded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence

from variorum.gather.files import STDIN, Input, read_inputs
from variorum.ledger import InputSeen, Ledger
from variorum.model import Article, Capture, Problem
from variorum.pipeline.report import Report

# Articles a transaction: small enough that a kill loses under a second of work, large enough that SQLite's sync is not
# felt.
BATCH = 64
OF_A_READING = frozenset({"reader-failed", "llm-held-back", "held-back"})  # codes whose place is an article, not a file

Progress = Callable[[str, int, int], None]  # told of each step: its name, how much is done, and of how much


def tell_nobody(stage: str, done: int, total: int) -> None:
    """Pass progress over."""


def gather(
    inputs: Sequence[Input], ledger: Ledger, report: Report, *, now: str, tell: Progress, keep_raw: bool = True
) -> None:
    """Read the inputs that are new or changed, and write their articles, how they came here, and problems.

    Without `keep_raw` the raw bytes are not stored, only their hash.
    """
    seen = ledger.seen()
    known = list(ledger.problems())
    batch = Batch(ledger, report, keep_raw)
    skipped: list[tuple[str, InputSeen]] = []
    report.files = len(inputs)
    for position, one in enumerate(inputs):
        tell("Reading", position, len(inputs))
        before = seen.get(_key(one))
        stamp = _stamp(one)
        if before is not None and stamp == (before.size, before.mtime_ns):
            skipped.append((one.name, before))
            continue
        if before is not None:
            batch.cleared += sorted({row.where for row in known if _file_of(row) == one.name})
        ids: list[str] = []
        for found in read_inputs(one, now=now, keep=batch.keep):
            if isinstance(found, Problem):
                batch.problems.append(found)
                report.problems.append(found)
                continue
            ids.append(found.id)
            batch.articles.append(found)
            batch.write_when_full()
        if stamp is not None:
            batch.seen.append(InputSeen(_key(one), stamp[0], stamp[1], "", tuple(ids)))
        if len(batch.articles) + len(batch.seen) >= 2 * BATCH:
            batch.write()
    batch.write()
    report.files_skipped = len(skipped)
    report.problems += _problems_of(skipped, known, ledger)


class Batch:
    """What waits to be written in one transaction."""

    def __init__(self, ledger: Ledger, report: Report, keep_raw: bool) -> None:
        self.ledger, self.report, self.keep_raw = ledger, report, keep_raw
        self.captures: list[tuple[Capture, bytes | None]] = []
        self.articles: list[Article] = []
        self.seen: list[InputSeen] = []
        self.problems: list[Problem] = []
        self.cleared: list[str] = []

    def keep(self, capture: Capture, data: bytes) -> None:
        """Take in how an article came here."""
        self.captures.append((capture, data if self.keep_raw else None))

    def write_when_full(self) -> None:
        """Write it where as many articles wait as one transaction takes."""
        if len(self.articles) >= BATCH:
            self.write()

    def write(self) -> None:
        """Write it all, or nothing."""
        if not (self.articles or self.seen or self.problems or self.cleared):
            return
        with self.ledger.writing():
            new = sum(self.ledger.clear_problems(where) for where in self.cleared)
            added = self.ledger.add_articles(self.articles)
            # An article of the next batch may have been told of already.
            there = {article.id for article in self.articles}
            self.ledger.add_captures(row for row in self.captures if row[0].article_id in there)
            self.captures = [row for row in self.captures if row[0].article_id not in there]
            new += self.ledger.add_problems(self.problems)
            self.ledger.add_seen(self.seen)
        self.report.articles_new += added
        self.report.changed = self.report.changed or added + new + len(self.seen) > 0
        for rows in (self.articles, self.seen, self.problems, self.cleared):
            rows.clear()


def _problems_of(skipped: Sequence[tuple[str, InputSeen]], known: Sequence[Problem], ledger: Ledger) -> list[Problem]:
    """Give the problems that inputs passed by had when they were read.

    They are still not in the ledger, so a run that was interrupted and finished later ends as one that was not.
    """
    if not known:
        return []
    names: Collection[str] = {name for name, _ in skipped}
    found = [row for row in known if _file_of(row) in names]
    failed = [row for row in known if row.code in OF_A_READING]
    if failed:
        ids = {id for _, one in skipped for id in one.article_ids}
        urls = {article.url for article in ledger.articles() if article.id in ids}
        found += [row for row in failed if row.where in urls]
    return found


def _file_of(row: Problem) -> str:
    return row.where.rsplit(", line ", 1)[0]


def _key(one: Input) -> str:
    return os.path.realpath(one.path) if one.path != STDIN else "-"


def _stamp(one: Input) -> tuple[int, int] | None:
    """Give size and time of change; None where there are none, and then the input is read each time."""
    if one.path == STDIN:
        return None
    try:
        status = one.path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
