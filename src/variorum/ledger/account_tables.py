"""The tables of a file of accounts, and the making of such a file. No questions in here.

Invariant: they share nothing with the tables of a ledger, so that no copy, export or check of a ledger ever sees them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from variorum.errors import LedgerNewerError, LedgerWriteError, UsageError
from variorum.ledger import dialects
from variorum.ledger.columns import clock, number, text

LAYOUT = 1  # PRAGMA user_version of a file made by this program
MARK = 0x56415243  # PRAGMA application_id, "VARC": tells this file from a ledger
OWNER_ONLY = 0o600

account_metadata = sa.MetaData()

account = sa.Table(
    "account",
    account_metadata,
    text("key", key=True),  # the name without regard to case: Maria and maria are one person
    text("name"),
    text("role"),
    text("password"),  # argon2id in its usual written form, with salt and parameters
    clock("created"),
    clock("password_changed"),
    sa.Column("disabled", sa.Boolean, nullable=False),
)

session = sa.Table(
    "session",
    account_metadata,
    text("token_sha256", key=True),  # whoever reads the file cannot sign in with what it holds
    text("key", sa.ForeignKey("account.key", ondelete="CASCADE")),
    text("csrf"),
    clock("opened"),
    clock("last_seen"),
    clock("expires"),
    text("address"),
    text("browser"),
    sa.Index("session_key", "key"),
)

# A name that nobody has may be a password typed in the wrong field, so only its hash is kept, for a quarter of an hour.
attempt = sa.Table(
    "attempt",
    account_metadata,
    number("id", key=True),
    text("name_sha256"),
    text("address"),
    clock("at"),
    sa.Index("attempt_name", "name_sha256"),
    sa.Index("attempt_address", "address"),
)

# From where a person signed in lately: failures from elsewhere do not shut them out there.
familiar = sa.Table(
    "familiar",
    account_metadata,
    text("key", sa.ForeignKey("account.key", ondelete="CASCADE"), key=True),
    text("address", key=True),
    clock("at"),
)

secret = sa.Table(
    "secret",
    account_metadata,
    text("name", key=True),
    sa.Column("value", sa.LargeBinary(32), nullable=False),
)


def stamp(now: datetime) -> str:
    """Give a moment as it is stored: UTC, always of one length, so that text compares as time does."""
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def open_file(path: Path, *, create: bool) -> sa.Engine:
    """Open a file of accounts, or make it, for its owner alone to read.

    Raises UsageError when there is none and `create` is off, LedgerNewerError for one of a later program,
    LedgerWriteError for a file that holds something else.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "give the file of the accounts")
    if not path.exists():
        if not create:
            raise UsageError(
                f"there are no accounts at {path}", "add the first: variorum account add NAME --role admin"
            )
        _make_private(path)
    elif path.stat().st_mode & 0o077 and os.access(path, os.W_OK):
        with suppress(OSError):  # somebody else's file, which one may write: theirs to close
            path.chmod(OWNER_ONLY)  # a copy that a backup brought back, for one
    engine = dialects.sqlite_engine(path, readonly=False, create=False)
    try:
        with dialects.translated(str(path)):
            _prepare(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite gives the same mode to what it puts beside it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    except FileExistsError:
        pass  # another program made it meanwhile
    except OSError as error:
        raise LedgerWriteError(
            f"{path} cannot be made: {error.strerror or error}", "name another file with --accounts FILE"
        ) from error


def _prepare(engine: sa.Engine, path: Path) -> None:
    with engine.connect().execution_options(**{dialects.WRITES: True}) as connection, connection.begin():
        layout = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        held = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        if mark != MARK and held:
            raise LedgerWriteError(
                f"{path} is not a file of accounts", "name another one with --accounts FILE, or move this one away"
            )
        if layout > LAYOUT:
            raise LedgerNewerError(
                f"{path} was written by a later version of this program (layout {layout}, known here: {LAYOUT})",
                "use that version",
            )
        if not held:
            account_metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {MARK}")
            connection.exec_driver_sql(f"PRAGMA user_version = {LAYOUT}")
