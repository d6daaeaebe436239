"""Opening a ledger, and one writer at a time. No queries in here.

Invariant: what a method reported as written survives the death of the program; a failed transaction leaves no trace.
A ledger can be used from several threads; each thread has its own transaction.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from variorum.errors import ConfigError, LedgerError, LedgerWriteError, UsageError
from variorum.ledger import dialects, migrations, seals, stores, texts


class Transactions:
    """A ledger that was opened, its connections and its transactions."""

    def __init__(self, engine: sa.Engine, name: str, *, readonly: bool) -> None:
        self.name = name
        self.place = name  # file or URL, with its password
        self.readonly = readonly
        self._held = texts.Held()
        self._engine = engine.execution_options(**{texts.HELD: self._held})
        self._local = threading.local()

    @classmethod
    def open(cls, place: str | Path, *, readonly: bool = False, create: bool = False, keep_texts: str = "") -> Self:
        """Open the ledger in a file or at a PostgreSQL URL; an older one is migrated first.

        `keep_texts` says of one that is made where its texts go: "" or "inside", "beside", or an address.
        Raises UsageError when there is none and `create` is off, LedgerNewerError for one of a later program,
        LedgerWriteError for something that is not a ledger, LedgerBusyError when another program holds it.
        """
        name = dialects.show_place(place)
        if not dialects.is_url(os.fspath(place)):
            dialects.check_file(Path(place), name, create=create and not readonly)
        ledger = cls(dialects.make_engine(place, readonly=readonly, create=create), name, readonly=readonly)
        ledger.place = os.fspath(place)
        try:
            ledger._prepare(create=create and not readonly, keep_texts=keep_texts)
        except BaseException:
            ledger.close()
            raise
        return ledger

    def _prepare(self, *, create: bool, keep_texts: str) -> None:
        with self._reading() as connection:
            version = migrations.stored_version(connection, self.name)
            if version > 0:
                self._hold(texts.read_choice(connection))
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
            there = migrations.stored_version(connection, self.name)
            migrations.migrate(connection, there, self.name)
            if there == 0:
                texts.choose(connection, keep_texts, self.place)

    def _hold(self, choice: str) -> None:
        """Take the texts from where the ledger says that they lie. Raises LedgerError for a place that was altered."""
        try:
            self._held.choice = choice
            self._held.store = stores.open_store(stores.check_choice(choice, self.place), self.place)
        except ConfigError:
            raise
        except UsageError as error:
            raise LedgerError(
                f"{self.name} does not say where its texts lie: {error.cause}", "restore a backup"
            ) from error

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def lacking_texts(self) -> Iterator[dict[str, LedgerError]]:
        """Let texts lack that lie outside and cannot be had: of such an article only what is quoted of it is given.

        Gives by article why, as they are met. For what is only looked at: whatever follows from a text needs it whole.
        """
        assert self.readonly, "what follows from half a text is never written"
        lacking: dict[str, LedgerError] = {}
        self._held.lacking = lacking
        try:
            yield lacking
        finally:
            self._held.lacking = None

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
                seals.begin(connection)
                texts.begin(connection)
                try:
                    yield
                    texts.write_out(connection)
                    seals.end(connection, datetime.now(UTC).isoformat(timespec="seconds"))
                finally:
                    self._local.writer = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the ledger in the whole block, whatever others write meanwhile."""
        # Closed by hand: what the block itself raises, of a file that is full, is no fault of the ledger's.
        held = ExitStack()
        before, self._local.reader = getattr(self._local, "reader", None), held.enter_context(self._reading())
        try:
            yield
        finally:
            self._local.reader = before
            held.close()

    @contextmanager
    def _writer(self) -> Iterator[sa.Connection]:
        with self.writing(), dialects.translated(self.name):
            yield self._local.writer

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        open_one = getattr(self._local, "writer", None) or getattr(self._local, "reader", None)
        if open_one is not None:
            with dialects.translated(self.name):
                yield open_one
            return
        with dialects.translated(self.name), self._engine.connect() as connection:
            yield dialects.read_snapshot(connection)
