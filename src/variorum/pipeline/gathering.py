"""Files into the ledger: what is new is read, what was read before and did not change is passed by.

Invariant: a batch is written whole or not at all, and how far an input was read is remembered only together with all
that it yielded; so a run that was stopped goes on where it was. Memory does not grow with the articles of an input.

Problem code: page-failed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any

from variorum.errors import UnreadableError
from variorum.gather.files import STDIN, Input, find_pieces, is_long, kind_of
from variorum.gather.piece import Cut, Outcome, Passed, Piece
from variorum.gather.taking import read_pieces
from variorum.ledger import InputSeen, Ledger
from variorum.model import Article, Capture, Problem
from variorum.pipeline.counted import Counts, file_of, is_counted
from variorum.pipeline.engine import Engine
from variorum.pipeline.lostbytes import keep_lost
from variorum.pipeline.reached import Place, find_place, goes_on, key_of, seen_rows
from variorum.pipeline.report import Report
from variorum.pipeline.streaming import Lost, work_through

# Articles a transaction: small enough that a kill loses under a second of work, large enough that SQLite's sync is not
# felt.
BATCH = 64
CUTS = 512  # pieces without an article after which it is written how far an input was read
SHARE = 8  # pieces given to a process at a time: a tenth to half a second of work
ASKED = 500  # inputs looked up in the ledger at a time
MANY_IDS = 1_000  # articles of one input whose ids are remembered; an archive has millions
OF_A_READING = frozenset({"reader-failed", "llm-held-back", "held-back"})  # codes whose place is an article, not a file

# Codes of a row that says where an input ended: it goes when the input is gone on with.
ENDED = frozenset({"cut-off", "remote-failed"})

# Told of each step: its name, how much is done, and of how much; bytes of "Reading", else reports or feeds' articles.
Progress = Callable[[str, int, int], None]
UNKNOWN = 0  # in place of a total that nobody can know beforehand


def tell_nobody(stage: str, done: int, total: int) -> None:
    """Pass progress over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Stands in front of the pieces of an input."""

    number: int  # among the inputs
    place: Place
    new: bool = False  # never seen before: rows under its name are those of another input


@dataclass(frozen=True, slots=True)
class Closed:
    """Stands behind the pieces of an input."""


@dataclass(frozen=True, slots=True)
class By:
    """Stands for an input that is passed by."""

    number: int


Step = Cut | Opened | Closed | By


def gather(
    inputs: Sequence[Input],
    ledger: Ledger,
    report: Report,
    *,
    now: str,
    tell: Progress,
    keep_raw: bool = True,
    engine: Engine | None = None,
) -> None:
    """Read the inputs that are new or changed, and write their articles, how they came here, and problems.

    Without `keep_raw` the raw bytes are not stored, only their hash. Pages are shared out to the processes of `engine`;
    None reads them in this one.
    """
    report.files = len(inputs)
    report.remote += [one.name for one in inputs if one.address]
    taking = Taking(inputs, Batch(ledger, report, keep_raw), tell)
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


def _work(engine: Engine | None, steps: Iterator[Step]) -> Iterator[tuple[Step, Any]]:
    if engine is None:
        yield from ((step, read_pieces((step,))[0]) for step in steps)
        return
    yield from work_through(engine, read_pieces, steps, batch=SHARE)


def _steps(inputs: Sequence[Input], ledger: Ledger, now: str) -> Iterator[Step]:
    """Yield what is to be done, input by input: opened, its pieces, closed; or passed by."""
    numbered = iter(enumerate(inputs))
    while some := list(islice(numbered, ASKED)):
        seen = ledger.find_seen(key for _, one in some for key in (key_of(one), goes_on(one)))
        for number, one in some:
            try:
                place = find_place(one, seen.get(key_of(one)), seen.get(goes_on(one)))
            except UnreadableError as error:
                yield Opened(number, Place(None))
                yield Passed(0, Problem(one.name, error.code, error.cause, error.remedy, now))
                yield Closed()
                continue
            if place.unchanged:
                yield By(number)
                continue
            key = key_of(one)
            yield Opened(number, place, key != one.name and not {key, goes_on(one)} & seen.keys())
            yield from find_pieces(one, now=now, start=place.start)
            yield Closed()


class Taking:
    """Goes through the outcomes, input by input, and has them written."""

    def __init__(self, inputs: Sequence[Input], batch: Batch, tell: Progress) -> None:
        self.inputs, self.batch, self.tell = inputs, batch, tell
        self.ledger, self.report = batch.ledger, batch.report
        names = {one.name for one in inputs}
        # Of all problems in the ledger those of the files given: they are in the report, or cleared.
        self.known = [row for row in self.ledger.problems() if file_of(row) in names and row.code not in OF_A_READING]
        self.skipped: list[int] = []
        self.told: dict[str, list[Problem]] = {}  # name of an input -> counted rows
        self.before = [0, *accumulate(map(_size, inputs))]  # bytes in front of each input
        self.measured = all(is_measured(one) for one in inputs)

    def open(self, step: Opened) -> None:
        """Begin with an input."""
        self.one, self.place = self.inputs[step.number], step.place
        self.opened = step.number
        mine = [row for row in self.known if file_of(row) == self.one.name]
        again = step.place.start > 0
        # What is gone on with keeps its rows, but for the one that says where it ended. What is new has none: those
        # under its name are of an input of the same name in another folder, and what that one lost stays told.
        stay = [row for row in mine if step.new or (again and row.code not in ENDED)]
        told = self.told.get(self.one.name, [])  # in this run, of another of its name: it is counted on
        self.counts = Counts(self.one.name, told or stay)
        self.batch.cleared += sorted({row.where for row in mine if row not in stay})
        self.report.problems = [row for row in self.report.problems if row not in told]
        if not (step.new or told):
            self.report.problems += [row for row in stay if not is_counted(row)]
        self.ids: list[str] = []
        self.count, self.reached, self.cuts, self.ended = 0, step.place.start, 0, ""
        self._tell()

    def pass_by(self, step: By) -> None:
        """Leave an input that was read before and did not change."""
        self.skipped.append(step.number)
        self.report.files_skipped += 1

    def take(self, piece: Cut, found: Outcome | Lost) -> None:
        """Take in what a piece gave."""
        if isinstance(found, Lost):
            found = (keep_lost(self.ledger.name, piece, found.cause),) if isinstance(piece, Piece) else ()
        for row in found:
            if isinstance(row, Problem):
                self._note(row)
            elif isinstance(piece, Piece):
                self.count += 1
                if self.count <= MANY_IDS:
                    self.ids.append(row.article.id)
                self.batch.keep(row.capture, piece.data)
                self.batch.articles.append(row.article)
        self.reached = max(self.reached, piece.end)
        self.cuts += 1
        if len(self.batch.articles) >= BATCH or self.cuts >= CUTS:
            self._remember(finished=False)
            self.batch.write()
            self._tell()

    def _tell(self) -> None:
        # What is packed as a whole is read as what it unpacks to, and nobody knows how long a stream will be.
        self.tell("Reading", self.before[self.opened] + self.reached, self.before[-1] if self.measured else UNKNOWN)

    def close(self) -> None:
        """End with an input."""
        self._remember(finished=self.ended != "remote-failed")
        self.told[self.one.name] = self.counts.told()
        self.report.problems += self.told[self.one.name]
        if len(self.batch.articles) + len(self.batch.seen) >= 2 * BATCH:
            self.batch.write()

    def _note(self, row: Problem) -> None:
        if row.code in ENDED:
            self.ended = row.code
        if not self.counts.add(row):
            self.batch.problems.append(row)
            self.report.problems.append(row)

    def _remember(self, *, finished: bool) -> None:
        """Have it written how far the input was read, and what was counted in it."""
        self.cuts = 0
        long = is_long(self.one) and (kind_of(self.one) == "warc" or self.count > MANY_IDS or self.place.start > 0)
        ids = () if long else tuple(self.ids)
        if long or finished:
            reached = self.reached if long else 0
            self.batch.seen += seen_rows(self.one, self.place, reached, ids, finished=finished)
        if self.counts.changed:
            self.batch.cleared.append(self.counts.where)
            self.batch.problems = [row for row in self.batch.problems if row.where != self.counts.where]
            self.batch.problems += self.counts.told()

    def problems_of_skipped(self) -> list[Problem]:
        """Give the problems that inputs passed by had when they were read.

        They are still not in the ledger, so a run that was interrupted and finished later ends as one that was not.
        """
        skipped = [self.inputs[number] for number in self.skipped]
        names = {one.name for one in skipped}
        found = [row for row in self.known if file_of(row) in names]
        failed = [row for row in self.ledger.problems() if row.code in OF_A_READING] if skipped else []
        if not failed:
            return found
        of = {id: row.where for row in failed for id in (row.where, *self.ledger.printings(row.where))}
        wheres: set[str] = set()
        for start in range(0, len(skipped), ASKED):
            for one in self.ledger.find_seen(map(key_of, skipped[start : start + ASKED])).values():
                wheres |= {of[id] for id in one.article_ids if id in of}
        # Which articles an archive gave is not remembered: of its kind all are told.
        every = any(kind_of(one) == "warc" for one in skipped)
        return found + [row for row in failed if every or row.where in wheres]


def is_measured(one: Input) -> bool:
    """Tell whether the bytes that are read of an input are those that it has."""
    return not one.address and one.path != STDIN and (one.path.suffix.lower() != ".gz" or kind_of(one) == "warc")


def _size(one: Input) -> int:
    """Give the bytes of an input; 0 where they are not known before it was read."""
    try:
        return 0 if one.address or one.path == STDIN else one.path.stat().st_size
    except OSError:
        return 0


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
