"""The ledger itself: opens one, keeps one writer at a time, and hands every query to the module that knows it.

Invariant: what a method reported as written survives the death of the program; a failed transaction leaves no trace.
A ledger can be used from several threads; each thread has its own transaction.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from variorum.errors import LedgerError, LedgerWriteError, UsageError
from variorum.ledger import check, decisions, derived, dialects, dump, lookups, migrations, readings
from variorum.ledger import structure as between
from variorum.ledger.records import Decision, EventVersion, InputSeen, LogEntry, Rewritten, Run, SqlResult
from variorum.model import (
    Article,
    Claim,
    Copy,
    Event,
    Extraction,
    HeldBack,
    Judgement,
    Mention,
    Named,
    Problem,
    Reading,
    Redirect,
    Ruling,
    Structure,
)


class Ledger:
    """One ledger: what was read, what was decided, and what follows."""

    def __init__(self, engine: sa.Engine, name: str, *, readonly: bool) -> None:
        self.name = name
        self.readonly = readonly
        self._engine = engine
        self._local = threading.local()

    @classmethod
    def open(cls, place: str | Path, *, readonly: bool = False, create: bool = False) -> Ledger:
        """Open the ledger in a file or at a PostgreSQL URL; an older one is migrated first.

        Raises UsageError when there is none and `create` is off, LedgerNewerError for one of a later program,
        LedgerWriteError for something that is not a ledger, LedgerBusyError when another program holds it.
        """
        name = dialects.show_place(place)
        if not dialects.is_url(os.fspath(place)):
            dialects.check_file(Path(place), name, create=create and not readonly)
        ledger = cls(dialects.make_engine(place, readonly=readonly, create=create), name, readonly=readonly)
        try:
            ledger._prepare(create=create and not readonly)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self, *, create: bool) -> None:
        with self._reading() as connection:
            version = migrations.stored_version(connection, self.name)
        if version == 0 and not create:
            raise UsageError(
                f"{self.name} is empty: no ledger is there", f"write one: variorum run FOLDER -o {self.name}"
            )
        if not migrations.check_version(version, self.name):
            return
        if self.readonly:
            raise LedgerError(
                f"{self.name} has the layout of an older version ({version})",
                "open it for writing once, and it is brought up to date: variorum check",
            )
        with self.writing(), self._writer() as connection:
            migrations.migrate(connection, migrations.stored_version(connection, self.name), self.name)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------ transactions

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock and write everything inside, or nothing. A block inside a block joins it.

        Raises LedgerBusyError when another program goes on writing, LedgerWriteError when the ledger cannot be written.
        """
        if getattr(self._local, "writer", None) is not None:
            yield
            return
        if self.readonly:
            raise LedgerWriteError(f"{self.name} was opened for reading only", "open it for writing")
        with dialects.translated(self.name), self._engine.connect() as plain:
            connection = plain.execution_options(**{dialects.WRITES: True})
            with connection.begin():
                dialects.take_writer_lock(connection)
                self._local.writer = connection
                try:
                    yield
                finally:
                    self._local.writer = None

    @contextmanager
    def _writer(self) -> Iterator[sa.Connection]:
        with self.writing(), dialects.translated(self.name):
            yield self._local.writer

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        writer = getattr(self._local, "writer", None)
        if writer is not None:
            with dialects.translated(self.name):
                yield writer
            return
        with dialects.translated(self.name), self._engine.connect() as connection:
            yield dialects.read_snapshot(connection)

    # ------------------------------------------------------------ what was read

    def add_article(self, article: Article) -> bool:
        """Write an article and number it; gives False when it is there already."""
        return self.add_articles([article]) == 1

    def add_articles(self, articles: Iterable[Article]) -> int:
        """Write articles, numbered in the order given; gives how many are new."""
        with self._writer() as connection:
            return readings.add_articles(connection, articles)

    def add_extraction(self, extraction: Extraction) -> bool:
        """Write one reading and what it found; gives False when the ledger has it already.

        Raises QuoteMismatchError when a quote is not at its span.
        """
        with self._writer() as connection:
            return readings.add_extraction(connection, extraction)

    def supersede(self, reading_id: str) -> bool:
        """Mark a reading as superseded: what only it found is no longer live."""
        with self._writer() as connection:
            return readings.supersede(connection, reading_id)

    def add_seen(self, seen: Iterable[InputSeen]) -> None:
        """Remember inputs that were read."""
        with self._writer() as connection:
            readings.add_seen(connection, seen)

    def seen(self) -> dict[str, InputSeen]:
        """Give the inputs that were read before, by path."""
        with self._reading() as connection:
            return {record.path: record for record in readings.read_seen(connection)}

    def articles(self) -> Iterator[Article]:
        """Yield articles by number."""
        with self._reading() as connection:
            yield from readings.read_articles(connection)

    def unread(self, extractor: str, version: str) -> Iterator[Article]:
        """Yield the articles without a live reading by this version of an extractor."""
        with self._reading() as connection:
            yield from readings.read_unread(connection, extractor, version)

    def readings(self, article_id: str | None = None, *, live: bool = True) -> Iterator[Reading]:
        """Yield readings, by default those not superseded."""
        with self._reading() as connection:
            yield from readings.read_readings(connection, article_id, live)

    def mentions(
        self, article_id: str | None = None, *, event_id: str | None = None, live: bool = True
    ) -> Iterator[Mention]:
        """Yield mentions of all, one article or one event by article number and span, by default those found live."""
        with self._reading() as connection:
            yield from readings.read_mentions(connection, article_id, event_id, live)

    def claims(
        self, article_id: str | None = None, *, event_id: str | None = None, live: bool = True
    ) -> Iterator[Claim]:
        """Yield claims of all, one article or one event by article number and span, by default those found live."""
        with self._reading() as connection:
            yield from readings.read_claims(connection, article_id, event_id, live)

    def held_back(self, article_id: str | None = None) -> Iterator[HeldBack]:
        """Yield what live readings held back."""
        with self._reading() as connection:
            yield from readings.read_held_back(connection, article_id)

    # ------------------------------------------------------------ what was decided

    def add_judgement(self, judgement: Judgement) -> bool:
        """Write a judgement in place of the author's live one on the pair; gives False when that says the same."""
        return self.add_judgements([judgement]) == 1

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Write judgements; gives how many are new."""
        with self._writer() as connection:
            return decisions.add_judgements(connection, judgements)

    def add_ruling(self, ruling: Ruling) -> bool:
        """Write a ruling on a claim; gives False when the same person's latest says the same."""
        with self._writer() as connection:
            return decisions.add_ruling(connection, ruling)

    def retract(self, number: int, *, by: str, at: str, why: str = "") -> Decision:
        """Take back one decision by its number. Raises UnknownIdError when there is none."""
        with self._writer() as connection:
            return decisions.retract(connection, number, by, at, why)

    def judgements(self, *, live: bool = True) -> Iterator[Judgement]:
        """Yield judgements in the order written."""
        with self._reading() as connection:
            yield from decisions.read_judgements(connection, live)

    def rulings(self, *, live: bool = True) -> Iterator[Ruling]:
        """Yield rulings in the order written; the latest live one per claim and person counts."""
        with self._reading() as connection:
            yield from decisions.read_rulings(connection, live)

    def decisions(self, *, matcher: bool = False) -> Iterator[Decision]:
        """Yield numbered decisions newest first, those taken back too; the matcher's only on request."""
        with self._reading() as connection:
            yield from decisions.read_decisions(connection, matcher)

    # ------------------------------------------------------------ what follows

    def replace_derived(
        self,
        *,
        copies: Iterable[Copy] | None = None,
        events: Sequence[Event],
        redirects: Iterable[Redirect],
        register: Iterable[Named],
        structure: Structure | None = None,
        now: str,
    ) -> Rewritten:
        """Make copies, events and what stands between them exactly these, touching only what changed; gives what did.

        Names and redirects given before are kept. Raises LedgerError when a published id would lead nowhere.
        """
        with self._writer() as connection:
            copied = 0 if copies is None else derived.rewrite_copies(connection, copies)
            derived.add_names(connection, register)
            done = derived.rewrite_events(connection, events, now)
            derived.rewrite_redirects(connection, redirects, now)
            between.write_structure(connection, structure or Structure())
            return Rewritten(done.added, done.changed, done.retired, copied)

    def copies(self) -> Iterator[Copy]:
        """Yield copies by article id."""
        with self._reading() as connection:
            yield from derived.read_copies(connection)

    def events(self) -> Iterator[Event]:
        """Yield live events by id."""
        with self._reading() as connection:
            yield from derived.read_events(connection)

    def structure(self) -> Structure:
        """Give what stands between events and around them: ties, counts of several events, stories."""
        with self._reading() as connection:
            return between.read_structure(connection)

    def register(self) -> Iterator[Named]:
        """Yield every name ever given, by time and id."""
        with self._reading() as connection:
            yield from derived.read_register(connection)

    def redirects(self) -> Iterator[Redirect]:
        """Yield redirects by retired id."""
        with self._reading() as connection:
            yield from derived.read_redirects(connection)

    def members(self) -> dict[str, tuple[str, ...]]:
        """Give the mentions of every event by its id; of a retired one, those that it had last."""
        with self._reading() as connection:
            return derived.read_members(connection)

    def versions(self, event_id: str | None = None) -> Iterator[EventVersion]:
        """Yield the frozen versions of an event, or of all by id, oldest first."""
        with self._reading() as connection:
            yield from derived.read_versions(connection, event_id)

    # ------------------------------------------------------------ one record

    def article(self, id: str) -> Article:
        """Give one article by its id, the start of its id, or its number (`R7`).

        Raises UnknownIdError with near ids.
        """
        with self._reading() as connection:
            return lookups.find_article(connection, id)

    def article_number(self, id: str) -> int:
        """Give the number of an article: 7 for `R7`."""
        with self._reading() as connection:
            return lookups.find_number(connection, id)

    def article_numbers(self) -> dict[str, int]:
        """Give the number of every article by id."""
        with self._reading() as connection:
            return lookups.read_numbers(connection)

    def mention(self, id: str) -> Mention:
        """Give one mention by id or the start of its id, live or not."""
        with self._reading() as connection:
            return lookups.find_mention(connection, id)

    def claim(self, id: str) -> Claim:
        """Give one claim by id or the start of its id, live or not."""
        with self._reading() as connection:
            return lookups.find_claim(connection, id)

    def event(self, id: str, version: int | None = None) -> Event:
        """Give one event by id or the start of its id, following redirects; with a version, as it was frozen.

        Raises UnknownIdError with near ids; for an event that nothing reports any more, its remedy names the versions.
        """
        with self._reading() as connection:
            return lookups.find_event(connection, id, version)

    def event_of(self, mention_id: str) -> str | None:
        """Give the id of the event that holds a mention; None for background and what is no longer live."""
        with self._reading() as connection:
            return lookups.find_event_of(connection, mention_id)

    # ------------------------------------------------------------ runs, problems, the log

    def start_run(self, command: str, *, program: str, at: str) -> int:
        """Write that a run begins; gives its number."""
        with self._writer() as connection:
            return decisions.start_run(connection, command, program, at)

    def finish_run(self, number: int, figures: Mapping[str, Any], *, at: str) -> None:
        """Write that a run came to its end, with its figures."""
        with self._writer() as connection:
            decisions.finish_run(connection, number, figures, at)

    def runs(self) -> Iterator[Run]:
        """Yield runs, newest first."""
        with self._reading() as connection:
            yield from decisions.read_runs(connection)

    def add_problems(self, problems: Iterable[Problem]) -> int:
        """Write problems, each once; gives how many are new."""
        with self._writer() as connection:
            return decisions.add_problems(connection, problems)

    def clear_problems(self, where: str) -> int:
        """Take away the problems of one place, once it can be read."""
        with self._writer() as connection:
            return decisions.clear_problems(connection, where)

    def problems(self) -> Iterator[Problem]:
        """Yield problems in the order written."""
        with self._reading() as connection:
            yield from decisions.read_problems(connection)

    def log(self) -> Iterator[LogEntry]:
        """Yield log rows, newest first."""
        with self._reading() as connection:
            yield from decisions.read_log(connection)

    # ------------------------------------------------------------ the whole

    def counts(self) -> dict[str, int]:
        """Give the number of rows of every table, and of live mentions and claims."""
        with self._reading() as connection:
            return lookups.count_rows(connection)

    def sql(self, query: str) -> SqlResult:
        """Answer one SQL query; nothing it says can write. Raises UsageError for a query the database refuses."""
        with dialects.translated(self.name):
            return SqlResult(*dialects.answer_query(self._engine, query))

    def check(self) -> list[str]:
        """Walk through the whole ledger; gives one line per fault, none for a sound one."""
        with self._reading() as connection:
            return list(check.find_faults(connection))

    def dump(self) -> str:
        """Give all rows as canonical text, without the times of writing: equal for equal ledgers."""
        with self._reading() as connection:
            return "".join(dump.dump_lines(connection))
