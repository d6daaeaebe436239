"""Files into the ledger: what is new is read, what was read before and did not change is passed by.

Invariant: a batch is written whole or not at all, and how far an input was read is remembered only together with all
that it yielded; so a run that was stopped goes on where it was. Memory does not grow with the articles of an input.

Problem code: page-failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from variorum.gather.files import Input, find_pieces, is_long
from variorum.gather.piece import Cut, Outcome, Passed, Piece
from variorum.gather.taking import read_pieces
from variorum.ledger import InputSeen, Ledger
from variorum.model import Article, Capture, Problem
from variorum.pipeline.counted import Counts, file_of, is_counted
from variorum.pipeline.lostbytes import keep_lost
from variorum.pipeline.reached import Place, find_place, goes_on, key_of, seen_rows
from variorum.pipeline.report import Report

# Articles a transaction: small enough that a kill loses under a second of work, large enough that SQLite's sync is not
# felt.
BATCH = 64
CUTS = 512  # pieces without an article after which it is written how far an input was read
SHARE = 8  # pieces given to a process at a time: a tenth to half a second of work
ASKED = 500  # inputs looked up in the ledger at a time
MANY_IDS = 1_000  # articles of one input whose ids are remembered; an archive has millions
OF_A_READING = frozenset({"reader-failed", "llm-held-back", "held-back"})  # codes whose place is an article, not a file

Progress = Callable[[str, int, int], None]  # told of each step: its name, how much is done, and of how much


def tell_nobody(stage: str, done: int, total: int) -> None:
    """Pass progress over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Stands in front of the pieces of an input."""

    number: int  # among the inputs
    place: Place
    before: InputSeen | None


@dataclass(frozen=True, slots=True)
class Closed:
    """Stands behind the pieces of an input."""


@dataclass(frozen=True, slots=True)
class By:
    """Stands for an input that is passed by."""

    number: int
    before: InputSeen


Step = Cut | Opened | Closed | By


def gather(
    inputs: Sequence[Input],
    ledger: Ledger,
    report: Report,
    *,
    now: str,
    tell: Progress,
    keep_raw: bool = True,
    engine: Any = None,
) -> None:
    """Read the inputs that are new or changed, and write their articles, how they came here, and problems.

    Without `keep_raw` the raw bytes are not stored, only their hash. Pages are shared out to the processes of `engine`;
    None reads them in this one.
    """
    report.files = len(inputs)
    report.remote += [one.name for one in inputs if one.address]
    taking = Taking(inputs, ledger, report, Batch(ledger, report, keep_raw), tell)
    for step, found in _work(engine, _steps(inputs, ledger, now)):
        if isinstance(step, Opened):
            taking.open(step)
        elif isinstance(step, By):
            taking.pass_by(step)
        elif isinstance(step, Closed):
            taking.close()
        else:
            taking.take(step, found)
    taking.batch.write()
    report.problems += taking.problems_of_skipped()


def _work(engine: Any, steps: Iterator[Step]) -> Iterator[tuple[Step, Any]]:
    if engine is None:
        yield from ((step, read_pieces((step,))[0]) for step in steps)
        return
    from variorum.pipeline.streaming import work_through

    yield from work_through(engine, read_pieces, steps, batch=SHARE)


def _steps(inputs: Sequence[Input], ledger: Ledger, now: str) -> Iterator[Step]:
    """Yield what is to be done, input by input: opened, its pieces, closed; or passed by."""
    numbered = iter(enumerate(inputs))
    while some := list(islice(numbered, ASKED)):
        seen = ledger.find_seen(key for _, one in some for key in (key_of(one), goes_on(one)))
        for number, one in some:
            before = seen.get(key_of(one))
            try:
                place = find_place(one, before, seen.get(goes_on(one)))
            except UnreadableError as error:
                place = Place(None)
                yield Opened(number, place, before)
                yield Passed(0, Problem(one.name, error.code, error.cause, error.remedy, now))
                yield Closed()
                continue
            if before is not None and place.unchanged:
                yield By(number, before)
                continue
            yield Opened(number, place, before)
            yield from find_pieces(one, now=now, start=place.start)
            yield Closed()


class Taking:
    """Goes through the outcomes, input by input, and has them written."""

    def __init__(
        self, inputs: Sequence[Input], ledger: Ledger, report: Report, batch: Batch, tell: Progress
    ) -> None:
        self.inputs, self.ledger, self.report, self.batch, self.tell = inputs, ledger, report, batch, tell
        names = {one.name for one in inputs}
        # Of all problems in the ledger those of the files given: they are in the report, or cleared.
        self.known = [row for row in ledger.problems() if file_of(row) in names and row.code not in OF_A_READING]
        self.skipped: list[int] = []
        self.long_skipped = False
        self.one: Input | None = None

    def open(self, step: Opened) -> None:
        """Begin with an input."""
        self.one, self.place = self.inputs[step.number], step.place
        self.tell("Reading", step.number, len(self.inputs))
        mine = [row for row in self.known if file_of(row) == self.one.name]
        again = step.place.start > 0
        self.counts = Counts(self.one.name, mine if again else ())
        if step.before is not None or mine:
            # What is gone on with keeps its rows, but for the one that says where it ended.
            self.batch.cleared += sorted({row.where for row in mine if not again or row.code in ENDED})
        if again:
            self.report.problems += [row for row in mine if row.code not in ENDED and not is_counted(row)]
        self.ids: list[str] = []
        self.count, self.reached, self.cuts = 0, step.place.start, 0

    def pass_by(self, step: By) -> None:
        """Leave an input that was read before and did not change."""
        self.skipped.append(step.number)
        self.report.files_skipped += 1

    def take(self, piece: Cut, found: Any) -> None:
        """Take in what a piece gave."""
        assert self.one is not None
        if isinstance(piece, Piece) and not isinstance(found, tuple | list):
            found = (keep_lost(self.ledger.name, piece, found.cause),)
        for row in found:
            if isinstance(row, Problem):
                self._problem(row)
                continue
            self.count += 1
            if self.count <= MANY_IDS:
                self.ids.append(row.article.id)
            if isinstance(piece, Piece):
                self.batch.keep(row.capture, piece.data)
            self.batch.articles.append(row.article)
        self.reached = piece.end
        self.cuts += 1
        if len(self.batch.articles) >= BATCH or self.cuts >= CUTS:
            self._write()
