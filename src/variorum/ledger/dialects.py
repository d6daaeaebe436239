"""The few differences between SQLite and PostgreSQL, and what their errors mean. No tables in here.

Invariant: no exception of SQLAlchemy or of a driver leaves the ledger; each becomes one error of errors.py.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool

from variorum.errors import ConfigError, LedgerBusyError, LedgerError, LedgerWriteError, UsageError, VariorumError

# How long a writer waits for others. A batch of a run holds the lock for a second or so, but SQLite lets whoever asks
# first go first: of 8 writers at once beside a run one waited for 7 s on two busy cores (`python -m bench contention`).
BUSY_S = 30.0
WRITES = "variorum_writes"  # execution option: this transaction takes the writer's lock

BUSY_REMEDY = "wait until the other program has finished, or stop it, and run the same command again"
FULL_REMEDY = "free some disk space and run the same command again; what was written so far is kept"
READ_ONLY_REMEDY = "make the file and its folder writable, or write to another ledger with -o FILE"
SPACE_CODES = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_TOOBIG")


def is_url(place: str) -> bool:
    """Tell whether the name of a ledger is a database URL and not a file."""
    return "://" in place


def show_place(place: str | Path) -> str:
    """Give the name of a ledger for messages, without a password."""
    text = os.fspath(place)
    if not is_url(text):
        return text
    try:
        return sa.make_url(text).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return text.split("://")[0] + "://…"


def check_file(path: Path, name: str, *, create: bool) -> None:
    """Refuse a place where no file of a ledger can be.

    Raises UsageError.
    """
    if path.is_dir():
        raise UsageError(f"{name} is a folder", "give the file of the ledger")
    if not path.exists() and not create:
        raise UsageError(f"there is no ledger at {name}", f"write one: variorum run FOLDER -o {name}")
    if not path.parent.exists():
        raise UsageError(f"the folder {path.parent} does not exist", f"make it: mkdir -p {path.parent}")


def make_engine(place: str | Path, *, readonly: bool, create: bool) -> sa.Engine:
    """Build the engine for a file or a URL; nothing is opened yet.

    Raises UsageError for a URL of a database that is not supported, ConfigError when its driver is missing.
    """
    text = os.fspath(place)
    if not is_url(text):
        return sqlite_engine(Path(text), readonly=readonly, create=create)
    name = show_place(place)
    supported = "use a file name, or postgresql://USER@HOST/DATABASE"
    try:
        url = sa.make_url(text)
    except (ArgumentError, ValueError):  # ValueError: a port that is not a number
        raise UsageError(f"{name} is not a database URL", supported) from None
    if url.get_backend_name() == "sqlite" and url.database:
        return sqlite_engine(Path(url.database), readonly=readonly, create=create)
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UsageError(f"{name}: a ledger cannot be kept in this kind of database", supported)
    try:
        engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": 10},
            isolation_level="READ COMMITTED",
        )
    except (ImportError, NoSuchModuleError):
        raise ConfigError(
            "the driver for PostgreSQL is not installed", "python -m pip install 'variorum[postgres]'"
        ) from None
    if readonly:
        engine = engine.execution_options(postgresql_readonly=True)
    return engine


def sqlite_engine(path: Path, *, readonly: bool, create: bool) -> sa.Engine:
    """Build the engine for a file of SQLite; nothing is opened yet."""
    mode = "ro" if readonly else "rwc" if create else "rw"
    sealed = readonly and not os.access(path.parent, os.W_OK, effective_ids=os.access in os.supports_effective_ids)

    def connect() -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        if sealed and not Path(f"{path}-wal").exists():
            # SQLite cannot make its shared memory beside a ledger in a folder it may not write, on a read-only medium
            # for one. Without a -wal file nobody writes now; each reading looks again, so connections are not kept.
            uri += "&immutable=1"
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            # FULL and not NORMAL: promise 9 holds for a power cut too, and batches make it cheap (about 1 ms each).
            connection.execute("PRAGMA synchronous = FULL")
            if not readonly:
                connection.execute("PRAGMA journal_mode = WAL")
                # The ids are digests, so a batch changes pages all over the file: with the 2 MB that SQLite takes by
                # itself it writes many of them several times.
                connection.execute("PRAGMA cache_size = -16000")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool if sealed else QueuePool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def take_writer_lock(connection: sa.Connection) -> None:
    """Make this transaction the only writer until it ends; readers go on unhindered."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("SELECT 1"))  # the transaction begins with BEGIN IMMEDIATE
        return
    connection.execute(sa.text(f"SET LOCAL lock_timeout = '{int(BUSY_S * 1000)}ms'"))
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('variorum'), hashtext(current_schema()))"))


def read_snapshot(connection: sa.Connection) -> sa.Connection:
    """Give a connection on which several queries see one state of the ledger."""
    if connection.dialect.name == "postgresql":
        return connection.execution_options(isolation_level="REPEATABLE READ")
    return connection


Answer = tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]
READING_WORDS = re.compile(
    r"(?:\s|\(|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:select|with|values|explain)\b", re.IGNORECASE | re.DOTALL
)
QUERY_STATES = ("0A", "21", "22", "25", "2D", "42", "54")  # classes of SQLSTATE that blame the query, not the server


def answer_query(engine: sa.Engine, query: str) -> Answer:
    """Run one query that cannot write, whatever it says; gives columns and rows.

    A transaction that only reads is not enough on PostgreSQL: COPY … TO PROGRAM runs a program in one, so a query has
    to begin as a query. Raises UsageError for a query that does not, or that the database refuses.
    """
    if READING_WORDS.match(query) is None:
        raise _refused(UsageError("it does not begin with SELECT, WITH, VALUES or EXPLAIN"))
    try:
        return _run_query(engine, query)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "SQLITE_ERROR") or ""
        if code not in ("SQLITE_ERROR", "SQLITE_AUTH", "SQLITE_READONLY"):
            raise
        raise _refused(error) from error
    except Exception as error:
        if not (getattr(error, "sqlstate", None) or "").startswith(QUERY_STATES):
            raise
        raise _refused(error) from error


def _refused(error: Exception) -> UsageError:
    views = "v_events, v_claims, v_values, v_reports, v_lineages, v_decisions"
    return UsageError(
        f"the query cannot be answered: {_first_line(error)}", f"queries only read; views to ask: {views}"
    )


def _run_query(engine: sa.Engine, query: str) -> Answer:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if engine.dialect.name == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
            cursor.execute("BEGIN")
            try:
                cursor.execute(query)
                return _answer(cursor)
            finally:
                connection.rollback()
                cursor.execute("PRAGMA query_only = OFF")
        cursor.execute("SET TRANSACTION READ ONLY")
        # A prepared statement holds one statement only, so nothing can end the transaction and go on writing.
        cursor.execute(query, prepare=True)  # type: ignore[call-arg]
        return _answer(cursor)
    finally:
        connection.rollback()
        connection.close()


def _answer(cursor: Any) -> Answer:
    if cursor.description is None:
        return (), ()
    return tuple(column[0] for column in cursor.description), tuple(tuple(row) for row in cursor.fetchall())


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn errors of the database into errors raised on purpose, each with its remedy."""
    try:
        yield
    except VariorumError:
        raise
    except DBAPIError as error:
        raise _meaning(name, error.orig, isinstance(error, IntegrityError)) from error
    except sqlite3.Error as error:
        raise _meaning(name, error, isinstance(error, sqlite3.IntegrityError)) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{name}: {_first_line(error)}") from error
    except OSError as error:
        raise LedgerWriteError(f"{name} cannot be written: {error.strerror or error}", READ_ONLY_REMEDY) from error
    except UnicodeDecodeError as error:  # the driver cannot even read what SQLite says of a damaged file
        raise not_a_ledger(name, f"the file is damaged ({error.reason})") from error
    except Exception as error:
        if not hasattr(error, "sqlstate"):  # an error of psycopg, met below SQLAlchemy
            raise
        raise _postgresql_meaning(name, error, integrity=False) from error


def _meaning(name: str, error: BaseException | None, integrity: bool) -> LedgerError:
    if isinstance(error, sqlite3.Error):
        return _sqlite_meaning(name, error, integrity)
    return _postgresql_meaning(name, error, integrity)


def _sqlite_meaning(name: str, error: sqlite3.Error, integrity: bool) -> LedgerError:
    code = getattr(error, "sqlite_errorname", "") or ""
    if integrity:
        return LedgerError(f"{name}: a row refers to something that is not in the ledger ({_first_line(error)})")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return LedgerBusyError(f"another program is writing to {name}", BUSY_REMEDY)
    if code.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN", "SQLITE_AUTH")):
        return LedgerWriteError(f"{name} cannot be opened or written: {_first_line(error)}", READ_ONLY_REMEDY)
    if code.startswith(SPACE_CODES):
        return LedgerWriteError(f"the disk that holds {name} is full or failing ({_first_line(error)})", FULL_REMEDY)
    if str(error).startswith("Could not decode"):
        return LedgerError(f"{name} is damaged: {_first_line(error)}", "see which rows were altered: variorum check")
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return not_a_ledger(name, _first_line(error))
    return LedgerError(f"{name}: {_first_line(error)}")


def _postgresql_meaning(name: str, error: BaseException | None, integrity: bool) -> LedgerError:
    state = getattr(error, "sqlstate", None) or ""
    if integrity:
        return LedgerError(f"{name}: a row refers to something that is not in the ledger ({_first_line(error)})")
    if state in ("55P03", "40001", "40P01"):
        return LedgerBusyError(f"another program is writing to {name}", BUSY_REMEDY)
    if state in ("25006", "42501"):
        return LedgerWriteError(f"{name} cannot be written: {_first_line(error)}", "ask for the right to write there")
    if state.startswith("53"):
        return LedgerWriteError(f"the server of {name} is out of room: {_first_line(error)}", FULL_REMEDY)
    if state == "" and type(error).__name__ in ("OperationalError", "ConnectionTimeout"):
        return LedgerError(f"{name} cannot be reached: {_first_line(error)}", "is the server running?")
    return LedgerError(f"{name}: {_first_line(error)}")


def not_a_ledger(name: str, why: str) -> LedgerWriteError:
    """Build the error for a file or database that holds something else."""
    return LedgerWriteError(f"{name} is not a ledger: {why}", "give another file, or move this one away")


def _first_line(error: BaseException | None) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
