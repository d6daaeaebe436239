"""A ledger copied into one file while others write to it. Copying between databases is in `moving.py`.

Invariant: a file under the name of a backup is whole and was checked: it is written beside, synced and then renamed.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from variorum.errors import LedgerError, LedgerWriteError, UsageError
from variorum.ledger import moving
from variorum.ledger.dialects import is_url, translated
from variorum.ledger.moving import Tell, tell_nobody
from variorum.ledger.store import Ledger

PAGES = 2_000  # of 4 KiB copied in one step: 8 MB, a few milliseconds, between which Ctrl-C is heard
BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a file


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    copied: moving.Copied
    size: int  # of the file, in bytes
    whole_check: bool


def back_up(ledger: Ledger, place: Path, *, whole: bool, force: bool, tell: Tell = tell_nobody) -> BackedUp:
    """Copy a ledger, in the state in which it is now, into a file; writers go on meanwhile.

    With `whole` the copy goes through the full check. Raises UsageError where a file is and `force` is off or where it
    is the ledger itself, LedgerError when the copy is not sound; then no file is left.
    """
    _refuse(ledger, place, force=force)
    part = place.with_name(place.name + ".part")
    _remove(part)
    try:
        with ledger.snapshot(), ledger._reading() as connection:
            if connection.dialect.name == "sqlite":
                _copy_pages(connection, part, tell)
            else:
                with Ledger.open(part, create=True) as new:
                    ledger.copy_to(new, tell=tell, check=whole)
            copied = _prove(connection, part, whole=whole and connection.dialect.name == "sqlite")
        with translated(str(place)):
            _sync(part)
            size = part.stat().st_size
            for ending in BESIDE[1:]:  # of a ledger that lay here: SQLite would take them for parts of the new file
                Path(f"{place}{ending}").unlink(missing_ok=True)
            part.replace(place)
            _sync(place.parent)
    except BaseException:
        _remove(part)
        raise
    return BackedUp(copied, size, whole)


def _refuse(ledger: Ledger, place: Path, *, force: bool) -> None:
    if is_url(str(place)):
        raise UsageError("a backup is a file", "to copy a ledger into a database: variorum move LEDGER NEW")
    if place.is_dir():
        raise UsageError(f"{place} is a folder", "give the file to write")
    if not place.parent.exists():
        raise UsageError(f"the folder {place.parent} does not exist", f"make it: mkdir -p {place.parent}")
    if place.exists() and not is_url(ledger.name) and place.samefile(ledger.name):
        raise UsageError(f"{place} is the ledger itself", "give another file")
    if place.exists() and not force:
        raise UsageError(f"{place} exists already; nothing was written", "give another name, or --force to replace it")


def _copy_pages(connection: sa.Connection, part: Path, tell: Tell) -> None:
    """Copy the pages of a file as they are.

    Why not VACUUM INTO: it makes the tables anew, in which rows without a number of their own get other numbers, and
    an index of words that goes by those would point elsewhere. The backup begins again whenever another connection
    writes between two steps, unless this one holds a reading transaction: that keeps its pages as they are, and under
    a write-ahead log it hinders no writer.
    """
    connection.execute(sa.text("SELECT COUNT(*) FROM meta"))  # the transaction begins with the first reading
    source = connection.connection.dbapi_connection
    assert isinstance(source, sqlite3.Connection)
    with closing(sqlite3.connect(part)) as target:
        source.backup(target, pages=PAGES, progress=lambda _, rest, total: tell("pages", total - rest, total))


def _prove(connection: sa.Connection, part: Path, *, whole: bool) -> moving.Copied:
    with Ledger.open(part) as new:
        if not is_sound(part):
            raise LedgerWriteError(f"{part} is damaged right after it was written", "check the disk")
        faults = new.check() if whole else []
        if faults:
            raise LedgerError(
                f"the backup has {len(faults)} faults, as the ledger has; no file was kept: {faults[0]}",
                "see them: variorum check; without --check the ledger is copied as it is",
            )
        with new._reading() as copy:
            return moving.prove(connection, copy, str(part))


def is_sound(place: Path) -> bool:
    """Tell whether the pages of a file hang together."""
    with closing(sqlite3.connect(place)) as connection:
        return [row[0] for row in connection.execute("PRAGMA quick_check(1)")] == ["ok"]


def _remove(part: Path) -> None:
    for ending in BESIDE:
        Path(f"{part}{ending}").unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk; folders of Windows cannot be asked."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
